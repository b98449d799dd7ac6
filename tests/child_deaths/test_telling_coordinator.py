"""The coordinator is told by e-mail of a new message and of a hold to look at again: once, and nothing of the child."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.child_deaths.notifying import ADDRESS, filled
from tests.child_deaths.people import NOW, Deaths
from tests.personas import LONG_AGO
from wholestory.access import acting, derive
from wholestory.child_deaths.models import Case, Notification
from wholestory.child_deaths.operations import holds, restricting
from wholestory.child_deaths.operations.telling_coordinator import tell_of_holds, tell_of_messages
from wholestory.child_deaths.rules.telling_loudly import Settings, out_of_hours, why_now
from wholestory.correspondence.models import Message
from wholestory.partners.models import Person, Role, Seat

COORDINATOR = "coordinator@people.example"
CHILD = ("Rowan", "Ashby", "2013", "September", "ZZ1", "Northmarsh General", "ambulance", "Corfe")


def send(**said: str) -> None:
    answer = Client().post(
        ADDRESS, urlencode(filled(**said)), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 303


def written(deaths: Deaths) -> list[Message]:
    with acting.as_system(deaths.panel.board, "postroom"):
        return list(Message.objects.filter(kind__startswith="death_").order_by("created_at", "to_address"))


def long_ago() -> dict[str, str]:
    return {"confirmed_on-day": "1", "confirmed_on-month": "2", "confirmed_on-year": "2016"}


def test_a_message_is_told_of_once_by_its_reference_and_a_link(deaths: Deaths) -> None:
    send(**long_ago())
    assert tell_of_messages(deaths.panel.board, timezone.now()) == 1
    assert tell_of_messages(deaths.panel.board, timezone.now()) == 0
    (mail,) = written(deaths)
    with deaths.acting():
        reference = Notification.objects.select_related("record").get().record.reference
    assert (mail.kind, mail.to_address) == ("death_told", COORDINATOR)
    assert reference in mail.subject
    assert reverse("child_deaths:notification", args=[reference]) in mail.body
    for word in CHILD:
        assert word not in mail.subject + mail.body


def test_what_cannot_wait_is_told_loudly_and_to_the_duty_mailbox_too(deaths: Deaths) -> None:
    deaths.panel.settings = {"also_told": ["duty@people.example"]}
    deaths.panel.save()
    send(children_at_risk="yes", children_at_risk_words="His sister Wren", **long_ago())
    tell_of_messages(deaths.panel.board, timezone.now())
    first, second = written(deaths)
    assert {first.to_address, second.to_address} == {COORDINATOR, "duty@people.example"}
    assert first.subject.startswith("READ NOW")
    assert "somebody else may be at risk" in first.body
    for word in (*CHILD, "Wren", "sister"):
        assert word not in first.subject + first.body


def test_what_the_team_typed_itself_is_not_told_of(deaths: Deaths) -> None:
    deaths.told()
    assert tell_of_messages(deaths.panel.board, timezone.now()) == 0


def test_what_came_days_before_is_not_told_of(deaths: Deaths) -> None:
    send()
    assert tell_of_messages(deaths.panel.board, timezone.now() + timedelta(days=4)) == 0


@pytest.mark.parametrize(
    ("said", "died", "words"),
    [
        ({}, datetime(2016, 3, 13, 16, 0, tzinfo=UTC), "it happened just now"),  # 23 hours before
        ({}, datetime(2016, 3, 13, 14, 0, tzinfo=UTC), ""),  # 25 hours before
        ({}, None, ""),
        ({"national_alert": {"value": "yes"}}, None, "the sender sees a warning for the whole country"),
        ({"children_at_risk": {"nothing": "not_known"}}, None, ""),
    ],
)
def test_what_cannot_wait(said: dict[str, Any], died: datetime | None, words: str) -> None:
    # Monday 14 March 2016, 15:00: a working day, within 9 to 5.
    assert why_now(answers=said, died=died, received=NOW, settings=Settings()) == words


def test_at_night_it_is_said_that_the_office_was_closed() -> None:
    night = datetime(2016, 3, 14, 3, 0, tzinfo=UTC)
    said = why_now(answers={}, died=night, received=night, settings=Settings())
    assert said == "it happened just now, and it came while the office was closed"


@pytest.mark.parametrize(
    ("at", "closed"),
    [
        (datetime(2016, 3, 14, 9, 0, tzinfo=UTC), False),
        (datetime(2016, 3, 14, 17, 0, tzinfo=UTC), True),
        (datetime(2016, 3, 12, 11, 0, tzinfo=UTC), True),  # a Saturday
        (datetime(2016, 3, 25, 11, 0, tzinfo=UTC), True),  # Good Friday
        (datetime(2016, 7, 4, 16, 30, tzinfo=UTC), True),  # 17:30 in summer time
    ],
)
def test_when_the_office_is_closed(at: datetime, closed: bool) -> None:
    assert out_of_hours(at, Settings()) is closed
    assert out_of_hours(at, Settings.of({"office_opens": "00:00", "office_closes": "00:01"}))


def held(deaths: Deaths, case: Case) -> None:
    with deaths.acting() as actor:
        holds.begin(
            actor=actor, case=case, why="criminal", since_on=date(2016, 3, 14), review_on=date(2016, 6, 14),
            contact="DI Marl", words="Trial listed", now=deaths.now,
        )  # fmt: skip


def test_a_hold_is_told_of_on_its_day_and_once(deaths: Deaths) -> None:
    case = deaths.case()
    held(deaths, case)
    board = deaths.panel.board
    assert tell_of_holds(board, datetime(2016, 6, 13, 7, 20, tzinfo=UTC)) == 0
    assert not written(deaths)
    for day in (14, 14, 15):
        tell_of_holds(board, datetime(2016, 6, day, 7, 20, tzinfo=UTC))
    (mail,) = written(deaths)
    assert (mail.kind, mail.to_address) == ("death_hold_due", COORDINATOR)
    assert case.record.reference in mail.subject
    assert "14 June 2016" in mail.body
    for word in (*CHILD, "Marl", "Trial", "criminal"):
        assert word not in mail.subject + mail.body


def test_a_restricted_hold_is_told_of_to_those_let_in_alone(deaths: Deaths) -> None:
    person = Person.objects.create(full_name="Tam Ockley", email="second@people.example", is_invented=True)
    Seat.objects.create(
        person=person, board=deaths.panel.board, role=Role.CHILD_DEATH_COORDINATOR, starts_on=LONG_AGO
    )
    derive.rewrite(person)
    for restricted, told in ((False, {COORDINATOR, "second@people.example"}), (True, {COORDINATOR})):
        case = deaths.case(forenames=f"Child {restricted}")
        reference = case.record.reference
        held(deaths, case)
        if restricted:
            with deaths.acting() as actor:
                restricting.restrict(
                    actor=actor, case=case, people=[], reason="Protected family.", today=date(2016, 3, 14)
                )
        tell_of_holds(deaths.panel.board, datetime(2016, 6, 14, 7, 20, tzinfo=UTC))
        about = [mail for mail in written(deaths) if reference in mail.subject]
        assert {mail.to_address for mail in about} == told
