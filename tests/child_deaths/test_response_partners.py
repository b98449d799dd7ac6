"""The joint agency response of 2018: its words, limits, an area’s own limit for the visit; and a restricted case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.child_deaths.families import family_of
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_response import clock, decided, step
from wholestory.child_deaths.models import Case, FamilyRecord, Regime
from wholestory.child_deaths.operations import restricting, triage
from wholestory.pathways.models import RunningClock

Browse = Callable[[str], Client]


@pytest.fixture
def partners(deaths: Deaths) -> Deaths:
    """The same area after it went over to child death review partners."""
    deaths.panel.partners_from_on = date(2015, 1, 1)
    deaths.panel.save()
    return deaths


def test_the_limits_of_a_joint_agency_response(partners: Deaths) -> None:
    # Confirmed on Saturday 12 March 2016 at 22:40: 48 hours end on Monday at 22:40, 24 on Sunday; five days on the
    # 17th, seven on the 19th, twelve weeks on 4 June.
    case = partners.case()
    assert case.regime == Regime.PARTNERS
    decided(partners, case)
    with partners.acting():
        due = dict(RunningClock.objects.filter(record=case.record).values_list("key", "due_on"))
    assert due["jar_initial_planning"] == date(2016, 3, 14)
    assert due["jar_visit"] == date(2016, 3, 13)
    assert due["jar_meeting"] == date(2016, 3, 17)
    assert due["jar_interim_discussion"] == date(2016, 3, 19)
    assert due["jar_final_discussion"] == date(2016, 6, 4)


def test_an_area_that_allows_72_hours_for_the_visit(partners: Deaths) -> None:
    partners.panel.settings = {"visit_clock": "jar_visit_72_hours"}
    partners.panel.save()
    case = partners.case()
    decided(partners, case)
    assert clock(partners, case, "jar_visit_72_hours").due_on == date(2016, 3, 15)
    step(partners, case, "visit", "2016-03-14 12:00", visit_decided="made")
    assert clock(partners, case, "jar_visit_72_hours").outcome == "met_in_time"


def test_where_no_visit_is_needed_nothing_was_done_late_and_nothing_in_time(partners: Deaths) -> None:
    case = partners.case()
    decided(partners, case)
    step(partners, case, "visit", "2016-03-13 11:00", visit_decided="not_needed", visit_reason="On a ward.")
    assert clock(partners, case, "jar_visit").cancelled


def test_doctor_and_police_speak_within_four_hours_of_the_arrival(partners: Deaths) -> None:
    case = partners.case()
    decided(partners, case)
    step(partners, case, "arrived", "2016-03-12 22:00", hospital="Northmarsh General")
    step(partners, case, "first_discussion", "2016-03-13 02:01")
    assert clock(partners, case, "jar_first_discussion").outcome == "met_late"


def test_the_final_discussion_can_be_the_review_meeting(partners: Deaths) -> None:
    case = partners.case()
    with partners.acting() as actor:
        triage.start_from_death(actor=actor, case=case, now=partners.now)
    decided(partners, case)
    step(partners, case, "final", "2016-03-14 09:00", is_review_meeting=True, cause_agreed="Not known")
    assert clock(partners, case, "jar_final_discussion").outcome == "met_in_time"
    assert clock(partners, case, "death_review_meeting").outcome == "met_in_time"


def test_immediate_decisions_are_taken_once_certificate_or_coroner_is_decided(partners: Deaths) -> None:
    case = partners.case()
    with partners.acting() as actor:
        triage.start_from_death(actor=actor, case=case, now=partners.now)
    step(partners, case, "immediate", "2016-03-12 23:00", certificate="open")
    assert not clock(partners, case, "death_immediate_decisions").outcome
    step(partners, case, "immediate", "2016-03-13 00:30", certificate="coroner")
    assert clock(partners, case, "death_immediate_decisions").outcome == "met_in_time"


def test_the_page_speaks_of_a_joint_agency_response(partners: Deaths, browse: Browse) -> None:
    case = partners.case()
    page = browse("coordinator").get(f"/child-deaths/cases/{case}/response/").content.decode()
    assert "Nobody has decided yet whether a joint agency response is opened" in page
    assert "Final case discussion" in page
    assert "Case Management Discussion" not in page


def test_the_family_of_a_restricted_case_is_restricted_with_it(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        restricting.restrict(actor=actor, case=case, people=[], reason="In the news", today=deaths.now.on)
    with deaths.acting():
        case = Case.objects.select_related("record__board", "child", "circle").get(pk=case.pk)
    family = family_of(deaths, case)
    with deaths.acting("designated_doctor"):
        assert not FamilyRecord.objects.exists()
    assert browse("designated_doctor").get(f"/child-deaths/families/{family}/").status_code == 404
    assert browse("coordinator").get(f"/child-deaths/families/{family}/").status_code == 200
