"""What was written, to whom, and what became of it, shaped for pages and for the rooms above."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet, Value
from django.urls import reverse

from wholestory.correspondence import definitions
from wholestory.correspondence.models import GONE, TROUBLE, Bounce, Letter, LetterStatus, Message, Status
from wholestory.partners.models import Agency, Board
from wholestory.records.models import Record


@dataclass(frozen=True)
class MessageLine:
    """One message as a list shows it. ``trouble`` says in words why it did not arrive, while nobody dealt with it."""

    record_id: UUID
    reference: str
    url: str
    kind: str
    kind_title: str
    step: str
    to_name: str
    to_address: str
    agency: str
    subject: str
    status: str
    status_label: str
    written_on: date
    sent_at: datetime | None
    trouble: str


@dataclass(frozen=True)
class Contact:
    """The last time somebody was written to about a record."""

    reference: str
    url: str
    kind_title: str
    to_name: str
    sent_at: datetime
    by_hand: bool


@dataclass
class PostAbout:
    """What was written about one record, in short."""

    last: Contact | None = None
    steps: set[str] = field(default_factory=set)
    in_trouble: bool = False


@dataclass(frozen=True)
class LetterLine:
    """One letter as a list shows it."""

    record_id: UUID
    reference: str
    url: str
    to_name: str
    to_role: str
    agency: str
    subject: str
    status: str
    status_label: str
    prepared_by: str
    prepared_at: datetime
    wanted_by_on: date | None
    signed_at: datetime | None


def messages() -> QuerySet[Message]:
    """Every message the acting person may see, with what lists need of it."""
    return Message.objects.select_related("record", "agency")


def letters() -> QuerySet[Letter]:
    """Every letter the acting person may see, with what lists need of it."""
    return Letter.objects.select_related(
        "record", "agency", "prepared_by", "signed_by", "board", "message__record"
    )


def for_record(record: Record | UUID, at_most: int = 100) -> tuple[MessageLine, ...]:
    """What was written about a record, newest first: one query."""
    key = record if isinstance(record, UUID) else record.id
    return tuple(line(one) for one in messages().filter(about=key).order_by("-created_at", "id")[:at_most])


def last_contact(record_ids: Iterable[UUID]) -> dict[UUID, Contact]:
    """The newest message that left, for each record that has one: one query for any number of records."""
    newest = (
        messages()
        .filter(about__in=list(record_ids), status__in=GONE)
        .order_by("about_id", "-sent_at", "-created_at")
        .distinct("about_id")
    )
    return {
        one.about_id: Contact(
            one.record.reference,
            url(one),
            definitions.title(one.kind),
            one.to_name,
            one.sent_at,
            one.status == Status.BY_HAND,
        )
        for one in newest
        if one.about_id and one.sent_at
    }


def steps_taken(record_ids: Iterable[UUID]) -> dict[UUID, frozenset[str]]:
    """The steps written about each record, drafts and cancelled ones left out: one query."""
    taken: dict[UUID, set[str]] = defaultdict(set)
    found = (
        Message.objects.filter(about__in=list(record_ids))
        .exclude(step="")
        .exclude(status__in=[Status.CANCELLED, Status.DRAFT])
        .values_list("about_id", "step")
    )
    for about, step in found:
        if about:
            taken[about].add(step)
    return {about: frozenset(steps) for about, steps in taken.items()}


def post_about(record_ids: Iterable[UUID]) -> dict[UUID, PostAbout]:
    """The last contact, the steps taken and whether something did not arrive, for each record: what ``last_contact``,
    ``steps_taken`` and ``in_trouble`` say, in one query for a list of hundreds."""
    found = {key: PostAbout() for key in record_ids}
    rows = (
        Message.objects.filter(about__in=list(found))
        .exclude(status__in=[Status.CANCELLED, Status.DRAFT])
        .order_by("sent_at", "created_at")
        .values_list(
            "about_id", "record__reference", "kind", "to_name", "sent_at", "status", "step", "settled_at"
        )
    )
    gone = {}
    for about, reference, kind, to_name, sent_at, status, step, settled_at in rows:
        if step:
            found[about].steps.add(step)
        if status in TROUBLE and settled_at is None and kind != definitions.DIGEST:
            found[about].in_trouble = True
        if status in GONE and sent_at:
            gone[about] = (reference, kind, to_name, sent_at, status == Status.BY_HAND)
    address = reverse("correspondence:message", args=["REFERENCE"])  # hundreds of addresses of the same kind
    for about, (reference, kind, to_name, sent_at, by_hand) in gone.items():
        link = address.replace("REFERENCE", reference)
        found[about].last = Contact(reference, link, definitions.title(kind), to_name, sent_at, by_hand)
    return found


def bounces_for(record_ids: Iterable[UUID]) -> dict[UUID, tuple[MessageLine, ...]]:
    """What did not arrive and nobody dealt with, for each record that has any: one query."""
    found: dict[UUID, list[MessageLine]] = defaultdict(list)
    for one in in_trouble().filter(about__in=list(record_ids)).order_by("-bounced_at", "id"):
        if one.about_id:
            found[one.about_id].append(line(one))
    return {about: tuple(lines) for about, lines in found.items()}


def in_trouble(board: Board | None = None) -> QuerySet[Message]:
    """Messages that did not arrive and nobody dealt with. Those that travelled in a digest stand for it."""
    found = messages().filter(status__in=TROUBLE, settled_at=None).exclude(kind=definitions.DIGEST)
    return found.filter(board=board) if board else found


def to_sign(board: Board) -> tuple[LetterLine, ...]:
    """Letters that wait for the chair's signature, the most urgent first: one query."""
    waiting = letters().filter(board=board, status=LetterStatus.PREPARED)
    return tuple(letter_line(one) for one in waiting.order_by("wanted_by_on", "prepared_at", "id")[:100])


