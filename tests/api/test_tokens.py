"""Making, showing once, expiring and revoking tokens; and that a service is nothing but its token."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from tests.api.conftest import EVERYTHING, Api, MakeToken, error, reference_of
from tests.assurance.conftest import Round
from tests.personas import TODAY, World
from wholestory import ledger
from wholestory.access import acting, asking, derive
from wholestory.access.asking import NotForYou
from wholestory.access.models import Account, Grant, Membership
from wholestory.access.signing_in import ports
from wholestory.access.tokens import operations
from wholestory.access.tokens.models import Scope, Token
from wholestory.ledger import reading
from wholestory.partners.models import Role, Seat
from wholestory.records.models import Circle

Browse = Callable[[str], Client]


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> list[ports.Mail]:
    sent: list[ports.Mail] = []
    monkeypatch.setattr(ports, "_deliver", [sent.append])
    return sent


def test_a_token_is_made_shown_once_and_kept_as_a_digest(
    browse: Browse, world: World, mail: list[ports.Mail]
) -> None:
    manager = browse("business_manager")
    assert "Willow Lane Academy" in manager.get("/access/tokens/new/").content.decode()
    given = {
        "agency": str(world.agencies["school"].id), "used_by": "The trust's audit system",
        "scopes": ["returns:read", "actions:read"], "days": "90",
    }  # fmt: skip
    page = manager.post("/access/tokens/new/", given)
    found = re.search(r"wholestory_[\w-]{43}", page.content.decode())
    assert found
    assert "no-store" in page["Cache-Control"]
    token = Token.objects.get()
    assert token.digest not in page.content.decode()
    assert found[0].endswith(token.ending)
    assert timedelta(days=89) < token.expires_at - timezone.now() < timedelta(days=91)
    assert Api(token, found[0]).read("/me")["scopes"] == ["returns:read", "actions:read"]
    listing = manager.get("/access/tokens/").content.decode()
    assert found[0] not in listing
    assert f"…{token.ending}" in listing
    assert "Works" in listing
    again = manager.post("/access/tokens/new/", given)
    assert "Willow Lane Academy" not in again.content.decode()
    assert Token.objects.count() == 1


def test_the_agency_is_told(token_for: MakeToken, mail: list[ports.Mail], world: World) -> None:
    token_for("school")
    assert [one.to for one in mail] == [world.people["head"].email]
    assert "Morgan Ellery" in mail[0].body
    assert "Willow Lane Academy" in mail[0].body


def test_it_says_when_nobody_could_be_told(browse: Browse, world: World, mail: list[ports.Mail]) -> None:
    given = {
        "agency": str(world.agencies["health"].id),
        "used_by": "A system",
        "scopes": ["returns:read"],
        "days": "30",
    }
    page = browse("business_manager").post("/access/tokens/new/", given)
    assert "Tell them yourself" in page.content.decode()
    assert not mail


def test_the_message_can_really_be_queued(token_for: MakeToken) -> None:
    assert token_for("school", by="business_manager").read("/me")


def test_an_administrator_sees_the_list_and_makes_and_revokes_none(
    browse: Browse, school: Api, world: World
) -> None:
    client = browse("administrator")
    page = client.get("/access/tokens/").content.decode()
    assert "Willow Lane Academy" in page
    assert "Make a token" not in page
    assert f"/access/tokens/{school.token.id}/revoke/" not in page
    for url in ("/access/tokens/new/", f"/access/tokens/{school.token.id}/revoke/"):
        assert client.get(url).status_code == client.post(url).status_code == 404
    assert school.get("/me").status_code == 200
    actor, seat, board = world.people["administrator"], world.seats["administrator"], world.board
    with acting.acting_as(actor, seat), pytest.raises(NotForYou):
        operations.make(
            actor=actor, board=board, agency=world.agencies["police"], used_by="x", scopes=[Scope.RETURNS_READ],
            days=1, now=timezone.now(),
        )  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {"used_by": ""},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"days": "3650"},
        {"days": ""},
        {"agency": ""},
        {"agency": "00000000-0000-4000-8000-00000000dead"},
    ],
)
def test_a_token_that_cannot_be_is_refused_at_its_place(
    browse: Browse, world: World, given: dict[str, object]
) -> None:
    whole = {
        "agency": str(world.agencies["school"].id),
        "used_by": "A system",
        "scopes": ["returns:read"],
        "days": "90",
    }
    page = browse("business_manager").post("/access/tokens/new/", whole | given)
    assert page.status_code == 200
    assert "govuk-error-summary" in page.content.decode()
    assert not Token.objects.exists()


def test_an_agency_of_another_board_cannot_have_one(world: World) -> None:
    actor, now = world.people["business_manager"], timezone.now()
    with acting.acting_as(actor, world.seats["business_manager"]), pytest.raises(operations.TokenRefused):
        operations.make(
            actor=actor, board=world.board, agency=world.agencies["elsewhere"], used_by="A system", scopes=EVERYTHING,
            days=30, now=now,
        )  # fmt: skip


@pytest.mark.parametrize(
    "name", ["quality_officer", "chair", "ig_lead", "head", "head_signatory", "sister_manager"]
)
def test_only_two_seats_keep_tokens(browse: Browse, world: World, name: str) -> None:
    assert browse(name).get("/access/tokens/new/").status_code == (200 if name == "sister_manager" else 404)
    actor = world.people[name]
    with acting.acting_as(actor, world.seats[name]), pytest.raises(NotForYou):
        operations.make(
            actor=actor, board=world.board, agency=world.agencies["school"], used_by="A system", scopes=EVERYTHING,
            days=30, now=timezone.now(),
        )  # fmt: skip


def test_another_boards_tokens_are_neither_listed_nor_revoked(browse: Browse, token_for: MakeToken) -> None:
    token = token_for("police").token
    sister = browse("sister_manager")
    assert "Northmarsh Constabulary" not in sister.get("/access/tokens/").content.decode()
    assert sister.post(f"/access/tokens/{token.id}/revoke/").status_code == 404


def test_revoking_stops_it_at_once_and_ends_its_seat(browse: Browse, school: Api, round_: Round) -> None:
    assert school.get("/me").status_code == 200
    manager = browse("business_manager")
    assert (
        "Revoke the token of Willow Lane Academy?"
        in manager.get(f"/access/tokens/{school.token.id}/revoke/").content.decode()
    )
    assert manager.post(f"/access/tokens/{school.token.id}/revoke/").status_code == 302
    assert error(school.get("/me"))[:2] == (401, "token_revoked")
    assert "Revoked" in manager.get("/access/tokens/").content.decode()
    school.token.refresh_from_db()
    assert school.token.seat.ends_on <= TODAY
    assert (
        manager.post(f"/access/tokens/{school.token.id}/revoke/").status_code == 302
    )  # twice is the same as once


def test_an_expired_token_opens_nothing_and_a_new_one_can_be_made(
    token_for: MakeToken, round_: Round, world: World
) -> None:
    old = token_for("school", days=1)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert error(old.get("/me"))[:2] == (401, "token_expired")
        new = token_for("school")
        assert new.token.person_id == old.token.person_id
        assert new.read("/returns")["returns"]
        assert error(old.get("/me"))[:2] == (401, "token_expired")


def test_a_try_with_a_dead_token_is_written_down(school: Api, world: World) -> None:
    Token.objects.filter(pk=school.token.pk).update(
        revoked_at=timezone.now(), revoked_by=world.people["administrator"]
    )
    school.get("/me")
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        done = reading.done_by(school.token.person_id)
    assert [(one.verb, one.reason) for one in done] == [("access.token_refused", "token_revoked")]


def test_a_seat_ended_in_the_directory_ends_the_token(school: Api, browse: Browse) -> None:
    seat = school.token.seat
    seat.starts_on, seat.ends_on = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
    seat.save()
    assert error(school.get("/me"))[:2] == (401, "token_revoked")


def test_use_is_remembered(school: Api) -> None:
    assert school.token.last_used_at is None
    school.get("/me")
    school.token.refresh_from_db()
    assert school.token.last_used_at is not None


def test_one_working_token_for_each_agency_and_board(token_for: MakeToken, world: World) -> None:
    token_for("police")
    with pytest.raises(operations.TokenRefused, match="has a token already"):
        token_for("police")
    assert token_for("police", board="south").token.person.full_name == "API of Northmarsh Constabulary"


def test_the_database_holds_the_limits_too(school: Api, world: World) -> None:
    for wrong in (
        {"expires_at": school.token.created_at + timedelta(days=367)},
        {"expires_at": school.token.created_at},
        {"revoked_at": timezone.now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Token.objects.filter(pk=school.token.pk).update(**wrong)


def test_nobody_can_sign_in_as_a_service(school: Api, browse: Browse) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("api@willow.example", person=school.token.person)
    # Somebody who gives it an address in the directory opens no account with that.
    person = school.token.person
    given = {"full_name": person.full_name, "email": "api@willow.example", "job_title": "", "telephone": ""}
    assert browse("business_manager").post(f"/board/people/{person.id}/change/", given).status_code == 302
    assert not Account.objects.filter(person=person).exists()
    assert school.get("/me").status_code == 200


def test_the_service_is_in_no_more_than_its_agencys_circles(school: Api, round_: Round, world: World) -> None:
    with acting.acting_as(school.token.person, school.token.seat):
        held = Membership.objects.filter(person=school.token.person).select_related("circle")
        assert {(one.because, one.circle.agency_id if one.circle else None) for one in held} == {
            (f"seat.{Role.CONTRIBUTOR}", world.agencies["school"].id)
        }
        assert [seat.role for seat in asking.seats_today(school.token.person)] == [Role.CONTRIBUTOR]


@pytest.mark.parametrize("board", ["north", "south"])
def test_a_service_that_was_given_more_opens_nothing(
    token_for: MakeToken, round_: Round, world: World, board: str
) -> None:
    police = token_for("police")
    assert police.get("/returns").status_code == 200
    role = Role.MEMBER if board == "north" else Role.CONTRIBUTOR
    Circle.objects.create(board=world.boards["south"], kind="return", agency=world.agencies["police"])
    seat = Seat.objects.create(
        person=police.token.person, board=world.boards[board], agency=world.agencies["police"], role=role,
        starts_on=TODAY,
    )  # fmt: skip
    derive.rewrite(police.token.person)
    assert error(police.get("/returns"))[:2] == (403, "service_changed")
    seat.delete()
    derive.rewrite(police.token.person)
    assert police.get("/returns").status_code == 200


def test_a_service_asked_to_moderate_another_agency_opens_nothing(
    token_for: MakeToken, round_: Round, world: World
) -> None:
    police = token_for("police")
    with round_.acting("quality_officer") as actor:
        school = round_.fresh("school")
        ledger.line("access.granted", school.record)
        grant = Grant.objects.create(
            circle=school.circle, office=school.office, person=police.token.person, role="moderator",
            purpose="moderation", starts_on=TODAY, given_by=actor,
        )  # fmt: skip
        derive.add_grants([grant])
    assert error(police.get(f"/returns/{reference_of(round_, 'school')}"))[:2] == (403, "service_changed")


def test_a_contributor_and_the_service_see_the_same_rows(school: Api, round_: Round, world: World) -> None:
    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from records_record")
            return int(cursor.fetchone()[0])

    with acting.acting_as(world.people["head_contributor"], world.seats["head_contributor"]):
        theirs = rows()
    with acting.acting_as(school.token.person, school.token.seat):
        assert rows() == theirs > 0
    assert reference_of(round_, "school") in school.get("/returns").content.decode()
