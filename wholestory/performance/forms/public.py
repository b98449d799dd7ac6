"""Questions the pages about a published version ask."""

from __future__ import annotations

from typing import Any

from wholestory.govuk import forms


class ApproverForm(forms.Form):
    """Who is asked to approve it."""

    approver = forms.SelectField(
        label="Who is asked to approve it?", hint="Somebody who did not work on the report",
        choices=(), missing="Choose who approves it",
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("approver", people)


class DecideForm(forms.Form):
    """Published, or sent back."""

    decision = forms.RadiosField(
        label="What do you decide?",
        choices=[("publish", "Publish it: everybody may read it"), ("back", "Send it back")],
        missing="Choose what you decide",
        reveals={"back": "because"},
    )
    because = forms.LongTextField(
        label="What has to change?", missing="Say what has to change", max_length=300
    )


class WithdrawForm(forms.Form):
    """Taken off the open page."""

    because = forms.LongTextField(label="Why?", missing="Say why", max_length=300)
