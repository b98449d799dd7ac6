"""The pages of challenges: from the link beside a figure to the log that is taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.challenge.putting import put
from tests.indicators.people import Figures
from wholestory.challenge.models import Challenge

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def test_from_a_figure_to_an_answer_a_decision_and_a_difference(figures: Figures, browse: Browse) -> None:
    group = browse("group_chair")
    address = "/challenges/put/?measure=D05&period=2015-12-31&agency=health&label=Conferences+within+15+working+days"
    page = group.get(address).content.decode()
    assert 'value="Conferences within 15 working days"' in page
    assert 'value="D05"' in page
    asked = {
        "group": "qeg", "agency": "health", "about": "measure", "about_label": "Conferences within 15 working days",
        "measure": "D05", "question": "Why so late?", "due_on-day": "6", "due_on-month": "4", "due_on-year": "2016",
    }  # fmt: skip
    wrong = group.post(address, {**asked, "question": ""}).content.decode()
    assert "Write what you ask the agency" in wrong
    assert 'value="Conferences within 15 working days"' in wrong
    there = group.post(address, asked).headers["Location"]
    with figures.acting("group_chair"):
        made = Challenge.objects.select_related("record").get()
    assert (made.measure, str(made.period_end), there) == (
        "D05",
        "2015-12-31",
        f"/challenges/{made.record.reference}/",
    )

    agency = browse("health_lead")
    assert "Answer it" in agency.get(there).content.decode()
    agency.post(f"{there}answer/", {"words": "Two doctors were away", "keep": "yes"})
    assert "Two doctors" not in group.get(there).content.decode()
    assert "Two doctors" in agency.get(f"{there}answer/").content.decode()
    agency.post(f"{there}answer/", {"words": "Two doctors were away."})
    assert "Two doctors were away." in group.get(there).content.decode()

    day = {"due_on-day": "30", "due_on-month": "6", "due_on-year": "2016"}
    group.post(f"{there}action/", {"title": "A clinic", "owner_title": "Head", "measure_code": "D05", **day})
    group.post(f"{there}settle/", {"decision": "action", "words": "A clinic is opened", "minute": "QEG 4"})
    group.post(f"{there}difference/", {"words": "Fewer wait"})
    page = group.get(there).content.decode()
    for said in ("A clinic", "Meant to move D05", "An action is agreed", "QEG 4", "Fewer wait", "Settled"):
        assert said in page


@pytest.mark.parametrize("persona", ["police_lead", "sister_manager", "stranger", "police_member", "head"])
def test_nobody_outside_opens_it_or_does_anything_with_it(
    figures: Figures, browse: Browse, persona: str
) -> None:
    made = put(figures)
    client = browse(persona)
    for path in (
        "",
        "answer/",
        "ask-more/",
        "settle/",
        "withdraw/",
        "action/",
        "take-further/",
        "difference/",
    ):
        assert client.get(f"/challenges/{made.record.reference}/{path}").status_code == 404
    if persona in ("police_lead", "police_member", "head"):
        assert made.record.reference not in client.get("/challenges/").content.decode()


def test_inside_each_does_only_what_is_theirs(figures: Figures, browse: Browse) -> None:
    made = put(figures)
    there = f"/challenges/{made.record.reference}/"
    assert browse("group_lay").get(there).status_code == 200
    assert browse("group_lay").get(f"{there}settle/").status_code == 404
    assert browse("group_lay").get(f"{there}answer/").status_code == 404
    assert browse("health_lead").get(f"{there}settle/").status_code == 404
    assert browse("health_lead").get("/challenges/put/").status_code == 404
    assert browse("group_lay").get("/challenges/put/").status_code == 200


def test_the_log_narrows_sorts_and_is_taken_away(figures: Figures, browse: Browse) -> None:
    first, second = put(figures), put(figures, agency="police", measure="G03")
    client = browse("group_police")
    page = client.get("/challenges/?agency=police").content.decode()
    assert second.record.reference in page
    assert first.record.reference not in page
    assert (
        first.record.reference in client.get("/challenges/?measure=d05&state=open&sort=due").content.decode()
    )
    assert second.record.reference not in client.get("/challenges/?state=late").content.decode()
    file = client.get("/challenges/?download=csv").content.decode("utf-8-sig")
    assert "Example: invented" in file
    assert first.record.reference in file
    assert second.record.reference in file
    assert client.get("/challenges/?download=xlsx").content[:2] == b"PK"
    own = browse("health_lead").get("/challenges/?download=csv").content.decode("utf-8-sig")
    assert first.record.reference in own
    assert second.record.reference not in own


def test_three_or_thirty_cost_the_same(
    figures: Figures, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("group_chair")
    for _ in range(3):
        put(figures)
    few = cost_of(client, "/challenges/")
    for _ in range(9):
        put(figures)
    assert cost_of(client, "/challenges/") == few


def test_my_work_shows_an_agency_what_it_owes_and_the_team_what_waits(
    figures: Figures, browse: Browse
) -> None:
    made = put(figures)
    assert made.record.reference in browse("health_lead").get("/").content.decode()
    assert made.record.reference not in browse("police_lead").get("/").content.decode()
    browse("health_lead").post(
        f"/challenges/{made.record.reference}/answer/", {"words": "Two doctors were away."}
    )
    assert made.record.reference not in browse("health_lead").get("/").content.decode()
    assert "1 challenge to look at" in browse("analyst").get("/").content.decode()
    assert made.record.reference in browse("group_chair").get("/").content.decode()
