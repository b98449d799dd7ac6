"""The board's team shows a second factor before acting; nobody is asked in the demo."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tests.personas import World
from wholestory.access import policy
from wholestory.access.asks import asks, signed_in
from wholestory.access.requests import Request
from wholestory.access.signing_in import limits
from wholestory.access.verbs import Verb
from wholestory.config.urls import handler404, handler500
from wholestory.config.urls import urlpatterns as site

Browse = Callable[[str], Client]


@signed_in("A page of the test")
def plain(request: Request) -> HttpResponse:
    return HttpResponse(f"Here you are: {request.POST.get('said', '')}")


@asks(Verb.READ, "test.child", no_line="a page of the test")
def about_a_child(request: Request) -> HttpResponse:
    return HttpResponse("A child")


urlpatterns = [path("plain/", plain), path("child/", about_a_child), *site]
__all__ = ["handler404", "handler500", "urlpatterns"]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.usefixtures("real_board")]


def code_now(secret: str, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up_app(client: Client) -> tuple[str, HttpResponse]:
    client.get("/sign-in/second-factors/new/app/")
    secret = client.session["app_secret"]
    response = client.post("/sign-in/second-factors/new/app/", {"code": code_now(secret)})
    return secret, response


def test_somebody_of_the_team_sets_one_up_first_and_comes_back_to_the_page(browse: Browse) -> None:
    client = browse("quality_officer")
    response = client.get("/plain/?a=b")
    assert response["Location"] == "/sign-in/second-step/?next=%2Fplain%2F%3Fa%3Db"
    assert client.get(response["Location"])["Location"] == "/sign-in/second-factors/new/"
    before = client.session.session_key
    _, page = set_up_app(client)
    assert "Keep these recovery codes" in page.content.decode()
    assert 'href="/plain/?a=b"' in page.content.decode()
    assert client.session.session_key != before
    assert client.get("/plain/").status_code == 200


def test_the_secret_is_sealed_in_the_database(browse: Browse, world: World) -> None:
    secret, _ = set_up_app(browse("quality_officer"))
    kept = Authenticator.objects.get(user=world.people["quality_officer"].account, type="totp")
    assert secret not in str(kept.data)
    codes = Authenticator.objects.get(user=world.people["quality_officer"].account, type="recovery_codes")
    assert codes.data["seed"].startswith("gAAAA")


def test_the_next_time_the_app_is_shown(browse: Browse) -> None:
    secret, _ = set_up_app(browse("quality_officer"))
    client = browse("quality_officer")
    assert client.get("/plain/")["Location"].startswith("/sign-in/second-step/")
    wrong = client.post("/sign-in/second-step/", {"code": "000000", "next": "/plain/"})
    assert "This code is not right" in wrong.content.decode()
    assert client.post("/sign-in/second-step/", {"code": "", "next": "/plain/"}).status_code == 200
    with time_machine.travel(time.time() + 60):
        shown = code_now(secret)
        assert (
            client.post("/sign-in/second-step/", {"code": shown, "next": "/plain/"})["Location"] == "/plain/"
        )
        again = browse("quality_officer").post("/sign-in/second-step/", {"code": shown, "next": "/plain/"})
        assert again.status_code == 200, "a code that was looked over a shoulder is not taken a second time"
    assert client.get("/plain/").status_code == 200


def test_a_recovery_code_opens_once(browse: Browse) -> None:
    _, page = set_up_app(browse("quality_officer"))
    import re

    codes = re.findall(r"<li>(\d{4} \d{4})</li>", page.content.decode())
    assert len(codes) == 10
    assert browse("quality_officer").post("/sign-in/second-step/", {"code": codes[0]}).status_code == 302
    assert browse("quality_officer").post("/sign-in/second-step/", {"code": codes[0]}).status_code == 200


def test_wrong_codes_end_the_sign_in_and_rest_the_app_but_not_the_recovery_codes(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, page = set_up_app(browse("quality_officer"))
    monkeypatch.setattr(limits, "WRONG_APP_CODES", limits.Limit("wrong_app_codes", 12, 86400))
    client = browse("quality_officer")
    for _ in range(9):
        assert client.post("/sign-in/second-step/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/second-step/", {"code": "000000"})["Location"] == "/sign-in/?again=1"
    assert client.get("/plain/")["Location"].startswith("/sign-in/?next")
    other = browse("quality_officer")
    for _ in range(3):
        other.post("/sign-in/second-step/", {"code": "000000"})
    assert "they rest for a day" in other.get("/sign-in/second-step/").content.decode()
    code = page.content.decode().split("<li>")[1][:9]
    assert other.post("/sign-in/second-step/", {"code": code}).status_code == 302


@pytest.mark.parametrize("name", ["head", "chair", "police_member", "lay_member"])
def test_others_are_not_asked(browse: Browse, name: str) -> None:
    assert browse(name).get("/plain/").status_code == 200


def test_what_names_children_asks_everybody(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert browse("head").get("/child/").status_code == 200
    monkeypatch.setattr(policy, "SECOND_FACTOR_KINDS", frozenset({"test.child"}))
    client = browse("head")
    assert client.get("/child/")["Location"].startswith("/sign-in/second-step/")
    assert client.get("/plain/").status_code == 200
    set_up_app(client)
    assert client.get("/child/").status_code == 200


def test_nobody_is_asked_in_the_demo(browse: Browse, real_board: object, settings: object) -> None:
    settings.DEMO = True
    assert browse("quality_officer").get("/plain/").status_code == 200


def test_what_was_sent_before_the_step_is_kept(browse: Browse) -> None:
    client = browse("quality_officer")
    response = client.post("/plain/", {"said": "A long answer"})
    assert "kept" in response["Location"]
    set_up_app(client)
    page = client.get("/sign-in/second-step/", {"next": "/"})
    kept = response["Location"].partition("next=")[2].replace("%2F", "/")
    page = client.get(kept)
    assert "A long answer" in page.content.decode()


def test_in_the_background_it_says_so_without_a_page(browse: Browse) -> None:
    response = browse("quality_officer").post("/plain/", {"a": "b"}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 401


def test_whoever_has_a_factor_shows_it_before_changing_any(browse: Browse, world: World) -> None:
    set_up_app(browse("quality_officer"))
    key = Authenticator.objects.get(type="totp").pk
    client = browse("quality_officer")
    for url in ("/sign-in/second-factors/", "/sign-in/second-factors/new/", "/sign-in/second-factors/new/app/",
                "/sign-in/second-factors/new/passkey/", f"/sign-in/second-factors/{key}/remove/"):  # fmt: skip
        assert client.get(url)["Location"].startswith("/sign-in/second-step/"), url
    assert client.post(f"/sign-in/second-factors/{key}/remove/").status_code == 302
    assert client.post("/sign-in/second-factors/recovery-codes/").status_code == 404
    assert Authenticator.objects.filter(pk=key).exists()


def test_taking_away_the_last_one_takes_the_rights_with_it(browse: Browse) -> None:
    client = browse("quality_officer")
    set_up_app(client)
    key = Authenticator.objects.get(type="totp").pk
    assert "Remove" in client.get("/sign-in/second-factors/").content.decode()
    assert (
        "recovery codes go with it" in client.get(f"/sign-in/second-factors/{key}/remove/").content.decode()
    )
    client.post(f"/sign-in/second-factors/{key}/remove/")
    assert not Authenticator.objects.exists()
    assert client.get("/plain/")["Location"].startswith("/sign-in/second-step/")


def test_nobody_removes_somebody_elses(browse: Browse) -> None:
    set_up_app(browse("quality_officer"))
    key = Authenticator.objects.get(type="totp").pk
    other = browse("business_manager")
    set_up_app(other)
    assert other.post(f"/sign-in/second-factors/{key}/remove/").status_code == 404


def test_a_second_step_is_needed_in_each_sign_in(browse: Browse) -> None:
    client = browse("quality_officer")
    set_up_app(client)
    client.post("/sign-out/")
    assert browse("quality_officer").get("/plain/").status_code == 302


@pytest.mark.parametrize(
    "answer", ["", "nonsense", "[]", "{}", '{"id": 1}', '{"response": {}}', "x" * 30_000]
)
def test_a_passkey_that_is_none_is_refused(browse: Browse, answer: str) -> None:
    client = browse("quality_officer")
    assert client.get("/sign-in/second-factors/new/passkey/").status_code == 200
    response = client.post("/sign-in/second-factors/new/passkey/", {"name": "Laptop", "passkey": answer})
    assert response.status_code == 200
    assert not Authenticator.objects.exists()
    set_up_app(client)
    fresh = browse("quality_officer")
    assert fresh.post("/sign-in/second-step/", {"passkey": answer}).status_code == 200


def test_the_step_is_written_down(browse: Browse, world: World) -> None:
    from wholestory.access import acting
    from wholestory.ledger import reading

    set_up_app(browse("quality_officer"))
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        verbs = {one.verb: one.reason for one in reading.done_by(world.people["quality_officer"].id)}
    assert verbs["access.second_factor_added"] == "app"


def test_the_rights_of_the_team_are_data() -> None:
    assert policy.needs_second_factor("quality_officer", "")
    assert not policy.needs_second_factor("agency_lead", "assurance.return")
    assert not policy.needs_second_factor(None, "")
