"""Nobody who has every published report works out a number that is not shown."""

from __future__ import annotations

import pytest

from tests.child_deaths.report_attacker import THRESHOLD, attacked, made_up, planned, release
from wholestory.child_deaths.rules.panel_report import protecting
from wholestory.child_deaths.rules.panel_report.attack import Released
from wholestory.child_deaths.rules.panel_report.shape import Report
from wholestory.child_deaths.rules.panel_report.tables import tables


@pytest.mark.parametrize(("seed", "per_year"), [(1, 18), (2, 45), (3, 90)])
def test_nobody_works_out_a_hidden_number_from_this_year_and_last(seed: int, per_year: int) -> None:
    assert attacked(made_up(seed, per_year), careless=False) == []


@pytest.mark.parametrize(("seed", "per_year"), [(2, 45), (5, 23)])
def test_the_report_of_a_year_before_the_one_that_was_published_leaves_out_until_it_is_safe(
    seed: int, per_year: int
) -> None:
    assert attacked(made_up(seed, per_year), careless=False, years=(2014, 2013)) == []


def test_a_report_under_a_stricter_threshold_than_the_one_before_can_be_made() -> None:
    rows = made_up(2, 45)
    _, kept = release(rows, 2014, [])
    cells, plan = planned(rows, 2013, [kept], below=10)
    small = {one for one, number in cells.items() if 0 < number < 10}
    assert plan.printed
    assert not plan.printed & (small - kept.printed)


def test_where_nothing_is_left_to_leave_out_it_says_so_without_a_key() -> None:
    laid = tables(2015, [], [2015], [], public=True)
    work = protecting._Work(laid, {}, [], {}, THRESHOLD, ())
    work.plan.left_out = {face.key: protecting.Why.WHOLE for table in laid for face in table.faces}
    with pytest.raises(protecting.CannotBePublished) as refused:
        work._leave_out("reviewed:2012-2014|category=4", ())
    assert "reports published before" in str(refused.value)
    assert "|" not in str(refused.value)


def test_the_attacker_is_worth_the_name() -> None:
    # Where the small numbers alone are hidden, the same attacker works many of them out.
    assert len(attacked(made_up(2, 45), careless=True)) >= 5


def girls(report: Report) -> tuple[str, str]:
    """What stands for girls: this year, and three years together."""
    return next(
        (row[1], row[3]) for section in report.sections for one in section.tables if one.key == "sex"
        for row in one.rows if row[0] == "Female"
    )  # fmt: skip


def test_three_years_less_two_published_before_do_not_tell_this_year() -> None:
    # 2013 and 2014 had 20 girls each, as was published; 2015 had two. The sum, 42, would tell them.
    usual = made_up(4, 1)[0] | {
        "year_reviewed": None,
        "category": None,
        "modifiable": "",
        "took": "not_reviewed",
    }
    rows = [
        usual | {"year_of_death": year, "year_notified": year, "sex": sex}
        for year, of_girls, of_boys in ((2011, 20, 20), (2012, 20, 20), (2013, 20, 20), (2014, 20, 20), (2015, 2, 30))
        for sex, number in (("female", of_girls), ("male", of_boys))
        for _ in range(number)
    ]  # fmt: skip
    earlier: list[Released] = []
    shown = []
    for year in (2013, 2014, 2015):
        report, kept = release(rows, year, earlier)
        earlier.append(kept)
        shown.append(girls(report))
    assert shown[:2] == [("20", "60"), ("20", "60")]
    assert shown[2] == ("[c]", "[c]")
    alone, _ = release(rows, 2015, [])
    assert girls(alone) == ("[c]", "42")
