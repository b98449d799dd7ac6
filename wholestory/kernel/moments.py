"""Moments: what someone typed about when a thing happened, kept with how exactly it is known.

Moments are stored in UTC and shown in Europe/London. Days are always London days. The end of a day is
taken as 23:59 London time: a start known only by its date runs from the end of that day, and an unknown
time of death is given the same minute, so that nobody is late because a form had no time on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
LAST_MINUTE = time(23, 59)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

ACCEPTED = (
    "2016-03-14",
    "14 March 2016",
    "14/03/2016",
    "2016-03-14 22:05",
    "14 March 2016 at 22:05",
    "2016-10-30 01:30 BST (or GMT, in the hour that happens twice)",
    "2016-03-14T22:05:00+00:00",
    "2016-03-14 ?? (the time is not known)",
    "about 2016-03-14 22:05 (the time is approximate)",
)


class NotAMoment(ValueError):
    """What was typed cannot be read as a day or a moment. The message says what can."""


class Precision(StrEnum):
    """How exactly a moment is known."""

    EXACT = "exact"
    """Day and time are known."""
    DATE = "date"
    """Only the day is known."""
    TIME_UNKNOWN = "time_unknown"
    """The day is known and somebody said that the time is not."""
    ABOUT = "about"
    """The moment is an estimate: nothing that depends on it can be called on time or late."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, the London day it falls on, and how exactly it is known."""

    at: datetime
    on: date
    precision: Precision
    note: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("A moment needs its time zone.")

    @property
    def timed(self) -> bool:
        """Whether a time of day is known, exactly or about."""
        return self.precision in {Precision.EXACT, Precision.ABOUT}


def end_of(day: date) -> datetime:
    """The end of a London day (23:59), in UTC."""
    return datetime.combine(day, LAST_MINUTE, LONDON).astimezone(UTC)


def on_day(day: date, *, time_unknown: bool = False) -> Moment:
    """A moment of which only the day is known: it runs from the end of that day."""
    precision = Precision.TIME_UNKNOWN if time_unknown else Precision.DATE
    return Moment(end_of(day), day, precision)


def at_instant(instant: datetime, *, about: bool = False, note: str = "") -> Moment:
    """A moment from an instant with a time zone. Raises ValueError without one."""
    if instant.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    precision = Precision.ABOUT if about else Precision.EXACT
    return Moment(instant.astimezone(UTC), london_day(instant), precision, note)


def london_day(instant: datetime) -> date:
    """The London day on which an instant falls."""
    return instant.astimezone(LONDON).date()


def at_london(day: date, clock: time, *, zone: str = "") -> Moment:
    """A moment given by London wall clock.

    ``zone`` may be ``BST`` or ``GMT`` for the hour that happens twice when the clocks go back. Without it
    the earlier of the two is taken, so that a limit is never too generous. Raises NotAMoment for a time
    that was skipped when the clocks went forward, and for a zone that was not in use.
    """
    local = datetime.combine(day, clock, LONDON)
    earlier, later = local.replace(fold=0), local.replace(fold=1)
    if earlier.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise NotAMoment(
            f"{clock:%H:%M} did not happen on {shown_day(day)}: the clocks went forward. "
            f"The next minute after 00:59 was 02:00."
        )
    names = {str(earlier.tzname()): earlier, str(later.tzname()): later}
    if zone:
        if zone not in names:
            raise NotAMoment(f"{shown_day(day)} at {clock:%H:%M} was {earlier.tzname()}, not {zone}.")
        return at_instant(names[zone])
    note = ""
    if len(names) == 2:
        note = (
            f"{clock:%H:%M} happened twice on {shown_day(day)} because the clocks went back; "
            f"the first ({earlier.tzname()}) was taken. Add GMT for the second."
        )
    return at_instant(earlier, note=note)


_TIME = re.compile(
    r"^(?P<day>.*?)[ T](?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?\s*"
    r"(?P<zone>BST|GMT|Z|UTC|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_SLASHES = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")
