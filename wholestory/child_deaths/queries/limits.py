"""The limits of a case as its page shows them."""

from __future__ import annotations

from dataclasses import replace

from wholestory.child_deaths.models import Case
from wholestory.child_deaths.rules.response_steps import NOT_RECORDED
from wholestory.kernel.moments import Moment
from wholestory.pathways.models import ClockEvent
from wholestory.pathways.queries import clocks


def of_case(case: Case, now: Moment) -> list[clocks.ClockRow]:
    """A case's limits, those still open first. Two queries.

    What was never recorded as done before the panel reviewed the death says so; a duty for which the rules give no
    number of days is no limit that runs.
    """
    unrecorded = {
        str(each)
        for each in ClockEvent.objects.filter(
            clock__record=case.record, clock__cancelled=True, reason=NOT_RECORDED
        ).values_list("clock", flat=True)
    }
    return [_said(one, one.id in unrecorded) for one in clocks.of_record(case.record, now)]


def _said(one: clocks.ClockRow, unrecorded: bool) -> clocks.ClockRow:
    if unrecorded:
        return replace(one, label="Not recorded")
    if one.due_on is None and one.outcome == "running":
        return replace(one, label="No limit set", colour="not_needed")
    return one
