"""Whom the sign-in of an organisation does not open for, and what must be proved."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access import provider as fake
from tests.access.test_sign_on import begin, come_back, said, signed_in
from tests.personas import World
from wholestory.access.models import Account
from wholestory.config.single_sign_on import Provider
from wholestory.partners.models import Agency

pytestmark = pytest.mark.usefixtures("real_board", "harbour")


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ({"email": "head@elsewhere.example"}, "not one of its own"),
        ({"email": "head@people.example.evil.example"}, "not one of its own"),
        ({"email": "head@evil.example@people.example"}, "no account for you"),
        ({"email_verified": False}, "did not say that the address"),
        ({"email_verified": "false"}, "did not say that the address"),
        ({"email_verified": None}, "did not say that the address"),
        ({"email": None}, "did not tell us your work address"),
        ({"email": ["head@people.example"]}, "did not tell us your work address"),
        ({"email": "head@people.example".replace("e", "\u212e")}, "did not tell us your work address"),
        ({"email": "nobody@people.example"}, "no account for you"),
        ({"email": "charity_lead@people.example"}, "no account for you"),
        ({"email": "former_member@people.example"}, "no account for you"),
        ({"email": "stranger@people.example"}, "no account for you"),
    ],
    ids=["foreign", "longer", "two_ats", "unverified", "unverified_text", "verified_unsaid", "no_address",
         "a_list", "other_alphabet", "unknown", "agency_without", "seat_ended", "no_seat"],
)  # fmt: skip
def test_whoever_is_none_of_its_people_is_refused(
    client: Client, there: fake.FakeProvider, says: dict[str, Any], words: str
) -> None:
    Agency.objects.filter(slug="health").update(sign_on="harbour")
    there.says |= says
    accounts = Account.objects.count()
    assert words in said(client, come_back(client, there))
    assert Account.objects.count() == accounts
    assert not SocialAccount.objects.exists()


def test_a_provider_of_verified_addresses_need_not_say_so(
    world: World, client: Client, there: fake.FakeProvider, harbour: Provider, settings: Settings
) -> None:
    settings.SINGLE_SIGN_ON = (replace(harbour, addresses_are_verified=True),)
    there.says["email_verified"] = False
    said(client, come_back(client, there))
    del there.says["email_verified"]
    come_back(client, there)
    assert signed_in(client, world)


def test_a_closed_account_stays_closed(world: World, client: Client, there: fake.FakeProvider) -> None:
    Account.objects.filter(person=world.people["head"]).update(is_active=False)
    assert "no account for you" in said(client, come_back(client, there))


def test_another_claim_must_stand_there_when_asked_for(
    world: World, client: Client, there: fake.FakeProvider, harbour: Provider, settings: Settings
) -> None:
    settings.SINGLE_SIGN_ON = (replace(harbour, required_claims=(("hd", "people.example"),)),)
    assert "not one of your organisation’s" in said(client, come_back(client, there))
    there.says["hd"] = "people.example"
    come_back(client, there)
    assert signed_in(client, world)


def test_an_address_handed_on_opens_nothing_of_its_former_owners(
    world: World, client: Client, there: fake.FakeProvider
) -> None:
    come_back(client, there)
    successor = Client()
    there.says["sub"] = "harbour|2"
    assert "somebody else than last time" in said(successor, come_back(successor, there))


def test_one_of_its_people_is_one_account(world: World, client: Client, there: fake.FakeProvider) -> None:
    come_back(client, there)
    other = Client()
    there.says["email"] = "head_signatory@people.example"
    assert "somebody else than last time" in said(other, come_back(other, there))
    Account.objects.filter(person=world.people["head"]).update(is_active=False)
    come_back(other, there)
    assert signed_in(other, world, "head_signatory"), "the entry they had before was closed"


@pytest.mark.parametrize(
    ("how", "value"),
    [
        ("signed_by", "another"),
        ("algorithm", "HS256"),
        ("algorithm", "none"),
        ("token", "nonsense"),
        ("says", {"iss": "https://elsewhere.example"}),
        ("says", {"aud": "somebody-else"}),
        ("says", {"aud": ["wholestory-at-harbour", "somebody-else"]}),
        ("says", {"exp": 1_000_000_000}),
        ("says", {"exp": None}),
        ("says", {"sub": None}),
        ("says", {"sub": ""}),
        ("says", {"nonce": "of-another-sign-in"}),
        ("says", {"nonce": None}),
    ],
    ids=lambda value: str(value),
)
def test_an_identity_that_is_not_proved_is_refused(
    client: Client, there: fake.FakeProvider, how: str, value: Any
) -> None:
    setattr(there, how, {**there.says, **value} if how == "says" else value)
    if how == "says" and None in value.values():
        there.says = {**there.says, **value}
    assert "do not agree" in said(client, come_back(client, there))


def test_an_identity_from_an_earlier_sign_in_is_refused(client: Client, there: fake.FakeProvider) -> None:
    seen = there.signed({"nonce": "n"})
    there.token = seen
    assert "do not agree" in said(client, come_back(client, there))


def test_the_way_back_is_good_once_and_in_this_browser(
    world: World, client: Client, there: fake.FakeProvider
) -> None:
    back = there.authorise(begin(client))
    elsewhere = Client()
    assert "another browser" in said(elsewhere, elsewhere.get(back))
    wrong = re.sub(r"state=[^&]+", "state=guessed", back)
    assert "another browser" in said(client, client.get(wrong))
    client.get(back)
    assert signed_in(client, world)
    again = Client()
    again.cookies = client.cookies
    assert again.get(back)["Location"] == "/sign-in/refused/"
    assert len([path for path, _, _ in there.asked if path == "/token"]) == 1


def test_the_way_back_lasts_ten_minutes(client: Client, there: fake.FakeProvider) -> None:
    import time

    back = there.authorise(begin(client))
    with time_machine.travel(time.time() + 601):
        assert "ten minutes" in said(client, client.get(back))


def test_the_way_back_of_one_provider_is_none_of_anothers(
    client: Client, there: fake.FakeProvider, harbour: Provider, settings: Settings
) -> None:
    settings.SINGLE_SIGN_ON = (harbour, replace(harbour, key="quay", name="Quay"))
    back = there.authorise(begin(client)).replace("/harbour/", "/quay/")
    assert "another browser" in said(client, client.get(back))
