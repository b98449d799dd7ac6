"""Deaths of infants for each 1,000 live births: worked out by hand, and in public hidden where the number is."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.child_deaths.counted import rows
from tests.child_deaths.panel_reports import Reports
from tests.child_deaths.people import Deaths
from tests.child_deaths.report_attacker import YEARS, Attacker, made_up, release
from wholestory.child_deaths.models import Benchmark
from wholestory.child_deaths.rules.panel_report.attack import Released
from wholestory.child_deaths.rules.panel_report.shape import Report, Table, from_data
from wholestory.partners.models import Area

NEONATE, INFANT, OLDER = ({"age_band": one} for one in ("0_27_days", "28_364_days", "5_9_years"))


def births(*years: str) -> None:
    for year in years:
        for area in Area.objects.filter(panels__slug="northmarsh"):
            Benchmark.objects.create(
                measure="births", area=area, period=year, release="Invented", value=Decimal(3_000),
                unit="live births", source="Invented", invented=True,
            )  # fmt: skip


def infants(report: Report) -> Table | None:
    found = (one for section in report.sections for one in section.tables if one.key == "infants")
    return next(found, None)


def given(deaths: Deaths) -> Table | None:
    rows(deaths, NEONATE, number=9)
    rows(deaths, INFANT, number=3)
    rows(deaths, OLDER, number=4)
    rows(deaths, {**INFANT, "year_notified": 2014}, number=18)
    reports = Reports(deaths)
    report = reports.begun()
    reports.frozen(report)
    return infants(from_data(reports.given(report).document))


def test_the_rate_of_infants_has_its_interval_and_its_births(deaths: Deaths) -> None:
    births("2013-14", "2014-15", "2015-16")
    table = given(deaths)
    assert table is not None
    assert table.heads == ("Years", "Deaths under one year", "Live births", "Rate (95% interval)")
    # 12 of 3,000: Byar's limits are 6.19 and 20.96 deaths. 30 of 9,000: 20.24 and 42.83.
    assert table.rows == (
        ("This year", "12", "3,000", "4.0 (2.1 to 7.0) [u]"),
        ("Three years, 2013 to 2016", "30", "9,000", "3.3 (2.2 to 4.8)"),
    )
    assert "Example: the numbers of births are invented." in table.notes


def test_a_year_without_births_has_no_rate(deaths: Deaths) -> None:
    births("2015-16", "2014-15")
    table = given(deaths)
    assert table is not None
    assert table.rows[1] == ("Three years, 2013 to 2016", "30", "–", "births not loaded")


def test_without_births_there_is_no_table(deaths: Deaths) -> None:
    assert given(deaths) is None


def year_of(number: int, ages: dict[str, int]) -> list[dict[str, Any]]:
    usual = made_up(4, 1)[0] | {
        "year_of_death": number, "year_notified": number, "year_reviewed": None, "category": None, "modifiable": "",
        "took": "not_reviewed",
    }  # fmt: skip
    return [usual | {"age_band": age} for age, many in ages.items() for _ in range(many)]


def published(this_year: dict[str, int]) -> list[Report]:
    """The public reports of 2014 and 2015; 2015 is as asked, every year before has enough of each."""
    enough = {"0_27_days": 20, "28_364_days": 10, "1_4_years": 10, "5_9_years": 10}
    every = [row for year in YEARS for row in year_of(year, this_year if year == 2015 else enough)]
    found, earlier = [], list[Released]()
    for year in (2014, 2015):
        report, kept = release(every, year, earlier)
        found.append(report)
        earlier.append(kept)
    return found


def test_few_infants_have_neither_number_nor_rate() -> None:
    _, this = published({"0_27_days": 2, "28_364_days": 0, "1_4_years": 20, "5_9_years": 20})
    table = infants(this)
    assert table is not None
    assert (table.rows[0][1], table.rows[0][3]) == ("[c]", "[c]")


@pytest.mark.parametrize(
    ("neonates", "infants_", "small"), [(20, 3, "28 to 364 days"), (2, 30, "0 to 27 days")]
)
def test_infants_less_one_age_do_not_tell_the_other(neonates: int, infants_: int, small: str) -> None:
    reports = published({"0_27_days": neonates, "28_364_days": infants_, "1_4_years": 10, "5_9_years": 12})
    attacker = Attacker(reports)
    low, high = attacker.range_of([("age", small, 2015)])
    assert low <= 1
    assert high >= 4


def test_enough_infants_have_a_rate_in_public() -> None:
    last, this = published({"0_27_days": 20, "28_364_days": 10, "1_4_years": 10, "5_9_years": 10})
    for report in (last, this):
        table = infants(report)
        assert table is not None
        # 30 of 2,000 births: 15.0; Byar's limits 20.24 and 42.83 deaths.
        assert table.rows[0][1:] == ("30", "2,000", "15.0 (10.1 to 21.4)")
        assert table.rows[1][1] == "90"
