"""What the panel's own pages ask: interests, comments, decisions, papers, agendas."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.forms.analysis import Looked
from wholestory.child_deaths.models import Unmasking
from wholestory.govuk import forms
from wholestory.meetings.models import Effect

NONE = "none"


class DeclareForm(forms.Form):
    effect = forms.RadiosField(
        label="Do you have an interest in this case?",
        choices=[(NONE, "No, none that I know of"), *Effect.choices],
        missing="Say whether you have an interest",
        hint="For example: you or your team looked after the child, you know the family, or you were a witness.",
    )
    words = forms.TextField(label="What is your interest?", required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("effect") not in (None, "", NONE) and not (said.get("words") or "").strip():
            self.add_error("words", "Say what your interest is")
        return said


class CommentForm(Looked):
    words = forms.LongTextField(
        label="What do you want the panel to consider?",
        missing="Enter what you want to say",
        rows=4,
        max_length=4000,
    )


class DecideForm(Looked):
    words = forms.LongTextField(
        label="Anything the panel wants recorded with it (optional)",
        required=False,
        rows=3,
        max_length=4000,
    )
    on_word = forms.ConfirmField(label="I write this down on the chair’s word", required=False)


class PutOffForm(Looked):
    because = forms.LongTextField(
        label="Why is it put off?", missing="Say why it is put off", rows=3, max_length=1000
    )
    more = forms.YesNoField(
        label="Does the panel ask for something to be found out first?", missing="Select yes or no"
    )
    again_on = forms.DateField(label="By when does it come back?", missing="Enter by when it comes back")
    on_word = forms.ConfirmField(label="I write this down on the chair’s word", required=False)


class UnmaskForm(Looked):
    what = forms.RadiosField(
        label="What do you need to see?",
        choices=Unmasking.What.choices,
        missing="Select what you need to see",
    )
    reason = forms.TextField(
        label="Why do you need to see it?", missing="Say why you need to see it", max_length=500
    )


class PartForm(forms.Form):
    text = forms.LongTextField(label="Text", required=False, rows=12, max_length=20_000)
    left_out = forms.ConfirmField(label="Leave this piece out of the papers", required=False)


class NewPartForm(forms.Form):
    label = forms.TextField(label="Heading", missing="Enter a heading", max_length=200)
    text = forms.LongTextField(label="Text", missing="Enter the text", rows=8, max_length=20_000)


class KeepForm(forms.Form):
    reason = forms.TextField(label="Why may it stay?", missing="Say why it may stay", max_length=300)


class ReleaseForm(forms.Form):
    was_read = forms.ConfirmField(
        label="I have read every line. The look finds only what it knows to look for",
        missing="Read every line first",
    )


class WhyForm(forms.Form):
    because = forms.LongTextField(label="Why?", missing="Say why", rows=3, max_length=1000)


class ListForm(forms.Form):
    meeting = forms.RadiosField(label="Which meeting?", choices=(), missing="Select a meeting")

    def __init__(self, *args: Any, meetings: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("meeting", meetings)


class ElsewhereForm(forms.Form):
    elsewhere_by = forms.TextField(
        label="Which panel reviewed it before?", missing="Enter which panel", max_length=160
    )
    elsewhere_on = forms.DateField(label="When?", required=False)


class NotRelatedForm(forms.Form):
    made_sure = forms.ConfirmField(label="I have made sure that they are not related to the child")

    def __init__(self, *args: Any, name: str, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.fields["made_sure"].label = f"I have made sure that {name} is not related to the child"
