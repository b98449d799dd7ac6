"""The drawing of a series: safe for a strict page, complete without colour, with its table and description."""

from __future__ import annotations

import struct
from datetime import date
from decimal import Decimal
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from tests.indicators.rules.measures import Small, number, share
from tests.indicators.rules.series import quarter, quarters
from tests.indicators.rules.test_charting import EVEN, WORKED, days_of
from wholestory.govuk.charts.drawing import SHAPES, apart, ticks_between
from wholestory.indicators.charts.picture import Picture
from wholestory.indicators.charts.slides import HIGH, WIDE, png, slide
from wholestory.indicators.charts.spc import MARKS, Moment, place_of, spc
from wholestory.indicators.rules.charting import chart
from wholestory.indicators.rules.charts import Begin, Series
from wholestory.indicators.rules.figures import Figure
from wholestory.indicators.rules.reading_charts import LABELS

SVG = "{http://www.w3.org/2000/svg}"


def picture(series: Series, title: str = "Referrals") -> Picture:
    return spc(chart(series), series.measure, title)


SHIFT = quarters([*EVEN, 44, 45, 44, 45, 44, 45, 44], number("L"), baseline_points=13)


@pytest.mark.parametrize(
    "series",
    [
        SHIFT, quarters([(30, 60)] * 14, share(), target=Fraction(85)), quarters([None], number()),
        quarters([3, None], number()), quarters([0] * 14, number("L")), quarters([(60, 60)] * 14, share()),
        quarters([*EVEN, *EVEN], number(), begins=(Begin(13, "New <system>", definition=True),)),
        quarters([1, 0, 2], number("L"), events=days_of(WORKED)),
        quarters([Figure(percentage=Decimal("81"))] * 3, share()),
        quarters([100_000 + at % 3 for at in range(14)], number()),
    ],
)  # fmt: skip
def test_every_chart_is_drawn_and_safe_for_a_strict_page(series: Series) -> None:
    made = picture(series, "A <b>title</b> & more")
    tree = ElementTree.fromstring(made.svg)
    assert not tree.findall(f".//{SVG}b")
    assert not tree.findall(f".//{SVG}script")
    for each in tree.iter():
        assert not {"style", "class", "onload", "href"} & set(each.attrib)
        for name in ("x", "y", "x1", "y1", "x2", "y2", "cx", "cy"):
            if name in each.attrib:
                assert -1 <= float(each.attrib[name]) <= 761
    assert len(made.rows) == len(chart(series).points)
    assert {len(row) for row in made.rows} == {len(made.columns)}
    assert made.alt.startswith("A <b>title</b> & more. ")
    # Read out once: the drawing says its title by itself.
    assert tree.attrib["aria-label"] == made.alt


def test_a_signal_has_a_shape_a_word_and_a_place_in_the_key() -> None:
    made = picture(SHIFT)
    words = [each.text for each in ElementTree.fromstring(made.svg).iter(f"{SVG}text")]
    assert "Concern" in words
    assert "run on one side" in words
    assert made.rows[-1][-1] == "concern: run on one side"
    assert "Seven quarters in a row above the average" in made.alt
    assert set(MARKS) | {"trend"} == set(LABELS)
    assert set(MARKS.values()) <= set(SHAPES)
    assert len(set(MARKS.values())) == len(MARKS)


def test_the_table_holds_what_is_drawn_and_the_kinds_of_nothing() -> None:
    made = picture(quarters([*EVEN, None, Figure(nothing="not_held")], number()))
    assert made.columns == (
        "Period", "Value", "Lower limit", "Average", "Upper limit", "What the point says",
    )  # fmt: skip
    # Limits of EVEN: 532/13 = 40.9, and 2.66 x 40/12 = 8.87 either side.
    assert made.rows[0] == ("Q1 2012-13", "40", "32.1", "40.9", "49.8", "usual variation")
    assert [row[1] for row in made.rows[-2:]] == ["not supplied", "not held by the agency"]
    words = [each.text for each in ElementTree.fromstring(made.svg).iter(f"{SVG}text")]
    assert {"not supplied", "not held"} <= set(words)


def test_percentages_are_drawn_within_nought_and_a_hundred() -> None:
    made = picture(quarters([(58, 64)] * 14, share()))
    # 90.6% of 64: the upper limit would be 101.6.
    assert made.rows[0][4] == "100.0%"
    assert "Limit 100" not in made.svg


def test_trial_limits_breaks_and_a_cut_scale_are_told() -> None:
    begins = (Begin(13, "Counted by child", definition=True),)
    made = picture(quarters([*EVEN, *EVEN[:9]], number(), begins=begins))
    assert "limits for trial, from 9 points" in made.svg
    assert "definition changed" in made.svg
    assert "Q2 2015-16: the definition changed, because Counted by child." in made.notes
    cut = picture(quarters([1000, 1010, 1005] * 5, number()))
    assert "The scale does not begin at 0." in cut.notes
    assert "the scale does not begin at 0" in cut.svg


def test_a_moment_is_marked_and_told() -> None:
    ends = [quarter(at)[1] for at in range(len(EVEN))]
    # The middle of the second quarter, 15 August 2012, is 46 of its 92 days.
    assert place_of(ends, date(2012, 8, 15)) == pytest.approx(1.0)
    assert place_of(ends, date(2000, 1, 1)) == -0.5
    assert place_of(ends, date(2030, 1, 1)) == 12.5
    made = spc(
        chart(quarters(EVEN, number())),
        number(),
        "Referrals",
        [Moment(1.0, "New front door"), Moment(12.4, "Report")],
    )
    words = [each.text for each in ElementTree.fromstring(made.svg).iter(f"{SVG}text")]
    assert {"New front door", "Report"} <= set(words)
    assert "New front door: marked at Q2 2012-13." in made.notes
    assert "New front door: marked at Q2 2012-13." in made.alt


def test_days_between_events_are_closed() -> None:
    made = picture(quarters([1, 0, 2], number("L"), events=days_of(WORKED)))
    assert made.closed
    assert made.columns[1] == "Days"
    assert not picture(SHIFT).closed


def test_a_slide_is_sixteen_by_nine_and_never_cuts_a_sentence() -> None:
    long = "This sentence is rather long and goes on and on, so that not many like it fit in three lines. "
    made = picture(SHIFT, "Children <missing>")
    drawn = slide(made, said=["First.", long * 4, "Last."], below="Example: invented")
    ElementTree.fromstring(drawn)
    assert "First." in drawn
    assert "Last." not in drawn
    assert "Example: invented" in drawn
    head = png(made, said=["One."], below="Example: invented")[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (1920, 1080)
    assert WIDE * 9 == HIGH * 16


def test_scales_are_round_and_hold_what_is_shown() -> None:
    assert ticks_between(3, 48) == [0, 10, 20, 30, 40, 50]
    assert ticks_between(82, 97) == [80, 85, 90, 95, 100]
    for low, high in ((0, 0), (5, 5), (-3, 8), (99.5, 99.5), (0.2, 0.21)):
        marks = ticks_between(low, high)
        assert marks[0] <= low
        assert marks[-1] >= high
        assert len(marks) > 1


def test_labels_are_moved_apart() -> None:
    assert apart([100, 102, 50], 15, 0, 200) == [100, 115, 50]
    squeezed = apart([198, 199, 200], 15, 0, 200)
    assert squeezed == [170, 185, 200]


def test_a_ratio_is_drawn_too() -> None:
    ratio = Small("ratio", "L", 1, "sum", "children")
    assert picture(quarters([(60, 20), (66, 22)] * 7, ratio)).rows[0][1] == "3.00"
