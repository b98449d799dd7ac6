"""The workbook of a whole cycle: asked for, made in the background as whoever asked, kept for them alone, removed."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

from wholestory import ledger
from wholestory.access import acting, asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Cycle, CycleExport, ExportState
from wholestory.assurance.queries.workbook import Progress, workbook_of
from wholestory.documents import operations as documents
from wholestory.documents.models import RemovedBecause, StoredFile
from wholestory.kernel.generated import Marking, Stamp
from wholestory.partners.models import Board, Person, Seat
from wholestory.records import opening
from wholestory.records.models import Circle, Office

EXPORT = opening.Opening("assurance.export", "EX", "assurance")
TASK = "assurance.make_workbook"
#: How long a workbook is kept for whoever asked.
KEPT = timedelta(days=7)
#: The grant outlives the file a little, so that the file is removed by the same hand that kept it.
_AFTER = timedelta(days=7)
log = logging.getLogger("wholestory.assurance")


@dataclass
class _Upload:
    """A file as ``documents`` takes it."""

    name: str | None
    file: IO[bytes]
    size: int | None


@transaction.atomic
def ask(*, actor: Person, seat: Seat | None, cycle: Cycle, now: datetime) -> CycleExport:
    """Have the workbook made. One that is still being made for this person is handed back instead of a second."""
    asking.require(actor, Verb.EXPORT, cycle.record)
    waiting = CycleExport.objects.filter(cycle=cycle, asked_by=actor, expires_at__gt=now)
    running = (
        waiting.filter(state__in=[ExportState.WAITING, ExportState.MAKING]).select_related("record").first()
    )
    if running is not None:
        return running
    board, today = cycle.board, cycle.board.today()
    office, _ = Office.objects.get_or_create(board=board, key="own_work")
    circle = Circle.objects.create(board=board, kind="personal")
    ledger.line("assurance.export_asked", cycle.record)
    grant = Grant(
        circle=circle, office=office, person=actor, role="maker", purpose="own_export", starts_on=today,
        expires_at=now + KEPT + _AFTER, given_by=actor,
    )  # fmt: skip
    # Let in first: the rows below are in a circle nobody was in until now.
    derive.add_grants([grant])
    record = opening.sheet(EXPORT, board, circle, office, today, verb="assurance.export_asked")
    grant.save(force_insert=True)
    export = CycleExport.objects.create(
        record=record, circle=circle, office=office, cycle=cycle, asked_by=actor,
        asked_seat=seat.id if seat else None, asked_at=now, expires_at=now + KEPT,
    )  # fmt: skip
    # On this connection, so that the job begins when this commits, or never.
    App(connector=DjangoConnector()).configure_task(TASK, lock=f"{TASK}:{export.id}").defer(
        board=str(board.id), person=str(actor.id), export=str(export.id)
    )
    return export


def make_for(person: Person, board: Board, export_id: UUID) -> bool:
    """Make it in the seat it was asked in, if that is still held; without it nothing is made."""
    with acting.as_system(board, "keeper"):
        asked_in = CycleExport.objects.values_list("asked_seat", flat=True).get(pk=export_id)
    held = Seat.objects.select_related("board").filter(person=person)
    seat = held.filter(pk=asked_in).first() if asked_in else None
    if seat is None or not seat.holds_on(board.today()):
        log.warning("a workbook was asked for in a seat no longer held", extra={"export": str(export_id)})
        return False
    return make(export_id=export_id, person=person, seat=seat)


def make(*, export_id: UUID, person: Person, seat: Seat | None) -> bool:
    """Make it, as the person who asked: it holds what they may see and nothing else. Run twice, the second run does
    nothing. Progress is written in transactions of its own, so that a page can show it."""
    with acting.acting_as(person, seat):
        export = _standing(export_id)
        if export is None:
            return False
        cycle = Cycle.objects.select_related("record", "board").get(pk=export.cycle_id)
        asking.require(person, Verb.EXPORT, cycle.record)
        _note(export, state=ExportState.MAKING)
    try:
        board = cycle.board
        stamp = Stamp(
            Marking.OFFICIAL_SENSITIVE, person.full_name, timezone.now(), board.name, board.is_example
        )
        body = workbook_of(
            cycle,
            stamp,
            acting_now=lambda: acting.acting_as(person, seat),
            tell=_telling(export_id, person, seat),
        )
        with acting.acting_as(person, seat):
            export = _standing(export_id)
            if export is None:
                return False
            name = f"{'example-' if board.is_example else ''}{cycle.record.reference}-{board.today()}.xlsx"
            documents.keep(
                actor=person, about=export.record, upload=_Upload(name, io.BytesIO(body), len(body)),
                today=board.today(), now=timezone.now(), made_here=True,
            )  # fmt: skip
            _note(export, state=ExportState.READY, ready_at=timezone.now())
    except Exception:  # whatever broke: the page that waits says so, and the job fails as loudly as before
        with acting.acting_as(person, seat):
            export = _standing(export_id)
            if export is not None:
                _note(export, state=ExportState.FAILED)
        raise
    return True


def _standing(export_id: UUID) -> CycleExport | None:
    rows = CycleExport.objects.select_for_update(of=("self",)).select_related("record")
    return rows.filter(pk=export_id, state__in=[ExportState.WAITING, ExportState.MAKING]).first()


def _telling(export_id: UUID, person: Person, seat: Seat | None) -> Callable[[Progress], None]:
    def tell(progress: Progress) -> None:
        with acting.acting_as(person, seat):
            export = _standing(export_id)
            if export is not None:
                _note(export, done=progress.done, of=progress.of)

    return tell


def _note(export: CycleExport, **changed: object) -> None:
    ledger.line("assurance.export_made", export.record)
    for name, value in changed.items():
        setattr(export, name, value)
    export.save(update_fields=list(changed))


def remove_expired(board: Board, now: datetime) -> int:
    """Remove workbooks whose time is over; how many. Run twice, the second run finds none."""
    with acting.as_system(board, "keeper"):
        over = list(
            CycleExport.objects.filter(record__board=board, expires_at__lte=now)
            .exclude(state=ExportState.GONE)
            .select_related("asked_by")
        )
    for export in over:
        with acting.acting_as(export.asked_by):
            for file in StoredFile.objects.filter(about=export.record_id, removed_at=None):
                documents.remove(actor=export.asked_by, file=file, because=RemovedBecause.RETENTION, now=now)
        with acting.as_system(board, "keeper"):
            found = CycleExport.objects.select_related("record").get(pk=export.pk)
            ledger.line("assurance.export_removed", found.record)
            found.state = ExportState.GONE
            found.save(update_fields=["state"])
    return len(over)
