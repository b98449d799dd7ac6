"""Days as they stand in files: real dates, dates as text, and Excel's own numbers for days."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from wholestory.kernel.workbooks import Value

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_TWO_DIGITS = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
_IN_WORDS = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\s+(\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: Excel counts days from here (its 1900 has a day too many, which no day after February 1900 notices).
_EXCEL_BEGINS = date(1899, 12, 30)
#: Numbers that are days of 1990 to 2079; others in a column of days are a mistake.
_SERIALS = range(32874, 65746)


class NotADay(ValueError):
    """What stands there is no day. The message says why, ``what_to_do`` how to write it."""

    def __init__(self, words: str, what_to_do: str) -> None:
        super().__init__(words)
        self.what_to_do = what_to_do


def day_of(value: Value, example: date = date(2015, 10, 1)) -> date:
    """The day a cell means. Raises NotADay: nothing is guessed, a two-digit year least of all. ``example`` is the day
    that is shown to whoever has to write it again."""
    as_written = f"Write it as {example.isoformat()}."
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and not isinstance(value, bool):
        if value == int(value) and int(value) in _SERIALS:
            return _EXCEL_BEGINS + timedelta(days=int(value))
        raise NotADay(f"{value:g} is not a day.", as_written)
    said = str(value).strip()
    if not said:
        raise NotADay("The day is missing.", as_written)
    if _TWO_DIGITS.fullmatch(said):
        raise NotADay(
            f"“{said}” has a year of two digits.", f"Write the year with four digits: {example.isoformat()}."
        )
    if found := _ISO.fullmatch(said):
        year, month, day = map(int, found.groups())
    elif found := _BRITISH.fullmatch(said):
        day, month, year = map(int, found.groups())
    elif (found := _IN_WORDS.fullmatch(said)) and found.group(2)[:3].lower() in _MONTHS:
        day, year = int(found.group(1)), int(found.group(3))
        month = _MONTHS.index(found.group(2)[:3].lower()) + 1
    else:
        raise NotADay(f"“{said[:40]}” is not a day.", as_written)
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay(f"“{said}” is not in the calendar.", as_written) from None
