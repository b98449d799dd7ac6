"""Files an agency attaches to its answer, and what happens when one turns out to be another child's.

A wrong file is put aside at once: it leaves the agency's circle for that of the case, with a note of what happened,
until somebody deletes it for good.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import AgencyRequest, RequestStep
from wholestory.documents import operations as documents
from wholestory.documents.models import RemovedBecause, StoredFile
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.records.models import Record

#: A file here is about a child by its nature, and that is no reason to refuse it.
BELONGS = "It belongs to what an agency tells about a child who died"
What = RequestStep.What


class CannotAttach(ValueError):
    """Not as it stands; the sentence is for the person."""


def attach(*, actor: Person, request: AgencyRequest, upload: documents.Upload, today: date) -> StoredFile:
    """Keep a file with the request: seen by the agency's people who were asked and by who runs the review.

    Raises CannotAttach once it is answered; what ``documents.keep`` raises.
    """
    if not request.awaited:
        raise CannotAttach("This request has been answered. Ask the coordinator to open it again.")
    return documents.keep(
        actor=actor, about=request.record, upload=upload, today=today, now=timezone.now(),
        not_about_a_child=BELONGS,
    )  # fmt: skip


@transaction.atomic
def put_aside(*, actor: Person, request: AgencyRequest, file: StoredFile, words: str, now: Moment) -> None:
    """Put a wrong file out of everybody's reach but the coordinator's, and note what happened with the case.

    By whoever attached it (they were asked) or who runs the review. Whoever put it aside may not see where it goes.
    Raises CannotAttach for a file of another request or one that was put aside before.
    """
    if not (
        asking.ask(actor, Verb.MANAGE, request.record).yes
        or asking.ask(actor, Verb.WRITE, request.record).yes
    ):
        raise asking.NotForYou(asking.judged([], [], Verb.WRITE, AgencyRequest.record_kind))
    if file.about_id != request.record_id or file.removed_at is not None:
        raise CannotAttach("This file is not here.")
    ledger.line("child_deaths.file_parted", request.record, ids=[file.record_id])
    with acting.as_system(request.record.board_id, "keeper"):
        held = AgencyRequest.objects.select_related("case").get(pk=request.pk)
        ledger.line("child_deaths.file_parted", request.record, ids=[file.record_id])
        aside = held.case.circle_id
        # Every version of it, with its cover sheet.
        for each in StoredFile.objects.filter(series=file.series):
            Record.objects.filter(pk=each.record_id).update(circle_id=aside)
            StoredFile.objects.filter(pk=each.pk).update(circle_id=aside)
        RequestStep.objects.create(
            request=held, circle_id=aside, office_id=held.office_id, what=What.FILE_PARTED,
            words=words, file=file, by=actor, at=now.at,
        )  # fmt: skip


@transaction.atomic
def purge(*, actor: Person, request: AgencyRequest, file: StoredFile, now: Moment) -> None:
    """Delete for good a wrong file that was put aside: its content and key go, who did it and when stays."""
    asking.require(actor, Verb.MANAGE, request.record)
    parted = RequestStep.objects.filter(request=request, what=What.FILE_PARTED, file=file).exists()
    if not parted or file.removed_at is not None:
        raise CannotAttach("This file was not put aside, or is gone already.")
    ledger.line("child_deaths.file_purged", request.record, ids=[file.record_id])
    documents.remove(
        actor=actor, file=file, because=RemovedBecause.TOO_MUCH, now=timezone.now(), verb=Verb.MANAGE
    )
    case = request.case
    RequestStep.objects.create(
        request=request, circle_id=case.circle_id, office_id=request.office_id, what=What.FILE_PURGED, file=file,
        by=actor, at=now.at,
    )  # fmt: skip
