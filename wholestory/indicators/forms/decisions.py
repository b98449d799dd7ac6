"""What the team is asked when it decides about a measure, or adds one of the board’s own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.govuk import forms
from wholestory.indicators.catalogue import CatalogueFault, Definition, breakdowns
from wholestory.indicators.catalogue.words import (
    AGGREGATIONS,
    FREQUENCIES,
    OBA,
    POLARITIES,
    PROVIDERS,
    SMALL_NUMBERS,
    THEMES,
    UNITS,
    YEARS,
)
from wholestory.indicators.operations.own_measures import defined
from wholestory.indicators.rules.standards import POINTS, RELATIVE, BadStandards, possible, read

_TARGETS = ("target", "tolerance", "tolerance_is")
_BAND = ("low_red", "low_amber", "high_amber", "high_red")


class TargetForm(forms.Form):
    """A target with its amber band; a range where both extremes worry."""

    target = forms.DecimalField(label="Target", missing="Enter the target", width="10")
    tolerance = forms.DecimalField(
        label="How far off it may be and still be “just off” (optional)", required=False, width="10"
    )
    tolerance_is = forms.RadiosField(
        label="What is that distance of?",
        choices=[
            (POINTS, "The unit itself: percentage points for a percentage"), (RELATIVE, "A per cent of the target"),
        ],
        required=False,
    )  # fmt: skip
    low_red = forms.DecimalField(label="Below this, much too low (optional)", required=False, width="10")
    low_amber = forms.DecimalField(label="Below this, rather low (optional)", required=False, width="10")
    high_amber = forms.DecimalField(label="Above this, rather high (optional)", required=False, width="10")
    high_red = forms.DecimalField(label="Above this, much too high (optional)", required=False, width="10")
    from_on = forms.DateField(
        label="From which day does it count?",
        hint="A period is judged by what was in force on its last day.",
        missing="Enter the day from which it counts",
    )
    because = forms.TextField(
        label="Why?",
        hint="For example, agreed by the board on 14 March 2016.",
        missing="Say why",
        max_length=300,
    )

    def __init__(self, *args: Any, measure: Definition, **wanted: Any) -> None:
        super().__init__(*args, **wanted)
        self.measure = measure
        for name in _BAND if measure.polarity in ("H", "L") else _TARGETS:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        try:
            found = read(self.thresholds(said), self.measure.polarity)
            possible(found, self.measure)
        except BadStandards as wrong:
            for name, words in wrong.problems.items():
                self.add_error(name if name in self.fields else next(iter(self.fields)), words)
        else:
            if not self.errors and not found.set_for(self.measure.polarity):
                self.add_error(next(iter(self.fields)), "Enter at least one limit")
        return said

    def thresholds(self, said: Mapping[str, Any] | None = None) -> dict[str, str]:
        """The limits, as they are kept."""
        answers = self.cleaned_data if said is None else said
        found = {
            name: str(answers[name])
            for name in (*_TARGETS, *_BAND)
            if name in self.fields and answers.get(name) not in (None, "")
        }
        if "tolerance" not in found:
            found.pop("tolerance_is", None)
        return found


class LimitsForm(forms.Form):
    """Where the limits of a chart begin anew."""

    from_on = forms.DateField(
        label="From which period?",
        hint="The first day of the first period of the new limits.",
        missing="Enter the first day of the new limits",
    )
    because = forms.TextField(
        label="What changed?",
        hint="A known change, with enough periods after it. A chart that merely looks better afterwards is no reason.",
        missing="Say what changed",
        max_length=300,
    )


class CatalogueFilter(forms.FilterForm):
    """Above what is measured."""

    theme = forms.SelectField(label="Theme", choices=list(THEMES.items()), prompt="Every theme")
    provider = forms.SelectField(label="Who sends it", choices=list(PROVIDERS.items()), prompt="Everybody")
    tier = forms.SelectField(
        label="Which", choices=[("1", "Headlines"), ("2", "To look deeper"), ("own", "The board’s own")], prompt="All"
    )  # fmt: skip
    q = forms.TextField(label="Search", hint="A word or a code")

    def apply(self, rows: Any) -> Any:
        """The measures that are left."""
        said = self.cleaned_data
        words = (said.get("q") or "").casefold().split()
        return [
            row for row in rows
            if (not said.get("theme") or row["theme_key"] == said["theme"])
            and (not said.get("provider") or said["provider"] in row["providers"])
            and (not said.get("tier") or said["tier"] == str(row["tier"]) or (said["tier"] == "own" and row["own"]))
            and all(word in row["search"] for word in words)
        ]  # fmt: skip


class OwnMeasureForm(forms.Form):
    """A measure of the board’s own, one answer for each field of its definition that matters."""

    code = forms.TextField(
        label="Code", hint="Begins with L- for local. For example, L-01.", missing="Enter a code", max_length=12,
        width="10",
    )  # fmt: skip
    title = forms.TextField(label="Title", missing="Enter a title", max_length=120)
    theme = forms.SelectField(label="Theme", choices=list(THEMES.items()), missing="Choose a theme")
    tier = forms.RadiosField(
        label="Where does it stand?", choices=[("1", "A headline"), ("2", "To look deeper")],
        missing="Say whether it is a headline",
    )  # fmt: skip
    description = forms.LongTextField(
        label="What is it, in one sentence?", missing="Say what it is", max_length=400
    )
    why = forms.LongTextField(label="Why does it matter?", missing="Say why it matters", max_length=400)
    numerator = forms.TextField(label="What is counted?", missing="Say what is counted", max_length=300)
    denominator = forms.TextField(
        label="Counted among what? (optional)",
        hint="For a percentage or a rate.",
        required=False,
        max_length=300,
    )
    exclusions = forms.TextField(label="What is left out? (optional)", required=False, max_length=300)
    unit = forms.SelectField(label="Unit", choices=list(UNITS.items()), missing="Choose a unit")
    multiplier = forms.NumberField(
        label="Per how many? (optional)", hint="For a rate, for example 10,000.", required=False, width="10"
    )
    polarity = forms.SelectField(
        label="What is good?", choices=list(POLARITIES.items()), missing="Say what is good"
    )
    aggregation = forms.SelectField(
        label="How do periods go together?",
        choices=list(AGGREGATIONS.items()),
        missing="Say how periods go together",
    )
    frequency = forms.SelectField(
        label="How often?", choices=list(FREQUENCIES.items()), missing="Say how often"
    )
    year = forms.SelectField(label="Which year?", choices=list(YEARS.items()), missing="Choose a year")
    providers = forms.ManyChoicesField(
        label="Who sends it?", choices=list(PROVIDERS.items()), missing="Say who sends it"
    )
    breakdowns = forms.ManyChoicesField(
        label="How may it be split? (optional)",
        choices=[(key, each.title) for key, each in breakdowns().items()],
        required=False,
    )
    oba = forms.SelectField(
        label="Which question does it answer?", choices=list(OBA.items()), missing="Choose a question"
    )
    small_numbers = forms.SelectField(
        label="Small numbers",
        choices=list(SMALL_NUMBERS.items()),
        missing="Say which small numbers are withheld",
    )
    caveats = forms.TextField(label="Cautions (optional)", required=False, max_length=300)
    because = forms.TextField(
        label="Why is there a new version? (optional)",
        hint="Asked when the measure exists already.",
        required=False,
        max_length=300,
    )

    definition: Definition

    def clean_code(self) -> str:
        """The code, in capitals."""
        code = str(self.cleaned_data["code"]).strip().upper()
        if not code.startswith("L-") or len(code) < 3:
            raise ValidationError("The code of a measure of your own begins with L- and goes on")
        return code

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors:
            return said
        given = {key: value for key, value in said.items() if key != "because"}
        given["tier"] = int(given["tier"])
        try:
            self.definition = defined(given)
        except CatalogueFault as wrong:
            for fault in wrong.faults:
                name, _, words = fault.lstrip(": ").partition(": ")
                self.add_error(name if name in self.fields else None, words or fault)
        return said


class MeasuresFileForm(forms.Form):
    """A workbook of measures, looked through before anything is published."""

    file = forms.FileField(label="Workbook (Excel)", accept=".xlsx", missing="Choose a workbook")


class PublishForm(forms.Form):
    """Whether to publish what was looked through."""

    because = forms.TextField(
        label="Why? (optional)", hint="Needed for a new version of a measure.", required=False, max_length=300
    )


def set_before(today: date) -> dict[str, Any]:
    """A form’s first answers: today."""
    return {"from_on": today}
