"""From what a room wants to say to a message that is not kept yet: worded, framed and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings

from wholestory.correspondence import definitions
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


def team_doors(board: Board) -> tuple[Circle, Office]:
    """The closed circle and the office of correspondence: who sees a message nobody said anything about."""
    office = Office.objects.get(board=board, key="correspondence")
    circle = Circle.objects.filter(board=board, kind="closed", agency=None, group=None).order_by("id").first()
    return circle or Circle.objects.create(board=board, kind="closed"), office


def worded(board: Board, note: Note, circle: Circle, office: Office, at: datetime, queue: bool) -> Message:
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
    # Somebody reads and changes a draft before it goes, as plain text: no marks for what would be bold.
    body = filled.body if queue else filled.body.replace("**", "")
    said = Filled(filled.subject, framed(board, body), filled.line)
    message = unsaved(board, note, said, circle, office, at, waits=wording.waits, queue=queue)
    due_on = note.context.get("due_on")
    if wording.dated and due_on is not None and not isinstance(due_on, str | int):
        message.due_on = due_on
    return message


def unsaved(
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


def framed(board: Board, body: str) -> str:
    return f"{EXAMPLE}\n\n{body}" if board.is_example else body


def absolute(link: str) -> str:
    """A path of this site as a full address."""
    return f"{settings.SITE_ADDRESS}{link}" if link.startswith("/") else link
