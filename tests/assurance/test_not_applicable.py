""" "Not applicable" on a critical line waits for a moderator (domain notes 6.2, 18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.assurance.conftest import NOW, SHORT
from tests.assurance.rounds import NOT_HERE, RoundOn
from tests.personas import TODAY, World
from wholestory.assurance.models import Judgement
from wholestory.assurance.operations import moderation, returns
from wholestory.assurance.rules.moderation import NaRate, na_rate, rising
from wholestory.assurance.rules.rollup import ItemAnswer, ItemState

Browse = Callable[[str], Client]
#: Nobody works with children before the right checks are done: critical in every framework that asks it.
CHECKS, ADVICE = "recruitment_checks", "sharing_protocol"


@pytest.fixture
def hidden(world: World) -> RoundOn:
    """The school says that checks, which are critical, and sharing, which is not, do not apply to it."""
    made = RoundOn(world, SHORT, "school")
    made.fill("school", "head", 2, {CHECKS: NOT_HERE, ADVICE: NOT_HERE})
    made.sign("school", "head_signatory")
    return made


def at(round_: RoundOn, which: str = "moderate", *more: str) -> str:
    return reverse(f"assurance:{which}", args=[round_.returns["school"].record.reference, *more])


def finish(round_: RoundOn, today: date = TODAY) -> None:
    with round_.acting("quality_officer") as actor:
        moderation.finish(actor=actor, ret=round_.fresh("school"), note="", today=today)


def agree(round_: RoundOn, item: str = CHECKS, today: date = TODAY) -> Judgement:
    with round_.acting("quality_officer") as actor:
        return moderation.agree(
            actor=actor,
            ret=round_.fresh("school"),
            item=item,
            reason="Volunteers of another body.",
            today=today,
        )


def test_18_moderation_is_not_finished_before_it_is_agreed(hidden: RoundOn) -> None:
    with pytest.raises(moderation.ModerationRefused, match=r"said not to apply: 2\.1\."):
        finish(hidden)
    agree(hidden)
    finish(hidden)
    with hidden.acting("quality_officer") as actor:
        moderation.release(actor=actor, ret=hidden.fresh("school"), today=TODAY)
    assert hidden.fresh("school").stage == "released"


def test_a_line_that_is_not_critical_needs_no_agreement(hidden: RoundOn) -> None:
    with pytest.raises(moderation.ModerationRefused, match="Nothing has to be agreed"):
        agree(hidden, ADVICE)


def test_what_was_agreed_to_other_answers_counts_no_more(hidden: RoundOn) -> None:
    agree(hidden)
    with hidden.acting("head_signatory") as actor:
        returns.reopen(actor=actor, ret=hidden.fresh("school"), reason="A figure", today=date(2016, 3, 15))
        returns.sign_off(
            actor=actor, ret=hidden.fresh("school"), post="Head", today=date(2016, 3, 16), now=NOW
        )
    with pytest.raises(moderation.ModerationRefused, match="said not to apply"):
        finish(hidden, date(2016, 3, 17))
    agree(hidden, today=date(2016, 3, 17))
    finish(hidden, date(2016, 3, 17))


def test_the_moderators_pages_show_it_and_take_the_agreement(hidden: RoundOn, browse: Browse) -> None:
    officer = browse("quality_officer")
    html = officer.get(at(hidden)).content.decode()
    assert "Critical lines that are said not to apply" in html
    assert html.count(at(hidden, "agree", CHECKS)) == 1
    assert at(hidden, "agree", ADVICE) not in html
    refused = officer.post(at(hidden, "finish"), {"note": ""})
    assert "Agree to each, or ask the agency" in refused.content.decode()
    page = officer.get(at(hidden, "agree", CHECKS)).content.decode()
    assert "No such work here." in page
    assert officer.post(at(hidden, "agree", CHECKS), {"reason": "Another body does it."}).status_code == 302
    assert "Critical lines that are said not to apply" not in officer.get(at(hidden)).content.decode()
    assert officer.post(at(hidden, "finish"), {"note": ""}).status_code == 302
    assert hidden.fresh("school").stage == "moderated"


def test_the_agency_reads_the_agreement_only_after_release(hidden: RoundOn, browse: Browse) -> None:
    agree(hidden)
    assert "Volunteers of another body." not in browse("head").get(at(hidden, "return")).content.decode()
    finish(hidden)
    hidden.release_result()
    assert "Volunteers of another body." in browse("head").get(at(hidden, "return")).content.decode()


def test_only_who_moderates_agrees(hidden: RoundOn, browse: Browse) -> None:
    url = at(hidden, "agree", CHECKS)
    for name in ("head", "head_signatory", "police_lead", "lay_member", "sister_manager", "stranger"):
        assert browse(name).get(url).status_code in (302, 403, 404), name
        assert browse(name).post(url, {"reason": ""}).status_code in (302, 403, 404), name
    assert browse("quality_officer").get(at(hidden, "agree", ADVICE)).status_code == 404
    with hidden.acting("quality_officer"):
        assert not Judgement.objects.exists()


def scored(item: str) -> ItemAnswer:
    return ItemAnswer(item, "b1", ItemState.SCORED, "2")


def out(item: str) -> ItemAnswer:
    return ItemAnswer(item, "b1", ItemState.NOT_APPLICABLE, reason="None here.")


def rates(answers: dict[str, list[ItemAnswer]]) -> dict[str, NaRate]:
    return {key: na_rate(row.state for row in some) for key, some in answers.items()}


def test_18_a_rising_share_of_not_applicable_is_itself_a_finding() -> None:
    before = rates(
        {"police": [scored("a"), scored("b"), scored("c"), out("d")], "fire": [scored("a"), scored("b")]}
    )
    now = rates({"police": [scored("a"), out("b"), out("c"), out("d")], "fire": [scored("a"), out("b")]})
    assert (before["police"].share, now["police"].share) == (1 / 4, 3 / 4)
    assert now["fire"].words == "1 of 2 lines said not to apply"
    found = rising(before, now)
    assert [(one.of, one.was.share, one.now.share) for one in found] == [
        ("fire", 0, 1 / 2),
        ("police", 1 / 4, 3 / 4),
    ]
    assert rising(now, before) == ()
    assert rising({}, now) == ()


def test_blank_and_not_asked_lines_are_no_part_of_the_share() -> None:
    rows = [
        scored("a"),
        out("b"),
        ItemAnswer("c", "b1", ItemState.UNANSWERED),
        ItemAnswer("d", "b1", ItemState.NOT_ASKED),
    ]
    rate = na_rate(row.state for row in [*rows, ItemAnswer("e", "b1", ItemState.NOT_READ)])
    assert (rate.not_applicable, rate.said) == (1, 2)
    assert na_rate([]).share is None
