"""What narrows the pages of results."""

from __future__ import annotations

from typing import Any

from wholestory.assurance.definitions.framework import Framework
from wholestory.govuk import forms
from wholestory.partners.models import Sector


class ItemFilter(forms.FilterForm):
    """One standard, or (for the team) the agencies of one sector."""

    standard = forms.SelectField(label="Standard", choices=[], prompt="All")
    sector = forms.SelectField(label="Sector", choices=Sector.choices, prompt="All")

    def __init__(self, *args: Any, framework: Framework, sectors: bool, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        titles = [(one.key, f"{n}. {one.title}") for n, one in enumerate(framework.standards, 1)]
        forms.offer(self, "standard", [("", "All"), *titles])
        if not sectors:
            del self.fields["sector"]

    def apply(self, rows: Any) -> Any:
        """The figures were narrowed before they were added up."""
        return rows

    def chosen_of(self, name: str) -> str:
        """What was chosen, if it makes sense; nothing otherwise."""
        return str(self.cleaned_data.get(name) or "") if self.is_valid() else ""


class AgencyFilter(forms.FilterForm):
    """Part of an agency's name."""

    q = forms.TextField(label="Agency")

    def apply(self, rows: Any) -> Any:
        """Rows whose agency has these letters."""
        wanted = str(self.cleaned_data.get("q") or "").casefold()
        return [row for row in rows if wanted in str(row.get("agency", "")).casefold()]
