"""A lesson from its draft to what changed, and who reads it on the way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.learning import operations
from wholestory.learning.models import Lesson, LessonState

Browse = Callable[[str], Client]
SAID = {
    "theme": "safer_sleep",
    "audience": "everybody",
    "title": "A cot beside the bed",
    "learned": "Sofas are never safe.",
}
TEAM = ("business_manager", "quality_officer")
BOARD = ("chair", "police_member", "lay_member")
OUTSIDE = ("head", "charity_lead", "sister_manager", "sister_head", "stranger")


@pytest.fixture
def lesson(world: World) -> Lesson:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        return operations.draft(
            actor=world.people["business_manager"],
            board=world.board,
            words=operations.Words(**SAID),
            today=TODAY,
        )


def url(name: str, lesson: Lesson, *more: str) -> str:
    return reverse(f"learning:{name}", args=[lesson.record.reference, *more])


def test_from_a_draft_to_what_changed(world: World, browse: Browse, lesson: Lesson) -> None:
    client = browse("business_manager")
    assert "Only a draft" not in client.get(url("lesson", lesson)).content.decode()
    # Not straight to the public: the board reads it first.
    client.post(url("step", lesson, "publish"))
    assert "Share it with the board first" in client.get(url("lesson", lesson)).content.decode()
    client.post(url("step", lesson, "board"))
    client.post(url("step", lesson, "publish"))
    day = {"on-day": "14", "on-month": "3", "on-year": "2016"}
    client.post(
        url("share", lesson), {"channel": "Newsletter", "to": "Health visitors", "reach": "64", **day}
    )
    page = client.post(
        url("changed", lesson), {"verdict": "changed", "words": "Cots are lent."}
    ).content.decode()
    assert "Say what shows the change" in page
    client.post(
        url("changed", lesson),
        {"verdict": "changed", "words": "Cots are lent.", "evidence": "Twelve lent by May."},
    )
    page = client.get(url("lesson", lesson)).content.decode()
    assert "(64 people)" in page
    assert "Twelve lent by May." in page
    # A published lesson is not changed under those who read it.
    assert "withdraw it and write another" in client.post(url("change", lesson), SAID).content.decode()


@pytest.mark.parametrize("persona", BOARD)
def test_the_board_reads_it_once_shared(world: World, browse: Browse, lesson: Lesson, persona: str) -> None:
    assert browse(persona).get(url("lesson", lesson)).status_code == 404
    browse("business_manager").post(url("step", lesson, "board"))
    client = browse(persona)
    assert client.get(url("lesson", lesson)).status_code == 200
    for name in ("change", "share", "changed"):
        assert client.post(url(name, lesson), {}).status_code == 404
    assert client.post(url("step", lesson, "publish")).status_code == 404


@pytest.mark.parametrize("persona", OUTSIDE)
def test_nobody_outside_reads_it(browse: Browse, lesson: Lesson, persona: str) -> None:
    browse("business_manager").post(url("step", lesson, "board"))
    assert browse(persona).get(url("lesson", lesson)).status_code == 404
    home = browse(persona).get(reverse("learning:list"))
    assert home.status_code == 404 or "A cot beside the bed" not in home.content.decode()


def test_the_public_reads_only_what_is_published_for_everybody(
    world: World, browse: Browse, lesson: Lesson
) -> None:
    page = reverse("lessons:page", args=["north"])
    client = browse("business_manager")
    assert "A cot beside the bed" not in Client().get(page).content.decode()
    client.post(url("step", lesson, "board"))
    assert "A cot beside the bed" not in Client().get(page).content.decode()
    client.post(url("step", lesson, "publish"))
    shown = Client().get(page)
    assert "Sofas are never safe." in shown.content.decode()
    assert not shown.cookies
    assert (
        "A cot beside the bed" not in Client().get(reverse("lessons:page", args=["south"])).content.decode()
    )
    client.post(url("step", lesson, "withdraw"))
    assert "A cot beside the bed" not in Client().get(page).content.decode()
    assert Client().get(reverse("lessons:page", args=["nowhere"])).status_code == 404


def test_material_needs_an_address_and_comes_off_the_list(world: World, browse: Browse) -> None:
    client = browse("quality_officer")
    said = {"theme": "water", "audience": "everybody", "title": "Ponds", "link": "javascript:alert(1)"}
    assert "begins with https://" in client.post(reverse("learning:material"), said).content.decode()
    client.post(reverse("learning:material"), {**said, "link": "https://ponds.example/"})
    assert "https://ponds.example/" in Client().get(reverse("lessons:page", args=["north"])).content.decode()
    assert browse("police_member").post(reverse("learning:material"), said).status_code == 404


def test_what_was_logged_is_not_changed(world: World, lesson: Lesson) -> None:
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        with pytest.raises(operations.LessonRefused, match="Share it with the board"):
            operations.note_sharing(
                actor=world.people["business_manager"], lesson=lesson, channel="x", to="y", on=TODAY, reach=None,
                today=TODAY,
            )  # fmt: skip
        operations.share_with_board(actor=world.people["business_manager"], lesson=lesson)
        assert lesson.state == LessonState.SHARED


def test_the_list_costs_the_same_for_three_and_thirty(
    world: World, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    actor = world.people["business_manager"]

    def more(number: int) -> None:
        with acting.acting_as(actor, world.seats["business_manager"]):
            for _ in range(number):
                operations.draft(actor=actor, board=world.board, words=operations.Words(**SAID), today=TODAY)

    more(3)
    client = browse("business_manager")
    few = cost_of(client, reverse("learning:list"))
    more(27)
    assert cost_of(client, reverse("learning:list")) == few