def waiting(board: Board, at_most: int = 100) -> dict[str, int]:
    """How many messages are in trouble, how many drafts and letters wait, each counted no further than ``at_most``.

    One query: ``trouble``, ``drafts`` and ``letters``.
    """
    trouble = in_trouble(board).select_related(None).values_list(Value("trouble"))[:at_most]
    drafts = Message.objects.filter(board=board, status=Status.DRAFT).values_list(Value("drafts"))[:at_most]
    to_be_signed = Letter.objects.filter(board=board, status=LetterStatus.PREPARED)
    counted = Counter(
        kind
        for (kind,) in trouble.union(drafts, to_be_signed.values_list(Value("letters"))[:at_most], all=True)
    )
    return {kind: counted[kind] for kind in ("trouble", "drafts", "letters")}


def agencies_of(board: Board) -> list[tuple[str, str]]:
    """The agencies that answer to this board or did, for the filter: key and name."""
    found = (
        Agency.objects.filter(board_links__board=board).order_by("name").values_list("id", "name").distinct()
    )
    return [(str(key), name) for key, name in found]


def line(message: Message) -> MessageLine:
    """A message as a list shows it."""
    return MessageLine(
        record_id=message.record_id,
        reference=message.record.reference,
        url=url(message),
        kind=message.kind,
        kind_title=definitions.title(message.kind),
        step=message.step,
        to_name=message.to_name,
        to_address=message.to_address,
        agency=message.agency.name if message.agency else "",
        subject=message.subject,
        status=message.status,
        status_label=Status(message.status).label,
        written_on=message.written_on,
        sent_at=message.sent_at,
        trouble=Bounce(message.bounce).label if message.bounce and message.settled_at is None else "",
    )


def letter_line(letter: Letter) -> LetterLine:
    """A letter as a list shows it."""
    return LetterLine(
        record_id=letter.record_id,
        reference=letter.record.reference,
        url=reverse("correspondence:letter", args=[letter.record.reference]),
        to_name=letter.to_name,
        to_role=letter.to_role,
        agency=letter.agency.name if letter.agency else "",
        subject=letter.subject,
        status=letter.status,
        status_label=LetterStatus(letter.status).label,
        prepared_by=letter.prepared_by.full_name,
        prepared_at=letter.prepared_at,
        wanted_by_on=letter.wanted_by_on,
        signed_at=letter.signed_at,
    )


def url(message: Message) -> str:
    """The message's page."""
    return reverse("correspondence:message", args=[message.record.reference])
