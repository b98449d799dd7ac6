"""Single cells of a published table: numbers, symbols, years."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from wholestory.indicators.benchmarks.symbols import symbol_of

_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,20})?([eE]-?\d{1,2})?")
PLACES = Decimal("0.0001")
YEARS = range(1990, 2100)


class BadCell(ValueError):
    """A cell that cannot be read; the message says why, without naming the place."""


def number(text: str) -> tuple[Decimal | None, str]:
    """(number, "") or (None, symbol). Thousands may have commas. Raises BadCell."""
    stated = text.strip()
    plain = stated.replace(",", "") if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", stated) else stated
    if _NUMBER.fullmatch(plain):
        try:
            return Decimal(plain).quantize(PLACES, ROUND_HALF_UP).normalize() + 0, ""
        except InvalidOperation as reason:
            raise BadCell(f"“{stated[:20]}” is too large.") from reason
    found = symbol_of(stated)
    if found is None:
        raise BadCell(f"“{stated[:20]}” is neither a number nor a symbol that is known.")
    return None, found.sign or "-"


def year_end(text: str, ends: str) -> date:
    """The last day of the year a cell names. Raises BadCell.

    ``2024``, ``202324`` and ``2023/24`` end in 2024; so do several years together, ``2022-24`` and
    ``2021/22-23/24``. ``ends`` is the month and day on which such a year ends.
    """
    stated = text.strip().replace("–", "-")
    year = _year(stated)
    if year is None or year not in YEARS:
        raise BadCell(f"“{stated[:20]}” is no year.")
    month, day = map(int, ends.split("-"))
    return date(year, month, day)


def _year(stated: str) -> int | None:
    if re.fullmatch(r"\d{4}", stated):
        return int(stated)
    whole = re.fullmatch(r"(\d{4})(\d{2})", stated) or re.fullmatch(r"(\d{4})\D.*?(\d{2})", stated)
    if whole is None or not re.fullmatch(
        r"\d{6}|\d{4}[/-]\d{2}(\d{2})?|\d{4}/\d{2}-\d{2}(\d{2})?/\d{2}", stated
    ):
        return None
    first, last = int(whole[1]), int(whole[2])
    century = first // 100 * 100
    year = century + last
    return year if year > first else year + 100
