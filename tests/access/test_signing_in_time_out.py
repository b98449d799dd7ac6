"""Time runs out, and nothing typed is lost; what is kept opens only for the person who typed it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from tests.personas import World
from wholestory.access.asks import signed_in
from wholestory.access.models import Account, KeptText
from wholestory.access.requests import Request
from wholestory.access.signing_in import kept, sessions
from wholestory.config.urls import handler404, handler500
from wholestory.config.urls import urlpatterns as site

Browse = Callable[[str], Client]
START = datetime.fromisoformat("2026-11-02T09:00:00+00:00")
taken: list[str] = []


@signed_in("A page of the test")
def form(request: Request) -> HttpResponse:
    if request.method == "POST":
        taken.append(request.POST["said"])
    return HttpResponse("Taken")


urlpatterns = [path("form/", form), *site]
__all__ = ["handler404", "handler500", "urlpatterns"]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.usefixtures("real_board")]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    taken.clear()
    with time_machine.travel(START, tick=False) as travelling:
        yield travelling


def begin(client: Client, world: World, name: str) -> None:
    """Signed in as by a code."""
    request = client.get("/sign-in/").wsgi_request
    request.session = client.session
    request.person = None
    sessions.begin(request, world.people[name].account, how="code")
    request.session.save()
    response = HttpResponse()
    sessions.remember_whose(response, world.people[name].account)
    client.cookies["session"] = request.session.session_key
    client.cookies.update(response.cookies)


@pytest.mark.parametrize(("name", "idle"), [("quality_officer", sessions.IDLE_TEAM), ("head", sessions.IDLE)])
def test_idle_time_ends_a_session(
    world: World, client: Client, clock: time_machine.Traveller, name: str, idle: timedelta
) -> None:
    begin(client, world, name)
    clock.shift(idle - timedelta(seconds=30))
    first = client.get("/form/")
    assert first.status_code == 200 or first["Location"].startswith("/sign-in/second-step/")
    clock.shift(idle)
    assert client.get("/form/")["Location"] == "/sign-in/?next=/form/"


FETCH = {"X-Requested-With": "fetch"}


def test_a_tab_somebody_forgot_does_not_keep_them_signed_in(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    begin(client, world, "head")
    for _ in range(4):
        clock.shift(sessions.IDLE / 4 - timedelta(seconds=1))
        assert client.get("/form/", headers=FETCH).status_code == 200
    clock.shift(timedelta(seconds=5))
    assert client.get("/form/", headers=FETCH).status_code == 401


def test_a_draft_saved_in_the_background_is_somebody_at_work(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    begin(client, world, "head")
    for _ in range(3):
        clock.shift(sessions.IDLE - timedelta(minutes=1))
        assert client.post("/form/", {"said": "Typed"}, headers=FETCH).status_code == 200
    assert client.get("/form/").status_code == 200


def test_use_keeps_a_session_going_but_never_beyond_eight_hours(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    begin(client, world, "head")
    for _ in range(15):
        clock.shift(timedelta(minutes=31))
        assert client.get("/form/").status_code == 200
    clock.shift(timedelta(minutes=31))
    assert client.get("/form/").status_code == 302


def test_time_that_ran_out_ends_the_session_itself(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    begin(client, world, "head")
    key = client.session.session_key
    clock.shift(timedelta(hours=3))
    client.get("/form/")
    assert not Session.objects.filter(pk=key).exists()


def late_text(world: World, client: Client, clock: time_machine.Traveller) -> str:
    begin(client, world, "head")
    clock.shift(timedelta(hours=3))
    response = client.post("/form/", {"said": "Two hours of careful words\nand a second line", "empty": ""})
    assert taken == []
    found = re.search(r"next=(.+)", response["Location"])
    assert found
    return found[1].replace("%2F", "/")


def test_what_was_sent_too_late_is_shown_again_and_sent_by_one_button(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    where = late_text(world, client, clock)
    begin(client, world, "head")
    page = client.get(where).content.decode()
    assert "We kept what you typed" in page
    assert "Two hours of careful words\nand a second line" in page
    fields = dict(re.findall(r'name="(said|empty|kept)" value="([^"]*)"', page))
    assert 'action="/form/"' in page
    client.post("/form/", fields)
    assert taken == ["Two hours of careful words\nand a second line"]
    assert not KeptText.objects.exists(), "once it was taken, it is kept no longer"


def test_nobody_else_sees_it(world: World, client: Client, clock: time_machine.Traveller) -> None:
    where = late_text(world, client, clock)
    other = Client()
    begin(other, world, "police_lead")
    assert other.get(where).status_code == 404
    assert other.post(where).status_code == 404
    assert KeptText.objects.exists()


def test_it_is_sealed_and_goes_after_an_hour(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    where = late_text(world, client, clock)
    assert "careful" not in KeptText.objects.get().sealed
    clock.shift(kept.LIVES + timedelta(seconds=1))
    begin(client, world, "head")
    assert client.get(where).status_code == 404
    assert kept.forget_old(START + timedelta(days=1)) == 1


def test_it_can_be_thrown_away(world: World, client: Client, clock: time_machine.Traveller) -> None:
    where = late_text(world, client, clock)
    begin(client, world, "head")
    assert client.post(where)["Location"] == "/form/"
    assert not KeptText.objects.exists()


def test_text_sent_when_the_session_cookie_is_gone_is_kept_for_whose_browser_it_was(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    begin(client, world, "head")
    del client.cookies["session"]
    response = client.post("/form/", {"said": "Typed overnight"})
    assert "kept" in response["Location"]
    assert KeptText.objects.get().account == world.people["head"].account


def test_without_a_mark_of_ours_nothing_is_kept(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    for mark in (None, "forged:mark:here"):
        if mark:
            client.cookies["was"] = mark
        assert client.post("/form/", {"said": "Spam"})["Location"] == "/sign-in/?next=/form/"
    assert not KeptText.objects.exists()


def test_there_is_an_end_to_what_is_kept(world: World, client: Client, clock: time_machine.Traveller) -> None:
    begin(client, world, "head")
    del client.cookies["session"]
    client.post("/form/", {"said": "x" * (kept.MOST_CHARACTERS + 1)})
    assert not KeptText.objects.exists()
    for _ in range(kept.MOST_FOR_ONE + 3):
        client.post("/form/", {"said": "Again"})
    assert KeptText.objects.count() == kept.MOST_FOR_ONE


def test_a_form_without_our_token_is_not_kept(world: World, clock: time_machine.Traveller) -> None:
    client = Client(enforce_csrf_checks=True)
    begin(client, world, "head")
    clock.shift(timedelta(hours=3))
    assert client.post("/form/", {"said": "From elsewhere"}).status_code == 403
    assert not KeptText.objects.exists()


def test_a_form_opened_before_signing_in_again_in_another_tab_is_kept(
    world: World, clock: time_machine.Traveller
) -> None:
    client = Client(enforce_csrf_checks=True)
    begin(client, world, "head")
    ours = {"HTTP_ORIGIN": "http://testserver"}
    response = client.post("/form/", {"said": "Typed in the first tab"}, **ours)
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "Typed in the first tab" in page


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_a_form_from_another_site_is_never_kept(
    world: World, clock: time_machine.Traveller, origin: dict[str, str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    begin(client, world, "head")
    assert client.post("/form/", {"said": "Sign this"}, **origin).status_code == 403
    assert not KeptText.objects.exists()


def test_in_the_background_it_is_told_and_nothing_is_kept(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    begin(client, world, "head")
    clock.shift(timedelta(hours=3))
    response = client.post("/form/", {"said": "Draft"}, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 401
    assert not KeptText.objects.exists()


def test_a_closed_account_is_signed_out_at_its_next_page(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    begin(client, world, "head")
    Account.objects.filter(person=world.people["head"]).update(is_active=False)
    assert client.get("/form/").status_code == 302
    assert client.post("/form/", {"said": "Late"}).status_code == 302
    assert not KeptText.objects.exists()


def test_the_session_is_not_written_at_every_page(
    world: World, client: Client, clock: time_machine.Traveller, cost_of: Callable[[Client, str], int]
) -> None:
    begin(client, world, "head")
    client.get("/form/")
    quiet = cost_of(client, "/form/")
    clock.shift(timedelta(minutes=2))
    assert cost_of(client, "/form/") > quiet
