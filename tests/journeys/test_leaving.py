"""After signing out on a shared computer, nothing of it is left: not behind the back button, not in the browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.given import SAID, Given
from tests.journeys.screen import PHONE, Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]


@pytest.mark.parametrize("script", [True, False], ids=["with_javascript", "without"])
def test_the_back_button_shows_nothing_after_signing_out(given: Given, screen_of: ScreenOf, script: bool):
    given.a_cycle("school").answered("school", "head").signed("school", "head_signatory")
    head = (
        screen_of("head", PHONE, script=script).goes_to("Self-audits").follows("Self-audit 2016").sees(SAID)
    )
    head.opens(given.form_page("school")).sees(SAID)
    head.presses("Sign out").sees("You have signed out")
    if script:
        stored = head.page.evaluate("[{...localStorage}, {...sessionStorage}]")
        assert stored == [{}, {"htmx-current-path-for-history": "/signed-out/"}], (
            "the address of this page at most"
        )
    for _ in range(3):
        with head.being_turned_away():
            head.page.go_back()
        head.never_sees(SAID, "Self-audit 2016", "Acting as")
    kept = head.page.context.cookies()
    assert {one["name"] for one in kept} <= {"csrf", "csrftoken", "session"}, "no cookie that names anybody"


def test_every_page_tells_the_browser_to_keep_nothing(given: Given, screen_of: ScreenOf):
    given.a_cycle("school").begun("school", "head")
    head = screen_of("head")
    for address in ("/", "/self-audits/", given.form_page("school"), "/actions/"):
        answer = head.page.goto(address)
        assert answer is not None
        assert "no-store" in answer.headers.get("cache-control", ""), address
        policy = answer.headers["content-security-policy"]
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy
