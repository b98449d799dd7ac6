"""Days as people write them in spreadsheets and text files; what could be two days is none.

A year of two figures is never completed and a month is never put before a day: such a text is a mistake to be listed,
because whoever sent it knows what it means and nobody else does.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 12, 31)
_SERIAL_ZERO = date(1899, 12, 30)
#: Numbers that can be a day of somebody who is in these files: 1 January 1970 to the end of 2100.
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_415

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
_IN_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_TWO_FIGURES = re.compile(r"\d{1,2}[/. -](\d{1,2}|[A-Za-z]{3,9})[/. -]\d{2}")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july", "aug august",
         "sep sept september", "oct october", "nov november", "dec december"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip


class NotADay(ValueError):
    """The value is no day. The text says how."""


@lru_cache(maxsize=50_000)
def day_of_text(text: str) -> date:
    """The day a text names: 31/12/2024, 31-12-2024, 31.12.2024, 2024-12-31, 31 December 2024, each with or without a
    time after it. Raises NotADay."""
    text = text.strip()
    if found := _DAY_FIRST.fullmatch(text):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _IN_WORDS.fullmatch(text)) and found[2].lower() in _MONTHS:
        return _day(int(found[3]), _MONTHS[found[2].lower()], int(found[1]))
    if _TWO_FIGURES.fullmatch(text):
        raise NotADay("the year has two figures, and nobody but the sender knows which century is meant")
    raise NotADay("it is no date")


def day_of_serial(number: float) -> date:
    """The day a spreadsheet counts so many days from the end of 1899. Raises NotADay for a number that is no day of
    anybody these files are about, a bare year for example."""
    if not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise NotADay("it is a number, not a date")
    return _SERIAL_ZERO + timedelta(days=int(number))


def day_of_cell(value: object) -> date:
    """The day in a spreadsheet's cell that shows one. Raises NotADay."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _bounded(value)
    if isinstance(value, str):
        return day_of_text(value)
    raise NotADay("it is no date")


def _day(year: int, month: int, day: int) -> date:
    try:
        return _bounded(date(year, month, day))
    except ValueError as wrong:
        if isinstance(wrong, NotADay):
            raise
        raise NotADay("there is no such day in the calendar") from wrong


def _bounded(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise NotADay(f"the year {day.year} cannot be right")
    return day
