"""The first self-audit of a board from end to end, by everybody who has a part in it, through the screens alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import expect

from tests.journeys.given import Given
from tests.journeys.screen import PHONE, Screen

pytestmark = pytest.mark.journey
ScreenOf = Callable[..., Screen]
REASON = "The list shows two people whose training lapsed in 2014."


@pytest.mark.parametrize("script", [True, False], ids=["with_javascript", "without"])
def test_a_cycle_from_the_first_invitation_to_the_boards_question(
    given: Given, screen_of: ScreenOf, script: bool
):
    screen_of = partial(screen_of, script=script)
    manager = screen_of("business_manager")
    cycle = the_manager_asks_four_agencies(manager)
    given.the_post_goes_out()
    invitations_are_written(manager)

    head = screen_of("head", PHONE)
    school = the_head_begins_and_shares_out(head)
    the_head_answers_all_but_the_part_of_a_colleague(head, school)

    signatory = screen_of("head_signatory")
    the_signatory_is_told_what_is_missing(signatory, school)
    the_colleague_answers_one_part_and_no_other(screen_of("head_contributor"), school)
    the_signatory_signs(signatory, school)
    the_police_sign_a_nil_return(screen_of("police_signatory"))

    the_manager_names_a_moderator(manager, school)
    moderator = screen_of("health_member")
    the_moderator_lowers_a_score_and_asks(moderator, school)
    the_agency_answers(head, school)
    the_moderator_finishes(moderator, school)

    the_agency_sees_nothing_before_release(head, school)
    the_manager_releases_to_the_agency(manager, school)
    the_agency_reads_and_replies_once(head, school)

    lay = screen_of("lay_member")
    the_board_sees_counts_before_release(lay, cycle)
    the_manager_releases_to_the_board(manager, cycle)
    question = the_lay_member_sees_the_map_and_asks(lay)
    the_manager_answers_the_question(manager, question)
    lay.opens(f"/questions/{question}/").sees("Because two people had left.")


def the_manager_asks_four_agencies(manager: Screen) -> str:
    manager.goes_to("Self-audits").sees("No cycle has been prepared yet")
    manager.follows("Prepare a new cycle")
    manager.presses("Save and choose agencies")
    assert manager.title.startswith("Error: ")
    manager.sees("Enter a title", "Choose a set of questions", "Enter the due date")
    manager.types("What is this cycle called?", "Self-audit 2016")
    manager.chooses("Ten questions on keeping children safe")
    manager.dates("Opens on", 14, 3, 2016).dates("Returns due by", 31, 3, 2016)
    manager.presses("Save and choose agencies")
    manager.sees("Whom to ask")
    manager.presses("Ask these agencies").sees("Choose at least one agency to ask")
    for agency in ("Willow Lane Academy", "Northmarsh Constabulary", "Northmarsh Community Health"):
        manager.chooses(agency)
    manager.chooses("Harbour Youth Trust")
    manager.presses("Ask these agencies").sees("4 asked", "on their way")
    expect(manager.main.get_by_role("row")).to_have_count(5)
    return manager.reference


def invitations_are_written(manager: Screen) -> None:
    manager.goes_to("Correspondence").sees("Jo Ashdown", "Ira Holt", "Bo Larkin")
    manager.follows("Invitation", beside="Jo Ashdown")
    manager.sees("31 March 2016", "/self-audits/returns/SA-")


def the_head_begins_and_shares_out(head: Screen) -> str:
    head.sees("Start your self-audit").follows("Start your self-audit")
    head.sees("Due by 31 March 2016", "Your answers are kept as you type")
    head.presses("Start").sees("Who leads", "Your people", "How you work", "Children")
    head.follows("Back to the return").follows("Share it out")
    for part, who in (("Who leads", "Jo Ashdown"), ("Children", "Alex Reed")):
        head.main.get_by_role("group", name=re.compile(part)).get_by_label(who).check()
    head.presses("Save and tell them").sees("1 person was told")
    return head.reference


def the_head_answers_all_but_the_part_of_a_colleague(head: Screen, school: str) -> None:
    head.follows("Go on with your answers").follows("Who leads")
    answer(head, 2)
    head.chooses("1: Started", at=0).is_saved()
    if not head.script:
        # Without a script the further question comes with the next page that the server sends.
        head.presses("Save and continue")
    plan = head.main.get_by_label("What will you do about it, and who will do it?")
    expect(plan.first).to_be_visible()
    head.types("What will you do about it, and who will do it?", "Kit Monro will train both before June.")
    head.dates("By when?", 30, 6, 2016).is_saved()
    for lines in (4, 3):
        head.presses("Save and continue")
        answer(head, lines)
    head.presses("Save and come back later")


def answer(screen: Screen, lines: int) -> None:
    """Two out of three for each line of a page, with what it rests on."""
    for at in range(lines):
        screen.chooses("2: In place", at=at)
        screen.types("What does this rest on?", "A policy of 2015, and a list of who has read it.", at=at)
    screen.is_saved()


def the_signatory_is_told_what_is_missing(signatory: Screen, school: str) -> None:
    signatory.opens(f"/self-audits/returns/{school}/sign/")
    signatory.sees("Not ready to be signed yet")
    expect(signatory.main.get_by_role("button", name="Sign and send")).to_have_count(0)
    left = signatory.main.get_by_role("region", name="Not ready").get_by_role("link")
    expect(left).to_have_count(2)
    expect(left.first).to_contain_text("4.1")
    signatory.follows("4.1").sees("page 4 of 4")


def the_colleague_answers_one_part_and_no_other(colleague: Screen, school: str) -> None:
    colleague.sees("Answer your part (1)").opens(f"/self-audits/returns/{school}/form/page/leading/")
    expect(colleague.main.get_by_role("textbox")).to_have_count(0)
    colleague.opens(f"/self-audits/returns/{school}/form/page/children/")
    answer(colleague, 1)
    colleague.presses("Save and continue")
    colleague.is_turned_away_from(f"/self-audits/returns/{school}/sign/")


def the_signatory_signs(signatory: Screen, school: str) -> None:
    signatory.opens(f"/self-audits/returns/{school}/").follows("Sign off")
    signatory.presses("Sign and send")
    assert signatory.title.startswith("Error: ")
    signatory.sees("Enter your post", "Confirm the declaration to sign")
    signatory.types("Your post", "Chair of governors").chooses("I make this declaration")
    signatory.presses("Sign and send").sees("Signed off and sent to the board. Thank you.")
    signatory.sees("Kit Monro will train both before June.", "The board has your return")


def the_police_sign_a_nil_return(signatory: Screen) -> None:
    signatory.goes_to("Self-audits").follows("Self-audit 2016").follows("Sign a nil return")
    signatory.types("Your post", "Deputy Chief Constable").chooses("I make this declaration")
    signatory.presses("Sign the nil return").sees("Say why there is nothing to assess")
    signatory.types("Why is there nothing to assess?", "The force answers once for both boards, from April.")
    signatory.chooses("I make this declaration")
    signatory.presses("Sign the nil return").sees("The nil return is signed", "answers once for both boards")


def the_manager_names_a_moderator(manager: Screen, school: str) -> None:
    manager.goes_to("My work").sees("1 signed off without a moderator")
    manager.opens(f"/self-audits/returns/{school}/").follows("Who moderates")
    manager.never_sees("Jo Ashdown (", "Alex Reed (")
    manager.picks("Who should moderate this return?", "Dana Birch").presses("Let them moderate")
    manager.sees("Dana Birch can now read and moderate this return.")


def the_moderator_lowers_a_score_and_asks(moderator: Screen, school: str) -> None:
    moderator.goes_to("My work").follows("Moderate Willow Lane Academy")
    moderator.follows("Score line 1.2")
    moderator.chooses("1 Started").presses("Record the score")
    assert moderator.title.startswith("Error: ")
    moderator.types("Why?", REASON).presses("Record the score")
    moderator.sees("Line 1.2 is recorded", "Moderated: 1 Started", REASON, "1 lowered")
    moderator.follows("Ask the agency a question")
    moderator.picks("About which line?", "1.2").types("Your question", "When do the two go on the course?")
    moderator.presses("Send the question").sees("The agency has your question")


def the_agency_answers(head: Screen, school: str) -> None:
    head.goes_to("My work").follows("Answer the board's question").follows("Answer the question")
    head.presses("Send the answers")
    assert head.title.startswith("Error: ")
    head.types("1.2", "On 4 May and on 11 May.").presses("Send the answers")
    head.sees("Your answers are with the board.")


def the_moderator_finishes(moderator: Screen, school: str) -> None:
    moderator.opens(f"/self-audits/returns/{school}/moderate/").sees("On 4 May and on 11 May.")
    moderator.follows("Finish moderation").sees("1 lowered")
    moderator.types("What would you like to say", "Thank you for a plain return.")
    moderator.presses("Finish moderation").sees("Moderation is finished.")


def the_agency_sees_nothing_before_release(head: Screen, school: str) -> None:
    head.opens(f"/self-audits/returns/{school}/").never_sees(REASON, "Thank you for a plain return.")


def the_manager_releases_to_the_agency(manager: Screen, school: str) -> None:
    manager.goes_to("My work").sees("1 moderated: release to the agency")
    manager.opens(f"/self-audits/returns/{school}/").follows("Release the result to the agency")
    manager.sees("1 lowered, 0 raised").presses("Release to the agency")
    manager.sees("The agency can read its result")


def the_agency_reads_and_replies_once(head: Screen, school: str) -> None:
    head.opens(f"/self-audits/returns/{school}/").sees(
        REASON, "Thank you for a plain return.", "Moderated: 1"
    )
    head.follows("Reply to the result").types("Your organisation's reply", "We agree, and both are booked.")
    head.presses("Send the reply").sees("We agree, and both are booked.")
    expect(head.main.get_by_role("link", name="Reply to the result")).to_have_count(0)


def the_board_sees_counts_before_release(lay: Screen, cycle: str) -> None:
    lay.opens("/lay-member/").sees("4 asked").never_sees("Willow Lane Academy")
    lay.is_turned_away_from(f"/self-audits/cycles/{cycle}/heat-map/")
    lay.opens(f"/self-audits/cycles/{cycle}/").never_sees("Willow Lane Academy")


def the_manager_releases_to_the_board(manager: Screen, cycle: str) -> None:
    manager.opens(f"/self-audits/cycles/{cycle}/").follows("Release results to the board")
    manager.sees("1 agenc").presses("Release to the board").sees("The board can now see the heat map")


def the_lay_member_sees_the_map_and_asks(lay: Screen) -> str:
    lay.goes_to("My work").follows("Your page").sees("Results you can read").follows("Self-audit 2016")
    lay.opens("/lay-member/").main.get_by_role("link", name="Self-audit 2016").last.click()
    lay.sees("Heat map", "Willow Lane Academy", "Northmarsh Constabulary").never_sees(REASON)
    lay.goes_to("Questions").follows("Ask a question").presses("Send")
    assert lay.title.startswith("Error: ")
    lay.types("What would you like to ask?", "Why was training lapsed at one school?")
    lay.presses("Send").sees("is with the board's team", "Not answered yet")
    return re.search(r"Your question (QU-\w+)", lay.main.inner_text())[1]


def the_manager_answers_the_question(manager: Screen, question: str) -> None:
    manager.goes_to("My work").sees("1 question from lay members").goes_to("Questions").follows(question)
    manager.types("Your answer", "Because two people had left.").presses("Send the answer")
    manager.sees("The asker can read your answer.")
