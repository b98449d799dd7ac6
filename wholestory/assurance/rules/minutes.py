"""About how many minutes a request takes to answer: an estimate, made of stated numbers, beside what agencies told.

The numbers are ours, from no source: five minutes for a line to score with its few words, one minute to read a line
again in an interim year, fifteen for a question of the board. Every page that shows a sum says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MINUTES_PER_LINE = 5
MINUTES_PER_LINE_READ_AGAIN = 1
MINUTES_PER_QUESTION = 15

HOW_IT_IS_MADE = (
    f"An estimate: {MINUTES_PER_LINE} minutes for each line of a self-assessment, {MINUTES_PER_LINE_READ_AGAIN} minute"
    f" for each line of an interim year, {MINUTES_PER_QUESTION} minutes for each question of the board. Where an"
    " organisation told us how long a return took, its own figure counts instead."
)


def expected(lines: int, *, interim: bool = False) -> int:
    """Minutes for a return of so many lines."""
    return lines * (MINUTES_PER_LINE_READ_AGAIN if interim else MINUTES_PER_LINE)


@dataclass(frozen=True)
class Request:
    """One request of the board. ``told`` is what the agency said, all colleagues together; None when it did not."""

    what: str
    expected: int
    told: int | None = None

    @property
    def counts(self) -> int:
        """What goes into the sum."""
        return self.expected if self.told is None else self.told


def total(requests: Iterable[Request]) -> int:
    """The minutes of all of them."""
    return sum(each.counts for each in requests)


def in_words(minutes: int) -> str:
    """``45 minutes``, ``3 hours``, ``3 hours 20 minutes``."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(f"{hours} hour{'' if hours == 1 else 's'}")
    if rest or not hours:
        parts.append(f"{rest} minute{'' if rest == 1 else 's'}")
    return " ".join(parts)
