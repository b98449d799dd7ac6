"""What a page of statistics is about: years, and one category."""

from __future__ import annotations

from typing import Any

from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.years import Year
from wholestory.govuk import forms

_CATEGORIES = [(str(one.number), f"{one.number}. {one.name}") for one in CATEGORIES]


class YearsForm(forms.FilterForm):
    """From year to year, by the day of the death."""

    first = forms.SelectField(label="From year", choices=(), prompt="Three years up to then")
    last = forms.SelectField(label="To year", choices=(), prompt="The last whole year")

    def __init__(self, *args: Any, today: Any, exact: bool = True, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.whole = Year.of(today).starts_in - 1
        if not exact:
            # Fixed spans that do not overlap: spans that do could be taken from one another.
            del self.fields["first"]
            self.fields["last"].label = "Three years up to"
            ends = range(self.whole, 2009, -3)
            forms.offer(
                self, "last", [("", "The last whole year"), *((str(end), Year(end).label) for end in ends)]
            )
            return
        years = [(str(starts), Year(starts).label) for starts in range(self.whole + 1, 2007, -1)]
        forms.offer(self, "first", [("", "Three years up to then"), *years])
        forms.offer(self, "last", [("", "The last whole year"), *years])

    @property
    def years(self) -> range:
        """The years asked for; three whole ones where nothing is said, and never backwards."""
        said = self.cleaned_data if self.is_valid() else {}
        last = int(said.get("last") or self.whole)
        first = int(said.get("first") or last - 2)
        return range(min(first, last), max(first, last) + 1)


class CategoryForm(forms.FilterForm):
    """One category, or all of them."""

    category = forms.SelectField(label="Category", choices=_CATEGORIES, prompt="Every death")

    @property
    def number(self) -> int | None:
        """The category asked for."""
        said = self.cleaned_data if self.is_valid() else {}
        return int(said["category"]) if said.get("category") else None


class RareForm(CategoryForm):
    """One category; without an answer the first."""

    category = forms.SelectField(label="Category", choices=_CATEGORIES, prompt="Choose a category")


class ScanForm(YearsForm, CategoryForm):
    """What is scanned for clusters: years and a category, chosen before anybody looks."""
