"""What came from last time is marked wherever it is read, until somebody confirms it; and what an interim year says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.assurance.conftest import SHORT, Round
from tests.assurance.test_interim import Interim
from tests.paperwork.copies.conftest import filled_in_excel
from tests.paperwork.copies.test_returns import AGREED, copies_of
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.operations import cycles, returns
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.copies.rows import STILL
from wholestory.paperwork.given import Place
from wholestory.paperwork.models import Answer

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]

LATER = date(2017, 1, 9)
LATER_NOW = datetime(2017, 1, 9, 10, tzinfo=UTC)
MARK = "From last time, not yet confirmed"
STANDARDS = framework_called(SHORT).standards


@pytest.fixture
def again(signed_school: Round) -> Round:
    """The school is asked once more a year later, and has begun: its ten lines came forward."""
    made = signed_school
    with made.acting("business_manager") as actor:
        cycle = cycles.prepare(
            actor=actor, board=made.world.board, title="Spring 2017", framework=SHORT, opens_on=LATER,
            due_on=date(2017, 3, 31), today=LATER,
        )  # fmt: skip
        [ret] = cycles.issue(actor=actor, cycle=cycle, agencies=[made.world.agencies["school"]], today=LATER)
    made.returns["school"] = ret
    with made.acting("head") as actor:
        returns.begin(actor=actor, ret=made.fresh("school"), today=LATER, now=LATER_NOW)
    return made


def page(browse: Browse, made: Round, who: str = "head") -> str:
    reference = made.fresh("school").record.reference
    return " ".join(browse(who).get(f"/self-audits/returns/{reference}/").content.decode().split())


def test_every_line_that_came_forward_is_marked_and_counted(again: Round, browse: Browse) -> None:
    html = page(browse, again)
    assert html.count(MARK) == 10
    # The scores stand there as they were: 1, 0 and eight 2s. No line that has one is called unanswered.
    assert "Not answered" not in html
    assert "10 lines come from last time and are not yet confirmed." in html
    reference = again.fresh("school").record.reference
    for standard in STANDARDS:
        assert f"/self-audits/returns/{reference}/form/page/{standard.key}/" in html
        assert f"{standard.title}</a> ({len(standard.items)})" in html


def test_the_board_reads_the_marks_and_is_not_asked_to_go_through_them(again: Round, browse: Browse) -> None:
    html = page(browse, again, "quality_officer")
    assert html.count(MARK) == 10
    assert "has still to say whether they are true" in html
    assert "Go through them" not in html


def test_confirming_a_page_takes_its_marks_off(again: Round, browse: Browse) -> None:
    first = STANDARDS[0]
    keys = [item.key for item in first.items]
    with again.acting("head") as actor:
        paperwork.confirm_carried(
            actor=actor, set_id=again.returns["school"].answers_id, now=LATER_NOW,
            places=[Place(key + end) for key in keys for end in ("", "_said", "_shown", "_plan")],
        )  # fmt: skip
    html = page(browse, again)
    assert html.count(MARK) == 10 - len(keys)
    assert f"{first.title}</a> (" not in html


def test_the_reading_page_of_the_form_marks_them_too(again: Round, browse: Browse) -> None:
    reference = again.fresh("school").record.reference
    url = f"/self-audits/returns/{reference}/form/page/{STANDARDS[0].key}/"
    assert "From last time: still to be confirmed" in browse("quality_officer").get(url).content.decode()


def test_a_return_without_a_last_time_has_no_marks(cycle_round: Round, browse: Browse) -> None:
    cycle_round.answer("school", "head")
    assert MARK not in page(browse, cycle_round)


def test_the_form_of_an_interim_year_asks_for_changes_only(signed_school: Round, browse: Browse) -> None:
    year = Interim(signed_school)
    ret = year.round.fresh("school")
    assert "10 lines to score" not in page(browse, year.round)
    assert "Start your interim update" in browse("head").get("/").content.decode()
    year.begin()
    html = browse("head").get(f"/self-audits/returns/{ret.record.reference}/form/").content.decode()
    assert "This is an interim year. The answers you signed last time are filled in already" in html
    assert "Give each line a score" not in html
    assert MARK not in page(browse, year.round)


def test_the_form_of_an_ordinary_year_says_how_to_score(again: Round, browse: Browse) -> None:
    reference = again.fresh("school").record.reference
    html = browse("head").get(f"/self-audits/returns/{reference}/form/").content.decode()
    assert "Give each line a score" in html
    assert "This is an interim year" not in html


def waiting(made: Round) -> set[str]:
    with made.acting("head"):
        answers = made.returns["school"].answers_id
        return set(Answer.objects.filter(answer_set=answers, to_confirm=True).values_list("key", flat=True))


def test_the_team_confirms_for_an_agency_that_sent_its_copy(again: Round, browse: Browse) -> None:
    copies = copies_of(again, "school", browse)
    came = waiting(again)
    assert len(came) >= 10
    packed = filled_in_excel(copies.take("quality_officer", "form.xlsx"), **{STILL: "Yes"})
    checked = copies.send("quality_officer", "sent to us.xlsx", packed, sign_off=AGREED)
    assert f"confirms that the {len(came)} answers from last time" in checked.content.decode()
    copies.apply("quality_officer", checked, _still_true="yes")
    assert waiting(again) == set()
    assert MARK not in page(browse, again)


def test_a_contributor_confirms_their_own_section_only(again: Round, browse: Browse) -> None:
    copies = copies_of(again, "school", browse)
    mine, others = STANDARDS[0], STANDARDS[1:]
    people = again.world.people
    with again.acting("head") as actor:
        owners = {mine.key: [people["head_contributor"]]} | {other.key: [people["head"]] for other in others}
        returns.share_out(actor=actor, ret=again.fresh("school"), owners=owners)
    packed = filled_in_excel(copies.take("head_contributor", "form.xlsx"), **{STILL: "Yes"})
    copies.apply("head_contributor", copies.send("head_contributor", "a.xlsx", packed), _still_true="yes")
    left = waiting(again)
    assert not {item.key for item in mine.items} & left
    assert {item.key for std in others for item in std.items} <= left
