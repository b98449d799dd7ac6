"""The publishers' symbols for “no number here”, and which kind of nothing each is. None of them is zero."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType as Fixed


@dataclass(frozen=True, slots=True)
class Symbol:
    """What stands in place of a number."""

    sign: str
    kind: str
    """``suppressed``, ``not_supplied``, ``not_applicable``, ``low_reliability`` or ``rounds_to_zero``."""
    words: str


#: Source: the data guidance of Explore Education Statistics, and the older signs of the same tables.
SYMBOLS = Fixed({
    each.sign: each
    for each in (
        Symbol("c", "suppressed", "withheld because the number is small"),
        Symbol("z", "not_applicable", "does not apply"),
        Symbol("x", "not_supplied", "not available"),
        Symbol("u", "low_reliability", "too unreliable to publish"),
        Symbol("low", "rounds_to_zero", "not zero, but rounds to it"),
        Symbol("k", "rounds_to_zero", "not zero, but rounds to it"),
        Symbol(":", "not_supplied", "not available"),
        Symbol("..", "not_supplied", "not available"),
        Symbol("-", "not_supplied", "not shown by the publisher"),
        Symbol("?", "not_supplied", "published, but it cannot be right"),
        Symbol("", "not_supplied", "left empty by the publisher"),
    )
})  # fmt: skip


def symbol_of(text: str) -> Symbol | None:
    """The symbol a cell holds, or None when it holds something else."""
    return SYMBOLS.get(text.strip().lower())
