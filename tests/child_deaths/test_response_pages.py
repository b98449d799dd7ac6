"""The page of the first response: who gets in, what it shows, what it asks, and what it costs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.child_deaths.people import Deaths
from tests.child_deaths.test_opening import SEES, SEES_NOT
from tests.child_deaths.test_response import decided, step
from wholestory.child_deaths.models import ResponseDecision, ResponseStep, ResponseTask
from wholestory.child_deaths.operations import response
from wholestory.child_deaths.queries import response as queries

Browse = Callable[[str], Client]


def at(case: object, rest: str = "") -> str:
    return f"/child-deaths/cases/{case}/response/{rest}"


@pytest.mark.parametrize("persona", SEES)
def test_who_runs_the_duty_reads_it(deaths: Deaths, browse: Browse, persona: str) -> None:
    case = deaths.case()
    page = browse(persona).get(at(case))
    assert page.status_code == 200
    assert "Nobody has decided yet whether a rapid response is opened" in page.content.decode()


@pytest.mark.parametrize("persona", SEES_NOT)
def test_nobody_else_finds_it(deaths: Deaths, browse: Browse, persona: str) -> None:
    case = deaths.case()
    client = browse(persona)
    assert client.get(at(case)).status_code == 404
    assert client.post(at(case, "decide/"), {"opens": "yes"}).status_code == 404
    with deaths.acting():
        assert not ResponseDecision.objects.exists()


def test_deciding_on_the_page(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    client = browse("designated_doctor")
    asked = {
        "opens": "no", "reason": "", "decided_by": "Dr Imre Kestle, designated doctor", "decided_on-day": "13",
        "decided_on-month": "3", "decided_on-year": "2016", "decided_time": "9.30am",
    }  # fmt: skip
    page = client.post(at(case, "decide/"), asked)
    assert "Say why no response is needed" in page.content.decode()
    assert "Dr Imre Kestle, designated doctor" in page.content.decode()
    done = client.post(
        at(case, "decide/"), {**asked, "reason": "A known illness took its course."}, follow=True
    )
    shown = done.content.decode()
    assert "No rapid response" in shown
    assert "13 March 2016 at 09:30" in shown


def test_a_step_and_what_comes_next_on_the_page(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    client = browse("coordinator")
    day = {"at_on-day": "13", "at_on-month": "3", "at_on-year": "2016", "at_time": "11:00"}
    missing = client.post(at(case, "record/visit/"), day)
    assert "Answer: What was decided" in missing.content.decode()
    shown = client.post(
        at(case, "record/visit/"), {**day, "visit_decided": "made", "visit_place": "home", "visit_police": "Sgt Quill"},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "Visit to the home or the scene, 13 March 2016 at 11:00" in shown
    with deaths.acting():
        made = ResponseStep.objects.get()
    again = client.get(at(case, f"correct/{made.pk}/")).content.decode()
    assert 'value="11:00"' in again
    assert "Sgt Quill" in again
    client.post(at(case, "next/"), {"organisation": "Police", "words": "Ask the neighbours"})
    with deaths.acting():
        task = ResponseTask.objects.get()
    done = {"done_on-day": "14", "done_on-month": "3", "done_on-year": "2016"}
    shown = client.post(at(case, f"next/{task.pk}/done/"), done, follow=True).content.decode()
    assert "Done on 14 March 2016" in shown


def test_the_2015_process_speaks_of_case_management_discussions(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    page = browse("coordinator").get(at(case)).content.decode()
    assert "Initial Case Management Discussion" in page
    assert "Third Case Management Discussion" in page
    assert "Joint response meeting" not in page


def test_a_step_of_another_process_is_not_there(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    assert browse("coordinator").get(at(case, "record/meeting/")).status_code == 404
    assert browse("coordinator").get(at(case, "record/nonsense/")).status_code == 404


def test_what_the_record_lacks(deaths: Deaths) -> None:
    # Recorded: who was called (police), the coroner, a visit not needed. Health and social care were not called yet.
    case = deaths.case()
    decided(deaths, case)
    step(deaths, case, "called", "2016-03-12 22:50", whom="police")
    step(deaths, case, "coroner_told", "2016-03-12 23:00")
    step(deaths, case, "visit", "2016-03-13 09:00", visit_decided="not_needed", visit_reason="On a ward.")
    with deaths.acting():
        lacking = queries.page(case, deaths.now).lacking
    assert "Health called at" in lacking
    assert "Children’s social care called at" in lacking
    assert "Police called at" not in lacking
    assert "Coroner told at" not in lacking
    assert "What was found" not in lacking


def test_its_cost_does_not_grow(
    deaths: Deaths, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    case = deaths.case()
    client = browse("coordinator")

    def add(number: int) -> None:
        for each in range(number):
            step(deaths, case, "called", "2016-03-12 22:50", whom="gp", people=f"Person {each}, Doctor")
            with deaths.acting() as actor:
                response.add_task(
                    actor=actor, case=case, organisation="Health", words=f"Thing {each}", today=deaths.now.on
                )

    decided(deaths, case)
    add(3)
    few = cost_of(client, at(case))
    add(27)
    assert cost_of(client, at(case)) == few


def test_the_line_on_the_page_of_the_case(deaths: Deaths) -> None:
    case = deaths.case()
    with deaths.acting():
        assert queries.summary(case)[0].words == "Not yet decided whether one is needed"
    decided(deaths, case)
    step(deaths, case, "planning", "2016-03-13 10:00")
    with deaths.acting():
        said = queries.summary(case)[0]
    assert said.label == "Rapid response"
    assert said.words == "Opened. Last step: Initial Case Management Discussion"
