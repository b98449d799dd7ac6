"""A time of day as people write it, and which of two it is in the hour that happens twice when the clocks go back."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.govuk import forms
from wholestory.kernel.moments import Moment, NotAMoment, at_london
from wholestory.paperwork.questions.base import NotThat
from wholestory.paperwork.questions.shaped import Time

_READS = Time("time", "Time")
_HOURS = re.compile(r"\s*(?:h|hrs?|hours)\.?$", re.IGNORECASE)

#: The two hours that bear one name, by the clock that was in use.
CLOCKS = (
    ("BST", "Before they went back: it was still summer time"),
    ("GMT", "After they had gone back: it was winter time"),
)


class ClockField(forms.TextField):
    """A time of day, read as the paper forms read one: 22:30, 2230, 22.30 or 10.30pm. Cleans to ``22:30``, or empty."""

    def __init__(self, **wanted: Any) -> None:
        wanted.setdefault("width", 5)
        wanted.setdefault("max_length", 20)
        super().__init__(**wanted)

    def clean(self, value: Any) -> Any:
        """The time. Raises ValidationError for what is no time of day."""
        typed = super().clean(value)
        try:
            return _READS.understand(_HOURS.sub("", str(typed or ""))) or ""
        except NotThat as trouble:
            raise ValidationError(f"{trouble}. Leave it empty if it is not known") from trouble


class WhichClockField(forms.RadiosField):
    """Asked only about a time in the hour that happens twice. Cleans to ``BST`` or ``GMT``."""

    def __init__(self, what: str = "") -> None:
        of = f" ({what[0].lower()}{what[1:]})" if what else ""
        super().__init__(
            label=f"Was that before or after the clocks went back?{of}",
            hint="At 2am on this day the clocks went back to 1am, so the hour from 1am to 2am happened twice.",
            choices=CLOCKS,
            missing="That time happened twice on this day: say whether it was before or after the clocks went back",
            small=True,
        )


def at_clock(day: date, clock: str, which: str = "") -> Moment:
    """The moment of a day and a time such as 22:30 by London's clocks; ``which`` settles the hour that happens twice.

    Raises NotAMoment for a time that the clocks skipped. ``which`` counts for nothing where one answer is possible.
    """
    hour, minute = (int(part) for part in clock.split(":")[:2])
    moment = at_london(day, time(hour, minute))
    return at_london(day, time(hour, minute), zone=which) if which and moment.note else moment


def happened_twice(day: Any, clock: Any) -> bool:
    """Whether this time of this day is in the hour that happens twice; not where either is missing or never was."""
    try:
        return bool(day and clock and at_clock(day, clock).note)
    except NotAMoment:
        return False


def typed_in(form: Any, name: str) -> Any:
    """What was typed for one question, read before the whole form is; empty where it cannot be read."""
    field = form.fields[name]
    try:
        return field.clean(field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)))
    except ValidationError:
        return ""
