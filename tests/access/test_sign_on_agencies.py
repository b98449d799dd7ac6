"""Which agency uses which provider, whose codes end with it, and what the board's team can put right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from tests.access.provider import FakeProvider
from tests.access.test_sign_on import come_back, said, signed_in
from tests.access.test_signing_in_by_code import ask, code_in
from tests.access.test_signing_in_second_step import set_up_app
from tests.access.waiting import run_waiting
from tests.personas import World
from wholestory.access import acting
from wholestory.access.directory.operations import agencies, joining
from wholestory.access.directory.operations.agencies import AgencyDetails
from wholestory.access.sign_on import binding
from wholestory.access.signing_in import accounts, ports
from wholestory.config.single_sign_on import Provider
from wholestory.ledger import reading as access_record
from wholestory.partners.models import Agency, Seat

pytestmark = pytest.mark.usefixtures("real_board", "harbour")
Browse = Callable[[str], Client]
Mails = list[ports.Mail]
SCHOOL = "/board/agencies/school/"


@pytest.fixture
def only(harbour: Provider, settings: Settings) -> Provider:
    """The provider's organisation wants no codes by e-mail."""
    made = replace(harbour, only=True)
    settings.SINGLE_SIGN_ON = (made,)
    return made


@pytest.fixture
def manager(browse: Browse) -> Client:
    """The business manager, who has shown a second factor."""
    client = browse("business_manager")
    set_up_app(client)
    return client


def fields(world: World, **more: str) -> dict[str, str]:
    school = world.agencies["school"]
    return {"name": school.name, "sector": school.sector, "duty_basis": school.duty_basis, **more}


def now_uses(slug: str = "school") -> str:
    return Agency.objects.get(slug=slug).sign_on


# On the agency's own page


def test_the_team_chooses_it_on_the_agencys_page(world: World, manager: Client) -> None:
    Agency.objects.update(sign_on="")
    page = manager.get(f"{SCHOOL}change/").content.decode()
    assert '<option value="harbour">Through Harbour Schools</option>' in page
    assert "Its people sign in" not in manager.get(SCHOOL).content.decode()
    assert manager.post(f"{SCHOOL}change/", fields(world, sign_on="harbour"))["Location"] == SCHOOL
    assert now_uses() == "harbour"
    assert "Through Harbour Schools, or with a code" in manager.get(SCHOOL).content.decode()
    assert '<option value="harbour" selected>' in manager.get(f"{SCHOOL}change/").content.decode()
    manager.post(f"{SCHOOL}change/", fields(world, sign_on=""))
    assert now_uses() == ""


def test_what_was_not_offered_is_not_taken(world: World, manager: Client) -> None:
    page = manager.post(f"{SCHOOL}change/", fields(world, sign_on="quay")).content.decode()
    assert "Select one of the answers listed" in page
    assert now_uses() == "harbour"


def test_others_neither_see_nor_set_it(world: World, browse: Browse) -> None:
    for name in ("lay_member", "head", "sister_manager"):
        client = browse(name)
        if name == "sister_manager":
            set_up_app(client)
        assert "Its people sign in" not in client.get(SCHOOL).content.decode()
        assert client.post(f"{SCHOOL}change/", fields(world, sign_on="")).status_code == 404
    assert now_uses() == "harbour"


def test_a_provider_that_is_gone_stays_named_until_somebody_changes_it(
    world: World, manager: Client, settings: Settings
) -> None:
    settings.SINGLE_SIGN_ON = ()
    assert "harbour is not set up at present" in manager.get(SCHOOL).content.decode()
    assert "harbour (not set up at present)" in manager.get(f"{SCHOOL}change/").content.decode()
    manager.post(f"{SCHOOL}change/", fields(world, sign_on="harbour"))
    assert now_uses() == "harbour"


def test_without_providers_nobody_is_asked_and_nothing_is_lost(
    world: World, manager: Client, settings: Settings
) -> None:
    settings.SINGLE_SIGN_ON = ()
    Agency.objects.update(sign_on="")
    page = manager.get(f"{SCHOOL}change/").content.decode()
    assert "How its people sign in" not in page
    assert manager.post(f"{SCHOOL}change/", fields(world))["Location"] == SCHOOL


def test_a_new_agency_can_have_it_from_the_start(world: World, manager: Client) -> None:
    given = {
        "name": "Quayside College", "sector": "education", "duty_basis": "s175", "sign_on": "harbour",
        "starts_on-day": "1", "starts_on-month": "3", "starts_on-year": "2016",
    }  # fmt: skip
    response = manager.post("/board/agencies/add/", given)
    assert response.status_code == 302, response.content.decode()
    assert now_uses("quayside-college") == "harbour"


