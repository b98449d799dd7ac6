"""Figures the system works out itself: how many returns of figures came in time (K06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholestory.indicators.models import AgencyReturn, ReturnStage
from wholestory.indicators.queries.returns_listed import days_of
from wholestory.indicators.rules.figures import Figure
from wholestory.partners.models import Board

#: The measure of the catalogue that this answers.
RECEIVED_IN_TIME = "K06"


@dataclass(frozen=True)
class InTime:
    """Of one agency (None: of all of them) for one period: how many of those due came in time."""

    agency_id: UUID | None
    period_start: date
    period_end: date
    in_time: int
    due: int

    @property
    def figure(self) -> Figure:
        """0 of 0 where nothing was due yet: it does not apply, and is neither 0% nor 100%."""
        return Figure(numerator=self.in_time, denominator=self.due)


def received_in_time(board: Board, today: date) -> list[InTime]:
    """For each period, all agencies together and each by itself, oldest period first: one query.

    Due is every return whose last day is over, or that was sent before it; more time counts. What was not asked for any
    more is in neither number, and a correction later on makes nobody late.
    """
    rows = AgencyReturn.objects.filter(board=board).exclude(stage=ReturnStage.WITHDRAWN)
    counted: dict[tuple[date, date, UUID | None], list[int]] = {}
    for ret in rows.only("agency", "period_start", "period_end", "due_on", "extended_to", "first_sent_on"):
        days = days_of(ret)
        for agency in (None, ret.agency_id):
            found = counted.setdefault((ret.period_start, ret.period_end, agency), [0, 0])
            found[0] += days.in_time
            found[1] += days.due(today)
    return _ordered(
        InTime(agency, start, end, in_time, due) for (start, end, agency), (in_time, due) in counted.items()
    )


def _ordered(found: Iterable[InTime]) -> list[InTime]:
    return sorted(found, key=lambda one: (one.period_end, one.agency_id is not None, str(one.agency_id)))
