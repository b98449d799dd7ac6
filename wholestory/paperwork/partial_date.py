"""Dates as people know them: a day, only a month, only a year, and perhaps only roughly.

Stored as text in the calendar notation of ISO 8601-2 (the "extended date/time format"): ``2016-03-14``, ``2016-03``,
``2016``, with ``~`` at the end when the date is approximate.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Literal

Precision = Literal["day", "month", "year"]
PRECISIONS: tuple[Precision, ...] = ("day", "month", "year")

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(~?)", re.ASCII)
MONTHS = ("January", "February", "March", "April", "May", "June", "July",
           "August", "September", "October", "November", "December")  # fmt: skip


@dataclass(frozen=True)
class PartialDate:
    """A date whose day, or day and month, may be missing. Raises ValueError when the calendar has no such date."""

    year: int
    month: int | None = None
    day: int | None = None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("A day needs its month.")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def of(cls, text: str) -> PartialDate:
        """Read the stored notation. Raises ValueError for anything else."""
        found = _SHAPE.fullmatch(text)
        if found is None:
            raise ValueError(f"{text!r} is not a date, a month or a year.")
        year, month, day, about = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None, bool(about))

    @property
    def precision(self) -> Precision:
        """The finest part that is known."""
        return "day" if self.day is not None else "month" if self.month is not None else "year"

    @property
    def earliest(self) -> date:
        """The first day it can have been."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can have been."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
        if self.day is not None:
            parts.append(f"{self.day:02d}")
        return "-".join(parts) + ("~" if self.approximate else "")

    def in_words(self) -> str:
        """As a reader sees it: ``14 March 2016``, ``about March 2016``."""
        parts = [str(self.day)] if self.day is not None else []
        if self.month is not None:
            parts.append(MONTHS[self.month - 1])
        return ("about " if self.approximate else "") + " ".join([*parts, str(self.year)])
