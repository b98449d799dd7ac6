"""How fresh the files and links are that returns rest on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from wholestory.assurance.models import Cycle
from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.reports.base import Col, Grid, Kind, Report, Said, day, plural
from wholestory.assurance.rules.freshness import Counted, Freshness

MADE = (
    "Files in their newest version, by the date on the document and the day it was to be reviewed. Links have no date,"
    " so they count as undated.",
    "Past its review date comes first, then over a year old, then fresh. A day of review that is still ahead counts as"
    " fresh where the document has no date of its own.",
)
_KINDS = tuple(Col(kind.value, kind.label, Kind.COUNT) for kind in Freshness)


def headline(every: Counted, today: date) -> str:
    """The whole in one sentence."""
    if not every.total:
        return "No return of this cycle has files or links."
    parts = ", ".join(f"{every.number(kind):,} {kind.label.lower()}" for kind in Freshness)
    return (
        f"{plural(every.total, 'file and link', 'files and links')}: {parts}. As it stands on {day(today)}."
    )


def together(found: Mapping[UUID, Counted]) -> Counted:
    """All returns' evidence as one."""
    every: dict[str, int] = {}
    for one in found.values():
        for kind, number in one.counts.items():
            every[kind] = every.get(kind, 0) + number
    return Counted(every)


def evidence(
    cycle: Cycle, rows: Sequence[Asked], found: Mapping[UUID, Counted], today: date,
    url: Callable[[Asked], str] | None = None,
) -> Report:  # fmt: skip
    """One line per agency that added any; the team's page."""
    lines = []
    for row in rows:
        counted = found.get(row.record_id)
        if counted is not None:
            name = Said(row.agency, url(row)) if url else row.agency
            lines.append((name, counted.total, *(counted.number(kind) for kind in Freshness)))
    columns = (Col("agency", "Agency"), Col("total", "In all", Kind.COUNT), *_KINDS)
    grid = Grid("Agency by agency", columns, tuple(lines), empty="No return of this cycle has files or links.",
                sort="-past_review")  # fmt: skip
    return Report(
        "How fresh the evidence is",
        cycle.title,
        (headline(together(found), today),),
        MADE,
        (grid,),
        "evidence",
    )


def evidence_shown(cycle: Cycle, kept: Mapping[str, int], on: date) -> Report:
    """The board's page: how much of each kind, over all released results together."""
    every = Counted(dict(kept))
    columns = (Col("kind", "How fresh"), Col("number", "Files and links", Kind.COUNT))
    rows = tuple((kind.label, every.number(kind)) for kind in Freshness) if every.total else ()
    grid = Grid(
        "All released results together", columns, rows, empty="No released result has files or links."
    )
    return Report("How fresh the evidence is", cycle.title, (headline(every, on),), MADE, (grid,), "evidence")
