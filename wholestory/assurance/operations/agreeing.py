""" "Not applicable" on a critical line could hide a gap: a moderator agrees to it before the result is released.

Source: domain notes on quality assurance, 6.2 item 18.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.assurance.answers import framework_of, scores_of
from wholestory.assurance.models import Judgement, Return
from wholestory.assurance.operations.moving import held
from wholestory.assurance.rules.moderation import needs_moderator
from wholestory.assurance.rules.rollup import ItemAnswer
from wholestory.partners.models import Person


class NotAgreed(ValueError):
    """Something a moderator must agree to was not agreed; the message says which lines and what to do."""


@transaction.atomic
def agree(*, actor: Person, ret: Return, item: str, reason: str, today: date) -> Judgement:
    """Agree that a critical line does not apply to this agency. Whoever calls this has asked whether ``actor`` may."""
    if held(ret) not in ("signed_off", "answered"):
        raise NotAgreed("This can be agreed while a return is signed off and no query is open.")
    if item not in {row.item for row in _needing(ret)}:
        raise NotAgreed("Nothing has to be agreed on this line.")
    ledger.line("assurance.judged", ret.record)
    judgement, _ = Judgement.objects.update_or_create(
        return_of=ret, item=item,
        defaults={
            "circle_id": ret.notes_circle_id, "office_id": ret.office_id, "self_score": "", "score": "",
            "reason": reason.strip(), "by": actor, "on": today,
        },
    )  # fmt: skip
    return judgement


def check_agreed(ret: Return) -> None:
    """Refuse while a critical line is said not to apply and no moderator has agreed. Raises NotAgreed."""
    needing = [row.item for row in _needing(ret)]
    if not needing:
        return
    agreed = Judgement.objects.filter(return_of=ret, item__in=needing, score="")
    if ret.signed_off_on is not None:
        # What was agreed before the answers were signed anew was agreed to other answers.
        agreed = agreed.filter(on__gte=ret.signed_off_on)
    waiting = set(needing) - set(agreed.values_list("item", flat=True))
    if waiting:
        numbers = framework_of(ret).numbers
        lines = ", ".join(numbers[item] for item in needing if item in waiting)
        raise NotAgreed(
            f"Critical lines are said not to apply: {lines}. Agree to each, or ask the agency, before you go on."
        )


def _needing(ret: Return) -> list[ItemAnswer]:
    rows = scores_of([ret], cap=None, judgements=False)[ret.id].items
    return [row for row in rows if needs_moderator(row)]
