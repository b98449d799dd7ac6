"""Where things stand in a scorecard somebody kept as a spreadsheet: wide, with years of quarters and merged cells.

What is found is a proposal. A person puts it right before anything is brought in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rapidfuzz import fuzz

from wholestory.indicators.rules import scorecard_cells as cells
from wholestory.indicators.rules.periods import Period, Year, meant

Rows = Sequence[Sequence[str]]
Merged = Iterable[tuple[tuple[int, int], tuple[int, int]]]

#: Headings are looked for in the first rows alone.
_MOST_HEADING_ROWS = 20
#: How alike a title must be to be proposed; 100 is the same words.
_ALIKE = 84
_RATE = re.compile(r"\brate\b|\bper 1[\d,]*0\b|/ ?10k", re.IGNORECASE)
_OUT_OF = re.compile(r"\bdenominator\b|\bout of\b|\(den\)|\bcohort\b", re.IGNORECASE)
_NOT_WORDS = re.compile(r"[^a-z0-9 ]+")


class Holds(StrEnum):
    """What the cells of a row are."""

    NUMBER = "number"
    OUT_OF = "out_of"
    PERCENT = "percent"
    SHARE = "share"
    AMOUNT = "amount"
    LEAVE = "leave"


HOLDS_WORDS: dict[Holds, str] = {
    Holds.NUMBER: "How many",
    Holds.OUT_OF: "Out of how many",
    Holds.PERCENT: "Per cent",
    Holds.SHARE: "A share of 1 (0.81 is 81 per cent)",
    Holds.AMOUNT: "Days or another amount",
    Holds.LEAVE: "Leave this row out",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A row with figures in it. ``row`` counts from 0; ``label`` is what stands to its left, merged cells with it."""

    row: int
    label: str
    sample: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """``columns`` are the periods by column, counted from 0; ``unread`` are columns with figures whose heading means
    no period, with that heading."""

    heading: int
    columns: dict[int, Period]
    unread: dict[int, str]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What has to be known of a measure to propose it for a row. ``is_count``: its number stands alone, without “out of
    how many”."""

    code: str
    title: str
    is_count: bool
    unit: str


def letter(column: int) -> str:
    """The letters a spreadsheet gives a column, counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def spread(rows: Rows, merged: Merged) -> list[list[str]]:
    """The rows with the text of each merged range in all of its cells: for headings and labels, never for figures."""
    width = max((len(row) for row in rows), default=0)
    found = [[*row, *[""] * (width - len(row))] for row in rows]
    for (top, left), (bottom, right) in merged:
        if top < len(found) and left < width:
            for row in range(top, min(bottom, len(found) - 1) + 1):
                for column in range(left, min(right, width - 1) + 1):
                    found[row][column] = found[top][left]
    return found


def layout(
    rows: Rows, merged: Merged, years: Year, stated: Mapping[int, Period | None] | None = None
) -> Layout | None:
    """Where the headings, the periods and the figures are; None when no row of headings names a period.

    ``stated`` are columns about which a person said which period they are, or that they are none.
    """
    filled = spread(rows, merged)
    tried = [(at, _periods(filled, at, years)) for at in range(min(len(filled), _MOST_HEADING_ROWS))]
    # A year over its quarters names fewer periods, and longer ones, than the quarters below it.
    heading, columns = max(
        tried,
        key=lambda one: (len(set(one[1].values())), -sum(each.months for each in one[1].values())),
        default=(-1, {}),
    )
    for column, period in (stated or {}).items():
        columns.pop(column, None)
        if period is not None:
            columns[column] = period
    if not columns:
        return None
    heading = max(heading, 0)
    first = min(columns)
    lines, others = [], {}
    for at in range(heading + 1, len(rows)):
        row = rows[at]
        sample = tuple(row[c] for c in sorted(columns) if c < len(row) and row[c])
        if not any(cells.read(text).number is not None or cells.read(text).nothing for text in sample):
            continue
        lines.append(Line(at, _label(filled[at], first), sample[:4]))
        for column in range(first + 1, len(row)):
            if column not in columns and cells.read(row[column]).number is not None:
                others[column] = filled[heading][column]
    unread = {column: words for column, words in sorted(others.items()) if column not in (stated or {})}
    return Layout(heading, dict(sorted(columns.items())), unread, tuple(lines))


def _periods(filled: Rows, at: int, years: Year) -> dict[int, Period]:
    found = {}
    for column, text in enumerate(filled[at]):
        above = filled[at - 1][column] if at else ""
        # A year that stands over its quarters is read with each of them; alone it would be the whole year.
        period = meant(f"{text} {above}", years) if above and above != text else None
        period = period or meant(text, years)
        if text and period is not None:
            found[column] = period
    return found


def _label(row: Sequence[str], before: int) -> str:
    parts = dict.fromkeys(text for text in row[:before] if text and cells.read(text).number is None)
    return " – ".join(parts)[:300]


def proposed(line: Line, known: Sequence[Known]) -> tuple[str, Holds]:
    """The measure a row seems to be, by its code or else its title, and what its cells hold."""
    one = _named(line.label, known)
    return (one.code if one else "", holds(line, one))


def _named(label: str, known: Sequence[Known]) -> Known | None:
    words = set(re.findall(r"[A-Za-z0-9-]+", label))
    for each in known:
        if each.code in words:
            return each
    plain, own = _plain(label), _plain(label.rpartition(" – ")[2])
    alike = [each for each in known if fuzz.token_set_ratio(plain, _plain(each.title)) >= _ALIKE]
    # “Referrals” is in “Re-referrals within 12 months” whole: the title that is most like the row's own words wins.
    return max(alike, key=lambda each: fuzz.token_sort_ratio(own, _plain(each.title)), default=None)


def _plain(text: str) -> str:
    return " ".join(_NOT_WORDS.sub(" ", text.lower()).split())


def holds(line: Line, measure: Known | None) -> Holds:
    """What the cells of a row seem to hold. Rates are worked out here, so rows of them are left out."""
    if _RATE.search(line.label) and "%" not in line.label:
        return Holds.LEAVE
    read = [one for one in map(cells.read, line.sample) if one.number is not None]
    if "%" in line.label or "percent" in line.label.lower() or any(one.percent for one in read):
        numbers = [one.number for one in read if one.number is not None and not one.percent]
        shares = _are_shares(numbers) or (bool(numbers) and set(numbers) == {1})
        return Holds.SHARE if shares and not any(one.percent for one in read) else Holds.PERCENT
    if _OUT_OF.search(line.label):
        return Holds.OUT_OF
    if measure is None:
        return Holds.LEAVE
    if measure.unit == "percent" and _are_shares([one.number for one in read if one.number is not None]):
        # A cell that a spreadsheet shows as 21% holds 0.21, whatever the row is called.
        return Holds.SHARE
    return Holds.AMOUNT if measure.unit in ("days", "fte") else Holds.NUMBER


def _are_shares(numbers: Sequence[Decimal]) -> bool:
    """Whether these are shares of 1: none above it, and one of them a part of it."""
    return all(number <= 1 for number in numbers) and any(0 < number < 1 for number in numbers)
