"""An agency says that it will not answer: its words are kept, nobody chases it any more, and it can be asked again."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Return, StageChange
from wholestory.assurance.operations.cycles import CycleRefused
from wholestory.assurance.operations.moving import move
from wholestory.partners.models import Person


@transaction.atomic
def record(*, actor: Person, ret: Return, words: str, today: date) -> None:
    """Keep that the agency refuses, in its own words as it told the board. It reads them on its page."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if not words.strip():
        raise CycleRefused("Write down what the organisation said.")
    move(ret, "refused", actor=actor, today=today, reason=words.strip())
    ret.refused_reason = words.strip()
    ret.save(update_fields=["refused_reason"])


@transaction.atomic
def ask_again(*, actor: Person, ret: Return, reason: str, today: date) -> None:
    """Ask once more after a refusal. What was answered before is still there; the refusal stays in the history."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if not reason.strip():
        raise CycleRefused("Say why the organisation is asked again.")
    # One that never started starts now, with last time's answers brought forward.
    begun = StageChange.objects.filter(return_of=ret, move="begun").exists()
    name = "refusal_lifted" if begun else "asked_anew"
    move(ret, name, actor=actor, today=today, reason=reason.strip())
    ret.refused_reason = ""
    ret.save(update_fields=["refused_reason"])
