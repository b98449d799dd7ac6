"""An agency's own result: what it shows of the others, to whom, and the letter that brings it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT, Round
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.models import Comparison, ScoreSheet
from wholestory.assurance.operations import cycles, moderation
from wholestory.assurance.operations.figures import _without
from wholestory.assurance.reports.own import _beside
from wholestory.correspondence.models import Letter

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
THIRD = list(framework_called(SHORT).items)[2]


@pytest.fixture
def moderated(signed_school: Round) -> Round:
    """The school signed 1, 0 and eight 2s; the third item was lowered to 1."""
    with signed_school.acting("quality_officer") as actor:
        moderation.judge(
            actor=actor, ret=signed_school.fresh("school"), item=THIRD, score="1", reason="Nothing shown.", today=TODAY
        )  # fmt: skip
    return signed_school


def url(round_: Round, what: str = "result", agency: str = "school") -> str:
    return f"/self-audits/returns/{round_.fresh(agency).record.reference}/{what}/"


def test_before_release_the_agency_reads_its_own_scores_and_no_moderated_one(
    moderated: Round, browse: Browse
) -> None:
    """Eight of ten are compliant by its own scores."""
    said = browse("head").get(url(moderated)).content.decode()
    assert "By your own scores: 80.0 % compliant (8 of 10 answered)" in said
    page = (
        said.split("How these figures are made")[0].lower().replace("<th", "").replace("moderated</th>", "")
    )
    # On a phone each value carries its column's name: the column is there, and empty.
    assert "moderated" not in page.replace(
        'aria-hidden="true">moderated</span><span class="ws-stack__value"></span>', ""
    )


def test_after_release_it_reads_both_and_its_own_shift(moderated: Round, browse: Browse) -> None:
    """One score of ten went down by a point of three: seven are compliant, and that score moved by 33.3 points."""
    moderated.release("school")
    said = browse("head").get(url(moderated)).content.decode()
    assert "With the board’s moderated scores: 70.0 % compliant (7 of 10 answered)" in said
    assert "1 lowered, 0 raised, on average" in said


@pytest.mark.parametrize("released", [False, True])
def test_a_sheet_kept_by_an_earlier_edition_says_the_same(
    moderated: Round, browse: Browse, released: bool
) -> None:
    """Until the night's job writes it anew the page is worked out from the answers, and shows no more than before."""
    if released:
        moderated.release("school")
    before = browse("head").get(url(moderated)).content.decode()
    with acting.as_system(moderated.world.board):
        ledger.line("assurance.scored", moderated.fresh("school").record)
        for sheet in ScoreSheet.objects.filter(return_of=moderated.fresh("school")):
            sheet.standards = {key: kept[:-1] for key, kept in sheet.standards.items()}
            sheet.save(update_fields=["standards"])
    after = browse("head").get(url(moderated)).content.decode()
    main = re.compile(r"<main.*</main>", re.S)
    assert main.findall(after) == main.findall(before) != []


def test_nobody_outside_reads_it(moderated: Round, browse: Browse) -> None:
    moderated.release("school")
    for who in ("police_lead", "sister_head", "sister_manager", "lay_member", "police_member", "stranger"):
        assert browse(who).get(url(moderated)).status_code == 404
        assert browse(who).get(url(moderated, "feedback")).status_code == 404
    assert browse("head").get(url(moderated, "feedback")).status_code == 404


def test_before_the_board_is_shown_anything_nothing_of_the_others_is_shown(
    moderated: Round, browse: Browse
) -> None:
    moderated.release("school")
    said = browse("head").get(url(moderated)).content.decode()
    assert "How the others answered is shown once results are released to the board." in said


def test_of_fewer_than_five_others_nothing_is_shown(moderated: Round, browse: Browse) -> None:
    """The police are the one other result."""
    moderated.answer("police", "police_lead", 3)
    moderated.sign("police", "police_signatory")
    for agency in ("school", "police"):
        moderated.release(agency)
    with moderated.acting("business_manager") as actor:
        cycles.release_to_board(actor=actor, cycle=moderated.cycle, today=TODAY)
    with acting.as_system(moderated.world.board):
        kept = Comparison.objects.get(return_of=moderated.returns["school"].pk).figures
    assert "all" not in kept
    assert "of_sector" not in kept
    said = browse("head").get(url(moderated)).content.decode()
    assert "Fewer than 5 other results are released, so nothing is shown of them." in said
    assert moderated.world.agencies["police"].name not in said


def test_the_spread_of_the_others_leaves_out_ones_own_score() -> None:
    """Seven gave a score: three 3s, two 2s, two 1s. Without one's own 3 there are six, four of them compliant."""
    from collections import Counter

    every = {"a": Counter({"3": 3, "2": 2, "1": 2, "~not_applicable": 1})}
    rest = _without(every, {"a": ["scored", "3", ""]})["a"]
    assert rest == {"3": 2, "2": 2, "1": 2, "~not_applicable": 1}
    number, share = _beside(rest, framework_called(SHORT).compliant)
    assert number == 6
    assert share is not None
    assert share * 6 == 4


def test_a_spread_over_few_scores_is_not_shown_though_there_are_many_others() -> None:
    """Ten others, but only four gave this item a score."""
    number, share = _beside({"3": 4, "~not_applicable": 6}, framework_called(SHORT).compliant)
    assert (number, share) == (4, None)


def test_the_feedback_letter_is_drafted_edited_and_waits_for_the_chair(
    moderated: Round, browse: Browse
) -> None:
    client = browse("quality_officer")
    assert client.get(url(moderated, "feedback")).status_code == 404  # not before its release
    moderated.release("school")
    page = client.get(url(moderated, "feedback")).content.decode()
    framework = framework_called(SHORT)
    assert "70.0 % compliant (7 of 10 answered)" in page
    assert f"{framework.numbers[THIRD]} {framework.items[THIRD].text}" in page
    sent = {
        "to_name": "Kit Monro",
        "subject": "Your result",
        "body": "Thank you. We ask you to look at training.",
    }
    answer = client.post(url(moderated, "feedback"), sent)
    assert answer.status_code == 302
    with moderated.acting("chair"):
        letter = Letter.objects.get(subject="Your result")
        assert letter.status == "prepared"
        assert letter.about_id == moderated.returns["school"].record_id


def test_a_letter_that_lacks_something_keeps_what_was_typed(moderated: Round, browse: Browse) -> None:
    moderated.release("school")
    answer = browse("quality_officer").post(
        url(moderated, "feedback"), {"to_name": "", "subject": "Your result", "body": "Words to keep"}
    )
    assert answer.status_code == 200
    assert "Words to keep" in answer.content.decode()


def test_its_files_are_the_agencys_to_take(moderated: Round, browse: Browse) -> None:
    for kind in ("pdf", "docx", "xlsx", "csv"):
        assert browse("head").get(url(moderated), {"download": kind}).status_code == 200
