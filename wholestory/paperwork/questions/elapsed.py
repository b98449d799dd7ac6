"""Working out the time between two dates of a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wholestory.paperwork.given import Nothing
from wholestory.paperwork.partial_date import PartialDate
from wholestory.paperwork.questions.working import Label, Look, Needs, Outcome, Working, first_stop, opened


@dataclass(frozen=True)
class _OfDates(Working):
    """A length of time from one date of the form to another. Never to "today": what was signed must not change."""

    first: str
    then: str

    def needs(self) -> tuple[Needs, ...]:
        return (Needs(self.first, "date"), Needs(self.then, "date"))

    def work_out(self, look: Look) -> Outcome:
        both = [opened(look(key)) for key in (self.first, self.then)]
        stops = [stop for stop, _given, _question in both if stop is not None]
        if stops:
            return first_stop(stops)
        first, then = (PartialDate.of(str(given.value)) for _stop, given, _question in both)
        least, most = self.between(first.latest, then.earliest), self.between(first.earliest, then.latest)
        if least != most or first.approximate or then.approximate:
            return Outcome(nothing=Nothing.NOT_KNOWN, reason="the dates are not exact enough")
        return least

    def between(self, first: date, then: date) -> Outcome:
        """The result from two days."""
        raise NotImplementedError


@dataclass(frozen=True)
class DaysBetween(_OfDates, word="days_between"):
    """Elapsed days from the first date to the second: 0 for the same day, below 0 when the second is earlier."""

    unit = ("day", "days")

    def between(self, first: date, then: date) -> Outcome:
        return Outcome(Decimal((then - first).days))

    def in_words(self, label: Label) -> str:
        return f"the days from {label(self.first, '')} to {label(self.then, '')}"


@dataclass(frozen=True)
class YearsBetween(_OfDates, word="years_between"):
    """Whole years from the first date to the second, as ages are counted: somebody born on 29 February is a year older
    on 1 March of a common year. Known from coarse dates too, where every reading of them gives the same age."""

    unit = ("year", "years")

    def between(self, first: date, then: date) -> Outcome:
        if then < first:
            return Outcome(nothing=Nothing.NOT_APPLICABLE, reason="the second date is before the first")
        not_yet = (then.month, then.day) < (first.month, first.day)
        return Outcome(Decimal(then.year - first.year - not_yet))

    def in_words(self, label: Label) -> str:
        return f"the whole years from {label(self.first, '')} to {label(self.then, '')}"
