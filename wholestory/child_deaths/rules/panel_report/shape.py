"""What a finished report is made of: words, tables and charts, with nothing left to look up.

A version of the report is kept as this shape and nothing else, so that the page, the PDF and the Word file all say the
same, and so that what was not kept (a suppressed number) cannot be read from any of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Version(StrEnum):
    """Which of the two reports this is."""

    CONFIDENTIAL = "confidential"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown. The first column names the row; every cell is text as it is to be read.

    ``notes`` stand under it: what a mark means, what the base is, where a comparison comes from.
    """

    key: str
    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One bar or point of a chart; ``number`` is None where it is not shown, and ``after`` says what stands there."""

    label: str
    number: float | None
    after: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart drawn from what its table shows. ``kind`` is ``bars`` or ``over_time``; ``alt`` says it in words.

    ``breaks`` are the labels before which a definition changed; ``target`` is a figure to compare with, as of England.
    """

    key: str
    kind: str
    title: str
    alt: str
    marks: tuple[Mark, ...]
    unit: str = ""
    breaks: tuple[str, ...] = ()
    target: float | None = None
    target_label: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report, in its order: words first, then charts each with its table."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``front`` stands under the title: who may have it, when its figures were frozen, who approved."""

    title: str
    panel: str
    version: str
    years: str
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
                 "notes": tuple(each["notes"])})
        for each in kept["tables"]
    )  # fmt: skip
    charts = tuple(
        Chart(
            **{
                **each,
                "marks": tuple(Mark(**mark) for mark in each["marks"]),
                "breaks": tuple(each["breaks"]),
            }
        )
        for each in kept["charts"]
    )
    return Section(**{**kept, "words": tuple(kept["words"]), "tables": tables, "charts": charts})
