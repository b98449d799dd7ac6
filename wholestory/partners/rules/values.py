"""Reading single cells as people type them: dates, e-mail addresses, telephone numbers."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date, timedelta

from wholestory.kernel.plain_text import one_line

#: Excel counts days from here (its own mistake about 1900 included).
_EXCEL_DAY_NOUGHT = date(1899, 12, 30)
_MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
_MONTHS |= {name.casefold(): number for number, name in enumerate(month_abbr) if name} | {"sept": 9}

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,}")
_STILL = frozenset(
    {"", "-", "–", "—", "n/a", "na", "present", "current", "ongoing", "to date", "now", "tbc", "none"}
)


class NotReadable(ValueError):
    """A cell says something this kind of value cannot be. The message is for the person who sent the file."""


def tidy(text: str) -> str:
    """A cell's text in one line, without the spaces spreadsheets collect."""
    return re.sub(r"\s+", " ", one_line(text.replace("\x00", ""))).strip()


def in_capitals(name: str) -> str:
    """A name typed all in capitals, as people write it; any other name as it is."""
    if not name.isupper() or len(name) < 5:
        return name
    said = re.sub(r"[A-Za-z]+('[A-Za-z]+)?", lambda found: found[0].capitalize(), name)
    return re.sub(r"\b(Mc|O')([a-z])", lambda found: found[1] + found[2].upper(), said)


def day(text: str) -> date | None:
    """A date as British people write it, day first. None for an empty cell and for “present”.

    A month without a day is read as its first day, a year alone as 1 January. Raises NotReadable.
    """
    plain = tidy(text).casefold().rstrip(".")
    if plain in _STILL:
        return None
    plain = re.sub(r"\s+\d{1,2}:\d{2}(:\d{2})?$", "", plain)
    plain = re.sub(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|satur|sat|sun)(day)?,?\s+", "", plain)
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", plain)
    plain = re.sub(r"\bof\b|,", " ", plain)
    for read in (_iso, _serial, _numbers, _words):
        found = read(" ".join(plain.split()))
        if found is not None:
            return _sensible(found, text)
    raise NotReadable(f"“{_short(text)}” is not a date we can read; write it like 14/03/2016")


def _iso(plain: str) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain)
    return _date(*map(int, found.groups())) if found else None


def _serial(plain: str) -> date | None:
    """A date that lost its format in Excel: a bare count of days."""
    if re.fullmatch(r"\d{5}(\.0+)?", plain):
        return _EXCEL_DAY_NOUGHT + timedelta(days=int(float(plain)))
    if re.fullmatch(r"(19|20)\d\d", plain):
        return date(int(plain), 1, 1)
    return None


def _numbers(plain: str) -> date | None:
    found = re.fullmatch(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{2}|\d{4})", plain)
    if found:
        return _date(_year(found[3]), int(found[2]), int(found[1]))
    found = re.fullmatch(r"(\d{1,2})[/.\-](\d{4})", plain)
    return _date(int(found[2]), int(found[1]), 1) if found else None


def _words(plain: str) -> date | None:
    found = re.fullmatch(r"(?:(\d{1,2})[ \-/.]*)?([a-z]+)[ \-/.']*(\d{2}|\d{4})", plain)
    if found and found[2] in _MONTHS:
        return _date(_year(found[3]), _MONTHS[found[2]], int(found[1] or 1))
    return None


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < 70 else 1900)


def _date(year: int, month: int, day_: int) -> date | None:
    try:
        return date(year, month, day_)
    except ValueError:
        return None


def _sensible(found: date, text: str) -> date:
    if not 1950 <= found.year <= 2100:
        raise NotReadable(f"“{_short(text)}” is read as the year {found.year}, which cannot be right")
    return found


def emails(text: str) -> list[str]:
    """Every e-mail address in a cell, in lower case. Raises NotReadable when there are words and no address."""
    plain = tidy(text)
    if plain.casefold() in _STILL:
        return []
    found = [one.casefold().strip(".") for one in _EMAIL.findall(plain.replace("mailto:", " "))]
    if not found:
        raise NotReadable(f"“{_short(plain)}” is not an e-mail address")
    return list(dict.fromkeys(found))


def telephone(text: str) -> str:
    """A telephone number as written; a leading nought that a spreadsheet swallowed is put back."""
    plain = tidy(text)
    if plain.casefold() in _STILL:
        return ""
    plain = re.sub(r"\.0+$", "", plain)
    if re.fullmatch(r"[1-357-9]\d{9}", plain):
        return f"0{plain}"
    if not re.search(r"\d{4}", plain):
        raise NotReadable(f"“{_short(plain)}” is not a telephone number")
    return plain[:40]


def _short(text: str) -> str:
    plain = tidy(text)
    return plain if len(plain) <= 40 else f"{plain[:39]}…"
