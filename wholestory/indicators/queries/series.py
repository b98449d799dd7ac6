"""Figures in force as series: one question to the database for every measure, agency, area and part at once.

Each series comes as arrays, one row for each, so that thousands of figures cost hardly more than a few. Numbers are
whole numbers of ten-thousandths, exact as they are kept; nothing is rounded and nothing is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BigIntegerField, Case, F, IntegerField, QuerySet, When
from django.db.models import Value as Fixed
from django.db.models.functions import Cast, Coalesce

from wholestory.indicators.models import Mark, Nothing, Value
from wholestory.indicators.rules.figures import Figure
from wholestory.partners.models import Board

#: Numbers are kept to four decimals at most.
SCALE = 10_000
_NO_NUMBER = (
    Nothing.NOT_APPLICABLE,
    Nothing.NOT_HELD,
    Nothing.NOT_SUPPLIED,
    Nothing.SUPPRESSED,
)
_AMOUNT, _PERCENTAGE = 5, 6
_MARKS = (Mark.FINAL, Mark.PROVISIONAL, Mark.ESTIMATED, Mark.LOW_RELIABILITY)


class Cell(NamedTuple):
    """One figure in force. ``what``: 0 counts, 1 to 4 a kind of nothing, 5 an amount, 6 a percentage alone."""

    what: int
    x: int | None
    n: int | None
    mark: int
    version: int

    @property
    def counts(self) -> bool:
        """Whether it can be added up."""
        return self.what == 0

    @property
    def figure(self) -> Figure:
        """The figure as the rules read it."""
        if 0 < self.what <= len(_NO_NUMBER):
            return Figure(nothing=_NO_NUMBER[self.what - 1].value)
        if self.what == _AMOUNT:
            return Figure(amount=exact(self.x))
        if self.what == _PERCENTAGE:
            return Figure(percentage=exact(self.x), denominator=exact(self.n))
        return Figure(exact(self.x), exact(self.n))

    @property
    def marked(self) -> Mark:
        """Provisional, final, estimated or of low reliability."""
        return _MARKS[self.mark]


def exact(scaled: int | None) -> Fraction | int | None:
    """A number as it is, from its ten-thousandths."""
    if scaled is None:
        return None
    whole, rest = divmod(scaled, SCALE)
    return Fraction(scaled, SCALE) if rest else whole


@dataclass(slots=True)
class Line:
    """The figures of one measure that one agency sent of one area and part (``breakdown`` and ``label``, or the whole).

    ``cells`` are by first and last day. ``senders`` says how many agencies are in each, where a line is the sum of
    several (``summed``).
    """

    measure: str
    agency: UUID | None
    area: UUID | None
    breakdown: str
    label: str
    cells: dict[tuple[date, date], Cell] = field(default_factory=dict)
    senders: dict[tuple[date, date], int] | None = None


WHAT = Case(
    *(When(nothing=each, then=Fixed(number)) for number, each in enumerate(_NO_NUMBER, 1)),
    When(numerator__isnull=False, denominator__isnull=False, then=Fixed(0)),
    When(percentage__isnull=False, then=Fixed(_PERCENTAGE)),
    When(numerator__isnull=True, then=Fixed(_AMOUNT)),
    default=Fixed(0),
    output_field=IntegerField(),
)
X = Case(
    When(numerator__isnull=False, denominator__isnull=False, then=F("numerator")),
    When(percentage__isnull=False, then=F("percentage")),
    default=Coalesce(F("numerator"), F("amount")),
)
MARK = Case(
    *(When(mark=each, then=Fixed(number)) for number, each in enumerate(_MARKS)),
    default=Fixed(0),
    output_field=IntegerField(),
)


def in_force(board: Board) -> QuerySet[Value]:
    """The figures in force that whoever acts may see."""
    return Value.objects.filter(board=board, in_force=True)


def lines(
    values: QuerySet[Value],
    *,
    measures: Iterable[str] | None = None,
    first: date | None = None,
    last: date | None = None,
    breakdowns: Sequence[str] = ("",),
) -> list[Line]:
    """The series of ``values``, one question. ``first`` and ``last`` bound the days they are of; ``breakdowns`` which
    parts beside (or instead of) the whole."""
    if measures is not None:
        codes = list(measures)
        if not codes:
            return []
        values = values.filter(measure__in=codes)
    if first is not None:
        values = values.filter(period_start__gte=first)
    if last is not None:
        values = values.filter(period_end__lte=last)
    found = (
        values.filter(breakdown__in=list(breakdowns))
        .order_by()
        .values("measure", "agency", "area", "breakdown", "label")
        .annotate(
            starts=ArrayAgg("period_start"),
            ends=ArrayAgg("period_end"),
            xs=ArrayAgg(Cast(X * SCALE, BigIntegerField())),
            ns=ArrayAgg(Cast(F("denominator") * SCALE, BigIntegerField())),
            codes=ArrayAgg(Cast(F("version") * 100 + MARK * 10 + WHAT, IntegerField())),
        )
        .values_list("measure", "agency", "area", "breakdown", "label", "starts", "ends", "xs", "ns", "codes")
    )
    return [Line(*row[:5], _cells(*row[5:])) for row in found]


def _cells(
    starts: list[date], ends: list[date], xs: list[int | None], ns: list[int | None], codes: list[int]
) -> dict[tuple[date, date], Cell]:
    return {
        (start, end): Cell(code % 10, x, n, code // 10 % 10, code // 100)
        for start, end, x, n, code in zip(starts, ends, xs, ns, codes, strict=True)
    }


def by_measure(found: Iterable[Line]) -> dict[str, list[Line]]:
    """Lines by the code of their measure."""
    sorted_out: dict[str, list[Line]] = {}
    for each in found:
        sorted_out.setdefault(each.measure, []).append(each)
    return sorted_out


def parts(found: Iterable[Line], breakdown: str) -> Iterator[Line]:
    """The lines of one breakdown."""
    return (each for each in found if each.breakdown == breakdown)
