"""How many replies one link takes in an hour: enough for a hospital's training day, too few to flood a survey.

Counted for the link and not for a visitor, so that no address is kept. The count belongs to an hour of the clock and
goes at its end, so that it says nothing of minutes.
"""

from __future__ import annotations

from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MOST_IN_AN_HOUR = 600


def passed(link: str, now: datetime) -> bool:
    """Whether this link takes no more in this hour."""
    return int(cache.get(_key(link, now), 0)) >= MOST_IN_AN_HOUR


def note(link: str, now: datetime) -> None:
    """Count one reply; the count goes when the hour is over."""
    left = 3600 - (now.minute * 60 + now.second)
    cache.set(_key(link, now), int(cache.get(_key(link, now), 0)) + 1, max(1, left))


def _key(link: str, now: datetime) -> str:
    of = f"{link} {now:%Y-%m-%d %H}"
    return f"limit:survey:{salted_hmac('wholestory.survey', of, algorithm='sha256').hexdigest()}"
