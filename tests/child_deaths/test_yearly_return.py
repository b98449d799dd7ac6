"""The yearly return of older years: totals counted by hand, what counts at all, and who takes it."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.gathering import GP, SCHOOL, answer, ask
from tests.child_deaths.people import Deaths
from tests.child_deaths.reviewing import Reviews
from wholestory import ledger
from wholestory.child_deaths.models import Analysis, Case, CompositeChoice, Review
from wholestory.child_deaths.queries import yearly_return
from wholestory.child_deaths.rules.factors import Era
from wholestory.child_deaths.rules.yearly_return import (
    NotAsked,
    Part,
    Reviewed,
    YearlyReturn,
    asked_for,
    totals,
)
from wholestory.child_deaths.rules.years import Year

NAMES = (f"Rowan {letter}" for letter in itertools.cycle("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
Browse = Callable[[str], Client]
YEARS = "/child-deaths/national/yearly-return/"
YEAR = f"{YEARS}2016/"


def part(found: YearlyReturn, key: str) -> Part:
    return next(one for one in found.parts if one.key == key)


def counts(of: Part) -> dict[str, tuple[int, ...]]:
    """Reviews, yes, no, not enough information and not answered, of each line that is not empty."""
    return {
        line.label: (line.reviews, line.identified, line.none, line.inadequate, line.unanswered)
        for line in of.lines
        if line.reviews
    }


def test_every_line_says_how_many_and_what_was_answered() -> None:
    found = totals(
        Year(2015),
        [
            Reviewed("identified", 3, "1_4_years", "male", "A", "home", frozenset({"drowning"}), took="under_6"),
            Reviewed("none_identified", 3, "1_4_years", "female", "A", took="6_7"),
            Reviewed("inadequate_information", 10, "28_364_days", "male", "J", took="12_over"),
            Reviewed("", 8, "0_27_days", "not_known", protection_plan="yes", social_care="yes", case_review="held"),
        ],
    )  # fmt: skip
    assert (found.whole.reviews, found.enough, found.whole.inadequate, found.whole.unanswered) == (4, 2, 1, 1)
    assert counts(part(found, "category")) == {
        "3. Trauma and other external factors": (2, 1, 1, 0, 0),
        "8. Perinatal or neonatal event": (1, 0, 0, 0, 1),
        "10. Sudden unexpected, unexplained death": (1, 0, 0, 1, 0),
    }
    assert counts(part(found, "age")) == {
        "0 to 27 days": (1, 0, 0, 0, 1), "28 to 364 days": (1, 0, 0, 1, 0), "1 to 4 years": (2, 1, 1, 0, 0),
    }  # fmt: skip
    assert counts(part(found, "sex")) == {
        "Male": (2, 1, 0, 1, 0), "Female": (1, 0, 1, 0, 0), "Not known": (1, 0, 0, 0, 1),
    }  # fmt: skip
    assert counts(part(found, "ethnicity"))["Not given"] == (1, 0, 0, 0, 1)
    assert counts(part(found, "events")) == {"Drowning": (1, 1, 0, 0, 0), "Not given": (3, 0, 1, 1, 1)}
    assert counts(part(found, "protection_plan"))["Yes"] == (1, 0, 0, 0, 1)
    assert counts(part(found, "case_review"))["Held or under way"] == (1, 0, 0, 0, 1)
    for one in found.parts:
        assert sum(line.reviews for line in one.lines) == 4, one.key


def test_the_bands_are_those_that_were_reported() -> None:
    # The domain page: under 6, 6 to 7, 8 to 9, 10 to 11, 12 months and over.
    lines = part(totals(Year(2015), []), "took").lines
    assert [line.label for line in lines] == [
        "Under 6 months", "6 or 7 months", "8 or 9 months", "10 or 11 months", "12 months and over",
    ]  # fmt: skip


def test_a_death_with_two_events_is_in_two_lines() -> None:
    found = totals(Year(2015), [Reviewed("identified", events=frozenset({"fire", "homicide"}))])
    assert sum(line.reviews for line in part(found, "events").lines) == 2
    assert "two lines" in part(found, "events").note


@pytest.mark.parametrize(("starts_in", "question"), [(2007, Era.PREVENTABLE), (2009, Era.PREVENTABLE),
                                                     (2010, Era.MODIFIABLE), (2018, Era.MODIFIABLE)])  # fmt: skip
def test_preventable_ends_with_march_2010(starts_in: int, question: Era) -> None:
    assert totals(asked_for(starts_in), []).era is question


@pytest.mark.parametrize("starts_in", [2006, 2019, 2024])
def test_other_years_had_no_such_return(starts_in: int) -> None:
    with pytest.raises(NotAsked):
        asked_for(starts_in)


def reviewed(deaths: Deaths, on: date, *, final: bool = True, case: dict[str, Any] | None = None) -> Review:
    """A review the panel finished on a day, told of in its own message."""
    reviews = Reviews(deaths)
    review = reviews.begun(forenames=next(NAMES), nhs_number=None)
    reviews.drafted(review)
    reviews.stands(review, "reviewed")
    if final:
        reviews.final(review)
    with deaths.acting():
        ledger.line("child_deaths.put_right", review.record)
        Review.objects.filter(pk=review.pk).update(first_reviewed_on=on, reviewed_on=on)
        Case.objects.filter(pk=review.case_id).update(**(case or {}))
    return review


def of_2016(deaths: Deaths) -> YearlyReturn:
    with deaths.acting():
        return yearly_return.of_year(deaths.world.board, Year(2015))


def test_the_first_and_the_last_day_of_the_year_count_and_no_other_year(deaths: Deaths) -> None:
    for on in (date(2015, 3, 31), date(2015, 4, 1), date(2016, 3, 31), date(2016, 4, 1)):
        reviewed(deaths, on, case={"died_on": date(2014, 9, 30)})
    found = of_2016(deaths)
    assert found.reviews == 2
    # 30 September to 1 April is six months and a day; to 31 March of the year after, eighteen months.
    assert counts(part(found, "took")) == {
        "6 or 7 months": (1, 1, 0, 0, 0), "12 months and over": (1, 1, 0, 0, 0),
    }  # fmt: skip
    # Categories 9 and 3 were selected: the one higher in the list counts.
    assert counts(part(found, "category")) == {"3. Trauma and other external factors": (2, 2, 0, 0, 0)}


def test_what_is_not_final_does_not_count_and_is_said(deaths: Deaths) -> None:
    reviewed(deaths, date(2016, 1, 5))
    reviewed(deaths, date(2016, 1, 5), final=False)
    found = of_2016(deaths)
    assert (found.reviews, found.not_final) == (1, 1)


def test_deaths_another_panel_leads_and_cases_out_of_scope_do_not_count(deaths: Deaths) -> None:
    reviewed(deaths, date(2016, 1, 5), case={"lead": "theirs"})
    Reviews(deaths).stands(reviewed(deaths, date(2016, 1, 5)), "out_of_scope")
    Reviews(deaths).stands(reviewed(deaths, date(2016, 1, 5)), "transferred")
    reviewed(deaths, date(2016, 1, 5), case={"kind": "response_only"})
    assert of_2016(deaths).reviews == 0


def test_opened_again_it_counts_once_by_its_newest_final_version(deaths: Deaths) -> None:
    review = reviewed(deaths, date(2016, 1, 5))
    reviews = Reviews(deaths)
    reviews.reopened(review, "A genetic result came.")
    assert counts(part(of_2016(deaths), "category")) == {
        "3. Trauma and other external factors": (1, 1, 0, 0, 0)
    }
    with deaths.acting():
        assert Analysis.objects.filter(review=review).count() == 2


def test_everything_an_agency_ticked_is_an_event_unless_it_was_chosen_otherwise(deaths: Deaths) -> None:
    review = reviewed(deaths, date(2016, 1, 5))
    with deaths.acting():
        case = Case.objects.get(pk=review.case_id)
    asked = ask(deaths, case, GP, SCHOOL).new
    answer(deaths, asked[0], GP, events=["drowning"])
    answer(deaths, asked[1], SCHOOL, events=["none"])
    assert counts(part(of_2016(deaths), "events")) == {"Drowning": (1, 1, 0, 0, 0)}
    with deaths.acting() as actor:
        ledger.line("child_deaths.put_right", case.record)
        CompositeChoice.objects.create(
            case=case, question="events", value=["other_accident"], basis="x" * 64, by=actor, at=deaths.now.at,
            circle=case.circle, office=case.office,
        )  # fmt: skip
    assert counts(part(of_2016(deaths), "events")) == {"Another accident": (1, 1, 0, 0, 0)}


def test_restricted_cases_count_in_the_whole_and_in_no_line(deaths: Deaths) -> None:
    reviewed(deaths, date(2016, 1, 5))
    silent = {"withheld": True, "sex": "", "ethnic_group": "", "month": None, "deprivation": None, "place_kind": "",
              "age_band": "not_known", "expected": "not_known", "category": None, "modifiable": ""}  # fmt: skip
    rows(deaths, {**REVIEWED, **silent}, {**REVIEWED, **silent, "group": "reviewed"})
    found = of_2016(deaths)
    assert (found.reviews, found.whole.reviews, found.withheld, found.not_final) == (2, 1, 1, 1)


def test_the_list_of_years_says_the_same_as_the_years(deaths: Deaths) -> None:
    reviewed(deaths, date(2010, 3, 31))
    reviewed(deaths, date(2016, 1, 5))
    reviewed(deaths, date(2016, 1, 6), final=False)
    with deaths.acting():
        lines = yearly_return.years(deaths.world.board)
    assert [line.year.starts_in for line in lines] == list(range(2018, 2006, -1))
    said = {
        line.year.starts_in: (line.question, line.reviews, line.enough, line.not_final)
        for line in lines
        if line.reviews
    }
    assert said == {2009: ("preventable", 1, 1, 0), 2015: ("modifiable", 1, 1, 1)}


def test_the_page_claims_no_official_layout(deaths: Deaths, browse: Browse) -> None:
    reviewed(deaths, date(2016, 1, 5))
    words = browse("coordinator").get(YEAR).content.decode()
    assert "The official layout of this return was not found" in words
    assert "Not checked against the guidance" in words
    assert "Modifiable factors identified" in words
    assert "statutory" not in words.casefold()
    before = browse("coordinator").get(f"{YEARS}2010/").content.decode()
    assert "Preventable" in before
    assert "Modifiable factors identified" not in before
    assert "never joined in a chart" in before
    assert browse("coordinator").get(f"{YEARS}2020/").status_code == 404


def test_it_is_taken_as_csv_and_excel(deaths: Deaths, browse: Browse) -> None:
    reviewed(deaths, date(2016, 1, 5))
    client = browse("coordinator")
    taken = client.get(f"{YEAR}?download=csv")
    lines = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig"))))
    assert ["Part", "Of these", "Reviews", "Modifiable factors identified", "None identified",
            "Not enough information", "Not answered"] in lines  # fmt: skip
    assert ["Reviews completed in the year", "Every review", "1", "1", "0", "0", "0"] in lines
    assert ["Category of death", "3. Trauma and other external factors", "1", "1", "0", "0", "0"] in lines
    assert client.get(f"{YEAR}?download=xlsx").content.startswith(b"PK")
    every = client.get(f"{YEARS}?download=csv").content.decode("utf-8-sig")
    assert "Year ending 31 March 2016" in every


def test_three_reviews_cost_what_one_costs(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("coordinator")
    reviewed(deaths, date(2016, 1, 5))
    cost_of(client, YEAR)
    one = [cost_of(client, url) for url in (YEAR, YEARS)]
    for _ in range(3):
        reviewed(deaths, date(2016, 1, 5))
    assert [cost_of(client, url) for url in (YEAR, YEARS)] == one


@pytest.mark.parametrize(
    "persona",
    [
        "designated_doctor", "analyst", "panel_chair", "panel_police", "panel_lay", "business_manager", "chair",
        "administrator", "lay_member", "head", "stranger",
    ],
)  # fmt: skip
def test_nobody_else_reads_or_takes_it(deaths: Deaths, browse: Browse, persona: str) -> None:
    for url in (YEARS, YEAR, f"{YEAR}?download=csv"):
        assert browse(persona).get(url).status_code in (403, 404)


def test_another_panels_coordinator_counts_none_of_ours(deaths: Deaths, browse: Browse) -> None:
    reviewed(deaths, date(2016, 1, 5))
    page = browse("sister_coordinator").get(YEAR)
    assert page.status_code == 200
    assert "0 reviews that the panel finished" in page.content.decode()
