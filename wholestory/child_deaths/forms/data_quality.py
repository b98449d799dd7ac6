"""What narrows the measures of data quality."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.models import Panel
from wholestory.child_deaths.rules.years import CountedBy, Year
from wholestory.govuk import forms


class QualityFilter(forms.FilterForm):
    """A year, what puts a death into it, and the panel."""

    year = forms.SelectField(label="Year", choices=(), prompt="Every year")
    by = forms.SelectField(
        label="Years are of",
        choices=[(each.value, each.label) for each in CountedBy][1:],
        prompt="Year of the death",
    )
    panel = forms.SelectField(label="Panel", choices=(), prompt="Every panel")

    def __init__(self, *args: Any, today: Any, panels: list[Panel], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        years = [(str(starts), Year(starts).label) for starts in range(Year.of(today).starts_in, 2007, -1)]
        forms.offer(self, "year", [("", "Every year"), *years])
        forms.offer(self, "panel", [("", "Every panel"), *[(str(one.pk), one.name) for one in panels]])

    @property
    def wanted(self) -> dict[str, Any]:
        """What was answered; an answer that makes no sense narrows nothing."""
        return self.cleaned_data if self.is_valid() else {}
