"""The caseload: cases by reference and age band, where each stands, what it waits for and which clock is next.

Names are shown on opening a case, never in a list. The number of queries is the same for three cases and for thirty.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Case as Where
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.urls import reverse

from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import Case, Hold, Lead, Notification
from wholestory.child_deaths.queries.in_words import spans_of
from wholestory.child_deaths.rules import figures
from wholestory.child_deaths.rules.partial_ages import band_words
from wholestory.govuk.parts import Link, Tag
from wholestory.pathways.models import RunningClock, Standing

OPEN = ("triage", *sorted(pathway.OPEN), "reviewed")
FINISHED = ("finalised", "submitted", "closed")
ELSEWHERE = ("out_of_scope", "transferred", "merged", "taken_back")


def every() -> QuerySet[Case]:
    """Every case the acting person may see, with as much of it as a line of a list says.

    To narrow and sort by: ``on_hold``, whether a hold is running, and ``by_due``, the next limit's day. That is looked
    for only where a limit runs, which few cases of many years have.
    """
    of_case = _running().filter(record=OuterRef("record"))
    next_due = Subquery(of_case.order_by().values("record").annotate(first=Min("due_on")).values("first"))
    held = Hold.objects.filter(case=OuterRef("pk"), ended_on__isnull=True)
    return (
        Case.objects.select_related("record__standing", "child", "home_area")
        .only(
            "circle", "first_received_at", "lead", "died_on", "died_part", "child__born_on", "child__born_part",
            "record__reference", "record__standing__stage", "record__standing__since_on", "home_area__name",
        )
        .alias(on_hold=Exists(held), by_due=Where(When(record__in=_running().values("record"), then=next_due)))
    )  # fmt: skip


def _running() -> QuerySet[RunningClock]:
    return RunningClock.objects.filter(closed_at__isnull=True, due_on__isnull=False)


def by_limit(rows: QuerySet[Case], sort: str, start: int, end: int) -> list[Case]:
    """A part of the list in its order. By the next limit it is found from the limits that run, in the order of their
    days, so that the many cases without one are not looked at. There, and on later pages: first which cases, then what
    is said of them."""
    if sort.removeprefix("-") != "next_due":
        return _in_order(rows.values_list("pk", flat=True)[start:end]) if start else list(rows[start:end])
    limit = FilteredRelation(
        "record__clocks",
        condition=Q(record__clocks__closed_at__isnull=True, record__clocks__due_on__isnull=False),
    )
    sooner = _running().filter(
        Q(due_on__lt=OuterRef("next_clock__due_on"))
        | Q(due_on=OuterRef("next_clock__due_on"), pk__lt=OuterRef("next_clock__pk")),
        record=OuterRef("record"),
    )  # fmt: skip
    bare = rows.order_by().select_related(None)
    some = bare.alias(next_clock=limit).filter(~Exists(sooner), next_clock__isnull=False)
    none = bare.filter(~Exists(_running().filter(record=OuterRef("record"))))
    turned = "-" if sort.startswith("-") else ""
    columns = ("pk", "without", "due")
    found = (
        some.annotate(without=Value(0), due=F("next_clock__due_on")).order_by(f"{turned}next_clock__due_on", "pk")
        .values_list(*columns)[:end]
        .union(
            none.annotate(without=Value(1), due=Value(None, DateField())).order_by("pk").values_list(*columns)[:end],
            all=True,
        )
    )  # fmt: skip
    return _in_order(key for key, *_ in found.order_by(f"{turned}without", f"{turned}due", "pk")[start:end])


def _in_order(found: Iterable[UUID]) -> list[Case]:
    keys = list(found)
    cases = {case.pk: case for case in every().filter(pk__in=keys)}
    return [cases[key] for key in keys if key in cases]


def standing(*stages: str) -> QuerySet[Standing, Any]:
    """The cover sheets of cases that stand at one of these stages."""
    return Standing.objects.filter(stage__in=stages).values("record")


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
            # The words of the figures, so that a case waits for the same there.
            waits = figures.waits_for(standing.stage, case.lead, "")
            whom = f"{waits.label}: {waits.whom[0].lower()}{waits.whom[1:]}" if waits else "us"
            parts.append(f"{whom}, since {short(standing.since_on)}")
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
    """The numbers at the top: two questions, neither of which looks at what has long been final."""
    now_open = Standing.objects.filter(pathway=pathway.CASE.key, stage__in=OPEN)
    # Each found once and looked up, not looked for anew beside every case.
    held = Hold.objects.filter(ended_on__isnull=True).values("case__record")
    late = RunningClock.objects.filter(closed_at__isnull=True, due_on__lt=today).values("record")
    found = now_open.aggregate(
        being_sorted=Count("pk", filter=Q(stage="triage")),
        open=Count("pk"),
        waiting=Count("pk", filter=Q(record__in=held)),
        overdue=Count("pk", filter=Q(record__in=late)),
    )
    disputed = Case.objects.filter(lead__in=(Lead.SENT, Lead.DISPUTED))
    beside = dict(_counted("to_sort", unsorted_messages()).union(_counted("disputed", disputed), all=True))
    return Counts(to_sort=beside.get("to_sort", 0), disputed=beside.get("disputed", 0), **found)


def _counted(name: str, rows: QuerySet[Any]) -> Any:
    return rows.order_by().values(what=Value(name)).annotate(many=Count("pk")).values_list("what", "many")


def unsorted_messages() -> QuerySet[Notification]:
    """Messages nobody has decided about yet, and those taken away from a case again; oldest first."""
    return Notification.objects.filter(to_sort=True).select_related("record", "panel").order_by("received_at")
