"""Sending: at least once, one digest instead of ten, retries with longer waits, bounces, and proof of all of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.db import DatabaseError, connection, transaction

from tests.correspondence.conftest import ABOUT, LATER, NOW, Postman, fresh, handed_on
from tests.personas import World
from wholestory import ledger
from wholestory.access import acting
from wholestory.correspondence import jobs, operations, proof, queries, queueing
from wholestory.correspondence.models import Bounce, ByHand, Message, MessageAttempt, Status
from wholestory.correspondence.operations import CannotSend, sending, sorting
from wholestory.correspondence.transports import Receipt
from wholestory.partners.models import Person

Write = Callable[..., Message]
Post = Callable[..., int]


def results(message: Message, world: World) -> list[str]:
    with acting.as_system(world.board, "postroom"):
        return list(
            MessageAttempt.objects.filter(message=message)
            .order_by("at", "created_at")
            .values_list("result", flat=True)
        )


def send_jobs() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where task_name = %s", [queueing.SEND])
        return int(cursor.fetchone()[0])


def test_a_message_goes_out_with_proof(write: Write, post: Post, postman: Postman, world: World) -> None:
    message = write()
    assert post() == 0
    (mail,) = postman.sent
    assert (mail.to_address, mail.reply_to) == ("head@people.example", "team@north.example")
    assert mail.from_name == "Northmarsh Safeguarding Children Board"
    assert mail.text.startswith("Example: invented")
    assert "<strong>15 April 2016</strong>" in mail.html
    (event,) = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert str(event["uid"]) == "SA-TESTSCH1@board.example"
    sent = fresh(message, world)
    assert (sent.status, sent.sent_at) == ("sent", LATER)
    assert results(message, world) == ["started", "accepted"]


def test_running_a_job_twice_sends_once(write: Write, post: Post, postman: Postman, world: World) -> None:
    message = write()
    post()
    sending.send_message(world.board, str(message.id), postman, lambda: LATER)
    assert post() == 0
    assert len(postman.sent) == 1


def test_sorting_twice_hands_on_once(write: Write, world: World) -> None:
    write()
    with acting.as_system(world.board, "postroom"):
        assert sorting.sort_post(world.board, LATER) == 1
        assert sorting.sort_post(world.board, LATER) == 0
    assert send_jobs() == 1


def test_killed_between_sending_and_noting_it_is_sent_again_under_the_same_id(
    write: Write, post: Post, postman: Postman, world: World
) -> None:
    message = write()
    postman.answers = [SystemError("the worker was killed here")]
    with pytest.raises(SystemError):
        post()
    assert fresh(message, world).status == Status.QUEUED
    assert results(message, world) == ["started"]
    assert post() == 0
    first, second = postman.sent
    assert first.id == second.id == message.id
    assert results(message, world) == ["started", "started", "accepted"]


def test_a_provider_that_can_be_asked_is_asked_before_it_is_sent_again(
    write: Write, post: Post, postman: Postman, world: World
) -> None:
    message = write()
    postman.answers = [SystemError("the worker was killed here")]
    with pytest.raises(SystemError):
        post()
    postman.taken[message.id] = Receipt("taken-already")
    post()
    assert len(postman.sent) == 1
    with acting.as_system(world.board, "postroom"):
        assert (
            MessageAttempt.objects.get(message=message, result="accepted").provider_reference
            == "taken-already"
        )


def test_one_digest_not_ten_mails(
    write: Write, post: Post, postman: Postman, world: World, as_officer: Person
) -> None:
    ten = [write(step=f"step_{n}", kind="reminder", context={**ABOUT, "days": 28}) for n in range(10)]
    other = write(to=world.people["police_lead"], step="x")
    assert post() == 0
    assert len(postman.sent) == 2
    mail = next(one for one in postman.sent if one.to_address == "head@people.example")
    assert mail.subject == "Northmarsh Safeguarding Children Board: 10 messages for you"
    assert mail.text.count("is due on 15 April 2016") == 10
    assert mail.text.count("there is no password") == 1
    assert mail.text.startswith("Example: invented\n\nDear Jo Ashdown,")
    assert {fresh(one, world).status for one in [*ten, other]} == {"sent"}
    digest = fresh(ten[0], world).digest
    assert digest is not None
    page = proof.page(
        Message.objects.select_related("record", "agency", "about", "written_by").get(pk=digest.pk)
    )
    assert len(page.members) == 10
    operations.record_bounce(actor=as_officer, message=digest, bounce=Bounce.MAILBOX_FULL, now=LATER)
    assert {fresh(one, world).status for one in ten} == {"bounced"}
    assert queries.in_trouble(world.board).count() == 10


def test_a_waiting_message_gives_others_time_to_join(write: Write, post: Post, postman: Postman) -> None:
    write(kind="reminder", context={**ABOUT, "days": 28}, step="a")
    post(NOW + timedelta(minutes=10))
    assert postman.sent == []
    write(kind="chaser", step="b", now=NOW + timedelta(minutes=10))
    post(NOW + timedelta(minutes=15))
    assert len(postman.sent) == 1


def test_a_message_for_later_stays_until_then(write: Write, post: Post, postman: Postman) -> None:
    write(send_after=NOW + timedelta(days=7))
    post(NOW + timedelta(days=6))
    assert postman.sent == []
    post(NOW + timedelta(days=7, minutes=2))
    assert len(postman.sent) == 1


def test_a_message_whose_job_was_lost_gets_another(
    write: Write, post: Post, postman: Postman, world: World
) -> None:
    message = write()
    with acting.as_system(world.board, "postroom"):
        sorting.sort_post(world.board, LATER)
        sorting.sort_post(world.board, LATER + timedelta(hours=23))
        assert send_jobs() == 1
        sorting.sort_post(world.board, LATER + timedelta(hours=25))
        assert send_jobs() == 2
        assert handed_on().get() == message


def test_marked_by_hand_or_cancelled_it_is_not_sent(
    write: Write, post: Post, postman: Postman, as_officer: Person, world: World
) -> None:
    by_hand, cancelled = write(step="a"), write(step="b")
    operations.mark_sent_by_hand(actor=as_officer, message=by_hand, how=ByHand.EMAIL, now=NOW)
    operations.mark_sent_by_hand(actor=as_officer, message=by_hand, how=ByHand.EMAIL, now=NOW)
    operations.cancel(actor=as_officer, message=cancelled, now=NOW)
    operations.cancel(actor=as_officer, message=cancelled, now=NOW)
    assert post() == 0
    assert postman.sent == []
    assert results(by_hand, world) == ["accepted"]
    with pytest.raises(CannotSend):
        operations.cancel(actor=as_officer, message=by_hand, now=NOW)


def test_what_is_on_its_way_cannot_be_cancelled(write: Write, as_officer: Person, world: World) -> None:
    message = write()
    with acting.as_system(world.board, "postroom"):
        sorting.sort_post(world.board, LATER)
    with pytest.raises(CannotSend, match="too late"):
        operations.cancel(actor=as_officer, message=message, now=LATER)
    with pytest.raises(CannotSend, match="on its way"):
        operations.mark_sent_by_hand(actor=as_officer, message=message, how=ByHand.POST, now=LATER)


def test_what_happened_to_a_message_can_never_be_changed(write: Write, post: Post, world: World) -> None:
    write()
    post()

    def tampered(change: Callable[[Any], object]) -> None:
        with acting.as_system(world.board, "postroom"), transaction.atomic():
            ledger.line("correspondence.test", board_id=world.board.id)
            change(MessageAttempt.objects.all())

    with pytest.raises(DatabaseError, match="cannot be changed"):
        tampered(lambda rows: rows.update(result="delivered"))
    with pytest.raises(DatabaseError, match="cannot be changed"):
        tampered(lambda rows: rows.delete())


def test_the_jobs_do_it_all(write: Write, postman: Postman, world: World, monkeypatch: Any) -> None:
    message = write(now=None)
    monkeypatch.setattr(jobs.timezone, "now", lambda: message.created_at + timedelta(minutes=5))
    assert jobs.sort_all(timestamp=0) == 1
    jobs.send_message(board=str(world.board.id), message=str(message.id))
    assert len(postman.sent) == 1
    assert jobs.ask_what_arrived(timestamp=0) == 0
