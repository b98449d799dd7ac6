"""Questions about the published version of a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.partners.models import Person
from wholestory.performance.rules.writing import LONGEST


class PublicWordsForm(forms.Form):
    """The words for everybody."""

    text = forms.LongTextField(
        label="What everybody reads",
        hint="A new line begins a new paragraph. No names, and no number that the report withholds. Nothing else that"
        " was written in the report, by agencies or by the team, is published.",
        required=False, rows=12, max_length=LONGEST,
    )  # fmt: skip


class PublicApproverForm(forms.Form):
    """Whom to ask for approval."""

    approver = forms.SelectField(
        label="Who approves it?", hint="The chair or a business manager who did not work on the report.", choices=(),
        missing="Choose who approves it",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("approver", [(str(one.pk), one.full_name) for one in people])


class PublicDecisionForm(forms.Form):
    """The approver's answer."""

    answer = forms.RadiosField(
        label="Your decision",
        choices=[
            ("publish", "Publish it, exactly as it stands here"),
            ("send_back", "Send it back to those who prepared it"),
        ],
        missing="Select whether it is published",
    )
    because = forms.LongTextField(
        label="What has to change?", hint="Only where you send it back. At most 300 letters.", required=False,
        max_length=300,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("answer") == "send_back" and not said.get("because", "").strip():
            self.add_error("because", "Say what has to change")
        return said


class PublicReasonForm(forms.Form):
    """Why it is withdrawn."""

    because = forms.TextField(label="Why?", missing="Say why", max_length=300)
