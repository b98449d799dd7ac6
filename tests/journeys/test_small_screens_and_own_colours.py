"""The pages people use most, magnified to 400 %, in colours of the reader's own choice, and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.journeys.accessibility import everyone_can_use
from tests.journeys.given import ITEMS, Given
from tests.journeys.screen import Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]

#: A window of 1280 by 1024 at 400 %.
MAGNIFIED = (320, 256)
#: Nothing that can be used is cut off at the right, but inside a region that scrolls.
CUT_OFF = """() => [...document.querySelectorAll("h1, h2, p, main :is(a, button, input, textarea, select)")]
  .filter(one => one.checkVisibility() && !one.closest(".ws-scroll, .govuk-visually-hidden, [hidden]"))
  .filter(one => { const box = one.getBoundingClientRect(); return box.width > 1 && box.right > innerWidth + 1; })
  .map(one => (one.innerText || one.name || one.tagName).slice(0, 60))"""


def a_school_half_way(given: Given) -> None:
    given.a_cycle("school", "police", "health", "charity")
    given.answered("school", "head", {ITEMS[0]: 1}).signed("school", "head_signatory")
    given.assigned("school", "health_member").begun("police", "police_lead")


def pages_of(given: Given) -> list[tuple[str, str]]:
    """Who opens what."""
    school, police = given.reference("school"), given.reference("police")
    cycle = given.cycle_reference()
    return [
        ("police_lead", "/"),
        ("police_lead", f"/self-audits/returns/{police}/form/"),
        ("police_lead", given.form_page("police", "people")),
        ("police_lead", f"/self-audits/returns/{police}/"),
        ("head_signatory", f"/self-audits/returns/{school}/"),
        ("business_manager", f"/self-audits/cycles/{cycle}/"),
        ("business_manager", f"/self-audits/cycles/{cycle}/heat-map/"),
        ("business_manager", f"/self-audits/cycles/{cycle}/chase/"),
        ("business_manager", "/actions/"),
        ("business_manager", "/letters/"),
        ("health_member", f"/self-audits/returns/{school}/moderate/"),
        ("chair", "/chair/"),
        ("lay_member", "/lay-member/"),
    ]


def each_page(given: Given, opened: Callable[[str], Screen]) -> Iterator[tuple[Screen, str]]:
    """Every page in its reader's window."""
    windows: dict[str, Screen] = {}
    for who, address in pages_of(given):
        if who not in windows:
            windows[who] = opened(who)
        yield windows[who].opens(address), address


def test_at_400_percent_nothing_is_cut_off_and_nothing_scrolls_sideways(given: Given, screen_of: ScreenOf):
    a_school_half_way(given)
    for screen, address in each_page(given, lambda who: screen_of(who, MAGNIFIED)):
        wider = screen.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider <= 0, f"{address} is {wider} pixels too wide at 400 %"
        assert not (cut := screen.page.evaluate(CUT_OFF)), f"{address} cuts off {cut}"


def test_in_the_readers_own_colours(given: Given, screen_of: ScreenOf):
    a_school_half_way(given)
    for screen, address in each_page(given, lambda who: screen_of(who, colours="active")):
        assert screen.page.evaluate("matchMedia('(forced-colors: active)').matches")
        everyone_can_use(screen.page)
        screen.takes_a_picture("own-colours")
        if address.endswith("heat-map/"):
            the_map_needs_no_colour(screen)


def the_map_needs_no_colour(screen: Screen) -> None:
    cells = screen.page.locator(".ws-heat td")
    borders = cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).borderStyle)")
    assert borders
    assert all(one != "none" for one in borders), "every cell keeps an edge without its colour"
    assert all(cells.locator("[aria-hidden]").all_inner_texts()), (
        "every cell says in words what its colour says"
    )


def test_on_paper(given: Given, screen_of: ScreenOf):
    """What is folded away on the screen is printed, and what only helps on a screen is not."""
    a_school_half_way(given)
    manager = screen_of("business_manager").opens(pages_of(given)[6][1])
    manager.page.emulate_media(media="print")
    assert not manager.page.get_by_role("link", name="Sign out").is_visible()
    assert not manager.page.locator(".govuk-service-navigation").is_visible()
    assert manager.page.locator(".ws-heat").is_visible()
    manager.takes_a_picture("on-paper")
