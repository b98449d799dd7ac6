"""Why a whole case is printed: one of a few reasons, because the access record keeps codes and no free words."""

from __future__ import annotations

from wholestory.govuk import forms

REASONS = (
    ("print.meeting", "To work from at a meeting of the response or the review"),
    ("print.coroner", "For the coroner"),
    ("print.police", "For the police"),
    ("print.court", "By order of a court"),
    ("print.records_request", "For a request for records"),
    ("print.computers_down", "Because computers will be down"),
)


class PrintForm(forms.Form):
    reason = forms.RadiosField(
        label="Why is it printed?", hint="The access record keeps this with your name and the time",
        choices=REASONS, missing="Choose why it is printed",
    )  # fmt: skip
