"""Days as people write them in a list of actions. Pure.

A day is read only where it can mean one day: 31/03/2016, 31.3.16, 31st March 2016, 2016-03-31. A month alone is its
last day, and a spreadsheet's bare day number is a day, each with a note. Day before month, always: 03/31/2016 is not
read.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {name.casefold(): n for n, name in enumerate(month_name) if name}
_MONTHS |= {name.casefold(): n for n, name in enumerate(month_abbr) if name}
_MONTHS["sept"] = 9
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]\d{1,2}:\d{2}.*)?")
_PLAIN = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})(?: \d{1,2}:\d{2}.*)?")
_NAMED = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-./]+(?:of )?([a-z]+)\.?,?[ \-./]+'?(\d{2}|\d{4})"
)
_MONTH = re.compile(r"(?:end |by |by end |the end )?(?:of )?([a-z]+)\.?,?[ \-./]+'?(\d{2}|\d{4})")
_MONTH_NUMBER = re.compile(r"(\d{1,2})[/.\-](\d{4})")
#: Day numbers of a spreadsheet from 2000 to 2049, counted from 30 December 1899.
_SERIAL = re.compile(r"\d{5}")
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Day:
    """A day, and what somebody should know of how it was read."""

    on: date
    note: str = ""


def read_day(written: str) -> Day | None:
    """The day somebody wrote; None where it cannot be one day."""
    said = " ".join(written.replace("\u2013", "-").split()).casefold().strip(" .")
    try:
        return _read(said)
    except ValueError:
        return None


def _read(said: str) -> Day | None:
    if found := _ISO.fullmatch(said):
        return Day(date(int(found[1]), int(found[2]), int(found[3])))
    if found := _PLAIN.fullmatch(said):
        return Day(date(_year(found[3]), int(found[2]), int(found[1])))
    if (found := _NAMED.fullmatch(said)) and found[2] in _MONTHS:
        return Day(date(_year(found[3]), _MONTHS[found[2]], int(found[1])))
    if (found := _MONTH.fullmatch(said)) and found[1] in _MONTHS:
        return _last_of(_year(found[2]), _MONTHS[found[1]])
    if found := _MONTH_NUMBER.fullmatch(said):
        return _last_of(int(found[2]), int(found[1]))
    if _SERIAL.fullmatch(said) and 36_526 <= int(said) <= 54_788:
        return Day(_EPOCH + timedelta(days=int(said)), "A spreadsheet's day number")
    return None


def _year(written: str) -> int:
    """Two digits are a year of this century."""
    return int(written) + (2000 if len(written) == 2 else 0)


def _last_of(year: int, month: int) -> Day:
    if not 1 <= month <= 12 or not 1990 <= year <= 2100:
        raise ValueError(month)
    return Day(date(year, month, monthrange(year, month)[1]), "Only a month is written: its last day")
