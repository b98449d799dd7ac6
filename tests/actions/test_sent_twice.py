"""One sending of an update is one step, however often the button was pressed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from tests.personas import TODAY, World
from wholestory.access import acting
from wholestory.actions import operations
from wholestory.actions.models import Action, Step, StepKind

Browse = Callable[[str], Client]


def promised(world: World) -> Action:
    with acting.acting_as(world.people["head"], world.seats["head"]):
        return operations.promise(
            actor=world.people["head"], board=world.board, agency=world.agencies["school"], title="Write a policy",
            due_on=date(2016, 6, 1), owner=world.people["head"], today=TODAY,
        )  # fmt: skip


def shown(world: World, action: Action) -> int:
    with acting.acting_as(world.people["head"], world.seats["head"]):
        return Step.objects.filter(action=action, kind=StepKind.EVIDENCE).count()


def test_a_button_pressed_twice_adds_one_step(world: World, browse: Browse) -> None:
    action, client = promised(world), browse("head")
    url = f"/actions/{action.record.reference}/update/"
    sent = {"words": "The policy is on our site", "link": "https://school.example/policy"}
    for _press in range(2):
        assert client.post(url, sent).status_code == 302
    assert shown(world, action) == 1
    client.post(url, {**sent, "words": "And staff have read it"})
    assert shown(world, action) == 2


def test_the_same_words_later_are_another_step(world: World) -> None:
    action, head = promised(world), world.people["head"]
    now = timezone.now()
    with acting.acting_as(head, world.seats["head"]):
        for later in (timedelta(), timedelta(seconds=59), timedelta(minutes=2)):
            operations.update(
                actor=head, action=action, words="Still working on it", link="https://school.example/plan",
                today=TODAY, now=now + later,
            )  # fmt: skip
    assert shown(world, action) == 2
