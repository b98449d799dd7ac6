"""Bringing in a file of an earlier time: kept, matched on screen, put aside. Nothing of it is written anywhere else
until it is applied (``past_applying``)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import BroughtIn, BroughtInKind, BroughtInState
from wholestory.assurance.operations.own_tools import room_of
from wholestory.assurance.tables import MOST_BYTES, NotReadable, read_tables
from wholestory.documents import operations as documents
from wholestory.documents import shelf
from wholestory.documents.rules.content import NotTaken
from wholestory.partners.models import Board, Person
from wholestory.records import opening

PAST = opening.Opening("assurance.brought_in", "BI", "assurance")
ENDINGS = ("xlsx", "docx", "csv")


class PastRefused(ValueError):
    """The file cannot be taken or brought in like that; the message says what to do."""


class Overtaken(PastRefused):
    """What would come in is no longer what was looked at."""


@dataclass
class _Upload:
    """A file as ``documents`` takes it."""

    name: str | None
    file: IO[bytes]
    size: int | None


def start(
    *,
    actor: Person,
    board: Board,
    kind: BroughtInKind,
    name: str,
    content: bytes,
    today: date,
    now: datetime,
    why_no_child: str = "",
) -> BroughtIn:
    """Keep a file and begin to match it. It is scanned and checked like every file.

    Raises PastRefused with a sentence for the person: not readable as tables, or not taken by ``documents``.
    """
    if name.rpartition(".")[2].lower() not in ENDINGS:
        raise PastRefused(f"“{name}” cannot be read. Send .xlsx, .docx or .csv; save an .xls as .xlsx first")
    try:
        if not read_tables(content, name):
            raise PastRefused(f"“{name}” holds no table")
    except NotReadable as reason:
        raise PastRefused(str(reason)) from reason
    try:
        return _kept(actor, board, kind, name, content, today, now, why_no_child)
    except documents.LooksLikeAChild as looks:
        _refused(board, "like_a_child_record")
        raise PastRefused(str(looks)) from looks
    except (NotTaken, documents.NotNow, shelf.Unreachable) as reason:
        _refused(board, "not_taken")
        raise PastRefused(str(reason)) from reason


def _refused(board: Board, why: str) -> None:
    ledger.line("assurance.past_refused", kind=PAST.kind, board_id=board.id, reason=why, writes=False)


@transaction.atomic
def _kept(
    actor: Person, board: Board, kind: str, name: str, content: bytes, today: date, now: datetime, why: str
) -> BroughtIn:
    room = room_of(board)
    asking.require(actor, Verb.MANAGE, room)
    record = opening.sheet(PAST, board, room.circle, room.office, today, verb="assurance.past_started")
    file = documents.keep(
        actor=actor, about=record, upload=_Upload(name, io.BytesIO(content), len(content)), today=today, now=now,
        accepts=ENDINGS, verb=Verb.MANAGE, not_about_a_child=why,
    )  # fmt: skip
    return BroughtIn.objects.create(
        record=record, circle=room.circle, office=room.office, board=board, kind=kind,
        file_reference=file.record.reference, file_name=file.name[-150:], sha256=file.sha256, by=actor, on=today,
    )  # fmt: skip


def held(actor: Person, batch: BroughtIn, *states: BroughtInState) -> BroughtIn:
    """The file's row, held until the transaction ends. Raises NotForYou; PastRefused when it is elsewhere."""
    asking.require(actor, Verb.MANAGE, batch.record)
    fresh = BroughtIn.objects.select_for_update(of=("self",)).select_related("record", "board")
    found = fresh.get(pk=batch.pk)
    if found.state not in states:
        raise PastRefused(f"This file is at “{found.get_state_display()}” by now.")
    return found


@transaction.atomic
def match(
    *, actor: Person, batch: BroughtIn, changes: Mapping[str, Any], signature: str | None = None
) -> BroughtIn:
    """Keep what was chosen on one page; the rest of what was chosen stays."""
    fresh = held(actor, batch, BroughtInState.MATCHING)
    ledger.line("assurance.past_matched", fresh.record)
    fresh.mapping = {**fresh.mapping, **changes}
    if signature is not None:
        fresh.signature = signature
    fresh.save(update_fields=["mapping", "signature"])
    return fresh


@transaction.atomic
def discard(*, actor: Person, batch: BroughtIn) -> None:
    """Put a file aside that was not brought in. The file stays where it is kept, and is no longer listed."""
    fresh = held(actor, batch, BroughtInState.MATCHING)
    ledger.line("assurance.past_discarded", fresh.record)
    fresh.state = BroughtInState.DISCARDED
    fresh.save(update_fields=["state"])


def read_whole(upload: Any) -> bytes:
    """An upload's bytes, as far as a table is read."""
    content: bytes = upload.read(MOST_BYTES + 1)
    upload.seek(0)
    return content
