"""Publishing forms, starting filled-in ones, and carrying last time's answers forward."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from uuid import UUID

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.paperwork import queries
from wholestory.paperwork.form import Form
from wholestory.paperwork.given import Place
from wholestory.paperwork.models import Answer, AnswerHistory, AnswerSet, FormVersion, How
from wholestory.paperwork.operations.drafts import columns_of, doors_of, write_answers
from wholestory.paperwork.operations.holding import held
from wholestory.paperwork.operations.refusals import FormChanged
from wholestory.paperwork.sealing import seal, to_json
from wholestory.partners.models import Person
from wholestory.records.models import Record


def publish(form: Form) -> FormVersion:
    """The published version of a form, published now if it was not yet.

    Raises ValueError when another definition was published under the same version.
    """
    sealed = seal(form)
    version, _new = FormVersion.objects.get_or_create(
        key=form.key,
        version=form.version,
        defaults={"title": form.title, "edition": form.edition, "seal": sealed, "definition": to_json(form)},
    )
    if version.seal != sealed:
        raise ValueError(f"{form.key} version {form.version} was published before, and said something else.")
    return version


def start(*, actor: Person, record: Record, version: FormVersion, verb: Verb = Verb.WRITE) -> AnswerSet:
    """Begin a filled-in form for a record: empty, a draft."""
    asking.require(actor, verb, record)
    ledger.line("paperwork.started", record)
    form_set = _new_set(actor, record, version)
    form_set.save(force_insert=True)
    return form_set


def start_many(*, actor: Person, records: Sequence[Record], version: FormVersion) -> list[AnswerSet]:
    """Begin one for each of many records: one line, one insert. The room that issues them has asked whether ``actor``
    may; the database still refuses records that ``actor`` cannot see."""
    if not records:
        return []
    ledger.line(
        "paperwork.started",
        kind=records[0].kind,
        ids=[each.id for each in records],
        board_id=records[0].board_id,
    )
    return AnswerSet.objects.bulk_create([_new_set(actor, record, version) for record in records])


def carry_forward(
    *,
    actor: Person,
    source_id: UUID,
    target_id: UUID,
    now: datetime,
    same: Mapping[str, str] | None = None,
    read_as: AbstractContextManager[None] | None = None,
) -> int:
    """Copy the answers of an earlier form as drafts to confirm, wherever the new one is still untouched. Returns how
    many.

    The two must have the same definition, or ``same`` says which questions of the new form ask what the earlier one
    asked (new key: earlier key); the others stay blank. ``read_as`` is who reads the earlier form where ``actor`` may
    not (another body's, which this one carries on from). Raises what ``held`` raises, AnswerSet.DoesNotExist and
    FormChanged.
    """
    target = held(target_id, actor=actor)
    with read_as or nullcontext():
        source = queries.filled(queries.answer_set(source_id))
    if source.answer_set.form_version_id != target.form_version_id and same is None:
        raise FormChanged
    form = queries.form_of(target.form_version)
    renamed = {was: now_called for now_called, was in (same or {key: key for key in form.asked}).items()}
    taken = set(Answer.objects.filter(answer_set=target).values_list("key", "item"))
    doors, answers, history = doors_of(target), [], []
    for was in source.sheet.places:
        if was.key not in renamed or renamed[was.key] not in form.asked:
            continue
        place = Place(renamed[was.key], was.item)
        carried = form.question(place.key).carry(source.sheet.at(was))
        if carried.is_blank or (place.key, place.item) in taken:
            continue
        columns = columns_of(place, carried)
        who = {"answer_set": target, "saved_by": actor, "saved_at": now, "revision": 1}
        answers.append(Answer(**doors, **columns, **who, from_previous=True, to_confirm=True))
        history.append(AnswerHistory(**doors, **columns, **who, how=How.CARRIED))
    ledger.line("paperwork.carried_forward", target.record)
    write_answers(answers)
    AnswerHistory.objects.bulk_create(history)
    target.carried_from = source.answer_set
    target.save(update_fields=["carried_from"])
    return len(answers)


def _new_set(actor: Person, record: Record, version: FormVersion) -> AnswerSet:
    return AnswerSet(
        circle_id=record.circle_id,
        office_id=record.office_id,
        record=record,
        form_version=version,
        started_by=actor,
    )
