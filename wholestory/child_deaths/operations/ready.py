"""Making a case ready for the panel: the draft is there, the inquest known, every hold ended."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, Hold, OtherProcess, Review
from wholestory.child_deaths.operations import case_clocks
from wholestory.child_deaths.queries import outside
from wholestory.child_deaths.queries import review as reads
from wholestory.kernel.moments import Moment, on_day
from wholestory.partners.models import Person
from wholestory.pathways.models import RunningClock
from wholestory.pathways.operations.clocks import correct_start, start_clock
from wholestory.pathways.operations.moves import move

PANEL = "death_panel"


def holding(case: Case, review: Review | None) -> set[str]:
    """Which needs of “ready for the panel” hold now."""
    found = set()
    if review is not None and reads.newest(review).cause.strip():
        found.add("draft")
    if not inquest_awaited(case):
        found.add("inquest")
    if not Hold.objects.filter(case=case, ended_on=None).exists():
        found.add("no_hold")
    return found


def inquest_awaited(case: Case) -> bool:
    """Whether an inquest runs, or may come, whose result is not known."""
    return OtherProcess.objects.filter(case=case, kind="inquest", state__in=("awaited", "running")).exists()


@transaction.atomic
def make_ready(*, actor: Person, case: Case, today: date, now: Moment) -> None:
    """The case may be listed. The panel's limit runs from the later of the draft's day and the inquest's result.

    Raises StillNeeded with what is missing, NotForYou. A case put off keeps the limit it had.
    """
    asking.require(actor, Verb.DECIDE, case.record)
    review = reads.of_case(case)
    move(
        actor=actor,
        record=case.record,
        name="made_ready",
        today=today,
        now=now,
        holding=holding(case, review),
    )
    if review is None or case.brought_in or not case_clocks.known(PANEL, case.record.edition):
        return
    output = reads.newest(review).meeting_on or today
    starts = {"review_meeting_output": _day(output, now)}
    if (known := outside.inquest_result(case)) is not None:
        starts["inquest_result"] = _day(known.on, now)
    running = RunningClock.objects.filter(record=case.record, key=PANEL).order_by("-created_at").first()
    if running is None:
        start_clock(actor=actor, record=case.record, key=PANEL, starts=starts, now=now)
    elif running.closed_at is None and "inquest_result" in starts and "inquest_result" not in running.starts:
        correct_start(actor=actor, clock=running, starts=starts, reason="inquest_result_came", now=now)


def _day(day: date, now: Moment) -> Moment:
    """A day without its time, which counts to its end; today counts from now."""
    return now if day >= now.on else on_day(day)
