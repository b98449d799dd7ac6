"""How good the data are: each measure with the cases behind it, what agencies still owe, and what is not known.

For those who see the cases everything is read from the cases themselves, as figures read them; the number of queries is
the same for three cases and for thirty. Whoever sees no case gets the measures that rows of figures hold, rounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from wholestory.child_deaths.models import Case, DeathRow, Factor, Identifier, Merge
from wholestory.child_deaths.queries.death_rows import facts
from wholestory.child_deaths.queries.measured import OF_ROWS
from wholestory.child_deaths.queries.patterns import ROW_KEY, YEARS
from wholestory.child_deaths.rules.data_quality import MEASURES, holds, hours_that_count
from wholestory.child_deaths.rules.factors import seems_several
from wholestory.child_deaths.rules.figures import Group
from wholestory.child_deaths.rules.years import CountedBy, Year
from wholestory.kernel.moments import LONDON
from wholestory.partners.models import Board
from wholestory.statistics.disclosure.keyed import rounded


@dataclass(frozen=True)
class Found:
    """One measure: of how many it is asked, of how many it holds, and the cases of which it does not."""

    key: str
    good: int
    of: int
    missing: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Quality:
    """The measures of a set of cases; hours at the median; the cases behind each plain count."""

    cases: int
    measures: tuple[Found, ...]
    hours: float | None
    behind: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)

    def missing(self, key: str) -> tuple[UUID, ...]:
        """The cases behind a number, by the key of its measure or count."""
        measured = {one.key: one.missing for one in self.measures}
        return measured.get(key) or self.behind.get(key, ())


def cases_of(board: Board, wanted: Mapping[str, Any]) -> QuerySet[Case]:
    """The cases an answered filter leaves (see ``forms.data_quality``), of the board's panels."""
    found = Case.objects.filter(panel__board=board)
    if panel := wanted.get("panel"):
        found = found.filter(panel=panel)
    if not (year := wanted.get("year")):
        return found
    of = Year(int(year))
    by = CountedBy(wanted.get("by") or CountedBy.DEATH)
    if by is CountedBy.NOTIFICATION:
        first = datetime.combine(of.first, time(), LONDON)
        after = datetime.combine(of.last + timedelta(days=1), time(), LONDON)
        return found.filter(first_received_at__gte=first, first_received_at__lt=after)
    day = "died_on" if by is CountedBy.DEATH else "review__first_reviewed_on"
    return found.filter(**{f"{day}__gte": of.first, f"{day}__lte": of.last})


def quality(cases: QuerySet[Case]) -> Quality:
    """Every measure of these cases: thirteen queries."""
    rows = [
        (case, values)
        for case, values in facts(list(cases.select_related("record__standing", "child", "panel__board")))
        if values["group"] != Group.ELSEWHERE.value
    ]
    ids = [case.pk for case, _ in rows]
    graded = _graded(ids)
    measures = []
    for one in MEASURES:
        asked = [
            (case.pk, graded.get(case.pk) if one.key == "graded" else holds(one.key, values))
            for case, values in rows
        ]
        said = [(case, answer) for case, answer in asked if answer is not None]
        bad = tuple(case for case, answer in said if not answer)
        measures.append(Found(one.key, len(said) - len(bad), len(said), bad))
    hours = [told for _, values in rows if (told := hours_that_count(values)) is not None]
    behind = {"merged": _merged(cases), "same_number": _same_number(rows)}
    return Quality(len(rows), tuple(measures), median(hours) if hours else None, behind)


def _graded(ids: Sequence[UUID]) -> dict[UUID, bool]:
    """Of cases whose newest final analysis has factors: whether each is graded and stands on a line of its own."""
    lines = defaultdict[UUID, dict[int, list[bool]]](lambda: defaultdict(list))
    found = Factor.objects.filter(analysis__review__case__in=ids, analysis__state="final")
    for case, version, grade, text in found.values_list(
        "analysis__review__case", "analysis__version", "grade", "text"
    ):
        lines[case][version].append(bool(grade) and not seems_several(text))
    return {case: all(versions[max(versions)]) for case, versions in lines.items()}


def _merged(cases: QuerySet[Case]) -> tuple[UUID, ...]:
    """Cases that were joined to another and still are."""
    joined = Merge.objects.filter(from_case__in=cases.order_by().values("pk"), undone_at=None)
    return tuple(joined.order_by("from_case").values_list("from_case", flat=True))


def _same_number(rows: Sequence[tuple[Case, Mapping[str, Any]]]) -> tuple[UUID, ...]:
    """Cases whose child has a number that the child of another case has too, or two numbers; one joined is no other."""
    of_child = {case.child_id: case.pk for case, _ in rows}
    numbers = Identifier.objects.filter(kind="nhs", belongs_to="child")
    own = defaultdict[UUID, set[str]](set)
    for child, value in numbers.filter(child__in=of_child).values_list("child", "value"):
        own[child].add(value)
    values = {value for held in own.values() for value in held}
    others = defaultdict[str, set[UUID]](set)
    left = ("merged", "taken_back")
    kept = numbers.filter(value__in=values).exclude(child__case__record__standing__stage__in=left)
    for child, value in kept.values_list("child", "value"):
        others[value].add(child)
    return tuple(
        of_child[child]
        for child, held in own.items()
        if len(held) > 1 or any(others[value] - {child} for value in held)
    )


def rounded_quality(board: Board, wanted: Mapping[str, Any]) -> tuple[int, tuple[Found, ...]]:
    """The measures that rows of figures hold, for those who see no case: how many deaths there are, and each measure;
    every number rounded by its rows. One query."""
    found = DeathRow.objects.filter(panel__board=board).exclude(group=Group.ELSEWHERE.value).order_by()
    if panel := wanted.get("panel"):
        found = found.filter(panel=panel)
    if year := wanted.get("year"):
        column = YEARS[CountedBy(wanted.get("by") or CountedBy.DEATH)]
        found = found.filter(**{column: int(year)})
    asked: dict[str, Any] = {"n_all": Count("pk"), "key_all": Sum(ROW_KEY)}
    for key, (of, good) in OF_ROWS.items():
        for name, which in ((f"{key}_of", of), (f"{key}_good", of & good)):
            asked[f"n_{name}"], asked[f"key_{name}"] = Count("pk", filter=which), Sum(ROW_KEY, filter=which)
    counted = found.aggregate(**asked)

    def told(name: str) -> int:
        return rounded(counted[f"n_{name}"], int(counted[f"key_{name}"] or 0))

    measures = []
    for key in OF_ROWS:
        number = told(f"{key}_of")
        measures.append(Found(key, min(told(f"{key}_good"), number), number))
    return told("all"), tuple(measures)
