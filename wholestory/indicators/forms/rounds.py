"""What the team is asked when it opens a round or changes one agency's part of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from wholestory.govuk import forms
from wholestory.indicators.models import ReturnStage
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import name_of


class RoundForm(forms.Form):
    """A new round."""

    quarter = forms.SelectField(
        label="Which quarter?", choices=(), prompt=None, missing="Choose the quarter that is asked for"
    )
    label = forms.TextField(
        label="What is it called? (optional)",
        hint="Without a name of its own it is called by its quarter, such as 2015-16 quarter 3.",
        required=False,
        max_length=60,
    )
    due_on = forms.DateField(
        label="When are the figures due?",
        hint="Left empty, 20 working days after the quarter ends, or ten from today where that day is near or"
        " over. That is this system’s own starting point: no guidance"
        " sets it.",
        required=False,
    )

    def __init__(self, *args: Any, quarters: Sequence[Period], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self._by_key = {each.start.isoformat(): each for each in quarters}
        self.offer("quarter", [(key, _named(each)) for key, each in self._by_key.items()])

    @property
    def period(self) -> Period:
        return self._by_key[self.cleaned_data["quarter"]]


def _named(period: Period) -> str:
    return f"{name_of(period)} ({period.start:%B} to {period.end:%B %Y})"


class ReturnFilter(forms.FilterForm):
    """Narrowing the returns of a round."""

    q = forms.TextField(label="Agency")
    stage = forms.SelectField(label="Where it stands", choices=ReturnStage.choices, prompt="All")
    lookups = {"q": "agency__name__icontains", "stage": "stage"}


class MoreTimeForm(forms.Form):
    """More time for one agency."""

    to_on = forms.DateField(label="Until which day?", missing="Enter the new last day")
    reason = forms.TextField(
        label="Why is more time given?",
        hint="The organisation reads this.",
        missing="Say why more time is given",
        max_length=300,
    )

    def __init__(self, *args: Any, due_on: date, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self._due_on = due_on

    def clean_to_on(self) -> date:
        day: date = self.cleaned_data["to_on"]
        if day <= self._due_on:
            self.add_error("to_on", f"Enter a day after {self._due_on.day} {self._due_on:%B %Y}")
        return day


class ReasonForm(forms.Form):
    """One reason, in words. The page says what it asks."""

    def __init__(
        self, *args: Any, label: str, missing: str, hint: str = "", longest: int = 500, **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.fields["reason"] = forms.LongTextField(
            label=label, hint=hint, missing=missing, rows=3, max_length=longest
        )
