"""What is counted when figures are frozen: families, restricted cases, other panels, populations and England."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.families import asked, family_of, key_worker
from tests.child_deaths.panel_reports import Reports
from tests.child_deaths.people import Deaths
from wholestory.child_deaths.models import Benchmark
from wholestory.child_deaths.operations import figures
from wholestory.child_deaths.queries import panel_report_counts
from wholestory.child_deaths.rules.panel_report import counting
from wholestory.child_deaths.rules.panel_report.protecting import Plan
from wholestory.child_deaths.rules.panel_report.shape import Table, from_data
from wholestory.child_deaths.rules.panel_report.showing import Shown
from wholestory.child_deaths.rules.panel_report.writing import Frozen, _attendance
from wholestory.meetings.models import Attendance, Meeting
from wholestory.partners.models import Agency, Area, Role, Seat


def cells(reports: Reports) -> dict[str, int]:
    found: dict[str, int] = reports.frozen(reports.begun()).figures["cells"]
    return found


def test_families_are_counted_by_their_key_worker_and_questions(deaths: Deaths) -> None:
    case = deaths.case()
    deaths.case(surname="Ashbey", forenames="Teal", nhs_number="9990000034")
    family = family_of(deaths, case)
    key_worker(deaths, family)
    asked(deaths, family)
    asked(deaths, family, text="Could it happen again?")
    figures.rebuild(deaths.panel)
    found = cells(Reports(deaths))
    assert found["notified:2015"] == 2
    assert (found["notified:2015|key_worker=yes"], found["notified:2015|key_worker=not_given"]) == (1, 1)
    assert (found["questions:2015"], found["questions:2015|answered=no"]) == (2, 2)


def test_a_restricted_case_and_one_of_another_panel(deaths: Deaths) -> None:
    rows(
        deaths,
        {"withheld": True, "month": None, "age_band": "not_known", "sex": "", "ethnic_group": "", "deprivation": None,
         "place_kind": "", "expected": "not_known", "response": "not_known"},
        {"group": "elsewhere"},
        {},
    )  # fmt: skip
    reports = Reports(deaths)
    report = reports.begun()
    frozen = reports.frozen(report)
    found = frozen.figures["cells"]
    assert (found["told:2015"], found["notified:2015"], found["elsewhere:2015"]) == (3, 2, 1)
    assert (found["notified:2015|sex=female"], found["notified:2015|sex=not_given"]) == (1, 1)
    assert frozen.figures["restricted"] == 1
    said = str(reports.given(report).document)
    assert "1 of the year’s cases are restricted" in said
    assert "restricted" not in str(reports.prepared(report).document).replace("what a restricted case", "")


def test_the_rate_has_its_interval_and_stands_beside_england(deaths: Deaths) -> None:
    area = Area.objects.get(name="Northmarsh")
    for year in ("2013-14", "2014-15", "2015-16"):
        Benchmark.objects.create(
            measure="children", area=area, period=year, release="Invented", value=Decimal(41_230), unit="children",
            source="Invented", invented=True,
        )  # fmt: skip
    rows(deaths, {"area": area}, number=4)
    rows(deaths, {"area": area, "year_notified": 2014}, number=14)
    reports = Reports(deaths)
    report = reports.begun()
    reports.frozen(report)
    table = _table(reports.given(report).document, "rates")
    # 18 deaths in 123,690 child-years: 14.6 per 100,000; Byar's limits 10.66 to 28.45 deaths, so 8.6 to 23.0.
    assert table.rows == (("Northmarsh", "18", "123,690", "14.6 (8.6 to 23.0) [u]"),)
    assert "Example: the numbers of children are invented." in table.notes


def test_factors_that_are_not_held_are_not_nought(deaths: Deaths) -> None:
    # 23 brought in, 9 of them with a modifiable factor that nobody brought along.
    rows(deaths, {**REVIEWED, "brought_in": True}, number=14)
    rows(deaths, {**REVIEWED, "brought_in": True, "modifiable": "identified"}, number=9)
    reports = Reports(deaths)
    report = reports.begun()
    reports.frozen(report)
    for document in (reports.given(report).document, reports.prepared(report).document):
        *headings, last = _table(document, "headings").rows
        assert {row[1] for row in headings} == {"not recorded"}
        assert last == ("Reviews whose factors are not recorded", "23")
        assert not any(
            one.key == "headings-chart" for each in from_data(document).sections for one in each.charts
        )
    # Our own say that there are none, and one names a factor of its heading.
    rows(deaths, {**REVIEWED}, number=6)
    rows(deaths, {**REVIEWED, "modifiable": "identified", "factors": ["B:co_sleeping"]}, number=7)
    reports.frozen(report)
    *headings, last = _table(reports.given(report).document, "headings").rows
    assert sorted(row[1] for row in headings) == ["0", "0", "0", "7"]
    assert last[1] == "23"


def _table(document: dict[str, Any], key: str) -> Table:
    found = from_data(document)
    return next(one for section in found.sections for one in section.tables if one.key == key)


@pytest.mark.parametrize(
    ("row", "tail"),
    [
        ({"month": 4}, "quarter=1"), ({"month": 12}, "quarter=3"), ({"month": 1}, "quarter=4"),
        ({"place_kind": "neonatal_unit"}, "place=hospital"), ({"place_kind": "foster_home"}, "place=home"),
        ({"place_kind": "school"}, "place=other"), ({"age_band": "18_and_over"}, "age=not_given"),
    ],
)  # fmt: skip
def test_what_a_row_is_counted_under(row: dict[str, Any], tail: str) -> None:
    found = counting.count([{"group": "open", "year_notified": 2015, **row}], 2015)
    assert found[f"notified:2015|{tail}"] == 1


def test_kinds_add_up_to_the_whole_of_each_year() -> None:
    some = [
        {"group": "final", "year_notified": 2015, "year_of_death": 2014, "sex": sex, **REVIEWED}
        for sex in ("female", "male", "", None, "never_heard_of")
    ]
    found = counting.count(some, 2015)
    assert sum(number for name, number in found.items() if name.startswith("notified:2015|sex=")) == 5
    assert sum(number for name, number in found.items() if name.startswith("reviewed:2015|took=")) == 5
    assert (found["death:2014"], found.get("death:2015", 0)) == (5, 0)


def test_who_came_is_the_chair_and_organisations_and_for_the_public_roles_alone() -> None:
    police, health = Agency(name="Northmarsh Police"), Agency(name="Northmarsh Hospitals")
    one, other = Meeting(), Meeting()
    came = [
        Attendance(meeting=meeting, seat=Seat(role=role, agency=agency), status=status)
        for meeting, role, agency, status in (
            (one, Role.PANEL_CHAIR, health, "present"), (one, Role.MEMBER, police, "present"),
            (one, Role.MEMBER, health, "apologies"), (one, Role.LAY_MEMBER, None, "present"),
            (other, Role.PANEL_CHAIR, health, "apologies"), (other, Role.MEMBER, police, "deputy"),
            (other, Role.MEMBER, health, "present"),
        )
    ]  # fmt: skip
    frozen = Frozen(
        2015, {},
        beside={
            "attendance": panel_report_counts._came(came, panel_report_counts._organisation),
            "attendance_by_role": panel_report_counts._came(came, panel_report_counts._seat),
        },
    )  # fmt: skip
    (exact,), (public,) = (_attendance(frozen, Shown({}, plan)) for plan in (None, Plan()))
    assert exact.rows == (
        ("Lay member", "1", "1"), ("Northmarsh Hospitals", "1", "2"), ("Northmarsh Police", "2", "2"),
        ("The panel’s chair", "1", "2"),
    )  # fmt: skip
    assert public.rows == (
        ("A member for an organisation", "2", "2"), ("Lay member", "1", "1"), ("The panel’s chair", "1", "2"),
    )  # fmt: skip
    assert public.heads[0] == "Role"
