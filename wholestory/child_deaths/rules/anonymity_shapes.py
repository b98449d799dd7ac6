"""What can be found by its shape: dates, postcodes, NHS numbers, telephone numbers, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from wholestory.child_deaths.rules import nhs_number
from wholestory.kernel.moments import MONTHS

_MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" if len(month) > 3 else month for month in MONTHS) + "|Sept"
_ORDINAL = r"(?:st|nd|rd|th)?"
_NUMERIC = re.compile(
    r"(?<![\d.,/-])(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?((?:19|20)\d{2}|\d{2})(?![\d/-])"
)
_ISO = re.compile(r"(?<![\d-])((?:19|20)\d{2})-(\d{2})-(\d{2})(?![\d-])")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?({_MONTH})\.?,?\s+((?:19|20)\d{{2}})(?!\d)", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})\.?\s+(\d{{1,2}}){_ORDINAL},?\s+((?:19|20)\d{{2}})(?!\d)", re.IGNORECASE
)
_DAY_MONTH = re.compile(
    rf"(?<!\d)(\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?({_MONTH})\b(?!\.?,?\s+(?:19|20)\d{{2}})", re.IGNORECASE
)
_MONTH_DAY = re.compile(
    rf"\b({_MONTH})\.?\s+(?:the\s+)?(\d{{1,2}}){_ORDINAL}\b(?!,?\s+(?:19|20)\d{{2}})", re.IGNORECASE
)
_DAYS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third"
    " twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_SPELT = {word: number for number, word in enumerate(_DAYS.split(), 1)}
_SPELT_DAY = re.compile(
    rf"(?<![\w-])({'|'.join(_SPELT)})\s+(?:of\s+)?({_MONTH})\b".replace("y-", "y[ -]"), re.IGNORECASE
)
_BIRTH_WORDS = re.compile(
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate\s+of\s+birth\b|\bborn(?:\s+on)?)[\s:=(–-]{0,6}(?:the\s)?$",
    re.IGNORECASE,
)
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])([A-Z]{1,2}\d[A-Z\d]?)[ \u00a0]{0,2}(\d[ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])", re.IGNORECASE
)
_TEN = re.compile(r"(?<![\d-])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![\d-])")
_TELEPHONE = re.compile(r"(?<![\d+])(?:\+44\s?\(?0?\)?\s?|0)(?:\d[\s-]?){8,9}\d(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def dates_in(text: str) -> Iterator[tuple[int, int, date]]:
    """Every whole date, day before month where figures could be read both ways. Two figures for a year are of this
    century up to 68."""
    for match in _NUMERIC.finditer(text):
        yield from _dated(match, match[1], int(match[2]), match[3])
    for match in _ISO.finditer(text):
        yield from _dated(match, match[3], int(match[2]), match[1])
    for match in _DAY_FIRST.finditer(text):
        yield from _dated(match, match[1], _month(match[2]), match[3])
    for match in _MONTH_FIRST.finditer(text):
        yield from _dated(match, match[2], _month(match[1]), match[3])


def days_in(text: str, known: Iterable[date]) -> Iterator[tuple[int, int]]:
    """A day and month without a year, in figures or in words, that are those of a known date."""
    days = {(each.month, each.day) for each in known}
    if not days:
        return
    for match in _DAY_MONTH.finditer(text):
        if (_month(match[2]), int(match[1])) in days:
            yield match.span()
    for match in _MONTH_DAY.finditer(text):
        if (_month(match[1]), int(match[2])) in days:
            yield match.span()
    for match in _SPELT_DAY.finditer(text):
        if (_month(match[2]), _SPELT[match[1].lower().replace(" ", "-")]) in days:
            yield match.span()


def is_said_to_be_birth(text: str, start: int) -> bool:
    """Whether the words just before say that a date is one of birth."""
    return bool(_BIRTH_WORDS.search(text[max(0, start - 30) : start]))


def postcodes_in(text: str, known: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Every full postcode. Written small it counts only when it is one of those known: ``is at 1st`` is none."""
    held = {"".join(each.split()).upper() for each in known}
    for match in _POSTCODE.finditer(text):
        code = (match[1] + match[2]).upper()
        if code in held or match.group().isupper():
            yield (*match.span(), code)


def outward_in(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The first half of a known postcode standing alone: ``PE1``."""
    for half in {"".join(each.split()).upper()[:-3] for each in known}:
        if half:
            for match in re.finditer(rf"(?<![A-Z0-9]){re.escape(half)}(?![A-Z0-9])", text, re.IGNORECASE):
                yield match.span()


def nhs_numbers_in(text: str, known: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Ten digits whose last one fits, and those known whether or not it fits."""
    held = {nhs_number.digits(each) for each in known}
    for match in _TEN.finditer(text):
        found = nhs_number.digits(match.group())
        if found in held or nhs_number.is_valid(found):
            yield match.span()


def telephones_in(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of ten or eleven digits that begin with 0 or +44."""
    for match in _TELEPHONE.finditer(text):
        yield match.span()


def emails_in(text: str) -> Iterator[tuple[int, int]]:
    """E-mail addresses."""
    for match in _EMAIL.finditer(text):
        yield match.span()


def _month(word: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month[:3].lower() == word[:3].lower())


def _dated(match: re.Match[str], day: str, month: int, year: str) -> Iterator[tuple[int, int, date]]:
    whole = int(year) if len(year) == 4 else int(year) + (2000 if int(year) <= 68 else 1900)
    try:
        yield (*match.span(), date(whole, month, int(day)))
    except ValueError:
        return
