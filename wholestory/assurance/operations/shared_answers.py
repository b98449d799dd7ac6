"""One return, many boards: answers given once, copied into each board's own return when they are signed.

Each board keeps its own return of an agency, in its own circle: its addendum, moderation, notes and actions are seen
by that board only. The shared questions are answered in one of the returns; when it is signed, the system copies those
answers, and nothing else, into the others. Nobody of one board reads a row of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, JointRound, Return, SignOff, Stage, StageChange
from wholestory.assurance.rules import joint as rules
from wholestory.assurance.status import OPEN_STAGES
from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.operations import putting
from wholestory.partners.models import Board, Person

#: What the history calls shared answers that came in, and a change that a signed return has not taken in.
CORE_TAKEN, CORE_CHANGED = "core_taken", "core_changed"


def core_of(joint: JointRound) -> Framework:
    """The questions all boards of the round share."""
    return framework_called(joint.framework, joint.framework_version)


@dataclass(frozen=True)
class Sibling:
    """A return of the same agency in the same round, to another board."""

    id: UUID
    board: Board
    core_elsewhere: bool


def siblings(ret: Return, joint: JointRound) -> list[Sibling]:
    """The agency's other returns of the round, found by the system: whoever acts may not see them."""
    found = []
    for board in Board.objects.filter(
        joint_rounds__round=joint, joint_rounds__joined_on__isnull=False
    ).exclude(pk=ret.board_id):
        with acting.as_system(board):
            rows = Return.objects.filter(cycle__joint_round=joint, board=board, agency=ret.agency_id)
            rows = rows.exclude(stage__in=[Stage.WITHDRAWN, Stage.REFUSED, Stage.NIL])
            found += [Sibling(one.id, board, one.core_elsewhere) for one in rows]
    return found


def round_of(ret: Return) -> JointRound | None:
    """The joint round a return belongs to. The cycle is not the agency's to see, so the system looks."""
    with acting.as_system(ret.board_id):
        return JointRound.objects.filter(cycles=ret.cycle_id).select_related("lead").first()


def items_elsewhere(ret: Return) -> frozenset[str]:
    """The items of a return that are answered once, in the agency's return to another board."""
    joint = round_of(ret) if ret.core_elsewhere else None
    return frozenset(core_of(joint).items) if joint else frozenset()


def standards_elsewhere(ret: Return) -> frozenset[str]:
    """The same by standard: the pages of the form that nobody writes here."""
    joint = round_of(ret) if ret.core_elsewhere else None
    return frozenset(standard.key for standard in core_of(joint).standards) if joint else frozenset()


@transaction.atomic
def settle(*, cycle: Cycle, returns: Sequence[Return], today: date) -> int:
    """After a board issued returns of a joint round: where the agency already answers the shared questions for another
    board, they are not asked here again; and the earliest of the boards' dates counts for them. How many were found.
    """
    joint = cycle.joint_round
    if joint is None or not returns:
        return 0
    days = list(joint.boards.filter(joined_on__isnull=False).values_list("due_on", flat=True))
    due = rules.earliest(cycle.due_on, days)
    by_agency: dict[UUID, list[Sibling]] = {ret.agency_id: siblings(ret, joint) for ret in returns}
    elsewhere = [ret for ret in returns if any(not one.core_elsewhere for one in by_agency[ret.agency_id])]
    here = [ret for ret in returns if ret not in elsewhere]
    for ret in elsewhere:
        ledger.line("assurance.core_elsewhere", ret.record)
        ret.core_elsewhere = True
        ret.save(update_fields=["core_elsewhere"])
        for one in by_agency[ret.agency_id]:
            if not one.core_elsewhere:
                _hasten(one, due, today)
    for ret in here:
        if ret.due_on > due >= today:
            ledger.line("assurance.hastened", ret.record)
            ret.due_on = due
            ret.save(update_fields=["due_on"])
    return len(elsewhere)


def _hasten(one: Sibling, due: date, today: date) -> None:
    """The shared questions are due on the earliest date of all boards, also in a return issued before."""
    with acting.as_system(one.board):
        ret = Return.objects.select_for_update(of=("self",)).select_related("record").get(pk=one.id)
        if ret.stage not in OPEN_STAGES or not ret.due_on > due >= today:
            return
        ledger.line("assurance.hastened", ret.record)
        ret.due_on = due
        ret.save(update_fields=["due_on"])


@transaction.atomic
def share_core(*, ret: Return, today: date, now: datetime) -> int:
    """Copy the shared answers of a return that was just signed into the agency's returns to the other boards.

    Files stay with the return they were given to. A return that is signed already is left as it was signed; its
    history says that the shared answers changed since. How many took them in.
    """
    joint = round_of(ret)
    if joint is None or ret.core_elsewhere:
        return 0
    given = _core_answers(ret, core_of(joint))
    taken = 0
    for one in siblings(ret, joint):
        if one.core_elsewhere:
            taken += _take(one, given, today, now)
    return taken


@transaction.atomic
def take_again(*, ret: Return, today: date) -> bool:
    """A return opened again takes in the shared answers as they were last signed."""
    joint = round_of(ret) if ret.core_elsewhere else None
    if joint is None:
        return False
    for one in siblings(ret, joint):
        if one.core_elsewhere:
            continue
        with acting.as_system(one.board):
            signed = SignOff.objects.filter(return_of=one.id, withdrawn_on=None, is_nil=False).first()
            original = Return.objects.get(pk=one.id)
            given = _core_answers(original, core_of(joint)) if signed else []
        if signed and given:
            return bool(_take(Sibling(ret.id, ret.board, True), given, today, signed.signed_at))
    return False


def hand_on(*, ret: Return) -> None:
    """A return that will hold no answers (nil, withdrawn, refused) leaves the shared questions to the agency's next
    return of the round, so that no board waits for what never comes."""
    joint = None if ret.core_elsewhere else round_of(ret)
    if joint is None:
        return
    for one in siblings(ret, joint):
        if one.core_elsewhere:
            with acting.as_system(one.board):
                heir = Return.objects.select_for_update(of=("self",)).select_related("record").get(pk=one.id)
                ledger.line("assurance.core_here", heir.record)
                heir.core_elsewhere = False
                heir.save(update_fields=["core_elsewhere"])
            return


def _core_answers(ret: Return, core: Framework) -> list[tuple[str, Given]]:
    keys = [key for item in core.items for key in vars(item_keys(item)).values()]
    return putting.said_at(ret.answers_id, keys)


def _take(one: Sibling, given: Sequence[tuple[str, Given]], today: date, now: datetime) -> int:
    system = Person.objects.get(pk=acting.SYSTEM_ACTORS["tally"][0])
    with acting.as_system(one.board):
        ret = Return.objects.select_for_update(of=("self",)).select_related("record").get(pk=one.id)
        is_open = ret.stage in OPEN_STAGES and ret.record.closed_on is None
        if is_open:
            ledger.line("assurance.core_taken", ret.record)
        else:
            ledger.line("assurance.core_changed", ret.record)
        if is_open:
            putting.put(
                actor=system,
                set_id=ret.answers_id,
                given=[(Place(key), said) for key, said in given],
                now=now,
            )
        StageChange.objects.create(
            return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id,
            move=CORE_TAKEN if is_open else CORE_CHANGED, from_stage=ret.stage,
            to_stage=ret.stage, by=system, on=today,
        )  # fmt: skip
    return int(is_open)
