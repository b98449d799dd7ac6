"""What is asked when somebody decides whether two accounts are of one death."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.rules.matching import Match, Relation, Verdict
from wholestory.govuk import forms
from wholestory.records.references import tidy


class SameForm(forms.Form):
    """How somebody knows. Needed unless the two agree beyond doubt; for a possible twin the birth order first."""

    order_asked = forms.ConfirmField(
        label="I have asked which baby this is, and it is the same child",
        missing="Tick the box once you have asked. If nobody can say, leave the two apart for now",
    )
    reason = forms.LongTextField(
        label="How do you know that it is the same death?", hint="For example, who you rang and what they said",
        missing="Say how you know that it is the same death", rows=3, max_length=1000,
    )  # fmt: skip

    def __init__(self, *args: Any, match: Match, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        if match.relation is not Relation.TWIN:
            del self.fields["order_asked"]
        if match.verdict is Verdict.SAME:
            self.fields["reason"].required = False
            self.fields["reason"].label = "How do you know that it is the same death? (optional)"


class ApartForm(forms.Form):
    reason = forms.LongTextField(
        label="Why are they two deaths? (optional)", hint="For example, twins: born as number 1 and number 2",
        required=False, rows=3, max_length=1000,
    )  # fmt: skip


class ReasonForm(forms.Form):
    """A reason that stays with what is undone."""

    reason = forms.LongTextField(
        label="Why?", hint="The reason stays with both", missing="Say why", rows=3, max_length=1000
    )


class OtherCaseForm(forms.Form):
    """The other case, by its reference."""

    other = forms.TextField(
        label="Reference of the other case", hint="For example, CD-7F3K9Q2A",
        missing="Enter the other case’s reference", max_length=20, width=20, autocomplete="off", spellcheck=False,
    )  # fmt: skip

    def clean_other(self) -> str:
        return tidy(self.cleaned_data["other"])
