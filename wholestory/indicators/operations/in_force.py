"""Putting figures in force: a later supply takes the place of the earlier one, and both are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.indicators.models import Source, Submission, SubmissionState, Value
from wholestory.records.models import Record

#: Which source stands when two give the same figure (data returns 6.8): what was counted from children's records, then
#: what an agency sent, then what a scorecard of earlier years said. Within one rank the later supply stands.
_RANK = {
    Source.CHILD_LEVEL: 3, Source.AGGREGATE: 3,
    Source.WORKBOOK: 2, Source.WEB: 2, Source.API: 2,
    Source.SCORECARD: 1,
}  # fmt: skip


def _rank(submission: Submission) -> tuple[int, bool]:
    """The lists for inspectors count what a census has not told yet: they never take a census's place."""
    return _RANK[Source(submission.source)], submission.about.get("source") != "annex_a"


Figure = tuple[UUID | None, UUID | None, str, date, date, str, str]


def figure(value: Value) -> Figure:
    """Which figure a value is one of: two values of it cannot both be in force."""
    return (
        value.agency_id, value.area_id, value.measure, value.period_start, value.period_end, value.breakdown,
        value.label,
    )  # fmt: skip


@transaction.atomic
def put(*, submission: Submission, values: Sequence[Value]) -> list[Value]:
    """Keep the values of a submission and put them in force; those whose figure a better source gave are kept beside.

    Earlier values of the same figures go out of force, and so does an earlier submission of the same return. Safe when
    two do it at once: whoever comes second waits for the first and then takes its place. The caller has asked whether
    ``actor`` may. Returns the values in force.
    """
    ledger.line("indicators.put_in_force", submission.record)
    # Everybody who puts figures of one agency in force queues here.
    Record.objects.select_for_update().filter(
        circle_id=submission.circle_id, kind=submission.record.kind
    ).order_by("created_at", "id").values_list("id").first()
    rank = _rank(submission)
    standing = _standing(values)
    replaced: list[UUID] = []
    for value in values:
        there = standing.get(figure(value))
        value.in_force = there is None or _rank(there.submission) <= rank
        if there is not None and value.in_force:
            replaced.append(there.pk)
    Value.objects.filter(pk__in=replaced).update(in_force=False)
    kept = Value.objects.bulk_create(values, batch_size=1000)
    earlier = Submission.objects.filter(of_return=submission.of_return_id, state=SubmissionState.IN_FORCE)
    if submission.of_return_id is not None:
        for one in earlier.exclude(pk=submission.pk):
            # A line that the later version no longer holds is not in force either.
            Value.objects.filter(submission=one, in_force=True).update(in_force=False)
            one.state = SubmissionState.REPLACED
            one.save(update_fields=["state"])
    submission.state = SubmissionState.IN_FORCE
    submission.save(update_fields=["state"])
    return [value for value in kept if value.in_force]


def _standing(values: Sequence[Value]) -> dict[Figure, Value]:
    """The values in force of the same figures: one query."""
    if not values:
        return {}
    first = values[0]
    rows = Value.objects.filter(
        Q(agency=first.agency_id) if first.agency_id else Q(agency=None),
        board=first.board_id, in_force=True, measure__in={value.measure for value in values},
        period_end__in={value.period_end for value in values},
    ).select_related("submission")  # fmt: skip
    return {figure(row): row for row in rows}
