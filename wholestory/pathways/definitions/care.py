"""Looked-after children and private fostering."""

from __future__ import annotations

from wholestory.pathways.rules.building import EVERY, known, months, practice, start, weeks, working_days
from wholestory.pathways.rules.terms import Clock, Kind, Length, Source, StartFact

DUTY = "Performance"
_CARE = start("looked_after", "the child became looked after")


def _limit(
    key: str,
    title: str,
    starts: tuple[StartFact, ...],
    limit: Length,
    kind: Kind,
    stops: str,
    source: Source,
    *,
    repeats: bool = False,
) -> Clock:
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=EVERY,
        starts=starts,
        limit=limit,
        kind=kind,
        stops=stops,
        source=source,
        repeats=repeats,
    )


CLOCKS: tuple[Clock, ...] = (
    _limit(
        "care_review_first",
        "Looked-after child: first review",
        _CARE,
        working_days(20),
        Kind.DUTY,
        "the review is held",
        known("Twenty working days after coming into care.", "Regulations on care planning"),
    ),
    _limit(
        "care_review_second",
        "Looked-after child: second review",
        start("first_review", "the first review"),
        months(3),
        Kind.DUTY,
        "the review is held",
        known("Three months after the first review.", "Regulations on care planning"),
    ),
    _limit(
        "care_review_next",
        "Looked-after child: further reviews",
        start("last_review", "the last review"),
        months(6),
        Kind.DUTY,
        "the review is held",
        known("Every six months afterwards.", "Regulations on care planning"),
        repeats=True,
    ),
    _limit(
        "private_fostering_first_visit",
        "Private fostering: first visit",
        start("notified", "the local authority was notified"),
        working_days(7),
        Kind.DUTY,
        "the visit is made",
        practice("Seven working days from the notification.", "Regulations on private fostering"),
    ),
    _limit(
        "private_fostering_visit_first_year",
        "Private fostering: further visits in the first year",
        start("last_visit", "the last visit"),
        weeks(6),
        Kind.DUTY,
        "the visit is made",
        practice("Every six weeks in the first year.", "Regulations on private fostering"),
        repeats=True,
    ),
    _limit(
        "private_fostering_visit_later",
        "Private fostering: visits after the first year",
        start("last_visit", "the last visit"),
        weeks(12),
        Kind.DUTY,
        "the visit is made",
        practice("Every twelve weeks after the first year.", "Regulations on private fostering"),
        repeats=True,
    ),
)
