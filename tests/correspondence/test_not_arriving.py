"""What does not arrive: tried again with longer waits, given up, refused, and dealt with by somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from procrastinate.jobs import Job

from tests.correspondence.conftest import LATER, NOW, Postman, fresh
from tests.personas import World
from wholestory.access import acting
from wholestory.correspondence import jobs, operations, queries, queueing
from wholestory.correspondence.models import ByHand, Message, MessageAttempt, Status
from wholestory.correspondence.operations import CannotSend, sending, sorting
from wholestory.correspondence.transports import NotNow, Refused
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


def test_what_cannot_go_now_is_tried_again_later_and_given_up_in_the_end(
    write: Write, post: Post, postman: Postman, world: World
) -> None:
    message = write()
    waits = []
    for number in range(len(sending.WAITS) + 1):
        postman.answers = [NotNow("smtp_451")]
        try:
            with acting.as_system(world.board, "postroom"):
                sorting.sort_post(world.board, LATER)
            sending.send_message(
                world.board, str(message.id), postman, lambda n=number: LATER + timedelta(minutes=n)
            )
        except sending.TryLater as later:
            waits.append(later.seconds)
    assert waits == list(sending.WAITS) == sorted(waits)
    assert sum(waits) < sorting.LOST_AFTER.total_seconds()
    given_up = fresh(message, world)
    assert (given_up.status, given_up.bounce, given_up.tries) == ("failed", "given_up", len(waits) + 1)
    assert results(message, world)[-2:] == ["started", "refused"]
    assert postman.sent == []


def waits(exception: Exception, attempts: int) -> timedelta | None:
    """How long the queue waits after this many tries that ended so."""
    job = Job(id=1, queue="default", lock=None, queueing_lock=None, task_name="x", attempts=attempts)
    decision = jobs.AsTheMessageSays().get_retry_decision(exception=exception, job=job)
    return decision.retry_at - datetime.now(UTC) if decision and decision.retry_at else None


def test_the_queue_waits_as_long_as_the_message_says() -> None:
    wait = waits(sending.TryLater(300), 9)
    assert wait is not None
    assert timedelta(seconds=290) < wait <= timedelta(seconds=300)


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 60), (1, 300), (5, 6 * 60 * 60), (6, None)])
def test_an_error_nobody_foresaw_is_tried_again_and_not_for_ever(attempts: int, seconds: int | None) -> None:
    wait = waits(ValueError(), attempts)
    if seconds is None:
        assert wait is None
    else:
        assert wait is not None
        assert timedelta(seconds=seconds - 10) < wait <= timedelta(seconds=seconds)


def test_what_is_refused_for_good_is_a_bounce_at_once(
    write: Write, post: Post, postman: Postman, world: World, as_officer: Person
) -> None:
    message = write()
    postman.answers = [Refused("smtp_550", "unknown_address")]
    assert post() == 0
    bounced = fresh(message, world)
    assert (bounced.status, bounced.bounce) == ("bounced", "unknown_address")
    (line,) = queries.bounces_for([message.about_id])[message.about_id]
    assert line.trouble == "Nobody has this address"
    assert queries.last_contact([message.about_id]) == {}


def test_a_bounce_is_dealt_with_by_another_address_by_hand_or_by_saying_so(
    write: Write, post: Post, postman: Postman, world: World, as_officer: Person
) -> None:
    messages = [write(step=step) for step in ("a", "b", "c")]
    for message in messages:
        postman.answers = [Refused("smtp_550", "unknown_address")]
        with acting.as_system(world.board, "postroom"):
            Message.objects.filter(pk=message.pk).update(handed_on_at=LATER)
        sending.send_message(world.board, str(message.id), postman, lambda: LATER)
    assert queries.in_trouble(world.board).count() == 3
    again = operations.send_again(
        actor=as_officer, message=messages[0], to_address=" Office@School.example ", now=LATER
    )
    assert (again.to_address, again.status, again.body) == (
        "office@school.example",
        "queued",
        messages[0].body,
    )
    operations.mark_sent_by_hand(actor=as_officer, message=messages[1], how=ByHand.TELEPHONE, now=LATER)
    operations.settle(actor=as_officer, message=fresh(messages[2], world), now=LATER)
    assert queries.in_trouble(world.board).count() == 0
    assert fresh(messages[0], world).status == Status.BOUNCED
    with pytest.raises(CannotSend):
        operations.send_again(actor=as_officer, message=again, to_address="x@y.example", now=LATER)
    with pytest.raises(CannotSend, match="Enter an e-mail address"):
        operations.send_again(actor=as_officer, message=messages[2], to_address="nowhere", now=LATER)


def test_notify_tells_what_arrived(
    write: Write, post: Post, postman: Postman, world: World, monkeypatch: Any
) -> None:
    postman.name = "notify"
    arrived, lost = write(step="a"), write(step="b", to=world.people["police_lead"])
    post()
    fates = {f"<{arrived.id}@test>": "delivered", f"<{lost.id}@test>": "unknown_address"}
    monkeypatch.setattr(postman, "fate", fates.__getitem__)
    monkeypatch.setattr(jobs.timezone, "now", lambda: LATER)
    assert jobs.ask_what_arrived(timestamp=0) == 2
    assert jobs.ask_what_arrived(timestamp=0) == 0
    assert (fresh(arrived, world).status, fresh(lost, world).status) == ("delivered", "bounced")


def test_whoever_wrote_it_hears_that_it_did_not_arrive_and_only_once(
    write: Write, post: Post, postman: Postman, world: World
) -> None:
    message = write()
    postman.answers = [Refused("smtp_550", "unknown_address")]
    post()
    with acting.as_system(world.board, "postroom"):
        notice = Message.objects.get(kind="bounce_notice")
    assert (notice.to_person, notice.about_id) == (world.people["quality_officer"], message.record_id)
    assert f"/letters/{message.record.reference}/" in notice.body
    postman.answers = [Refused("smtp_550", "unknown_address")]
    post(LATER + timedelta(hours=2))
    with acting.as_system(world.board, "postroom"):
        assert Message.objects.count() == 2


def test_what_the_program_wrote_is_told_to_the_teams_mailbox(
    write: Write, post: Post, postman: Postman, world: World
) -> None:
    with acting.as_system(world.board, "timekeeper"):
        operations.compose(
            actor=None, board=world.board, kind="thanks", to="nobody@school.example", link="/x/", now=NOW,
            agency=world.agencies["school"], context={"title": "x", "reference": "SA-1"},
        )  # fmt: skip
    postman.answers = [Refused("smtp_550", "unknown_address")]
    post()
    with acting.as_system(world.board, "postroom"):
        assert Message.objects.get(kind="bounce_notice").to_address == "team@north.example"


def test_the_short_form_for_long_lists_says_what_the_others_say(
    write: Write,
    post: Post,
    postman: Postman,
    world: World,
    as_officer: Person,
    django_assert_num_queries: Any,
) -> None:
    bounced = write(step="a")
    postman.answers = [Refused("smtp_550", "unknown_address")]
    post()
    by_hand = write(step="b")
    operations.mark_sent_by_hand(actor=as_officer, message=by_hand, how=ByHand.POST, now=LATER)
    key = bounced.about_id
    with django_assert_num_queries(1):
        short = queries.post_about([key])[key]
    assert short.last == queries.last_contact([key])[key]
    assert short.steps == queries.steps_taken([key])[key] == {"a", "b"}
    assert short.in_trouble is bool(queries.bounces_for([key]))
    operations.settle(actor=as_officer, message=fresh(bounced, world), now=LATER)
    assert not queries.post_about([key])[key].in_trouble
