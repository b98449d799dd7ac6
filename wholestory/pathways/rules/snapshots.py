"""A clock's rule as plain data and back, so that a running clock carries the law under which it started."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from wholestory.kernel.moments import Moment, Precision
from wholestory.kernel.working_days import CalendarName
from wholestory.pathways.rules.terms import (
    Clock,
    Evidence,
    Kind,
    Length,
    Sense,
    Source,
    StartFact,
    Unit,
)


def to_plain(clock: Clock) -> dict[str, Any]:
    """The whole rule as values JSON can hold."""
    plain = asdict(clock)
    plain["from_on"] = clock.from_on.isoformat() if clock.from_on else None
    plain["editions"] = list(clock.editions)
    return plain


def from_plain(plain: dict[str, Any]) -> Clock:
    """The rule again. Raises KeyError or ValueError for data that is not a rule."""
    opens = plain["opens"]
    return Clock(
        key=plain["key"],
        title=plain["title"],
        duty=plain["duty"],
        editions=tuple(plain["editions"]),
        starts=tuple(StartFact(fact["key"], fact["words"]) for fact in plain["starts"]),
        limit=_length(plain["limit"]),
        kind=Kind(plain["kind"]),
        source=_source(plain["source"]),
        stops=plain["stops"],
        sense=Sense(plain["sense"]),
        calendar=CalendarName(plain["calendar"]),
        opens=_length(opens) if opens else None,
        pause_moves_due=plain["pause_moves_due"],
        start_on_working_day=plain["start_on_working_day"],
        rolls_to_working_day=plain["rolls_to_working_day"],
        repeats=plain["repeats"],
        from_on=date.fromisoformat(plain["from_on"]) if plain["from_on"] else None,
        note=plain["note"],
    )


def _length(plain: dict[str, Any]) -> Length:
    return Length(int(plain["amount"]), Unit(plain["unit"]))


def _source(plain: dict[str, Any]) -> Source:
    return Source(plain["sentence"], plain["document"], Evidence(plain["evidence"]), plain["seen_in"])


def moment_to_plain(moment: Moment) -> dict[str, str]:
    """A moment as values JSON can hold."""
    return {
        "at": moment.at.isoformat(),
        "on": moment.on.isoformat(),
        "precision": moment.precision.value,
        "note": moment.note,
    }


def moment_from_plain(plain: dict[str, str]) -> Moment:
    """The moment again."""
    at = datetime.fromisoformat(plain["at"])
    return Moment(at, date.fromisoformat(plain["on"]), Precision(plain["precision"]), plain.get("note", ""))
