"""Measures of data quality: what each counts, the cases behind it, and who sees what. Expected values are by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.conftest import mail
from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.gathering import GP, SCHOOL, Mails, answer, ask
from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from tests.child_deaths.test_opening import SEES_NOT
from tests.personas import TODAY
from wholestory import ledger
from wholestory.child_deaths.models import AgencyRequest, Case, Child
from wholestory.child_deaths.operations import merging, restricting
from wholestory.child_deaths.queries import data_answers, data_quality
from wholestory.child_deaths.rules.data_quality import holds

__all__ = ["mail"]
Browse = Callable[[str], Client]
PAGE = "/child-deaths/quality/"
ROW: dict[str, Any] = {
    "withheld": False, "brought_in": False, "hours_to_notified": 48, "has_ethnicity": True, "has_postcode": True,
    "has_sex": True, "has_gestation": None, "has_birthweight": None, "modifiable": "", "year_reviewed": None,
    "final_in_time": None, "has_nhs_number": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "said", "expected"),
    [
        ("told", {}, True),
        ("told", {"hours_to_notified": 49}, False),
        ("told", {"hours_to_notified": None}, None),
        ("told", {"brought_in": True}, None),
        ("demographics", {}, True),
        ("demographics", {"has_postcode": False}, False),
        ("demographics", {"has_gestation": False}, False),
        ("demographics", {"withheld": True}, None),
        ("gestation", {}, None),
        ("gestation", {"has_gestation": True}, True),
        ("modifiable", {}, None),
        ("modifiable", {"year_reviewed": 2015}, False),
        ("modifiable", {"year_reviewed": 2015, "modifiable": "inadequate_information"}, True),
        ("final", {"final_in_time": False}, False),
        ("nhs_number", {"has_nhs_number": False}, False),
    ],
)
def test_of_what_a_measure_is_asked_and_when_it_holds(
    key: str, said: dict[str, Any], expected: bool | None
) -> None:
    assert holds(key, {**ROW, **said}) is expected


def measured(deaths: Deaths, **wanted: Any) -> data_quality.Quality:
    with deaths.acting():
        return data_quality.quality(data_quality.cases_of(deaths.world.board, wanted))


def of(found: data_quality.Quality, key: str) -> tuple[int, int]:
    return next((one.good, one.of) for one in found.measures if one.key == key)


def test_each_measure_counts_its_cases_and_names_those_it_does_not_hold_of(deaths: Deaths) -> None:
    whole = deaths.case()
    # Confirmed at 22.40 on 9 March and told at 9.10 on 13 March: 82 hours and a half.
    late = deaths.case(
        forenames="Teal", nhs_number="123", confirmed_on="2016-03-09", postcode=None, sex="female"
    )
    found = measured(deaths)
    assert of(found, "nhs_number") == (1, 2)
    assert of(found, "told") == (1, 2)
    assert of(found, "postcode") == (1, 2)
    assert of(found, "sex") == (2, 2)
    assert of(found, "gestation") == (0, 0)
    assert found.missing("nhs_number") == found.missing("told") == (late.pk,)
    assert whole.pk in found.missing("ethnicity")
    # 10 hours and a half (counted as 10) and 82: the middle is 46.
    assert found.hours == 46


def test_a_year_and_a_panel_narrow_every_number(deaths: Deaths) -> None:
    one = deaths.case()
    with deaths.acting():
        ledger.line("child_deaths.put_right", one.record)
        Case.objects.filter(pk=one.pk).update(died_on=date(2016, 4, 1))
    assert measured(deaths, year="2016").cases == 1
    assert measured(deaths, year="2015").cases == 0
    # It was told of on 13 March 2016: in the year from April 2015.
    assert measured(deaths, year="2015", by="notification").cases == 1
    assert measured(deaths, year="2015", by="review").cases == 0
    assert measured(deaths, panel=str(deaths.panel.pk)).cases == 1
    assert measured(deaths, panel=str(deaths.south.pk)).cases == 0


@pytest.mark.parametrize(("text", "good"), [("No fence", 1), ("No fence; nobody watched", 0)])
def test_factors_are_graded_and_one_to_a_line(deaths: Deaths, text: str, good: int) -> None:
    reviews = Reviews(deaths)
    review = reviews.begun()
    reviews.drafted(review)
    with deaths.acting() as actor:
        reviews.factor(review, actor=actor, text=text)
    reviews.stands(review, "reviewed")
    assert of(measured(deaths), "graded") == (0, 0)
    reviews.final(review)
    found = measured(deaths)
    assert of(found, "graded") == (good, 1)
    assert found.missing("graded") == (() if good else (review.case_id,))


def test_one_number_for_two_children_is_a_conflict_until_they_are_joined(deaths: Deaths) -> None:
    one, other = deaths.case(), deaths.case(forenames="Rowen")
    found = measured(deaths)
    assert set(found.missing("same_number")) == {one.pk, other.pk}
    assert found.missing("merged") == ()
    with deaths.acting() as actor:
        merging.merge(actor=actor, case=other, into=one, reason="One death", today=TODAY, now=deaths.now.at)
    found = measured(deaths)
    assert found.missing("same_number") == ()
    assert found.missing("merged") == (other.pk,)


def test_what_agencies_owe_by_how_long_ago_they_were_asked(deaths: Deaths, mail: Mails) -> None:
    case = deaths.case()
    gp, school = ask(deaths, case, GP, SCHOOL).new
    with deaths.acting():
        ledger.line("child_deaths.put_right", gp.record)
        AgencyRequest.objects.filter(pk=gp.pk).update(asked_on=date(2016, 2, 14), due_on=date(2016, 2, 28))
        cases = data_quality.cases_of(deaths.world.board, {})
        owed = {one.organisation: one for one in data_answers.owed(cases, TODAY)}
        assert data_answers.owing(cases) == (case.pk,)
    # From 14 February to 14 March 2016 there are 29 days.
    assert (owed["Saltings Surgery"].bands, owed["Saltings Surgery"].late) == ((0, 0, 1, 0), 1)
    assert (owed["Larkspur Nursery"].bands, owed["Larkspur Nursery"].late) == ((1, 0, 0, 0), 0)


def test_edge_case_26_not_known_is_counted_apart_from_blank(deaths: Deaths, mail: Mails) -> None:
    gp, school = ask(deaths, deaths.case(), GP, SCHOOL).new
    answer(deaths, gp, GP, holds_child="yes", birthweight="3100", born_as="single")
    answer(deaths, school, SCHOOL, holds_child="yes", birthweight=None)
    with deaths.acting():
        questions, agencies = data_answers.answered(data_quality.cases_of(deaths.world.board, {}))
    weight = next(one for one in questions if "weight" in one.label.lower() and one.known)
    assert (weight.known, weight.not_known, weight.blank) == (1, 1, 0)
    born_as = next(one for one in questions if one.known == 1 and one.blank == 1 and one.not_known == 0)
    assert born_as.asked == 2
    by_name = {one.label: one for one in agencies}
    assert by_name["Saltings Surgery"].not_known == 0
    assert by_name["Larkspur Nursery"].not_known == 1
    assert by_name["Larkspur Nursery"].forms == 1


def test_a_number_leads_to_the_cases_behind_it(deaths: Deaths, browse: Browse) -> None:
    deaths.case()
    late = deaths.case(forenames="Teal", nhs_number="123", sex="female")
    client = browse("coordinator")
    page = client.get(PAGE + "?year=2015").content.decode()
    assert 'href="/child-deaths/quality/nhs_number/?year=2015"' in page
    behind = client.get(PAGE + "nhs_number/?year=2015").content.decode()
    assert late.record.reference in behind
    assert "Teal" not in behind
    assert client.get(PAGE + "nhs_number/?year=2014").content.decode().count(late.record.reference) == 0
    assert client.get(PAGE + "nothing_of_the_kind/").status_code == 404
    file = client.get(PAGE + "nhs_number/?year=2015&download=csv")
    assert late.record.reference in file.content.decode("utf-8-sig")
    assert "attachment" in file["Content-Disposition"]


@pytest.mark.parametrize("fmt", ["csv", "xlsx"])
def test_the_page_is_taken_away(deaths: Deaths, browse: Browse, fmt: str) -> None:
    deaths.case()
    answer = browse("coordinator").get(f"{PAGE}?download={fmt}")
    assert "attachment" in answer["Content-Disposition"]
    if fmt == "csv":
        assert "A valid NHS number of the child,Holds,1" in answer.content.decode("utf-8-sig")
    # The designated doctor reads and takes nothing away.
    assert "Content-Disposition" not in browse("designated_doctor").get(f"{PAGE}?download={fmt}")


def test_the_designated_doctor_sees_all_of_it(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(nhs_number="123")
    client = browse("designated_doctor")
    assert "Cases to look at" in client.get(PAGE).content.decode()
    assert case.record.reference in client.get(PAGE + "nhs_number/").content.decode()


def test_the_analyst_sees_rounded_numbers_and_no_case(deaths: Deaths, browse: Browse) -> None:
    client = browse("analyst")
    rows(deaths, {"has_nhs_number": False}, number=5)
    assert "fewer than 10" in client.get(PAGE).content.decode()
    rows(deaths, REVIEWED, number=20)
    page = client.get(PAGE).content.decode()
    # 25 deaths, 20 with a number: multiples of five as they are.
    cells = [one.split("<")[0].strip() for one in page.split('numeric">')[1:]]
    assert cells[3:6] == ["20", "25", "80% (61% to 91%)"]
    assert "/child-deaths/quality/nhs_number/" not in page
    assert "Forms agencies have not returned" not in page
    assert client.get(PAGE + "nhs_number/").status_code in (302, 404)


@pytest.mark.parametrize("persona", [one for one in SEES_NOT if one not in ("analyst", "sister_coordinator")])
def test_nobody_else_finds_it(deaths: Deaths, browse: Browse, persona: str) -> None:
    deaths.case(nhs_number="123")
    for url in (PAGE, PAGE + "nhs_number/"):
        assert browse(persona).get(url).status_code in (302, 404), (persona, url)


def test_the_sister_board_measures_its_own(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case(nhs_number="123")
    assert (
        case.record.reference not in browse("sister_coordinator").get(PAGE + "nhs_number/").content.decode()
    )


def test_a_restricted_case_is_in_no_measure_of_the_child(deaths: Deaths) -> None:
    case = deaths.case(nhs_number="123")
    with deaths.acting() as actor:
        restricting.restrict(actor=actor, case=case, people=[], reason="A colleague’s child.", today=TODAY)
    found = measured(deaths)
    assert of(found, "nhs_number") == (0, 0)
    assert of(found, "demographics") == (0, 0)


def test_its_cost_does_not_grow(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("coordinator")
    deaths.case()
    few = cost_of(client, PAGE)
    for number in ("9990000026", "9990000034", "9990000042", "9990000050"):
        deaths.case(forenames="Linnet", nhs_number=number)
    assert cost_of(client, PAGE) == few
    assert reverse("child_deaths:data_quality") == PAGE
    with deaths.acting():
        assert Child.objects.count() == 5
