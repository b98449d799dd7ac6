"""Everything a report stands on, at one moment: figures with their standing, words, sources, and what was promised.

What is kept is plain text and exact fractions, so that a report says the same for ever: later figures, targets and
definitions change nothing of it. Read by whoever runs the report, who sees every agency's figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.catalogue.words import THEMES
from wholestory.indicators.models import Commentary, Value
from wholestory.indicators.queries import came, comparing, pooled, scorecard, series
from wholestory.indicators.queries.charted import Charted, charted
from wholestory.indicators.queries.comparing import Comparison
from wholestory.indicators.queries.decided import Decided, decided
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.queries.pooled import Known
from wholestory.indicators.queries.series import Line
from wholestory.indicators.rules import spans, standing
from wholestory.indicators.rules.figures import Figure, in_words, shown
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.spans import Basis
from wholestory.partners.models import Board
from wholestory.performance.queries import around
from wholestory.performance.queries.moved import as_series
from wholestory.performance.rules.frozen_series import as_kept

#: How the frozen figures are laid out; a reader of older ones asks for it.
LAYOUT = 1
#: Periods of a series that are kept.
BACK = 20


@dataclass(frozen=True, slots=True)
class _Around:
    """What every measure needs, asked for once."""

    board: Board
    known: Known
    made: Decided
    published: comparing.Known
    said: Mapping[tuple[UUID, str], Commentary]
    sources: Mapping[str, Sequence[Value]]


def frozen(board: Board, period: Period, today: date) -> dict[str, Any]:
    """The figures of a quarter, and what goes with them. The number of questions does not grow with the figures."""
    measures = catalogue_of(board)
    agencies = scorecard.agencies_of(board)
    about = _Around(
        board, Known({**agencies}, comparing.populations(board)), decided(board),
        comparing.known(board, measures.values(), period.end), _said(board, period), _sources(board, period),
    )  # fmt: skip
    found: list[dict[str, Any]] = []
    for basis in spans.bases(measures.values()):
        of = basis.holding(period.end) if basis.grain == "quarters" else basis.last_before(period.end)
        if of.end >= period.start:
            found += _of_basis(about, measures, basis, of)
    order = list(measures)
    found.sort(key=lambda one: order.index(one["code"]))
    return {
        "layout": LAYOUT,
        "board": board.name,
        "invented": board.is_example,
        "period": [period.start.isoformat(), period.end.isoformat()],
        "on": today.isoformat(),
        "measures": found,
        **around.late(board, period, today),
    }


def _of_basis(
    about: _Around, measures: Mapping[str, Definition], basis: Basis, period: Period
) -> list[dict[str, Any]]:
    wanted = scorecard.Wanted(about.board, basis, period)
    mine = {code: each for code, each in measures.items() if spans.basis_of(each) == basis}
    asked = scorecard.asked_for(about.board, wanted.window())
    first = basis.before(period, scorecard.BACK).start
    lines = series.by_measure(scorecard.narrowed(wanted, measures=mine, first=first, last=period.end))
    found = []
    for code, measure in mine.items():
        own, owed = lines.get(code, []), asked.get(code, [])
        if not own and not owed:
            continue
        row = scorecard.row(wanted, measure, own, owed, about.known, about.made)
        drawn = charted(own, measure, period, basis, about.known, about.made, back=BACK) if own else None
        found.append(_measure(about, wanted, row, own, drawn))
    return found


def _measure(
    about: _Around, wanted: scorecard.Wanted, row: scorecard.Row, lines: Sequence[Line], drawn: Charted | None
) -> dict[str, Any]:
    measure, figure = row.measure, row.whole.figure
    # A quarter's rate of events never stands beside a year's.
    beside = Comparison() if comparing.by_the_year(measure) else comparing.compared(about.published, measure)
    a_year = scorecard.moved(
        lines,
        measure,
        row.whole,
        row.window,
        spans.year_ago(row.window),
        "a year ago",
        row.standards,
        about.known,
    )
    return {
        "code": measure.code, "version": row.whole.version or measure.version, "title": measure.title,
        "theme": measure.theme, "theme_title": THEMES.get(measure.theme, measure.theme), "tier": measure.tier,
        "unit": measure.unit, "unit_words": measure.unit_words, "polarity": measure.polarity,
        "multiplier": measure.multiplier, "aggregation": measure.aggregation,
        "denominator_of": measure.denominator,
        "small": measure.small_numbers, "period": wanted.named,
        "value": in_words(figure, measure), **_numbers(figure), **_standing(row.standing),
        "target": _target(row), "direction": row.direction.words, "moved": row.direction.sentence,
        "better": row.direction.better, "a_year": a_year.sentence, "complete": row.complete,
        "partial": row.partial, "lacking": [each.label for each in row.whole.lacking],
        "mark": row.whole.mark_words, "made": row.whole.sentence,
        "chart": None if drawn is None else {
            "label": drawn.label, "signal": drawn.reading.signal, "said": drawn.reading.headline,
        },
        "series": None if drawn is None else as_kept(as_series(drawn, measure)),
        "england": _beside(beside.england, measure), "neighbours": _beside(beside.neighbours, measure),
        "agencies": _agencies(about, row, lines),
        "sources": [_source(each, about, measure) for each in about.sources.get(measure.code, ())
                    if row.window.start <= each.period_start and each.period_end <= row.window.end],
    }  # fmt: skip


def _numbers(figure: Figure) -> dict[str, str]:
    """The counts as exact text; empty where there is none."""
    return {
        name: "" if number is None else str(Fraction(number))
        for name, number in (
            ("numerator", figure.numerator), ("denominator", figure.denominator), ("amount", figure.amount),
            ("percentage", figure.percentage),
        )
    }  # fmt: skip


def _standing(found: standing.Standing) -> dict[str, Any]:
    return {
        "kind": found.kind.value, "status": found.status.value, "colour": found.colour, "words": found.words,
        "sentence": found.sentence, "below": found.below_standard,
    }  # fmt: skip


def _target(row: scorecard.Row) -> str:
    standards, measure = row.standards, row.measure
    if standards is None or not standards.set_for(measure.polarity):
        return ""
    if measure.polarity == "B":
        return standards.band_words(measure)
    least = "at least" if measure.polarity == "H" else "at most"
    return f"{least} {shown(standards.target or 0, measure)}"


def _beside(found: comparing.Beside | None, measure: Definition) -> str:
    if found is None:
        return ""
    value = found.symbol or "none" if found.value is None else shown(found.value, measure)
    return f"{value} ({found.year}; {found.release})"


def _agencies(about: _Around, row: scorecard.Row, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Each agency's own figure and how it stands, with what the agency said of it."""
    found = []
    for agency, whole in pooled.by_agency(lines, row.measure, row.window, about.known).items():
        if agency is None:
            continue
        stands = standing.standing(whole.figure, row.measure, row.standards)
        said = about.said.get((agency, row.measure.code))
        found.append(
            {
                "key": str(agency), "name": about.known.names.get(agency, ""),
                "value": in_words(whole.figure, row.measure), **_numbers(whole.figure), **_standing(stands),
                "mark": whole.mark_words, "said": None if said is None else _words(said),
            }
        )  # fmt: skip
    return sorted(found, key=lambda one: str(one["name"]).casefold())


