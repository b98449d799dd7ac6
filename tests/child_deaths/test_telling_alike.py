"""The coordinator is told by e-mail that recent deaths have something in common: once, by reference, and not what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from tests.child_deaths.people import Deaths
from tests.child_deaths.test_alike import dead, pair
from tests.personas import LONG_AGO, TODAY
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.child_deaths.models import Case, Service
from wholestory.child_deaths.operations import linking, restricting
from wholestory.child_deaths.operations.telling_coordinator import tell_of_alike
from wholestory.correspondence.models import Message
from wholestory.partners.models import Board, Person, Role, Seat

Browse = Callable[[str], Client]
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 9, 0, tzinfo=UTC)
COORDINATOR, SECOND = "coordinator@people.example", "second@people.example"
SUBJECT = "Something in common with another recent death: look"


def schooled(deaths: Deaths, cases: Sequence[Case], name: str = "Reedmere Primary School") -> None:
    with deaths.acting():
        for case in cases:
            ledger.line("child_deaths.put_right", case.record)
            Service.objects.create(
                child=case.child, circle=case.circle, office=case.office, organisation=name
            )


def tell(deaths: Deaths, board: Board | None = None) -> int:
    return tell_of_alike(board or deaths.panel.board, NOW)


def written(board: Board) -> list[Message]:
    with acting.as_system(board, "postroom"):
        rows = Message.objects.filter(kind="death_alike").select_related("about", "circle", "office")
        return list(rows.order_by("created_at", "to_address"))


def second_coordinator(deaths: Deaths) -> Person:
    person = Person.objects.create(full_name="Tam Ockley", email=SECOND, is_invented=True)
    Seat.objects.create(
        person=person, board=deaths.panel.board, role=Role.CHILD_DEATH_COORDINATOR, starts_on=LONG_AGO
    )
    derive.rewrite(person)
    return person


def test_edge_case_36_the_same_school_is_told_of_once_and_by_reference(deaths: Deaths) -> None:
    cases = pair(deaths)
    schooled(deaths, cases)
    assert [tell(deaths) for _ in range(3)] == [1, 0, 0]
    (mail,) = written(deaths.panel.board)
    assert mail.to_address == COORDINATOR
    assert mail.subject.startswith(SUBJECT)
    assert "/child-deaths/in-common/" in mail.body
    for case in cases:
        assert case.record.reference in mail.subject
    said = mail.subject + mail.body + mail.line
    for word in ("Wren", "Teal", "Ashby", "Reedmere", "school", "9990000018", "2013", "Northmarsh General"):
        assert word not in said, word


@pytest.mark.parametrize(
    ("shared", "told"),
    [
        ({"event_place": "Cutter’s Lock"}, 1),
        ({"place_name": "Cutter’s Lock", "place_kind": "public"}, 1),
        ({"suspected_cause": "Button battery swallowed"}, 0),  # on the page, and not worth an e-mail
        ({}, 0),
    ],
)
def test_what_is_told_of(deaths: Deaths, shared: dict[str, Any], told: int) -> None:
    pair(deaths, **shared)
    assert tell(deaths) == told


def test_deaths_that_share_two_things_are_told_of_in_one_e_mail(deaths: Deaths) -> None:
    schooled(deaths, pair(deaths, event_place="Cutter’s Lock"))
    assert tell(deaths) == 1


def test_a_case_that_is_opened_later_is_told_of_with_the_others(deaths: Deaths) -> None:
    pair(deaths, event_place="Cutter’s Lock")
    assert tell(deaths) == 1
    third = dead(deaths, "Linnet", "9990000034", event_place="cutters lock")
    assert [tell(deaths), tell(deaths)] == [1, 0]
    assert third.record.reference in written(deaths.panel.board)[-1].subject


def test_deaths_more_than_twelve_months_ago_are_not_told_of(deaths: Deaths) -> None:
    _, other = pair(deaths, event_place="Cutter’s Lock")
    with deaths.acting():
        ledger.line("child_deaths.put_right", other.record)
        Case.objects.filter(pk=other.pk).update(died_on=date(2015, 3, 14))
    assert tell(deaths) == 0


def test_deaths_somebody_linked_are_not_told_of(deaths: Deaths) -> None:
    cases = pair(deaths, event_place="Cutter’s Lock")
    with deaths.acting() as actor:
        linking.link(actor=actor, cases=cases)
    assert tell(deaths) == 0


def test_the_other_boards_coordinator_is_told_nothing(deaths: Deaths) -> None:
    pair(deaths, event_place="Cutter’s Lock")
    assert tell(deaths, deaths.south.board) == 0
    assert tell(deaths) == 1
    assert written(deaths.south.board) == []
    assert {mail.to_address for mail in written(deaths.panel.board)} == {COORDINATOR}


def test_a_restricted_case_is_told_of_to_those_let_in_alone(deaths: Deaths) -> None:
    second_coordinator(deaths)
    one, other = pair(deaths, event_place="Cutter’s Lock")
    shut = one.record
    with deaths.acting() as actor:
        restricting.restrict(actor=actor, case=one, people=[], reason="Protected family.", today=TODAY)
    assert [tell(deaths), tell(deaths)] == [1, 0]
    (mail,) = written(deaths.panel.board)
    assert mail.to_address == COORDINATOR
    # The message itself stands behind the restricted case, so that the other one’s page tells nobody of it.
    assert (mail.about, mail.circle_id, mail.office.key) == (shut, one.circle_id, "nobody")
    with deaths.acting("designated_doctor"):
        assert not Message.objects.filter(kind="death_alike").exists()
    third = dead(deaths, "Linnet", "9990000034", event_place="Cutter’s Lock")
    assert tell(deaths) == 2
    to_second = [mail for mail in written(deaths.panel.board) if mail.to_address == SECOND]
    assert len(to_second) == 1
    assert shut.reference not in to_second[0].subject + to_second[0].body
    for case in (other, third):
        assert case.record.reference in to_second[0].subject


def test_of_two_restricted_cases_neither_tells_of_the_other(deaths: Deaths) -> None:
    cases = pair(deaths, event_place="Cutter’s Lock")
    records = [case.record for case in cases]
    with deaths.acting() as actor:
        for case in cases:
            restricting.restrict(actor=actor, case=case, people=[], reason="Protected family.", today=TODAY)
    assert tell(deaths) == 1
    (mail,) = written(deaths.panel.board)
    named = [record for record in records if record.reference in mail.subject + mail.body]
    assert named == [mail.about]


def test_every_coordinator_is_told_once(deaths: Deaths) -> None:
    second_coordinator(deaths)
    pair(deaths, event_place="Cutter’s Lock")
    assert [tell(deaths), tell(deaths)] == [2, 0]
    assert {mail.to_address for mail in written(deaths.panel.board)} == {COORDINATOR, SECOND}


def test_it_stands_on_my_work_of_the_coordinator_alone(deaths: Deaths, browse: Browse) -> None:
    assert "in common" not in browse("coordinator").get("/").content.decode()
    schooled(deaths, pair(deaths))
    said = browse("coordinator").get("/").content.decode()
    assert "1 thing in common with another recent death" in said
    assert "Reedmere" not in said
    for persona in ("designated_doctor", "sister_coordinator", "analyst", "business_manager"):
        assert "in common" not in browse(persona).get("/").content.decode(), persona


def test_on_my_work_it_stands_for_sixty_days(deaths: Deaths, browse: Browse) -> None:
    cases = pair(deaths, event_place="Cutter’s Lock")
    with deaths.acting():
        for case in cases:
            ledger.line("child_deaths.put_right", case.record)
            type(case.record).objects.filter(pk=case.record_id).update(opened_on=date(2016, 1, 1))
    assert "in common" not in browse("coordinator").get("/").content.decode()
    assert tell(deaths) == 1
