"""A form in a real browser: saving as one types, two people, no connection, signed out, and no JavaScript at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import everyone_can_use_on_every_screen
from tests.paperwork.conftest import Desk
from tests.paperwork.test_sheet import COMPLETE
from wholestory.paperwork.definitions import Given, Nothing, Place

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.paperwork.site")]
FORM = "/trial/SA-SCHA0001/form/"
SEEN = os.environ.get("SCREENSHOTS", "")

Opens = Callable[..., Page]


@pytest.fixture
def opens(live_server: Any, desk: Desk, browse: Callable[[str], Client], browser: Browser) -> Iterator[Opens]:
    """Opens an address as a persona, each in a browser of their own."""
    contexts: dict[str, Any] = {}
    failed: list[str] = []

    def opened(name: str, rest: str = "", script: bool = True) -> Page:
        if name not in contexts:
            contexts[name] = browser.new_context(base_url=live_server.url, java_script_enabled=script)
            jar = browse(name).cookies
            contexts[name].add_cookies(
                [{"name": each.key, "value": each.value, "url": live_server.url} for each in jar.values()]
            )
        page = contexts[name].new_page()
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(FORM + rest)
        return page

    yield opened
    for context in contexts.values():
        context.close()
    assert not failed, "a script failed"


def look(page: Page, name: str) -> None:
    """Keep a picture for somebody to look at, when asked to."""
    if SEEN:
        page.screenshot(path=str(Path(SEEN) / f"{name}.png"), full_page=True)


def test_what_is_typed_is_saved_without_pressing_anything(opens: Opens, desk: Desk):
    page = opens("head", "page/leadership/")
    expect(page.get_by_label("Why is there none?")).to_be_hidden()
    page.get_by_label("No", exact=True).check()
    expect(page.get_by_label("Why is there none?")).to_be_visible()
    page.get_by_label("Why is there none?").fill("She left.\n\nThe post is advertised.")
    expect(page.locator("[name=_rev-why_not]")).to_have_value("1", timeout=15000)
    expect(page.locator("#draft-status")).to_contain_text("Saved")
    assert desk.value("why_not") == "She left.\n\nThe post is advertised."
    look(page, "page-typed")
    page.close()
    again = opens("head", "page/leadership/")
    expect(again.get_by_label("Why is there none?")).to_have_value("She left.\n\nThe post is advertised.")


def test_two_people_in_one_answer(opens: Opens, desk: Desk):
    desk.save("head", has_lead="no", why_not="As it was")
    jo, alex = opens("head", "page/leadership/"), opens("head_contributor", "page/leadership/")
    expect(alex.get_by_text("Jo Ashdown is also in this form, on this page.")).to_be_visible()
    jo.get_by_label("Why is there none?").fill("Jo's text")
    expect(jo.locator("#draft-status")).to_contain_text("Saved", timeout=15000)
    alex.get_by_label("Why is there none?").fill("Alex's text")
    expect(alex.locator("#draft-status")).to_contain_text("Your version is kept beside theirs", timeout=15000)
    assert desk.value("why_not") == "Jo's text"
    alex.get_by_role("link", name="Compare the two").click()
    everyone_can_use_on_every_screen(alex)
    alex.get_by_label("Put the two together").check()
    look(alex, "two-versions")
    expect(alex.get_by_label("The answer to keep")).to_have_value("Jo's text\n\nAlex's text")
    alex.get_by_role("button", name="Keep this").click()
    assert desk.value("why_not") == "Jo's text\n\nAlex's text"


def test_without_a_connection_the_text_stays_and_is_saved_later(opens: Opens, desk: Desk):
    desk.save("head", has_lead="no")
    page = opens("head", "page/leadership/")
    page.context.set_offline(True)
    page.get_by_label("Why is there none?").fill("Typed on a train")
    expect(page.locator("#draft-status")).to_contain_text("there is no connection", timeout=15000)
    page.get_by_role("button", name="Save and continue").first.click(force=True)
    expect(page.get_by_label("Why is there none?")).to_have_value("Typed on a train")
    page.context.set_offline(False)
    expect(page.locator("#draft-status")).to_contain_text("Saved", timeout=20000)
    assert desk.value("why_not") == "Typed on a train"
    stored = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "train" not in stored, "a shared computer keeps nothing of it"


def test_signed_out_in_the_middle_of_a_sentence(
    opens: Opens, desk: Desk, browse: Callable[[str], Client], live_server: Any
):
    desk.save("head", has_lead="no")
    page = opens("head", "page/leadership/")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    page.get_by_label("Why is there none?").fill("Half a sentence")
    expect(page.get_by_role("link", name="Sign in again in a new tab")).to_be_visible(timeout=15000)
    look(page, "signed-out")
    page.context.add_cookies(
        [{"name": one["name"], "value": one["value"], "url": live_server.url} for one in cookies]
    )
    expect(page.locator("#draft-status")).to_contain_text("Saved", timeout=30000)
    assert desk.value("why_not") == "Half a sentence"


def test_the_whole_form_without_javascript(opens: Opens, desk: Desk):
    page = opens("head", script=False)
    page.get_by_role("link", name="Leadership").click()
    page.get_by_label("No", exact=True).check()
    page.get_by_label("Partly met").check()
    page.get_by_role("button", name="Save and continue").last.click()
    page.get_by_label("Why is there none?").fill("She left")
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.get_by_role("heading", name="Staff and training")).to_be_visible()
    page.get_by_role("button", name="Add a visit").click()
    page.get_by_label("Day").first.fill("10")
    page.get_by_role("button", name="Save and come back later").click()
    assert desk.value("why_not") == "She left"
    assert desk.value("visits") == [1]
    assert desk.filled().sheet.at(Place("visit_from", 1)).typed == {
        "day": "10",
        "month": "",
        "year": "",
        "about": "",
    }


@pytest.mark.parametrize(
    "rest", ["", "page/leadership/", "page/staff/", "page/case/", "check/", "print/", "print/blank/"]
)
def test_everyone_can_use_it(opens: Opens, desk: Desk, rest: str):
    desk.save(
        "head",
        **{**COMPLETE, "trained": Given(nothing=Nothing.NOT_KNOWN)},
        visits=[1],
        visit_from__1="2016-01-10",
        groups={"teachers": {"people": "8", "done": "6", "how_well": 1}},
        born_on="2004-06",
        seen_on="2016-03-10",
        nhs="9434765919",
    )
    page = opens("head", rest)
    everyone_can_use_on_every_screen(page)
    look(page, f"desk-{rest.strip('/').replace('/', '-') or 'tasks'}")
    page.set_viewport_size({"width": 360, "height": 740})
    look(page, f"phone-{rest.strip('/').replace('/', '-') or 'tasks'}")
    if rest.startswith("print"):
        page.emulate_media(media="print")
        look(page, f"paper-{rest.strip('/').replace('/', '-')}")


def test_a_page_with_errors_and_a_page_for_reading(opens: Opens, desk: Desk):
    page = opens("head", "page/staff/")
    page.get_by_label("How many are employed?").fill("ten")
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    everyone_can_use_on_every_screen(page)
    look(page, "errors")
    reader = opens("chair", "page/staff/")
    everyone_can_use_on_every_screen(reader)


def test_a_table_is_filled_in_and_added_up_as_one_types(opens: Opens, desk: Desk):
    page = opens("head", "page/case/")
    for label, typed in (
        ("Teachers: People", "8"), ("Teachers: Trained", "6"), ("Governors: People", "12"), ("Governors: Trained", "9"),
    ):  # fmt: skip
        page.get_by_label(label).fill(typed)
    page.get_by_label("Governors: How well").select_option("2")
    expect(page.get_by_label("Total of People")).to_have_text("20", timeout=15000)
    expect(page.get_by_label("Share trained")).to_have_text("75%")
    assert desk.value("groups")["governors"] == {"people": "12", "done": "9", "how_well": 2}
    page.get_by_label("Teachers: Trained").fill("six")
    page.get_by_role("button", name="Save and continue").last.click()
    expect(page.get_by_role("link", name="Teachers, Trained: enter a number, such as 12")).to_be_visible()
    expect(page.get_by_label("Teachers: Trained")).to_have_value("six")
    everyone_can_use_on_every_screen(page)
    look(page, "grid-errors")
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "grid-errors-phone")
    reader = opens("chair", "page/case/")
    everyone_can_use_on_every_screen(reader)
    look(reader, "grid-read")
