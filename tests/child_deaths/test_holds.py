"""Holding a review up: a day to look again, what stands still and what goes on, gross and net days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.people import Deaths
from tests.child_deaths.test_opening import SEES_NOT
from tests.child_deaths.test_response import decided
from wholestory.child_deaths.models import Case, Hold, HoldStep
from wholestory.child_deaths.operations import case_clocks, holds, outside
from wholestory.child_deaths.operations.opening import moment
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.queries import holds as queries
from wholestory.kernel.moments import parse
from wholestory.pathways.models import RunningClock

Browse = Callable[[str], Client]


def reviewed(deaths: Deaths, case: Case) -> None:
    """The limit of the whole review, as it begins when a case is taken on: six months from 12 March 2016."""
    with deaths.acting() as actor:
        assert case.confirmed_at is not None
        start = moment(case.confirmed_at, case.confirmed_precision)
        case_clocks.begin(
            actor=actor, case=case, keys=["death_reviewed"], fact="death", start=start, now=deaths.now
        )


def held(deaths: Deaths, case: Case, why: str = "criminal", **more: Any) -> Hold:
    asked = {
        "since_on": date(2016, 3, 14),
        "review_on": date(2016, 6, 14),
        "contact": "DI Marl",
        "now": deaths.now,
    }
    with deaths.acting() as actor:
        return holds.begin(actor=actor, case=case, why=why, **{**asked, **more})


def whole(deaths: Deaths, case: Case) -> RunningClock:
    with deaths.acting():
        return RunningClock.objects.get(record=case.record, key="death_reviewed")


def test_a_hold_needs_a_later_day_to_look_again_and_a_criminal_one_its_contact(deaths: Deaths) -> None:
    case = deaths.case()
    with pytest.raises(NotRecorded, match="must be after today"):
        held(deaths, case, review_on=date(2016, 3, 14))
    with pytest.raises(NotRecorded, match="Name the contact"):
        held(deaths, case, contact=" ")
    with pytest.raises(NotRecorded, match="later than today"):
        held(deaths, case, since_on=date(2016, 3, 15))
    with deaths.acting():
        assert not Hold.objects.exists()


def test_edge_case_13_a_criminal_hold_stops_the_review_and_nothing_else(deaths: Deaths) -> None:
    case = deaths.case()
    reviewed(deaths, case)
    decided(deaths, case)
    held(deaths, case)
    with deaths.acting() as actor:
        clocks = {each.key: each for each in RunningClock.objects.filter(record=case.record)}
        assert clocks["death_reviewed"].paused
        assert not clocks["place_of_death_visit"].paused
        assert not clocks["third_case_discussion"].paused
        assert clocks["death_notified"].outcome == "met_in_time"
        page = queries.page(case, deaths.now)
        assert "Notification to the panel and the national database" in page.goes_on
        assert "Support for the family, as agreed with police where they ask" in page.goes_on
        # What was given to police is noted while the case is held.
        outside.disclose(
            actor=actor, case=case, on=date(2016, 3, 14), to="DI Marl", what="The list of agencies", basis="police",
            left_out="Health notes of the mother", today=date(2016, 3, 14),
        )  # fmt: skip
    # A message that comes now is still taken in.
    deaths.told("2016-03-14 10:00", forenames="Rowan B")


def test_days_with_and_without_the_hold(deaths: Deaths) -> None:
    # Confirmed 12 March; held 14 March to 20 March, which leaves out the 14th to the 19th: six days. On 30 March
    # eighteen days have gone, twelve of them without the hold. Due on 12 September, or six days later: the 18th.
    case = deaths.case()
    reviewed(deaths, case)
    hold = held(deaths, case)
    later = parse("2016-03-30 12:00")
    with deaths.acting() as actor:
        holds.end(actor=actor, hold=hold, ended_on=date(2016, 3, 20), words="Not charged.", now=later)
        (days,) = queries.days(case, date(2016, 3, 30))
    assert (days.gross, days.net) == (18, 12)
    assert days.gross_due_on == date(2016, 9, 12)
    assert days.net_due_on == date(2016, 9, 18)
    assert not days.paused


def test_while_it_is_held_the_net_days_stand_still(deaths: Deaths) -> None:
    # 13 March is the one day that counted before the hold began on the 14th.
    case = deaths.case()
    reviewed(deaths, case)
    held(deaths, case)
    with deaths.acting():
        (days,) = queries.days(case, date(2016, 4, 12))
    assert (days.gross, days.net, days.paused) == (31, 1, True)


def test_a_limit_runs_again_only_when_the_last_hold_has_ended(deaths: Deaths) -> None:
    case = deaths.case()
    reviewed(deaths, case)
    criminal, inquest = held(deaths, case), held(deaths, case, "inquest")
    later = parse("2016-04-01 12:00")
    with deaths.acting() as actor:
        holds.end(actor=actor, hold=criminal, ended_on=date(2016, 3, 20), words="", now=later)
    assert whole(deaths, case).paused
    with deaths.acting() as actor:
        holds.end(actor=actor, hold=inquest, ended_on=date(2016, 3, 25), words="", now=later)
    # Held from the 14th to the 24th: eleven days after 12 September.
    assert whole(deaths, case).net_due_on == date(2016, 9, 23)


def test_a_limit_that_begins_while_a_case_is_held_stands_still_from_then(deaths: Deaths) -> None:
    case = deaths.case()
    held(deaths, case)
    reviewed(deaths, case)
    with deaths.acting() as actor:
        holds.keep_paused(actor=actor, case=case, now=deaths.now)
    assert whole(deaths, case).paused


def test_looking_again_keeps_every_earlier_day(deaths: Deaths) -> None:
    case = deaths.case()
    hold = held(deaths, case)
    with deaths.acting() as actor:
        with pytest.raises(NotRecorded, match="why the review still waits"):
            holds.extend(actor=actor, hold=hold, review_on=date(2016, 9, 1), words="", now=deaths.now)
        holds.extend(
            actor=actor,
            hold=hold,
            review_on=date(2016, 9, 1),
            words="DI Marl: trial in August",
            now=deaths.now,
        )
        step = HoldStep.objects.order_by("-created_at")[0]
        assert (step.review_was_on, step.review_on) == (date(2016, 6, 14), date(2016, 9, 1))


def test_holds_whose_day_has_come_are_listed(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    held(deaths, case, review_on=date(2016, 3, 15))
    with deaths.acting():
        assert queries.overdue(date(2016, 3, 14)) == []
        (waiting,) = queries.overdue(date(2016, 3, 15))
        assert waiting.reference == case.record.reference
        assert queries.summary(case)[0].words == (
            "Criminal investigation or trial, since 14 March 2016. Look again on 15 March 2016."
        )
        assert not queries.none_open(case)
    page = browse("coordinator").get("/child-deaths/holds/").content.decode()
    assert case.record.reference in page
    assert "Rowan" not in page
    assert browse("sister_coordinator").get("/child-deaths/holds/").content.decode().count(str(case)) == 0


@pytest.mark.parametrize("persona", SEES_NOT)
def test_nobody_outside_holds_or_reads(deaths: Deaths, browse: Browse, persona: str) -> None:
    case = deaths.case()
    client = browse(persona)
    assert client.get(f"/child-deaths/cases/{case}/holds/").status_code == 404
    assert client.post(f"/child-deaths/cases/{case}/holds/begin/", {}).status_code == 404


def test_the_pages(deaths: Deaths, browse: Browse) -> None:
    case = deaths.case()
    reviewed(deaths, case)
    client = browse("designated_doctor")
    at = f"/child-deaths/cases/{case}/holds/"
    since = {"since_on-day": "13", "since_on-month": "3", "since_on-year": "2016"}
    again = {"review_on-day": "14", "review_on-month": "6", "review_on-year": "2016"}
    refused = client.post(f"{at}begin/", {"why": "criminal", **since, **again}).content.decode()
    assert "Name the contact at the police or the Crown Prosecution Service" in refused
    shown = client.post(
        f"{at}begin/", {"why": "criminal", "contact": "DI Marl", **since, **again}, follow=True
    ).content.decode()
    assert "14 June 2016" in shown
    assert "Stands still" in shown
    with deaths.acting():
        key = Hold.objects.get().pk
    shown = client.post(
        f"{at}{key}/keep/", {**again, "review_on-month": "9", "words": "Trial in August"}, follow=True
    ).content.decode()
    assert "14 September 2016" in shown
    ended = {"ended_on-day": "14", "ended_on-month": "3", "ended_on-year": "2016"}
    shown = client.post(f"{at}{key}/end/", ended, follow=True).content.decode()
    assert "Nothing holds the review up" in shown
    assert client.get(f"{at}{key}/end/").status_code == 404
