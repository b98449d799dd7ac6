"""Figures in force as series, and put together: always from counts, and no kind of nothing ever a number."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.indicators.people import Figures
from wholestory import ledger
from wholestory.indicators.catalogue import Definition, load
from wholestory.indicators.models import Nothing, Value
from wholestory.indicators.queries import charted, labels, pooled, scorecard, series, sums
from wholestory.indicators.queries.pooled import Known
from wholestory.indicators.rules import pooling
from wholestory.indicators.rules.figures import Figure, Kind, worth
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.pooling import Piece
from wholestory.indicators.rules.spans import Basis, Span, named, short, window, year_ago
from wholestory.partners.models import Agency

pytestmark = pytest.mark.django_db

QUARTERS = Basis("financial", "quarters")
Q3 = Period(date(2015, 10, 1), date(2015, 12, 31))
SHARE, NUMBER, SNAPSHOT = (load().get(code) for code in ("C07", "B01", "B05"))


def known() -> Known:
    return Known(dict(Agency.objects.values_list("id", "name")))


def of(figures: Figures, measure: Definition, period: Period) -> pooled.Whole:
    with figures.acting():
        found = series.lines(series.in_force(figures.world.board), measures=[measure.code])
        return pooled.whole(found, measure, period, known())


def test_a_quarter_of_two_agencies_is_of_both_counts(figures: Figures) -> None:
    figures.series("police", "C07", [(10, 100)])
    figures.series("health", "C07", [(30, 60)])
    found = of(figures, SHARE, Q3)
    # 40 of 160 is 25%; the mean of 10% and 50% would be 30%.
    assert worth(found.figure, SHARE).value == 25
    assert (found.figure.numerator, found.figure.denominator, found.given) == (40, 160, 2)


def test_a_rolling_year_is_of_its_four_quarters_counts(figures: Figures) -> None:
    figures.series("police", "C07", [(1, 10), (2, 10), (3, 10), (14, 30)])
    found = of(figures, SHARE, window(Q3, Span.ROLLING, "financial"))
    assert worth(found.figure, SHARE).value == Fraction(20, 60) * 100


def test_a_year_to_date_begins_in_april(figures: Figures) -> None:
    figures.series("police", "B01", [(5, None), (7, None), (11, None), (13, None)])
    found = of(figures, NUMBER, window(Q3, Span.TO_DATE, "financial"))
    # April to December: the last three quarters, not the one before April.
    assert found.figure.numerator == 7 + 11 + 13


def test_snapshots_are_never_added_up(figures: Figures) -> None:
    figures.series("police", "B05", [(50, None), (60, None), (70, None), (80, None)])
    assert of(figures, SNAPSHOT, window(Q3, Span.ROLLING, "financial")).figure.numerator == 80


def test_snapshots_of_two_agencies_are(figures: Figures) -> None:
    figures.series("police", "B05", [(80, None)])
    figures.series("health", "B05", [(5, None)])
    assert of(figures, SNAPSHOT, Q3).figure.numerator == 85


@pytest.mark.parametrize("nothing", list(Nothing))
def test_no_kind_of_nothing_is_a_number(figures: Figures, nothing: Nothing) -> None:
    sent = figures.series("police", "B01", [(1, None)])
    with figures.acting():
        ledger.line("indicators.brought_in", board_id=figures.world.board.id)
        Value.objects.create(
            circle=sent.circle, office=sent.office, submission=sent, board=sent.board, agency=sent.agency,
            measure="C07", version=1, period_start=Q3.start, period_end=Q3.end, nothing=nothing, in_force=True,
        )  # fmt: skip
    found = of(figures, SHARE, Q3)
    assert found.figure.empty
    assert worth(found.figure, SHARE).kind == Kind(nothing.value)


def test_a_zero_is_a_zero(figures: Figures) -> None:
    figures.series("police", "C07", [(0, 40)])
    assert worth(of(figures, SHARE, Q3).figure, SHARE).kind is Kind.ZERO


def test_nothing_of_nothing_does_not_apply(figures: Figures) -> None:
    figures.series("police", "C07", [(0, 0)])
    assert worth(of(figures, SHARE, Q3).figure, SHARE).kind is Kind.NOT_APPLICABLE


def test_a_year_with_a_quarter_lacking_is_no_year(figures: Figures) -> None:
    figures.series("police", "C07", [(1, 10), (2, 10), (3, 10)])
    found = of(figures, SHARE, window(Q3, Span.ROLLING, "financial"))
    assert found.figure.empty
    assert "Jan to Mar 2015" in found.sentence


def test_an_agency_that_lacks_is_named(figures: Figures) -> None:
    figures.series("police", "C07", [(1, 10), (2, 10), (3, 10), (4, 10)])
    figures.series("health", "C07", [(9, 10)])
    found = of(figures, SHARE, window(Q3, Span.ROLLING, "financial"))
    assert (found.figure.numerator, found.given) == (10, 1)
    assert figures.world.agencies["health"].name in found.sentence


def test_everybodys_figure_stands_in_and_is_never_added(figures: Figures) -> None:
    """An earlier scorecard has one figure of everybody for the first two quarters, the police sent the next two."""
    figures.series("police", "C07", [(10, 100), (10, 100)])
    with figures.acting():
        found = series.lines(series.in_force(figures.world.board))
    (line,) = found
    everybody = series.Line("C07", None, None, "", "")
    for start, end in ((date(2015, 1, 1), date(2015, 3, 31)), (date(2015, 4, 1), date(2015, 6, 30)),
                       (date(2015, 10, 1), date(2015, 12, 31))):  # fmt: skip
        everybody.cells[start, end] = series.Cell(0, 50 * series.SCALE, 100 * series.SCALE, 0, 1)
    year = window(Q3, Span.ROLLING, "financial")
    whole = pooled.whole([line, everybody], SHARE, year, Known({}))
    assert (whole.figure.numerator, whole.figure.denominator) == (50 + 50 + 10 + 10, 400)
    assert pooled.whole([line, everybody], SHARE, Q3, Known({})).figure == Figure(10, 100)


def test_the_quick_sum_and_the_rule_agree(figures: Figures) -> None:
    sent = {"police": (3, 17), "health": (5, 40), "charity": (0, 9)}
    for agency, counts in sent.items():
        figures.series(agency, "C07", [counts])
    by_rule = pooling.across([Piece(name, Figure(*counts)) for name, counts in sent.items()], SHARE)
    found = of(figures, SHARE, Q3)
    assert (found.figure.numerator, found.figure.denominator) == (8, 66)
    assert worth(found.figure, SHARE) == worth(by_rule.figure, SHARE)


def test_a_rate_is_on_the_published_population_once() -> None:
    """Four quarters of 25 enquiries each among 50,000 children are 20 per 10,000 a year: not among 200,000."""
    enquiries = load().get("D02")
    line = series.Line("D02", None, None, "", "")
    for period in QUARTERS.run(Q3, 4):
        line.cells[period.start, period.end] = series.Cell(0, 25 * series.SCALE, None, 0, 1)
    people = Known({}, {"0_17": [(date(2014, 6, 30), 49_000), (date(2015, 6, 30), 50_000)]})
    year = pooled.whole([line], enquiries, window(Q3, Span.ROLLING, "financial"), people)
    assert worth(year.figure, enquiries).value == 20
    early = pooled.whole([line], enquiries, QUARTERS.before(Q3, 3), people)
    assert early.figure.denominator == 49_000
    unknown = pooled.whole([line], enquiries, Q3, Known({}))
    assert worth(unknown.figure, enquiries).value is None


def test_labels_name_their_year() -> None:
    assert short(Q3, "financial") == "Q3 2015-16"
    assert short(Q3, "academic") == "Oct to Dec 2015"
    assert (
        named(window(Q3, Span.TO_DATE, "financial"), Span.TO_DATE, "financial")
        == "2015-16 to the end of December"
    )
    assert (
        named(window(Q3, Span.ROLLING, "financial"), Span.ROLLING, "financial")
        == "12 months to December 2015"
    )
    assert year_ago(Q3) == Period(date(2014, 10, 1), date(2014, 12, 31))
    assert year_ago(Period(date(2016, 1, 1), date(2016, 2, 29))) == Period(
        date(2015, 1, 1), date(2015, 2, 28)
    )
    assert QUARTERS.last_before(date(2016, 3, 30)) == Q3
    assert QUARTERS.last_before(date(2016, 3, 31)).end == date(2016, 3, 31)
    assert Basis("financial", "years").last_before(date(2016, 3, 30)).end == date(2015, 3, 31)


def test_sums_of_the_database_and_line_by_line_agree(figures: Figures) -> None:
    """Police and health together every quarter; B01 of one agency; C04 with a quarter that one of them did not send."""
    figures.series("police", "C07", [(n, 50) for n in (9, 12, 10, 11, 30, 8, 9, 10, 12, 11, 9, 10, 13, 30)])
    figures.series("health", "C07", [(n, 40) for n in (9, 8, 10, 11, 13, 8, 9, 10, 12, 11, 9, 10, 13, 28)])
    figures.series("police", "B01", [(n, None) for n in range(20, 34)])
    figures.series("police", "C04", [(20, 40)] * 14)
    figures.series("health", "C04", [(10, 40)] * 3, last=date(2015, 6, 30))
    board = figures.world.board
    chosen = {code: load().get(code) for code in ("C07", "B01", "C04", "D09")}
    with figures.acting():
        wanted = scorecard.Wanted(board, QUARTERS, Q3)
        card = scorecard.scorecard(wanted, chosen, scorecard.agencies_of(board))
        said = labels.labels(card, list(chosen.values()))
        lines = series.by_measure(series.lines(series.in_force(board)))
        for row in card.rows:
            own = lines[row.measure.code]
            apart = pooled.whole(own, row.measure, Q3, card.known)
            assert (row.whole.figure, row.whole.given) == (apart.figure, apart.given)
            alone = charted.charted(own, row.measure, Q3, QUARTERS, card.known, card.decided)
            assert alone is not None
            assert said[row.measure.code] == alone.label
        assert [row.measure.code for row in card.rows] == ["C07", "B01", "C04"]
        assert said["D09"] == labels.NONE_YET
        assert sums.summed(
            series.in_force(board), measures=["C07", "C04"], windows=[Q3, QUARTERS.before(Q3, 2)], months=3,
            same_senders=True,
        ).rest == {"C04"}  # fmt: skip


def test_a_kind_of_nothing_is_never_summed(figures: Figures) -> None:
    sent = figures.series("police", "C07", [(10, 50)])
    with figures.acting():
        ledger.line("indicators.brought_in", board_id=figures.world.board.id)
        Value.objects.create(
            circle=sent.circle, office=sent.office, submission=sent, board=sent.board,
            agency=figures.world.agencies["health"], measure="C07", version=1, period_start=Q3.start,
            period_end=Q3.end, nothing=Nothing.NOT_SUPPLIED, in_force=True,
        )  # fmt: skip
        found = sums.summed(series.in_force(figures.world.board), measures=["C07"], windows=[Q3], months=3)
    assert found.rest == {"C07"}
    assert not found.lines
