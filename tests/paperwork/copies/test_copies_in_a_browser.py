"""Loading a filled copy in a real browser: the check page can be read and used by everyone, on every screen."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.accessibility import everyone_can_use_on_every_screen
from tests.paperwork.conftest import Desk
from tests.paperwork.copies.conftest import FILES, Copies, filled_in_excel
from tests.paperwork.test_in_a_browser import Opens, look, opens
from tests.paperwork.test_sheet import COMPLETE
from wholestory import ledger
from wholestory.paperwork.copies.rows import STILL
from wholestory.paperwork.models import Answer

pytestmark = [pytest.mark.journey, pytest.mark.urls("tests.paperwork.site")]
__all__ = ["opens"]


def test_a_filled_copy_is_checked_chosen_loaded_and_taken_back(
    opens: Opens, desk: Desk, copies: Copies
) -> None:  # fmt: skip
    desk.save("head", **COMPLETE, why_not="First")
    packed = filled_in_excel(
        copies.take("head", "form.xlsx"), why_not="Written on the train.\nAt some length.", score="Splendid",
        next_step="A plan", employed=None, visit_from__p1="3 February 2016",
    )  # fmt: skip
    desk.save("head", why_not="Written in the office")
    page = opens("head")
    look(page, "copies-tasks")
    page.get_by_role("link", name="Load a filled copy").click()
    everyone_can_use_on_every_screen(page)
    look(page, "copies-load")
    page.locator("input[type=file]").set_input_files(
        {"name": "our answers.xlsx", "mimeType": FILES["xlsx"], "buffer": packed}
    )
    page.get_by_role("button", name="Check this file").click()
    expect(page.get_by_role("heading", name="Check before loading")).to_be_visible()
    everyone_can_use_on_every_screen(page)
    look(page, "copies-check")
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "copies-check-390")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Load these answers").click()
    expect(page.get_by_role("alert")).to_contain_text("choose what to keep")
    page.get_by_label("Put both together").check()
    expect(page.get_by_label("The answer to keep")).to_be_visible()
    page.get_by_role("button", name="Load these answers").click()
    expect(page.get_by_role("heading", name="This copy was loaded")).to_be_visible()
    everyone_can_use_on_every_screen(page)
    look(page, "copies-loaded")
    assert desk.value("why_not") == "Written in the office\n\nWritten on the train.\nAt some length."
    page.get_by_role("button", name="Take this load back").click()
    expect(page.get_by_role("heading", name="This load was taken back")).to_be_visible()
    assert desk.value("why_not") == "Written in the office"


def test_what_came_from_last_time_is_confirmed_on_the_check_page(
    opens: Opens, desk: Desk, copies: Copies
) -> None:
    desk.save("head", **COMPLETE)
    with desk.acting("head"):
        ledger.line("paperwork.carried_forward", desk.record)
        Answer.objects.filter(answer_set=desk.form_set).update(to_confirm=True, from_previous=True)
    packed = filled_in_excel(copies.take("head", "form.xlsx"), **{STILL: "Yes"}, employed="11")
    page = opens("head", "load/")
    page.locator("input[type=file]").set_input_files(
        {"name": "our answers.xlsx", "mimeType": FILES["xlsx"], "buffer": packed}
    )
    page.get_by_role("button", name="Check this file").click()
    expect(page.get_by_label("Whoever filled this copy confirms")).to_be_checked()
    everyone_can_use_on_every_screen(page)
    look(page, "copies-still")
    page.set_viewport_size({"width": 390, "height": 844})
    look(page, "copies-still-390")
    page.get_by_role("button", name="Load these answers").click()
    expect(page.get_by_text("confirmed as still true").first).to_be_visible()
    with desk.acting("head"):
        assert not Answer.objects.filter(answer_set=desk.form_set, to_confirm=True).exists()