def test_a_joined_entry_keeps_how_its_people_sign_in(world: World) -> None:
    boss, board = world.people["business_manager"], world.board
    with acting.acting_as(boss, world.seats["business_manager"]):
        double = agencies.add_agency(
            actor=boss, board=board, starts_on=board.today(),
            details=AgencyDetails(name="Harbour Trust", sector="voluntary", duty_basis="voluntary", sign_on="harbour"),
        )  # fmt: skip
        kept = world.agencies["charity"]
        joining.join(
            actor=boss, board=board, kept=kept, double=double, today=board.today(), now=timezone.now()
        )
    assert now_uses("charity") == "harbour"


# Only through the organisation


def test_codes_still_work_beside_it(world: World, client: Client, mail: Mails) -> None:
    ask(client, "head@people.example")
    client.post("/sign-in/code/", {"code": code_in(mail[0])})
    assert signed_in(client, world)


@pytest.mark.usefixtures("only")
def test_whose_organisation_wants_no_codes_is_led_to_it(client: Client, mail: Mails) -> None:
    for _ in range(5):
        ask(client, "head@people.example")
    assert {one.to for one in mail} == {"head@people.example"}
    assert all("You sign in through Harbour Schools" in one.body for one in mail)
    assert not any("sign-in code is" in one.body for one in mail)
    assert len(mail) == 3, "and is not pestered"


@pytest.mark.usefixtures("only")
def test_the_way_through_it_opens(world: World, client: Client, there: FakeProvider, manager: Client) -> None:
    come_back(client, there)
    assert signed_in(client, world)
    assert "Through Harbour Schools<" in manager.get(SCHOOL).content.decode()


def test_who_could_not_come_in_through_it_keeps_codes(
    world: World, only: Provider, settings: Settings
) -> None:
    def through(name: str) -> bool:
        return binding.only_through(world.people[name].account) == settings.SINGLE_SIGN_ON[0]

    assert through("head")
    assert not through("charity_lead"), "another agency"
    assert not through("former_member"), "no seat at all"
    Seat.objects.create(
        person=world.people["head"], board=world.board, role="member", agency=world.agencies["police"],
        starts_on="2015-01-01",
    )  # fmt: skip
    assert not through("head"), "a second seat, at an agency that does not use it"
    Seat.objects.filter(pk=world.seats["quality_officer"].pk).update(agency=world.agencies["school"])
    assert not through("quality_officer"), "the team, who show a second factor"
    assert through("head_signatory")
    settings.SINGLE_SIGN_ON = (replace(only, email_domains=("harbour.example",)),)
    assert not through("head_signatory"), "an address it cannot vouch for"


def test_the_invitation_says_the_way(world: World, only: Provider, settings: Settings, mail: Mails) -> None:
    boss = world.people["business_manager"]

    def invite(name: str) -> str:
        with acting.acting_as(boss, world.seats["business_manager"]):
            accounts.invite(actor=boss, board=world.board, person=world.people[name], now=timezone.now())
        return mail[-1].body

    for name in ("head", "charity_lead"):
        assert [line[0] for line in invite(name).splitlines()[1:]] == ["1", "2", "3", "4", "5"]
    assert "Choose “Harbour Schools”" in invite("head")
    assert "We send a code" in invite("charity_lead")


def test_emergency_access_is_confirmed_with_a_code_all_the_same(
    world: World, only: Provider, browse: Browse, mail: Mails
) -> None:
    Agency.objects.filter(slug="health").update(sign_on="harbour")
    client = browse("health_member")
    client.post("/access/emergency/take/", {"reference": "SA-1", "reason": "Needed at once.", "send": "1"})
    run_waiting()
    assert "Your sign-in code is" in mail[0].body


# Putting right


def test_the_team_has_the_old_account_there_forgotten(
    world: World, client: Client, there: FakeProvider, manager: Client
) -> None:
    page = f"/access/accounts/{world.people['head'].pk}/"
    assert "old account" not in manager.get(page).content.decode()
    come_back(client, there)
    there.says["sub"] = "harbour|2"
    again = Client()
    assert "The board’s team can put that right" in said(again, come_back(again, there))
    assert "Forget their organisation’s old account" in manager.get(page).content.decode()
    assert manager.post(f"{page}forget-sign-on/")["Location"] == page
    assert not SocialAccount.objects.exists()
    come_back(again, there)
    assert signed_in(again, world)
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        done = access_record.done_by(world.people["business_manager"].id)
    (line,) = [one for one in done if one.verb == "access.sign_on_forgotten"]
    assert world.people["head"].id in line.ids


def test_nobody_does_it_for_themselves_or_without_the_power(
    world: World, browse: Browse, manager: Client
) -> None:
    own = f"/access/accounts/{world.people['business_manager'].pk}/forget-sign-on/"
    assert "Somebody else of the team" in manager.post(own, follow=True).content.decode()
    nothing = f"/access/accounts/{world.people['head'].pk}/forget-sign-on/"
    assert "have not signed in through" in manager.post(nothing, follow=True).content.decode()
    assert browse("head_signatory").post(nothing).status_code == 404
