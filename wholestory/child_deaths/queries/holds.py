"""Holds, and the days a review took with and without them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from wholestory.child_deaths.models import Case, Hold, HoldStep
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.rules.holds import PAUSABLE
from wholestory.child_deaths.rules.other_processes import STILL_GOES_ON
from wholestory.govuk.forms.dates import in_words
from wholestory.kernel.moments import Moment
from wholestory.pathways.models import ClockEvent, RunningClock
from wholestory.pathways.rules import snapshots
from wholestory.pathways.rules.pauses import Pause, paused_days


@dataclass(frozen=True, slots=True)
class HoldLine:
    """One hold, with everything that happened to it."""

    id: str
    title: str
    words: str
    contact: str
    since: str
    review: str
    ended: str
    overdue: bool
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """One limit of the review: how many days it took or has run, with the holds and without."""

    title: str
    gross: int
    net: int
    gross_due_on: date | None
    net_due_on: date | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of holds shows."""

    open: tuple[HoldLine, ...]
    ended: tuple[HoldLine, ...]
    days: tuple[Days, ...]
    goes_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open hold in the list across cases."""

    record_id: Any
    reference: str
    url: str
    why: str
    since_on: date
    review_on: date
    overdue: bool


def page(case: Case, now: Moment) -> Page:
    """Shaped for the page, in a number of queries that does not depend on how much there is."""
    found = Hold.objects.filter(case=case).order_by("-since_on", "-created_at")
    steps: dict[Any, list[HoldStep]] = {}
    for step in HoldStep.objects.filter(hold__case=case).select_related("by").order_by("created_at"):
        steps.setdefault(step.hold_id, []).append(step)
    lines = [(_line(one, steps.get(one.pk, []), now.on), one.ended_on is None) for one in found]
    return Page(
        open=tuple(line for line, is_open in lines if is_open),
        ended=tuple(line for line, is_open in lines if not is_open),
        days=days(case, now.on),
        goes_on=STILL_GOES_ON,
    )


def days(case: Case, today: date) -> tuple[Days, ...]:
    """Gross and net days of each limit of the review, to today or to the day it was met. Two queries."""
    clocks = RunningClock.objects.filter(record=case.record, key__in=PAUSABLE, cancelled=False)
    events = ClockEvent.objects.filter(
        clock__record=case.record,
        clock__key__in=PAUSABLE,
        kind__in=(ClockEvent.Kind.PAUSED, ClockEvent.Kind.RESUMED),
    )
    pauses: dict[Any, list[Pause]] = {}
    for event in events.order_by("created_at", "id"):
        moment = snapshots.moment_from_plain(event.moment or {})
        of = pauses.setdefault(event.clock_id, [])
        if event.kind == ClockEvent.Kind.PAUSED:
            of.append(Pause(moment, None, event.reason))
        elif of:
            of[-1] = Pause(of[-1].begins, moment, of[-1].reason)
    return tuple(_days(clock, pauses.get(clock.pk, []), today) for clock in clocks.order_by("due_on", "key"))


def _days(clock: RunningClock, pauses: list[Pause], today: date) -> Days:
    last = clock.met_on or today
    gross = max((last - clock.start_on).days, 0)
    # The day of the start is day 0; the days after it are what is counted, and what a pause leaves out.
    out = sum(day > clock.start_on for day in paused_days(clock.start_on, last, pauses)) if gross else 0
    return Days(clock.title, gross, gross - out, clock.gross_due_on, clock.net_due_on, clock.paused)


def open_holds(today: date) -> list[Waiting]:
    """Every open hold the reader may see, those to be looked at first. One query."""
    found = (
        Hold.objects.filter(ended_on__isnull=True).select_related("case__record").order_by("review_on", "id")
    )
    return [
        Waiting(
            one.case.record_id,
            one.case.record.reference,
            reverse("child_deaths:holds", args=[one.case.record.reference]),
            one.get_why_display(),
            one.since_on,
            one.review_on,
            one.review_on <= today,
        )
        for one in found
    ]


def overdue(today: date) -> list[Waiting]:
    """Holds whose day to look again has come."""
    return [one for one in open_holds(today) if one.overdue]


def none_open(case: Case) -> bool:
    """Whether nothing holds the review: what the panel waits for."""
    return not Hold.objects.filter(case=case, ended_on__isnull=True).exists()


def summary(case: Case) -> list[Said]:
    """One line for each open hold, or that there is none. One query."""
    url = reverse("child_deaths:holds", args=[case.record.reference])
    found = list(Hold.objects.filter(case=case, ended_on__isnull=True).order_by("review_on"))
    if not found:
        return [Said("Holds", "Nothing holds the review up", url, "not_needed")]
    today = case.record.board.today()
    return [
        Said(
            "On hold",
            f"{one.get_why_display()}, since {in_words(one.since_on)}. "
            + (
                f"It was to be looked at again by {in_words(one.review_on)}."
                if one.review_on <= today
                else f"Look again on {in_words(one.review_on)}."
            ),
            url,
            "overdue" if one.review_on <= today else "waiting",
        )
        for one in found
    ]


def _line(one: Hold, steps: list[HoldStep], today: date) -> HoldLine:
    return HoldLine(
        str(one.pk),
        one.get_why_display(),
        one.words,
        one.contact,
        in_words(one.since_on),
        in_words(one.review_on),
        in_words(one.ended_on) if one.ended_on else "",
        one.ended_on is None and one.review_on <= today,
        tuple(
            f"{in_words(each.on)}: {each.get_did_display().lower()}"
            + (f" until {in_words(each.review_on)}" if each.review_on else "")
            + f", {each.by}."
            + (f" {each.words}" if each.words else "")
            for each in steps
        ),
    )
