"""Handing over, and answering."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from wholestory.child_deaths.rules import handover
from wholestory.govuk import forms


class HandOverForm(forms.Form):
    words = forms.LongTextField(
        label="Anything to tell the other panel (optional)", required=False, rows=3,
        hint="They see the messages as they came, the child and the death. They do not see what agencies answered.",
        max_length=4000,
    )  # fmt: skip


class AnswerForm(forms.Form):
    accepted = forms.RadiosField(
        label="Do you take the case?",
        choices=(("yes", "Yes: our panel leads from now on"), ("no", "No")),
        missing="Choose yes or no", reveals={"no": "words"},
    )  # fmt: skip
    words = forms.LongTextField(label="Why not?", required=False, rows=3, max_length=4000)

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if said.get("accepted") == "no" and not said.get("words"):
            self.add_error("words", "Say why, so that the other panel can answer")
        return said


class ReplyForm(forms.Form):
    """What a panel without this system answered, written down by whoever heard it."""

    accepted = forms.RadiosField(
        label="What did they answer?", choices=(("yes", "They take the case"), ("no", "They do not")),
        missing="Choose what they answered",
    )  # fmt: skip
    answered_by = forms.TextField(label="Who answered for them?", missing="Say who answered", max_length=160)
    answered_on = forms.DateField(label="When?", missing="Enter the day they answered")
    their_reference = forms.TextField(
        label="Their reference (optional)", required=False, max_length=40, width=20
    )
    words = forms.LongTextField(
        label="In their words (needed when they refused)", required=False, rows=3, max_length=4000
    )

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if said.get("accepted") == "no" and not said.get("words"):
            self.add_error("words", "Say why the other panel refused")
        return said


class PapersForm(forms.Form):
    """The password that was shown, with which the file is locked."""

    password = forms.TextField(label="Password", missing="There was no password", max_length=19)

    def clean_password(self) -> str:
        given = str(self.cleaned_data["password"])
        if not handover.is_password(given):
            raise ValidationError("That is not a password that was shown here")
        return given


class LinkAnswerForm(forms.Form):
    """What a panel without this system answers through its link."""

    accepted = forms.RadiosField(
        label="Do you take the case?",
        choices=(("yes", "Yes: our panel leads from now on"), ("no", "No")), missing="Choose yes or no",
    )  # fmt: skip
    answered_by = forms.TextField(
        label="Your name and post", missing="Enter your name and post", max_length=160
    )
    their_reference = forms.TextField(
        label="Your reference for the case (optional)", required=False, max_length=40, width=20
    )
    words = forms.LongTextField(label="If not: why?", required=False, rows=3, max_length=4000)

    def clean(self) -> dict[str, object]:
        said = super().clean()
        if said.get("accepted") == "no" and not said.get("words"):
            self.add_error("words", "Say why, so that the other panel can answer")
        return said
