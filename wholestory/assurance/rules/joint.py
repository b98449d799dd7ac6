"""One return for many boards: which questions are shared, which are a board's own, and which date counts.

Source: domain notes on quality assurance, 1.3 (one return shared with the other boards) and 6.2 item 25 (counted once
in combined figures).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from wholestory.assurance.definitions.framework import Framework

T = TypeVar("T", bound=Hashable)

#: Combined figures are shown when they rest on one's own agencies alone, or on at least this many of others: the
#: difference between the two tables would otherwise be a few agencies' scores.
FEWEST_OF_OTHERS = 5


@dataclass(frozen=True)
class Shared:
    """How a board's questions fall into the shared core and its own addendum, by standard."""

    core: frozenset[str]
    addendum: frozenset[str]


def faults_of(core: Framework, local: Framework) -> tuple[str, ...]:
    """What keeps ``local`` from standing beside ``core`` in one round; empty when nothing does."""
    found = []
    if local.scale.code != core.scale.code:
        found.append(f"It is scored on {local.scale.title}, and the shared questions on {core.scale.title}.")
    theirs = {standard.key: standard for standard in local.standards}
    for standard in core.standards:
        own = theirs.get(standard.key)
        if own is None:
            found.append(f"The shared standard “{standard.title}” is missing.")
        elif [item.key for item in own.items] != [item.key for item in standard.items]:
            found.append(
                f"The standard “{standard.title}” does not hold the shared questions, and only those."
            )
        elif any(local.items[i.key].text != i.text for i in standard.items):
            found.append(f"The standard “{standard.title}” words a shared question differently.")
    return tuple(found)


def shared(core: Framework, local: Framework) -> Shared:
    """Which standards of ``local`` are the shared core, and which its own addendum."""
    keys = frozenset(standard.key for standard in core.standards)
    return Shared(keys, frozenset(standard.key for standard in local.standards) - keys)


def earliest(own: date, others: Iterable[date | None]) -> date:
    """The day by which the shared questions are due: the earliest any of the boards asks for."""
    return min([own, *[day for day in others if day is not None]])


def once(rows: Iterable[tuple[T, bool]]) -> dict[T, bool]:
    """Each agency once, whatever number of boards it answers to: the row where it answered the shared questions
    counts, and a copy only where no such row is there. Gives whether the row taken is the original."""
    taken: dict[T, bool] = {}
    for agency, is_original in rows:
        taken[agency] = taken.get(agency, False) or is_original
    return taken


def may_combine(own: int, all_agencies: int) -> bool:
    """Whether combined figures may be shown to a board that asked ``own`` of ``all_agencies``."""
    others = all_agencies - own
    return others == 0 or others >= FEWEST_OF_OTHERS
