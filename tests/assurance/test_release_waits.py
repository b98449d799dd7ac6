"""Releasing to the board before moderation has finished: refused while there is nothing, warned of while some waits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import Round
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.assurance.models import Cycle, CycleState
from wholestory.assurance.operations import moderation

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def url(round_: Round) -> str:
    with acting.as_system(round_.world.board):
        return f"/self-audits/cycles/{round_.cycle.record.reference}/release/"


def test_with_nothing_released_it_says_what_to_do_next_and_offers_no_button(
    signed_school: Round, browse: Browse
) -> None:
    client = browse("business_manager")
    html = client.get(url(signed_school)).content.decode()
    said = text_of(html)
    assert "Results cannot be released to the board yet" in said
    assert "1 return is signed and not moderated to the end" in said
    assert "Release to the board" not in said
    client.post(url(signed_school))
    with acting.as_system(signed_school.world.board):
        assert Cycle.objects.get(pk=signed_school.cycle.pk).state != CycleState.RELEASED


def test_moderated_and_not_released_is_the_next_step(signed_school: Round, browse: Browse) -> None:
    with signed_school.acting("quality_officer") as actor:
        moderation.finish(actor=actor, ret=signed_school.fresh("school"), note="Done.", today=TODAY)
    said = text_of(browse("business_manager").get(url(signed_school)).content.decode())
    assert "Moderation is finished for 1 return" in said
    assert "1 waits for it" in said


def test_before_anything_is_signed_it_says_to_wait(cycle_round: Round, browse: Browse) -> None:
    said = text_of(browse("business_manager").get(url(cycle_round)).content.decode())
    assert "Wait for a signed return. None is here yet." in said


def test_with_one_released_and_one_not_moderated_it_warns(signed_school: Round, browse: Browse) -> None:
    signed_school.release("school")
    signed_school.answer("police", "police_lead", 2)
    signed_school.sign("police", "police_signatory")
    said = text_of(browse("business_manager").get(url(signed_school)).content.decode())
    assert "Release results to the board?" in said
    assert "Moderation is not finished: 1 signed return is not moderated to the end." in said


def test_with_everything_released_nothing_is_warned_of(signed_school: Round, browse: Browse) -> None:
    signed_school.release("school")
    said = text_of(browse("business_manager").get(url(signed_school)).content.decode())
    assert "Release results to the board?" in said
    assert "Moderation is not finished" not in said
    assert "wait to be released" not in said
