"""What is counted when the figures of a yearly report are frozen. Only numbers leave this file, and no row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from statistics import median, quantiles
from typing import Any
from uuid import UUID

from wholestory.access import acting
from wholestory.actions.models import Action
from wholestory.child_deaths.models import (
    Benchmark,
    DeathRow,
    FamilyQuestion,
    FamilyRecord,
    Panel,
    Recommendation,
)
from wholestory.child_deaths.operations.figures import pseudonym
from wholestory.child_deaths.published import period_of, starts_in
from wholestory.child_deaths.queries.modifiable import england
from wholestory.child_deaths.rules.figures import Group
from wholestory.child_deaths.rules.panel_report import counting
from wholestory.child_deaths.rules.panel_report.counting import REVIEWED, TOGETHER, part, whole
from wholestory.child_deaths.rules.years import Year
from wholestory.learning.models import Lesson, LessonState
from wholestory.meetings.models import Attendance, Meeting
from wholestory.meetings.rules.attendance import CAME_THEMSELVES, IN_A_SEAT, SENT_A_DEPUTY
from wholestory.partners.models import Board, Role

_COLUMNS = (
    "pseudonym", "group", "withheld", "year_of_death", "year_notified", "year_reviewed", "month", "age_band", "sex",
    "ethnic_group", "area_id", "area__name", "deprivation", "place_kind", "expected", "response", "category",
    "modifiable", "factors", "days_to_review", "took", "waits_for", "has_nhs_number", "has_ethnicity", "has_postcode",
    "has_sex", "has_gestation", "has_birthweight", "notified_in_time", "final_in_time",
    "brought_in",
)  # fmt: skip


def frozen(panel: Panel, board: Board, year: int) -> dict[str, Any]:
    """Everything the report of one year is made of, as JSON keeps it. Read with the system's eyes: numbers alone come
    back."""
    with acting.as_system(board, "tally"):
        ours = dict(panel.areas.values_list("pk", "name"))
        helped = _key_workers(panel)
        rows = [_row(one, ours, helped) for one in DeathRow.objects.filter(panel=panel).values(*_COLUMNS)]
        cells = counting.count(rows, year)
        cells |= _questions(panel, year)
        beside = {**_meetings(panel, year), "learning": _learning(panel, board, year)}
    # Elsewhere passed on is counted by the year of its notification, and is nobody's of ours.
    mine = [row for row in rows if row["group"] != Group.ELSEWHERE.value]
    return {
        "year": year,
        "cells": cells,
        "areas": sorted(ours.values()),
        "years": sorted(_years(mine, year)),
        "factors": sorted({key for row in mine for key in row["factors"]}),
        "lengths": {whole(REVIEWED, year): _length(mine, year)},
        "beside": beside,
        "reference": _reference(ours, year),
        "restricted": sum(row["withheld"] and row["year_notified"] == year for row in mine),
    }


def _row(said: dict[str, Any], ours: Mapping[UUID, str], helped: Mapping[str, str]) -> dict[str, Any]:
    return {
        **said,
        "area": said["area__name"],
        "area_is_ours": said["area_id"] in ours,
        # A restricted case says nothing but its years.
        "key_worker": "" if said["withheld"] else helped.get(said["pseudonym"], ""),
    }


def _years(rows: Iterable[Mapping[str, Any]], year: int) -> set[int]:
    found = {year}
    for row in rows:
        found |= {
            then for name in counting.CALENDARS.values() if (then := row[name]) is not None and then <= year
        }
    return set(range(min(found), year + 1))


def _key_workers(panel: Panel) -> dict[str, str]:
    """Of each family's record, under the name its case has among the figures, whether a key worker was named."""
    records = FamilyRecord.objects.filter(case__panel=panel).prefetch_related("key_workers")
    return {
        pseudonym(one.case_id): "yes" if one.key_workers.all() else "no" if one.no_key_worker else ""
        for one in records
    }


def _questions(panel: Panel, year: int) -> dict[str, int]:
    span = Year(year)
    asked = FamilyQuestion.objects.filter(
        family__case__panel=panel, asked_on__gte=span.first, asked_on__lte=span.last
    )
    answered = asked.filter(answers__isnull=False).distinct().count()
    number, base = asked.count(), f"questions:{year}"
    return {base: number, part(base, answered="yes"): answered, part(base, answered="no"): number - answered}


def _meetings(panel: Panel, year: int) -> dict[str, Any]:
    """How often the panel met, and at how many of the meetings each organisation sat."""
    if panel.group is None:
        return {}
    span = Year(year)
    held = Meeting.objects.filter(
        group=panel.group, state="held", meets_on__gte=span.first, meets_on__lte=span.last
    )
    number = held.count()
    rows = list(
        Attendance.objects.filter(meeting__in=held, status__in=IN_A_SEAT).select_related(
            "agency", "seat__agency"
        )
    )
    return {
        "meetings": number, "attendance": _came(rows, _organisation), "attendance_by_role": _came(rows, _seat),
    }  # fmt: skip


