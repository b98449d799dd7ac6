"""Writing messages: one, or six hundred in the same number of queries.

Whoever writes acts in the current transaction; the line in the access record is theirs. ``actor=None`` means that
the program itself writes because of what somebody did (a head signs off, the team is told): the rows are then put
down by the postroom, whatever the acting person may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wholestory import ledger
from wholestory.access import Verb, acting
from wholestory.access.asking import NotForYou, require
from wholestory.correspondence import definitions, queueing
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import Message, Status
from wholestory.correspondence.operations.worded import (
    EXAMPLE,
    CannotSend,
    Note,
    absolute,
    framed,
    team_doors,
    unsaved,
    worded,
)
from wholestory.correspondence.rules import identifying
from wholestory.correspondence.rules.wording import Filled, Value
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Circle, Office, Record

__all__ = [
    "EXAMPLE",
    "CannotSend",
    "Note",
    "absolute",
    "compose",
    "compose_many",
    "draft",
    "team_doors",
    "write_plain",
]


def compose(
    *,
    actor: Person | None,
    board: Board,
    kind: str,
    to: Sequence[Person | str] | Person | str,
    about: Record | None = None,
    agency: Agency | None = None,
    circle: Circle | None = None,
    office: Office | None = None,
    context: Mapping[str, Value] | None = None,
    link: str = "",
    step: str = "",
    send_after: datetime | None = None,
    never: Iterable[str] = (),
    now: datetime | None = None,
) -> list[Message]:
    """Write and queue one message to each of ``to``. Raises what ``compose_many`` raises."""
    everyone = [to] if isinstance(to, Person | str) else to
    notes = [
        Note(kind, one, about, agency, circle, office, context or {}, link, step, send_after, tuple(never))
        for one in everyone
    ]
    return compose_many(actor=actor, board=board, notes=notes, now=now)


def draft(
    *,
    actor: Person | None,
    board: Board,
    kind: str,
    to: Sequence[Person | str] | Person | str,
    about: Record | None = None,
    agency: Agency | None = None,
    circle: Circle | None = None,
    office: Office | None = None,
    context: Mapping[str, Value] | None = None,
    link: str = "",
    step: str = "",
    never: Iterable[str] = (),
    now: datetime | None = None,
) -> list[Message]:
    """The same for somebody to read first: nothing goes until ``send``."""
    everyone = [to] if isinstance(to, Person | str) else to
    notes = [
        Note(kind, one, about, agency, circle, office, context or {}, link, step, None, tuple(never))
        for one in everyone
    ]
    return compose_many(actor=actor, board=board, notes=notes, now=now, queue=False)


def compose_many(
    *,
    actor: Person | None,
    board: Board,
    notes: Sequence[Note],
    now: datetime | None = None,
    queue: bool = True,
) -> list[Message]:
    """Write all ``notes``, in their order, in a number of queries that does not grow with them.

    A note whose step was written before gives back the message there is. A person without an address gets a draft,
    for the team to send by hand. Raises GapLeft (a wording lacks a value), Identifying (a message would say who it
    is about) or NotForYou; nothing is written when it raises.
    """
    if not notes:
        return []
    at = moment_of(board, now or timezone.now())
    default_circle, default_office = team_doors(board)
    made = [
        worded(board, note, note.circle or default_circle, note.office or default_office, at, queue)
        for note in notes
    ]
    _may_write(actor, made)
    with _hand(actor, board):
        there = _written_before(made)
    fresh = _first_of_each(made, there)
    if fresh:
        _put_down(actor, board, fresh)
    by_step = there | {_step_of(one): one for one in fresh if one.step}
    return [by_step.get(_step_of(one), one) if one.step else one for one in made]


def write_plain(
    *,
    board: Board,
    to: Person,
    subject: str,
    body: str,
    about: Record | None = None,
    now: datetime | None = None,
) -> Message:
    """Queue a message another room worded. The program writes it, because of what somebody did; never free text.

    Raises Identifying.
    """
    at = moment_of(board, now or timezone.now())
    circle, office = team_doors(board)
    note = Note(definitions.PLAIN, to, about)
    message = unsaved(
        board, note, Filled(subject, framed(board, body), ""), circle, office, at, waits=0, queue=True
    )
    identifying.check(message.subject, message.body)
    _put_down(None, board, [message])
    return message


def _may_write(actor: Person | None, made: Sequence[Message]) -> None:
    if actor is None or actor.is_system:
        return
    for office_id in {one.office_id for one in made}:
        try:
            # No circle has the key 0: the office alone is asked, once for all messages under it.
            require(actor, Verb.WRITE, Message(circle_id=0, office_id=office_id))
        except NotForYou:
            for circle_id in {one.circle_id for one in made if one.office_id == office_id}:
                require(actor, Verb.WRITE, Message(circle_id=circle_id, office_id=office_id))


def _step_of(message: Message) -> tuple[int, UUID | None, str, str]:
    return (message.circle_id, message.about_id, message.step, message.to_address)


def _written_before(made: Sequence[Message]) -> dict[tuple[int, UUID | None, str, str], Message]:
    steps = {one.step for one in made if one.step}
    if not steps:
        return {}
    abouts = {one.about_id for one in made if one.step}
    found = (
        Message.objects.filter(step__in=steps)
        .filter(Q(about__in=[a for a in abouts if a]) | (Q(about=None) if None in abouts else Q(pk__in=[])))
        .exclude(status=Status.CANCELLED)
        .select_related("record")
    )
    return {_step_of(one): one for one in found}


def _first_of_each(
    made: Sequence[Message], there: Mapping[tuple[int, UUID | None, str, str], Message]
) -> list[Message]:
    fresh: list[Message] = []
    seen = set(there)
    for one in made:
        if one.step:
            if _step_of(one) in seen:
                continue
            seen.add(_step_of(one))
        fresh.append(one)
    return fresh


def _hand(actor: Person | None, board: Board) -> AbstractContextManager[None]:
    return acting.as_system(board, "postroom") if actor is None else nullcontext()


@transaction.atomic
def _put_down(actor: Person | None, board: Board, fresh: Sequence[Message]) -> None:
    who = acting.current()
    author = actor.id if actor else (who.person if who else acting.SYSTEM_ACTORS["postroom"][0])
    for one in fresh:
        one.written_by_id = author
    queued = [one for one in fresh if one.status == Status.QUEUED]
    drafts = [one for one in fresh if one.status == Status.DRAFT]
    for verb, those in (("correspondence.queued", queued), ("correspondence.drafted", drafts)):
        if those:
            ledger.line(
                verb, kind=Message.record_kind, ids=[one.record_id for one in those], board_id=board.id
            )
    with _hand(actor, board):
        Record.objects.bulk_create([one.record for one in fresh])
        Message.objects.bulk_create(fresh)
    if queued:
        queueing.look_at_the_post(board)
