"""Editions of guidance: which one a duty arose under, and the words it puts on the screen.

A record keeps the edition under which its duty arose; it is never changed in place. A decision taken
again under a later edition is a new decision linked to the old one. The edition is chosen from the day
on which the duty arose, never from today.

The editions themselves are data in ``definitions/editions.py``.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from wholestory.pathways.definitions.editions import CDR_LATEST, EDITIONS, TRANSITION_ENDS, TRANSITION_FROM
from wholestory.pathways.rules.editions import Axis, Edition

__all__ = [
    "Axis",
    "Edition",
    "NoEdition",
    "UnknownEdition",
    "Word",
    "child_death_edition_for",
    "edition",
    "edition_for",
    "editions",
    "word",
]


class NoEdition(ValueError):
    """No edition held here was in force on that day."""


class UnknownEdition(LookupError):
    """There is no edition of that name. The message lists those there are."""


class Word(StrEnum):
    """A thing whose name changes from edition to edition."""

    BODY = "body"
    BODY_LONG = "body_long"
    HEAD = "head"
    MEMBERS = "members"
    PRACTITIONER = "practitioner"
    REVIEW = "review"
    REVIEW_SHORT = "review_short"
    INCIDENT = "incident"
    REVIEW_DECIDED_BY = "review_decided_by"
    NATIONAL_BODY = "national_body"
    ANNUAL_ACCOUNT = "annual_account"
    INFORMATION_POWER = "information_power"
    DEATH_RESPONSE = "death_response"
    DEATH_MEETING = "death_meeting"
    DEATH_PARTNERS = "death_partners"
    HEALTH_COMMISSIONER = "health_commissioner"
    PROBATION = "probation"
    ONLINE_SAFETY = "online_safety"
    ASSURANCE = "assurance"


def editions(axis: Axis = Axis.WORKING_TOGETHER) -> tuple[Edition, ...]:
    """The editions of one axis, oldest first."""
    return tuple(each for each in EDITIONS if each.axis is axis)


def edition(key: str) -> Edition:
    """The edition called ``key`` (in any case, with or without spaces). Raises UnknownEdition."""
    wanted = key.upper().replace(" ", "").replace("-", "")
    for each in EDITIONS:
        if each.key == wanted:
            return each
    near = difflib.get_close_matches(wanted, [each.key for each in EDITIONS], n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    raise UnknownEdition(
        f"There is no edition “{key}”.{hint} Editions: {', '.join(each.key for each in EDITIONS)}."
    )


def edition_for(day: date, *, go_live: date | None = None) -> Edition:
    """The edition of Working Together under which a duty that arose on ``day`` falls.

    ``go_live`` is the day on which the area's new arrangements began. From 29 June 2018 until then the
    transition applies; an area that has not said is taken to have changed on the last possible day.
    Raises NoEdition before the oldest edition held, and ValueError for an impossible ``go_live``.
    """
    changed = go_live or TRANSITION_ENDS
    if not TRANSITION_FROM <= changed <= TRANSITION_ENDS:
        raise ValueError(
            f"New arrangements began between {TRANSITION_FROM.isoformat()} and {TRANSITION_ENDS.isoformat()}; "
            f"{changed.isoformat()} is outside that."
        )
    bounds = {"TRANS": (TRANSITION_FROM, changed - timedelta(days=1)), "WT2018": (changed, None)}
    chosen: Edition | None = None
    for each in editions():
        begins = bounds[each.key][0] if each.key in bounds else each.from_on
        if begins is not None and begins <= day:
            chosen = each
    if chosen is None:
        first = editions()[0]
        raise NoEdition(f"The oldest edition held is {first.key}, in force from {first.from_on}.")
    return chosen


def child_death_edition_for(day: date, *, switched_on: date | None = None) -> Edition:
    """The edition that governs the review of a death on ``day``.

    The move from the Board's panel to child death review partners had its own day in each area, which
    need not be the day on which the safeguarding arrangements changed. Without ``switched_on`` the last
    possible day is used. Raises ValueError for an impossible ``switched_on``.
    """
    changed = switched_on or CDR_LATEST
    if not TRANSITION_FROM <= changed <= CDR_LATEST:
        raise ValueError(
            f"Child death review partners took over between {TRANSITION_FROM.isoformat()} and "
            f"{CDR_LATEST.isoformat()}; {changed.isoformat()} is outside that."
        )
    if day >= changed:
        return edition("CDR2018")
    found = edition_for(day)
    return found if day < TRANSITION_FROM else edition("TRANS")


def word(key: Word | str, under: Edition | str) -> str:
    """What a thing is called under an edition, for the screen. Raises UnknownEdition or KeyError."""
    chosen = edition(under) if isinstance(under, str) else under
    return chosen.words[Word(key).value]


def words(under: Edition | str) -> Mapping[str, str]:
    """All the words of an edition by key, for a template."""
    chosen = edition(under) if isinstance(under, str) else under
    return chosen.words
