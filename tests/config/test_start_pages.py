"""The pages of setting up: an empty system says how to begin, and a new board gets from nothing to its first cycle."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.partners.test_import_pages import fields_of
from tests.personas import PEOPLE, STRANGER, World
from wholestory.config.start import main, urls
from wholestory.partners.models import Board, Group, Person, Role, Seat, SetUpStep

Browse = Callable[[str], Client]
EXAMPLE = Path(__file__).resolve().parents[2] / "example_area" / "membership-spreadsheet.xlsx"


@pytest.fixture
def client(db: None, capsys: pytest.CaptureFixture[str]) -> Client:
    """The business manager of a board that was started just now, signed in by the printed link."""
    main(
        [
            "--board",
            "Fenland Vale Safeguarding Children Board",
            "--short-name",
            "FVSCB",
            "--edition",
            "WT2015",
            "--name",
            "Jonah Mercer",
            "--email",
            "jonah.mercer@fenland-vale-board.example",
        ]
    )
    found = re.search(r"https?://[^/]+(/start/sign-in/\S+)", capsys.readouterr().out)
    assert found
    signed_in = Client()
    signed_in.post(found[1])
    return signed_in


def states(client: Client) -> dict[str, str]:
    """Each step's title with the words of its status."""
    tasks = client.get("/start/steps/").context["tasks"]
    return {task.title: task.status.text for task in tasks}


def test_somebody_who_left_finds_the_steps_again_until_they_are_finished(client: Client) -> None:
    assert 'href="/start/steps/"' in client.get("/").content.decode()
    Board.objects.update(set_up_at=timezone.now())
    assert "Go on with setting up" not in client.get("/").content.decode()


def test_the_first_cycle_begins_with_the_framework_that_was_chosen(client: Client) -> None:
    client.post("/start/framework/", {"framework": "short_self_assessment"})
    cycle = next(task for task in client.get("/start/steps/").context["tasks"] if "first cycle" in task.title)
    form = client.get(cycle.url).context["form"]
    assert form["framework"].value() == "short_self_assessment"


def test_an_empty_system_says_how_it_is_begun(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Board.objects, "exists", lambda: False)
    page = Client().get("/start/").content.decode()
    assert "wholestory start" in page


def test_when_there_is_a_board_the_door_leads_to_signing_in(world: World) -> None:
    assert "/sign-in/" in Client().get("/start/")["Location"]


ROUTES = [
    route.name for route in urls.urlpatterns if route.name not in {"home", "sign_in", "later", "finish"}
]


@pytest.mark.parametrize("route", ROUTES)
def test_only_those_who_keep_a_directory_set_a_board_up(world: World, browse: Browse, route: str) -> None:
    opened = {
        name for name in [*PEOPLE, STRANGER] if browse(name).get(reverse(f"start:{route}")).status_code == 200
    }
    assert opened == {"business_manager", "administrator", "sister_manager"}


@pytest.mark.parametrize("name", ["quality_officer", "head", "stranger"])
@pytest.mark.parametrize("url", ["/start/later/areas/", "/start/finish/", "/start/team/", "/start/board/"])
def test_nobody_else_sends_its_forms(world: World, browse: Browse, name: str, url: str) -> None:
    assert browse(name).post(url).status_code == 404


def test_a_new_board_gets_from_nothing_to_its_first_cycle(client: Client) -> None:
    assert set(states(client).values()) == {"To do"}
    board = Board.objects.get(slug="fvscb")
    page = client.get("/start/board/")
    answer = client.post("/start/board/", {**fields_of(page), "mailbox": "team@fenland-vale-board.example"})
    assert answer.status_code == 302
    assert client.post("/start/areas/", {"name": "Fenland Vale", "code": "X"}).status_code == 200
    assert client.post("/start/areas/", {"name": "Fenland Vale", "code": "E06000099"}).status_code == 302
    client.post("/start/later/framework/")
    assert client.post("/start/later/cycle/").status_code == 404
    answer = client.post(
        "/start/team/", {"quality_officer_name": "Pilar Eastgate", "quality_officer_email": ""}
    )
    assert "Enter the address Pilar Eastgate signs in with" in answer.content.decode()
    sent = {
        "quality_officer_name": "Pilar Eastgate",
        "quality_officer_email": "pilar.eastgate@fenland-vale-board.example",
        "information_governance_lead_name": "Jonah Mercer",
        "information_governance_lead_email": "jonah.mercer@fenland-vale-board.example",
    }
    assert client.post("/start/team/", sent).status_code == 302
    assert Person.objects.filter(full_name="Jonah Mercer").count() == 1
    assert states(client) == {
        "Check the board's name and guidance": "Done",
        "Name the areas it answers for": "Done",
        "Bring in the membership spreadsheet": "To do",
        "Give the team and the chair their seats": "Done",
        "Choose a framework": "Left for later",
        "Prepare the first cycle and send the invitations": "To do",
    }
    client.post("/start/framework/", {"framework": "section_11_wt2015"})
    assert SetUpStep.objects.get(board=board, key="framework").answer == "section_11_wt2015"
    client.post("/start/later/membership/")
    assert client.post("/start/finish/")["Location"] == "/"
    board.refresh_from_db()
    assert board.set_up_at is not None
    assert client.get(reverse("assurance:cycle_new")).status_code == 200


def test_the_team_gets_its_seats_together_or_not_at_all(client: Client) -> None:
    sent = {
        "quality_officer_name": "Pilar Eastgate",
        "quality_officer_email": "pilar@fenland-vale-board.example",
        "administrator_name": "",
        "independent_chair_name": "Ottilie Rushbrooke",
        "independent_chair_email": "no address",
    }
    assert client.post("/start/team/", sent).status_code == 200
    assert Seat.objects.filter(board__slug="fvscb", role=Role.QUALITY_OFFICER).count() == 0


def test_a_real_looking_membership_list_comes_in_on_an_empty_board(client: Client) -> None:
    """The spreadsheet of the example area, with everything real lists have: sections, notes, job shares, two hats."""
    answer = client.post("/board/import/", {"file": SimpleUploadedFile(EXAMPLE.name, EXAMPLE.read_bytes())})
    page = client.get(answer["Location"], follow=True)
    page = client.post(page.redirect_chain[-1][0], {"sheet": "0"}, follow=True)
    page = client.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    page = client.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    assert page.redirect_chain[-1][0].endswith("/agencies/")
    page = client.post(page.redirect_chain[-1][0], fields_of(page), follow=True)
    plan = page.context["plan"]
    assert len(plan.of("refused")) == 1
    assert [step.line.full_name for step in plan.of("aside")][:2] == ["CHAIR & TEAM", "VACANT"]
    assert plan.of("ask") == []
    assert "Bring in the membership spreadsheet" in [k for k, v in states(client).items() if v == "Begun"]
    client.post(page.redirect_chain[-1][0].replace("/check/", "/apply/"), {"mark": plan.mark})
    board = Board.objects.get(slug="fvscb")
    bost = Person.objects.get(email="marguerite.bost@harbour-lights.example")
    assert set(bost.seats.values_list("agency__name", "group__name")) == {
        ("Harbour Lights Youth Trust", None),
        ("Harbour Lights Youth Trust", "CSE"),
        ("Fenland Vale Voluntary Forum", None),
    }
    assert Person.objects.get(full_name="Jonah Mercer").seats.count() == 2, (
        "the one who started is the one in the list"
    )
    assert Group.objects.filter(boards=board).count() == 6
    assert states(client)["Bring in the membership spreadsheet"] == "Done"