def _words(said: Commentary) -> dict[str, str]:
    return {
        "changed": said.what_changed, "why": said.why, "so_what": said.so_what, "next": said.what_next,
        "confidence": str(said.get_confidence_display() if said.confidence else ""),
        "by": said.by.full_name, "on": said.at.date().isoformat(),
    }  # fmt: skip


def _said(board: Board, period: Period) -> dict[tuple[UUID, str], Commentary]:
    """The newest words for each agency and measure of the period: one query."""
    rows = Commentary.objects.filter(
        of_return__board=board, period_end__gte=period.start, period_end__lte=period.end
    )
    return {
        (row.agency_id, row.measure): row for row in rows.select_related("by").order_by("at", "created_at")
    }


def _sources(board: Board, period: Period) -> dict[str, list[Value]]:
    """Every figure in force of the period and the two years before its end, with what it was sent in: one query."""
    first = spans.year_ago(spans.year_ago(period)).end
    rows = series.in_force(board).filter(breakdown="", period_start__gte=first, period_end__lte=period.end)
    rows = rows.select_related("submission__record", "submission__of_return__record", "agency")
    found: dict[str, list[Value]] = {}
    for row in rows.order_by("period_start", "agency"):
        found.setdefault(row.measure, []).append(row)
    return found


def _sent(figure: Figure, measure: Definition) -> str:
    """What was sent, also where nothing can be worked out from it yet: a number without what it is of."""
    if figure.numerator is not None and figure.denominator is None and figure.percentage is None:
        return f"{float(figure.numerator):,g}"
    return in_words(figure, measure)


def _source(value: Value, about: _Around, measure: Definition) -> dict[str, Any]:
    """Where one number comes from: return, file, version and rule."""
    sent = value.submission
    own_way = came.own_way(sent, value)
    figure = Figure(value.numerator, value.denominator, value.amount, value.percentage, value.nothing)
    return {
        "agency": "" if value.agency_id is None else str(value.agency_id),
        "name": pooled.BOARD if value.agency is None else value.agency.name,
        "period": Period(value.period_start, value.period_end).label,
        "value": _sent(figure, measure), "submission": sent.record.reference,
        "return": sent.of_return.record.reference if sent.of_return else "", "number": sent.number,
        "source": own_way or str(sent.get_source_display()), "file": "" if own_way else sent.file_name,
        "sha256": "" if own_way else sent.sha256, "sent": sent.at.date().isoformat(), "place": value.place,
        "rule": "" if own_way else value.rule,
        "version": f"{value.measure}@{value.version}",
    }  # fmt: skip
