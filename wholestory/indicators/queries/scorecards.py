"""Scorecards that were brought in, and what would come of one that is being looked through."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wholestory.indicators.catalogue.definition import Definition
from wholestory.indicators.models import Asked, Source, Submission, SubmissionState, Value
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.rules.lines import needs_denominator
from wholestory.indicators.rules.periods import Period, Year
from wholestory.indicators.rules.scorecard import Holds, Known, Layout, layout, proposed
from wholestory.indicators.rules.scorecard_plan import Coming, Mapped, Trouble, plan
from wholestory.partners.models import Agency, Board


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure that would come in, with the agency it is of (None: the whole area's)."""

    one: Coming
    agency: Agency | None
    version: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What would come of a scorecard. ``there`` are figures that are in force already and stay as they are."""

    sheet: str
    coming: tuple[Placed, ...]
    there: tuple[Placed, ...]
    troubles: tuple[Trouble, ...]
    errors: int
    seen: str
    without: int = 0
    """How many of those that come in say why there is no number."""
    titles: dict[str, str] = field(default_factory=dict)


def scorecards(board: Board) -> list[Submission]:
    """Every scorecard somebody sent, the newest first."""
    found = Submission.objects.filter(board=board, source=Source.SCORECARD)
    return list(found.select_related("record", "by").order_by("-at").defer("typed"))


def known(board: Board) -> dict[str, Known]:
    """What a row may be: every measure of the board's catalogue."""
    return {code: _known(each) for code, each in catalogue_of(board).items()}


def _known(each: Definition) -> Known:
    # A rate on a published population needs its number alone.
    return Known(each.code, each.title, not needs_denominator(each), each.unit)


def sheets(submission: Submission) -> list[dict[str, Any]]:
    """The sheets as they were read."""
    return list(submission.typed.get("sheets", ()))


def years_of(submission: Submission) -> Year:
    """When the years of the scorecard begin."""
    return Year(submission.about["years"])


def stated_of(submission: Submission) -> dict[int, Period | None]:
    """What somebody said of single columns."""
    return {
        int(n): Period(date.fromisoformat(p[0]), date.fromisoformat(p[1])) if p else None
        for n, p in submission.about["stated"].items()
    }


def layout_of(submission: Submission, sheet: int | None = None) -> Layout | None:
    """Where things stand in the chosen sheet (or another); None when no heading names a period."""
    chosen = submission.about["sheet"] if sheet is None else sheet
    if chosen is None:
        return None
    one = sheets(submission)[chosen]
    stated = stated_of(submission) if chosen == submission.about["sheet"] else {}
    return layout(one["rows"], one["merged"], years_of(submission), stated)


def fullest(submission: Submission) -> int:
    """The sheet with the most rows of figures under periods: the one that is proposed."""
    found = [layout_of(submission, n) for n in range(len(sheets(submission)))]
    weights = [len(one.lines) * len(one.columns) if one else 0 for one in found]
    return weights.index(max(weights))


def rows_of(submission: Submission, of: Layout, measures: Sequence[Known]) -> dict[int, tuple[str, Holds]]:
    """What each row is: as somebody said, else as proposed."""
    said = submission.about["rows"]
    if said is not None:
        return {int(row): (code, Holds(holds)) for row, (code, holds) in said.items()}
    return {line.row: proposed(line, measures) for line in of.lines}


def plan_of(submission: Submission) -> Planned:
    """Everything that would come of it. Its mark, ``seen``, changes with anything that would come out otherwise."""
    of = layout_of(submission)
    catalogue = catalogue_of(submission.board)
    if of is None or submission.about["rows"] is None:
        return Planned("", (), (), (), 0, "")
    sheet = sheets(submission)[submission.about["sheet"]]
    measures = {code: _known(each) for code, each in catalogue.items()}
    said = [
        Mapped(row, code, holds)
        for row, (code, holds) in rows_of(submission, of, ()).items()
        if code in measures
    ]
    found = plan(sheet["rows"], sheet["merged"], of.columns, said, measures)
    whose = _whose(submission, {one.measure for one in found.coming})
    placed = [Placed(one, whose.get(one.measure), catalogue[one.measure].version) for one in found.coming]
    held = set(
        Value.objects.filter(
            board=submission.board, in_force=True, breakdown="", area=None, measure__in=set(whose) | set(measures)
        ).values_list("agency", "measure", "period_start", "period_end")
    )  # fmt: skip
    coming: list[Placed] = []
    there: list[Placed] = []
    for each in placed:
        key = (
            each.agency.pk if each.agency else None,
            each.one.measure,
            each.one.period.start,
            each.one.period.end,
        )
        (there if key in held else coming).append(each)
    mark = hashlib.sha256(repr((coming, there, found.troubles)).encode()).hexdigest()[:32]
    titles = {code: each.title for code, each in catalogue.items()}
    return Planned(
        sheet["name"],
        tuple(coming),
        tuple(there),
        tuple(found.troubles),
        found.errors,
        mark,
        sum(bool(each.one.nothing) for each in coming),
        titles,
    )


def _whose(submission: Submission, codes: set[str]) -> dict[str, Agency]:
    """Whose figure each measure is; a measure not named is of the whole area."""
    whose = submission.about["whose"]
    if whose == "board":
        return {}
    if whose != "asked":
        agency = Agency.objects.get(slug=whose)
        return dict.fromkeys(codes, agency)
    asked: dict[str, list[Agency]] = {}
    rows = Asked.objects.filter(board=submission.board, measure__in=codes, to_on=None).select_related(
        "agency"
    )
    for row in rows:
        asked.setdefault(row.measure, []).append(row.agency)
    # Where several are asked, the file cannot tell them apart: it is the whole area's figure.
    return {code: agencies[0] for code, agencies in asked.items() if len(agencies) == 1}


def in_force(submission: Submission) -> int:
    """How many of its figures still count."""
    return Value.objects.filter(submission=submission, in_force=True).count()


def is_draft(submission: Submission) -> bool:
    """Whether it is still being looked through."""
    return submission.state == SubmissionState.DRAFT
