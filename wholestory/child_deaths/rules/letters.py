"""Who must not be written to, and when not: before anything is sent to a bereaved family.

A rule of our own for boards to change. It refuses; it never sends. A reason is for the team's eyes only: nothing of it
may reach a page the family or the key worker sees.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wholestory.child_deaths.rules.grounds import Ground, ours

DAYS_AROUND = 7
"""How many days before and after a hard day nothing is sent by itself. A setting of the board."""


class May(StrEnum):
    """Whether to write."""

    YES = "yes"
    ASK_FIRST = "ask_first"
    WAIT = "wait"
    NO = "no"


class HardDay(StrEnum):
    """A day on which no letter should come."""

    DEATH = "death"
    BIRTHDAY = "birthday"
    DUE_DATE = "due_date"
    FUNERAL = "funeral"
    RELIGIOUS = "religious"
    OTHER = "other"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "death": "the anniversary of the death",
            "birthday": "the child’s birthday",
            "due_date": "the day the baby was due",
            "funeral": "the funeral",
            "religious": "a religious day the family keeps",
            "other": "a day the family asked us to keep free",
        }[self.value]

    @property
    def comes_back(self) -> bool:
        """Whether it comes again each year on the same date. Religious days are entered for each year."""
        return self in (HardDay.DEATH, HardDay.BIRTHDAY, HardDay.DUE_DATE)


@dataclass(frozen=True, slots=True)
class Day:
    """One hard day."""

    kind: HardDay
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Somebody of the family who might be written to, and what stands in the way."""

    suspected: bool = False
    convicted: bool = False
    police_ask: bool = False
    police_agreed: bool = False
    wishes_no_contact: bool = False
    is_a_child: bool = False
    has_died: bool = False
    address_known: bool = True
    lives_with_suspect: bool = False
    language: str = ""
    format: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether to write, why not, and from when again. ``cautions`` are for whoever writes."""

    may: May
    ground: Ground
    until: date | None = None
    cautions: tuple[str, ...] = ()


FREE = ours("may_be_written_to", "Nothing stands in the way of writing.")
DIED = ours("has_died", "This person has died.")
SUSPECT = ours(
    "suspect",
    "This person is suspected or convicted. Nothing is sent, and the key worker makes no contact, unless police agree.",
)
POLICE = ours("police_ask", "Police ask that nothing is sent for now. Ask them again before the next step.")
WISH = ours(
    "wishes_no_contact",
    "This person has asked not to be contacted. Their wish is kept until they say otherwise.",
)
CHILD = ours("is_a_child", "This is a child. Letters go to whoever cares for them.")
NO_ADDRESS = ours("no_address", "There is no address that is known to be right.")
SAME_HOME = ours(
    "lives_with_suspect",
    "This person may live with somebody who is suspected, and may be in danger themselves. Ask police before anything"
    " is sent to that address.",
)
NEAR_HARD_DAY = ours(
    "near_hard_day", "No letter goes out by itself around a day that is hard for the family."
)


def may_write(
    to: Addressee,
    days: Iterable[Day],
    today: date,
    *,
    by_itself: bool,
    days_around: int = DAYS_AROUND,
) -> Answer:
    """Whether a letter may go to this person today. ``by_itself`` is for letters no person decides to send that day:
    those wait around a hard day; a person who writes is told of it and decides."""
    stopped = _stopped(to)
    if stopped is not None:
        return stopped
    cautions = tuple(
        text
        for given, text in (
            (to.language, f"Write in {to.language}, or with an interpreter."),
            (to.format, f"Asked for: {to.format}."),
        )
        if given
    )
    near = _near(days, today, days_around)
    if near is not None:
        day, free_on = near
        note = f"Close to {day.kind.label}."
        if by_itself:
            return Answer(May.WAIT, NEAR_HARD_DAY, free_on, (*cautions, note))
        cautions = (*cautions, f"{note} Consider waiting until {free_on.day} {free_on:%B %Y}.")
    return Answer(May.YES, FREE, cautions=cautions)


def _stopped(to: Addressee) -> Answer | None:
    if to.has_died:
        return Answer(May.NO, DIED)
    if (to.suspected or to.convicted) and not to.police_agreed:
        return Answer(May.NO, SUSPECT)
    if to.police_ask:
        return Answer(May.NO, POLICE)
    if to.wishes_no_contact:
        return Answer(May.NO, WISH)
    if to.is_a_child:
        return Answer(May.NO, CHILD)
    if not to.address_known:
        return Answer(May.NO, NO_ADDRESS)
    if to.lives_with_suspect and not to.police_agreed:
        return Answer(May.ASK_FIRST, SAME_HOME)
    return None


def _near(days: Iterable[Day], today: date, around: int) -> tuple[Day, date] | None:
    """The hard day whose time lasts longest, and the first day after all of them that touch one another."""
    held = list(days)
    span = timedelta(days=around)
    found: Day | None = None
    free_on = today
    moved = True
    while moved:
        moved = False
        for day in held:
            for on in _occurrences(day, free_on):
                if on - span <= free_on <= on + span:
                    found = found or day
                    free_on = on + span + timedelta(days=1)
                    moved = True
        if (free_on - today).days > 366:
            break
    return None if found is None else (found, free_on)


def _occurrences(day: Day, near: date) -> tuple[date, ...]:
    if not day.kind.comes_back:
        return (day.on,)
    found = []
    for year in (near.year - 1, near.year, near.year + 1):
        if year < day.on.year:
            continue
        leap_day = (day.on.month, day.on.day) == (2, 29)
        found.append(date(year, 2, 28) if leap_day and not isleap(year) else day.on.replace(year=year))
    return tuple(found)
