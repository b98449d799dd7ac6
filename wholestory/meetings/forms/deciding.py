"""Questions about decisions and quorums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.meetings.models import Arrangement, VoiceKind
from wholestory.partners.models import Role, Sector

VOTE_CHOICES = [(one.value, one.label) for one in (VoiceKind.FOR, VoiceKind.AGAINST, VoiceKind.ABSTAINED)]
VIEWS = 2
#: Roles a quorum may ask for by themselves.
ROLES = (Role.PANEL_CHAIR, Role.INDEPENDENT_CHAIR, Role.LAY_MEMBER, Role.DESIGNATED_DOCTOR)


class DecideForm(forms.Form):
    """What was decided, the votes, and who saw it differently."""

    words = forms.LongTextField(
        label="What was decided?",
        hint="Name no child and no family",
        missing="Enter what was decided",
        rows=4,
        max_length=4000,
    )
    why = forms.LongTextField(label="Why? (optional)", required=False, rows=3, max_length=1000)

    def __init__(self, *args: Any, voters: Sequence[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.voters = list(voters)
        for key, name in self.voters:
            self.fields[f"vote_{key}"] = forms.SelectField(
                label=name, choices=VOTE_CHOICES, prompt="No vote recorded", required=False
            )
        whose = [("", "Nobody"), *self.voters]
        for number in range(VIEWS):
            self.fields[f"view_of_{number}"] = forms.SelectField(
                label="Who saw it differently?", choices=whose, prompt=None, required=False
            )
            self.fields[f"view_{number}"] = forms.LongTextField(
                label="How?", required=False, rows=2, max_length=1000
            )

    @property
    def votes(self) -> list[Any]:
        """The question of each vote."""
        return [self[f"vote_{key}"] for key, _ in self.voters]

    @property
    def views(self) -> list[tuple[Any, Any]]:
        """The questions about minority views."""
        return [(self[f"view_of_{number}"], self[f"view_{number}"]) for number in range(VIEWS)]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for number in range(VIEWS):
            if said.get(f"view_of_{number}") and not said.get(f"view_{number}"):
                self.add_error(f"view_{number}", "Enter how they saw it")
            if said.get(f"view_{number}") and not said.get(f"view_of_{number}"):
                self.add_error(f"view_of_{number}", "Choose whose view it is")
        return said

    def given(self) -> list[tuple[str, str, str]]:
        """Each vote and view: what it is, whose (the key of a voter), and the words."""
        said = self.cleaned_data
        votes = [(said[f"vote_{key}"], key, "") for key, _ in self.voters if said[f"vote_{key}"]]
        views = [
            (VoiceKind.MINORITY.value, said[f"view_of_{number}"], said[f"view_{number}"])
            for number in range(VIEWS)
            if said[f"view_of_{number}"]
        ]
        return [*votes, *views]


class AskForm(forms.Form):
    """A question to the members between meetings."""

    words = forms.LongTextField(
        label="What is to be decided?",
        hint="As a sentence to be for or against. Name no child",
        missing="Enter what is to be decided",
        rows=3,
        max_length=4000,
    )
    why = forms.LongTextField(
        label="Why can it not wait for the next meeting?",
        missing="Say why it cannot wait",
        rows=3,
        max_length=1000,
    )
    reply_by = forms.DateField(label="By when do members answer?", missing="Enter a day")


class AnswerForm(forms.Form):
    """One member's answer."""

    kind = forms.RadiosField(label="Your answer", choices=VOTE_CHOICES, missing="Choose your answer")
    words = forms.LongTextField(
        label="Why? (needed when you are against it)", required=False, rows=3, max_length=1000
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("kind") == VoiceKind.AGAINST and not said.get("words"):
            self.add_error("words", "Say why you are against it")
        return said


class AnswerForSomebodyForm(AnswerForm):
    """The same, as it came by e-mail."""

    seat = forms.SelectField(label="Whose answer is it?", choices=(), missing="Choose the member")
    field_order = ("seat", "kind", "words")

    def __init__(self, *args: Any, members: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("seat", [("", "Select"), *members])
        self.fields["kind"].label = "What did they answer?"


class ConcludeForm(forms.Form):
    """What came of it."""

    agreed = forms.YesNoField(label="Was it agreed?", missing="Say whether it was agreed")


class MeetingChoiceForm(forms.Form):
    """One of the group's meetings."""

    meeting = forms.RadiosField(label="At which meeting?", choices=(), missing="Choose the meeting")

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("meeting", meetings)


class QuorumForm(forms.Form):
    """When the group may decide."""

    number = forms.NumberField(
        label="How many members must be there? (optional)", required=False, min_value=1, max_value=60, width=3
    )
    share = forms.SelectField(
        label="And which share of the members? (optional)",
        hint="When both are set, the larger counts. Members are people: one person in two seats is one",
        choices=Arrangement._meta.get_field("quorum_share").choices,
        prompt="No share",
        required=False,
    )
    sectors = forms.ManyChoicesField(
        label="Sectors that must be there", choices=Sector.choices, required=False, small=True
    )
    agencies = forms.ManyChoicesField(
        label="Organisations that must be there", choices=(), required=False, small=True
    )
    roles = forms.ManyChoicesField(
        label="Roles that must be there",
        choices=[(role.value, role.label) for role in ROLES],
        required=False,
        small=True,
    )
    virtual_counts = forms.YesNoField(label="Do members count who join online?", missing="Select yes or no")
    deputies_count = forms.YesNoField(label="Do deputies count?", missing="Select yes or no")
    target = forms.NumberField(
        label="Which attendance is expected of each organisation?",
        suffix="percent",
        missing="Enter a percentage",
        min_value=1,
        max_value=100,
        width=3,
    )

    def __init__(self, *args: Any, agencies: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("agencies", agencies)
        self.labels = {
            "sector": dict(Sector.choices),
            "agency": dict(agencies),
            "role": {role.value: role.label for role in ROLES},
        }

    def needs(self) -> list[dict[str, str]]:
        """What must be there, as it is stored."""
        said = self.cleaned_data
        chosen = [("sector", said["sectors"]), ("agency", said["agencies"]), ("role", said["roles"])]
        return [
            {"kind": kind, "key": key, "label": str(self.labels[kind][key])}
            for kind, keys in chosen
            for key in keys
        ]
