"""Boards that ask together: proposing a round, and joining it with a cycle of one's own.

What becomes of the answers is in ``shared_answers``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions import framework_called, modules
from wholestory.assurance.definitions.composing import parts_of, versions_of, with_module
from wholestory.assurance.definitions.framework import Framework, FrameworkCannotWork
from wholestory.assurance.models import Cycle, CycleState, JointBoard, JointRound
from wholestory.assurance.operations import cycles
from wholestory.assurance.operations.shared_answers import core_of
from wholestory.assurance.rules import joint as rules
from wholestory.partners.models import Board, Person

CLOSED = "This cycle is closed. Prepare a new one and ask together from its start."


class JointRefused(ValueError):
    """The boards cannot ask together like that; the message says what to do."""


@transaction.atomic
def propose(*, actor: Person, cycle: Cycle, boards: Sequence[Board], today: date) -> JointRound:
    """Offer this cycle's questions to other boards, to be answered once. This board leads.

    An addendum of this board's own (questions beyond ``core``) is not offered: the core is what the framework shares.
    """
    asking.require(actor, Verb.MANAGE, cycle.record)
    if cycle.state == CycleState.CLOSED:
        raise JointRefused(CLOSED)
    others = [board for board in boards if board.id != cycle.board_id]
    if not others:
        raise JointRefused("Choose at least one other board.")
    ledger.line("assurance.joint_proposed", cycle.record)
    joint = cycle.joint_round
    if joint is None:
        core_key, core_version = shared_part(cycle)
        joint = JointRound.objects.create(
            title=cycle.title, framework=core_key, framework_version=core_version, lead=cycle.board, made_by=actor,
            made_on=today,
        )  # fmt: skip
        JointBoard.objects.create(round=joint, board=cycle.board, due_on=cycle.due_on, joined_on=today)
        cycle.joint_round = joint
        cycle.save(update_fields=["joint_round"])
    elif joint.lead_id != cycle.board_id:
        raise JointRefused(f"{joint.lead.name} leads this round and invites the boards.")
    known = set(joint.boards.values_list("board_id", flat=True))
    JointBoard.objects.bulk_create(
        [JointBoard(round=joint, board=board) for board in others if board.id not in known]
    )
    return joint


def shared_part(cycle: Cycle) -> tuple[str, int]:
    """The key and version of what a cycle can share: its questions without the board's own module."""
    framework = framework_called(cycle.framework, cycle.framework_version)
    parts = parts_of(framework.key)
    if not parts.module:
        return framework.key, framework.version
    shared = framework_called(parts.framework, versions_of(framework.version)[0])
    return shared.key, shared.version


def offered(joint: JointRound) -> list[Framework]:
    """The questions a board can join with: the shared ones alone, or with a module of its own."""
    core = core_of(joint)
    found = [core]
    for module in modules():
        try:
            found.append(with_module(core, module))
        except FrameworkCannotWork:
            continue  # another scale, or standards of the same name: it cannot stand beside these questions
    return [one for one in found if not rules.faults_of(core, one)]


@transaction.atomic
def join(
    *, actor: Person, joint: JointRound, board: Board, title: str, framework: str, opens_on: date, due_on: date,
    today: date, framework_version: int | None = None,
) -> Cycle:  # fmt: skip
    """Take part with a cycle of this board's own: the shared questions, and an addendum if ``framework`` has one."""
    place = JointBoard.objects.select_for_update().filter(round=joint, board=board).first()
    if place is None:
        raise JointRefused("This board was not invited to the round.")
    if place.joined_on is not None:
        raise JointRefused("This board takes part already.")
    local = framework_called(framework, framework_version)
    if faults := rules.faults_of(core_of(joint), local):
        raise JointRefused("These questions cannot be asked together with the others. " + " ".join(faults))
    cycle = cycles.prepare(
        actor=actor, board=board, title=title, framework=local.key, framework_version=local.version,
        opens_on=opens_on, due_on=due_on, today=today,
    )  # fmt: skip
    cycle.joint_round = joint
    cycle.save(update_fields=["joint_round"])
    place.due_on, place.joined_on = due_on, today
    place.save(update_fields=["due_on", "joined_on"])
    ledger.line("assurance.joint_joined", cycle.record)
    return cycle
