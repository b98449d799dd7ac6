"""What the team is asked when it says who is asked for what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wholestory.govuk import forms
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.catalogue.words import THEMES


class MatrixFilter(forms.FilterForm):
    """Narrowing the table of who is asked for what. The page applies it: its rows are no table of the database."""

    theme = forms.SelectField(label="Theme", choices=list(THEMES.items()), prompt="All")
    agency = forms.SelectField(label="Agency", choices=(), prompt="All")

    def __init__(self, *args: Any, agencies: Sequence[tuple[str, str]], **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.offer("agency", [("", "All"), *agencies])

    def apply(self, rows: Any) -> Any:
        return rows


class AskForm(forms.Form):
    """Which measures one agency is asked for: a tick is asked, no tick is not."""

    def __init__(
        self,
        *args: Any,
        offered: Sequence[Definition],
        others: Sequence[Definition],
        breakdowns: Sequence[tuple[str, str]],
        **wanted: Any,
    ) -> None:
        super().__init__(*args, **wanted)
        for theme in dict.fromkeys(each.theme for each in offered):
            of_theme = [each for each in offered if each.theme == theme]
            self.fields[f"theme_{theme}"] = _ticks(THEMES.get(theme, theme), of_theme)
        if others:
            self.fields["others"] = _ticks("Other measures", others, "Usually sent by other agencies.")
        if breakdowns:
            self.fields["breakdowns"] = forms.ManyChoicesField(
                label="Which parts are wanted beside the total?",
                hint="For each measure that can be split like this.",
                choices=list(breakdowns),
                required=False,
            )
        self.fields["from_on"] = forms.DateField(
            label="From which day are new ones asked for?",
            hint="The first day of a quarter.",
            missing="Enter the day from which they are asked for",
        )
        self.fields["steward"] = forms.TextField(
            label="Which post answers for them? (optional)",
            hint="A post, not a name. For example, performance analyst, public protection.",
            required=False,
            max_length=120,
        )

    @property
    def chosen(self) -> list[str]:
        """The codes that are ticked."""
        names = [name for name in self.fields if name == "others" or name.startswith("theme_")]
        return [code for name in names for code in self.cleaned_data.get(name, [])]


def _ticks(label: str, measures: Sequence[Definition], hint: str = "") -> forms.ManyChoicesField:
    choices = [(each.code, f"{each.code} {each.title}") for each in measures]
    return forms.ManyChoicesField(label=label, hint=hint, choices=choices, required=False)
