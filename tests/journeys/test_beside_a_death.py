"""Beside the review of a death: the first response, a hold, and the family, whose key worker has a telephone only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tests.child_deaths.families import carer as carer_of
from tests.child_deaths.families import family_of, key_worker, suspected
from tests.child_deaths.people import Deaths, bring_in_panels
from tests.journeys.conftest import Room
from tests.journeys.given import Given
from tests.journeys.screen import DESK, PHONE, Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone_no_script"])
def test_the_first_response_a_hold_and_the_family(
    given: Given, room: Room, screen_of: ScreenOf, size: tuple[int, int], script: bool
) -> None:
    bring_in_panels(given.world)
    deaths = Deaths(given.world)
    case = deaths.case()
    doctor = screen_of("designated_doctor", size, script=script).opens(
        f"/child-deaths/cases/{case}/response/"
    )
    doctor.follows("Decide: yes or no").chooses("Yes").chooses(
        "It was sudden with no cause that is plain at once (sudden death in infancy or childhood included)"
    )
    doctor.types("Who decided?", "Dr Imre Kestle").dates("When was it decided?", 13, 3, 2016)
    doctor.presses("Record the decision").sees("Rapid response opened", "What the record still lacks")
    doctor.follows("Visit to the home or the scene").dates("When was it?", 13, 3, 2016).presses("Record it")
    doctor.sees("Answer: What was decided").chooses("Visited").presses("Record it")
    doctor.sees("Visit to the home or the scene, 13 March 2016")

    doctor.opens(f"/child-deaths/cases/{case}/processes/").sees("Nothing is recorded yet")
    doctor.opens(f"/child-deaths/cases/{case}/processes/record/police/").chooses("Criminal investigation")
    doctor.presses("Record it").sees(
        "Name the contact at the police", "decide whether it holds the review up"
    )
    doctor.opens(f"/child-deaths/cases/{case}/holds/").follows("Hold the review up")
    doctor.chooses("Criminal investigation or trial").dates("When is it looked at again?", 14, 6, 2016)
    doctor.presses("Begin the hold").sees("Name the contact at the police or the Crown Prosecution Service")
    doctor.types("Contact (optional)", "DI Marl").presses("Begin the hold").sees("The review is on hold")
    doctor.opens("/child-deaths/holds/").sees(str(case))

    family = family_of(deaths, case)
    suspected(deaths, case, carer_of(deaths, family).relative)
    key_worker(deaths, family)
    worker = room.screen("Briar Holloway", size, side="outside", script=script)
    # Somebody without a seat does not stand on the example's sign-in page: they come by a code sent to their address.
    visitor = Client()
    visitor.force_login(
        deaths.world.people["key_worker"].account, "django.contrib.auth.backends.ModelBackend"
    )
    name = settings.SESSION_COOKIE_NAME
    worker.page.context.add_cookies(
        [{"name": name, "value": visitor.cookies[name].value, "url": room.address}]
    )
    worker.opens(f"/child-deaths/families/{family}/")
    worker.sees("The family of Rowan", "Ask the coordinator before you write to").never_sees(
        "DI Marl", "uspect"
    )
    worker.follows("Keep a question").types("What do they ask, in their words?", "Was he in pain?")
    worker.presses("Keep it").sees("Waits for an answer")
    doctor.opens(f"/child-deaths/families/{family}/").sees("suspected or convicted", "Was he in pain?")
