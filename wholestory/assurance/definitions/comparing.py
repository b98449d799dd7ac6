"""Two versions of a framework side by side: which items may be compared, and which may not.

Source: domain notes on quality assurance, 6.2 item 17. Only mapped items are compared; everything else is
shown as "not comparable" and never as a fall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from wholestory.assurance.definitions.framework import Framework


class Kind(StrEnum):
    """What became of an item."""

    SAME = "same"
    REWORDED = "reworded"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"

    @property
    def is_comparable(self) -> bool:
        """Whether a score may be set beside the earlier one. Reworded ones are, with a mark."""
        return self in (Kind.SAME, Kind.REWORDED)


@dataclass(frozen=True)
class Mapped:
    """One item and what it came from. ``item`` is empty for one that was dropped; ``was`` is empty for a
    new one."""

    kind: Kind
    item: str
    was: tuple[str, ...]


#: Finds what an officer confirmed of two versions; None where nobody did.
Confirmed: TypeAlias = Callable[[Framework, Framework], "tuple[Mapped, ...] | None"]
_CONFIRMED: list[Confirmed] = []


def confirmed_in(source: Confirmed) -> None:
    """Make known where confirmed mappings are kept. Saying it twice changes nothing."""
    if source not in _CONFIRMED:
        _CONFIRMED.append(source)


def mapping(before: Framework, after: Framework) -> tuple[Mapped, ...]:
    """What became of each item, in the order of ``after``, then the dropped ones in the order of ``before``.

    What an officer confirmed when the later one was published goes before what keys and words say.
    """
    for source in _CONFIRMED:
        if (found := source(before, after)) is not None:
            return found
    came_from = {
        key: (key,) if key in before.items else tuple(old for old in item.replaces if old in before.items)
        for key, item in after.items.items()
    }
    return mapped(before, after, came_from)


def mapped(
    before: Framework, after: Framework, came_from: Mapping[str, tuple[str, ...]]
) -> tuple[Mapped, ...]:
    """The mapping in which each item of ``after`` came from those of ``before`` that ``came_from`` names.

    Two frameworks on different scales have no item that is the same: at most it is reworded.
    """
    same_scale = before.scale.code == after.scale.code
    used = [old for key in after.items for old in came_from.get(key, ())]
    rows = []
    for key in after.items:
        olds = came_from.get(key, ())
        if not olds:
            kind = Kind.NEW
        elif len(olds) > 1:
            kind = Kind.MERGED
        elif used.count(olds[0]) > 1:
            kind = Kind.SPLIT
        else:
            was, now = before.items[olds[0]], after.items[key]
            alike = (was.text, was.descriptors) == (now.text, now.descriptors)
            kind = Kind.SAME if same_scale and alike else Kind.REWORDED
        rows.append(Mapped(kind, key, olds))
    dropped = [Mapped(Kind.DROPPED, "", (old,)) for old in before.items if old not in used]
    return (*rows, *dropped)


def carried_keys(before: Framework, after: Framework) -> dict[str, str]:
    """Where an earlier answer may be offered as a draft to confirm: the new item's key, and the old one's."""
    return {
        row.item: row.was[0]
        for row in mapping(before, after)
        if row.kind in (Kind.SAME, Kind.REWORDED) and before.scale.code == after.scale.code
    }
