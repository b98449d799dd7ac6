"""Asking agencies about a death: the coordinator at a desk, whoever was asked on a telephone without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tests.child_deaths.gathering import GP, SCHOOL, answer, ask
from tests.child_deaths.people import Deaths, bring_in_panels
from tests.journeys.conftest import Room
from tests.journeys.given import Given
from tests.journeys.screen import DESK, PHONE, Screen
from wholestory.access.models import Account
from wholestory.child_deaths.models import RequestLink

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone_no_script"])
def test_agencies_are_asked_answer_and_stand_side_by_side(
    given: Given, room: Room, screen_of: ScreenOf, size: tuple[int, int], script: bool
) -> None:
    bring_in_panels(given.world)
    deaths = Deaths(given.world)
    case = deaths.case()
    here = f"/child-deaths/cases/{case}/requests/"
    coordinator = (
        screen_of("coordinator", size, script=script).opens(here).sees("No agency has been asked yet")
    )
    coordinator.follows("Ask agencies").presses("Ask them").sees("Choose at least one organisation to ask")

    gp, school = ask(deaths, case, GP, SCHOOL, post=False).new
    coordinator.opens(here).sees("Saltings Surgery", "Asked")
    coordinator.opens("/child-deaths/requests/").sees("Larkspur Nursery")
    coordinator.opens(f"{here}{gp}/").sees("Dr Nell Ambrose", "waiting to be sent")

    reporter = room.screen("Dr Nell Ambrose", size, side="outside", script=script)
    visitor = Client()
    visitor.force_login(Account.objects.get(email=GP.email), "django.contrib.auth.backends.ModelBackend")
    session = visitor.session
    session["asked_links"] = {str(gp.record_id): str(RequestLink.objects.get(request_record=gp.record_id).pk)}
    session.save()
    reporter.page.context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": visitor.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": room.address,
            }
        ]
    )
    reporter.opens(f"/child-deaths/answering/{gp}/").sees("Rowan Ashby", "28 March 2016")
    reporter.follows("We know nothing of this child").presses("Send this answer").sees(
        "Say who looked, and where"
    )
    reporter.opens(f"/child-deaths/answering/{gp}/colleagues/").sees("Name a colleague")
    reporter.opens(f"/child-deaths/answering/{gp}/files/").sees("Attach a file")
    reporter.opens(f"/child-deaths/answering/{gp}/send/").sees("Before it can be sent")

    answer(deaths, gp, GP, holds_child="yes", birthweight="3100")
    answer(deaths, school, SCHOOL, holds_child="yes", birthweight="3250")
    coordinator.opens(f"/child-deaths/cases/{case}/composite/").sees("Answers differ: 1")
    coordinator.opens(f"/child-deaths/cases/{case}/composite/birthweight/").sees("What counts?")
