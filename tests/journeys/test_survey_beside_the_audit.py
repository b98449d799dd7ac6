"""A survey from its preparing to its sharing: the team at a desk, staff on a phone without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.conftest import Room
from tests.journeys.given import Given
from tests.journeys.screen import PHONE, Screen

pytestmark = pytest.mark.journey


def test_staff_answer_on_a_phone_and_the_board_reads_it(
    given: Given, screen_of: Callable[..., Screen], room: Room
) -> None:
    given.a_cycle("school", "police", "health", "charity")
    given.answered("police", "police_lead", {}).signed("police", "police_signatory")
    officer = screen_of("quality_officer")
    officer.opens(f"/self-audits/cycles/{given.cycle_reference()}/").follows("Prepare a practitioner survey")
    officer.presses("Prepare the survey").follows("Change statements and dates")
    officer.types("The smallest group whose answers are shown", "5").presses("Save")
    officer.follows("See what people see").sees("Nothing can be sent from here").follows("Back to the survey")
    officer.follows("Open the survey").presses("Open the survey").sees("Fewer than 5")
    officer.takes_a_picture("open").follows("Poster with QR code, and e-mail text")
    officer.takes_a_picture()
    address = officer.main.locator("p.govuk-heading-m").inner_text().strip()
    path = "/survey/" + address.rstrip("/").rpartition("/")[2] + "/"

    visitor = room.screen("visitor", PHONE)
    visitor.opens(path).presses("Send my answers").sees("Choose your organisation")
    visitor.opens("/survey/thank-you/")
    with visitor.being_turned_away():
        visitor.page.goto("/survey/no-such-link/")
    visitor.sees("No survey is open here").looks_closely()
    for n in range(6):
        phone = room.screen("staff", PHONE, script=False)
        phone.opens(path)
        phone.picks("Which organisation do you work or volunteer for?", "Northmarsh Constabulary")
        phone.chooses("I work with children, parents or the public")
        phone.page.locator("[name=s_escalation]").nth(0 if n else 4).check()
        phone.presses("Send my answers").sees("Thank you")
    for context in (
        room.contexts["staff", PHONE, False, "none"],
        room.contexts["visitor", PHONE, True, "none"],
    ):
        assert context.cookies() == []

    officer.opens(f"/self-audits/cycles/{given.cycle_reference()}/").follows("Practitioner survey")
    officer.sees("5 or a few more").follows("Close the survey").presses("Close the survey")
    officer.follows("Read the results").sees("6 people replied", "over 50 %")
    officer.takes_a_picture("results").follows("Back").follows("Share the results").presses(
        "Share the results"
    )
    lay = screen_of("lay_member")
    lay.opens(f"/self-audits/cycles/{given.cycle_reference()}/")
    lay.follows("Practitioner survey: what staff say").sees("6 people replied")
    lead = screen_of("police_lead")
    lead.opens(f"/self-audits/returns/{given.reference('police')}/")
    lead.follows("Practitioner survey: what your people say").sees("over 50 %")
