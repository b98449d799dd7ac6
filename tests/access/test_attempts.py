"""Tries that were turned away are written down, and too many of them have to wait, whatever they were after."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from tests.personas import World
from wholestory.access import acting, attempts, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.signing_in.limits import Limit
from wholestory.access.verbs import Verb
from wholestory.config.urls import handler404, handler500
from wholestory.config.urls import urlpatterns as site
from wholestory.ledger import reading as access_record
from wholestory.records.models import Record

Browse = Callable[[str], Client]


@asks(Verb.READ, "assurance.return")
def opened(request: Request, reference: str) -> HttpResponse:
    return HttpResponse(reading.one(request, Record.objects.all(), reference=reference).reference)


@asks(Verb.MANAGE, "assurance.return")
def turned_away_early(request: Request, reference: str) -> HttpResponse:
    raise Http404


urlpatterns = [
    path("try/<str:reference>/", opened),
    path("try/<str:reference>/manage/", turned_away_early),
    *site,
]
__all__ = ["handler404", "handler500", "urlpatterns"]
pytestmark = pytest.mark.urls(__name__)


def tries(world: World, record: Record) -> list[str]:
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        names = {person.id: name for name, person in world.people.items()}
        seen = access_record.seen(record.id)
        return [names[one.person] for one in seen if one.verb == "access.not_found" and one.person]


def test_a_try_is_tied_to_the_record_and_to_who_tried(
    browse: Browse, world: World, school_return: Record
) -> None:
    assert browse("police_lead").get("/try/sa-testsch1/").status_code == 404
    assert tries(world, school_return) == ["police_lead"]


def test_a_page_that_turns_people_away_before_looking_notes_it_too(
    browse: Browse, world: World, school_return: Record
) -> None:
    assert browse("police_lead").get("/try/SA-TESTSCH1/manage/").status_code == 404
    assert browse("business_manager").get("/try/SA-TESTSCH1/manage/").status_code == 404
    assert tries(world, school_return) == ["business_manager", "police_lead"]


def test_too_many_tries_wait_and_the_wait_tells_nothing(
    browse: Browse, world: World, school_return: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "NOT_FOUND", Limit("not_found", 3, 600))
    client = browse("police_lead")
    answers = [client.get(f"/try/SA-0000000{number}/").status_code for number in range(3)]
    assert answers == [404, 404, 429]
    pages = []
    for reference in ("SA-TESTSCH1", "SA-00000009"):
        response = client.get(f"/try/{reference}/")
        assert response.status_code == 429
        assert int(response["Retry-After"]) > 590
        pages.append(re.sub(r'nonce="[^"]+"|"X-CSRFToken": "\w+"|value="\w+"', "", response.content.decode()))
    assert pages[0] == pages[1], "closed and missing are alike while they wait, too"
    assert tries(world, school_return) == ["police_lead"], "a try during the wait is written down"
    assert browse("head").get("/try/SA-TESTSCH1/").status_code == 200, "nobody else has to wait"


def test_what_is_ones_own_opens_while_misses_have_to_wait(
    browse: Browse, world: World, school_return: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "NOT_FOUND", Limit("not_found", 3, 600))
    client = browse("head")
    for number in range(5):
        answer = client.get(f"/try/SA-0000000{number}/")
    assert answer.status_code == 429
    assert client.get("/try/SA-TESTSCH1/").status_code == 200
    assert client.get("/try/SA-00000009/").status_code == 429
    session = client.session
    session["wait_until"] = time.time() - 1
    session.save()
    monkeypatch.setattr(attempts, "NOT_FOUND", Limit("not_found_later", 3, 600))
    assert client.get("/try/SA-00000009/").status_code == 404, "the wait ends"


def test_ones_own_records_stay_open_below_the_limit(
    browse: Browse, world: World, school_return: Record
) -> None:
    client = browse("head")
    for number in range(9):
        client.get(f"/try/SA-0000000{number}/")
    assert client.get("/try/SA-TESTSCH1/").status_code == 200
