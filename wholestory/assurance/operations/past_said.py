"""What an agency says of its own return that was brought in from a file."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Return, SaidOfPast, Stage, StageChange
from wholestory.assurance.operations.past import PastRefused
from wholestory.assurance.operations.returns import AGENCY_SPEAKS
from wholestory.partners.models import Person


@transaction.atomic
def say(*, actor: Person, ret: Return, is_right: bool, words: str, today: date) -> SaidOfPast:
    """Confirm it, or say what is not right: a note to the board's team. No answer changes by it, and nothing is signed.

    Raises PastRefused where the return was not brought in, or nobody says what is wrong.
    """
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    standing = Return.objects.select_for_update().only("stage").get(pk=ret.pk).stage
    if standing != Stage.BROUGHT_IN:
        raise PastRefused("This return was not brought in from a file, or was taken back.")
    if not is_right and not words.strip():
        raise PastRefused("Say what is not right.")
    move = "past_confirmed" if is_right else "past_disputed"
    ledger.line("assurance.past_confirmed" if is_right else "assurance.past_disputed", ret.record)
    said = SaidOfPast.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, is_right=is_right, words=words.strip(),
        by=actor, on=today,
    )  # fmt: skip
    StageChange.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move=move, from_stage=standing,
        to_stage=standing, by=actor, on=today, reason=words.strip(),
    )  # fmt: skip
    ret.confirmed_on = today if is_right else None
    ret.save(update_fields=["confirmed_on"])
    return said
