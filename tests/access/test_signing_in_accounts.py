"""Invitations, closing, and starting a second factor afresh by two people or with a reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access.test_signing_in_second_step import set_up_app
from tests.personas import World
from wholestory.access import acting
from wholestory.access.models import Account, Recovery
from wholestory.access.signing_in import accounts, ports
from wholestory.partners.models import Counterpart, Person, Seat

Browse = Callable[[str], Client]
Mails = list[ports.Mail]
NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def of(world: World, name: str, *more: str) -> str:
    return "/".join(["/access/accounts", str(world.people[name].pk), *more, ""])


# Invitations


def test_the_list_says_what_each_account_waits_for(browse: Browse, world: World) -> None:
    Account.objects.filter(person=world.people["head"]).update(invited_at=NOW)
    page = browse("administrator").get("/access/accounts/").content.decode()
    for words in ("Jo Ashdown", "Agency lead, Willow Lane Academy", "Invited", "Not invited yet"):
        assert words in page
    assert "Viv Carden" not in page, "somebody of another board"
    narrowed = browse("administrator").get("/access/accounts/?q=ashdown").content.decode()
    assert "Ira Holt" not in narrowed


def test_it_costs_the_same_for_thirty_more(
    browse: Browse, world: World, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("administrator")
    client.get("/access/accounts/")
    few = cost_of(client, "/access/accounts/")
    for number in range(30):
        person = Person.objects.create(full_name=f"Extra {number}", email=f"extra{number}@people.example")
        Seat.objects.create(person=person, board=world.board, role="member", starts_on="2015-01-01")
    assert cost_of(client, "/access/accounts/") == few <= 12


def test_an_invitation_is_five_lines_and_no_password(browse: Browse, world: World, mail: Mails) -> None:
    response = browse("business_manager").post(of(world, "head", "invite"))
    assert response["Location"] == of(world, "head")
    (sent,) = mail
    assert sent.to == "head@people.example"
    assert sent.kind == "invitation"
    assert [line[0] for line in sent.body.splitlines()[1:]] == ["1", "2", "3", "4", "5"]
    assert "Willow Lane Academy" in sent.body
    assert "/sign-in/" in sent.body
    assert Account.objects.get(person=world.people["head"]).invited_at is not None
    assert "Invite again" in browse("business_manager").get(of(world, "head")).content.decode()


def test_an_invitation_opens_a_closed_account(browse: Browse, world: World, mail: Mails) -> None:
    Account.objects.filter(person=world.people["head"]).update(is_active=False)
    browse("business_manager").post(of(world, "head", "invite"))
    assert Account.objects.get(person=world.people["head"]).is_active


@pytest.mark.parametrize(("name", "words"), [("former_member", "holds no seat on this board")])
def test_nobody_is_invited_to_nothing(
    browse: Browse, world: World, mail: Mails, name: str, words: str
) -> None:
    page = browse("business_manager").post(of(world, name, "invite"), follow=True).content.decode()
    assert words in page
    assert mail == []


def test_closing_signs_somebody_out_at_their_next_page(browse: Browse, world: World, mail: Mails) -> None:
    head = browse("head")
    assert head.get("/sign-in/second-factors/").status_code == 200
    browse("administrator").post(of(world, "head", "close"))
    assert head.get("/sign-in/second-factors/").status_code == 302
    browse("administrator").post(of(world, "head", "open"))
    assert Account.objects.get(person=world.people["head"]).is_active


def test_nobody_closes_their_own(browse: Browse, world: World) -> None:
    page = browse("administrator").post(of(world, "administrator", "close"), follow=True).content.decode()
    assert "Somebody else has to close your account" in page


@pytest.mark.parametrize(
    "name", ["quality_officer", "chair", "head", "ig_lead", "lay_member", "sister_manager"]
)
def test_only_the_manager_and_the_administrator_keep_accounts(
    browse: Browse, world: World, name: str
) -> None:
    client = browse(name)
    assert client.get(of(world, "head")).status_code == 404
    for what in ("invite", "close", "open", "start-afresh"):
        assert client.post(of(world, "head", what), {"x": "1"}).status_code == 404
    if name != "sister_manager":
        assert client.get("/access/accounts/").status_code == 404


def test_accounts_of_those_who_hold_nothing_any_more_close_overnight(world: World) -> None:
    today_of = {board.id: board.today() for board in world.boards.values()}
    Seat.objects.filter(pk=world.seats["head"].pk).update(ends_on=date(2016, 3, 14))
    with acting.as_system(world.board, "keeper"):
        assert accounts.close_those_who_hold_nothing(today_of=today_of, now=NOW) == 1
        assert accounts.close_those_who_hold_nothing(today_of=today_of, now=NOW) == 0
    assert not Account.objects.get(person=world.people["former_member"]).is_active
    assert Account.objects.get(person=world.people["head"]).is_active, "their last day is today"
    assert Account.objects.get(person=world.people["stranger"]).is_active, (
        "they never held a seat: not ours to close"
    )


# Starting afresh


@pytest.fixture
def lost(browse: Browse, world: World, real_board: Settings, mail: Mails) -> Client:
    """The quality officer, signed in with a second factor they are about to lose; the team has theirs too."""
    client = browse("quality_officer")
    set_up_app(client)
    return client


def team(browse: Browse, name: str) -> Client:
    client = browse(name)
    set_up_app(client)
    return client


ASKED = {"reason": "I spoke to them on the office line.", "how": "two"}


def has_one(world: World, name: str = "quality_officer") -> bool:
    return bool(Authenticator.objects.filter(user=world.people[name].account).exists())


def test_two_people_take_it_away_and_every_session_ends(
    browse: Browse, world: World, lost: Client, mail: Mails
) -> None:
    manager = team(browse, "business_manager")
    assert "They lost their second factor" in manager.get(of(world, "quality_officer")).content.decode()
    assert manager.post(of(world, "quality_officer", "start-afresh"), ASKED).status_code == 302
    assert has_one(world), "one alone takes nothing away"
    asked = Recovery.objects.get()
    assert {one.to for one in mail} == {"administrator@people.example", "chair@people.example"}
    assert manager.post(f"/access/start-afresh/{asked.pk}/").status_code == 200
    assert has_one(world), "nor twice the same"
    administrator = team(browse, "administrator")
    assert "Look at it" in administrator.get("/access/accounts/").content.decode()
    page = administrator.get(f"/access/start-afresh/{asked.pk}/").content.decode()
    assert "I spoke to them on the office line." in page
    administrator.post(f"/access/start-afresh/{asked.pk}/")
    assert not has_one(world)
    assert mail[-1].to == "quality_officer@people.example"
    assert lost.get("/sign-in/second-factors/").status_code == 302, "signed out"
    assert administrator.get(f"/access/start-afresh/{asked.pk}/").status_code == 404, "it is done"


def test_one_alone_says_why_and_the_others_are_told(
    browse: Browse, world: World, lost: Client, mail: Mails
) -> None:
    manager = team(browse, "business_manager")
    alone = {**ASKED, "how": "alone"}
    assert (
        "There is a problem"
        in manager.post(of(world, "quality_officer", "start-afresh"), alone).content.decode()
    )
    manager.post(
        of(world, "quality_officer", "start-afresh"),
        {**alone, "alone_because": "Everybody else is on leave."},
    )
    assert not has_one(world)
    assert "did this alone and said why" in mail[-1].body


def test_the_sister_boards_counterpart_may_be_second(
    browse: Browse, world: World, lost: Client, mail: Mails
) -> None:
    team(browse, "business_manager").post(of(world, "quality_officer", "start-afresh"), ASKED)
    asked = Recovery.objects.get()
    sister = team(browse, "sister_manager")
    assert sister.get(f"/access/start-afresh/{asked.pk}/").status_code == 404
    Counterpart.objects.create(
        person=world.people["sister_manager"], board=world.board, starts_on=date(2016, 1, 1)
    )
    sister.post(f"/access/start-afresh/{asked.pk}/")
    assert not has_one(world)


def test_nobody_starts_their_own_afresh(
    browse: Browse, world: World, real_board: Settings, mail: Mails
) -> None:
    manager = team(browse, "business_manager")
    page = manager.post(of(world, "business_manager", "start-afresh"), ASKED).content.decode()
    assert "Somebody else of the team" in page
    page = manager.post(of(world, "head", "start-afresh"), ASKED).content.decode()
    assert "has no second factor" in page


@pytest.mark.parametrize("name", ["head", "chair", "police_lead", "ig_lead"])
def test_nobody_else_agrees(browse: Browse, world: World, lost: Client, mail: Mails, name: str) -> None:
    team(browse, "business_manager").post(of(world, "quality_officer", "start-afresh"), ASKED)
    asked = Recovery.objects.get()
    client = team(browse, name) if name == "ig_lead" else browse(name)
    assert client.get(f"/access/start-afresh/{asked.pk}/").status_code == 404
    assert client.post(f"/access/start-afresh/{asked.pk}/").status_code == 404
    assert has_one(world)
