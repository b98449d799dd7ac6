"""Writing messages: what they say, who may write, once for each step, and six hundred as cheaply as six."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.correspondence.conftest import ABOUT, NOW, fresh
from tests.personas import World
from wholestory.access import acting
from wholestory.access.asking import NotForYou
from wholestory.access.signing_in.ports import Mail
from wholestory.correspondence import operations, post, queries, queueing
from wholestory.correspondence.models import ByHand, DemoMail, Message, Status
from wholestory.correspondence.operations import CannotSend, Note
from wholestory.correspondence.rules.identifying import Identifying
from wholestory.correspondence.rules.wording import GapLeft
from wholestory.ledger import reading as access_record
from wholestory.partners.models import Person
from wholestory.records.models import Circle, Record

Write = Callable[..., Message]


def jobs(name: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select args, lock, queueing_lock from procrastinate_jobs where task_name = %s", [name]
        )
        return [
            {"args": json.loads(row[0]), "lock": row[1], "queueing_lock": row[2]} for row in cursor.fetchall()
        ]


def test_a_message_begins_with_example_and_is_queued(write: Write, world: World) -> None:
    message = fresh(write(), world)
    assert message.body.startswith("Example: invented\n\nDear Jo Ashdown,")
    assert "https://board.example/self-audits/SA-TESTSCH1/" in message.body
    assert (message.status, message.to_address) == ("queued", "head@people.example")
    assert message.due_on == date(2016, 4, 15)
    assert message.record.reference.startswith("MS-")
    assert message.send_after == NOW
    assert message.post_by == NOW + timedelta(minutes=2)
    assert [job["args"] for job in jobs(queueing.SORT)] == [{"board": str(world.board.id)}]


def test_a_board_that_is_real_says_nothing_of_examples(write: Write, world: World) -> None:
    world.board.is_example = False
    world.board.save()
    assert fresh(write(), world).body.startswith("Dear Jo Ashdown,")


def test_the_postroom_is_told_once_however_much_is_written(write: Write) -> None:
    for step in ("one", "two", "three"):
        write(step=step)
    assert len(jobs(queueing.SORT)) == 1


def test_by_default_only_the_team_sees_a_message(write: Write, world: World) -> None:
    key = write().pk
    for name, seat in world.seats.items():
        with acting.acting_as(world.people[name], seat):
            seen = Message.objects.filter(pk=key).exists()
        assert seen == (name in {"business_manager", "quality_officer"}), name


def test_a_message_in_a_returns_circle_is_seen_by_its_agency(
    write: Write, world: World, school_return: Record
) -> None:
    key = write(circle=school_return.circle).pk
    for name, there in (("head", True), ("police_lead", False), ("chair", False), ("sister_manager", False)):
        with acting.acting_as(world.people[name], world.seats[name]):
            assert Message.objects.filter(pk=key).exists() is there


def test_the_same_step_to_the_same_reader_is_written_once(write: Write, as_officer: Person) -> None:
    first = write(step="before_28", kind="reminder", context={**ABOUT, "days": 28})
    again = write(step="before_28", kind="reminder", context={**ABOUT, "days": 28})
    other = write(step="before_14", kind="reminder", context={**ABOUT, "days": 14})
    assert first.pk == again.pk != other.pk
    assert queries.steps_taken([first.about_id])[first.about_id] == {"before_28", "before_14"}


def test_a_cancelled_step_can_be_written_again(write: Write, as_officer: Person) -> None:
    first = write(step="before_28")
    operations.cancel(actor=as_officer, message=first, now=NOW)
    assert write(step="before_28").pk != first.pk


def test_twice_in_one_go_is_written_once(world: World, school_return: Record, as_officer: Person) -> None:
    note = Note(
        "invitation",
        world.people["head"],
        school_return,
        world.agencies["school"],
        context=ABOUT,
        link="/x/",
        step="i",
    )
    first, second = operations.compose_many(actor=as_officer, board=world.board, notes=[note, note], now=NOW)
    assert first.pk == second.pk
    assert Message.objects.count() == 1


def test_only_the_team_writes_and_the_program_when_somebody_did_something(
    world: World, school_return: Record
) -> None:
    said: dict[str, Any] = {
        "board": world.board, "kind": "signed_off", "to": world.people["quality_officer"], "about": school_return,
        "agency": world.agencies["school"], "context": {"title": "Self-audit"}, "link": "/x/", "now": NOW,
    }  # fmt: skip
    head = world.people["head"]
    with acting.acting_as(head, world.seats["head"]):
        with pytest.raises(NotForYou):
            operations.compose(actor=head, **said)
        (message,) = operations.compose(actor=None, **said)
        assert not Message.objects.exists()
        assert acting.current() is not None
    assert fresh(message, world).written_by == head
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        (line,) = [
            one for one in access_record.seen(message.record_id) if one.verb == "correspondence.queued"
        ]
    assert line.person == head.id


def test_a_draft_waits_for_a_person(world: World, school_return: Record, as_officer: Person) -> None:
    (message,) = operations.draft(
        actor=as_officer, board=world.board, kind="chaser", to=world.people["head"], about=school_return,
        agency=world.agencies["school"], context=ABOUT, link="/x/", step="chaser", now=NOW,
    )  # fmt: skip
    assert message.status == Status.DRAFT
    assert jobs(queueing.SORT) == []
    assert queries.steps_taken([school_return.id]) == {}
    assert queries.waiting(world.board) == {"trouble": 0, "drafts": 1, "letters": 0}
    changed = operations.change(
        actor=as_officer,
        message=message,
        to_address="Other@People.example",
        subject="About  it",
        body="Dear Jo,\r\nx",
    )
    assert (changed.to_address, changed.subject, changed.body) == (
        "other@people.example",
        "About it",
        "Dear Jo,\nx",
    )
    operations.send(actor=as_officer, message=message, now=NOW)
    assert operations.send(actor=as_officer, message=message, now=NOW).status == Status.QUEUED
    assert len(jobs(queueing.SORT)) == 1
    with pytest.raises(CannotSend, match="Only a draft"):
        operations.change(actor=as_officer, message=message, to_address="", subject="x", body="x")


def test_a_changed_draft_may_not_say_who_it_is_about(write: Write, as_officer: Person, world: World) -> None:
    (message,) = operations.draft(
        actor=as_officer, board=world.board, kind="query", to=world.people["head"], agency=world.agencies["school"],
        context={"title": "x", "reference": "SA-1"}, link="/x/", now=NOW,
    )  # fmt: skip
    with pytest.raises(Identifying) as refused:
        operations.change(
            actor=as_officer,
            message=message,
            to_address="",
            subject="x",
            body="NHS 943 476 5919, born on 3 April",
        )
    assert {finding.what for finding in refused.value.findings} == {"an NHS number", "a date of birth"}
    with pytest.raises(Identifying):
        operations.compose(
            actor=as_officer, board=world.board, kind="query", to="a@b.example", link="/x/", now=NOW,
            agency=world.agencies["school"], never=["Amy Smith"],
            context={"title": "About Amy Smith", "reference": "SA-1"},
        )  # fmt: skip


def test_somebody_without_an_address_or_who_left_gets_a_draft_to_send_by_hand(
    write: Write, world: World
) -> None:
    head = world.people["head"]
    head.left_on = date(2016, 3, 1)
    head.save()
    left = write(to=head)
    nobody = Person.objects.create(full_name="No Mail", is_invented=True)
    assert (left.status, left.to_address, write(to=nobody).status) == ("draft", "", "draft")


def test_sending_a_draft_without_an_address_says_what_to_do(write: Write, as_officer: Person) -> None:
    nobody = Person.objects.create(full_name="No Mail", is_invented=True)
    with pytest.raises(CannotSend, match="mark the message as sent by hand"):
        operations.send(actor=as_officer, message=write(to=nobody))


def test_a_role_mailbox_is_a_reader(write: Write) -> None:
    message = write(to="Office@School.example")
    assert (message.to_address, message.to_person_id) == ("office@school.example", None)
    assert "Dear colleague," in message.body


def test_a_wording_that_lacks_a_value_writes_nothing(write: Write, world: World) -> None:
    with pytest.raises(GapLeft):
        write(context={"title": "x"})
    with acting.as_system(world.board):
        assert not Message.objects.exists()


def test_six_hundred_cost_as_many_queries_as_six(
    world: World, school_return: Record, as_officer: Person
) -> None:
    circles = Circle.objects.bulk_create(Circle(board=world.board, kind="return") for _ in range(600))

    def notes(number: int, step: str) -> list[Note]:
        return [
            Note(
                "invitation", f"office{n}@school.example", school_return, world.agencies["school"], circles[n],
                context=ABOUT, link=f"/self-audits/{n}/", step=step,
            )
            for n in range(number)
        ]  # fmt: skip

    with CaptureQueriesContext(connection) as few:
        operations.compose_many(actor=as_officer, board=world.board, notes=notes(6, "few"), now=NOW)
    with CaptureQueriesContext(connection) as many:
        operations.compose_many(actor=as_officer, board=world.board, notes=notes(600, "many"), now=NOW)
    assert len(many) <= len(few) <= 18
    assert Message.objects.count() == 606


def test_last_contact_and_what_was_written_take_one_query_each(
    write: Write, as_officer: Person, school_return: Record, django_assert_num_queries: Any
) -> None:
    for step in ("a", "b"):
        operations.mark_sent_by_hand(actor=as_officer, message=write(step=step), how=ByHand.POST, now=NOW)
    newest = write(step="c")
    operations.mark_sent_by_hand(
        actor=as_officer, message=newest, how=ByHand.TELEPHONE, now=NOW + timedelta(days=1)
    )
    write(step="d")
    with django_assert_num_queries(1):
        contact = queries.last_contact([school_return.id])[school_return.id]
    assert (contact.reference, contact.by_hand) == (newest.record.reference, True)
    with django_assert_num_queries(1):
        assert len(queries.for_record(school_return)) == 4


def test_other_boards_see_and_send_nothing_of_it(write: Write, world: World) -> None:
    write()
    with acting.as_system(world.boards["south"], "postroom"):
        assert not Message.objects.exists()


def test_a_code_is_sent_and_nowhere_kept(world: World, mailoutbox: list[Any]) -> None:
    post.deliver(
        Mail(
            "sign_in_code",
            "head@people.example",
            "Your code",
            "482913",
            world.people["head"].id,
            confidential=True,
        )
    )
    (sent,) = mailoutbox
    assert (sent.to, sent.body) == (["head@people.example"], "482913")
    assert not DemoMail.objects.exists()
    with acting.as_system(world.board):
        assert not Message.objects.exists()


def test_other_mail_of_signing_in_is_kept_as_proof(world: World, mailoutbox: list[Any]) -> None:
    post.deliver(
        Mail("people_check", "head@people.example", "Please check", "Who still works here?", world.people["head"].id,
             board=world.board.id)
    )  # fmt: skip
    assert mailoutbox == []
    with acting.as_system(world.board):
        message = Message.objects.get()
    assert (message.subject, message.kind, message.status) == ("Please check", "plain", "queued")
    assert message.body == "Example: invented\n\nWho still works here?"
    assert datetime.now(UTC) - message.created_at < timedelta(minutes=5)


def test_what_readers_and_organisations_are_called_is_no_finding(write: Write, world: World) -> None:
    school, head = world.agencies["school"], world.people["head"]
    school.name, head.full_name = "Brother Martin School, NM1 1AA", "Son Ha"
    school.save()
    head.save()
    message = write(agency=school, to=head, context={**ABOUT, "signatory": "Mother Superior"})
    assert "Brother Martin School" in message.body
