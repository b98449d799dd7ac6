"""Evidence in a return: choose it for lines, take it out, confirm what was brought forward."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.answers import framework_of
from wholestory.assurance.evidence import why_not
from wholestory.assurance.models import EvidenceItem, EvidenceUse, Return
from wholestory.documents import operations as documents
from wholestory.documents import showing_too
from wholestory.documents.models import Marking, RemovedBecause, StoredFile
from wholestory.partners.models import Person

SNAPSHOT = (
    "kind", "title", "link", "words", "document_on", "review_on", "expires_on", "owner_id", "owner_post", "marking",
    "not_about_a_child", "revision",
)  # fmt: skip


class UseRefused(ValueError):
    """The evidence of this return cannot change like that now; the message says why."""


def _must_be_open(ret: Return) -> None:
    if why := why_not(ret.record):
        raise UseRefused(why)


def _known(ret: Return, lines: Collection[str]) -> list[str]:
    """The lines in the order of the framework. Raises UseRefused for one it does not have."""
    items = framework_of(ret).items
    if not set(lines) <= set(items):
        raise UseRefused("Choose the lines from those shown")
    return [key for key in items if key in lines]


@transaction.atomic
def choose(
    *, actor: Person, ret: Return, items: Sequence[EvidenceItem], lines: Collection[str], today: date
) -> None:
    """Use these pieces for these lines, beside the lines they show already.

    Raises UseRefused, NotForYou, and what ``documents`` raises when a file cannot be shown with the return.
    """
    asking.require(actor, Verb.WRITE, ret.record)
    _must_be_open(ret)
    wanted = _known(ret, lines)
    if not items or not wanted:
        raise UseRefused("Choose something from your list, and at least one line that it shows")
    ledger.line("assurance.evidence_chosen", ret.record, ids=[item.record_id for item in items])
    for item in items:
        if item.retired_on is not None or (item.agency_id, item.board_id) != (ret.agency_id, ret.board_id):
            raise UseRefused("Choose from your own list")
        use = EvidenceUse.objects.filter(return_of=ret, item=item).select_related("file").first()
        if use is None:
            use = EvidenceUse(
                circle_id=ret.circle_id, office_id=ret.office_id, item=item, return_of=ret, added_by=actor,
                added_on=today,
            )  # fmt: skip
        use.lines = _known(ret, {*use.lines, *wanted})
        use.to_confirm = False
        _copy(use, item)
        _show_file(actor, use, item, ret, today)
        use.save()


@transaction.atomic
def set_lines(
    *, actor: Person, ret: Return, use: EvidenceUse, lines: Collection[str], today: date, now: datetime
) -> None:
    """The lines it shows from now on; none takes it out of the return. What was brought forward is confirmed."""
    asking.require(actor, Verb.WRITE, ret.record)
    _must_be_open(ret)
    wanted = _known(ret, lines)
    ledger.line("assurance.evidence_chosen", ret.record, ids=[use.item.record_id])
    if not wanted:
        before = use.file
        use.delete()
        _take_away(actor, before, now)
        return
    use.lines, use.to_confirm = wanted, False
    _show_file(actor, use, use.item, ret, today)
    use.save()


def bring_up_to_date(*, actor: Person, item: EvidenceItem, today: date, now: datetime) -> int:
    """Say in every return that is still open what the list says now; how many. Signed returns stay as they are."""
    changed = 0
    uses = EvidenceUse.objects.filter(item=item).select_related(
        "return_of__record", "file__record", "file__about"
    )
    for use in uses:
        ret = use.return_of
        if why_not(ret.record) or not asking.ask(actor, Verb.WRITE, ret.record):
            continue
        ledger.line("assurance.evidence_chosen", ret.record, ids=[item.record_id])
        _copy(use, item)
        before = use.file
        if before is not None and item.file is not None and before.sha256 != item.file.sha256:
            use.file = None
            _show_file(actor, use, item, ret, today)
        elif before is not None and before.sealed_as is not None:
            said = documents.Description(Marking(item.marking), item.document_on, item.review_on, item.owner)
            documents.describe(actor=actor, file=before, described=said)
        use.save()
        if before is not None and use.file_id != before.id:
            _take_away(actor, before, now)
        changed += 1
    return changed


def carry_forward(
    *, actor: Person, ret: Return, before: UUID, lines: Mapping[str, str] | None, today: date
) -> int:
    """Bring the evidence of an earlier return along, to be confirmed; how many. ``lines`` are the new keys with those
    they were; None: all stayed the same. What is no longer in the list stays behind."""
    was = EvidenceUse.objects.filter(return_of=before, item__retired_on=None, item__agency=ret.agency_id)
    already = set(EvidenceUse.objects.filter(return_of=ret).values_list("item_id", flat=True))
    known = framework_of(ret).items
    made = []
    for use in was.select_related("item").order_by("created_at", "id"):
        shows = [new for new in known if (new if lines is None else lines.get(new)) in use.lines]
        if not shows or use.item_id in already:
            continue
        fresh = EvidenceUse(
            circle_id=ret.circle_id, office_id=ret.office_id, item=use.item, return_of=ret, lines=shows,
            to_confirm=True, added_by=actor, added_on=today,
        )  # fmt: skip
        _copy(fresh, use.item)
        made.append(fresh)
    if made:
        ledger.line("assurance.evidence_carried", ret.record)
        EvidenceUse.objects.bulk_create(made)
    return len(made)


def _copy(use: EvidenceUse, item: EvidenceItem) -> None:
    for name in SNAPSHOT:
        setattr(use, name, getattr(item, name))


def _show_file(actor: Person, use: EvidenceUse, item: EvidenceItem, ret: Return, today: date) -> None:
    """The file with the return. One that was given there already, as an answer, is not shown twice."""
    if item.file is None or use.file is not None:
        return
    given = StoredFile.objects.filter(about=ret.record, sha256=item.file.sha256, removed_at=None).first()
    said = documents.Description(Marking(item.marking), item.document_on, item.review_on, item.owner)
    use.file = given or showing_too.also_for(
        actor=actor, file=item.file, about=ret.record, today=today, described=said
    )


def _take_away(actor: Person, file: StoredFile | None, now: datetime) -> None:
    """Take a file out of the return that came from the list; one given as an answer stays."""
    if file is None or file.sealed_as is None or file.removed_at is not None:
        return
    if not EvidenceUse.objects.filter(file=file).exists():
        documents.remove(actor=actor, file=file, because=RemovedBecause.REPLACED, now=now)
