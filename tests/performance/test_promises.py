"""Did it move? A promise joined with what it answers, what shows it, and its measure before and after."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.challenge.putting import WHEN, put
from tests.indicators.people import Figures
from tests.performance.quarter import begun
from wholestory.access import acting
from wholestory.actions import effects, operations
from wholestory.actions.models import Action
from wholestory.challenge.challenges import settling
from wholestory.performance.models import ReportFigures

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
LONG_AGO = date(2013, 1, 14)


def promised(figures: Figures, measure: str = "D05", *, on: date = LONG_AGO, about: str = "D05") -> Action:
    """An action health agreed because of a challenge, promised on ``on``."""
    due = date(2013, 2, 1) if on == LONG_AGO else date(2016, 4, 6)
    made = put(figures, on=on, due=due, measure=about)
    with figures.acting("group_chair") as actor:
        return settling.agree_action(
            actor=actor, challenge=made, title="A second clinic", owner_title="Head of service", measure_code=measure,
            due_on=date(2016, 6, 30), today=on, now=WHEN["now"],
        )  # fmt: skip


def done(figures: Figures, action: Action, on: date) -> None:
    with figures.acting("health_lead") as actor:
        operations.say_done(actor=actor, action=action, words="The clinic opened", today=on)
    # The measure was agreed with the promise, so that the board's team says from when it could show.
    with figures.acting("quality_officer") as actor:
        effects.aim(
            actor=actor,
            action=action,
            measure_code=action.measure_code,
            working_from=on,
            today=date(2016, 3, 14),
        )


#: Sixteen quarters to December 2015: 60 of 100 in time in the first four, then 90 of 100.
MOVED = [(60, 100)] * 4 + [(90, 100)] * 12


def page_of(browse: Browse, persona: str, action: Action) -> str:
    answer = browse(persona).get(f"/performance/promises/{action.record.reference}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_what_moved_the_right_way_says_so_and_that_it_may_be_something_else(
    figures: Figures, browse: Browse
) -> None:
    figures.series("health", "D05", MOVED)
    action = promised(figures)
    done(figures, action, date(2013, 3, 31))
    page = page_of(browse, "analyst", action)
    # 240 of 400 before and 1,080 of 1,200 after: 60% and 90%, 30 points apart.
    assert "Moved the right way" in page
    assert "60.0%" in page
    assert "90.0%" in page
    for said in ("challenged", "Why were a third", "Head of service", "The clinic opened", "<svg"):
        assert said in page


def test_what_is_not_done_or_only_just_done_is_too_early_to_say(figures: Figures, browse: Browse) -> None:
    figures.series("health", "D05", MOVED)
    action = promised(figures)
    assert "Too early to say" in page_of(browse, "analyst", action)
    done(figures, action, date(2015, 12, 20))
    assert "Too early to say" in page_of(browse, "health_lead", action)


def test_an_action_without_measure_or_figures_says_which(figures: Figures, browse: Browse) -> None:
    bare, empty = promised(figures, measure=""), promised(figures, measure="K09")
    # The challenge named D05, so an action without a measure of its own takes that.
    assert "D05" in page_of(browse, "analyst", bare)
    assert "No figures" in page_of(browse, "analyst", empty)


def test_a_member_of_the_group_is_shown_no_figure_that_no_report_gave_them(
    figures: Figures, browse: Browse
) -> None:
    figures.series("health", "D05", MOVED)
    action = promised(figures)
    done(figures, action, date(2013, 3, 31))
    page = page_of(browse, "group_lay", action)
    assert "not shown to you" in page
    assert "90.0%" not in page


@pytest.mark.parametrize("persona", ["police_lead", "sister_manager", "stranger", "head"])
def test_nobody_outside_opens_a_promise(figures: Figures, browse: Browse, persona: str) -> None:
    action = promised(figures)
    client = browse(persona)
    for path in ("", "measure/"):
        assert client.get(f"/performance/promises/{action.record.reference}/{path}").status_code == 404


def test_the_list_says_what_came_of_each_and_is_taken_away(
    figures: Figures, browse: Browse, cost_of: Callable[[Client, str], int]
) -> None:
    figures.series("health", "D05", MOVED)
    first = promised(figures)
    done(figures, first, date(2013, 3, 31))
    client = browse("analyst")
    client.get("/performance/promises/")
    few = cost_of(client, "/performance/promises/")
    for _ in range(4):
        promised(figures)
    assert cost_of(client, "/performance/promises/") == few
    file = client.get("/performance/promises/?download=csv").content.decode("utf-8-sig")
    assert "Moved the right way" in file
    assert file.count("Too early to say") == 4
    assert client.get("/performance/promises/?download=xlsx").content[:2] == b"PK"
    assert first.title not in browse("police_lead").get("/performance/promises/").content.decode()
    assert browse("stranger").get("/performance/promises/").status_code == 404


def test_the_agency_says_which_measure_and_another_agency_may_not(figures: Figures, browse: Browse) -> None:
    action = promised(figures)
    with acting.as_system(figures.world.board):
        Action.objects.filter(pk=action.pk).update(measure_code="")
    address = f"/performance/promises/{action.record.reference}/measure/"
    wrong = {
        "measure_code": "D05",
        "working_from-day": "1",
        "working_from-month": "1",
        "working_from-year": "2012",
    }
    assert "after it was promised" in browse("health_lead").post(address, wrong).content.decode()
    right = {**wrong, "working_from-year": "2014"}
    assert browse("health_lead").post(address, right).status_code == 302
    assert browse("group_lay").get(address).status_code == 404
    with figures.acting("analyst"):
        assert Action.objects.get(pk=action.pk).working_from == date(2014, 1, 1)


def test_the_words_it_was_said_done_and_closed_with_are_counted_as_what_shows_it(
    figures: Figures, browse: Browse
) -> None:
    action = promised(figures)
    with figures.acting("health_lead") as actor:
        operations.say_done(actor=actor, action=action, words="It opened", today=date(2016, 3, 14))
    with figures.acting("business_manager") as actor:
        operations.close(actor=actor, action=action, words="The clinic was seen", today=date(2016, 3, 14))
    file = browse("analyst").get("/performance/promises/?download=csv").content.decode("utf-8-sig")
    lines = [line for line in csv.reader(io.StringIO(file)) if len(line) > 4]
    head = next(line for line in lines if "Evidence" in line)
    own = next(line for line in lines if action.title in line)
    # Said to be done with words, and closed with words.
    assert own[head.index("Evidence")] == "2"
    report = begun(figures)
    with figures.acting():
        kept = ReportFigures.objects.get(report=report).figures["promises"]
    assert [one["evidence"] for one in kept] == [2]
