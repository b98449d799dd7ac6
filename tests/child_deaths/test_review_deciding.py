"""The panel’s meeting: it decides when quorate and puts off without moving a limit; its chair never sees the case."""

from __future__ import annotations

from datetime import date

import pytest

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from tests.personas import TODAY
from wholestory import ledger
from wholestory.access.asking import NotForYou
from wholestory.child_deaths.models import Analysis, Case, Hold, PanelDecision, Review, Unmasking
from wholestory.child_deaths.operations import analysis, case_clocks, deciding, ready, restricting, review
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.operations.review import NamesSomebody, ReviewRefused
from wholestory.meetings.models import Decision, Item
from wholestory.meetings.operations import MeetingRefused
from wholestory.pathways.models import RunningClock, StageChange, Standing
from wholestory.pathways.rules.stages import StillNeeded


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    return Reviews(deaths)


@pytest.fixture
def item(reviews: Reviews) -> Item:
    """A case on today's agenda. The panel's quorum is three."""
    return reviews.listed()


def the(reviews: Reviews) -> Review:
    with reviews.deaths.acting():
        return Review.objects.select_related("record__board", "case__record").get()


def stage(of: Review) -> str:
    return Standing.objects.get(record=of.case.record_id).stage


def put_off(
    reviews: Reviews, again: date | None, by: str = "panel_chair", more: bool = False
) -> PanelDecision:
    with reviews.deaths.acting(by) as actor:
        return deciding.put_off(
            actor=actor, review=the_row(), because="The inquest’s papers are awaited", again_on=again, more=more,
            today=TODAY, now=reviews.deaths.now,
        )  # fmt: skip


def the_row() -> Review:
    return Review.objects.select_related("record__board").get()


def test_the_chair_decides_and_the_case_follows_though_the_chair_never_sees_it(
    reviews: Reviews, item: Item
) -> None:
    reviews.came(item.meeting, *PANEL)
    with reviews.deaths.acting("panel_chair") as actor:
        made = deciding.review_it(
            actor=actor, review=the_row(), words="Warn ponds", today=TODAY, now=reviews.deaths.now
        )
        assert not Case.objects.exists()
        assert made.decision is not None
        assert Decision.objects.get().words.startswith("Category 3, Trauma and other external factors.")
    found = the(reviews)
    with reviews.deaths.acting():
        assert stage(found) == "reviewed"
        assert (found.first_reviewed_on, found.reviewed_on) == (TODAY, TODAY)
        assert made.as_decided["primary"] == 3
        # Deciding is not making it final.
        assert Analysis.objects.get().state == "draft"


def test_edge_case_34_a_meeting_that_is_not_quorate_discusses_and_does_not_decide(
    reviews: Reviews, item: Item
) -> None:
    reviews.came(item.meeting, "panel_chair")
    with pytest.raises(MeetingRefused, match="discuss this and not decide"):
        reviews.decided(the(reviews))
    found = the(reviews)
    with reviews.deaths.acting("panel_chair") as actor:
        # What is said may be written down all the same, and the case be put off.
        review.answer(actor=actor, review=found, said={"issues": "No fence"}, now=NOW)
    put_off(reviews, date(2016, 4, 11))
    with reviews.deaths.acting():
        assert stage(found) == "ready"
        assert PanelDecision.objects.get().quorum_words.startswith("Not quorate")


def test_without_who_is_here_nothing_is_decided(reviews: Reviews, item: Item) -> None:
    with pytest.raises(MeetingRefused, match="Record first who is here"):
        reviews.decided(the(reviews))


@pytest.mark.parametrize(
    "persona", ["panel_police", "panel_lay", "designated_doctor", "business_manager", "analyst"]
)
def test_nobody_else_decides(reviews: Reviews, item: Item, persona: str) -> None:
    reviews.came(item.meeting, *PANEL)
    with pytest.raises((NotForYou, ReviewRefused)):
        reviews.decided(the(reviews), by=persona)


