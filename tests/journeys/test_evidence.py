"""Evidence is kept once and used in several lines, with a browser that runs no scripts too."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.given import Given
from tests.journeys.screen import DESK, PHONE, Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]


@pytest.mark.parametrize(("size", "script"), [(DESK, True), (PHONE, False)], ids=["desk", "phone_no_script"])
def test_a_piece_is_added_once_and_chosen_for_two_lines(
    given: Given, screen_of: ScreenOf, size: tuple[int, int], script: bool
) -> None:
    given.a_cycle("school").begun("school", "head")
    head = screen_of("head", size, script=script).goes_to("Self-audits").follows("Your evidence")
    head.sees("Nothing is in your list yet").follows("Add evidence").chooses("In words")
    head.types("What is it?", "Supervision").types("What does it show?", "Zofia (8) told us of it.")
    head.presses("Save").sees("Records about a child do not belong here", "Zofia (8) told us of it.")
    head.types("What does it show?", "Every volunteer is seen once a month.").presses("Save")
    head.sees("undated", "No return uses it yet").follows("Your evidence").sees(
        "1 piece of evidence", "undated"
    )
    head.takes_a_picture("list")
    head.opens(given.form_page("school")).sees("No evidence has been chosen for these lines yet")
    head.presses("Choose evidence for these lines").chooses("Supervision (in words)")
    lines = head.page.locator("input[name=line]")
    for n in (0, 1):
        head.page.locator(f"label[for={lines.nth(n).get_attribute('id')}]").click()
    head.takes_a_picture("choose")
    head.presses("Add to these lines").sees("Saved.", "Chosen", "Supervision")
    head.takes_a_picture("chosen")
    head.follows("Back to the questions").sees("Supervision", "undated")
    head.takes_a_picture("form")
