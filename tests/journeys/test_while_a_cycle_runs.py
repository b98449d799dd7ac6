"""The pages of a running cycle on two screens: whom to ask, more time, a refusal, a letter of the chair, minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.journeys.accessibility import everyone_can_use
from tests.journeys.given import Given
from tests.journeys.screen import DESK, PHONE, Screen
from wholestory.assurance.operations import scope

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_everyone_can_use_the_pages_of_a_running_cycle(
    given: Given, screen_of: ScreenOf, size: tuple[int, int]
) -> None:
    given.a_cycle("school", "police", "health")
    with given.acting("business_manager") as actor:
        assert given.cycle is not None
        scope.leave_out(
            actor=actor, cycle=given.cycle, agencies=[given.world.agencies["charity"]],
            reason="Has no work with children this year", today=date(2016, 3, 14),
        )  # fmt: skip
    board = given.world.board
    board.example_today = date(2016, 4, 28)
    board.save()
    cycle, police = given.cycle_reference(), given.reference("police")
    for who, page in (
        ("quality_officer", f"/self-audits/cycles/{cycle}/ask/"),
        ("quality_officer", f"/self-audits/cycles/{cycle}/scope/"),
        ("quality_officer", f"/self-audits/cycles/{cycle}/chase/"),
        ("quality_officer", f"/self-audits/returns/{police}/chase/"),
        ("quality_officer", f"/self-audits/returns/{police}/letter/formal_request/"),
        ("quality_officer", f"/self-audits/returns/{police}/refused/"),
        ("quality_officer", f"/self-audits/cycles/{cycle}/interim/"),
        ("quality_officer", "/self-audits/minutes/by-agency/"),
        ("police_lead", "/self-audits/minutes/"),
        ("police_lead", f"/self-audits/returns/{police}/ask-for-more-time/"),
        ("police_lead", f"/self-audits/returns/{police}/"),
    ):
        screen = screen_of(who, size)
        screen.opens(page)
        everyone_can_use(screen.page)
