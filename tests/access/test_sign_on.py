"""Signing in through one's own organisation: the whole way there and back, and everything it must not open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from tests.access import provider as fake
from tests.access.test_signing_in_second_step import set_up_app
from tests.personas import World
from wholestory.access import acting, policy
from wholestory.access.models import Account
from wholestory.access.signing_in import limits
from wholestory.config.single_sign_on import Provider
from wholestory.ledger import reading as access_record
from wholestory.partners.models import LeaveCover, Seat

pytestmark = pytest.mark.usefixtures("real_board", "harbour")
Browse = Callable[[str], Client]
WITH = "/sign-in/with/harbour/"


def begin(client: Client, next_page: str = "") -> str:
    """The provider's page that the button leads to."""
    response = client.post(WITH, {"next": next_page})
    assert response.status_code == 200, response.content
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', response.content.decode())
    assert found
    return unescape(found[1])


def come_back(client: Client, there: fake.FakeProvider, next_page: str = "") -> HttpResponse:
    return client.get(there.authorise(begin(client, next_page)))


def said(client: Client, response: HttpResponse) -> str:
    """What the page says to somebody who was refused."""
    assert response["Location"] == "/sign-in/refused/"
    assert "_auth_user_id" not in client.session
    page = client.get("/sign-in/refused/")
    assert page.status_code == 403
    return page.content.decode()


def signed_in(client: Client, world: World, name: str = "head") -> bool:
    return client.session.get("_auth_user_id") == str(world.people[name].account.pk)


# The whole way


def test_the_whole_way_there_and_back(world: World, client: Client, there: fake.FakeProvider) -> None:
    page = client.get("/sign-in/?next=/actions/").content.decode()
    assert "Sign in through your own organisation" in page
    assert f'action="{WITH}"' in page
    before = (Account.objects.count(), client.session.session_key)
    where = begin(client, "/actions/?a=b")
    for part in ("response_type=code", "code_challenge_method=S256", "state=", "nonce=", "scope="):
        assert part in where
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Fsign-in%2Fwith%2Fharbour%2Fback%2F" in where
    assert there.client_secret not in where
    key = client.session.session_key
    response = client.get(there.authorise(where))
    assert response["Location"] == "/actions/?a=b"
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]
    assert signed_in(client, world)
    assert client.session.session_key not in {key, before[1]}, "the session key changes at sign-in"
    assert Account.objects.count() == before[0]
    assert client.get("/").status_code == 200
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        done = access_record.done_by(world.people["head"].id)
    assert [one.reason for one in done if one.verb == "access.signed_in"] == ["single_sign_on"]


def test_nothing_the_provider_says_is_kept_but_a_digest(
    world: World, client: Client, there: fake.FakeProvider
) -> None:
    there.person("head@people.example", name="Jo Ashdown", groups=["heads"])
    for _ in range(2):
        come_back(client, there)
    (mark,) = SocialAccount.objects.filter(user=world.people["head"].account)
    assert mark.extra_data == {}
    assert re.fullmatch(r"[0-9a-f]{64}", mark.uid)


def test_the_way_back_may_not_lead_elsewhere(client: Client, there: fake.FakeProvider) -> None:
    for wanted in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        assert come_back(client, there, wanted)["Location"] == "/"


def test_who_was_signed_in_before_leaves_nothing_behind(
    browse: Browse, world: World, there: fake.FakeProvider
) -> None:
    client = browse("police_lead")
    session = client.session
    session["theirs"] = "x"
    session.save()
    come_back(client, there)
    assert signed_in(client, world)
    assert "theirs" not in client.session
    assert client.session.get("seat") is None


def test_a_provider_that_takes_the_secret_in_the_form(client: Client, there: fake.FakeProvider) -> None:
    there.discovery = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    come_back(client, there)
    (form,) = [form for path, form, _ in there.asked if path == "/token"]
    assert form["client_secret"] == there.client_secret


def test_addresses_from_the_userinfo_page(
    world: World, client: Client, there: fake.FakeProvider, harbour: Provider, settings: Settings
) -> None:
    settings.SINGLE_SIGN_ON = (replace(harbour, claims_from_userinfo=True),)
    there.says = {"sub": "harbour|1"}
    there.userinfo = {"sub": "harbour|1", "email": "Head@People.example", "email_verified": "true"}
    come_back(client, there)
    assert signed_in(client, world)
    assert ("/userinfo", {}, "Bearer opens-userinfo") in there.asked
    other = Client()
    there.userinfo["sub"] = "harbour|2"
    assert "do not agree" in said(other, come_back(other, there))


