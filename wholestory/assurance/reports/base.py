"""One shaped structure for a page of results and for every file made of it, so that none can say otherwise.

A value stands as itself (a count, a share, a day) and is put into words by its column, so that Excel gets numbers and
a reader gets words. Where there is no value there is a word that says which kind of nothing it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from wholestory.assurance.rules.scales import one_decimal, percent

#: A share or mean of nothing: not nought, and not all.
NONE_TO_COUNT = "n/a"
#: A spread over so few that somebody could be told apart.
FEW = "too few to show"


class Kind(StrEnum):
    """What a column's values are."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    MEAN = "mean"
    POINTS = "points"
    DAY = "day"

    @property
    def is_number(self) -> bool:
        """Whether it is set flush right."""
        return self in (Kind.COUNT, Kind.SHARE, Kind.MEAN, Kind.POINTS)


@dataclass(frozen=True)
class Col:
    """A column. ``SHARE`` and ``MEAN`` are from 0 to 1, ``POINTS`` a difference of two shares."""

    key: str
    label: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Said:
    """Words that lead somewhere on the page; in a file the words alone."""

    words: str
    url: str = ""

    def __str__(self) -> str:
        return self.words


@dataclass(frozen=True)
class Grid:
    """A table with what must be said beside it. Rows are in the order of the columns."""

    title: str
    columns: tuple[Col, ...]
    rows: tuple[tuple[Any, ...], ...]
    said: tuple[str, ...] = ()
    empty: str = "Nothing to show yet."
    sort: str = ""
    """The column a page first sorts by, with a minus for the reverse; empty for the order of the rows."""

    def only(self, rows: Sequence[Mapping[str, Any]]) -> Grid:
        """The same with these of its rows (see ``as_mappings``)."""
        return replace(self, rows=tuple(row["row"] for row in rows))

    def as_mappings(self) -> list[dict[str, Any]]:
        """Rows for a list that sorts and pages: each value to sort by, and the whole row."""
        return [
            {"row": row} | {col.key: _sorts(value) for col, value in zip(self.columns, row, strict=True)}
            for row in self.rows
        ]


@dataclass(frozen=True)
class Report:
    """A page of results: sentences first, then how the figures are made, then tables."""

    title: str
    of: str
    headline: tuple[str, ...]
    made: tuple[str, ...]
    grids: tuple[Grid, ...] = ()
    name: str = ""
    """What its file is called."""
    links: tuple[Said, ...] = field(default=())

    @property
    def widest(self) -> int:
        """How many columns the widest table has."""
        return max((len(grid.columns) for grid in self.grids), default=0)


def _sorts(value: Any) -> Any:
    if isinstance(value, Said):
        return value.words
    return None if value in (NONE_TO_COUNT, FEW) else value


def shown(kind: Kind, value: Any) -> str:
    """A value as a reader sees it."""
    if value is None:
        return NONE_TO_COUNT if kind in (Kind.SHARE, Kind.MEAN, Kind.POINTS) else ""
    if isinstance(value, str | Said):
        return str(value)
    if kind is Kind.DAY and isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if kind is Kind.SHARE:
        return percent(value)
    if kind is Kind.MEAN:
        return one_decimal(value * 100)
    if kind is Kind.POINTS:
        return signed(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def signed(points: Fraction) -> str:
    """A difference of two shares in points of a hundred, with its sign: ``+5.0``, ``−12.5``, ``0.0``."""
    text = one_decimal(abs(points) * 100)
    if text == "0.0":
        return text
    return f"−{text}" if points < 0 else f"+{text}"


def plural(number: int, one: str, many: str = "") -> str:
    """``1 agency``, ``3 agencies``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(on: date) -> str:
    """``14 March 2016``."""
    return f"{on.day} {on:%B %Y}"
