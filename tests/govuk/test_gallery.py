"""Every part in every state, in a real browser: on a desk, on a phone, under the policy we ship, without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.govuk.conftest import ADDRESS
from tests.journeys.accessibility import everyone_can_use_on_every_screen
from wholestory.govuk.gallery import PAGES, REFUSALS

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("name", ["", *PAGES, *REFUSALS])
def test_everyone_can_use_it(gallery: Page, name: str) -> None:
    gallery.goto(f"{ADDRESS}/ui-components/{name}".rstrip("/"))
    everyone_can_use_on_every_screen(gallery)


def test_an_error_leads_to_the_box_it_is_about(gallery: Page) -> None:
    gallery.goto(f"{ADDRESS}/ui-components/question")
    expect(gallery.locator(".govuk-error-summary")).to_be_focused()
    gallery.get_by_role("link", name="Your answer to “When did the panel meet?” must include a year").click()
    expect(gallery.get_by_label("Year")).to_be_focused()
    expect(gallery.get_by_label("Day")).to_have_value("4")


def test_a_choice_opens_its_question_and_closes_it_again(gallery: Page) -> None:
    gallery.goto(f"{ADDRESS}/ui-components/forms")
    question = gallery.get_by_label("Why does it not apply?")
    expect(question).to_be_hidden()
    gallery.get_by_label("Not applicable").check()
    expect(question).to_be_visible()
    gallery.get_by_label("3: fully").check()
    expect(question).to_be_hidden()


def test_none_of_these_clears_the_others(gallery: Page) -> None:
    gallery.goto(f"{ADDRESS}/ui-components/forms")
    gallery.get_by_label("A policy").check()
    gallery.get_by_label("None of these").check()
    expect(gallery.get_by_label("A policy")).not_to_be_checked()


def test_words_are_counted_while_they_are_typed(gallery: Page) -> None:
    gallery.goto(f"{ADDRESS}/ui-components/forms")
    gallery.get_by_label("How do you know that this is done?").fill("one two three")
    expect(gallery.get_by_text("You have 47 words remaining").first).to_be_visible()


def test_the_wide_table_scrolls_by_keyboard_inside_its_own_window(gallery: Page) -> None:
    gallery.set_viewport_size({"width": 600, "height": 800})
    gallery.goto(f"{ADDRESS}/ui-components/lists")
    window = gallery.get_by_role("region", name="A wide table scrolls in its own window")
    window.focus()
    for _ in range(5):
        gallery.keyboard.press("ArrowRight")
    gallery.wait_for_function("document.activeElement.scrollLeft > 0")


def test_no_page_is_kept_in_the_browser(gallery: Page) -> None:
    """htmx remembers the address it is on, as the browser's own history does; no page, no answer, no open section."""
    for name in ("content", "forms-filled", "lists"):
        gallery.goto(f"{ADDRESS}/ui-components/{name}")
        gallery.wait_for_load_state()
        assert gallery.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == [
            "htmx-current-path-for-history"
        ], name


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_javascript_everything_is_there(gallery: Page) -> None:
    gallery.goto(f"{ADDRESS}/ui-components/forms")
    expect(gallery.get_by_label("Why does it not apply?")).to_be_visible()
    expect(gallery.get_by_text("You can enter up to 50 words")).to_be_visible()
    gallery.goto(f"{ADDRESS}/ui-components/content")
    expect(gallery.get_by_text("All agencies answered.")).to_be_visible()
    expect(gallery.get_by_text("Checks are made before a person begins.")).to_be_visible()
    expect(gallery.get_by_role("link", name="Section 11").first).to_be_visible()


def test_forced_colours_leave_the_heat_map_readable(gallery: Page) -> None:
    gallery.emulate_media(forced_colors="active")
    gallery.goto(f"{ADDRESS}/ui-components/heat-map")
    widths = gallery.evaluate(
        "['0','1','2'].map(n => getComputedStyle(document.querySelector('td.ws-heat--' + n)).borderTopWidth)"
    )
    assert widths == ["5px", "4px", "1px"]


def test_paper_shows_the_table_and_no_buttons(gallery: Page) -> None:
    gallery.emulate_media(media="print")
    gallery.goto(f"{ADDRESS}/ui-components/lists")
    expect(gallery.get_by_role("button", name="Show")).to_be_hidden()
    expect(gallery.get_by_role("table").first).to_be_visible()
