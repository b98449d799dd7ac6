"""A time of day as people write it."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError

from wholestory.govuk import forms
from wholestory.paperwork.questions.base import NotThat
from wholestory.paperwork.questions.shaped import Time

_READS = Time("time", "Time")
_HOURS = re.compile(r"\s*(?:h|hrs?|hours)\.?$", re.IGNORECASE)


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
