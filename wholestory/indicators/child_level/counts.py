"""What files about children count to: numerators and denominators, in which no child can be found by name.

A count names the indicator as the definitions do (`REF-2`), the form of it (children instead of events), and the part
of a breakdown it is about. What could not be counted is said, with the reason; it is never a nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from wholestory.indicators.child_level.window import age_on


@dataclass(frozen=True, slots=True)
class Count:
    """One number. `denominator` is None where the figure is a plain count, or is divided by a population later.
    `left_out` are rows that an error rule keeps out of it; `notes` qualify it."""

    indicator: str
    numerator: int
    denominator: int | None = None
    form: str = ""
    breakdown: str = ""
    label: str = ""
    left_out: int = 0
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For `--json` and the aggregate file."""
        return asdict(self)


@dataclass(slots=True)
class Counts:
    """The counts of one file or set of files, and why others could not be made."""

    source: str
    counts: list[Count] = field(default_factory=list)
    not_counted: dict[str, str] = field(default_factory=dict)

    def of(self, indicator: str, form: str = "", breakdown: str = "", label: str = "") -> Count:
        """One count. Raises KeyError."""
        for one in self.counts:
            if (one.indicator, one.form, one.breakdown, one.label) == (indicator, form, breakdown, label):
                return one
        raise KeyError((indicator, form, breakdown, label))

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "source": self.source,
            "counts": [one.as_json() for one in self.counts],
            "not_counted": self.not_counted,
        }


@dataclass(frozen=True, slots=True)
class Item:
    """One event or child that is counted, with its part of each breakdown."""

    child: bytes
    parts: dict[str, str]


PEOPLE = ("sex", "age_band", "ethnicity", "disability")


def age_band(born: date | None, day: date) -> str:
    """The part of the breakdown by age; somebody born after the day is unborn on it."""
    if born is None:
        return "not_known"
    if born > day:
        return "unborn"
    age = age_on(born, day)
    for below, band in ((1, "under_1"), (5, "1_4"), (10, "5_9"), (16, "10_15"), (18, "16_17")):
        if age < below:
            return band
    return "18_over"


def children_of(items: Iterable[Item]) -> list[Item]:
    """Each child once, as it was the first time."""
    first: dict[bytes, Item] = {}
    for item in items:
        first.setdefault(item.child, item)
    return list(first.values())


def tally(
    counts: Counts,
    indicator: str,
    items: Sequence[Item],
    *,
    of: Sequence[Item] | None = None,
    form: str = "",
    by: Sequence[str] = PEOPLE,
    left_out: int = 0,
    notes: tuple[str, ...] = (),
    whole: bool = False,
) -> None:
    """Add a figure and its breakdowns. `of` holds what it is a share of, `items` among it; with `whole` every part is
    a share of all of it."""
    counts.counts.append(
        Count(indicator, len(items), None if of is None else len(of), form, left_out=left_out, notes=notes)
    )
    for breakdown in by:
        over = _parts(items, breakdown)
        under = None if of is None else _parts(of, breakdown)
        counts.counts.extend(
            Count(
                indicator, over.get(label, 0), None if under is None else under[label], form, breakdown, label
            )
            for label in sorted(over if under is None else under)
        )


def _base(under: dict[str, int] | None, label: str, whole: bool) -> int | None:
    if under is None:
        return None
    return sum(under.values()) if whole else under[label]


def _parts(items: Iterable[Item], breakdown: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in items:
        if label := item.parts.get(breakdown):
            found[label] = found.get(label, 0) + 1
    return found
