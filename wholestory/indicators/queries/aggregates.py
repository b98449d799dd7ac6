"""Aggregate files that were loaded, and what would come of one that is being looked through."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from wholestory.indicators.catalogue.definition import Definition
from wholestory.indicators.child_level import aggregate
from wholestory.indicators.models import Nothing, Source, Submission, SubmissionState, Value
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.rules.lines import needs_denominator
from wholestory.partners.models import Agency, Board


@dataclass(frozen=True, slots=True)
class Fed:
    """One number for one measure, whole (``breakdown`` and ``label`` empty) or of one part. ``before`` is what is in
    force now, in words; empty when nothing is."""

    code: str
    title: str
    version: int
    figure: str
    breakdown: str
    label: str
    numerator: int | None
    denominator: int | None
    nothing: str
    note: str
    part: str = ""
    """The label in words, with what it is a part of."""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What would come of a file. ``left`` says of each figure of the file that no measure takes, or was not counted,
    why."""

    first: date
    last: date
    coming: tuple[Fed, ...]
    left: tuple[tuple[str, str], ...]
    hidden_below: int | None
    seen: str


def files(board: Board) -> list[Submission]:
    """Every aggregate file somebody sent, the newest first."""
    found = Submission.objects.filter(board=board, source=Source.AGGREGATE)
    return list(found.select_related("record", "by", "agency").order_by("-at").defer("typed"))


def is_draft(submission: Submission) -> bool:
    """Whether it is still being looked through."""
    return submission.state == SubmissionState.DRAFT


def plan_of(submission: Submission) -> Planned:
    """Everything that would come of it."""
    told = aggregate.read(submission.typed["text"].encode(), submission.file_name)
    return planned(submission.board, submission.agency, told)


def planned(board: Board, agency: Agency | None, told: aggregate.Aggregate) -> Planned:
    """What would come of counts that were read, as figures of an agency."""
    catalogue, out = catalogue_of(board), told.left_out()
    first, last = told.window.first, told.window.last
    standing = {
        (row.measure, row.breakdown, row.label): row
        for row in Value.objects.filter(
            board=board, agency=agency, area=None, in_force=True, period_start=first, period_end=last,
        )
    }  # fmt: skip
    coming = []
    for one in told.fed():
        definition = catalogue.get(one.code)
        if definition is None:
            continue
        # A share whose parts were not all told is none. A rate on a published population needs the number alone.
        share = needs_denominator(definition)
        if share and one.denominator is None and not one.withheld:
            continue
        rows = out.get(one.figure, 0)
        note = f"{rows} row{'' if rows == 1 else 's'} left out for an error." if rows else ""
        there = standing.get((one.code, one.breakdown, one.part))
        coming.append(
            Fed(
                one.code, definition.title, definition.version, one.figure, one.breakdown, one.part,
                None if one.withheld else one.numerator,
                one.denominator if share and not one.withheld else None,
                Nothing.SUPPRESSED if one.withheld else "", note, _part(definition, one.breakdown, one.part),
                _said(there),
            )
        )  # fmt: skip
    taken = {each.figure for each in coming}
    unread = [str(one["id"]) for one in told.figures if not any(one["id"] in each for each in taken)]
    left = (*((each, "no measure of the catalogue takes it") for each in unread), *told.not_counted.items())
    mark = hashlib.sha256(repr((coming, left)).encode()).hexdigest()[:32]
    return Planned(first, last, tuple(coming), tuple(left), told.hidden_below, mark)


def _part(definition: Definition, breakdown: str, part: str) -> str:
    for each in definition.breakdowns:
        if each.key == breakdown:
            title = next((label.title for label in each.labels if label.key == part), part)
            return f"{each.title}: {title}"
    return f"{breakdown}: {part}" if part else ""


def _said(value: Value | None) -> str:
    if value is None:
        return ""
    if value.nothing:
        return value.get_nothing_display()
    if value.numerator is None:
        return f"{value.percentage} per cent" if value.percentage is not None else str(value.amount)
    number = f"{value.numerator.normalize():f}"
    return number if value.denominator is None else f"{number} of {value.denominator.normalize():f}"
