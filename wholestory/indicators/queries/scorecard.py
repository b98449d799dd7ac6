"""The scorecard: every measure of one basis for one period, each put together from counts, judged and compared.

All of a page comes from about ten questions to the database, whatever the number of measures and agencies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from django.db.models import Max, Q, QuerySet, prefetch_related_objects

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import Asked, Value
from wholestory.indicators.queries import comparing, pooled, series, sums
from wholestory.indicators.queries.decided import Decided, decided
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.queries.own_indicators import RECEIVED_IN_TIME, worked_out
from wholestory.indicators.queries.pooled import NOTHING, Known, Whole
from wholestory.indicators.queries.series import Line
from wholestory.indicators.rules import spans, standing
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.spans import Basis, Span
from wholestory.indicators.rules.standards import Standards
from wholestory.indicators.rules.standing import Direction, Standing
from wholestory.partners.models import Agency, Area, Board

#: The part of a breakdown by place.
PLACES = "area"
#: How many periods a chart goes back.
BACK = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a page is of. ``agency`` narrows to one agency’s own figures; ``area`` to one of the board’s areas,
    ``place`` to one part of an area, as agencies call it."""

    board: Board
    basis: Basis
    period: Period
    span: Span = Span.SINGLE
    agency: UUID | None = None
    area: UUID | None = None
    place: str = ""

    def window(self, measure: Definition | None = None) -> Period:
        """The days a figure is of. What is counted over twelve months anyway always is."""
        rolling = measure is not None and measure.aggregation == "rolling"
        span = Span.ROLLING if rolling and self.basis.grain != "years" else self.span
        return spans.window(self.period, span, self.basis.year)

    @property
    def earlier(self) -> Period:
        """The window before this one, of the same length: the quarter before, or a year ago."""
        window = self.window()
        if self.span is Span.SINGLE:
            return self.basis.before(self.period)
        return spans.year_ago(window)

    @property
    def since(self) -> str:
        """What the window before is called."""
        if self.span is Span.SINGLE:
            return f"the {self.basis.noun} before"
        return "the same months a year earlier" if self.span is Span.TO_DATE else "the twelve months before"

    @property
    def named(self) -> str:
        """What the column is called."""
        return spans.named(self.window(), self.span, self.basis.year)


@dataclass(frozen=True, slots=True)
class Held:
    """What a board holds: its newest day of each frequency, its areas and its places."""

    last: Mapping[Basis, date]
    areas: tuple[Area, ...]
    places: tuple[str, ...]
    bases: tuple[Basis, ...]
    measures: Mapping[str, Definition]


