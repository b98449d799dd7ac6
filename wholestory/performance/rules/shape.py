"""What a finished report is made of: words, tables and charts, with nothing left to look up.

A report is kept as this shape and nothing else, so that the page, the PDF and the Word file all say the same, keep the
colours they were given, and what was not kept (a suppressed number) cannot be read from any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown. The first column names the row; every cell is text as it is to be read. ``tones`` gives
    each row's colour (green, amber, red, grey or nothing) for the column ``toned``, whose words say the same."""

    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    toned: int = -1
    tones: tuple[str, ...] = ()


def trimmed(table: Table) -> Table:
    """The table without columns in which nothing stands at all; the first two always stay."""
    kept = [
        at for at in range(len(table.heads))
        if at < 2 or at == table.toned or not table.rows or any(row[at] for row in table.rows)
    ]  # fmt: skip
    toned = kept.index(table.toned) if table.toned in kept else -1
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return replace(table, heads=tuple(table.heads[at] for at in kept), rows=rows, toned=toned)


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a chart; ``number`` is None where there is none."""

    label: str
    number: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A line over periods. ``alt`` says it in words; ``breaks`` are the places before which the definition changed."""

    key: str
    title: str
    alt: str
    marks: tuple[Mark, ...]
    unit: str = ""
    breaks: tuple[int, ...] = ()
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report, in its order: words first, then charts, then tables."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``front`` stands under the title; ``marking`` at the head and foot of every page."""

    title: str
    body: str
    period: str
    marking: str
    front: tuple[str, ...]
    sections: tuple[Section, ...]
    invented: bool = False

    def as_data(self) -> dict[str, Any]:
        """The report as JSON can keep it."""
        return asdict(self)


def from_data(kept: Mapping[str, Any]) -> Report:
    """The report as it was kept."""
    return Report(
        **{**kept, "front": tuple(kept["front"]), "sections": tuple(map(_section, kept["sections"]))}
    )


def _section(kept: Mapping[str, Any]) -> Section:
    tables = tuple(
        Table(**{**each, "heads": tuple(each["heads"]), "rows": tuple(map(tuple, each["rows"])),
                 "notes": tuple(each["notes"]), "tones": tuple(each["tones"])})
        for each in kept["tables"]
    )  # fmt: skip
    charts = tuple(
        Chart(**{**each, "marks": tuple(Mark(**mark) for mark in each["marks"]), "breaks": tuple(each["breaks"])})
        for each in kept["charts"]
    )  # fmt: skip
    return Section(**{**kept, "words": tuple(kept["words"]), "tables": tables, "charts": charts})
