"""With the keyboard alone: signing in, and a page of the form. Whatever has the focus can be seen to have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.access.waiting import run_waiting
from tests.journeys.conftest import Room
from tests.journeys.given import Given
from tests.journeys.screen import Screen
from wholestory.access.signing_in import ports

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]

#: What has the focus: its name, whether it is in the window and whether a reader can see that it has the focus.
FOCUSED = """() => {
  const has = document.activeElement, box = has.getBoundingClientRect();
  const label = has.labels && has.labels.length ? has.labels[0].innerText : has.getAttribute("aria-label");
  // A radio button or tick box is drawn by its label.
  const drawn = has.matches(".govuk-radios__input, .govuk-checkboxes__input") ? has.nextElementSibling : has;
  const styles = [getComputedStyle(has), getComputedStyle(drawn, "::before"), getComputedStyle(has.parentElement)];
  const outlined = one => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0;
  const seen = styles.some(one => one.boxShadow !== "none" || outlined(one));
  const within = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {tag: has.tagName.toLowerCase(), name: (label || has.innerText || "").trim(), seen, within};
}"""


class Keys:
    """Somebody who uses no mouse."""

    def __init__(self, screen: Screen) -> None:
        self.screen, self.keyboard = screen, screen.page.keyboard

    def tab(self, key: str = "Tab") -> dict[str, Any]:
        """One step on; what is reached shows that it has the focus, and is in the window."""
        self.keyboard.press(key)
        found: dict[str, Any] = self.screen.page.evaluate(FOCUSED)
        if found["tag"] != "body":
            assert found["seen"], f"nothing shows that {found['name'] or found['tag']!r} has the focus"
            assert found["within"], f"{found['name'] or found['tag']!r} has the focus outside the window"
        return found

    def goes_to(self, name: str, most: int = 80) -> None:
        """Step on until the focus is on something of this name."""
        met = []
        for _ in range(most):
            met.append(self.tab()["name"])
            if name in met[-1]:
                return
        raise AssertionError(f"the keyboard never comes to {name!r}, only to {met}")

    def presses_enter(self) -> None:
        """Enter, and wait for the page it leads to."""
        with self.screen.page.expect_event("load"):
            self.keyboard.press("Enter")


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> list[ports.Mail]:
    """Sign-in codes as they leave."""
    sent: list[ports.Mail] = []
    monkeypatch.setattr(ports, "_deliver", [sent.append])
    return sent


@pytest.fixture
def real_sign_in(settings: Any) -> Iterator[None]:
    """Signing in as outside the demo."""
    settings.DEMO = False
    cache.clear()
    yield
    cache.clear()


def test_signing_in_with_a_code(given: Given, room: Room, real_sign_in: None, mail: list[ports.Mail]):
    screen = room.screen("Jo Ashdown").opens("/sign-in/")
    keys = Keys(screen)
    assert keys.tab()["name"] == "Skip to main content", "the first thing the keyboard reaches"
    keys.keyboard.press("Enter")
    keys.goes_to("address")
    keys.presses_enter()
    assert screen.title.startswith("Error: ")
    expect(screen.page.locator(".govuk-error-summary")).to_be_focused()
    keys.goes_to("Enter", most=2)
    keys.keyboard.press("Enter")
    expect(screen.page.get_by_label(re.compile("address"))).to_be_focused()
    keys.keyboard.type("head@people.example")
    keys.presses_enter()
    screen.sees("Check your e-mail")
    run_waiting()
    code = re.search(r"code is ([\d ]+)", mail[0].body)
    assert code
    keys.goes_to("ode")
    keys.keyboard.type(code[1].replace(" ", ""))
    keys.presses_enter()
    screen.sees("My work", "Jo Ashdown")


def test_a_page_of_the_form(given: Given, screen_of: ScreenOf):
    given.a_cycle("school").begun("school", "head")
    screen = screen_of("head").opens(given.form_page("school", "children"))
    keys = Keys(screen)
    assert keys.tab()["name"] == "Skip to main content"
    keys.keyboard.press("Enter")
    keys.goes_to("0: Not in place")
    keys.keyboard.press("ArrowDown")
    assert keys.tab("ArrowDown")["name"].startswith("2: In place")
    assert keys.tab()["name"].startswith("Comment"), "a question's comments are one step after its answer"
    keys.goes_to("What does this rest on?", most=1)
    keys.keyboard.type("A survey in March.")
    assert keys.tab()["name"].startswith("Comment")
    keys.goes_to("What would show it?", most=1)
    screen.is_saved()
    keys.goes_to("Save and continue")
    keys.presses_enter()
    screen.opens(given.form_page("school", "children"))
    expect(screen.main.get_by_label("What does this rest on?")).to_have_value("A survey in March.")
    expect(screen.main.get_by_label("2: In place")).to_be_checked()


def test_the_menu_on_a_phone_and_a_heat_map_that_scrolls(given: Given, screen_of: ScreenOf):
    given.a_cycle("school", "police")
    manager = screen_of("business_manager", (320, 640))
    keys = Keys(manager)
    keys.goes_to("Menu")
    keys.keyboard.press("Enter")
    expect(manager.page.get_by_role("link", name="Self-audits", exact=True)).to_be_visible()
    keys.goes_to("Self-audits", most=3)
    keys.presses_enter()
    manager.sees("The board's cycles")
    manager.follows("Self-audit 2016").follows("Heat map")
    region = manager.page.get_by_role("region", name="agencies by standards")
    region.focus()
    before = region.evaluate("region => region.scrollLeft")
    for _ in range(5):
        keys.keyboard.press("ArrowRight")
    manager.page.wait_for_timeout(300)
    assert region.evaluate("region => region.scrollLeft") > before, "the arrow keys scroll the map"
