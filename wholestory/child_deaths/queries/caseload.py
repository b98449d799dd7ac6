"""The caseload: cases by reference and age band, where each stands, what it waits for and which clock is next.

Names are shown on opening a case, never in a list. The number of queries is the same for three cases and for thirty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case as Where
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse

from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import Case, Hold, Lead, Notification, NotificationStep, Settled
from wholestory.child_deaths.queries.in_words import spans_of
from wholestory.child_deaths.rules.partial_ages import band_words
from wholestory.govuk.parts import Link, Tag
from wholestory.pathways.models import RunningClock, Standing

OPEN = ("triage", *sorted(pathway.OPEN), "reviewed")
FINISHED = ("finalised", "submitted", "closed")
ELSEWHERE = ("out_of_scope", "transferred", "merged", "taken_back")


def every() -> QuerySet[Case]:
    """Every case the acting person may see, with its next due day (``next_due``) and whether a hold is running.

    ``by_due`` is the same day to sort by: it is looked for only where a limit runs, which few cases of many years have.
    """
    running = RunningClock.objects.filter(closed_at__isnull=True, due_on__isnull=False)
    of_case = running.filter(record=OuterRef("record"))
    next_due = Subquery(of_case.order_by().values("record").annotate(first=Min("due_on")).values("first"))
    held = Hold.objects.filter(case=OuterRef("pk"), ended_on__isnull=True)
    return (
        Case.objects.select_related("record__standing", "child", "home_area", "place_area", "panel")
        .annotate(next_due=next_due, on_hold=Exists(held))
        .alias(by_due=Where(When(record__in=running.values("record"), then=next_due)))
    )


def overdue(today: date) -> Exists:
    """Whether a limit of the case has passed that still runs."""
    return Exists(
        RunningClock.objects.filter(record=OuterRef("record"), closed_at__isnull=True, due_on__lt=today)
    )


@dataclass(frozen=True)
class CaseLine:
    """A case in a list."""

    record_id: UUID
    reference: Any
    age: str
    area: str
    stage: Any
    waits: str
    next_due: Any
    told: str


def lines(cases: Sequence[Case], today: date) -> list[CaseLine]:
    """Lines for a page of cases: one query for their clocks, whatever their number."""
    clocks: dict[UUID, RunningClock] = {}
    running = RunningClock.objects.filter(
        record__in=[case.record_id for case in cases], closed_at__isnull=True, due_on__isnull=False
    )
    for clock in running.order_by("-due_on", "-id"):
        clocks[clock.record_id] = clock
    holds: dict[UUID, Hold] = {
        hold.case_id: hold
        for hold in Hold.objects.filter(case__in=[case.pk for case in cases], ended_on__isnull=True).order_by(
            "-since_on"
        )
    }
    return [_line(case, clocks.get(case.record_id), holds.get(case.pk), today) for case in cases]


def _line(case: Case, clock: RunningClock | None, hold: Hold | None, today: date) -> CaseLine:
    reference = case.record.reference
    return CaseLine(
        case.record_id,
        Link(reference, reverse("child_deaths:case", args=[reference])),
        age_band(case),
        case.home_area.name if case.home_area else "Not decided",
        stage_tag(case),
        waits_for(case, hold, today),
        due(clock, today),
        f"{case.first_received_at:%d %b %Y}".lstrip("0"),
    )


def age_band(case: Case) -> str:
    """The age band at death, in words; a rough one where no day of birth is known."""
    return band_words(*spans_of(case))


def stage_tag(case: Case) -> Tag:
    """Where the case stands."""
    standing = getattr(case.record, "standing", None)
    if standing is None:
        return Tag("Not begun", "not_started")
    stage = pathway.CASE.stage(standing.stage)
    return Tag(stage.label, stage.colour)


def waits_for(case: Case, hold: Hold | None, today: date) -> str:
    """What the case waits for, and since when, in a few words."""
    parts = []
    if case.lead == Lead.SENT:
        parts.append("the other panel’s answer")
    elif case.lead == Lead.DISPUTED:
        parts.append("a dispute about who leads")
    if hold is not None:
        words = f"{hold.get_why_display().lower()}, since {short(hold.since_on)}"
        if hold.review_on < today:
            words += f" (to be looked at again on {short(hold.review_on)}: overdue)"
        parts.append(words)
    if not parts:
        standing = getattr(case.record, "standing", None)
        if standing is not None and standing.stage in OPEN:
            parts.append(f"us, since {short(standing.since_on)}")
    return "; ".join(parts)


def due(clock: RunningClock | None, today: date) -> Any:
    """The next limit and its day; late ones say so in words, not only by colour."""
    if clock is None or clock.due_on is None:
        return ""
    words = f"{clock.title}: {short(clock.due_on)}"
    return Tag(f"Overdue: {words}", "overdue") if clock.due_on < today else words


def short(day: date) -> str:
    """A day as lists show it."""
    return f"{day.day} {day:%b %Y}"


@dataclass(frozen=True)
class Counts:
    """How many stand where, for the top of the caseload."""

    to_sort: int
    being_sorted: int
    open: int
    waiting: int
    overdue: int
    disputed: int


def counts(today: date) -> Counts:
    """The numbers at the top: three questions, none of which looks at what has long been final."""
    standing = Standing.objects.filter(pathway=pathway.CASE.key, stage__in=OPEN)
    held = Hold.objects.filter(case__record=OuterRef("record"), ended_on__isnull=True)
    found = standing.aggregate(
        being_sorted=Count("pk", filter=Q(stage="triage")),
        open=Count("pk"),
        waiting=Count("pk", filter=Exists(held)),
        overdue=Count("pk", filter=overdue(today)),
    )
    disputed = Case.objects.filter(lead__in=(Lead.SENT, Lead.DISPUTED)).count()
    return Counts(to_sort=unsorted_messages().count(), disputed=disputed, **found)


def unsorted_messages() -> QuerySet[Notification]:
    """Messages nobody has decided about yet, and those taken away from a case again; oldest first."""
    later = NotificationStep.objects.filter(
        Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), created_at__gt=OuterRef("created_at")),
        notification=OuterRef("notification"), settled=Settled.PARTED,
    )  # fmt: skip
    # Decided about: there is a step after which it was not taken away again.
    decided = NotificationStep.objects.exclude(settled=Settled.PARTED).filter(~Exists(later))
    return (
        Notification.objects.select_related("record", "panel")
        .exclude(pk__in=decided.values("notification"))
        .order_by("received_at")
    )
