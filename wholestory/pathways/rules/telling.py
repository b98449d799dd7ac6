"""A worked-out clock in words and as plain data: the same account on the command line, a page and an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from wholestory.kernel.moments import LONDON, Moment, Precision, shown, shown_day
from wholestory.kernel.working_days import CALENDARS, Calendars, DayOff
from wholestory.pathways.rules.editions import Edition
from wholestory.pathways.rules.reckoning import Reached, WorkedOut
from wholestory.pathways.rules.terms import Clock, Kind, Sense, Status, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of the account."""

    label: str
    text: str


def standing(clock: Clock) -> str:
    """What may be said about a rule as shipped. Only a duty whose source was seen is called a duty."""
    if clock.status is Status.UNCHECKED:
        return f"{clock.status.label} ({clock.source.evidence.label}). Do not rely on it as a rule of law."
    if clock.status is Status.FOUND and clock.source.seen_in:
        return f"{clock.status.label}: {clock.source.seen_in}."
    return f"{clock.status.label} ({clock.source.evidence.label})."


def kind_words(clock: Clock) -> str:
    """Duty, target or local rule; a duty nobody has checked says so."""
    if clock.kind is Kind.DUTY and clock.status is Status.UNCHECKED:
        return "said to be a duty, not checked"
    return clock.kind.label.lower()


def answer(worked: WorkedOut) -> str:
    """The answer in one sentence."""
    due = worked.due
    if worked.clock.limit.unit is Unit.AT_ONCE:
        return "At once. The rule gives no number of hours or days."
    if due is None:
        return "Not known while the clock is paused. " + _gross_sentence(worked)
    text = _when(worked, due, worked.clock.limit.unit)
    words = {
        Sense.BY: f"Due by {text}.",
        Sense.BEFORE: f"Due by {text} at the latest.",
        Sense.NOT_BEFORE: f"Not before {text} has passed.",
        Sense.LOOK_BACK: f"The window opens on {shown_day(due.on)} and both ends count.",
    }
    sentence = words[worked.clock.sense]
    return sentence + (" Provisional." if worked.provisional else "")


def _gross_sentence(worked: WorkedOut) -> str:
    gross = worked.gross
    return f"Without the pause it would be {_when(worked, gross, worked.clock.limit.unit)}." if gross else ""


def _when(worked: WorkedOut, reached: Reached, unit: Unit) -> str:
    if unit is Unit.HOURS:
        return shown(reached.at)
    if worked.clock.sense is Sense.NOT_BEFORE:
        return shown_day(reached.on)
    return f"the end of {shown_day(reached.on)}"


def start_words(moment: Moment) -> str:
    """A start as it is known: with its time, without, or approximately."""
    if moment.precision is Precision.EXACT:
        return shown(moment.at)
    if moment.precision is Precision.ABOUT:
        return f"about {shown(moment.at)}"
    known = "time not known" if moment.precision is Precision.TIME_UNKNOWN else "time not given"
    return f"{shown_day(moment.on)}, {known}"


def lines(worked: WorkedOut, edition: Edition, calendars: Calendars = CALENDARS) -> list[Line]:
    """The whole account, one labelled line after another; days left out are given by ``skipped_lines``."""
    clock = worked.clock
    told = [
        Line("Answer", answer(worked)),
        Line("Counted from", f"{worked.start_fact.words}: {start_words(worked.start)}"),
        Line("Limit", f"{clock.limit_words} ({kind_words(clock)})"),
    ]
    if clock.uses_calendar:
        told.append(Line("Calendar", calendars.named(clock.calendar).title))
    if worked.opens is not None and clock.opens is not None:
        told.append(Line("Not expected before", _when(worked, worked.opens, clock.opens.unit)))
    if worked.pauses and worked.gross is not None:
        told.append(Line("Without pauses (gross)", _when(worked, worked.gross, clock.limit.unit)))
        net = (
            _when(worked, worked.net, clock.limit.unit)
            if worked.net
            else "not known until it is taken up again"
        )
        told.append(Line("Leaving paused time out (net)", net))
        told.append(Line("Which counts", _which_counts(clock)))
    if worked.provisional:
        ends = shown_day(calendars.named(clock.calendar).table_to)
        told.append(Line("Provisional", f"bank holidays are published and checked only until {ends}"))
    told.extend(Line("Note", note) for note in (*worked.notes, *([clock.note] if clock.note else [])))
    if clock.stops:
        told.append(Line("Met when", clock.stops))
    told += [
        Line("Edition", edition.title),
        Line("Source", f"{clock.source.document}: {clock.source.sentence}"),
        Line("Status", standing(clock)),
    ]
    return told


def _which_counts(clock: Clock) -> str:
    if clock.pause_moves_due:
        return "net: the rule itself lets a pause move the day"
    return "gross: a pause explains a late result, it does not move the day"


def skipped_words(day: DayOff) -> str:
    """One day left out, and why."""
    return f"{shown_day(day.day)}: {day.why}"


def data(worked: WorkedOut, edition: Edition) -> dict[str, Any]:
    """The account as plain data, ready for JSON. Moments are UTC; ``due_local`` is London time."""
    clock, due = worked.clock, worked.due
    return {
        "clock": clock.key,
        "title": clock.title,
        "edition": edition.key,
        "counted_from": {
            "fact": worked.start_fact.words,
            "on": worked.start.on.isoformat(),
            "at": _utc(worked.start.at),
            "precision": worked.start.precision.value,
        },
        "limit": {
            "amount": clock.limit.amount,
            "unit": clock.limit.unit.value,
            "words": clock.limit_words,
            "sense": clock.sense.value,
            "calendar": clock.calendar.value if clock.uses_calendar else None,
        },
        "kind": clock.kind.value,
        "due_on": _day(due),
        "due_at": _utc(due.at) if due else None,
        "due_local": due.at.astimezone(LONDON).isoformat() if due else None,
        "gross_due_on": _day(worked.gross),
        "net_due_on": _day(worked.net),
        "opens_on": _day(worked.opens),
        "paused": worked.paused,
        "provisional": worked.provisional,
        "skipped": [{"day": each.day.isoformat(), "why": each.why} for each in worked.skipped],
        "answer": answer(worked),
        "notes": list(worked.notes),
        "source": {
            "sentence": clock.source.sentence,
            "document": clock.source.document,
            "seen_in": clock.source.seen_in or None,
            "evidence": clock.source.evidence.value,
            "evidence_words": clock.source.evidence.label,
        },
        "status": clock.status.value,
        "status_words": standing(clock),
    }


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _day(reached: Reached | None) -> str | None:
    return reached.on.isoformat() if isinstance(reached, Reached) and isinstance(reached.on, date) else None
