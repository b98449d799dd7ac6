"""One-time codes by e-mail: they work once, tell nothing, and cannot be used to lock anybody out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from tests.access.waiting import run_waiting
from tests.personas import World
from wholestory.access.models import Account, SignInCode
from wholestory.access.signing_in import codes, limits, ports

pytestmark = pytest.mark.usefixtures("real_board")
Mails = list[ports.Mail]


def ask(client: Client, email: str, **more: str) -> None:
    response = client.post("/sign-in/", {"email": email, **more})
    assert response.status_code == 302, response.content
    assert response["Location"] == "/sign-in/code/"
    run_waiting()


def code_in(mail: ports.Mail) -> str:
    found = re.search(r"code is ([\d ]+)", mail.body)
    assert found
    return found[1].strip()


def test_a_code_signs_in_and_returns_to_the_page_asked_for(world: World, client: Client, mail: Mails) -> None:
    ask(client, "Head@People.example", next="/sign-out/?a=b")
    before = client.session.session_key
    response = client.post("/sign-in/code/", {"code": code_in(mail[0])})
    assert response["Location"] == "/sign-out/?a=b"
    assert client.session.session_key != before, "the session key changes at sign-in"
    assert client.session["_auth_user_id"] == str(world.people["head"].account.pk)
    assert mail[0].to == "head@people.example"
    assert mail[0].confidential
    assert code_in(mail[0]).replace(" ", "") not in mail[0].subject


def test_a_code_works_once(world: World, client: Client, mail: Mails) -> None:
    ask(client, "head@people.example")
    client.post("/sign-in/code/", {"code": code_in(mail[0])})
    other = Client()
    ask(other, "head@people.example")
    response = other.post("/sign-in/code/", {"code": code_in(mail[0])})
    assert "This code is not right" in response.content.decode()


def test_an_unknown_address_gets_the_same_pages(world: World, mail: Mails) -> None:
    pages = []
    for email in ("head@people.example", "nobody@elsewhere.example"):
        client = Client()
        ask(client, email)
        page = (
            client.get("/sign-in/code/").content.decode()
            + client.post("/sign-in/code/", {"code": "1"}).content.decode()
        )
        pages.append(
            re.sub(
                r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"|"X-CSRFToken": "\w+"',
                "",
                page.replace(email, ""),
            )
        )
    assert pages[0] == pages[1]
    assert [one.to for one in mail] == ["head@people.example"]


def test_the_address_waits_in_the_queue_unreadable(world: World, client: Client) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    client.post("/sign-in/", {"email": "head@people.example"})
    job = ProcrastinateJob.objects.get()
    assert "head" not in str(job.args)
    assert job.priority == 100


def test_only_a_digest_of_the_code_is_kept(world: World, client: Client, mail: Mails) -> None:
    ask(client, "head@people.example")
    kept = SignInCode.objects.get()
    assert code_in(mail[0]).replace(" ", "") not in str(vars(kept))


def test_a_closed_account_gets_no_code(world: World, client: Client, mail: Mails) -> None:
    Account.objects.filter(email="head@people.example").update(is_active=False)
    ask(client, "head@people.example")
    assert mail == []


def test_a_code_runs_out(world: World, client: Client, mail: Mails) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-02T09:00:00+00:00"), tick=False) as clock:
        ask(client, "head@people.example")
        clock.shift(codes.LIVES + timedelta(seconds=1))
        response = client.post("/sign-in/code/", {"code": code_in(mail[0])})
    assert response.status_code == 200
    assert "its time has run out" in response.content.decode()


def test_a_flood_of_requests_sends_few_messages_and_every_live_code_still_works(
    world: World, mail: Mails
) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-02T09:00:00+00:00"), tick=False) as clock:
        mine = Client()
        ask(mine, "head@people.example")
        for _ in range(60):
            clock.shift(timedelta(seconds=10))
            ask(Client(REMOTE_ADDR="198.51.100.9"), "head@people.example")
        assert len(mail) <= 4
        response = mine.post("/sign-in/code/", {"code": code_in(mail[0])})
        assert response.status_code == 302, "somebody else's flood does not spoil the code I was sent first"


def test_wrong_guesses_from_elsewhere_never_close_the_account(world: World, mail: Mails) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-11-02T09:00:00+00:00"), tick=False) as clock:
        for browser in range(12):
            attacker = Client(REMOTE_ADDR=f"198.51.100.{browser}")
            ask(attacker, "head@people.example")
            for guess in range(codes_per_browser()):
                attacker.post("/sign-in/code/", {"code": f"0000{guess}"})
        clock.shift(timedelta(minutes=11))
        mine = Client()
        ask(mine, "head@people.example")
        code = code_in(mail[-1])
        assert len(code.replace(" ", "")) == codes.MORE_DIGITS, (
            "after guessing, the code is too long to guess"
        )
        assert mine.post("/sign-in/code/", {"code": code}).status_code == 302


def codes_per_browser() -> int:
    from wholestory.access.signing_in.by_code import TRIES_PER_CODE

    return TRIES_PER_CODE


def test_a_browser_has_five_tries_for_a_code(world: World, client: Client, mail: Mails) -> None:
    ask(client, "head@people.example")
    for _ in range(4):
        assert client.post("/sign-in/code/", {"code": "1"}).status_code == 200
    assert client.post("/sign-in/code/", {"code": "1"}).status_code == 403
    assert client.post("/sign-in/code/", {"code": code_in(mail[0])})["Location"] == "/sign-in/"


def test_one_network_address_may_not_ask_for_ever(
    world: World, mail: Mails, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CODES_ASKED", limits.Limit("codes_asked", 3, 3600))
    for number in range(3):
        ask(Client(), f"somebody{number}@people.example")
    response = Client().post("/sign-in/", {"email": "head@people.example"})
    assert response.status_code == 429
    assert response["Retry-After"] == "3600"
    assert (
        Client(REMOTE_ADDR="203.0.113.7").post("/sign-in/", {"email": "head@people.example"}).status_code
        == 302
    )


def test_signing_in_does_not_lead_off_the_site(world: World, client: Client, mail: Mails) -> None:
    ask(client, "head@people.example", next="https://evil.example/")
    assert client.post("/sign-in/code/", {"code": code_in(mail[0])})["Location"] == "/"


def test_the_code_box_invites_the_browser_to_fill_it(world: World, client: Client, mail: Mails) -> None:
    ask(client, "head@people.example")
    page = client.get("/sign-in/code/").content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page


def test_signing_out_leaves_nothing(world: World, client: Client, mail: Mails) -> None:
    ask(client, "head@people.example")
    client.post("/sign-in/code/", {"code": code_in(mail[0])})
    key = client.session.session_key
    response = client.post("/sign-out/")
    assert '"cache"' in response["Clear-Site-Data"]
    assert "no-store" in response["Cache-Control"]
    assert not Session.objects.filter(pk=key).exists()
    assert client.cookies["was"].value == ""
    assert client.get("/signed-out/").status_code == 200


def test_example_people_cannot_be_signed_in_as_outside_the_demo(world: World, client: Client) -> None:
    assert client.post("/sign-in/as/", {"seat": str(world.seats["head"].id)}).status_code == 404
    assert "Jo Ashdown" not in client.get("/sign-in/").content.decode()
