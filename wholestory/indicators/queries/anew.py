"""Where the limits of a chart may begin anew."""

from __future__ import annotations

from datetime import date

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.queries import series
from wholestory.indicators.queries.own_indicators import worked_out
from wholestory.indicators.rules import spans
from wholestory.partners.models import Board


def first_days(board: Board, measure: Definition) -> list[date]:
    """The first day of every period of the measure that has a figure, and others before it: one question."""
    sent = series.lines(series.in_force(board), measures=[measure.code])
    lines = worked_out(board, [measure.code], sent, last=board.today())
    ends = {end for line in lines for (_, end), cell in line.cells.items() if cell.x is not None}
    basis = spans.basis_of(measure)
    periods = {basis.last_before(end) for end in ends}
    return sorted(period.start for period in periods if period.end in ends)[1:]