_WORDS = re.compile(r"^(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+) (\d{4})$", re.IGNORECASE)


def parse_day(text: str) -> date:
    """Read a day: 2016-03-14, 14/03/2016 (day first) or 14 March 2016. Raises NotAMoment."""
    said = " ".join(text.split())
    if found := _ISO.match(said):
        year, month, day = (int(part) for part in found.groups())
    elif found := _SLASHES.match(said):
        day, month, year = (int(part) for part in found.groups())
    elif found := _WORDS.match(said):
        day, year = int(found[1]), int(found[3])
        month = _month(found[2], text)
    else:
        raise NotAMoment(_refusal(text))
    try:
        return date(year, month, day)
    except ValueError:
        raise NotAMoment(f"“{text.strip()}” is not a day in the calendar.") from None


def _month(name: str, text: str) -> int:
    for number, month in enumerate(MONTHS, start=1):
        if len(name) >= 3 and month.lower().startswith(name.lower()):
            return number
    raise NotAMoment(_refusal(text))


def _refusal(text: str) -> str:
    return (
        f"“{text.strip()}” cannot be read as a day or a moment. Accepted forms: " + "; ".join(ACCEPTED) + "."
    )


def parse(text: str) -> Moment:
    """Read what someone typed: see ``ACCEPTED``. Times without a zone are London wall clock.

    Raises NotAMoment, with the accepted forms or the reason in its message.
    """
    said = " ".join(text.split())
    about = said.lower().startswith(("about ", "~"))
    bare = re.sub(r"^(about |~)\s*", "", said, flags=re.IGNORECASE)
    bare = bare.replace(" at ", " ").replace(", ", " ")
    if bare.endswith("??") or bare.lower().endswith((" unknown", " time unknown")):
        day = re.sub(r"\s*(\?\?|(time )?unknown)$", "", bare, flags=re.IGNORECASE)
        return on_day(parse_day(day), time_unknown=True)
    found = _TIME.match(bare)
    if found is None:
        day_only = parse_day(bare)
        return Moment(end_of(day_only), day_only, Precision.ABOUT) if about else on_day(day_only)
    moment = _timed(found, text)
    return Moment(moment.at, moment.on, Precision.ABOUT, moment.note) if about else moment


def _timed(found: re.Match[str], text: str) -> Moment:
    day = parse_day(found["day"])
    try:
        clock = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise NotAMoment(f"“{text.strip()}”: there is no such time of day.") from None
    zone = (found["zone"] or "").upper()
    if zone in {"", "BST", "GMT"}:
        return at_london(day, clock, zone=zone)
    offset = "+00:00" if zone in {"Z", "UTC"} else zone
    try:
        return at_instant(datetime.fromisoformat(f"{day.isoformat()}T{clock.isoformat()}{offset}"))
    except ValueError:
        raise NotAMoment(f"“{text.strip()}”: there is no such offset from UTC.") from None


def shown_day(day: date) -> str:
    """A day as people read it: Monday 14 March 2016."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def shown(instant: datetime) -> str:
    """An instant in London time, with the zone named: Monday 28 March 2016 at 23:00 BST."""
    local = instant.astimezone(LONDON)
    return f"{shown_day(local.date())} at {local:%H:%M} {local.tzname()}"


def zone_changes(first: datetime, last: datetime) -> list[str]:
    """What the clocks did between two instants, in words; empty when they did nothing."""
    found = []
    day, end = london_day(first), london_day(last)
    while day <= end:
        morning = datetime.combine(day, time(0), LONDON)
        evening = datetime.combine(day + timedelta(days=1), time(0), LONDON)
        shift = (evening.utcoffset() or timedelta()) - (morning.utcoffset() or timedelta())
        # The change itself is at 01:00 UTC on that day.
        change = datetime.combine(day, time(1), UTC)
        if shift and first < change <= last:
            way = "forward" if shift > timedelta() else "back"
            found.append(f"The clocks went {way} an hour on {shown_day(day)}; elapsed hours are counted.")
        day += timedelta(days=1)
    return found
