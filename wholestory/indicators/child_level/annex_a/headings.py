"""Which column of a sheet is which: headings compared on a cleaned form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LOOKED_AT = 20
"""Rows from the top in which the headings are looked for: titles and notes often stand above them."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read: its key here, the heading it ought to have and how its cells are read."""

    key: str
    heading: str
    names: frozenset[str]
    like: re.Pattern[str] | None
    kind: str
    needed: bool
    asked: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """One list of the workbook."""

    number: int
    title: str
    columns: tuple[Column, ...]

    @property
    def table(self) -> str:
        """As the sheet is named."""
        return f"List {self.number}"

    def column(self, key: str) -> Column:
        """The column of a key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand (row from 0) and which column (from 0) holds what."""

    row: int
    at: dict[str, int]
    guessed: tuple[str, ...]
    """Keys found by their pattern and not by their heading."""
    missing: tuple[Column, ...]
    """Columns the sheet ought to have and does not, needed ones first."""
    twice: tuple[str, ...]
    """Keys whose heading stands there twice; the first is read."""


def cleaned(text: str) -> str:
    """Lower case, letters and digits only, one blank between words."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())


def _forms(text: str) -> tuple[str, str]:
    return cleaned(text), cleaned(re.sub(r"\([^()]*\)?|\[[^\][]*\]?", " ", text))


@cache
def layouts() -> dict[int, Layout]:
    """The lists that are read, by number."""
    held = tomllib.loads(files(__package__).joinpath("layout.toml").read_text(encoding="utf-8"))
    shared = held["shared"]
    return {
        int(number): Layout(
            int(number),
            one["title"],
            tuple(_column(key, about) for key, about in {**shared, **one["columns"]}.items()),
        )
        for number, one in held["list"].items()
    }


def _column(key: str, about: dict[str, Any]) -> Column:
    names = [about["heading"], *about.get("also", ())]
    return Column(
        key=key,
        heading=about["heading"],
        names=frozenset(form for name in names for form in _forms(name) if form),
        like=re.compile(about["like"]) if "like" in about else None,
        kind=about["kind"],
        needed=about.get("needed", False),
        asked=about.get("asked", True),
    )


def find(layout: Layout, rows: Sequence[Sequence[Any]]) -> Headings | None:
    """The row that holds the headings: the one of the first rows that most columns are recognised in, the child's id
    among them. None where there is no such row."""
    best: Headings | None = None
    for number, row in enumerate(rows[:LOOKED_AT]):
        found = _matched(layout, number, row)
        if "child" in found.at and len(found.at) > 1 and (best is None or len(found.at) > len(best.at)):
            best = found
    return best


def _matched(layout: Layout, number: int, row: Sequence[Any]) -> Headings:
    seen = {place: _forms(cell) for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()}
    at: dict[str, int] = {}
    twice: list[str] = []
    taken: set[int] = set()
    for column in layout.columns:
        for place, forms in seen.items():
            if place not in taken and not column.names.isdisjoint(forms):
                taken.add(place)
                if column.key in at:
                    twice.append(column.key)
                at.setdefault(column.key, place)
    guessed = []
    for column in layout.columns:
        if column.key in at or column.like is None:
            continue
        places = [
            place for place, forms in seen.items() if place not in taken and column.like.search(forms[0])
        ]
        if len(places) == 1:
            at[column.key] = places[0]
            taken.add(places[0])
            guessed.append(column.key)
    gone = [column for column in layout.columns if column.asked and column.key not in at]
    missing = tuple(sorted(gone, key=lambda column: not column.needed))
    return Headings(number, at, tuple(guessed), missing, tuple(twice))
