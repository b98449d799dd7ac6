"""Answers the system puts into a form because they were given elsewhere: in another form, or in a file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from wholestory import ledger
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.models import Answer, AnswerHistory, AnswerSet, How, Status
from wholestory.paperwork.operations.drafts import columns_of, doors_of, write_answers
from wholestory.paperwork.operations.refusals import NotOpen
from wholestory.partners.models import Person


def said_at(set_id: UUID, keys: Collection[str]) -> list[tuple[str, Given]]:
    """What stands at these questions (outside repeating groups); those left alone are not in the list."""
    rows = Answer.objects.filter(answer_set=set_id, key__in=keys, item=0, to_confirm=False).order_by("key")
    return [(row.key, row.given) for row in rows]


def put(
    *,
    actor: Person,
    set_id: UUID,
    given: Sequence[tuple[Place, Given]],
    now: datetime,
    reason: str = "shared_answers",
) -> int:
    """Put these answers in place of what stands; what stood before stays in the history. Returns how many changed.
    ``reason`` is a code for the access record.

    For the system only, on questions nobody answers in this form by hand: whoever calls it has asked whether it may,
    acts as the system, and keeps people off those pages. Raises NotOpen when the form was sent or closed.
    """
    form_set = (
        AnswerSet.objects.select_for_update(of=("self",), no_key=True).select_related("record").get(pk=set_id)
    )
    if form_set.status != Status.DRAFT:
        raise NotOpen(closed=form_set.status == Status.LOCKED)
    standing = {
        row.place: row
        for row in Answer.objects.filter(answer_set=form_set, key__in=[place.key for place, _ in given])
    }
    answers, history = [], []
    for place, said in given:
        before = standing.get(place)
        if before is not None and before.given == said:
            continue
        revision = before.revision + 1 if before else 1
        who = {"answer_set": form_set, "saved_by": actor, "saved_at": now, "revision": revision}
        columns, doors = columns_of(place, said), doors_of(form_set)
        answers.append(Answer(**doors, **columns, **who))
        history.append(AnswerHistory(**doors, **columns, **who, how=How.SAVED))
    if answers:
        ledger.line("paperwork.saved", form_set.record, reason=reason)
        write_answers(answers)
        AnswerHistory.objects.bulk_create(history)
    return len(answers)
