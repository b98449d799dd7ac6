"""Adding, describing and removing what belongs to a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Protocol
from uuid import UUID, uuid4

from django.db import transaction

from wholestory import ledger
from wholestory.access import Verb, acting
from wholestory.access.asking import require
from wholestory.documents import gates, looking, scanner, shelf
from wholestory.documents.models import (
    EvidenceLink,
    Marking,
    RemovedBecause,
    ScanState,
    StoredFile,
    newest_versions,
)
from wholestory.documents.rules import content, names
from wholestory.documents.rules.content import MOST_FOR_ONE_RECORD, NotTaken
from wholestory.documents.rules.screening import Finding, look_at_words
from wholestory.partners.models import Person
from wholestory.records import references
from wholestory.records.models import Record


class Upload(Protocol):
    """A file as a form hands it over."""

    name: str | None
    size: int | None
    file: IO[bytes]


class NotNow(Exception):
    """What was asked for does not fit what the file is now. The text is a sentence for the person."""


class LooksLikeAChild(NotTaken):
    """It looks like a record about a child, and nobody said why it is not one. Nothing of it was kept.

    ``field`` is empty for a file, and says for words which of them it is.
    """

    def __init__(self, what: str, findings: Sequence[Finding], field: str = "") -> None:
        self.what, self.findings, self.field = what, tuple(findings), field
        found = "; ".join(finding.words for finding in self.findings)
        subject, out = (what, "Take it out") if field else (f"“{what}”", "Choose another file")
        super().__init__(
            f"{subject} was not kept, because it looks like a record about a child: {found}."
            f" Records about a child do not belong here. {out}, or say why it is not about a child"
        )


#: What a file is called whose own name said more about somebody than it should.
NAME_TAKEN_AWAY = "Name taken away"

#: What a reason must be, to be more than a key pressed.
SHORTEST_REASON = 10


def must_be_open(about: Record) -> None:
    """Raise NotNow when the files of this record cannot change just now."""
    try:
        gates.must_be_open(about)
    except gates.Closed as closed:
        raise NotNow(str(closed)) from closed


@dataclass(frozen=True)
class Description:
    """What somebody says about a file."""

    marking: Marking = Marking.OFFICIAL_SENSITIVE
    document_on: date | None = None
    review_on: date | None = None
    owner: Person | None = None


def keep(
    *,
    actor: Person,
    about: Record,
    upload: Upload,
    today: date,
    now: datetime,
    described: Description | None = None,
    instead_of: StoredFile | None = None,
    accepts: tuple[str, ...] = (),
    verb: Verb = Verb.WRITE,
    not_about_a_child: str = "",
    made_here: bool = False,
) -> StoredFile:
    """Check, scan, look through, seal and keep a file of ``about``; ``instead_of`` is the version it follows.

    ``accepts`` are the endings it may have, where that is fewer than the board takes. ``verb`` is what ``actor`` must
    be allowed to do with the record: MANAGE where the board's team keeps what an agency sent it.
    ``not_about_a_child`` is what somebody said about a file that looks like a record about a child; it is kept with it.
    ``made_here`` is for a file the system made of what it keeps: nothing new comes in with it, so it is not looked
    through, which takes seconds for a large one; the file says so.

    Raises LooksLikeAChild, NotTaken (with the reason for the person), NotNow (a newer version is there already),
    NotForYou, or ``shelf.Unreachable``. Nothing is kept when it raises. A file that held something harmful, or that
    looks like a record about a child, leaves a line behind.
    """
    require(actor, verb, about)
    must_be_open(about)
    name = names.tidy(upload.name or "")
    kind = content.what_is(name, upload.size or 0, upload.file, accepts)
    if instead_of is None and newest_versions().filter(about=about).count() >= MOST_FOR_ONE_RECORD:
        raise NotTaken(
            f"There are {MOST_FOR_ONE_RECORD} files here already. Remove one before you add another"
        )
    upload.file.seek(0)
    found = scanner.scan(upload.file)
    if found is scanner.Verdict.INFECTED:
        ledger.line("documents.refused", about, reason="harmful", writes=False)
        raise NotTaken(f"“{name}” was refused: the virus scanner found something harmful in it")
    upload.file.seek(0)
    looked = (
        looking.Looked((), looking.Extent.MADE)
        if made_here
        else looking.look_through(name, kind, upload.file)
    )
    reason = not_about_a_child.strip()[:500] if looked.findings else ""
    if looked.findings and len(reason) < SHORTEST_REASON:
        ledger.line("documents.refused", about, reason="like_a_child_record", writes=False)
        raise LooksLikeAChild(name, looked.findings)
    file_id = uuid4()
    kept = shelf.put(file_id, upload.file)
    try:
        return _write_down(
            file_id,
            name,
            kind.media_type,
            kept,
            found,
            actor,
            about,
            today,
            now,
            described or Description(),
            instead_of,
            looked,
            reason,
        )
    except BaseException:
        shelf.remove(kept.place)
        raise


@transaction.atomic
def _write_down(
    file_id: UUID,
    name: str,
    media_type: str,
    kept: shelf.Kept,
    found: scanner.Verdict,
    actor: Person,
    about: Record,
    today: date,
    now: datetime,
    described: Description,
    instead_of: StoredFile | None,
    looked: looking.Looked,
    reason: str,
) -> StoredFile:
    before = _last_version(instead_of) if instead_of else None
    sheet = Record(
        kind=StoredFile.record_kind, reference=references.new("FI"), board_id=about.board_id, circle_id=about.circle_id,
        office_id=about.office_id, edition=about.edition, opened_on=today, retention=about.retention,
    )  # fmt: skip
    ledger.line("documents.version_added" if before else "documents.added", sheet, ids=[about.id])
    sheet.save(force_insert=True)
    file = StoredFile(
        id=file_id, record=sheet, about=about, circle_id=about.circle_id, office_id=about.office_id,
        series=before.series if before else file_id, version=before.version + 1 if before else 1, supersedes=before,
        name=name, media_type=media_type, size=kept.size, sha256=kept.sha256, marking=described.marking,
        scan_state=found.value, scanned_at=None if found is scanner.Verdict.UNSCANNED else now,
        document_on=described.document_on, review_on=described.review_on, owner=described.owner or actor,
        added_by=actor, added_on=today, place=kept.place, wrapped_key=kept.wrapped_key, screened=looked.extent.value,
        screen_found=" ".join(dict.fromkeys(finding.kind.value for finding in looked.findings)), screen_reason=reason,
    )  # fmt: skip
    file.save(force_insert=True)
    return file


def _last_version(of: StoredFile) -> StoredFile:
    """The version a new one follows, locked; two people adding at once must not both follow the same one.

    What was removed is passed over: when the newest version was a mistake, the one before it is the newest again.
    The row that is followed may be a removed one, so that no number is given twice.
    """
    versions = list(StoredFile.objects.select_for_update().filter(series=of.series).order_by("-version"))
    newest = next((one for one in versions if one.removed_at is None), None)
    if newest is None or not any(one.pk == of.pk and one.removed_at is None for one in versions):
        raise NotNow("This file was removed. Add yours as a new file")
    if newest.pk != of.pk:
        raise NotNow("Somebody added a newer version in the meantime. Look at it first, then add yours to it")
    return versions[0]


@transaction.atomic
def describe(*, actor: Person, file: StoredFile, described: Description) -> None:
    """Change what is said about a file: its marking, dates and owner. Its content never changes."""
    require(actor, Verb.WRITE, file.about)
    must_be_open(file.about)
    if file.removed_at is not None:
        raise NotNow("This file was removed")
    lowered = file.marking == Marking.OFFICIAL_SENSITIVE and described.marking == Marking.OFFICIAL
    ledger.line("documents.described", file.record, reason="marking_lowered" if lowered else "")
    file.marking = described.marking
    file.document_on, file.review_on, file.owner = described.document_on, described.review_on, described.owner
    file.save(force_update=True, update_fields=["marking", "document_on", "review_on", "owner"])


@transaction.atomic
def remove(
    *, actor: Person, file: StoredFile, because: RemovedBecause, now: datetime, verb: Verb = Verb.WRITE
) -> None:
    """Take the content away and keep the row: who removed it, when and why. ``verb`` is what ``actor`` must be allowed
    to do with the record it belongs to.

    The key is emptied in the same transaction, so that the content is gone from the moment it commits, whatever is
    left on a disk; the sealed bytes are deleted after it. A file that says too much may do so by its name, so that goes
    too.
    """
    require(actor, verb, file.about)
    must_be_open(file.about)
    file = StoredFile.objects.select_for_update().select_related("record").get(pk=file.pk)
    if file.removed_at is not None:
        raise NotNow("This file was removed already")
    ledger.line("documents.removed", file.record, reason=because.value)
    place = "" if _stands_elsewhere(file) else file.place
    file.removed_at, file.removed_by, file.removed_because = now, actor, because.value
    file.wrapped_key = b""
    if because is RemovedBecause.TOO_MUCH:
        file.name = NAME_TAKEN_AWAY
    columns = ["removed_at", "removed_by", "removed_because", "wrapped_key", "name"]
    file.save(force_update=True, update_fields=columns)
    if place:
        transaction.on_commit(lambda: shelf.remove(place))


def _stands_elsewhere(file: StoredFile) -> bool:
    """Whether another record shows the same content. Whoever removes a file need not see that other record."""
    with acting.as_system(file.about.board_id, "keeper"):
        same = StoredFile.objects.filter(place=file.place, removed_at=None).exclude(pk=file.pk)
        return same.exists()


@transaction.atomic
def add_link(*, actor: Person, about: Record, url: str, label: str, today: date) -> EvidenceLink:
    """Evidence that stays where it is. Raises NotTaken for an address that is not a web page."""
    require(actor, Verb.WRITE, about)
    must_be_open(about)
    if not url.lower().startswith(("https://", "http://")):
        raise NotTaken("Enter a web address that begins with https://")
    if findings := look_at_words(f"{url}\n{label}", "the link"):
        ledger.line("documents.refused", about, reason="like_a_child_record", writes=False)
        raise NotTaken(
            f"This link looks like one to a record about a child: {findings[0].words}."
            " Records about a child do not belong here. Choose another page, or change what you call it"
        )
    ledger.line("documents.link_added", about)
    link = EvidenceLink(
        about=about, circle_id=about.circle_id, office_id=about.office_id, url=url, label=label.strip() or url[:160],
        added_by=actor, added_on=today,
    )  # fmt: skip
    link.save(force_insert=True)
    return link


@transaction.atomic
def remove_link(*, actor: Person, link: EvidenceLink, now: datetime) -> None:
    """Take a link away; who added and who removed it stays."""
    require(actor, Verb.WRITE, link.about)
    must_be_open(link.about)
    ledger.line("documents.link_removed", link.about)
    link.removed_at, link.removed_by = now, actor
    link.save(force_update=True, update_fields=["removed_at", "removed_by"])


def note_scan(*, file: StoredFile, found: scanner.Verdict, now: datetime) -> None:
    """Write down what a later scan said. The system acts; a file found harmful is closed from then on."""
    with transaction.atomic():
        ledger.line("documents.scanned", file.record, reason=found.value)
        file.scan_state, file.scanned_at = ScanState(found.value), now
        file.save(force_update=True, update_fields=["scan_state", "scanned_at"])
