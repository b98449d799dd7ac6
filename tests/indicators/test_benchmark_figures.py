"""The published tables, read as they were published. Expected values are the publishers' own, or worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.indicators.shipped_figures import PETERBOROUGH, everything, one_decimal, value
from wholestory.indicators.benchmarks import (
    ENGLAND,
    published,
    read,
    shipped,
)
from wholestory.indicators.benchmarks.areas import authorities, known
from wholestory.indicators.benchmarks.tables import tool_measures
from wholestory.indicators.catalogue import load
from wholestory.statistics.rounding import rounded


def test_every_shipped_file_reads_without_a_fault():
    for file in shipped.files():
        reading = file.read()
        assert reading.faults == [], file.file
        assert reading.figures or reading.neighbours


@pytest.mark.parametrize(
    ("measure", "year", "numerator", "expected"),
    [
        ("c1-rereferrals", 2024, 713, "19.2"),
        ("c1-rereferrals", 2025, 761, "19.8"),
        ("c2-assessments-within-45-days", 2024, 2615, "83.3"),
        ("c4-conferences-within-15-days", 2024, 434, "93.5"),
        ("d6-reviewed-in-time", 2024, 139, "93.9"),
        ("d3-second-or-later", 2024, 93, "22.6"),
        ("d3-second-or-later", 2025, 85, "25.4"),
    ],
)
def test_peterborough_as_published(measure: str, year: int, numerator: int, expected: str):
    assert one_decimal(measure, PETERBOROUGH, year) == Decimal(expected)
    assert everything()[measure, PETERBOROUGH, year].numerator == numerator


@pytest.mark.parametrize(
    ("measure", "year", "count"),
    [
        ("c1-referrals", 2024, 3708), ("c1-referrals", 2025, 3850), ("c2-assessments", 2024, 3138),
        ("c4-section-47", 2024, 970), ("c4-conferences", 2024, 464), ("d1-open-at-end", 2024, 277),
        ("d5-open-at-end", 2025, 222), ("d1-started", 2024, 412), ("d3-started", 2025, 335),
        ("cla-open-at-end", 2024, 422), ("cla-open-at-end", 2025, 416),
    ],
)  # fmt: skip
def test_peterborough_counts_as_published(measure: str, year: int, count: int):
    assert everything()[measure, PETERBOROUGH, year].numerator == count


def test_the_median_assessment_took_33_days():
    assert value("c2-median-days", PETERBOROUGH, 2024) == 33


@pytest.mark.parametrize(
    ("measure", "year", "numerator", "expected"),
    [
        ("c1-rereferrals", 2025, 142_900, "22.6"),
        ("c1-rereferrals", 2024, 139_080, "22.4"),
        ("c1-rereferrals-children", 2025, 116_950, "21.0"),
        ("c1-no-further-action", 2025, 41_340, "6.5"),
        ("c1-not-in-need", 2025, 194_620, "30.8"),
        ("d7-two-years", 2020, 2_400, "3.6"),
        ("cla-open-at-end", 2024, 83_530, "69"),
        ("cla-open-at-end", 2025, 81_770, "67"),
    ],
)
def test_england_as_published(measure: str, year: int, numerator: int, expected: str):
    figure = everything()[measure, ENGLAND, year]
    assert (figure.numerator, figure.value) == (numerator, Decimal(expected))


@pytest.mark.parametrize(
    ("measure", "year", "count"),
    [
        ("c1-referrals", 2024, 621_880), ("c1-referrals", 2025, 632_830), ("b1-open-at-end", 2018, 404_710),
        ("c4-section-47", 2020, 201_000), ("c4-section-47", 2023, 225_400), ("c4-conferences", 2020, 77_470),
        ("c4-conferences", 2023, 74_380), ("d1-open-at-end", 2020, 51_510), ("d5-open-at-end", 2025, 49_420),
        ("d3-started", 2025, 61_840),
    ],
)  # fmt: skip
def test_england_counts_as_published(measure: str, year: int, count: int):
    assert everything()[measure, ENGLAND, year].numerator == count


@pytest.mark.parametrize(
    ("region", "expected"),
    [("E12000001", "20.7"), ("E12000002", "21.7"), ("E12000003", "21.7"), ("E12000004", "24.7")],
)
def test_regions_as_published(region: str, expected: str):
    assert value("c1-rereferrals", region, 2025) == Decimal(expected)


def test_edge_case_04_a_rate_is_of_the_population_it_was_worked_out_on():
    """3,708 referrals were 662.7 per 10,000 on the 55,957 children first estimated for mid-2023, and 656.9 on the
    56,451 of the later estimate: the published rate of each vintage."""
    c1 = next(each for each in shipped.files() if each.table == "c1")
    first = read(c1.content(), "c1", "first estimate", {(PETERBOROUGH, 2023): Decimal(55_957)})
    (figure,) = (
        each for each in first.figures
        if each.measure == "c1-referrals" and each.area_code == PETERBOROUGH and each.period_end.year == 2024
    )  # fmt: skip
    assert figure.value is not None
    assert rounded(figure.value, 1) == Decimal("662.7")
    assert one_decimal("c1-referrals", PETERBOROUGH, 2024) == Decimal("656.9")
    assert value("lait-cpp-total-rateper10-000", PETERBOROUGH, 2024) == Decimal("656.9")


def test_a_rate_published_before_the_revision_keeps_its_value_and_takes_no_other_population():
    figure = everything()["c2-assessments", PETERBOROUGH, 2024]
    assert (figure.value, figure.numerator, figure.denominator) == (Decimal("560.8"), 3138, None)


@pytest.mark.parametrize("area", [PETERBOROUGH, ENGLAND, "E12000006"])
@pytest.mark.parametrize("year", range(2018, 2026))
def test_rates_worked_out_here_are_the_departments_own(area: str, year: int):
    """From counts and estimates, to the decimal the interactive tool shows."""
    assert one_decimal("c1-referrals", area, year) == value("lait-cpp-total-rateper10-000", area, year)


def test_years_end_when_their_publisher_says():
    assert everything()["c1-referrals", ENGLAND, 2025].period_end == date(2025, 3, 31)
    assert everything()["ons-population-0-17", ENGLAND, 2024].period_end == date(2024, 6, 30)
    assert everything()["lait-infmort", ENGLAND, 2022].period_end == date(2022, 12, 31)
    assert everything()["lait-lac-ks4-avg-attain8", ENGLAND, 2024].period_end == date(2024, 8, 31)


def test_symbols_are_no_numbers_and_a_total_with_one_is_none():
    withheld = everything()["d5-two-years", PETERBOROUGH, 2025]
    assert (withheld.numerator, withheld.value, withheld.symbol) == (None, None, "c")
    assert everything()["d2-multiple-initial", PETERBOROUGH, 2024].value == 0


def test_the_tool_has_153_measures_and_each_its_key():
    assert len(tool_measures()) == 153
    assert len({each.published.key for each in tool_measures().values()}) == 153
    assert {each.measure for each in everything().values() if each.table == "lait"} == {
        each.published.key for each in tool_measures().values()
    }


def test_edge_case_01_a_rate_ten_times_out_is_set_aside_and_named():
    """The file gives England 1,258 first-time entrants per 100,000 and the highest of twelve areas 219."""
    lait = next(each for each in shipped.files() if each.table == "lait").read()
    assert value("lait-firstyjs", ENGLAND, 2024) is None
    assert everything()["lait-firstyjs", ENGLAND, 2024].symbol == "?"
    assert any("lait-firstyjs, England" in said and "1258" in said for said in lait.notices)
    assert value("lait-lacnum", ENGLAND, 2025) == 81_770


def test_for_the_latest_year_every_authority_is_there():
    assert len(authorities()) == 153
    codes = {each.code for each in authorities()}
    assert {code for key, code, year in everything() if (key, year) == ("c1-rereferrals", 2025)} >= codes


def test_areas_are_found_by_the_departments_code():
    found = known("874")
    assert found is not None
    assert (found.code, found.region) == (PETERBOROUGH, "E12000006")
    assert known("000") is None


def test_every_comparison_a_measure_names_is_a_published_measure():
    named = {(each.code, key) for each in load().definitions for key in each.benchmarks}
    assert [pair for pair in named if pair[1] not in published()] == []
    assert len(named) > 50


def test_a_share_is_compared_with_shares():
    for each in load().definitions:
        for key in each.benchmarks:
            unit = published()[key].unit
            if each.unit == "percent":
                assert unit == "percent", (each.code, key)
            if each.unit == "rate":
                assert unit in ("rate", "count"), (each.code, key)


@pytest.mark.parametrize(
    ("measure", "ends", "first", "later"),
    [
        ("cla-open-at-end", date(2024, 3, 31), "70", "69"),
        ("c4-section-47", date(2020, 3, 31), "167.2", "170.5"),
        ("c4-section-47", date(2023, 3, 31), "191.6", "189.6"),
        ("c4-conferences", date(2020, 3, 31), "64.4", "65.7"),
        ("c4-conferences", date(2023, 3, 31), "63.2", "62.6"),
        ("d1-open-at-end", date(2020, 3, 31), "42.8", "43.7"),
    ],
)
def test_what_was_first_published_stands_beside_what_was_revised(
    measure: str, ends: date, first: str, later: str
):
    """Populations were revised after the census of 2021, and the rates of earlier years with them."""
    found = {
        file.table: each.value
        for file in shipped.files()
        for each in file.read().figures
        if (each.measure, each.area_code, each.period_end) == (measure, ENGLAND, ends)
    }
    assert found == {"england": Decimal(first), measure.partition("-")[0]: Decimal(later)}


@pytest.mark.parametrize(
    ("measure", "year", "expected"),
    [
        ("c2-assessments-within-45-days", 2025, "85.7"), ("c4-conferences-within-15-days", 2025, "81.4"),
        ("d7-two-years", 2025, "4.4"), ("england-social-worker-vacancy", 2023, "18.9"),
        ("england-caseload", 2023, "16"), ("england-suspensions", 2024, "11.31"),
        ("england-missing-per-child", 2025, "6.8"),
    ],
)  # fmt: skip
def test_single_figures_of_england(measure: str, year: int, expected: str):
    assert value(measure, ENGLAND, year) == Decimal(expected)


def test_populations_are_loaded_first_and_first_releases_before_later_ones():
    """Of one year the release that was loaded last counts."""
    order = [each.table for each in shipped.files()]
    assert order[:2] == ["ons", "england"]
