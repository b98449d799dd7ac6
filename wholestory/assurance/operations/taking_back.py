"""What an agency asked for and takes back while nobody has decided: more time, or a signature."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Return, StageChange
from wholestory.assurance.operations import more_time
from wholestory.assurance.operations.moving import held
from wholestory.assurance.operations.returns import AGENCY_SPEAKS, ASKED_TO_SIGN
from wholestory.assurance.queries.moves import BESIDE
from wholestory.assurance.status import OPEN_STAGES
from wholestory.correspondence import operations as post
from wholestory.partners.models import Person

#: What the history calls each.
TIME_TAKEN_BACK, SIGNING_TAKEN_BACK = "more_time_taken_back", "signing_taken_back"


class TooLate(ValueError):
    """Somebody has decided already, or there is nothing to take back; the message says which."""


def asks_for_a_signature(ret: Return) -> StageChange | None:
    """The request to sign that waits: nothing has happened to the return since. None when none does."""
    if ret.stage not in OPEN_STAGES:
        return None
    moves = StageChange.objects.filter(return_of=ret).exclude(move__in=BESIDE)
    last = moves.order_by("-created_at").first()
    return last if last is not None and last.move == ASKED_TO_SIGN else None


@transaction.atomic
def take_back_more_time(*, actor: Person, ret: Return, today: date) -> None:
    """The request for more time is as if it had not been made; that it was made stays in the history."""
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    held(ret)
    asked = more_time.waiting(ret)
    if asked is None:
        raise TooLate("The board’s team has answered this request already, or it was taken back.")
    ledger.line("assurance.more_time_taken_back", ret.record)
    _note(ret, TIME_TAKEN_BACK, actor, today)
    asked.delete()


@transaction.atomic
def take_back_asking_to_sign(*, actor: Person, ret: Return, today: date) -> None:
    """The signatory is not asked any more: somebody wants to look at an answer again first. The e-mail that asks, if it
    has not gone yet, never goes."""
    asking.require(actor, Verb.WRITE, ret.record, kind=AGENCY_SPEAKS)
    held(ret)
    if asks_for_a_signature(ret) is None:
        raise TooLate("Nobody is asked to sign this return just now.")
    ledger.line("assurance.signing_taken_back", ret.record)
    _note(ret, SIGNING_TAKEN_BACK, actor, today)
    post.stop_about(board=ret.board, about=ret.record, kinds=("to_sign_off",))


def _note(ret: Return, name: str, actor: Person, today: date) -> None:
    StageChange.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move=name, from_stage=ret.stage,
        to_stage=ret.stage, by=actor, on=today,
    )  # fmt: skip
