"""What there is, shaped for pages: the files and links of a record, and one file with its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from wholestory.documents import scanner
from wholestory.documents.models import (
    EvidenceLink,
    Marking,
    RemovedBecause,
    ScanState,
    Screened,
    StoredFile,
    newest_versions,
)
from wholestory.documents.rules.content import TAKEN
from wholestory.documents.rules.links import caution
from wholestory.documents.rules.screening import Kind
from wholestory.records.models import Record

_LABELS = {kind.media_type: kind.label for kind in TAKEN}


@dataclass(frozen=True)
class FileLine:
    """One file as a list shows it. ``url`` hands it out; it is empty when that is not possible now."""

    id: UUID
    record_id: UUID
    reference: str
    name: str
    kind: str
    size: str
    marking: str
    state: str
    state_label: str
    version: int
    added_by: str
    added_on: date
    url: str
    about_url: str
    document_on: date | None = None
    review_on: date | None = None
    not_about_a_child: str = ""


@dataclass(frozen=True)
class LinkLine:
    """One link as a list shows it."""

    id: UUID
    url: str
    label: str
    added_by: str
    added_on: date

    @property
    def caution(self) -> str:
        """Who may not be able to open it, in a sentence; empty for an ordinary web page."""
        return caution(self.url)


@dataclass(frozen=True)
class Evidence:
    """What belongs to one record now: earlier versions and removed files are left out."""

    files: tuple[FileLine, ...] = ()
    links: tuple[LinkLine, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.files or self.links)

    def without(self, references: Iterable[str]) -> Evidence:
        """The same, less the files with these references."""
        left_out = frozenset(references)
        return Evidence(tuple(one for one in self.files if one.reference not in left_out), self.links)

    def __len__(self) -> int:
        return len(self.files) + len(self.links)


@dataclass(frozen=True)
class VersionLine:
    """One version in a file's history; ``removed`` says in words what became of it."""

    reference: str
    version: int
    name: str
    size: str
    added_by: str
    added_on: date
    removed: str
    current: bool
    url: str


@dataclass(frozen=True)
class FilePage:
    """Everything about one file."""

    file: FileLine
    owner: str
    sha256: str
    scanned_at: datetime | None
    removed: str
    is_newest: bool
    screened: str
    versions: tuple[VersionLine, ...] = ()


def files() -> QuerySet[StoredFile]:
    """Every file the acting person may see, with what pages need of it."""
    return StoredFile.objects.select_related("record", "about", "added_by", "owner", "removed_by")


def evidence(record: Record) -> Evidence:
    """The files and links of one record: two queries."""
    return evidence_of([record.id]).get(record.id, Evidence())


def evidence_of(record_ids: Iterable[UUID]) -> dict[UUID, Evidence]:
    """The same for many records, still two queries. Records with nothing are left out."""
    wanted = list(record_ids)
    current = newest_versions().filter(about__in=wanted).select_related("record", "added_by")
    links = (
        EvidenceLink.objects.filter(about__in=wanted, removed_at=None)
        .select_related("added_by")
        .order_by("created_at", "id")
    )
    found_files: dict[UUID, list[FileLine]] = defaultdict(list)
    found_links: dict[UUID, list[LinkLine]] = defaultdict(list)
    for file in current.order_by("created_at", "id"):
        found_files[file.about_id].append(line(file))
    for link in links:
        found_links[link.about_id].append(
            LinkLine(link.id, link.url, link.label, link.added_by.full_name, link.added_on)
        )
    return {
        one: Evidence(tuple(found_files[one]), tuple(found_links[one]))
        for one in wanted
        if one in found_files or one in found_links
    }


def page(file: StoredFile) -> FilePage:
    """One file and all its versions, newest first."""
    versions = list(files().filter(series=file.series).order_by("-version"))
    newest = next((one for one in versions if one.removed_at is None), None)
    return FilePage(
        file=line(file),
        owner=file.owner.full_name if file.owner else "",
        sha256=file.sha256,
        scanned_at=file.scanned_at,
        removed=_removed(file),
        is_newest=newest is not None and newest.pk == file.pk,
        screened=screened_words(file),
        versions=tuple(_version(one, file) for one in versions),
    )


def line(file: StoredFile) -> FileLine:
    """A file as a list shows it."""
    state = ScanState(file.scan_state)
    return FileLine(
        id=file.id,
        record_id=file.record_id,
        reference=file.record.reference,
        name=file.name,
        kind=_LABELS.get(file.media_type, file.media_type),
        size=in_words(file.size),
        marking=Marking(file.marking).label,
        state=state.value,
        state_label=state.label,
        version=file.version,
        added_by=file.added_by.full_name,
        added_on=file.added_on,
        url=reverse("documents:file", args=[file.record.reference]) if why_closed(file) == "" else "",
        about_url=reverse("documents:about", args=[file.record.reference]),
        document_on=file.document_on,
        review_on=file.review_on,
        not_about_a_child=file.screen_reason,
    )


def screened_words(file: StoredFile) -> str:
    """How much of a file was looked at before it was kept, what was found, and why it was kept all the same."""
    how_far = f"{Screened(file.screened).label}."
    if not file.screen_found:
        return how_far
    found = "; ".join(Kind(one).label for one in file.screen_found.split())
    return f"{how_far} It holds {found}. Kept because: {file.screen_reason}"


def why_closed(file: StoredFile) -> str:
    """Why nobody can have the content now, in a sentence; empty when they can.

    Where no scanner is set up, an unscanned file is handed out and shown as unscanned: the board decided to run
    without one. Where one is, a file is handed out only once it was found clean.
    """
    if file.removed_at is not None:
        return "This file was removed."
    if file.scan_state == ScanState.INFECTED:
        return "The virus scanner found something harmful in this file. It cannot be opened."
    if file.scan_state == ScanState.FAILED:
        return "This file could not be scanned for viruses yet. It can be opened once it was."
    if file.scan_state == ScanState.UNSCANNED and scanner.configured():
        return "This file has not been scanned for viruses yet. It can be opened once it was."
    return ""


def in_words(size: int) -> str:
    """A number of bytes as people read it: 812 bytes, 34 KB, 1.2 MB."""
    if size < 1024:
        return f"{size} bytes"
    if size < 1024 * 1024:
        return f"{round(size / 1024)} KB"
    return f"{size / (1024 * 1024):.1f} MB"


def _version(one: StoredFile, shown: StoredFile) -> VersionLine:
    return VersionLine(
        reference=one.record.reference,
        version=one.version,
        name=one.name,
        size=in_words(one.size),
        added_by=one.added_by.full_name,
        added_on=one.added_on,
        removed=_removed(one),
        current=one.pk == shown.pk,
        url=reverse("documents:about", args=[one.record.reference]),
    )


def _removed(file: StoredFile) -> str:
    if file.removed_at is None or file.removed_by is None:
        return ""
    return f"Removed by {file.removed_by.full_name}: {RemovedBecause(file.removed_because).label.lower()}"
