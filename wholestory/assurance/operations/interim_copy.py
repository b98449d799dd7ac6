"""An interim return begins as a copy of its baseline, which is read and never written."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.models import Return
from wholestory.paperwork.models import Answer, AnswerHistory, AnswerSet, How
from wholestory.paperwork.operations.drafts import columns_of, doors_of, write_answers
from wholestory.partners.models import Person


def copy_baseline(*, actor: Person, ret: Return, now: datetime) -> int:
    """Fill an interim return with the answers of its baseline, as they stand there and not to be confirmed; how many.

    The system copies: the baseline may be a predecessor's, which this agency's people cannot open. Only places that
    hold nothing yet are filled.
    """
    with acting.as_system(ret.board_id, "tally"):
        base = Return.objects.get(interims=ret.pk)
        source = Answer.objects.filter(answer_set=base.answers_id, to_confirm=False).order_by("key", "item")
        target = AnswerSet.objects.select_for_update(of=("self",), no_key=True).select_related("record")
        own = target.get(pk=ret.answers_id)
        taken = set(Answer.objects.filter(answer_set=own).values_list("key", "item"))
        doors, answers, history = doors_of(own), [], []
        for was in source:
            if (was.key, was.item) in taken:
                continue
            columns = columns_of(was.place, was.given)
            who = {"answer_set": own, "saved_by": actor, "saved_at": now, "revision": 1}
            answers.append(Answer(**doors, **columns, **who, from_previous=True))
            history.append(AnswerHistory(**doors, **columns, **who, how=How.CARRIED))
        ledger.line("paperwork.carried_forward", own.record)
        write_answers(answers)
        AnswerHistory.objects.bulk_create(history)
        own.carried_from_id = base.answers_id
        own.save(update_fields=["carried_from"])
    return len(answers)


def promised_before(ret: Return) -> set[str]:
    """The items of an interim return whose plan and date are those of the baseline: they became actions then."""
    if ret.baseline_id is None:
        return set()
    with acting.as_system(ret.board_id, "tally"):
        base = Return.objects.values_list("answers_id", flat=True).get(interims=ret.pk)
        before, now = _values(base), _values(ret.answers_id)
    promised = set()
    for item in framework_of(ret).items:
        keys = item_keys(item)
        plan = before.get(keys.plan)
        if plan and (plan, before.get(keys.plan_due)) == (now.get(keys.plan), now.get(keys.plan_due)):
            promised.add(item)
    return promised


def _values(answers_id: UUID) -> dict[str, object]:
    return dict(Answer.objects.filter(answer_set=answers_id, item=0).values_list("key", "value"))
