"""Forms made from fields as data (``rules.process_fields``), and moments typed as a day and a time of day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from wholestory.child_deaths.forms.clock import (
    ClockField,
    WhichClockField,
    at_clock,
    happened_twice,
    typed_in,
)
from wholestory.child_deaths.rules.facts import day_of, moment_at
from wholestory.child_deaths.rules.process_fields import Field
from wholestory.govuk import forms
from wholestory.kernel.moments import LONDON, Moment, NotAMoment, on_day

TIMED = ("exact", "about")


class MomentForm(forms.Form):
    """A form that asks for moments: each name in ``moments`` has a day ``NAME_on`` and a time ``NAME_time``."""

    moments: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """The answers, with each moment under its own name; None where no day was given."""
        said = super().clean()
        for name in self.moments:
            said[name] = None
            day, clock = said.get(f"{name}_on"), said.get(f"{name}_time") or ""
            if day is None:
                if clock and f"{name}_on" not in self.errors:
                    self.add_error(f"{name}_on", "Enter the day as well")
                continue
            try:
                which = said.get(f"{name}_clock") or ""
                said[name] = at_clock(day, clock, which) if clock else on_day(day)
            except NotAMoment as wrong:
                self.add_error(f"{name}_time", str(wrong))
        return said

    def ask_moment(self, name: str, label: str, *, required: bool, hint: str = "") -> None:
        """Add a day and a time of day."""
        self.moments = (*self.moments, name)
        self.fields[f"{name}_on"] = forms.DateField(
            label=label, required=required, hint=hint, missing=f"Enter the day: {label.lower()}"
        )
        self.fields[f"{name}_time"] = ClockField(
            label="Time of day, if it is known", hint="For example 22:30", required=False
        )
        if self.is_bound and happened_twice(typed_in(self, f"{name}_on"), typed_in(self, f"{name}_time")):
            self.fields[f"{name}_clock"] = WhichClockField(label)


class FactsForm(MomentForm):
    """A form with one question for each of ``fields``."""

    def __init__(
        self, *args: Any, fields: Iterable[Field] = (), needs: Iterable[str] = (), **wanted: Any
    ) -> None:
        super().__init__(*args, **wanted)
        self.asked = tuple(fields)
        needed = frozenset(needs)
        for field in self.asked:
            self._ask(field, field.key in needed)

    def _ask(self, field: Field, needed: bool) -> None:
        label = field.label if needed else f"{field.label} (optional)"
        plain: dict[str, Any] = {"label": label, "required": needed}
        if needed:
            plain["missing"] = f"Answer: {field.label}"
        if field.kind == "moment":
            self.ask_moment(field.key, label, required=needed)
        elif field.kind == "long_text":
            self.fields[field.key] = forms.LongTextField(rows=3, max_length=4000, **plain)
        elif field.kind == "date":
            self.fields[field.key] = forms.DateField(**plain)
        elif field.kind == "yes_no":
            self.fields[field.key] = forms.YesNoField(**plain)
        elif field.kind == "choice":
            few = len(field.options) <= 8
            made = forms.RadiosField if few else forms.SelectField
            self.fields[field.key] = made(choices=field.options, **plain)
        else:
            self.fields[field.key] = forms.TextField(max_length=300, **plain)

    def facts(self) -> dict[str, Any]:
        """What was answered, by field."""
        return {field.key: self.cleaned_data.get(field.key) for field in self.asked}

    def beside(self, refused: Any) -> None:
        """A refusal of the operation, beside the question it is about."""
        name = getattr(refused, "field", None) or ""
        known = next((each for each in (name, f"{name}_on") if each in self.fields), None)
        self.add_error(known, str(refused))


def initial(fields: Iterable[Field], facts: Mapping[str, Any]) -> dict[str, Any]:
    """What to show in a form made from fields, for what was recorded before."""
    found: dict[str, Any] = {}
    for field in fields:
        value = facts.get(field.key)
        if field.kind == "moment":
            at = moment_at(value)
            found |= of_moment(field.key, at, (value or {})["precision"]) if at else {}
        elif field.kind == "date":
            found[field.key] = day_of(value)
        else:
            found[field.key] = value
    return found


def of_moment(name: str, at: datetime, precision: str) -> dict[str, Any]:
    """A stored moment as the two questions show it."""
    local = at.astimezone(LONDON)
    return {f"{name}_on": local.date(), f"{name}_time": f"{local:%H:%M}" if precision in TIMED else ""}


def moment(form: MomentForm, name: str) -> Moment:
    """A moment the form required."""
    found: Moment = form.cleaned_data[name]
    return found
