"""An agency answers: on a phone, over days, with colleagues, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.given import SAID, Given
from tests.journeys.screen import PHONE, Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]
RESTS_ON = "What does this rest on?"


def test_a_head_on_a_phone_meets_last_years_answers_and_loses_nothing(given: Given, screen_of: ScreenOf):
    given.last_years_answers("school", "head", "head_signatory").a_cycle("school")
    head = screen_of("head", PHONE)
    head.follows("Start your self-audit").sees("brought forward for you to confirm").presses("Start")
    head.sees("answers came from").follows("Who leads").sees("Still true?")
    expect(head.main.get_by_label(RESTS_ON).first).to_have_value(SAID)

    head.types(RESTS_ON, "Our new deputy has led this since January.", at=0).is_saved()
    head.closes_the_tab()

    again = screen_of("head", PHONE).opens("/").follows("Go on with your self-audit")
    again.follows("Go on with your answers").follows("Who leads")
    expect(again.main.get_by_label(RESTS_ON).first).to_have_value(
        "Our new deputy has led this since January."
    )
    expect(again.main.get_by_label(RESTS_ON).nth(1)).to_have_value(SAID)
    again.presses("Everything on this page is still true").follows("All pages of this form")
    again.sees("3 optional left blank", "Completed")


def test_words_typed_in_the_last_second_survive_a_closed_tab(given: Given, screen_of: ScreenOf):
    given.a_cycle("school").begun("school", "head")
    head = screen_of("head", PHONE).opens(given.form_page("school"))
    head.chooses("2: In place", at=0).is_saved()
    box = head.main.get_by_label(RESTS_ON).first
    box.press_sequentially("Half a thought, and then the bell r", delay=5)
    head.page.evaluate("document.activeElement.blur()")
    head.is_saved()
    head.closes_the_tab()
    again = screen_of("head", PHONE).opens(given.form_page("school"))
    expect(again.main.get_by_label(RESTS_ON).first).to_have_value("Half a thought, and then the bell r")


def test_two_people_in_one_form_are_told_and_neither_loses_a_word(given: Given, screen_of: ScreenOf):
    given.a_cycle("school").answered("school", "head")
    address = given.form_page("school")
    jo, alex = screen_of("head").opens(address), screen_of("head_contributor").opens(address)
    alex.sees("Jo Ashdown is also in this form, on this page.")

    jo.types(RESTS_ON, "Jo writes this.", at=0).is_saved()
    alex.types(RESTS_ON, "Alex writes that.", at=0)
    expect(alex.page.locator("#draft-status")).to_contain_text(
        "Your version is kept beside theirs", timeout=15000
    )

    alex.going(alex.page.locator("#draft-status").get_by_role("link", name="Compare the two"))
    alex.sees("Jo writes this.", "Alex writes that.").chooses("Put the two together")
    alex.presses("Keep this")
    jo.opens(address)
    expect(jo.main.get_by_label(RESTS_ON).first).to_have_value("Jo writes this.\n\nAlex writes that.")


def test_a_colleague_writes_only_the_part_they_were_given(given: Given, screen_of: ScreenOf):
    given.a_cycle("school").begun("school", "head")
    head = screen_of("head").opens(f"/self-audits/returns/{given.reference('school')}/share/")
    head.main.get_by_role("group", name="Your people").get_by_label("Alex Reed").check()
    head.main.get_by_role("group", name="Who leads").get_by_label("Jo Ashdown").check()
    head.presses("Save and tell them").follows("Go on with your answers").sees("Alex Reed")

    alex = screen_of("head_contributor").opens(given.form_page("school", "leading"))
    alex.sees("You can read this page; Jo Ashdown answers it.")
    expect(alex.main.get_by_role("textbox")).to_have_count(0)
    alex.opens(given.form_page("school", "people")).types(RESTS_ON, "Checked in May.", at=0).is_saved()
    alex.opens(given.form_page("school", "working")).types(RESTS_ON, "Nobody was named for this.").is_saved()


def test_a_return_signed_is_read_and_can_only_be_opened_again_by_whoever_signs(
    given: Given, screen_of: ScreenOf
):
    given.a_cycle("school").answered("school", "head").signed("school", "head_signatory")
    head = screen_of("head").opens(given.form_page("school"))
    expect(head.main.get_by_role("textbox")).to_have_count(0)
    signatory = screen_of("head_signatory").opens(f"/self-audits/returns/{given.reference('school')}/")
    signatory.follows("Open again to change").presses("Open again")
    assert signatory.title.startswith("Error: ")
    signatory.types("Why?", "The figure for training was last year's.").presses("Open again")
    signatory.sees("The return is open again")
    head.opens(given.form_page("school")).types(RESTS_ON, "The right figure.", at=0).is_saved()