def test_the_coordinator_writes_it_down_on_the_chairs_word(reviews: Reviews, item: Item) -> None:
    reviews.came(item.meeting, *PANEL)
    chair = reviews.deaths.world.people["panel_chair"]
    with reviews.deaths.acting() as actor, pytest.raises(ReviewRefused, match="on the chair’s word"):
        deciding.review_it(actor=actor, review=the_row(), words="", today=TODAY, now=reviews.deaths.now)
    with reviews.deaths.acting() as actor:
        made = deciding.review_it(
            actor=actor, review=the_row(), words="", today=TODAY, now=reviews.deaths.now, on_word_of=chair
        )
        assert (made.by, made.on_word_of) == (actor, chair)
        assert stage(the_row()) == "reviewed"
    # It stands in the register of the panel's decisions as the chair's own would.
    for persona in ("coordinator", "panel_chair"):
        with reviews.deaths.acting(persona):
            entry = Decision.objects.get(item=item)
            assert (entry.decided_by, entry.written_by) == (chair, actor)
            assert entry.words.startswith("Category 3, ")
            assert entry.voices.filter(kind="present").count() == 4
    for persona in ("analyst", "business_manager", "sister_coordinator", "administrator"):
        with reviews.deaths.acting(persona):
            assert not Decision.objects.exists()


def test_a_category_and_an_answer_on_modifiable_factors_come_first(reviews: Reviews, item: Item) -> None:
    reviews.came(item.meeting, *PANEL)
    with reviews.deaths.acting("panel_chair") as actor:
        analysis.classify(actor=actor, review=the_row(), selected=[], override=None, reason="", now=NOW)
        review.answer(actor=actor, review=the_row(), said={"modifiable": ""}, now=NOW)
    with pytest.raises(ReviewRefused) as refused:
        reviews.decided(the(reviews))
    assert "at least one category" in str(refused.value)
    assert "modifiable factors" in str(refused.value)


def test_putting_off_keeps_its_reason_and_moves_no_limit(reviews: Reviews, item: Item) -> None:
    found = the(reviews)
    with reviews.deaths.acting() as actor:
        case = Case.objects.select_related("record__board").get(pk=found.case_id)
        start = moment(case.confirmed_at, case.confirmed_precision)
        case_clocks.begin(
            actor=actor,
            case=case,
            keys=("death_reviewed",),
            fact="death",
            start=start,
            now=reviews.deaths.now,
        )
        before = RunningClock.objects.get(record=case.record, key="death_reviewed").due_on
        # Six months after 12 March 2016.
        assert before == date(2016, 9, 12)
    with pytest.raises(ReviewRefused, match="a day after this meeting"):
        put_off(reviews, TODAY)
    made = put_off(reviews, date(2016, 4, 11), more=True)
    assert (made.outcome, made.again_on) == ("more", date(2016, 4, 11))
    with reviews.deaths.acting():
        clock = RunningClock.objects.get(record=case.record, key="death_reviewed")
        assert (clock.due_on, clock.closed_at) == (before, None)
        assert StageChange.objects.get(record=case.record, move="deferred").to_stage == "ready"
    reviews.came(item.meeting, *PANEL)
    with pytest.raises(ReviewRefused, match="was decided there already"):
        reviews.decided(the(reviews))


def test_the_limit_ends_on_the_day_of_the_meeting(reviews: Reviews, item: Item) -> None:
    found = the(reviews)
    with reviews.deaths.acting() as actor:
        case = Case.objects.select_related("record__board").get(pk=found.case_id)
        start = moment(case.confirmed_at, case.confirmed_precision)
        case_clocks.begin(
            actor=actor,
            case=case,
            keys=("death_reviewed",),
            fact="death",
            start=start,
            now=reviews.deaths.now,
        )
    reviews.came(item.meeting, *PANEL)
    reviews.decided(found)
    with reviews.deaths.acting():
        clock = RunningClock.objects.get(record=case.record, key="death_reviewed")
        assert (clock.met_on, clock.outcome) == (TODAY, "met_in_time")


