"""One file shown with several records: the same sealed content, under each record's own access."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import transaction

from wholestory import ledger
from wholestory.access import Verb
from wholestory.access.asking import require
from wholestory.documents.models import Marking, StoredFile, newest_versions
from wholestory.documents.operations import Description, NotNow, must_be_open
from wholestory.documents.rules.content import MOST_FOR_ONE_RECORD, NotTaken
from wholestory.partners.models import Person
from wholestory.records import references
from wholestory.records.models import Record


@transaction.atomic
def also_for(
    *, actor: Person, file: StoredFile, about: Record, today: date, described: Description | None = None
) -> StoredFile:
    """Show a file with another record of the same board too: the same content, under that record's own access.

    Later versions and what is said about either are each record's own. Raises NotNow, NotTaken and NotForYou.
    """
    require(actor, Verb.READ, file)
    require(actor, Verb.WRITE, about)
    must_be_open(about)
    if file.removed_at is not None or about.board_id != file.about.board_id:
        raise NotNow("This file was removed. Choose another one")
    if newest_versions().filter(about=about).count() >= MOST_FOR_ONE_RECORD:
        raise NotTaken(
            f"There are {MOST_FOR_ONE_RECORD} files here already. Remove one before you add another"
        )
    said = described or Description(Marking(file.marking), file.document_on, file.review_on, file.owner)
    sheet = Record(
        kind=StoredFile.record_kind, reference=references.new("FI"), board_id=about.board_id, circle_id=about.circle_id,
        office_id=about.office_id, edition=about.edition, opened_on=today, retention=about.retention,
    )  # fmt: skip
    ledger.line("documents.shown_too", sheet, ids=[about.id, file.record_id])
    sheet.save(force_insert=True)
    file_id = uuid4()
    shown = StoredFile(
        id=file_id, record=sheet, about=about, circle_id=about.circle_id, office_id=about.office_id, series=file_id,
        name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256, marking=said.marking,
        scan_state=file.scan_state, scanned_at=file.scanned_at, document_on=said.document_on, review_on=said.review_on,
        owner=said.owner, added_by=actor, added_on=today, place=file.place, wrapped_key=bytes(file.wrapped_key),
        sealed_as=file.seal_id, screened=file.screened, screen_found=file.screen_found,
        screen_reason=file.screen_reason,
    )  # fmt: skip
    shown.save(force_insert=True)
    return shown
