"""Settling two versions of one answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wholestory import ledger
from wholestory.paperwork import watching
from wholestory.paperwork.given import Given
from wholestory.paperwork.models import Answer, AnswerHistory, Clash, How, SettledHow
from wholestory.paperwork.operations.drafts import columns_of, doors_of, write_answers
from wholestory.paperwork.operations.holding import held
from wholestory.paperwork.operations.refusals import Overtaken
from wholestory.partners.models import Person


def settle(
    *,
    actor: Person,
    set_id: UUID,
    clash_id: UUID,
    how: SettledHow,
    base: int,
    now: datetime,
    given: Given | None = None,
) -> None:
    """Choose the saved answer, the version kept aside, or a third made of both (``given``). ``base`` is the revision
    of the saved answer that was looked at. Both texts stay in the history whatever is chosen.

    Raises what ``held`` raises, Clash.DoesNotExist (settled already), Overtaken, ValueError (together without text).
    """
    form_set = held(set_id, actor=actor)
    clash = Clash.objects.select_for_update(of=("self",)).get(
        pk=clash_id, answer_set=form_set, settled_at=None
    )
    standing = Answer.objects.filter(answer_set=form_set, key=clash.key, item=clash.item).first()
    revision = standing.revision if standing else 0
    if revision != base:
        raise Overtaken
    if how is SettledHow.TOGETHER and given is None:
        raise ValueError("Putting two versions together needs the text.")
    chosen = clash.given if how is SettledHow.MINE else given
    ledger.line("paperwork.settled", form_set.record, reason=how.value)
    if how is not SettledHow.THEIRS and chosen is not None:
        columns, doors = columns_of(clash.place, chosen), doors_of(form_set)
        who = {"answer_set": form_set, "saved_by": actor, "saved_at": now, "revision": revision + 1}
        write_answers([Answer(**doors, **columns, **who)])
        AnswerHistory.objects.create(**doors, **columns, **who, how=How.SETTLED)
        watching.changed(form_set, actor)
    clash.settled_by, clash.settled_at, clash.settled_how = actor, now, how
    clash.save(update_fields=["settled_by", "settled_at", "settled_how"])
