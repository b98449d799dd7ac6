"""Questions the pages about reports ask."""

from __future__ import annotations

from typing import Any

from wholestory.govuk import forms
from wholestory.performance.rules.writing import LONGEST

Choices = list[tuple[str, str]]


class BeginForm(forms.Form):
    """A new report."""

    group = forms.SelectField(label="For which group?", choices=(), missing="Choose the group")
    period = forms.SelectField(label="Of which quarter?", choices=(), missing="Choose the quarter")

    def __init__(self, *args: Any, groups: Choices, periods: Choices, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("group", groups)
        self.offer("period", periods)


class WordsForm(forms.Form):
    """The words of one section."""

    text = forms.LongTextField(
        label="What it says", hint="A new line begins a new paragraph. Do not name a child.", required=False,
        rows=12, max_length=LONGEST,
    )  # fmt: skip


class SureForm(forms.Form):
    """Yes, do it."""

    sure = forms.ConfirmField(label="Yes, I am sure")


class AgendaForm(forms.Form):
    """Which meeting discusses it."""

    meeting = forms.SelectField(label="Which meeting?", choices=(), missing="Choose the meeting")

    def __init__(self, *args: Any, meetings: Choices, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("meeting", meetings)


class NumberFilter(forms.FilterForm):
    """Narrowing the numbers of a report."""

    q = forms.TextField(label="Measure", max_length=100)
    agency = forms.SelectField(label="Agency", choices=(), prompt="All")

    def __init__(self, *args: Any, agencies: Choices, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("agency", [("", "All"), *agencies])

    def apply(self, rows: Any) -> Any:
        words, agency = self.cleaned_data.get("q") or "", self.cleaned_data.get("agency")
        kept = [row for row in rows if words.casefold() in f"{row['measure']} {row['title']}".casefold()]
        return [row for row in kept if not agency or row["agency"] == agency]
