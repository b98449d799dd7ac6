"""Questions answered by a date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from wholestory.paperwork.given import Json
from wholestory.paperwork.partial_date import MONTHS, PRECISIONS, PartialDate, Precision
from wholestory.paperwork.questions.base import NotThat, Question

Bound = date | Literal["today"]
TODAY: Literal["today"] = "today"


@dataclass(frozen=True)
class Date(Question, word="date"):
    """A date. ``coarsest`` is the least that will do: a day, only its month, or only its year. ``approximate`` adds
    "This is approximate". That a date is not known at all is a kind of nothing: ``nothing=(NOT_KNOWN,)``.

    Stored in the notation of ``partial_date``. Bounds are inclusive; a coarse date offends only when no day in it fits.
    """

    coarsest: Precision = field(default="day", kw_only=True)
    approximate: bool = field(default=False, kw_only=True)
    not_before: Bound | None = field(default=None, kw_only=True)
    not_after: Bound | None = field(default=None, kw_only=True)

    def understand(self, typed: Json) -> Json:
        """Reads ``{"day", "month", "year", "about"}`` as typed into the boxes, or the stored notation as one text."""
        if typed is None or typed == "":
            return None
        if isinstance(typed, str):
            try:
                return str(PartialDate.of(typed))
            except ValueError as reason:
                raise NotThat("Enter a real date, such as 27 3 2016") from reason
        if not isinstance(typed, dict):
            raise NotThat("Enter a real date, such as 27 3 2016")
        day, month, year = (str(typed.get(part) or "").strip() for part in ("day", "month", "year"))
        if not (day or month or year):
            return None
        return str(self._put_together(day, month, year, approximate=bool(typed.get("about"))))

    def _put_together(self, day: str, month: str, year: str, *, approximate: bool) -> PartialDate:
        named = _month_number(month)
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            raise NotThat(
                "The year must be four numbers, such as 2016" if year else "The date must include a year"
            )
        if day and not month:
            raise NotThat("The date must include a month")
        if (day and not (day.isascii() and day.isdigit())) or (month and named is None):
            raise NotThat("Enter a real date, such as 27 3 2016")
        try:
            return PartialDate(int(year), named, int(day) if day else None, approximate and self.approximate)
        except ValueError as reason:
            raise NotThat("There is no such date: check the day and the month") from reason

    def typed_from(self, value: Json) -> Json:
        """The three boxes and the tick."""
        if not isinstance(value, str):
            return None
        held = PartialDate.of(value)
        return {
            "day": str(held.day or ""),
            "month": str(held.month or ""),
            "year": f"{held.year:04d}",
            "about": "1" if held.approximate else "",
        }

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        """Too coarse, too early, too late."""
        held = PartialDate.of(str(value))
        if PRECISIONS.index(held.precision) > PRECISIONS.index(self.coarsest):
            return (f"The date must include a {'day' if self.coarsest == 'day' else 'month'}",)
        after, before = _on(self.not_after, today), _on(self.not_before, today)
        if after is not None and held.earliest > after:
            return (
                ("The date must not be in the future",)
                if self.not_after == TODAY
                else (
                    f"The date must be {PartialDate(after.year, after.month, after.day).in_words()} or earlier",
                )
            )
        if before is not None and held.latest < before:
            return (
                ("The date must not be in the past",)
                if self.not_before == TODAY
                else (
                    f"The date must be {PartialDate(before.year, before.month, before.day).in_words()} or later",
                )
            )
        return ()

    def value_in_words(self, value: Json) -> str:
        """``14 March 2016``, ``about March 2016``."""
        return PartialDate.of(str(value)).in_words()

    def value_for_export(self, value: Json) -> str:
        """The stored notation, which sorts."""
        return str(value)

    def definition_faults(self) -> tuple[str, ...]:
        if (
            isinstance(self.not_before, date)
            and isinstance(self.not_after, date)
            and self.not_before > self.not_after
        ):
            return (f"no date is both on or after {self.not_before} and on or before {self.not_after}",)
        return ()


def _on(bound: Bound | None, today: date) -> date | None:
    return today if bound == TODAY else bound if isinstance(bound, date) else None


def _month_number(text: str) -> int | None:
    """A month typed as a number or by its name; None when it is neither."""
    if text.isascii() and text.isdigit():
        return int(text)
    named = [
        n for n, month in enumerate(MONTHS, 1) if len(text) >= 3 and month.lower().startswith(text.lower())
    ]
    return named[0] if named else None
