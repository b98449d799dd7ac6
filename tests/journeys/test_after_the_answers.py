"""What the board's team does with what comes in, and with what does not: chasing, actions, the chair's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.journeys.given import ITEMS, Given
from tests.journeys.screen import PHONE, Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]
PROMISE = "Train everybody before the summer."


def test_the_chase_list_drafts_what_the_manager_sends(given: Given, screen_of: ScreenOf):
    given.a_cycle("police", "charity", on=date(2016, 1, 11))
    manager = screen_of("business_manager").opens("/self-audits/").follows("Self-audit 2016")
    manager.follows("Chase list").sees("Northmarsh Constabulary", "Not due yet, not begun", "Ira Holt")
    manager.follows("Read the draft").sees("Draft", "To ")
    first = manager.main.get_by_label("Message").first
    first.fill(first.input_value().replace("Dear", "Good morning,\n\nDear"))
    manager.main.get_by_label("Address").first.fill("")
    manager.presses("Send")
    assert manager.title.startswith("Error: ")
    expect(manager.main.get_by_label("Message").first).to_have_value(first.input_value())
    manager.main.get_by_label("Address").first.fill("office@charity.example")
    manager.presses("Send").sees("on the way")
    manager.goes_to("Correspondence").sees("Reminder", "office@charity.example")
    manager.goes_to("Self-audits").follows("Self-audit 2016").follows("Chase list")
    manager.follows("Northmarsh Constabulary").follows("Chase").chooses("Telephone")
    manager.types("What was agreed", "Back next week.").presses("Keep this note").sees("Back next week.")


def test_an_action_goes_from_promise_to_closed_by_somebody_else_than_its_owner(
    given: Given, screen_of: ScreenOf
):
    given.a_cycle("school").answered("school", "head", {ITEMS[0]: 1, ITEMS[1]: 0})
    given.signed("school", "head_signatory").released("school")

    head = screen_of("head", PHONE).goes_to("Actions").sees(PROMISE).follows("Train everybody")
    head.sees("1.1", "1.2", "scored 1 then", "Due by", "30 September 2016")
    expect(head.main.get_by_role("link", name="Close on what shows it")).to_have_count(0)
    action = head.reference
    head.follows("Add an update").presses("Add")
    assert head.title.startswith("Error: ")
    head.types("How is it going", "Two of nine are booked.").presses("Add").sees("Two of nine are booked.")
    head.follows("Change the date").dates("New date", 31, 10, 2016).types(
        "Why does the date", "The trainer was ill."
    )
    head.presses("Change the date").sees("First promised for 30 September 2016")
    head.follows("Say that it is done").types("What was done", "All nine were trained.")
    head.presses("Say that it is done").sees("All nine were trained.")
    head.is_turned_away_from(f"/actions/{action}/close/")

    manager = screen_of("business_manager").sees("1 action said to be done").opens(f"/actions/{action}/")
    manager.follows("Ask for more").types("What is still needed?", "The list with dates.")
    manager.presses("Send back").sees("The list with dates.")
    head.opens(f"/actions/{action}/").follows("Say that it is done").types(
        "What was done", "The list is with you."
    )
    head.presses("Say that it is done")
    manager.opens(f"/actions/{action}/").follows("Close on what shows it")
    manager.types("What did you see", "Nine names, nine dates.").presses("Close the action")
    manager.sees("The action is closed.", "Nine names, nine dates.")
    head.opens(f"/actions/{action}/").follows("Say what changed")
    head.types("What changed for children", "Four worries were raised in a term; before, none.")
    head.presses("Save").sees("Four worries were raised")


def test_the_chair_has_one_page_of_what_needs_them(given: Given, screen_of: ScreenOf):
    given.a_cycle("school", "police", on=date(2016, 1, 11))
    given.answered("school", "head", dict.fromkeys(ITEMS[:2], 1)).signed("school", "head_signatory")
    chair = screen_of("chair").follows("The chair's page").sees("Letters to sign", "2 asked", "Who leads")
    chair.sees("Willow Lane Academy")
    chair.page.emulate_media(media="print")
    expect(chair.page.get_by_role("button", name="Print this page")).to_be_hidden()
    chair.page.emulate_media(media="screen")
    chair.follows("Heat map").sees("Northmarsh Constabulary")


def test_the_head_tries_the_polices_return_and_the_access_record_knows(given: Given, screen_of: ScreenOf):
    given.a_cycle("school", "police").answered("police", "police_lead").signed("police", "police_signatory")
    police, head = given.reference("police"), screen_of("head")
    closed = head.is_turned_away_from(f"/self-audits/returns/{police}/").main.inner_text()
    missing = head.is_turned_away_from("/self-audits/returns/SA-ZZZZZZZZ/").main.inner_text()
    assert closed == missing, "a closed page and a missing one read the same"
    for rest in ("form/", "form/page/leading/", "form/form.pdf", "sign/", "moderate/"):
        head.is_turned_away_from(f"/self-audits/returns/{police}/{rest}")
    head.sees("Jo Ashdown", "team@north.example")

    lead = screen_of("ig_lead").goes_to("Access record")
    lead.types("A record’s reference", police).presses("Search")
    lead.sees(
        "Jo Ashdown", "Asked for it and was shown", "Closed to them, or there is no such record"
    ).never_sees("It is in our policy")
    lead.opens("/access/record/").types("A record’s reference", "Ashdown").presses("Search")
    lead.follows("Jo Ashdown").sees(police)
    lead.is_turned_away_from(f"/self-audits/returns/{police}/")
