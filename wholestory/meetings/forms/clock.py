"""A time of day as people type it."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.govuk.forms import TextField

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)


class ClockField(TextField):
    """Takes 2pm, 2:30pm, 14:30 and 14.30; gives a time of day, or None for nothing."""

    def __init__(self, **wanted: Any) -> None:
        wanted.setdefault("hint", "For example, 2pm or 14:30")
        wanted.setdefault("width", 5)
        wanted.setdefault("max_length", 20)
        super().__init__(**wanted)

    def clean(self, value: Any) -> Any:
        typed = str(super().clean(value) or "").strip()
        if not typed:
            return None
        found = _CLOCK.fullmatch(
            {"midday": "12pm", "noon": "12pm", "midnight": "12am"}.get(typed.lower(), typed)
        )
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
        half = (found[3] or "").lower() if found else ""
        if half and not 1 <= hour <= 12:
            hour = 99
        if half:
            hour = hour % 12 + (12 if half == "pm" else 0)
        if hour > 23 or minute > 59:
            raise ValidationError("Enter a time of day, like 2pm or 14:30")
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value
