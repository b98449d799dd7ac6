"""How fresh the evidence of a return is: by the date on a document and the day somebody meant to look at it again.

Source: domain notes on quality assurance, 1.5 (document date, review date, stale evidence) and 6.2 item 28 (policies
carried forward for years). A year is the starter set's own limit for policies (1.2, standard 2).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Freshness(StrEnum):
    """Each piece of evidence is one of these; where two are true, the first."""

    PAST_REVIEW = "past_review"
    OLD = "old"
    FRESH = "fresh"
    UNDATED = "undated"

    @property
    def label(self) -> str:
        """The column's heading."""
        return _LABELS[self]


_LABELS = {
    Freshness.PAST_REVIEW: "Past its review date",
    Freshness.OLD: "Over a year old",
    Freshness.FRESH: "A year old or less",
    Freshness.UNDATED: "No date given",
}


def year_before(today: date) -> date:
    """The same day a year earlier; 28 February for 29 February."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:
        return (today - timedelta(days=1)).replace(year=today.year - 1)


def freshness(document_on: date | None, review_on: date | None, today: date) -> Freshness:
    """How fresh one piece is. Its review day itself is still in time; one exactly a year old is not yet old.

    A document without a date of its own whose review lies ahead is taken as somebody meant it: not yet to be looked
    at again.
    """
    if review_on is not None and review_on < today:
        return Freshness.PAST_REVIEW
    if document_on is not None:
        return Freshness.OLD if document_on < year_before(today) else Freshness.FRESH
    return Freshness.FRESH if review_on is not None else Freshness.UNDATED


@dataclass(frozen=True)
class Counted:
    """Evidence of some returns, counted."""

    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many pieces there are."""
        return sum(self.counts.values())

    def number(self, kind: Freshness) -> int:
        """How many of this kind."""
        return self.counts.get(kind.value, 0)


def count(pieces: Iterable[Freshness]) -> Counted:
    """Counted by kind."""
    return Counted(dict(Counter(piece.value for piece in pieces)))
