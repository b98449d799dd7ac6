"""Emergency access: for reading, for an hour, told at once, reviewed by somebody else, and never past a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access.test_signing_in_by_code import code_in
from tests.access.test_signing_in_second_step import code_now, set_up_app
from tests.access.waiting import run_waiting
from tests.personas import World
from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.models import EmergencyAccess, Membership
from wholestory.access.screens import operations
from wholestory.access.signing_in import ports
from wholestory.access.verbs import Verb
from wholestory.ledger import reading
from wholestory.records.models import Record

Browse = Callable[[str], Client]
Mails = list[ports.Mail]
ANSWERS = {
    "reference": "sa-testsch1",
    "reason": "The child is at the hospital now and nobody answers.",
    "confirm": "on",
}
TAKE = "/access/emergency/take/"


def take(client: Client, **more: str) -> str:
    response = client.post(TAKE, {**ANSWERS, **more})
    assert response.status_code == 302, response.content.decode()
    return str(response["Location"])


def taken(world: World) -> EmergencyAccess:
    with acting.as_system(world.board):
        return EmergencyAccess.objects.select_related("record__board", "person").get()


def test_it_opens_the_record_for_reading_and_tells_the_office(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    client = browse("health_member")
    page = client.get(take(client)).content.decode()
    assert "You can read this record until" in page
    assert client.get("/access/records/SA-TESTSCH1/who/").status_code == 200
    assert {one.to for one in mail} == {"business_manager@people.example", "chair@people.example"}
    assert all(one.kind == "emergency_access" and "hospital" not in one.body for one in mail)
    assert (
        "They took emergency access."
        in browse("head").get("/access/records/SA-TESTSCH1/who/").content.decode()
    )


def test_it_is_tied_to_the_record_in_the_access_record(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    take(browse("health_member"))
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        lines = {one.verb: one for one in reading.seen(school_return.id)}
    assert lines["access.emergency_taken"].person == world.people["health_member"].id
    assert lines["access.emergency_taken"].writes


def test_it_lasts_an_hour_by_the_real_clock(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    take(browse("health_member"))
    found = taken(world)
    assert found.expires_at - found.started_at == operations.EMERGENCY_LASTS
    with acting.as_system(world.board), connection.cursor() as cursor:
        cursor.execute("select set_config('app.deriving', 'yes', true)")
        Membership.objects.filter(because="grant.emergency").update(
            expires_at=found.started_at - timedelta(seconds=1)
        )
        cursor.execute("select set_config('app.deriving', '', true)")
    with acting.acting_as(world.people["health_member"], world.seats["health_member"]):
        assert not Record.objects.filter(pk=school_return.pk).exists()


def test_it_allows_no_change_and_no_export(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    take(browse("health_member"))
    person, seat = world.people["health_member"], world.seats["health_member"]
    with acting.acting_as(person, seat):
        assert asking.ask(person, Verb.READ, school_return)
        for verb in (Verb.WRITE, Verb.DECIDE, Verb.MODERATE, Verb.MANAGE, Verb.EXPORT):
            answer = asking.ask(person, verb, school_return)
            assert not answer
            assert answer.code == "read_only"


def test_the_database_takes_no_change_either(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    take(browse("health_member"))
    with acting.acting_as(world.people["health_member"], world.seats["health_member"]):
        ledger.line("test.tried", school_return)
        assert Record.objects.filter(pk=school_return.pk).exists()
        assert Record.objects.filter(pk=school_return.pk).update(edition="WT2018") == 0
        assert Record.objects.filter(pk=school_return.pk)._raw_delete("default") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Record.objects.create(
                kind="x", reference="SA-NEW", board=world.board, circle_id=school_return.circle_id,
                office_id=school_return.office_id, edition="WT2015", opened_on=date(2016, 3, 14), retention="assurance",
            )  # fmt: skip


@pytest.mark.parametrize("name", ["head", "police_lead", "charity_lead", "stranger", "former_member"])
def test_only_people_with_a_seat_on_the_board_may(
    browse: Browse, world: World, school_return: Record, name: str
) -> None:
    assert browse(name).get(TAKE).status_code == 404
    assert browse(name).post(TAKE, ANSWERS).status_code == 404
    with acting.acting_as(world.people[name], world.seats.get(name)):
        assert operations.find_for_emergency("SA-TESTSCH1") is None, "nor by asking the database"


def test_not_from_another_board(browse: Browse, world: World, school_return: Record) -> None:
    assert browse("sister_manager").get(TAKE).status_code == 200
    assert browse("sister_manager").post(TAKE, ANSWERS).status_code == 404


def refuse(world: World, record: Record, name: str) -> None:
    manager = world.people["business_manager"]
    with acting.acting_as(manager, world.seats["business_manager"]):
        operations.refuse(
            actor=manager, person=world.people[name], record=record, reason="conflict",
            starts_on=date(2016, 3, 1), ends_on=None,
        )  # fmt: skip


def test_never_past_a_refusal_and_the_page_is_the_same_as_for_nothing(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    refuse(world, school_return, "health_member")
    client = browse("health_member")
    refused = client.post(TAKE, ANSWERS)
    missing = client.post(TAKE, {**ANSWERS, "reference": "SA-00000000"})
    assert refused.status_code == missing.status_code == 404
    strip = r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|"X-CSRFToken": "\w+"'
    assert re.sub(strip, "", refused.content.decode()) == re.sub(strip, "", missing.content.decode())
    assert mail == []
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        assert "access.not_found" in {one.verb for one in reading.seen(school_return.id)}


def test_a_refusal_ends_one_that_runs(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    take(browse("health_member"))
    refuse(world, school_return, "health_member")
    with acting.acting_as(world.people["health_member"], world.seats["health_member"]):
        assert not Record.objects.filter(pk=school_return.pk).exists()


def test_it_can_be_given_back_and_taken_again(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    client = browse("health_member")
    where = take(client)
    assert client.post(f"{where}end/").status_code == 302
    assert client.get("/access/records/SA-TESTSCH1/who/").status_code == 404
    assert taken(world).ended_at is not None
    take(client)
    assert client.get("/access/records/SA-TESTSCH1/who/").status_code == 200


def test_nobody_else_gives_it_back(browse: Browse, world: World, school_return: Record, mail: Mails) -> None:
    where = take(browse("health_member"))
    assert browse("police_member").post(f"{where}end/").status_code == 404
    assert browse("police_member").get(where).status_code == 404
    assert browse("business_manager").post(f"{where}end/").status_code == 404


def test_somebody_else_reviews_it_once(
    browse: Browse, world: World, school_return: Record, mail: Mails
) -> None:
    where = take(browse("health_member"))
    manager = browse("business_manager")
    assert "To be reviewed" in manager.get("/access/emergency/").content.decode()
    page = manager.get(where).content.decode()
    assert "The child is at the hospital now" in page
    assert "There is a problem" in manager.post(where, {"outcome": ""}).content.decode()
    assert (
        manager.post(where, {"outcome": "justified", "note": "Rang the duty team; it was right."}).status_code
        == 302
    )
    assert taken(world).reviewed_by == world.people["business_manager"]
    assert "Review it" not in manager.get(where).content.decode()
    assert (
        "There is a problem"
        not in manager.post(where, {"outcome": "not_justified", "note": "x"}).content.decode()
    )
    assert taken(world).outcome == "justified"


def test_nobody_reviews_their_own(browse: Browse, world: World, mail: Mails, closed_record: Record) -> None:
    where = take(browse("business_manager"), reference="SA-C0SED000")
    page = browse("business_manager").get(where).content.decode()
    assert "Review it" not in page
    with (
        acting.acting_as(world.people["business_manager"], world.seats["business_manager"]),
        pytest.raises((operations.CannotReview, asking.NotForYou)),
    ):
        operations.review_emergency_access(
            actor=world.people["business_manager"], emergency=taken(world), outcome="justified", note="Mine",
            at=datetime.fromisoformat("2026-11-02T09:00:00+00:00"),
        )  # fmt: skip


def test_the_form_says_what_is_missing_and_keeps_what_was_typed(
    browse: Browse, school_return: Record
) -> None:
    page = browse("health_member").post(TAKE, {"reference": "SA-1", "reason": "now"}).content.decode()
    assert "Say in a sentence or two" in page
    assert "Tick the box to confirm" in page
    assert 'value="SA-1"' in page


# Outside the demo one shows again who one is


def test_a_member_shows_a_code_from_their_mail(
    browse: Browse, school_return: Record, mail: Mails, real_board: Settings
) -> None:
    client = browse("health_member")
    assert "There is a problem" in client.post(TAKE, ANSWERS).content.decode(), "the code is missing"
    assert "This code is not right" in client.post(TAKE, {**ANSWERS, "code": "123"}).content.decode()
    page = client.post(TAKE, {**ANSWERS, "send": "1"}).content.decode()
    assert "A code is on its way" in page
    assert "The child is at the hospital now" in page
    run_waiting()
    take(client, code=code_in(mail[0]))


def test_the_team_shows_its_second_factor_again_unless_it_just_did(
    browse: Browse, world: World, mail: Mails, real_board: Settings, closed_record: Record
) -> None:
    answers = {**ANSWERS, "reference": "SA-C0SED000"}
    client = browse("quality_officer")
    secret, _ = set_up_app(client)
    assert "code" not in re.findall(r'name="(\w+)"', client.get(TAKE).content.decode())
    with time_machine.travel(datetime.now().astimezone() + timedelta(minutes=6)):
        assert "six digits" in client.get(TAKE).content.decode()
        assert "This code is not right" in client.post(TAKE, {**answers, "code": "000000"}).content.decode()
        assert client.post(TAKE, {**answers, "code": code_now(secret)}).status_code == 302
