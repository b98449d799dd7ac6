"""The access record's screen: the information governance lead sees who saw a record, and never the record."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from tests.personas import World
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Refusal
from wholestory.ledger import reading
from wholestory.records.models import Record

Browse = Callable[[str], Client]


@pytest.fixture
def looked_at(world: World, school_return: Record) -> Record:
    for name in ("head", "chair"):
        with acting.acting_as(world.people[name], world.seats[name]):
            ledger.line("access.opened", school_return, reason=f"seat.{world.seats[name].role}", writes=False)
    with acting.acting_as(world.people["police_lead"], world.seats["police_lead"]):
        ledger.attempted("SA-TESTSCH1", world.board.id)
    with acting.acting_as(world.people["quality_officer"], world.seats["quality_officer"]):
        ids = [school_return.id]
        ledger.line("access.listed", kind="assurance.return", ids=ids, writes=False, board_id=world.board.id)
    return school_return


def test_it_shows_who_saw_tried_and_changed(browse: Browse, looked_at: Record) -> None:
    page = browse("ig_lead").get("/access/record/", {"q": "sa-testschl"}).content.decode()
    assert "Self-audit return SA-TESTSCH1" in page
    for words in (
        "Jo Ashdown",
        "Dr Hilary Stroud",
        "Robin Tansley",
        "Ira Holt",
        "Saw it in a list",
        "was shown",
    ):
        assert words in page
    assert "Agency lead, Willow Lane Academy" in page


def test_what_a_person_did(browse: Browse, world: World, looked_at: Record) -> None:
    page = browse("ig_lead").get("/access/record/", {"q": "holt"}).content.decode()
    assert f"?person={world.people['police_lead'].pk}" in page
    page = (
        browse("ig_lead")
        .get("/access/record/", {"person": str(world.people["police_lead"].pk)})
        .content.decode()
    )
    assert "SA-TESTSCH1" in page
    assert "There is nothing here for you" in page


def test_looking_is_noted_on_the_record_looked_at(browse: Browse, world: World, looked_at: Record) -> None:
    browse("ig_lead").get("/access/record/", {"q": "SA-TESTSCH1"})
    page = browse("ig_lead").get("/access/record/", {"q": "SA-TESTSCH1"}).content.decode()
    assert "Looked at who had seen it" in page


def test_days_narrow_it(browse: Browse, looked_at: Record) -> None:
    query = {"q": "SA-TESTSCH1", "until-day": "1", "until-month": "1", "until-year": "2016"}
    page = browse("ig_lead").get("/access/record/", query).content.decode()
    assert "Jo Ashdown" not in page
    assert "0 lines" in page


def test_it_can_be_taken_away_as_a_file_and_that_is_noted(
    browse: Browse, world: World, looked_at: Record
) -> None:
    response = browse("ig_lead").get("/access/record/", {"q": "SA-TESTSCH1", "download": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert any("Jo Ashdown" in row for row in rows)
    assert any("Example: invented" in row for row in rows)
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        assert "access.record_exported" in {one.verb for one in reading.seen(looked_at.id)}


@pytest.mark.parametrize(
    "name", ["business_manager", "administrator", "chair", "head", "sister_manager", "stranger"]
)
def test_nobody_else_gets_there(browse: Browse, looked_at: Record, name: str) -> None:
    assert browse(name).get("/access/record/", {"q": "SA-TESTSCH1"}).status_code == 404


@pytest.mark.parametrize("name", ["business_manager", "head", "police_lead", "sister_manager"])
def test_the_database_answers_nobody_else_either(world: World, looked_at: Record, name: str) -> None:
    with acting.acting_as(world.people[name], world.seats[name]):
        assert reading.seen(looked_at.id) == []
        assert reading.done_by(world.people["head"].id) == []
        assert reading.find("SA-TESTSCH1") is None
        assert reading.covers([looked_at.id]) == {}


def test_the_keeper_does_not_see_the_record_itself(world: World, looked_at: Record) -> None:
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        assert not Record.objects.filter(pk=looked_at.pk).exists()


def refuse(world: World, record: Record, name: str) -> None:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        ledger.line("access.refused", record)
        Refusal.objects.create(
            circle=record.circle, office=record.office, person=world.people[name], reason="subject",
            starts_on="2016-03-01", given_by=world.people["business_manager"],
        )  # fmt: skip
        derive.rewrite(world.people[name])


def test_a_keeper_who_is_the_subject_cannot_look_who_saw_it(
    browse: Browse, world: World, looked_at: Record
) -> None:
    refuse(world, looked_at, "ig_lead")
    page = browse("ig_lead").get("/access/record/", {"q": "SA-TESTSCH1"}).content.decode()
    assert "No record of this board has the reference" in page


def test_the_attempt_of_somebody_refused_is_tied_to_the_record(
    browse: Browse, world: World, looked_at: Record
) -> None:
    refuse(world, looked_at, "chair")
    with acting.acting_as(world.people["chair"], world.seats["chair"]):
        ledger.attempted("SA-TESTSCH1", world.board.id)
    page = browse("ig_lead").get("/access/record/", {"q": "SA-TESTSCH1"}).content.decode()
    assert page.count("was shown") == 2


def test_nonsense_is_answered_in_words(browse: Browse, world: World) -> None:
    assert "nobody with a seat" in browse("ig_lead").get("/access/record/", {"q": "Zzyzx"}).content.decode()
    assert browse("ig_lead").get("/access/record/", {"person": "nonsense"}).status_code == 404
    stranger = str(world.people["stranger"].pk)
    assert browse("ig_lead").get("/access/record/", {"person": stranger}).status_code == 404
    page = browse("ig_lead").get(
        "/access/record/", {"q": "x", "since-day": "40", "since-month": "1", "since-year": "2016"}
    )
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()


def test_it_costs_the_same_for_thirty_lines_as_for_three(
    browse: Browse, world: World, looked_at: Record, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("ig_lead")
    client.get("/access/record/?q=SA-TESTSCH1")
    few = cost_of(client, "/access/record/?q=SA-TESTSCH1")
    for _ in range(30):
        for name in ("head", "head_signatory", "head_contributor"):
            with acting.acting_as(world.people[name], world.seats[name]):
                ledger.line("access.opened", looked_at, reason="seat.agency_lead", writes=False)
    assert cost_of(client, "/access/record/?q=SA-TESTSCH1") == few
