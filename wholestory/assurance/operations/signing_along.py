"""One signature for several boards: where a second board asks the shared questions and nothing besides, the person who
signed for the first has read everything the second would show them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Return
from wholestory.assurance.operations import returns, shared_answers
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.status import OPEN_STAGES
from wholestory.paperwork import operations as paperwork
from wholestory.partners.models import Person


def sign_along(*, actor: Person, ret: Return, post: str, today: date, now: datetime) -> list[Return]:
    """Sign the agency's returns to the other boards of the round that hold the shared answers and no question of their
    board's own. Only those this person may sign; the others are left for whoever signs there.
    """
    joint = shared_answers.round_of(ret)
    if joint is None or ret.core_elsewhere or ret.stage in OPEN_STAGES:
        return []
    core = {standard.key for standard in shared_answers.core_of(joint).standards}
    signed = []
    for one in shared_answers.siblings(ret, joint):
        # As this person: a return of a board they hold no seat with is not there for them.
        found = (
            Return.objects.select_related("record", "answers", "board", "agency").filter(pk=one.id).first()
        )
        if found is None or not one.core_elsewhere or found.stage not in OPEN_STAGES:
            continue
        if {standard.key for standard in framework_of(found).standards} - core:
            continue
        if not asking.ask(actor, Verb.DECIDE, found.record):
            continue
        try:
            with transaction.atomic():
                returns.sign_off(actor=actor, ret=found, post=post, today=today, now=now)
        except (paperwork.NotReady, paperwork.NotOpen, CannotMove, returns.ReturnRefused):
            continue  # something stands in its way there: its own page says what, and it is signed there
        signed.append(found)
    return signed
