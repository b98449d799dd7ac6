"""Figures of all agencies added up by the database, where that is plain: one line a measure instead of one an agency.

A scorecard of hundreds of series needs only their sums. Where anything but counts of whole periods is among them (a
kind of nothing, a percentage alone, months to be put together, figures by area), the database adds nothing up: the code
of that measure comes back in ``rest``, to be read line by line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, Count, F, Max, Min, Q, QuerySet, Sum
from django.db.models.functions import Cast

from wholestory.indicators.models import Value
from wholestory.indicators.queries.series import MARK, SCALE, WHAT, Cell, Line, X
from wholestory.indicators.rules.periods import Period

#: Whose a sum is.
ALL = UUID(int=0)


@dataclass(slots=True)
class Sums:
    """A line for each measure that could be added up, and the codes of those that could not."""

    lines: dict[str, Line] = field(default_factory=dict)
    rest: set[str] = field(default_factory=set)

    def keep(self, code: str, period: tuple[date, date], cell: Cell, senders: int) -> None:
        """Add one period of one measure."""
        line = self.lines.setdefault(code, Line(code, ALL, None, "", "", {}, {}))
        line.cells[period] = cell
        if line.senders is not None:
            line.senders[period] = senders


def summed(
    values: QuerySet[Value], *, measures: Iterable[str], windows: Sequence[Period], months: int,
    breakdown: str = "", same_senders: bool = False,
) -> Sums:  # fmt: skip
    """The sums of these measures over the periods of ``months`` months that end within ``windows``: one question.

    ``same_senders``: only where as many agencies sent each period, so that none that used to send is overlooked.
    """
    inside = Q()
    for window in windows:
        inside |= Q(period_end__range=(window.start, window.end))
    rows = (
        values.filter(inside, measure__in=list(measures), breakdown=breakdown)
        .order_by()
        .values("measure", "period_start", "period_end")
        .annotate(
            x=Sum(Cast(X * SCALE, BigIntegerField())), n=Sum(Cast(F("denominator") * SCALE, BigIntegerField())),
            many=Count("id"), with_n=Count("denominator"), least=Min(WHAT), most=Max(WHAT), areas=Count("area"),
            everybody=Count("id", filter=Q(agency=None)), one_mark=Min(MARK), other_mark=Max(MARK),
            numbered=Min("version"), other_version=Max("version"),
        )
    )  # fmt: skip
    found = Sums()
    for row in rows:
        start, end = row["period_start"], row["period_end"]
        if not _plain(row) or Period(start, end).months != months:
            found.rest.add(row["measure"])
            continue
        n = None if not row["with_n"] else int(row["n"])
        cell = Cell(0, int(row["x"]), n, row["one_mark"], row["numbered"])
        found.keep(row["measure"], (start, end), cell, row["many"])
    if same_senders:
        found.rest |= {
            code for code, line in found.lines.items()
            if len(set((line.senders or {}).values())) > 1 or len(line.cells) < len(windows)
        }  # fmt: skip
    for code in found.rest:
        found.lines.pop(code, None)
    return found


def _plain(row: Mapping[str, Any]) -> bool:
    return (
        row["least"] == row["most"] == 0
        and not row["areas"]
        and row["everybody"] in (0, row["many"])
        and (row["everybody"] < 2)
        and row["with_n"] in (0, row["many"])
        and row["one_mark"] == row["other_mark"]
        and row["numbered"] == row["other_version"]
    )