@dataclass(frozen=True, slots=True)
class Row:
    """One measure of the scorecard."""

    measure: Definition
    window: Period
    whole: Whole
    standing: Standing
    direction: Direction
    standards: Standards | None
    since_a_year: bool = False
    asked: int = 0
    not_held: int = 0

    @property
    def complete(self) -> str:
        """How many agencies are in it: ``7 of 9 agencies; 1 does not hold it``."""
        of = max(self.asked, self.whole.given)
        if not of:
            return "Nobody is asked" if not self.not_held else "Nobody holds it"
        said = f"{self.whole.given} of {of} {'agency' if of == 1 else 'agencies'}"
        if self.not_held:
            said += f"; {self.not_held} {'does' if self.not_held == 1 else 'do'} not hold it"
        return said

    @property
    def partial(self) -> bool:
        """Whether somebody’s figure is lacking."""
        return self.whole.given < self.asked or bool(self.whole.lacking)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Every measure that has a figure, or that somebody is asked for."""

    wanted: Wanted
    rows: tuple[Row, ...]
    known: Known
    decided: Decided
    agencies: Mapping[UUID, str] = field(default_factory=dict)


def held(board: Board) -> Held:
    """What there is to choose from: five questions."""
    measures = catalogue_of(board)
    values = series.in_force(board).order_by()
    last: dict[Basis, date] = {}
    for code, end in values.values_list("measure").annotate(last=Max("period_end")):
        measure = measures.get(code)
        if measure is not None:
            basis = spans.basis_of(measure)
            last[basis] = max(end, last.get(basis, end))
    places = set(values.filter(breakdown=PLACES).values_list("label", flat=True).distinct())
    areas = set(values.filter(area__isnull=False).values_list("area", flat=True).distinct())
    found = spans.bases(measures[c] for c in measures if spans.basis_of(measures[c]) in last)
    # Every later question about the board's areas is answered from these.
    prefetch_related_objects([board], "areas")
    named = sorted(board.areas.all(), key=lambda area: area.name)
    return Held(last, tuple(a for a in named if a.id in areas), tuple(sorted(places)), tuple(found), measures)


def agencies_of(board: Board) -> dict[UUID, str]:
    """The agencies that ever answered to a board, by name: one question."""
    return dict(Agency.objects.filter(boards=board).order_by("name").distinct().values_list("id", "name"))


def scorecard(wanted: Wanted, measures: Mapping[str, Definition], agencies: Mapping[UUID, str]) -> Scorecard:
    """The scorecard: five questions."""
    mine = {code: each for code, each in measures.items() if spans.basis_of(each) == wanted.basis}
    known = Known(agencies, comparing.populations(wanted.board, _area_code(wanted)))
    made = decided(wanted.board)
    asked = asked_for(wanted.board, wanted.window(), wanted.agency)
    lines = _lines(wanted, mine)
    rows = []
    for code, measure in mine.items():
        own = lines.get(code, [])
        owed = asked.get(code, [])
        if own or owed:
            rows.append(row(wanted, measure, own, owed, known, made))
    return Scorecard(wanted, tuple(rows), known, made, agencies)


def _lines(wanted: Wanted, measures: Mapping[str, Definition]) -> dict[str, list[Line]]:
    """The series the figures of a scorecard are made of: the sums of three periods where that is all there is to it,
    and line by line for the rest."""
    back = spans.year_ago(spans.year_ago(Period(wanted.period.start, wanted.period.end))).start
    if wanted.span is not Span.SINGLE:
        return series.by_measure(with_own(wanted, measures=measures, first=back, last=wanted.period.end))
    windows = [wanted.period, wanted.earlier, spans.year_ago(wanted.period)]
    alone = {code for code, each in measures.items() if line_by_line(each)}
    found = sums.summed(
        values_of(wanted), measures=set(measures) - alone, windows=windows, months=wanted.period.months,
        breakdown=PLACES if wanted.place else "", same_senders=True,
    )  # fmt: skip
    rest = with_own(wanted, measures=found.rest | alone, first=back, last=wanted.period.end)
    return {**{code: [line] for code, line in found.lines.items()}, **series.by_measure(rest)}


def line_by_line(measure: Definition) -> bool:
    """Whether the database cannot add it up: a middle value, twelve months, or what the system works out itself."""
    return measure.aggregation in ("median", "rolling") or measure.code == RECEIVED_IN_TIME


def with_own(wanted: Wanted, *, measures: Collection[str], first: date, last: date) -> list[Line]:
    """The series a page is of, with those the system works out itself: two questions."""
    found = narrowed(wanted, measures=measures, first=first, last=last)
    part = wanted.area is not None or bool(wanted.place)
    return worked_out(wanted.board, measures, found, last=last, agency=wanted.agency, of_part=part)


def narrowed(
    wanted: Wanted,
    *,
    measures: Iterable[str],
    first: date | None = None,
    last: date | None = None,
    breakdowns: Sequence[str] = (),
) -> list[Line]:
    """The series a page is of: one question."""
    values = values_of(wanted)
    of = breakdowns or ((PLACES,) if wanted.place else ("",))
    found = series.lines(values, measures=measures, first=first, last=last, breakdowns=of)
    if wanted.area is not None:
        # Of one area its own figures are the whole.
        for line in found:
            line.area = None
    return found


def values_of(wanted: Wanted) -> QuerySet[Value]:
    """The values in force that a page is of."""
    values = series.in_force(wanted.board)
    if wanted.agency is not None:
        values = values.filter(agency=wanted.agency)
    if wanted.area is not None:
        values = values.filter(area=wanted.area)
    if wanted.place:
        values = values.filter(breakdown=PLACES, label=wanted.place)
    return values


def row(
    wanted: Wanted, measure: Definition, lines: Sequence[Line], owed: Sequence[Asked], known: Known, made: Decided
) -> Row:  # fmt: skip
    """One measure, put together, judged and set beside the period before and a year ago."""
    window = wanted.window(measure)
    now = pooled.whole(lines, measure, window, known) if lines else NOTHING
    standards = made.standards(measure.code, measure.polarity, window.end)
    rolling = measure.aggregation == "rolling" and wanted.basis.grain != "years"
    earlier = spans.year_ago(window) if rolling else wanted.earlier
    since = "the twelve months before" if rolling else wanted.since
    return Row(
        measure, window, now, standing.standing(now.figure, measure, standards),
        moved(lines, measure, now, window, earlier, since, standards, known), standards, rolling,
        sum(1 for each in owed if not each.not_held), sum(1 for each in owed if each.not_held),
    )  # fmt: skip


def a_year_ago(one: Row, lines: Sequence[Line], known: Known) -> Direction:
    """How the figure moved since the same days a year earlier."""
    earlier = spans.year_ago(one.window)
    return moved(lines, one.measure, one.whole, one.window, earlier, "a year ago", one.standards, known)


def moved(
    lines: Sequence[Line], measure: Definition, now: Whole, window: Period, earlier: Period, since: str,
    standards: Standards | None, known: Known,
) -> Direction:  # fmt: skip
    """How a figure moved since an earlier window; not compared across a change of what is counted."""
    before = pooled.whole(lines, measure, earlier, known) if lines else NOTHING
    same = len(now.versions | before.versions) < 2 and not any(
        each.from_on is not None and earlier.end < each.from_on <= window.end for each in measure.breaks
    )
    return standing.direction(
        now.figure, before.figure, measure, since=since, standards=standards, comparable=same
    )


def asked_for(board: Board, window: Period, agency: UUID | None = None) -> dict[str, list[Asked]]:
    """Who is asked for what over a window: one question."""
    rows = Asked.objects.filter(board=board, from_on__lte=window.end).filter(
        Q(to_on=None) | Q(to_on__gte=window.start)
    )
    if agency is not None:
        rows = rows.filter(agency=agency)
    found: dict[str, list[Asked]] = {}
    for each in rows:
        found.setdefault(each.measure, []).append(each)
    return found


def _area_code(wanted: Wanted) -> str:
    """The published code of the area a page is narrowed to; empty for the whole board."""
    if wanted.area is None:
        return ""
    return Area.objects.filter(pk=wanted.area).values_list("code", flat=True).first() or ""


def of_agency(wanted: Wanted, agency: UUID) -> Wanted:
    """The same of one agency alone."""
    return replace(wanted, agency=agency)
