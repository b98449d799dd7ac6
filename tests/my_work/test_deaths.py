"""What waits for whoever works on the deaths of children: numbers and references, never a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.child_deaths.gathering import GP, SCHOOL, ask
from tests.child_deaths.people import Deaths, bring_in_panels
from tests.child_deaths.reviewing import Reviews
from tests.personas import TODAY, World
from wholestory import ledger
from wholestory.child_deaths.models import AgencyRequest, Hold, Transfer
from wholestory.child_deaths.operations import holds, transfers, triage

Browse = Callable[[str], Client]


@pytest.fixture
def deaths(world: World) -> Deaths:
    bring_in_panels(world)
    return Deaths(world)


def page(browse: Browse, who: str) -> str:
    answer = browse(who).get("/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def late(deaths: Deaths) -> AgencyRequest:
    """A request of which the day has passed."""
    made = ask(deaths, deaths.case(surname="Tarn", nhs_number="9990000026"), GP, post=False).new[0]
    with deaths.acting():
        ledger.line("child_deaths.more_time", made.record)
        AgencyRequest.objects.filter(pk=made.pk).update(due_on=date(2016, 3, 1))
    return made


def test_the_coordinator_finds_each_kind_of_thing_that_waits(deaths: Deaths, browse: Browse) -> None:
    deaths.told(surname="Marlow", nhs_number=None)
    case = deaths.case()
    with deaths.acting() as actor:
        hold = holds.begin(
            actor=actor, case=case, why="inquest", since_on=date(2016, 3, 1), review_on=date(2016, 4, 1), now=deaths.now
        )  # fmt: skip
        # As on the day on which somebody has to look again.
        Hold.objects.filter(pk=hold.pk).update(review_on=TODAY)
    late(deaths)
    said = page(browse, "coordinator")
    assert "Waiting for the team" in said
    assert "1 message to sort" in said
    assert "2 cases being sorted" in said
    assert "1 hold to look at again" in said
    assert "1 agency that is late with its answers" in said
    assert "Ashby" not in said
    assert "Rowan" not in said


def test_cases_to_and_from_other_panels(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    with deaths.acting() as actor:
        triage.decide_lead(
            actor=actor, case=case, coordinates="us", leads=deaths.south,
            home_area=deaths.south.areas.get(), rule="lived_here",
            evidence="The GP's register.", today=TODAY,
        )  # fmt: skip
        sent = transfers.send(actor=actor, case=case, words="", now=deaths.now, today=TODAY)
    assert "1 case another panel sent to you" in page(browse, "sister_coordinator")
    assert "sent on that nobody has answered" not in page(browse, "coordinator")
    with deaths.acting():
        ledger.line("child_deaths.transfer_sent", sent.record)
        Transfer.objects.filter(pk=sent.pk).update(chase_on=TODAY)
    assert "1 case sent on that nobody has answered" in page(browse, "coordinator")


@pytest.mark.parametrize("persona", ["designated_doctor", "analyst", "business_manager", "panel_lay", "head"])
def test_nobody_else_finds_the_coordinators_work(deaths: Deaths, browse: Browse, persona: str) -> None:
    deaths.told()
    deaths.case(surname="Marlow", nhs_number="9990000034")
    said = page(browse, persona)
    assert "message to sort" not in said
    assert "being sorted" not in said


def test_a_member_of_the_panel_finds_the_papers_to_read(deaths: Deaths, browse: Browse) -> None:
    reviews = Reviews(deaths)
    reviews.listed(meeting=reviews.meeting(date(2016, 4, 13)))
    for persona in ("panel_police", "panel_chair"):
        said = page(browse, persona)
        assert "Read the papers of 1 death<" in said
        assert "13 April 2016" in said
        assert "Ashby" not in said
    assert "Read the papers" not in page(browse, "business_manager")


def test_whoever_was_asked_finds_what_is_asked(deaths: Deaths, browse: Browse) -> None:
    made = late(deaths)
    with deaths.acting():
        person = made.addressees.get().person
    assert person is not None
    deaths.world.people["asked"] = person
    said = page(browse, "asked")
    assert "Say what Saltings Surgery knows about a child who died" in said
    assert "Overdue" in said
    assert "Tarn" not in said


def test_thirty_cost_no_more_than_three(deaths: Deaths, browse: Browse, cost_of: Callable[..., int]) -> None:
    client = browse("coordinator")
    for n in range(3):
        deaths.told(surname=f"Marlow{n}", nhs_number=None)
    few = cost_of(client, "/")
    for n in range(8):
        deaths.told(surname=f"Tarn{n}", nhs_number=None)
        ask(deaths, deaths.case(surname=f"Dell{n}", nhs_number=None), SCHOOL, post=False)
    assert cost_of(client, "/") == few
