"""A time of day as people write it."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.govuk import forms

_SHAPE = re.compile(r"(\d{1,2})(?:[:.h ]?([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE | re.ASCII)


class ClockField(forms.TextField):
    """A time of day: 22:30, 2230, 22.30 or 10.30pm. Cleans to ``22:30``, or empty."""

    def __init__(self, **wanted: Any) -> None:
        wanted.setdefault("width", 5)
        wanted.setdefault("max_length", 20)
        super().__init__(**wanted)

    def clean(self, value: Any) -> Any:
        """The time. Raises ValidationError for what is no time of day."""
        typed = super().clean(value)
        if not typed:
            return ""
        if (found := read(str(typed))) is None:
            raise ValidationError("Enter the time like 22:30, or leave it empty if it is not known")
        return found


def read(typed: str) -> str | None:
    """``22:30`` for any of the ways to write it; None when it is no time of day."""
    text = " ".join(typed.lower().replace("hrs", "").replace("hours", "").split())
    named = {"midnight": "00:00", "noon": "12:00", "midday": "12:00"}
    if text in named:
        return named[text]
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if not found[2] and not half:
        return None  # “7” may be morning or evening
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f"{hour:02d}:{minute:02d}" if hour <= 23 else None
