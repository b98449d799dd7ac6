"""Each item of the newest framework followed back through the rounds before it, as far as it may be compared.

Source: domain notes on quality assurance, 6.2 item 17: an item that was split, merged, new or dropped is "not
comparable", and never a blank fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.assurance.definitions.comparing import Kind, Mapped, mapping
from wholestory.assurance.definitions.framework import Framework


@dataclass(frozen=True)
class Step:
    """What an item was one round earlier. ``item`` is empty where nothing there may be set beside it."""

    item: str
    kind: Kind

    @property
    def is_comparable(self) -> bool:
        """Whether that round's figure may be set beside the newest one."""
        return bool(self.item)


@dataclass(frozen=True)
class Trace:
    """An item of the newest round, and what it was in each round before, newest first."""

    item: str
    steps: tuple[Step, ...]

    @property
    def is_reworded(self) -> bool:
        """Whether somewhere on the way its words, or its scale, changed."""
        return any(step.is_comparable and step.kind is Kind.REWORDED for step in self.steps)


def traced(frameworks: Sequence[Framework]) -> list[Trace]:
    """The items of ``frameworks[0]``, the newest, each followed back; once it breaks off it stays broken off."""
    newest, *earlier = frameworks
    kept: dict[str, list[Step]] = {key: [] for key in newest.items}
    at = {key: key for key in newest.items}
    after = newest
    for before in earlier:
        became = {row.item: row for row in _mapping(before, after) if row.item}
        for key, steps in kept.items():
            steps.append(_step(at[key], became, steps))
            at[key] = steps[-1].item
        after = before
    return [Trace(key, tuple(steps)) for key, steps in kept.items()]


def _step(here: str, became: dict[str, Mapped], so_far: list[Step]) -> Step:
    if not here:
        return Step("", so_far[-1].kind)
    row = became.get(here)
    if row is None:
        return Step("", Kind.NEW)
    return Step(row.was[0] if row.kind.is_comparable else "", row.kind)


def dropped(before: Framework, after: Framework) -> list[str]:
    """The items of the earlier framework that the later one no longer asks."""
    return [row.was[0] for row in _mapping(before, after) if row.kind is Kind.DROPPED]


def _mapping(before: Framework, after: Framework) -> tuple[Mapped, ...]:
    if (before.key, before.version) == (after.key, after.version):
        return tuple(Mapped(Kind.SAME, key, (key,)) for key in after.items)
    return mapping(before, after)
