"""What the pages about access ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.access.models import RefusalReason
from wholestory.govuk import forms
from wholestory.partners.models import Board, Person


def people_of(board: Board) -> list[tuple[str, str]]:
    """Everybody with a seat on ``board``, now or before, as choices."""
    found = Person.objects.of_flesh().filter(seats__board=board).distinct().order_by("full_name", "pk")
    return [(str(one.pk), f"{one.full_name}{f', {one.job_title}' if one.job_title else ''}") for one in found]


class ExplainForm(forms.Form):
    person = forms.SelectField(label="Person", prompt="Choose a person", missing="Choose a person")
    reference = forms.TextField(
        label="Record",
        hint="Its reference, for example SA-7F3K9QXD",
        width=20,
        spellcheck=False,
        max_length=40,
    )

    def __init__(self, *args: Any, board: Board, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        forms.offer(self, "person", [("", "Choose a person"), *people_of(board)])


OWN_REASONS = [
    (RefusalReason.CONFLICT.value, "I have a conflict of interest"),
    (RefusalReason.SUBJECT.value, "It is about me, or somebody close to me"),
]


class DeclareForm(forms.Form):
    reason = forms.RadiosField(
        label="Why should you not see this?", choices=OWN_REASONS, missing="Choose why"
    )


class RefuseForm(forms.Form):
    person = forms.SelectField(label="Who is to be kept out?", missing="Choose a person")
    reason = forms.RadiosField(label="Why?", choices=RefusalReason.choices, missing="Choose why")
    starts_on = forms.DateField(label="From", missing="Enter the first day")
    ends_on = forms.DateField(
        label="Until", hint="Leave empty if it lasts until somebody lifts it", required=False
    )

    def __init__(self, *args: Any, board: Board, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        forms.offer(self, "person", [("", "Choose a person"), *people_of(board)])

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        first, last = answers.get("starts_on"), answers.get("ends_on")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("ends_on", "The last day must be the first day or later")
        return answers


class EmergencyForm(forms.Form):
    reference = forms.TextField(
        label="Record",
        hint="Its reference exactly, for example SA-7F3K9QXD. Emergency access cannot search.",
        width=20,
        spellcheck=False,
        max_length=40,
        missing="Enter the record’s reference",
    )
    reason = forms.LongTextField(
        label="Why do you need it now?",
        hint="Whoever reviews this reads it. Do not name a child.",
        max_length=2000,
        missing="Say why you need it now",
    )
    code = forms.CodeField(label="Code", missing="Enter a code to show that it is you", max_length=40)
    confirm = forms.ConfirmField(
        label="I understand that I may only read, that the board’s office is told at once, and that this is reviewed"
    )

    def __init__(self, *args: Any, ask_code: bool, code_hint: str = "", **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if not ask_code:
            del self.fields["code"]
        else:
            self.fields["code"].help_text = code_hint

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < 20:
            raise ValidationError("Say in a sentence or two why you need it now")
        return reason


class ReviewForm(forms.Form):
    outcome = forms.RadiosField(
        label="Was it justified?",
        choices=[("justified", "Yes, it was justified"), ("not_justified", "No, it was not")],
        missing="Choose whether it was justified",
    )
    note = forms.LongTextField(label="What did you find, and what follows?", max_length=4000)
