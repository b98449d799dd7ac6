"""Questions of the pages about meetings and their agenda."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.govuk import forms
from wholestory.meetings.forms.clock import ClockField
from wholestory.meetings.models import MeetingKind, Part, Purpose

COMING, PAST, ALL = "", "past", "all"


class MeetingFilter(forms.FilterForm):
    """Narrowing the list of meetings."""

    q = forms.TextField(label="Words", max_length=120)
    group = forms.SelectField(label="Group", choices=(), prompt="All groups")
    when = forms.SelectField(
        label="When", choices=[("past", "Past"), ("all", "Past and coming")], prompt="Today and coming"
    )
    lookups = {"q": ("title__icontains", "place__icontains"), "group": "group__slug"}

    def __init__(self, *args: Any, groups: list[tuple[str, str]], today: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("group", [("", "All groups"), *groups])
        self.today = today

    def apply(self, rows: Any) -> Any:
        rows = super().apply(rows)
        when = self.cleaned_data.get("when") or COMING
        if when == ALL:
            return rows
        return rows.filter(meets_on__lt=self.today) if when == PAST else rows.filter(meets_on__gte=self.today)


class DecisionFilter(forms.FilterForm):
    """Narrowing the register of decisions."""

    q = forms.TextField(label="Words", max_length=120)
    group = forms.SelectField(label="Group", choices=(), prompt="All groups")
    lookups = {"q": ("words__icontains", "record__reference"), "group": "group__slug"}

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("group", [("", "All groups"), *groups])


class MeetingForm(forms.Form):
    """When, where and by whom."""

    group = forms.SelectField(label="Which group meets?", choices=(), missing="Choose the group")
    title = forms.TextField(
        label="Title", hint="For example, Case Review Group, March", missing="Enter a title", max_length=160
    )
    kind = forms.RadiosField(
        label="What kind of meeting is it?",
        choices=MeetingKind.choices,
        missing="Choose the kind",
        small=True,
    )
    meets_on = forms.DateField(label="On which day?", missing="Enter the day")
    start_time = ClockField(label="When does it start? (optional)", required=False)
    place = forms.TextField(label="Where? (optional)", required=False, max_length=200)
    joining = forms.TextField(
        label="How to join online (optional)",
        hint="A link or a telephone number; only those who may see the meeting see it",
        required=False,
        max_length=500,
    )
    chair = forms.SelectField(label="Who chairs it?", choices=(), required=False)
    secretary = forms.SelectField(
        label="Who takes the minutes?",
        hint="They can set the agenda, record who came and draft the minutes of this group",
        choices=(),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        groups: list[tuple[str, str]] | None,
        chairs: list[tuple[str, str]] | None,
        people: list[tuple[str, str]],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        if groups is None:
            del self.fields["group"]
        else:
            self.offer("group", [("", "Select"), *groups])
        if chairs is None:
            # Known once the group is: whoever holds its chair, until somebody else is named.
            del self.fields["chair"]
        else:
            self.offer("chair", [("", "Whoever holds the chair of the group"), *chairs])
        self.offer("secretary", [("", "Nobody named yet"), *people])


class ReasonForm(forms.Form):
    """One reason."""

    because = forms.LongTextField(label="Why?", missing="Say why", rows=3, max_length=300)


class ItemForm(forms.Form):
    """One item of an agenda."""

    part = forms.RadiosField(
        label="Which part?",
        choices=Part.choices,
        hints={
            "A": "Everybody in the group reads its papers",
            "B": "Members say first whether they have an interest; a member with one can be kept out of it",
        },
        missing="Choose part A or part B",
    )
    title = forms.TextField(
        label="What is it about?",
        hint="Name no child and no family",
        missing="Enter what it is about",
        max_length=200,
    )
    purpose = forms.RadiosField(
        label="What is asked of the group?",
        choices=Purpose.choices,
        missing="Choose what is asked",
        small=True,
    )
    lead = forms.TextField(label="Who speaks to it? (optional)", required=False, max_length=120)
    minutes_allowed = forms.NumberField(
        label="How long? (optional)", suffix="minutes", required=False, min_value=1, max_value=480, width=3
    )
    chaired_by = forms.SelectField(
        label="Does somebody else chair this item?",
        hint="When the chair has an interest in it",
        choices=(),
        required=False,
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]] | None = None, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if people is None:
            del self.fields["chaired_by"]
        else:
            # Where somebody is kept out of an item is decided by its part, so that stays as it was.
            del self.fields["part"]
            self.offer("chaired_by", [("", "No, the chair of the meeting"), *people])


class PaperForm(forms.Form):
    """A paper: a file to keep here, or the reference of something that is here already."""

    title = forms.TextField(
        label="What is the paper called?", missing="Enter what it is called", max_length=200
    )
    purpose = forms.RadiosField(
        label="What is it for?", choices=Purpose.choices, missing="Choose what it is for", small=True
    )
    upload = forms.FileField(label="Choose a file", required=False)
    reference = forms.TextField(
        label="Or give the reference of a file or record that is here already",
        hint="For example, FI-7F3K9QXD",
        required=False,
        width=20,
        max_length=120,
    )
    not_about_a_child = forms.TextField(
        label="If the file was refused because it looks like a record about a child: why is it not one? (optional)",
        required=False,
        max_length=500,
    )

    def __init__(self, *args: Any, uploads: bool, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if not uploads:
            # The files of a duty's record are added where that record is kept.
            del self.fields["upload"], self.fields["not_about_a_child"]
            self.fields["reference"].label = "Its reference"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("reference") and not said.get("upload"):
            self.add_error(
                "upload" if "upload" in self.fields else "reference", "Choose a file or enter a reference"
            )
        return said


class BeginForm(forms.Form):
    """When an item was begun."""

    at = ClockField(label="When was this item begun?", missing="Enter the time")