def test_leave_cover_for_the_agency_counts(world: World, client: Client, there: fake.FakeProvider) -> None:
    Seat.objects.filter(pk=world.seats["charity_lead"].pk).update(agency=world.agencies["police"])
    there.person("charity_lead@people.example")
    assert "no account for you" in said(client, come_back(client, there))
    LeaveCover.objects.create(
        seat=world.seats["head"], person=world.people["charity_lead"], starts_on="2016-03-01"
    )
    come_back(client, there)
    assert signed_in(client, world, "charity_lead")


# The second factor is still asked for


def test_the_team_still_shows_a_second_factor(world: World, there: fake.FakeProvider, browse: Browse) -> None:
    Seat.objects.filter(pk=world.seats["quality_officer"].pk).update(agency=world.agencies["school"])
    set_up_app(browse("quality_officer"))
    there.person("quality_officer@people.example", sub="harbour|9")
    client = Client()
    come_back(client, there, "/self-audits/")
    assert signed_in(client, world, "quality_officer")
    assert client.get("/self-audits/")["Location"].startswith("/sign-in/second-step/")


def test_signing_in_anew_asks_for_the_second_factor_anew(
    world: World, there: fake.FakeProvider, browse: Browse
) -> None:
    Seat.objects.filter(pk=world.seats["quality_officer"].pk).update(agency=world.agencies["school"])
    client = browse("quality_officer")
    set_up_app(client)
    assert client.get("/self-audits/").status_code == 200
    there.person("quality_officer@people.example", sub="harbour|9")
    come_back(client, there)
    assert client.get("/self-audits/")["Location"].startswith("/sign-in/second-step/")


@pytest.mark.urls("tests.access.test_signing_in_second_step")
def test_material_that_names_children_asks_for_one_of_anybody(
    client: Client, there: fake.FakeProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(policy, "SECOND_FACTOR_KINDS", frozenset({"test.child"}))
    come_back(client, there)
    assert client.get("/plain/").status_code == 200
    assert client.get("/child/")["Location"].startswith("/sign-in/second-step/")


# When it does not work


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
def test_a_provider_that_is_down(client: Client, there: fake.FakeProvider, path: str) -> None:
    back = there.authorise(begin(client))
    there.broken = {path}
    assert "did not answer" in said(client, client.get(back))
    if path.startswith("/.well-known"):
        assert "did not answer" in said(client, client.post(WITH))


def test_a_provider_nobody_listens_at(
    client: Client, harbour: Provider, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SINGLE_SIGN_ON = (replace(harbour, issuer="http://127.0.0.1:9"),)
    assert "did not answer" in said(client, client.post(WITH))
    assert [(one.provider, one.because) for one in caplog.records if "sign-on" in one.message] == [
        ("harbour", "no_answer")
    ]


def test_turning_back_there(client: Client, there: fake.FakeProvider) -> None:
    back = there.authorise(begin(client))
    page = said(client, client.get(re.sub(r"code=[^&]+", "error=access_denied", back)))
    assert "You turned back" in page


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://elsewhere.example"},
        {"authorization_endpoint": "http://elsewhere.example/"},
        {"authorization_endpoint": "http://localhost.evil.example/"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_a_description_that_cannot_be_trusted(
    client: Client, there: fake.FakeProvider, discovery: dict[str, Any]
) -> None:
    there.discovery = discovery
    assert "do not agree" in said(client, client.post(WITH))


def test_the_log_names_no_person(
    client: Client, there: fake.FakeProvider, caplog: pytest.LogCaptureFixture
) -> None:
    there.says["email"] = "head@elsewhere.example"
    come_back(client, there)
    assert [(one.provider, one.because) for one in caplog.records if "sign-on" in one.message] == [
        ("harbour", "foreign_address")
    ]
    assert "head@" not in caplog.text


def test_asking_again_and_again_is_limited(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SIGN_ON_BEGUN", limits.Limit("sign_on_begun", 2, 60))
    codes = [client.post(WITH).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_it_begins_with_a_button_and_no_link(client: Client) -> None:
    assert client.get(WITH).status_code == 405
    assert client.post(f"{WITH}back/").status_code == 405
    assert Client(enforce_csrf_checks=True).post(WITH).status_code == 403
    assert client.post("/sign-in/with/nobody/").status_code == 404
    assert client.get("/sign-in/with/nobody/back/").status_code == 404


def test_the_demo_offers_none(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    assert "through your own organisation" not in client.get("/sign-in/").content.decode()
    assert client.post(WITH).status_code == 404


def test_without_providers_the_page_is_as_it_was(client: Client, settings: Settings) -> None:
    settings.SINGLE_SIGN_ON = ()
    assert "through your own organisation" not in client.get("/sign-in/").content.decode()
    assert "still signed in there" not in client.get("/signed-out/").content.decode()
