"""Loading what a council counted on its own machine: an aggregate file, looked through before it counts.

The file holds counts alone. One of another authority or with a changed number loads nothing. A later file for the same
days takes the place of the earlier one, and both are kept.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.indicators.benchmarks.areas import known
from wholestory.indicators.child_level import aggregate
from wholestory.indicators.child_level.findings import Refused
from wholestory.indicators.models import Mark, Source, Submission, SubmissionState, Value
from wholestory.indicators.operations import circles, in_force
from wholestory.indicators.operations.scorecards import SUBMISSION
from wholestory.indicators.queries import aggregates as queries
from wholestory.partners.models import Agency, Board, Person
from wholestory.records import opening
from wholestory.records.models import Record


class AggregateRefused(ValueError):
    """It cannot be done like that; the sentence says what to do instead."""


@transaction.atomic
def start(
    *, actor: Person, board: Board, agency: Agency, name: str, content: bytes, now: datetime, today: date
) -> Submission:
    """Keep an aggregate file to be looked through. Raises AggregateRefused when it cannot be read, is of another
    authority, of days to come, or was loaded already; NotForYou."""
    circle, office = circles.of_agency(board, agency), circles.office(board)
    kind = Submission.record_kind
    asking.require(actor, Verb.MANAGE, Record(kind=kind, circle=circle, office=office), kind=kind)
    try:
        told = aggregate.read(content, name)
    except Refused as refused:
        raise AggregateRefused(" ".join(filter(None, (refused.why, refused.todo)))) from refused
    _is_of(board, told)
    if told.window.last > today:
        raise AggregateRefused(f"The file counts until {told.window.last:%-d %B %Y}, which is still to come.")
    same = Submission.objects.filter(
        board=board, source=Source.AGGREGATE, state=SubmissionState.IN_FORCE, sha256=told.sha256
    ).select_related("record").first()  # fmt: skip
    if same is not None:
        raise AggregateRefused(f"This very file was loaded already, as {same.record.reference}.")
    record = opening.sheet(SUBMISSION, board, circle, office, today, verb="indicators.aggregate_read")
    return Submission.objects.create(
        record=record, circle=circle, office=office, board=board, agency=agency, number=1, source=Source.AGGREGATE,
        file_name=name[-200:], sha256=told.sha256, typed={"text": content.decode("utf-8-sig")},
        about={
            "from": told.window.first.isoformat(), "to": told.window.last.isoformat(), "source": told.source,
            "tool": told.tool, "inputs": [{"name": one.name, "sha256": one.sha256} for one in told.inputs],
        },
        by=actor, at=now,
    )  # fmt: skip


def _is_of(board: Board, told: aggregate.Aggregate) -> None:
    of = known(told.authority)
    mine = {area.code: area.name for area in board.areas.all() if area.code}
    if of is None or of.code not in mine:
        name = of.name if of else f"authority {told.authority}"
        areas = " and ".join(mine.values()) or "no area with a code yet"
        raise AggregateRefused(f"The file is of {name}. This board answers for {areas}.")


def _held(actor: Person, submission: Submission, state: SubmissionState) -> Submission:
    asking.require(actor, Verb.MANAGE, submission.record)
    rows = Submission.objects.select_for_update(of=("self",)).select_related("record", "board", "agency")
    found = rows.get(pk=submission.pk, source=Source.AGGREGATE)
    if found.state != state:
        raise AggregateRefused(f"This file is at “{found.get_state_display()}” by now.")
    return found


@transaction.atomic
def load(*, actor: Person, submission: Submission, seen: str, now: datetime) -> int:
    """Put what was looked through in force, and how many figures that are. Raises AggregateRefused when something
    changed since, or the file feeds no measure."""
    fresh = _held(actor, submission, SubmissionState.DRAFT)
    plan = queries.plan_of(fresh)
    if plan.seen != seen:
        raise AggregateRefused("Something changed since you looked. Look through it again, then load it.")
    if not plan.coming:
        raise AggregateRefused("Nothing in the file is one of the board’s measures.")
    values = values_of(plan, fresh)
    ledger.line("indicators.aggregate_loaded", fresh.record)
    kept = in_force.put(submission=fresh, values=values)
    fresh.about = {**fresh.about, "came": len(values)}
    fresh.typed, fresh.at = {}, now
    fresh.save(update_fields=["about", "typed", "at"])
    earlier = Submission.objects.filter(
        agency=fresh.agency, source=Source.AGGREGATE, state=SubmissionState.IN_FORCE,
        about__source=fresh.about["source"], about__from=fresh.about["from"], about__to=fresh.about["to"],
    ).exclude(pk=fresh.pk)  # fmt: skip
    for one in earlier:
        # A figure the later file no longer holds is not in force either.
        Value.objects.filter(submission=one, in_force=True).update(in_force=False)
        one.state = SubmissionState.REPLACED
        one.save(update_fields=["state"])
    return len(kept)


def values_of(plan: queries.Planned, submission: Submission) -> list[Value]:
    """What was counted as values of a submission, not kept yet. The caller has said who may."""
    return [
        Value(
            circle_id=submission.circle_id, office_id=submission.office_id, submission=submission,
            board=submission.board, agency=submission.agency, measure=each.code, version=each.version,
            period_start=plan.first, period_end=plan.last, breakdown=each.breakdown, label=each.label,
            numerator=each.numerator, denominator=each.denominator, nothing=each.nothing, mark=Mark.FINAL,
            note=each.note, place=each.figure[:60], rule=each.figure[:60],
        )
        for each in plan.coming
    ]  # fmt: skip


@transaction.atomic
def put_aside(*, actor: Person, submission: Submission) -> None:
    """Put a file aside that was not loaded; what it held is erased."""
    fresh = _held(actor, submission, SubmissionState.DRAFT)
    ledger.line("indicators.aggregate_put_aside", fresh.record)
    fresh.state, fresh.typed = SubmissionState.UNDONE, {}
    fresh.save(update_fields=["state", "typed"])
