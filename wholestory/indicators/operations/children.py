"""Files about children: sent by whoever counts them, looked at as a whole, and accepted as a whole or put aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import PurePath
from typing import IO, Protocol
from uuid import uuid4

from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.documents import shelf
from wholestory.documents.rules.content import MOST_BYTES
from wholestory.indicators.child_level import aggregate
from wholestory.indicators.models import (
    ChildFiles,
    ChildSource,
    ErasedBecause,
    FileRole,
    LawfulBasis,
    LoadState,
    SealedFile,
    Source,
    Submission,
    SubmissionState,
    Value,
)
from wholestory.indicators.operations import aggregates, circles, erasing, in_force
from wholestory.indicators.operations.scorecards import SUBMISSION
from wholestory.indicators.queries import aggregates as plans
from wholestory.indicators.queries import children as queries
from wholestory.indicators.rules.periods import Period
from wholestory.partners.models import Agency, Board, Person
from wholestory.records import opening
from wholestory.records.models import Record

LOAD = opening.Opening(ChildFiles.record_kind, "CF", "working")
TASK = "indicators.count_children"
#: What one load may hold in all; it is read in memory alone.
MOST_TOGETHER = 2 * MOST_BYTES
MOST_FILES = 20
ENDINGS = {
    ChildSource.CENSUS: (".xml",),
    ChildSource.ANNEX_A: (".xlsx", ".xlsm", ".xls", ".ods"),
    ChildSource.LOOKED_AFTER: (".csv",),
}
NO_BASIS = "The board has recorded no lawful basis for files about children, so none can be sent."
TOO_LARGE = (
    "Files of more than {most} MB are not taken here. The council can run “wholestory indicators” on its own machine"
    " and send the counts."
)


class Upload(Protocol):
    """A file as a form hands it over."""

    name: str | None
    size: int | None
    file: IO[bytes]


class ChildrenRefused(ValueError):
    """It cannot be done like that; the sentence says what to do instead. ``field`` is what it is about on the page."""

    def __init__(self, words: str, field: str = "sent") -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True)
class Sent:
    """What is sent: the files to be counted, and those of an earlier year to look back to."""

    source: ChildSource
    window: Period
    agency: Agency
    files: Sequence[Upload]
    earlier: Sequence[Upload] = ()


@transaction.atomic
def send(*, actor: Person, board: Board, sent: Sent, now: datetime, today: date) -> ChildFiles:
    """Seal files on the shelf and have them read, checked and counted in the background. Raises ChildrenRefused, and
    then nothing of them is kept; NotForYou; ``shelf.Unreachable``."""
    circle, office = circles.of_children(board)
    kind = ChildFiles.record_kind
    asking.require(actor, Verb.WRITE, Record(kind=kind, circle=circle, office=office), kind=kind)
    # Whoever ends the basis meanwhile waits, and then erases this load with the others.
    basis = LawfulBasis.objects.select_for_update().filter(board=board, ended_on=None).first()
    if basis is None:
        raise ChildrenRefused(NO_BASIS)
    _look_at(sent, board, today)
    hashes = [_sha256(one) for one in sent.files]
    _not_again(board, sent, hashes)
    record = opening.sheet(LOAD, board, circle, office, today, verb="indicators.children_sent")
    load = ChildFiles.objects.create(
        record=record, circle=circle, office=office, board=board, agency=sent.agency, basis=basis, source=sent.source,
        first_on=sent.window.start, last_on=sent.window.end, of=queries.STEPS, loaded_by=actor, loaded_at=now,
        purge_on=today + timedelta(days=basis.keep_days),
    )  # fmt: skip
    places: list[str] = []
    try:
        for role, uploads in ((FileRole.COUNTED, sent.files), (FileRole.LOOKED_BACK, sent.earlier)):
            # One by one, so that what is on the shelf already is known when the next one fails.
            places.extend(keep(load, role, name_of(upload), upload.file).place for upload in uploads)
        # On this connection, so that the job begins when this commits, or never. One at a time: each takes memory.
        App(connector=DjangoConnector()).configure_task(TASK, lock=TASK).defer(
            board=str(board.pk), load=str(load.pk)
        )
    except BaseException:
        for place in places:
            shelf.remove(place)
        raise
    return load


def keep(load: ChildFiles, role: FileRole, name: str, content: IO[bytes]) -> SealedFile:
    """Seal a file of a load. The caller has written a line of the access record in this transaction."""
    seal_id = uuid4()
    kept = shelf.put(seal_id, content)
    try:
        return SealedFile.objects.create(
            of=load, role=role, name=name, sha256=kept.sha256, size=kept.size, seal_id=seal_id, place=kept.place,
            wrapped_key=kept.wrapped_key, circle_id=load.circle_id, office_id=load.office_id,
        )  # fmt: skip
    except BaseException:
        shelf.remove(kept.place)
        raise


def name_of(upload: Upload) -> str:
    """The last part of its name, short enough for any disk."""
    plain = PurePath((upload.name or "").replace("\\", "/")).name.replace("\0", "") or "file"
    return plain.encode()[-180:].decode("utf-8", "ignore")[-180:]


def _look_at(sent: Sent, board: Board, today: date) -> None:
    if sent.window.end >= today:
        raise ChildrenRefused("These days are not over yet.", "period")
    if sent.source is ChildSource.CENSUS and not queries.authorities(board):
        raise ChildrenRefused(
            "No area of this board has a code yet, so nobody can tell whose census it is. Add it to the directory."
        )
    if sent.source is not ChildSource.LOOKED_AFTER and len(sent.files) != 1:
        raise ChildrenRefused("Choose one file.")
    if len(sent.files) > MOST_FILES or len(sent.earlier) > MOST_FILES:
        raise ChildrenRefused(f"At most {MOST_FILES} files are taken at once.")
    for field, uploads in (("sent", sent.files), ("earlier", sent.earlier)):
        for upload in uploads:
            if not (upload.name or "").lower().endswith(ENDINGS[sent.source]):
                raise ChildrenRefused(
                    f"“{name_of(upload)}” is not of this kind: its name does not end in"
                    f" {' or '.join(ENDINGS[sent.source])}.",
                    field,
                )
        if len({name_of(upload) for upload in uploads}) != len(uploads):
            raise ChildrenRefused("Two of the files have the same name.", field)
    sizes = [upload.size or 0 for upload in (*sent.files, *sent.earlier)]
    if max(sizes) > MOST_BYTES or sum(sizes) > MOST_TOGETHER:
        raise ChildrenRefused(TOO_LARGE.format(most=MOST_BYTES // 2**20))


def _sha256(upload: Upload) -> str:
    upload.file.seek(0)
    digest = hashlib.sha256()
    while piece := upload.file.read(64 * 1024):
        digest.update(piece)
    return digest.hexdigest()


def _not_again(board: Board, sent: Sent, hashes: Sequence[str]) -> None:
    """The same files for the same days change nothing."""
    there = ChildFiles.objects.filter(
        board=board, agency=sent.agency, source=sent.source, first_on=sent.window.start, last_on=sent.window.end,
        state__in=[LoadState.WAITING, LoadState.RUNNING, LoadState.DONE],
    )  # fmt: skip
    for load in there.select_related("record").prefetch_related("files"):
        if sorted(hashes) == sorted(one.sha256 for one in load.files.all() if one.role == FileRole.COUNTED):
            raise ChildrenRefused(
                f"The very same was sent already, as {load.record.reference}. Nothing has changed."
            )


def _held(actor: Person, load: ChildFiles) -> ChildFiles:
    """The load, held until the transaction ends."""
    asking.require(actor, Verb.MANAGE, load.record)
    rows = ChildFiles.objects.select_for_update(of=("self",)).select_related("record", "board", "agency")
    return rows.get(pk=load.pk)


@transaction.atomic
def accept(*, actor: Person, load: ChildFiles, seen: str, now: datetime, today: date) -> int:
    """Accept a load as a whole: its counts are figures of the agency from now on, and what stood for the same days
    gives way to them; how many are in force. Raises ChildrenRefused when something changed since it was looked at."""
    fresh = _held(actor, load)
    if fresh.state != LoadState.DONE or fresh.submission_id is not None:
        raise ChildrenRefused("This was accepted, put aside or erased by now.")
    told = aggregate.read(json.dumps(fresh.counted).encode(), fresh.record.reference)
    plan = plans.planned(fresh.board, fresh.agency, told)
    if plan.seen != seen:
        raise ChildrenRefused("Something changed since you looked. Look through it again, then accept it.")
    if not plan.coming:
        raise ChildrenRefused("Nothing that was counted is one of the board’s measures.")
    circle, office = circles.of_agency(fresh.board, fresh.agency), circles.office(fresh.board)
    record = opening.sheet(
        SUBMISSION, fresh.board, circle, office, today, verb="indicators.children_accepted"
    )
    first, last = fresh.first_on.isoformat(), fresh.last_on.isoformat()
    submission = Submission.objects.create(
        record=record, circle=circle, office=office, board=fresh.board, agency=fresh.agency, number=1,
        source=Source.CHILD_LEVEL, by=actor, at=now, file_name=told.inputs[0].name[-200:],
        sha256=told.inputs[0].sha256,
        about={
            "from": first, "to": last, "source": told.source, "tool": told.tool, "load": fresh.record.reference,
            "inputs": [{"name": one.name, "sha256": one.sha256, "role": one.role} for one in told.inputs],
        },
    )  # fmt: skip
    kept = in_force.put(submission=submission, values=aggregates.values_of(plan, submission))
    earlier = Submission.objects.filter(
        board=fresh.board, agency=fresh.agency, source=Source.CHILD_LEVEL, state=SubmissionState.IN_FORCE,
        about__source=told.source, about__from=first, about__to=last,
    ).exclude(pk=submission.pk)  # fmt: skip
    for one in earlier:
        # A figure the later load no longer holds is not in force either.
        Value.objects.filter(submission=one, in_force=True).update(in_force=False)
        one.state = SubmissionState.REPLACED
        one.save(update_fields=["state"])
    fresh.submission = submission
    fresh.save(update_fields=["submission"])
    return len(kept)


@transaction.atomic
def put_aside(*, actor: Person, load: ChildFiles, today: date) -> None:
    """Erase a load before its time; what was accepted from it stays. Raises ChildrenRefused when it is erased."""
    fresh = _held(actor, load)
    if fresh.purged_on is not None:
        raise ChildrenRefused("This is erased already.")
    erasing.erase(fresh, ErasedBecause.ASIDE, today)