def test_what_changed_since_the_panel_decided_needs_its_reason(reviews: Reviews, item: Item) -> None:
    reviews.came(item.meeting, *PANEL)
    found = the(reviews)
    reviews.decided(found)
    with reviews.deaths.acting() as actor:
        analysis.classify(actor=actor, review=found, selected=[9], override=None, reason="", now=NOW)
    with pytest.raises(ReviewRefused, match="differs from what the panel decided"):
        reviews.final(found)
    one = reviews.final(found, because="The chair agreed by telephone on the same day")
    assert one.primary == 9


def test_the_chair_sees_what_is_masked_with_a_reason_and_nobody_else(reviews: Reviews, item: Item) -> None:
    reviews.declared("panel_chair", item)
    with reviews.deaths.acting("panel_chair") as actor:
        with pytest.raises(ReviewRefused, match="Say why"):
            deciding.unmask(actor=actor, review=the_row(), what="places", reason="", now=reviews.deaths.now)
        deciding.unmask(
            actor=actor,
            review=the_row(),
            what="places",
            reason="Two hospitals are spoken of",
            now=reviews.deaths.now,
        )
        assert Unmasking.objects.get().what == "places"
    reviews.declared("panel_police", item)
    for persona in ("panel_police", "panel_lay", "stranger"):
        found = the(reviews)
        with reviews.deaths.acting(persona) as actor, pytest.raises(NotForYou):
            deciding.unmask(actor=actor, review=found, what="places", reason="So", now=reviews.deaths.now)


def test_what_a_member_writes_names_nobody_either(reviews: Reviews, item: Item) -> None:
    reviews.declared("panel_police", item)
    with reviews.deaths.acting("panel_police") as actor, pytest.raises(NamesSomebody):
        deciding.comment(actor=actor, review=the_row(), words="Was Rowan alone?", now=reviews.deaths.now)


def test_a_case_is_ready_with_a_draft_and_no_hold(reviews: Reviews) -> None:
    found = reviews.begun()
    reviews.stands(found, "gathering")

    def make_ready() -> None:
        with reviews.deaths.acting() as actor:
            case = Case.objects.select_related("record__board").get(pk=found.case_id)
            ready.make_ready(actor=actor, case=case, today=TODAY, now=reviews.deaths.now)

    with pytest.raises(StillNeeded, match="a draft of the analysis form"):
        make_ready()
    reviews.drafted(found)
    with reviews.deaths.acting() as actor:
        ledger.line("child_deaths.put_right", found.record)
        case = found.case
        Hold.objects.create(
            case=case, circle=case.circle, office=case.office, why="criminal", since_on=TODAY,
            review_on=date(2016, 6, 1), by=actor,
        )  # fmt: skip
    with pytest.raises(StillNeeded, match="every hold ended"):
        make_ready()
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", found.record)
        Hold.objects.update(ended_on=TODAY)
    make_ready()
    with reviews.deaths.acting():
        assert stage(found) == "ready"


def test_edge_case_05_a_restricted_case_goes_to_the_panel_with_those_let_in_by_name(reviews: Reviews) -> None:
    ready_one = reviews.ready()
    with reviews.deaths.acting() as actor:
        case = Case.objects.select_related("record__board").get(pk=ready_one.case_id)
        restricting.restrict(actor=actor, case=case, people=[], reason="A colleague’s child", today=TODAY)
    with reviews.deaths.acting("designated_doctor"):
        assert not Review.objects.exists()
    item = reviews.listed(the(reviews))
    with reviews.deaths.acting("designated_doctor"):
        assert not Review.objects.exists()
        assert not Item.objects.exists()
    reviews.came(item.meeting, *PANEL)
    reviews.decided(the(reviews))
    reviews.final(the(reviews))
    with reviews.deaths.acting():
        assert stage(the_row()) == "finalised"
