"""The forms of the panel's yearly report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.child_deaths.models import Panel, ReportThreshold
from wholestory.child_deaths.rules.panel_report import sections
from wholestory.govuk import forms
from wholestory.partners.models import Person


class BeginReportForm(forms.Form):
    """Which panel's report, of which year."""

    panel = forms.SelectField(label="Panel", choices=(), missing="Choose the panel", prompt=None)
    year = forms.SelectField(
        label="Year", hint="From 1 April to 31 March", choices=(), missing="Choose the year", prompt=None
    )

    def __init__(
        self, *args: Any, panels: Sequence[Panel], years: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.offer("panel", [(str(one.pk), one.name) for one in panels])
        self.offer("year", list(years))


class ReportWordsForm(forms.Form):
    """What stands in one section: in both versions, and in the confidential one besides."""

    both = forms.LongTextField(
        label="In both versions",
        hint="The public reads this too. Leave an empty line between paragraphs. No names, no ages in years, no exact"
        " dates, no single hospital or school, and nobody’s own words.",
        required=False, max_length=sections.LONGEST,
    )  # fmt: skip
    confidential = forms.LongTextField(
        label="In the confidential version alone",
        hint="Only the panel reads this, after what stands above.",
        required=False,
        max_length=sections.LONGEST,
    )

    def __init__(self, *args: Any, may_confidential: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not may_confidential:
            del self.fields["confidential"]


class PrepareForm(forms.Form):
    """How the public numbers are shown."""

    rounded = forms.ConfirmField(
        label="Round every number to the nearest 5, after hiding", required=False, label_size=""
    )


class ThresholdForm(forms.Form):
    """Which numbers are small."""

    hides_to = forms.RadiosField(
        label="Which numbers must not be shown?",
        hint="0 is always shown. Some owners of data ask for more than 1 to 4.",
        choices=[(str(value), label) for value, label in ReportThreshold.HIDES],
        missing="Select which numbers must not be shown",
    )
    owner = forms.TextField(
        label="Who asks for it?",
        hint="The organisation whose data it is. Leave it empty for the board itself.",
        required=False,
        max_length=120,
    )
    section = forms.SelectField(
        label="For which part of the report?",
        choices=[(one.key, one.title) for one in sections.SECTIONS],
        prompt="All of it",
        required=False,
    )
    because = forms.TextField(label="Why, or under which agreement?", missing="Say why", max_length=300)


class ApproverForm(forms.Form):
    """Whom to ask for approval."""

    approver = forms.SelectField(
        label="Who approves it?",
        hint="Somebody who did not work on the report. They are let in to the public version and to the list of what is"
        " hidden, and to nothing else.",
        choices=(), missing="Choose who approves it",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Person], **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer("approver", [(str(one.pk), one.full_name) for one in people])


class ReportDecisionForm(forms.Form):
    """The approver's answer."""

    answer = forms.RadiosField(
        label="Your decision",
        choices=[
            ("publish", "Publish it, exactly as it stands here"),
            ("send_back", "Send it back to those who drafted it"),
        ],
        missing="Select whether it is published",
    )
    because = forms.LongTextField(
        label="What has to change?",
        hint="Only where you send it back. At most 300 letters.",
        required=False,
        max_length=300,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("answer") == "send_back" and not said.get("because", "").strip():
            self.add_error("because", "Say what has to change")
        return said


class ReportReasonForm(forms.Form):
    """Why something is taken back or withdrawn."""

    because = forms.TextField(label="Why?", missing="Say why", max_length=300)
