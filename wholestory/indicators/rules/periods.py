"""Which days a heading means: “Q1 2014/15”, “Apr-Jun 2014”, “2014-15 quarter 2”, “Jun 14”, “2014/15”.

Years begin on 1 April unless the table says otherwise. Nothing is guessed: a heading that could mean two periods means
none, and a person says which.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH = "|".join(
    f"{name[:3]}(?:{name[3:]})?t?" if name == "september" else f"{name[:3]}(?:{name[3:]})?"
    for name in _MONTHS
)
_YEARS = re.compile(r"\b(?:fy)?\s*(20\d\d)\s*(?:[-/–]|\bto\b)\s*((?:20)?\d\d)\b")
_SHORT_YEARS = re.compile(r"\b(\d\d)\s*/\s*(\d\d)\b")
_QUARTER = re.compile(r"\b(?:q|qtr|quarter)\s*\.?\s*([1-4])\b|\b([1-4])(?:st|nd|rd|th)\s+(?:q|qtr|quarter)\b")
_SPAN = re.compile(
    rf"\b({_MONTH})\s*(?:[-/–]|\bto\b)\s*({_MONTH})\b\W*(20\d\d|\d\d)?(?:\s*[-/–]\s*(\d\d))?(?![\d])"
)
_ONE_MONTH = re.compile(rf"\b({_MONTH})\b\W{{0,2}}(20\d\d|\d\d)(?!\d)")
_WHOLE_YEAR = re.compile(r"\W*(?:(?:full|whole|year|fy|total|outturn|annual|result|actual)\W*)*")
_YEAR = re.compile(r"^\W*(20\d\d)\W*$")
_ISO = re.compile(r"^(20\d\d)-(\d\d)-(\d\d)(?:[ T]00:00(?::00)?)?$")


class Year(StrEnum):
    """When the years of a table begin."""

    FINANCIAL = "financial"
    CALENDAR = "calendar"
    ACADEMIC = "academic"

    @property
    def first_month(self) -> int:
        """The calendar month a year begins with."""
        return {"financial": 4, "calendar": 1, "academic": 9}[self.value]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a day to a day, both included."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """How many calendar months it has."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def label(self) -> str:
        """In words that say which days are meant."""
        first, last = _MONTHS[self.start.month - 1][:3].title(), _MONTHS[self.end.month - 1][:3].title()
        if self.months == 1:
            return f"{first} {self.start.year}"
        if self.start.year == self.end.year:
            return f"{first} to {last} {self.end.year}"
        return f"{first} {self.start.year} to {last} {self.end.year}"


def months_from(year: int, month: int, number: int) -> Period:
    """So many whole months from the first day of a month."""
    last = (year * 12 + month - 1) + number - 1
    end_year, end_month = divmod(last, 12)
    return Period(date(year, month, 1), date(end_year, end_month + 1, monthrange(end_year, end_month + 1)[1]))


def quarter_of(day: date) -> Period:
    """The quarter a day is in; quarters begin in January, April, July and October."""
    return months_from(day.year, day.month - (day.month - 1) % 3, 3)


def meant(words: str, years: Year = Year.FINANCIAL) -> Period | None:
    """The period that a heading means, or None where it means none or could mean more than one."""
    said = " ".join(words.lower().replace("’", "'").split())
    if found := _ISO.match(said):
        # A day in a heading row is how spreadsheets keep “Jun 14”: the month it is in.
        year, month, _ = map(int, found.groups())
        return months_from(year, month, 1) if 1 <= month <= 12 else None
    begins = _year_that_begins(said)
    quarter = _QUARTER.search(said)
    if quarter:
        if begins is None and (found := re.search(r"\b(20\d\d)\b", said)) and years is Year.CALENDAR:
            begins = int(found.group(1))
        if begins is None:
            return None
        number = int(quarter.group(1) or quarter.group(2))
        month = years.first_month + 3 * (number - 1)
        return months_from(begins + (month - 1) // 12, (month - 1) % 12 + 1, 3)
    if span := _SPAN.search(said):
        return _spanned(span, begins, years)
    if one := _ONE_MONTH.search(said):
        return months_from(_four(one.group(2)), _month(one.group(1)), 1)
    if begins is not None:
        rest = _SHORT_YEARS.sub("", _YEARS.sub("", said))
        return months_from(begins, years.first_month, 12) if _WHOLE_YEAR.fullmatch(rest) else None
    if (alone := _YEAR.match(said)) and years is Year.CALENDAR:
        return months_from(int(alone.group(1)), 1, 12)
    return None


def _year_that_begins(said: str) -> int | None:
    """The first calendar year of “2014-15” or “14/15”; None where the two do not follow each other."""
    found = _YEARS.search(said) or _SHORT_YEARS.search(said)
    if not found:
        return None
    first, second = _four(found.group(1)), _four(found.group(2))
    return first if second == first + 1 else None


def _four(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _month(word: str) -> int:
    return next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(word[:3]))


def _spanned(found: re.Match[str], begins: int | None, years: Year) -> Period | None:
    first, last = _month(found.group(1)), _month(found.group(2))
    number = (last - first) % 12 + 1
    if begins is not None:
        return months_from(begins + (first < years.first_month), first, number)
    if found.group(3) is None:
        return None
    # The year beside “Oct-Dec 2014” or “Dec-Feb 2015” is that of the last month.
    end = _four(found.group(3))
    return months_from(end - (first > last), first, number)
