"""Writing messages: one, or six hundred in the same number of queries.

Whoever writes acts in the current transaction; the line in the access record is theirs. ``actor=None`` means that
the program itself writes because of what somebody did (a head signs off, the team is told): the rows are then put
down by the postroom, whatever the acting person may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from wholestory import ledger
from wholestory.access import Verb, acting
from wholestory.access.asking import NotForYou, require
from wholestory.correspondence import definitions, queueing
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import Message, Status
from wholestory.correspondence.rules import identifying
from wholestory.correspondence.rules.wording import Filled, Value
from wholestory.partners.models import Agency, Board, Person
from wholestory.records import references
from wholestory.records.models import Circle, Office, Record

EXAMPLE = "Example: invented"
COLLEAGUE = "colleague"
SAID_ON_PURPOSE = ("name", "agency", "signatory", "sender", "board")


class CannotSend(Exception):
    """A message cannot go, or cannot be changed now. The text is a sentence for the person."""


@dataclass(frozen=True)
class Note:
    """One message to be written.

    ``to`` is a person or a role mailbox's address. ``context`` fills the gaps of the kind's wording (see
    ``rules.wording.GAPS``); ``link`` is a path of this site, made into a full address. ``circle`` and ``office`` say
    who may see the message: the board's team alone when left out. ``step`` is the caller's own name for why it
    writes; the same step about the same record goes to an address once. ``never`` are names that must not appear.
    """

    kind: str
    to: Person | str
    about: Record | None = None
    agency: Agency | None = None
    circle: Circle | None = None
    office: Office | None = None
    context: Mapping[str, Value] = field(default_factory=dict)
    link: str = ""
    step: str = ""
    send_after: datetime | None = None
    never: tuple[str, ...] = ()


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
        _worded(board, note, note.circle or default_circle, note.office or default_office, at, queue)
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
    message = _message(
        board, note, Filled(subject, _framed(board, body), ""), circle, office, at, waits=0, queue=True
    )
    identifying.check(message.subject, message.body)
    _put_down(None, board, [message])
    return message


def team_doors(board: Board) -> tuple[Circle, Office]:
    """The closed circle and the office of correspondence: who sees a message nobody said anything about."""
    office = Office.objects.get(board=board, key="correspondence")
    circle = Circle.objects.filter(board=board, kind="closed", agency=None, group=None).order_by("id").first()
    return circle or Circle.objects.create(board=board, kind="closed"), office


def _worded(board: Board, note: Note, circle: Circle, office: Office, at: datetime, queue: bool) -> Message:
    wording = definitions.wording(note.kind)
    name, _ = _reader(note.to, board)
    link = absolute(note.link)
    values: dict[str, Value] = {
        "board": board.name,
        "mailbox": board.mailbox or settings.ENVIRONMENT.mail_reply_to,
    }
    values |= {"link": link} if link else {}
    values |= {"agency": note.agency.name} if note.agency else {}
    values |= {"reference": note.about.reference} if note.about else {}
    values |= {**note.context, "name": name}
    filled = wording.fill(values)
    # Who is written to, signs or asks is said on purpose: what they are called is no finding ("Brother Martin's").
    neutral = wording.fill(values | {gap: "somebody" for gap in SAID_ON_PURPOSE if gap in values})
    identifying.check(neutral.subject, neutral.body, neutral.line, never=note.never)
    framed = Filled(filled.subject, _framed(board, filled.body), filled.line)
    message = _message(board, note, framed, circle, office, at, waits=wording.waits, queue=queue)
    due_on = note.context.get("due_on")
    if wording.dated and due_on is not None and not isinstance(due_on, str | int):
        message.due_on = due_on
    return message


def _message(
    board: Board,
    note: Note,
    filled: Filled,
    circle: Circle,
    office: Office,
    at: datetime,
    *,
    waits: int,
    queue: bool,
) -> Message:
    name, address = _reader(note.to, board)
    sheet = Record(
        kind=Message.record_kind, reference=references.new("MS"), board=board, circle=circle, office=office,
        edition=board.edition, opened_on=board.today(), retention="correspondence",
    )  # fmt: skip
    send_after = note.send_after or at
    return Message(
        record=sheet, board=board, circle=circle, office=office, about=note.about, agency=note.agency, kind=note.kind,
        step=note.step, to_person=note.to if isinstance(note.to, Person) else None, to_name=name, to_address=address,
        subject=filled.subject[:250], body=filled.body, line=filled.line, link=absolute(note.link),
        status=Status.QUEUED if queue and address else Status.DRAFT, send_after=send_after,
        post_by=send_after + timedelta(minutes=waits), written_on=board.today(),
    )  # fmt: skip


def _reader(to: Person | str, board: Board) -> tuple[str, str]:
    """How the reader is called, and the address; none for somebody who has none or has left."""
    if isinstance(to, str):
        return COLLEAGUE, to.strip().lower()
    gone = to.left_on is not None and to.left_on <= board.today()
    return to.full_name, "" if gone else (to.email or "")


def _framed(board: Board, body: str) -> str:
    return f"{EXAMPLE}\n\n{body}" if board.is_example else body


def absolute(link: str) -> str:
    """A path of this site as a full address."""
    return f"{settings.SITE_ADDRESS}{link}" if link.startswith("/") else link


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
