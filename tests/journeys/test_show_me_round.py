"""“Show me round”: the seven steps of the demo, one click each, through the example area as it ships."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys import heat_maps
from tests.journeys.conftest import Room
from tests.journeys.screen import PHONE, Screen

# On one worker, because the example area is loaded once for all of them.
pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.xdist_group("example")]
TRAINING = 7
"""Where the standard on training stands among the cells of a row."""


def shown(visitor: Screen, step: int, then: str = "") -> Screen:
    """Back to the tour, and one click."""
    visitor.opens("/show-me-round/")
    button = visitor.page.locator(".ws-tour__step").nth(step - 1).get_by_role("button")
    # Step 3 ends at the "not found" page, and so it should.
    with visitor.being_turned_away():
        visitor.going(button.filter(has_text=then) if then else button.first)
    return visitor


def test_the_seven_steps(example: Room):
    visitor = example.screen("visitor", PHONE, side="tour")
    visitor.opens("/").sees("Show me round", "Seven steps")

    shown(visitor, 1).sees("Chase list", "Marshgate College", "29 February 2016", "14 days ago")
    visitor.follows("Read the draft").sees("Draft", "Dear", "Example: invented")

    the_head_on_a_phone(visitor)

    shown(visitor, 3).sees("Page not found", "Abena Whitlock").never_sees("Police force")
    shown(visitor, 3, then="see the attempt").sees("Hester Lyle", "Abena Whitlock", "Asked for it")

    shown(visitor, 4).sees("3 Embedded", "1,091 of 1,307").chooses("1 Started")
    visitor.types("Why?", "83.5 % is not everybody.").presses("Record the score").sees("1 lowered")
    shown(visitor, 4, then="see the heat map").sees("Welland Bridge Hospitals")

    shown(visitor, 5).sees("What needs the chair", "Late agencies", "Overdue promises", "Nene Rivers")

    shown(visitor, 6).sees("Monthly supervision", "Not closed: more is needed", "scored 1 then")
    visitor.sees("Closed on evidence")

    shown(visitor, 7).sees("Rosalind Peake", "Child deaths")


def the_head_on_a_phone(visitor: Screen) -> None:
    shown(visitor, 2).sees("Still true?", "Abena Whitlock")
    address = visitor.page.url
    assert "#q-" in address, "the page opens at the first answer that waits"
    words = "The deputy asked eleven pupils in February."
    box = visitor.main.locator(".ws-question--waits").get_by_label("What does this rest on?").first
    name = box.get_attribute("name")
    box.fill(words)
    visitor.is_saved()
    page = visitor.page.context.new_page()
    visitor.closes_the_tab()
    visitor.continues_in(page)
    visitor.opens(address)
    expect(visitor.page.locator(f"[name={name}]")).to_have_value(words)


def test_a_lowered_score_is_the_same_on_the_page_in_the_pdf_in_excel_and_in_csv(example: Room):
    moderator = shown(example.screen("moderator", side="tour"), 4)
    moderator.chooses("1 Started").types("Why?", "83.5 % is not everybody.").presses("Record the score")

    manager = example.signed_in("Gwen Ashby-Cole", side="team").goes_to("Self-audits")
    manager.follows("2015/16 cycle").follows("Heat map")
    seen = heat_maps.on_page(manager)
    assert len(seen) == 20
    kinds = {cell for row in seen.values() for cell in row if not re.fullmatch(r"\d\.\d", cell)}
    assert {"NR", "Nil", "Ext", "Begun", "Asked", "Query"} <= kinds, "each kind of nothing by its own name"
    welland = seen["Welland Bridge Hospitals NHS Trust (example)"]
    assert welland[TRAINING] == "2.4"

    pdf = manager.downloads("PDF")
    assert heat_maps.in_csv(manager.downloads("CSV")) == seen
    assert heat_maps.in_excel(manager.downloads("Excel")) == seen
    assert heat_maps.in_pdf(pdf, seen) == seen
    for said in ("Example: invented", "OFFICIAL", "Gwen Ashby-Cole", "14 March 2016"):
        assert said in heat_maps.text_of(pdf)


def test_the_lay_member_sees_counts_of_what_runs_and_names_of_what_was_released(example: Room):
    lay = example.signed_in("Bernard Okonjo-Hale", side="board").opens("/lay-member/")
    lay.sees("20 asked", "Results you can read").never_sees("Welland Bridge")
    lay.page.get_by_role("link", name="2013/14 cycle").last.click()
    lay.sees("Heat map", "Welland Bridge").never_sees("What it rests on")
    lay.goes_to("Actions").sees("Overdue").follows("Two supervisors will be trained").sees("Nene Rivers")