def _came(rows: Iterable[Attendance], name_of: Callable[[Attendance], str]) -> list[list[Any]]:
    """Under each name, at how many meetings somebody was there, and of how many."""
    there: dict[str, set[UUID]] = {}
    asked: dict[str, set[UUID]] = {}
    for one in rows:
        name = name_of(one)
        if not name:
            continue
        asked.setdefault(name, set()).add(one.meeting_id)
        if one.status in CAME_THEMSELVES | SENT_A_DEPUTY:
            there.setdefault(name, set()).add(one.meeting_id)
    return [[name, len(there.get(name, ())), len(meetings)] for name, meetings in sorted(asked.items())]


def _seat(one: Attendance) -> str:
    """The role somebody sat in."""
    if one.seat is None:
        return ""
    if one.seat.role == Role.PANEL_CHAIR:
        return "The panel’s chair"
    return "A member for an organisation" if one.seat.role == Role.MEMBER else one.seat.get_role_display()


def _organisation(one: Attendance) -> str:
    """The organisation somebody sat for; the role where it is that which counts, or all that is known."""
    agency = one.agency or (one.seat.agency if one.seat else None)
    chairs = one.seat is not None and one.seat.role == Role.PANEL_CHAIR
    return agency.name if agency and not chairs else _seat(one)


def _learning(panel: Panel, board: Board, year: int) -> list[list[Any]]:
    span = Year(year)
    lessons = Counter(
        Lesson.objects.filter(
            record__board=board, record__links_in__source__kind="child_deaths.review",
            written_on__gte=span.first, written_on__lte=span.last,
        ).values_list("state", flat=True)
    )  # fmt: skip
    made = Recommendation.objects.filter(
        analysis__review__case__panel=panel, analysis__state="final",
        analysis__review__first_reviewed_on__gte=span.first, analysis__review__first_reviewed_on__lte=span.last,
    )  # fmt: skip
    levels = Counter(made.values_list("level", flat=True))
    promised = Action.objects.filter(
        record__in=Recommendation.objects.filter(
            analysis__review__case__panel=panel, action__isnull=False
        ).values("action")
    )
    states = Counter(promised.values_list("state", flat=True))
    return [
        ["Lessons written from reviews", sum(lessons.values())],
        ["Of these published", lessons[LessonState.PUBLISHED]],
        *(
            [f"Recommendations of the year’s reviews: {level.label.lower()}", levels[level.value]]
            for level in Recommendation.Level
        ),
        *(
            [f"Promised actions of all years: {label.lower()}", states[value]]
            for value, label in Action._meta.get_field("state").flatchoices
        ),
    ]


def _length(rows: Iterable[Mapping[str, Any]], year: int) -> dict[str, float | None]:
    days = sorted(
        row["days_to_review"]
        for row in rows
        if row["year_reviewed"] == year and row["days_to_review"] is not None
    )
    if not days:
        return {"median": None, "low": None, "high": None}
    low, _, high = quantiles(days, n=4, method="inclusive") if len(days) > 1 else (days[0], None, days[0])
    return {"median": float(median(days)), "low": float(low), "high": float(high)}


def _reference(ours: Mapping[UUID, str], year: int) -> dict[str, Any]:
    """Published figures and populations as they are loaded now, each with its release."""
    found: dict[str, Any] = {"children": {}, "modifiable_share": {}}
    people: dict[tuple[UUID | None, int], Benchmark] = {}
    for one in Benchmark.objects.filter(measure="children", area__in=ours, breakdown="").order_by(
        "loaded_on", "created_at"
    ):
        people[(one.area_id, starts_in(one.period))] = one
    for key, name in ours.items():
        three = [people.get((key, then)) for then in range(year - TOGETHER + 1, year + 1)]
        known = list(_present(three))
        found["children"][name] = float(sum(one.value for one in known)) if len(known) == TOGETHER else None
        found["invented"] = found.get("invented", False) or any(one.invented for one in known)
    for then, share in england().items():
        found["modifiable_share"][str(then)] = {"value": str(share.value), "release": share.release}
    for measure in ("death_rate", "infant_death_rate"):
        rates = england(measure)
        if latest := rates.get(year) or (rates[max(rates)] if rates else None):
            found[measure] = {
                "value": str(latest.value),
                "period": latest.period or period_of(year),
                "release": latest.release,
                "unit": latest.unit,
            }
    return found | _births(ours, year)


def _births(ours: Mapping[UUID, str], year: int) -> dict[str, Any]:
    """Live births of all the panel's areas, in the year and in three, where every area has them."""
    rows = Benchmark.objects.filter(measure="births", area__in=ours, breakdown="")
    known = {(one.area_id, starts_in(one.period)): one for one in rows.order_by("loaded_on", "created_at")}
    births: dict[str, float | None] = {}
    used: list[Benchmark] = []
    for span, years in (("year", 1), ("three", TOGETHER)):
        there = list(_present(known.get((key, year - back)) for key in ours for back in range(years)))
        complete = len(there) == len(ours) * years and bool(there)
        births[span] = float(sum(one.value for one in there)) if complete else None
        used += there if complete else []
    if not used:
        return {}
    return {"births": births, "births_invented": any(one.invented for one in used)}


def _present(some: Iterable[Benchmark | None]) -> Iterator[Benchmark]:
    return (one for one in some if one is not None)
