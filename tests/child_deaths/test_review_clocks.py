"""The limits of the panel under the child death review partners' process (domain 1.5)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.child_deaths.people import NOW, Deaths
from tests.child_deaths.reviewing import PANEL, Reviews
from tests.personas import TODAY
from wholestory import ledger
from wholestory.child_deaths.models import Case, OtherProcess, Review
from wholestory.child_deaths.operations import ready, review
from wholestory.pathways.models import RunningClock
from wholestory.pathways.rules.stages import StillNeeded


@pytest.fixture
def reviews(deaths: Deaths) -> Reviews:
    """The panel went over to the partners' process before this death."""
    deaths.panel.partners_from_on = date(2016, 1, 1)
    deaths.panel.save()
    return Reviews(deaths)


@pytest.fixture
def gathering(reviews: Reviews) -> Review:
    """A drafted case whose review meeting was on 10 March 2016, with its papers released."""
    found = reviews.begun()
    reviews.drafted(found)
    with reviews.deaths.acting() as actor:
        review.answer(actor=actor, review=found, said={"meeting_on": date(2016, 3, 10)}, now=NOW)
    reviews.released(found)
    reviews.stands(found, "gathering")
    return found


def make_ready(reviews: Reviews, found: Review) -> None:
    with reviews.deaths.acting() as actor:
        case = Case.objects.select_related("record__board").get(pk=found.case_id)
        ready.make_ready(actor=actor, case=case, today=TODAY, now=reviews.deaths.now)


def clock(reviews: Reviews, found: Review, key: str) -> RunningClock:
    with reviews.deaths.acting():
        return RunningClock.objects.get(record=found.case.record_id, key=key)


def inquest(reviews: Reviews, found: Review, state: str, on: date) -> None:
    with reviews.deaths.acting() as actor:
        ledger.line("child_deaths.process_recorded", found.case.record)
        OtherProcess.objects.update_or_create(
            case=found.case, kind="inquest",
            defaults={
                "state": state, "changed_on": TODAY, "changed_by": actor,
                "facts": {"concluded_on": on.isoformat()} if state == "concluded" else {}, "circle": found.case.circle,
                "office": found.case.office,
            },
        )  # fmt: skip


def test_six_weeks_run_from_the_output_of_the_review_meeting(reviews: Reviews, gathering: Review) -> None:
    make_ready(reviews, gathering)
    # 10 March and 42 days: 21 left in March, 21 in April.
    assert clock(reviews, gathering, "death_panel").due_on == date(2016, 4, 21)


def test_six_weeks_run_from_the_inquest_where_that_came_later(reviews: Reviews, gathering: Review) -> None:
    inquest(reviews, gathering, "running", date(2016, 3, 1))
    with pytest.raises(StillNeeded, match="the result of the inquest"):
        make_ready(reviews, gathering)
    inquest(reviews, gathering, "concluded", date(2016, 3, 12))
    make_ready(reviews, gathering)
    # 12 March and 42 days: 19 left in March, 23 in April.
    assert clock(reviews, gathering, "death_panel").due_on == date(2016, 4, 23)


def test_the_panel_ends_one_limit_and_begins_the_next(reviews: Reviews, gathering: Review) -> None:
    make_ready(reviews, gathering)
    item = reviews.listed(gathering)
    reviews.came(item.meeting, *PANEL)
    with reviews.deaths.acting():
        found = Review.objects.select_related("record__board", "case__record").get()
    reviews.decided(found)
    ended = clock(reviews, found, "death_panel")
    assert (ended.met_on, ended.outcome) == (TODAY, "met_in_time")
    # Our own measure: final within fourteen days of the panel.
    begun = clock(reviews, found, "death_analysis_finalised")
    assert (begun.due_on, begun.closed_at) == (date(2016, 3, 28), None)
    reviews.final(found)
    assert clock(reviews, found, "death_analysis_finalised").outcome == "met_in_time"


def test_a_case_brought_in_has_no_limit_of_ours(reviews: Reviews, gathering: Review) -> None:
    with reviews.deaths.acting():
        ledger.line("child_deaths.put_right", gathering.case.record)
        Case.objects.filter(pk=gathering.case_id).update(brought_in=True)
    make_ready(reviews, gathering)
    with reviews.deaths.acting():
        assert not RunningClock.objects.filter(record=gathering.case.record_id, key="death_panel").exists()
