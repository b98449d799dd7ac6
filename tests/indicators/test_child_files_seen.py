"""Who sees files about children: whoever counts them, with a second factor, and nobody else. Who reads and records why
the board may hold them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.access.test_signing_in_second_step import set_up_app
from tests.indicators.child_files import BASIS, HOME, IDS, SAID, Holding
from wholestory.indicators.models import ChildFiles, LawfulBasis, SealedFile
from wholestory.partners.models import Board

pytestmark = pytest.mark.django_db
Browse = Callable[..., Client]
NOT_THEIRS = [
    "business_manager", "quality_officer", "chair", "administrator", "ig_lead", "police_member", "lay_member",
    "police_lead", "head", "group_chair", "sister_manager", "sister_analyst", "stranger",
]  # fmt: skip
READS = ["business_manager", "quality_officer", "analyst", "chair", "ig_lead"]
DOES_NOT_READ = [
    "administrator", "police_member", "lay_member", "police_lead", "head", "group_chair", "sister_manager",
    "sister_analyst", "stranger",
]  # fmt: skip


@pytest.mark.parametrize("persona", NOT_THEIRS)
def test_nobody_else_opens_them(held: Holding, browse: Browse, persona: str) -> None:
    held.basis()
    at = held.counted()
    client = browse(persona)
    for way in ("", "beside/", "erase/", "?download=csv"):
        answer = client.get(at + way)
        assert answer.status_code in (403, 404)
        assert not any(key in answer.content.decode() for key in IDS)
    assert client.post(f"{at}erase/").status_code in (403, 404)
    if persona != "sister_analyst":
        assert client.get(HOME).status_code in (403, 404)
    with held.figures.acting(persona):
        assert not ChildFiles.objects.exists()
        assert not SealedFile.objects.exists()


def test_the_analyst_of_another_board_finds_her_own_page_empty(held: Holding, browse: Browse) -> None:
    held.basis()
    held.counted()
    page = browse("sister_analyst").get(HOME).content.decode()
    assert "This is off" in page, "another board's basis is no basis"
    assert "CF-" not in page


def test_a_second_factor_is_asked_for(held: Holding, browse: Browse, settings: Settings) -> None:
    held.basis()
    at = held.counted()
    settings.DEMO = False
    cache.clear()
    client = browse("analyst")
    assert client.get(at)["Location"].startswith("/sign-in/second-step/")
    set_up_app(client)
    assert client.get(at).status_code == 200
    cache.clear()


@pytest.mark.parametrize("persona", READS)
def test_why_the_board_may_hold_them_is_read(held: Holding, browse: Browse, persona: str) -> None:
    held.basis()
    page = browse(persona).get(BASIS).content.decode()
    assert SAID["law"] in page
    assert ("End it, and erase every file" in page) == (persona == "business_manager")


@pytest.mark.parametrize("persona", DOES_NOT_READ)
def test_nobody_else_reads_it(held: Holding, browse: Browse, persona: str) -> None:
    held.basis()
    answer = browse(persona).get(BASIS)
    assert str(SAID["law"]) not in answer.content.decode()
    with held.figures.acting(persona):
        assert not LawfulBasis.objects.exists()


@pytest.mark.parametrize(
    "persona", ["analyst", "quality_officer", "chair", "ig_lead", "administrator", "sister_manager"]
)
def test_the_business_manager_alone_ends_it(held: Holding, browse: Browse, persona: str) -> None:
    basis = held.basis()
    answer = browse(persona).post(f"{BASIS}{basis.record.reference}/end/", {"because": "Because"})
    assert answer.status_code in (403, 404)
    if persona != "sister_manager":
        assert browse(persona).get(f"{BASIS}record/").status_code in (403, 404)
    with held.figures.acting("business_manager"):
        assert LawfulBasis.objects.get().ended_on is None


def _typed(**said: str) -> dict[str, str]:
    return {
        "law": "Children Act 2004, section 14B", "why": "Single cases are audited.", "decided_by": "The board",
        "decided_on-day": "1", "decided_on-month": "2", "decided_on-year": "2016", "assessment": "DPIA 17",
        "review_on-day": "1", "review_on-month": "2", "review_on-year": "2017", "keep_days": "90", **said,
    }  # fmt: skip


def test_it_is_recorded_on_a_page(held: Holding, browse: Browse) -> None:
    client = browse("business_manager")
    assert client.post(f"{BASIS}record/", _typed()).status_code == 302
    assert "DPIA 17" in client.get(BASIS).content.decode()
    again = client.post(f"{BASIS}record/", _typed())
    assert "in force already" in again.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"keep_days": "401"}, "400"),
        ({"keep_days": "0"}, "1"),
        ({"decided_on-year": "2017"}, "cannot be later than today"),
        ({"review_on-year": "2016"}, "must be later than today"),
        ({"law": ""}, "Say which law it rests on"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(
    held: Holding, browse: Browse, said: dict[str, str], words: str
) -> None:
    answer = browse("business_manager").post(f"{BASIS}record/", _typed(**said))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert "DPIA 17" in page
    with held.figures.acting("business_manager"):
        assert not LawfulBasis.objects.exists()


def test_findings_are_taken_away_for_putting_the_file_right(held: Holding, browse: Browse) -> None:
    held.basis()
    at = held.counted()
    client = browse("analyst")
    listed = client.get(at + "?download=csv")
    assert listed["Cache-Control"] == "no-store"
    assert IDS[2] in listed.content.decode("utf-8-sig")
    assert "names children" in listed.content.decode("utf-8-sig")
    book = client.get(f"{at}beside/")
    assert b"".join(book.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
    assert "CF-" in book["Content-Disposition"]


def test_pages_ask_the_same_for_three_loads_and_for_many(
    held: Holding, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    held.basis()
    client = browse("analyst")
    held.send(b"<a/>", name="a.xml")
    few = cost_of(client, HOME)
    for number in range(4):
        held.send(b"<a/>" + b" " * number, name=f"a{number}.xml", period="2014-04-01/2014-06-30")
    assert cost_of(client, HOME) == few


def test_my_work_says_what_waits(held: Holding, browse: Browse) -> None:
    held.basis()
    at = held.counted()
    waits = "Accept what was counted, or put it aside"
    assert waits in browse("analyst").get("/", follow=True).content.decode()
    assert waits not in browse("business_manager").get("/", follow=True).content.decode()
    held.accepted(at)
    assert waits not in browse("analyst").get("/", follow=True).content.decode()


def test_a_late_review_is_on_the_managers_page(held: Holding, browse: Browse) -> None:
    held.basis(review_on=date(2016, 3, 15))
    late = "Look again at why the board may hold files about children"
    assert late not in browse("business_manager").get("/", follow=True).content.decode()
    Board.objects.filter(pk=held.figures.world.board.pk).update(example_today=date(2016, 3, 16))
    assert late in browse("business_manager").get("/", follow=True).content.decode()
    assert "The day by which the board meant to look at this again is over" in (
        browse("ig_lead").get(BASIS).content.decode()
    )


@pytest.mark.parametrize("persona", ["ig_lead", "chair"])
def test_whoever_answers_for_information_finds_the_way(held: Holding, browse: Browse, persona: str) -> None:
    start = "/figures/returns/" if persona == "chair" else "/"
    page = browse(persona).get(start, follow=True).content.decode()
    assert f'href="{BASIS}"' in page
