"""From things counted to figures: each event or child with its part of every breakdown, and the tally of them.

What cannot be counted is said, with the reason; it is never a nought.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from statistics import quantiles

from wholestory.indicators.child_level.figures import Figure, Share
from wholestory.indicators.child_level.window import age_on

NOT_KNOWN = "?"
"""The part of what is missing, unreadable or fails an error rule; it stays in the total."""

PEOPLE = ("age", "sex", "ethnicity", "disability")


@dataclass(frozen=True, slots=True)
class Item:
    """One event or child that is counted, with its part of each breakdown. The child has a name made for the run."""

    child: bytes
    parts: dict[str, str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure is called and how it is read: count, percent or rate."""

    title: str
    unit: str
    notes: tuple[str, ...] = ()


@cache
def meanings(package: str) -> dict[str, Meaning]:
    """The figures of a package, from its `figures.toml`, by id."""
    held = tomllib.loads(files(package).joinpath("figures.toml").read_text(encoding="utf-8"))
    return {
        key: Meaning(about["title"], about["unit"], tuple(about.get("notes", ())))
        for key, about in held.items()
    }


@dataclass(slots=True)
class Counts:
    """The figures of one file or set of files, and why others could not be made."""

    meanings: dict[str, Meaning]
    figures: list[Figure] = field(default_factory=list)
    not_counted: dict[str, str] = field(default_factory=dict)

    def of(self, indicator: str) -> Figure:
        """One figure. Raises KeyError."""
        for one in self.figures:
            if one.id == indicator:
                return one
        raise KeyError(indicator)

    def tally(
        self,
        indicator: str,
        items: Sequence[Item],
        *,
        of: Sequence[Item] | None = None,
        by: Sequence[str] = PEOPLE,
        left_out: int = 0,
        notes: Iterable[str] = (),
        marks: tuple[str, ...] = (),
        lengths: Sequence[int] = (),
        whole: tuple[str, ...] = (),
    ) -> None:
        """Add a figure and its breakdowns. `of` holds what it is a share of, `items` among it; the parts of the
        breakdowns in `whole` are shares of all of it. `lengths` are what its quartiles are of. Raises KeyError for a
        figure that has no meaning."""
        meaning = self.meanings[indicator]
        self.figures.append(
            Figure(
                indicator,
                meaning.title,
                meaning.unit,
                len(items),
                None if of is None else len(of),
                left_out,
                {name: shares for name in by if (shares := _shares(items, of, name, name in whole))},
                _quartiles(lengths),
                (*meaning.notes, *notes),
                marks,
                whole,
            )
        )


def age_band(born: date | None, day: date) -> str:
    """The part of the breakdown by age; somebody born after the day is unborn on it."""
    if born is None:
        return NOT_KNOWN
    if born > day:
        return "unborn"
    age = age_on(born, day)
    for below, band in ((1, "0"), (5, "1-4"), (10, "5-9"), (16, "10-15"), (18, "16-17")):
        if age < below:
            return band
    return "18+"


def children_of(items: Iterable[Item]) -> list[Item]:
    """Each child once, as it was the last time. Events come in the order of their days."""
    return list({item.child: item for item in items}.values())


def children_among(every: Iterable[Item], some: Iterable[Item]) -> list[Item]:
    """Each child of `some` once, with the same parts as among `every`, so that no part is larger than its whole."""
    wanted = {item.child for item in some}
    return [item for item in children_of(every) if item.child in wanted]


def in_order(share: Share) -> tuple[int, str]:
    """Bands by the number they begin with, words after them, what is not known last."""
    first = share.label.split("-")[0].rstrip("+")
    if share.label in {"unborn", "same day"}:
        return (-1, share.label)
    if share.label == NOT_KNOWN:
        return (10**6, "")
    return (int(first), share.label) if first.isdigit() else (10**5, share.label)


def _shares(items: Sequence[Item], of: Sequence[Item] | None, name: str, whole: bool) -> tuple[Share, ...]:
    over = _parts(items, name)
    under = over if of is None else _parts(of, name)
    every = len(of or ())
    shares = [
        Share(label, over.get(label, 0), None if of is None else every if whole else base)
        for label, base in under.items()
    ]
    return tuple(sorted(shares, key=in_order))


def _parts(items: Iterable[Item], breakdown: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in items:
        if label := item.parts.get(breakdown):
            found[label] = found.get(label, 0) + 1
    return found


def _quartiles(lengths: Sequence[int]) -> tuple[float, float, float] | None:
    if not lengths:
        return None
    if len(lengths) == 1:
        return (float(lengths[0]),) * 3
    lower, median, upper = quantiles(lengths, n=4, method="inclusive")
    return lower, median, upper
