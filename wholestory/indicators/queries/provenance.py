"""Where a number comes from: each value in it, the supply it came in, its file and place, the rule, who and when.

A supply that covers many agencies stays with the board’s team while each of its values stands with its agency: whoever
may not see the supply still sees the value, and that the rest is with the board.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import Submission, Value
from wholestory.indicators.queries import came
from wholestory.indicators.queries.scorecard import PLACES, Wanted
from wholestory.indicators.rules import figures
from wholestory.indicators.rules.figures import Figure
from wholestory.indicators.rules.periods import Period

#: So many values one page shows below a figure.
MOST = 200


@dataclass(frozen=True, slots=True)
class Link:
    """One value and how it came."""

    value: Value
    figure: Figure
    period: Period
    agency: str
    submission: Submission | None

    @property
    def url(self) -> str:
        """The page of this one value."""
        return reverse("indicators:value", args=[self.value.id])

    @property
    def source(self) -> str:
        """How it came: ``Excel return, figures.xlsx``."""
        if self.submission is None:
            return "Kept by the board’s team"
        return self.own_way or came.words_of(self.submission)

    @property
    def own_way(self) -> str:
        """How it came where the rest of its supply came another way: typed over what a file gave."""
        return "" if self.submission is None else came.own_way(self.submission, self.value)

    @property
    def rule(self) -> str:
        """The rule that made it, where one did."""
        return "" if self.own_way else self.value.rule

    @property
    def sent_by(self) -> str:
        """Who sent it, and who approved it."""
        if self.submission is None:
            return ""
        said = self.submission.by.full_name
        approved = self.submission.approved_by
        return f"{said}, approved by {approved.full_name}" if approved is not None else said

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent."""
        return None if self.submission is None else self.submission.at

    @property
    def since_on(self) -> date:
        """The day it came: that of its supply, where that may be seen."""
        return (self.sent_at or self.value.created_at).date()

    @property
    def return_url(self) -> str:
        """The page of the return it belongs to; empty where there is none."""
        of_return = None if self.submission is None else self.submission.of_return
        if of_return is None:
            return ""
        try:
            return reverse("indicators:return", args=[of_return.record.reference])
        except NoReverseMatch:
            return ""


def figure_of(value: Value) -> Figure:
    """What one value says, as the rules read it."""
    if value.nothing:
        return Figure(nothing=value.nothing)

    def exact(number: object) -> Fraction | None:
        return None if number is None else Fraction(str(number))

    return Figure(
        exact(value.numerator), exact(value.denominator), exact(value.amount), exact(value.percentage)
    )


def sent_words(figure: Figure, measure: Definition) -> str:
    """What was sent, in words. A number sent alone, to be worked out on a published population, is that number."""
    if figures.shares(measure) and figure.numerator is not None and figure.denominator is None:
        return f"{float(figure.numerator):,g} counted"
    return figures.in_words(figure, measure)


def chain(values: Iterable[Value]) -> list[Link]:
    """These values with how they came: two questions."""
    rows = list(values)
    submissions = {
        each.id: each
        for each in Submission.objects.filter(id__in={row.submission_id for row in rows})
        .select_related("record", "by", "approved_by", "of_return", "of_return__record")
        .defer("typed", "about")
    }
    return [
        Link(
            row, figure_of(row), Period(row.period_start, row.period_end),
            row.agency.name if row.agency else "The whole area", submissions.get(row.submission_id),
        )
        for row in rows
    ]  # fmt: skip


def behind(wanted: Wanted, measure: str, window: Period) -> list[Value]:
    """The values in force inside a window, those a page’s figure can be made of: one question."""
    return behind_many(wanted, [measure], window)


def behind_many(wanted: Wanted, measures: Sequence[str], window: Period) -> list[Value]:
    """The same of several measures, still one question."""
    rows = Value.objects.filter(
        board=wanted.board, in_force=True, measure__in=measures, period_end__gte=window.start,
        period_end__lte=window.end,
    )  # fmt: skip
    rows = rows.filter(breakdown=PLACES, label=wanted.place) if wanted.place else rows.filter(breakdown="")
    if wanted.agency is not None:
        rows = rows.filter(agency=wanted.agency)
    if wanted.area is not None:
        rows = rows.filter(area=wanted.area)
    return list(rows.select_related("agency").order_by("measure", "period_end", "agency__name", "id")[:MOST])


def before_it(value: Value) -> Sequence[Value]:
    """Every value there ever was of this figure, the newest first: what was revised, and to what."""
    same = Value.objects.filter(
        board=value.board_id, agency=value.agency_id, area=value.area_id, measure=value.measure,
        period_start=value.period_start, period_end=value.period_end, breakdown=value.breakdown, label=value.label,
    )  # fmt: skip
    return list(same.select_related("agency").order_by("-created_at", "-id")[:50])


def one(key: UUID) -> Value | None:
    """One value, where whoever acts may see it."""
    return Value.objects.select_related("agency", "area").filter(pk=key).first()
