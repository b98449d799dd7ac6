"""Reminders of figures, what waits on My work, and who is late as a measure (K06)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from django.test import Client

from tests.indicators.people import NOW, Figures
from tests.indicators.returning import Returning
from tests.personas import TODAY
from wholestory.access import acting
from wholestory.correspondence.models import Message
from wholestory.indicators import letters, return_jobs
from wholestory.indicators.catalogue import load
from wholestory.indicators.operations import collections
from wholestory.indicators.queries.own_indicators import received_in_time
from wholestory.indicators.rules.figures import Kind, worth
from wholestory.indicators.rules.reminding import (
    DAY_AFTER,
    ONE_BEFORE,
    SEVEN_BEFORE,
    TO_SIGNATORY,
    Reminder,
    due_now,
)
from wholestory.kernel.working_days import ENGLAND_AND_WALES
from wholestory.partners.models import Board

Browse = Callable[[str], Client]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        # Due on Friday 29 January 2016, with no bank holiday near it.
        (date(2016, 1, 19), None),
        (date(2016, 1, 20), SEVEN_BEFORE),
        (date(2016, 1, 27), SEVEN_BEFORE),
        (date(2016, 1, 28), ONE_BEFORE),
        (date(2016, 1, 29), ONE_BEFORE),
        (date(2016, 1, 30), DAY_AFTER),
        (date(2016, 2, 4), DAY_AFTER),
        (date(2016, 2, 5), TO_SIGNATORY),
    ],
)
def test_each_reminder_has_its_day_in_working_days(today: date, expected: Reminder | None) -> None:
    calendar = ENGLAND_AND_WALES
    asked_on = date(2016, 1, 4)
    assert (
        due_now(date(2016, 1, 29), today, asked_on, after=calendar.after, before=calendar.before) == expected
    )


def test_nobody_is_reminded_of_a_day_before_they_were_asked() -> None:
    calendar = ENGLAND_AND_WALES
    asked_on = date(2016, 1, 28)
    assert (
        due_now(date(2016, 1, 29), asked_on, asked_on, after=calendar.after, before=calendar.before) is None
    )


def run_on(board: Board, day: date) -> list[tuple[str, str]]:
    """Remind on a day; who was written to, and which wording."""
    board.example_today = day
    with acting.as_system(board):
        before = set(Message.objects.values_list("pk", flat=True))
    return_jobs.remind(board)
    with acting.as_system(board):
        new = Message.objects.exclude(pk__in=before).order_by("to_name")
        return [(one.to_name, one.kind) for one in new]


@pytest.mark.django_db
def test_reminders_go_to_the_lead_then_to_the_signatory_once_each(figures: Figures) -> None:
    # Asked on 14 March, due on Monday 11 April 2016: seven working days before it is 31 March.
    made = Returning(figures, due_on=date(2016, 4, 11), police={"G04": []})
    board = made.board
    assert run_on(board, date(2016, 3, 30)) == []
    assert run_on(board, date(2016, 3, 31)) == [
        ("Ira Holt", "figures_reminder"), ("Tamsin Orr", "figures_reminder"),
    ]  # fmt: skip
    assert run_on(board, date(2016, 3, 31)) == []
    with figures.acting("police_lead"):
        made.type({"G04": ("30",)})
    made.pass_on()
    made.approve()
    assert run_on(board, date(2016, 4, 12)) == [("Tamsin Orr", "figures_late")]
    assert run_on(board, date(2016, 4, 18)) == [("Piers Lowell", "figures_late_signatory")]
    with acting.as_system(board):
        assert not [one for one in Message.objects.all() if "30" in one.body and one.kind == "figures_here"]


@pytest.mark.django_db
def test_asking_writes_to_the_lead_and_says_nothing_of_figures(figures: Figures) -> None:
    made = Returning(figures)
    with figures.acting("analyst") as actor:
        letters.ask(actor=actor, returns=[made.of("police"), made.of("health")], today=TODAY)
    with acting.as_system(made.board):
        written = Message.objects.filter(kind="figures_asked").order_by("to_name")
        assert [one.to_name for one in written] == ["Ira Holt", "Tamsin Orr"]
        assert "2015-16 quarter 3" in written[0].subject


@pytest.mark.django_db
def test_in_time_of_those_due_by_agency(figures: Figures) -> None:
    made = Returning(figures, due_on=date(2016, 3, 21))
    made.send()
    measure = load().get("K06")
    with figures.acting("analyst"):
        # On the day the police sent, the health trust still had time: 1 of 1.
        before = received_in_time(made.board, TODAY)
        after = received_in_time(made.board, date(2016, 3, 22))
    assert [(one.in_time, one.due) for one in before if one.agency_id is None] == [(1, 1)]
    by_agency = {one.agency_id: (one.in_time, one.due) for one in after}
    world = figures.world
    assert by_agency == {
        None: (1, 2), world.agencies["police"].id: (1, 1), world.agencies["health"].id: (0, 1),
    }  # fmt: skip
    (both,) = [one for one in after if one.agency_id is None]
    assert worth(both.figure, measure).value == Fraction(50)
    (waits,) = [one for one in before if one.agency_id == world.agencies["health"].id]
    assert worth(waits.figure, measure).kind is Kind.NOT_APPLICABLE


@pytest.mark.django_db
def test_more_time_counts_and_what_is_withdrawn_does_not(figures: Figures) -> None:
    made = Returning(figures, due_on=date(2016, 3, 21))
    with figures.acting("analyst") as actor:
        collections.extend(
            actor=actor, ret=made.of("health"), to=date(2016, 4, 1), reason="New system", today=TODAY, now=NOW
        )
        collections.withdraw(
            actor=actor, ret=made.of("police"), reason="Asked in error", today=TODAY, now=NOW
        )
        found = received_in_time(made.board, date(2016, 3, 22))
    assert [(one.in_time, one.due) for one in found] == [(0, 0), (0, 0)]


@pytest.mark.django_db
def test_my_work_says_what_waits_for_whom(figures: Figures, browse: Browse) -> None:
    made = Returning(figures)
    front = browse("police_lead").get("/").content.decode()
    assert "Fill in your figures" in front
    made.fill()
    made.pass_on()
    assert "Look at figures and send them" not in browse("police_lead").get("/").content.decode()
    assert "Look at figures and send them" in browse("police_signatory").get("/").content.decode()
    made.approve()
    assert "1 return of figures to look at" in browse("business_manager").get("/").content.decode()
    for outsider in ("lay_member", "head", "police_member"):
        assert "figures" not in browse(outsider).get("/").content.decode().partition("<main")[2]
