"""What can be said of challenges without a database: the ladder, what may follow what, how many there were and how
long they took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

LONGEST_LADDER = 8
#: Where a challenge goes when it is taken further, until a board says otherwise. It is a local matter, which no
#: guidance sets: rungs, names and days are the board's own.
USUAL_LADDER: tuple[tuple[str, int], ...] = (
    ("The agency’s lead for safeguarding", 15),
    ("The agency’s chief officer", 10),
    ("The independent chair, with the agency’s chief officer", 10),
    ("The board", 20),
)


@dataclass(frozen=True, slots=True)
class Rung:
    """To whom a challenge goes, and within how many working days they answer."""

    to: str
    days: int


def ladder(rungs: Iterable[Sequence[object]] = ()) -> tuple[Rung, ...]:
    """The rungs as a board wrote them, or the usual ones."""
    return tuple(Rung(str(to), int(str(days))) for to, days in (list(rungs) or USUAL_LADDER))


def written_ladder(text: str) -> list[list[str | int]]:
    """Rungs from text, a line each: to whom, then how many working days after a comma or semicolon at the end.

    Raises ValueError with a sentence that names the line.
    """
    found: list[list[str | int]] = []
    for number, line in enumerate((one.strip() for one in text.splitlines() if one.strip()), 1):
        to, _, days = line.replace(";", ",").rpartition(",")
        said = days.strip().removesuffix("working days").removesuffix("days").strip()
        if not to.strip() or not (said.isascii() and said.isdigit()) or not 1 <= int(said) <= 250:
            raise ValueError(f"Line {number} must say to whom, then a comma, then 1 to 250 working days.")
        found.append([to.strip()[:120], int(said)])
    if not 1 <= len(found) <= LONGEST_LADDER:
        raise ValueError(f"Write 1 to {LONGEST_LADDER} lines, the first for whoever is asked first.")
    return found


@dataclass(frozen=True, slots=True)
class Log:
    """Challenges of one span of days: how many were raised and closed, and the median days from raising to closing of
    those closed (``None`` when none was, which is not 0)."""

    raised: int
    closed: int
    median_days: Fraction | None


def counted(spans: Iterable[tuple[date, date | None]], first: date, last: date) -> Log:
    """Count ``(raised on, closed on or None)`` between two days, both included. Withdrawn ones are not passed in."""
    every = list(spans)
    raised = sum(first <= start <= last for start, _ in every)
    days = sorted((end - start).days for start, end in every if end is not None and first <= end <= last)
    return Log(raised, len(days), _median(days))


def _median(numbers: Sequence[int]) -> Fraction | None:
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return Fraction(numbers[middle])
    return Fraction(numbers[middle - 1] + numbers[middle], 2)
