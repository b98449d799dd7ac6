"""Whether a piece of evidence still shows what it is meant to show.

Source: domain notes on quality assurance, 1.5 (carry-forward must flag stale evidence) and 6.2 item 28 (expired
policies carried forward for years). How old is old is this product's own choice and no rule of any law: the starter
standards ask that policies are looked at once a year (1.2, standard 2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Limits:
    """What counts as old."""

    old_after_months: int = 12


LIMITS = Limits()


@dataclass(frozen=True)
class Dates:
    """What is known of a piece of evidence on one day."""

    document_on: date | None = None
    review_on: date | None = None
    expires_on: date | None = None
    owner_left: bool = False


def months_between(earlier: date, later: date) -> int:
    """Whole months: 31 January to 28 February is none, 15 January to 15 February one."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)


def flags(known: Dates, today: date, limits: Limits = LIMITS) -> tuple[str, ...]:
    """What speaks against it, in words; nothing for a fresh piece. A review or expiry day itself is still in time."""
    found = []
    if known.expires_on is not None and known.expires_on < today:
        found.append(f"expired on {in_words(known.expires_on)}")
    if known.review_on is not None and known.review_on < today:
        found.append(f"review date passed on {in_words(known.review_on)}")
    if known.document_on is None:
        found += ["undated"] if known.review_on is None else []
    else:
        months = months_between(known.document_on, today)
        if months > limits.old_after_months or (
            months == limits.old_after_months and known.document_on.day != today.day
        ):
            found.append(f"document dated {months} months ago")
    if known.owner_left:
        found.append("owner has left")
    return tuple(found)


def in_words(day: date) -> str:
    """``3 May 2016``."""
    return f"{day.day} {day:%B %Y}"
