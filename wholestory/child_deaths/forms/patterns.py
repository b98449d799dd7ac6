"""What narrows the figures."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.rules.ages import AgeBand
from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.years import CountedBy, Year
from wholestory.govuk import forms
from wholestory.partners.models import Area


class PatternFilter(forms.FilterForm):
    """Above the figures. Every number of the page follows it."""

    by = forms.SelectField(
        label="Years are of",
        choices=[(each.value, each.label) for each in CountedBy][1:],
        prompt="Year of the death",
    )
    first = forms.SelectField(label="From year", choices=(), prompt="The first")
    last = forms.SelectField(label="To year", choices=(), prompt="The last")
    area = forms.SelectField(label="Area of the home", choices=(), prompt="Every area")
    age = forms.SelectField(
        label="Age at death",
        choices=[(each.value, each.label) for each in AgeBand if each is not AgeBand.ADULT],
        prompt="Every age",
    )
    category = forms.SelectField(
        label="Category", choices=[(str(one.number), f"{one.number}. {one.name}") for one in CATEGORIES],
        prompt="Every category, and none yet",
    )  # fmt: skip

    def __init__(self, *args: Any, today: Any, areas: list[Area], exact: bool = True, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.exact = exact
        if not exact:
            self.fields["first"].label = "Year"
        forms.offer(self, "area", [("", "Every area"), *[(str(area.pk), area.name) for area in areas]])
        years = [(str(starts), Year(starts).label) for starts in range(Year.of(today).starts_in, 2007, -1)]
        forms.offer(self, "first", [("", "The first" if exact else "All years together"), *years])
        if exact:
            forms.offer(self, "last", [("", "The last"), *years])
        else:
            del self.fields["last"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        narrowed = [name for name in ("area", "age", "category") if said.get(name)]
        if not self.exact and len(narrowed) > 1:
            self.add_error(narrowed[-1], "Choose one of area, age and category at a time")
        return said

    @property
    def wanted(self) -> dict[str, Any]:
        """What was answered. Of an answer that makes no sense no figure is shown: whoever counts asks first."""
        said = self.cleaned_data if self.is_valid() else {}
        # Whoever sees no case chooses one year or all: ranges of years could be taken from one another.
        return said if self.exact else {**said, "last": said.get("first", "")}
