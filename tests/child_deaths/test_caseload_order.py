"""The case list in its orders, and messages that wait to be sorted, found without looking at all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import QueryDict

from tests.child_deaths.people import Deaths
from wholestory import ledger
from wholestory.child_deaths.models import Case, Notification, NotificationStep
from wholestory.child_deaths.operations import matching
from wholestory.child_deaths.queries import caseload
from wholestory.child_deaths.views.caseload import COLUMNS
from wholestory.govuk.lists import ListPage
from wholestory.partners.models import Person
from wholestory.pathways.models import RunningClock


def limits(deaths: Deaths, case: Case, *due: date) -> None:
    """These limits run for the case."""
    began, on = deaths.now.at, deaths.now.on
    with deaths.acting():
        ledger.line("child_deaths.particulars", case.record)
        for at, day in enumerate(due):
            RunningClock.objects.create(
                record=case.record, rule="child_deaths.made_up", key=f"made_up_{at}", title="Made up", edition="WT2015",
                fingerprint="test", rule_as_started={}, starts={}, start_fact="notified", start_at=began, start_on=on,
                start_precision="date", first_start_at=began, due_on=day, circle=case.circle, office=case.office,
            )  # fmt: skip


def listed(deaths: Deaths, sort: str, page: int = 1) -> list[str]:
    with deaths.acting():
        found = ListPage(
            QueryDict(f"sort={sort}&page={page}"), rows=caseload.every(), columns=COLUMNS, per_page=2,
            shape=lambda rows: caseload.lines(rows, deaths.now.on), fetch=caseload.by_limit,
        )  # fmt: skip
        return [str(line.reference.text) for line in found.rows]


def test_by_the_next_limit_those_without_one_stand_last_and_turned_round_first(deaths: Deaths) -> None:
    today = deaths.now.on
    later, none, sooner, never, soonest = (deaths.case(forenames=f"One{at}") for at in range(5))
    limits(deaths, later, today + timedelta(9))
    limits(deaths, sooner, today + timedelta(20), today + timedelta(3))
    limits(deaths, soonest, today - timedelta(2))
    without = [case.record.reference for case in sorted((none, never), key=lambda case: case.pk)]
    with_one = [case.record.reference for case in (soonest, sooner, later)]
    found = [one for page in (1, 2, 3) for one in listed(deaths, "next_due", page)]
    assert found == [*with_one, *without]
    turned = [one for page in (1, 2, 3) for one in listed(deaths, "-next_due", page)]
    assert turned == [*without, *reversed(with_one)]


def test_of_two_limits_on_one_day_the_case_stands_once(deaths: Deaths) -> None:
    one = deaths.case()
    limits(deaths, one, deaths.now.on, deaths.now.on)
    assert listed(deaths, "next_due") == [one.record.reference]


def test_later_pages_go_on_where_the_first_ends(deaths: Deaths) -> None:
    cases = [deaths.case(forenames=f"One{at}") for at in range(5)]
    found = [one for page in (1, 2, 3) for one in listed(deaths, "-told", page)]
    assert sorted(found) == sorted(case.record.reference for case in cases)


def waiting(deaths: Deaths) -> list[Notification]:
    with deaths.acting():
        return list(caseload.unsorted_messages())


def test_a_message_waits_until_something_became_of_it_and_again_when_it_is_taken_away(deaths: Deaths) -> None:
    case, message = deaths.case(), deaths.told("2016-03-12 23:00")
    assert waiting(deaths) == [message]
    with deaths.acting() as actor:
        matching.join(actor=actor, notification=message, case=case, now=deaths.now.at)
    assert waiting(deaths) == []
    with deaths.acting() as actor:
        held = Notification.objects.get(pk=message.pk)
        matching.part(actor=actor, notification=held, now=deaths.now.at, reason="Another boy of that name.")
    assert waiting(deaths) == [message]
    with deaths.acting() as actor:
        held = Notification.objects.get(pk=message.pk)
        matching.join(actor=actor, notification=held, case=case, now=deaths.now.at + timedelta(minutes=1))
    assert waiting(deaths) == []


def test_no_step_is_taken_with_a_message_one_does_not_see(deaths: Deaths) -> None:
    message = deaths.told()
    other = deaths.told("2016-03-12 23:00", panel=deaths.south, by="sister_coordinator")

    def step_beside(actor: Person) -> None:
        ledger.line("child_deaths.message_parted", message.record)
        NotificationStep.objects.create(
            notification_id=other.pk, settled="no_case", by=actor, at=deaths.now.at,
            circle=message.circle, office=message.office,
        )  # fmt: skip

    with (
        deaths.acting() as actor,
        pytest.raises(DatabaseError, match="sees the message"),
        transaction.atomic(),
    ):
        step_beside(actor)
