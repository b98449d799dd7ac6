"""How agencies are asked: whom one usually asks, how long they have, when they are reminded, what stays hidden.

There is no national limit for returning a report: fourteen days is our own choice, and so are the reminders.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

#: Days an agency has, where its board's edition holds no clock for it.
DAYS = 14
#: Days after asking on which a reminder goes, by the name of the reminder.
REMINDERS: tuple[tuple[str, int], ...] = (("reminder_1", 7), ("reminder_2", 14), ("reminder_3", 21))
#: Days a link that was sent works.
LINK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Usual:
    """Somebody one usually asks. ``under_one``, ``school_age``: only for such a child."""

    role: str
    under_one: bool = False
    school_age: bool = False


USUAL: tuple[Usual, ...] = (
    Usual("General practice"),
    Usual("Midwifery", under_one=True),
    Usual("Health visiting"),
    Usual("School or nursery", school_age=True),
    Usual("Hospital trust"),
    Usual("Ambulance service"),
    Usual("Children’s social care"),
    Usual("Police"),
)


def usual(age_in_years: int | None) -> tuple[str, ...]:
    """Whom one usually asks about a child of this age; all of them where the age is not known."""
    return tuple(
        each.role
        for each in USUAL
        if age_in_years is None
        or not ((each.under_one and age_in_years >= 1) or (each.school_age and age_in_years < 2))
    )


def due(asked_on: date) -> date:
    """The day a report is due that was asked for on this day."""
    return asked_on + timedelta(days=DAYS)


def reminder_due(asked_on: date, extended_to: date | None, today: date, sent: frozenset[str]) -> str:
    """The reminder that should go today, or nothing. Only the newest that is due goes: whoever was not reminded for a
    while gets one message and not three. With more time given, reminders wait until that day."""
    if extended_to is not None and today < extended_to:
        return ""
    reached = [name for name, days in REMINDERS if today >= asked_on + timedelta(days=days)]
    if not reached or reached[-1] in sent:
        return ""
    return reached[-1]


def masked(email: str) -> str:
    """An address so that its owner knows it and nobody else learns it: ``m•••@hospital.example``."""
    name, _, where = email.partition("@")
    return f"{name[:1]}•••@{where}" if where else "•••"


def sent_key(organisation: str, email: str) -> str:
    """The same for the same organisation and address, however they were typed."""
    said = "\n".join(" ".join(each.casefold().split()) for each in (organisation, email))
    return hashlib.sha256(said.encode()).hexdigest()


def split_part(part: str) -> tuple[str, str]:
    """A part's form and page; an empty page is the whole form."""
    form, _, page = part.partition(":")
    return form, page


def pages_of(parts: list[str], form: str) -> frozenset[str] | None:
    """The pages of one form that somebody with these parts writes; None is all of them."""
    if not parts or form in parts:
        return None
    return frozenset(page for each, page in map(split_part, parts) if each == form and page)


def states_in_words(asked: int, already: int, failed: int) -> str:
    """What became of asking many at once."""
    said = [f"{asked} asked now"] if asked else []
    said += [f"{already} had been asked before and were left as they are"] if already else []
    said += [f"{failed} could not be asked"] if failed else []
    return (", ".join(said) or "Nobody was chosen") + "."
