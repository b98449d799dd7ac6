"""An agency's evidence list: add, take in a file that is here already, change, give a new version, retire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import EvidenceItem, EvidenceKind
from wholestory.assurance.operations.among_colleagues import own_circle
from wholestory.assurance.operations.evidence_uses import bring_up_to_date
from wholestory.documents import operations as documents
from wholestory.documents import showing_too
from wholestory.documents.models import Marking, StoredFile
from wholestory.documents.operations import SHORTEST_REASON, LooksLikeAChild, Upload
from wholestory.documents.rules.screening import look_at_words
from wholestory.partners.models import Agency, Board, Person
from wholestory.records import opening

EVIDENCE = opening.Opening(EvidenceItem.record_kind, "EV", "assurance")


class EvidenceRefused(ValueError):
    """The list cannot be changed like that now; the message says why."""


@dataclass(frozen=True)
class Said:
    """What somebody says of a piece of evidence."""

    kind: EvidenceKind
    title: str
    link: str = ""
    words: str = ""
    document_on: date | None = None
    review_on: date | None = None
    expires_on: date | None = None
    owner: Person | None = None
    owner_post: str = ""
    marking: Marking = Marking.OFFICIAL
    not_about_a_child: str = ""

    @property
    def described(self) -> documents.Description:
        """The part of it that belongs to a file too."""
        return documents.Description(self.marking, self.document_on, self.review_on, self.owner)


FIELDS = (
    "kind", "title", "link", "words", "document_on", "review_on", "expires_on", "owner", "owner_post", "marking",
)  # fmt: skip


def _looked_at(said: Said) -> str:
    """The reason to keep, when the words look like a record about a child. Raises LooksLikeAChild without one."""
    reason, kept = said.not_about_a_child.strip(), ""
    for field in ("title", "link", "words"):
        if findings := look_at_words(getattr(said, field)):
            if len(reason) < SHORTEST_REASON:
                raise LooksLikeAChild("What you wrote", findings, field)
            kept = reason
    return kept


@transaction.atomic
def add(
    *,
    actor: Person,
    board: Board,
    agency: Agency,
    said: Said,
    today: date,
    now: datetime,
    upload: Upload | None = None,
    taken: StoredFile | None = None,
) -> EvidenceItem:
    """Add a piece. A file comes as ``upload``, or is ``taken`` from where it was given already.

    Raises LooksLikeAChild and whatever ``documents.keep`` raises, EvidenceRefused for a file that is missing, and
    NotForYou.
    """
    if (said.kind == EvidenceKind.FILE) != (upload is not None or taken is not None):
        raise EvidenceRefused("Choose a file")
    reason = _looked_at(said)
    circle, office = own_circle(board, agency)
    record = opening.sheet(EVIDENCE, board, circle, office, today, verb="assurance.evidence_added")
    asking.require(actor, Verb.WRITE, record)
    item = EvidenceItem(
        record=record, circle=circle, office=office, board=board, agency=agency, added_by=actor, added_on=today,
        not_about_a_child=reason, **{name: getattr(said, name) for name in FIELDS},
    )  # fmt: skip
    if taken is not None:
        item.file = showing_too.also_for(
            actor=actor, file=taken, about=record, today=today, described=said.described
        )
    elif upload is not None:
        item.file = documents.keep(
            actor=actor, about=record, upload=upload, today=today, now=now, described=said.described,
            not_about_a_child=said.not_about_a_child,
        )  # fmt: skip
    if item.file is not None:
        item.not_about_a_child = item.file.screen_reason or reason
    item.save(force_insert=True)
    return item


@transaction.atomic
def change(*, actor: Person, item: EvidenceItem, said: Said, today: date, now: datetime) -> None:
    """Change what is said of it. Returns that are still open say the same at once; signed ones stay as they are."""
    asking.require(actor, Verb.WRITE, item.record)
    reason = _looked_at(said)
    item = _held(item)
    ledger.line("assurance.evidence_changed", item.record)
    for name in FIELDS:
        if name != "kind":
            setattr(item, name, getattr(said, name))
    item.not_about_a_child = reason or (item.file.screen_reason if item.file else "")
    item.revision += 1
    item.save(force_update=True)
    if item.file is not None:
        documents.describe(actor=actor, file=item.file, described=said.described)
    bring_up_to_date(actor=actor, item=item, today=today, now=now)


@transaction.atomic
def new_version(
    *,
    actor: Person,
    item: EvidenceItem,
    upload: Upload,
    document_on: date | None,
    review_on: date | None,
    today: date,
    now: datetime,
    not_about_a_child: str = "",
) -> None:
    """A later file in place of the one there is; open returns show it at once, signed ones keep theirs."""
    asking.require(actor, Verb.WRITE, item.record)
    item = _held(item)
    if item.file is None:
        raise EvidenceRefused("Only a file has versions. Change what is said instead")
    described = documents.Description(Marking(item.marking), document_on, review_on, item.owner)
    item.file = documents.keep(
        actor=actor, about=item.record, upload=upload, today=today, now=now, described=described,
        instead_of=item.file, not_about_a_child=not_about_a_child,
    )  # fmt: skip
    ledger.line("assurance.evidence_changed", item.record, reason="new_version")
    item.document_on, item.review_on, item.expires_on = document_on, review_on, None
    item.not_about_a_child = item.file.screen_reason
    item.revision += 1
    item.save(force_update=True)
    bring_up_to_date(actor=actor, item=item, today=today, now=now)


@transaction.atomic
def retire(*, actor: Person, item: EvidenceItem, today: date) -> None:
    """No longer offered. Returns that use it keep it."""
    asking.require(actor, Verb.WRITE, item.record)
    item = _held(item)
    ledger.line("assurance.evidence_retired", item.record)
    item.retired_on = today
    item.save(force_update=True, update_fields=["retired_on"])


def _held(item: EvidenceItem) -> EvidenceItem:
    rows = EvidenceItem.objects.select_for_update(of=("self",)).select_related(
        "record", "file__record", "owner"
    )
    held = rows.get(pk=item.pk)
    if held.retired_on is not None:
        raise EvidenceRefused("This was taken out of your list. Add it again if you need it")
    return held
