"""What comes out of a published table: figures, sets of neighbours, and what was wrong with the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

ENGLAND = "E92000001"


@dataclass(frozen=True, slots=True)
class Published:
    """One measure of a published table."""

    key: str
    """Table and measure: ``c1-rereferrals``."""
    table: str
    title: str
    unit: str
    """``count``, ``percent``, ``rate`` (per 10,000 unless the title says otherwise), ``ratio``, ``days``, ``other``."""
    polarity: str = ""
    """H or L as the publisher says; empty where it says neither."""


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure for one area and year, under the release it came in. ``value`` is None where ``symbol`` says why."""

    measure: str
    area_code: str
    """ONS code: E92000001 for England, E12 for a region, E06 to E10 for a local authority."""
    area_name: str
    period_end: date
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    unit: str
    symbol: str
    release: str
    table: str
    line: int
    """Of the file, the heading being line 1."""


@dataclass(frozen=True, slots=True)
class NeighbourSet:
    """The areas most like an area under one model, the closest first."""

    area_code: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file. ``fatal``: nothing of the file can be used."""

    words: str
    line: int | None = None
    column: str = ""
    sent: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        place = ", ".join(
            said for said in (f"line {self.line}" if self.line else "", f"column {self.column}" if self.column else "")
            if said
        )  # fmt: skip
        return f"{place}: {self.words}" if place else self.words


#: So many faults are kept one by one; the rest are counted.
FAULTS_KEPT = 200


@dataclass(slots=True)
class Reading:
    """What a file was found to hold."""

    table: str
    release: str
    figures: list[PublishedFigure] = field(default_factory=list)
    neighbours: list[NeighbourSet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    faults_not_kept: int = 0
    notices: list[str] = field(default_factory=list)
    lines: int = 0

    @property
    def unusable(self) -> bool:
        """Whether nothing of the file may be loaded."""
        return any(each.fatal for each in self.faults)

    def fault(self, words: str, line: int | None = None, column: str = "", sent: str = "") -> None:
        """Note a bad cell or line; the rest of the file can be used."""
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(Fault(words, line, column, sent[:60]))
        else:
            self.faults_not_kept += 1

    def refuse(self, words: str, line: int | None = None, column: str = "") -> None:
        """Note why nothing of the file can be used."""
        self.faults.insert(0, Fault(words, line, column, fatal=True))
