"""Figures the system works out itself: how many returns of figures came in time (K06)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wholestory.indicators.models import AgencyReturn, ReturnStage
from wholestory.indicators.queries.returns_listed import days_of
from wholestory.indicators.queries.series import SCALE, Cell, Line
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


def worked_out(
    board: Board, measures: Collection[str], found: Iterable[Line], *, last: date, agency: UUID | None = None,
    of_part: bool = False,
) -> list[Line]:  # fmt: skip
    """``found`` and the series the system works out itself, one for each agency: one question where ``measures`` has
    such a measure, else none. What was sent for the same days stands instead; areas and places (``of_part``) have none.
    """
    lines = list(found)
    if RECEIVED_IN_TIME not in measures or of_part:
        return lines
    every = [one for one in received_in_time(board, board.today()) if one.period_end <= last]
    spans = dict.fromkeys((one.period_start, one.period_end) for one in every)
    for whose in dict.fromkeys(
        one.agency_id for one in every if one.agency_id and agency in (None, one.agency_id)
    ):
        # Of a round in which it was asked for nothing, nothing was due: it lacks no return.
        cells = dict.fromkeys(spans, Cell(0, 0, 0, 0, 1))
        cells |= {
            (one.period_start, one.period_end): Cell(0, one.in_time * SCALE, one.due * SCALE, 0, 1)
            for one in every if one.agency_id == whose
        }  # fmt: skip
        sent = [line for line in lines if (line.measure, line.agency) == (RECEIVED_IN_TIME, whose)]
        if sent:
            sent[0].cells = cells | sent[0].cells
        else:
            lines.append(Line(RECEIVED_IN_TIME, whose, None, "", "", cells))
    return lines


def _ordered(found: Iterable[InTime]) -> list[InTime]:
    return sorted(found, key=lambda one: (one.period_end, one.agency_id is not None, str(one.agency_id)))
