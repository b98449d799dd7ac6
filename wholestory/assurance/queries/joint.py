"""Rounds that several boards ask together, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wholestory.access import acting
from wholestory.assurance.answers import scores_of
from wholestory.assurance.models import CycleState, JointBoard, JointRound, Return, Stage
from wholestory.assurance.operations.shared_answers import core_of, siblings
from wholestory.assurance.rules import joint as rules
from wholestory.assurance.rules.rollup import ItemAnswer, Spread, spread
from wholestory.partners.models import Board


@dataclass(frozen=True)
class Invitation:
    """A round another board offers to this one."""

    id: UUID
    title: str
    lead: str
    offered_on: date


def invitations(board: Board) -> list[Invitation]:
    """The rounds this board is invited to and has not joined."""
    waiting = JointBoard.objects.filter(board=board, joined_on=None).select_related("round__lead")
    return [
        Invitation(one.round.id, one.round.title, one.round.lead.name, one.round.made_on)
        for one in waiting.order_by("round__made_on", "round__title")
    ]


def round_for(board: Board, joint_id: UUID) -> JointRound | None:
    """The round, for a board that was invited to it; None for every other."""
    return (
        JointRound.objects.filter(pk=joint_id, boards__board=board).select_related("lead").distinct().first()
    )


@dataclass(frozen=True)
class Partner:
    """One board of a round."""

    name: str
    leads: bool
    joined_on: date | None
    due_on: date | None


def partners(joint: JointRound) -> list[Partner]:
    """The boards of a round, the lead first. How far each has come is that board's to say."""
    rows = joint.boards.select_related("board").order_by("board__name")
    found = [
        Partner(one.board.name, one.board_id == joint.lead_id, one.joined_on, one.due_on) for one in rows
    ]
    return sorted(found, key=lambda one: not one.leads)


@dataclass(frozen=True)
class ItemLine:
    """One shared item over all boards: how the agencies scored themselves."""

    number: str
    text: str
    spread: Spread


@dataclass(frozen=True)
class Combined:
    """Figures of all boards together, each agency counted once. ``why_not`` says why there are none."""

    agencies: int = 0
    counted_once: int = 0
    items: tuple[ItemLine, ...] = ()
    points: tuple[str, ...] = ()
    why_not: str = ""


def combined(joint: JointRound, board: Board) -> Combined:
    """How the agencies of all boards scored themselves on the shared items, each agency once.

    The agencies' own scores only: moderation is each board's own. Counted from returns of cycles that were released to
    their boards, by the system, and shown as counts; see ``rules.joint.may_combine`` for when they are not.
    """
    core = core_of(joint)
    original: dict[UUID, list[ItemAnswer]] = {}
    copies: dict[UUID, list[ItemAnswer]] = {}
    seen: list[tuple[UUID, bool]] = []
    own: set[UUID] = set()
    for place in joint.boards.filter(joined_on__isnull=False).select_related("board"):
        with acting.as_system(place.board):
            rows = Return.objects.filter(
                cycle__joint_round=joint, board=place.board, signed_off_on__isnull=False,
                cycle__state__in=[CycleState.RELEASED, CycleState.CLOSED],
            ).exclude(stage__in=[Stage.NIL, Stage.WITHDRAWN, Stage.REFUSED])  # fmt: skip
            returns = list(rows)
            scores = scores_of(returns, cap=False, judgements=False)
        for ret in returns:
            items = [one for one in scores[ret.id].items if one.item in core.items]
            (copies if ret.core_elsewhere else original)[ret.agency_id] = items
            seen.append((ret.agency_id, not ret.core_elsewhere))
            if place.board_id == board.id:
                own.add(ret.agency_id)
    counted = rules.once(seen)
    if not counted:
        return Combined(why_not="No board has released its results yet.")
    if not rules.may_combine(len(own), len(counted)):
        return Combined(
            why_not=f"Fewer than {rules.FEWEST_OF_OTHERS} agencies of other boards have released results. Figures"
            " of so few would show what single agencies said."
        )
    by_item: dict[str, list[ItemAnswer]] = {key: [] for key in core.items}
    for agency in counted:
        for answer in original.get(agency) or copies[agency]:
            by_item[answer.item].append(answer)
    lines = tuple(
        ItemLine(core.numbers[key], core.items[key].text, spread(rows, core.scale))
        for key, rows in by_item.items()
    )
    return Combined(
        agencies=len(counted), counted_once=len(seen) - len(counted), items=lines,
        points=tuple(point.label for point in core.scale.points),
    )  # fmt: skip


@dataclass(frozen=True)
class Together:
    """What an agency is told of a return that several boards ask for together."""

    boards: tuple[str, ...]
    answered_here: bool
    waits: bool


def looked_up(ret: Return) -> tuple[list[str], JointRound | None]:
    """The names of the bodies whose return became this one, and the joint round it belongs to. Neither is a secret;
    the other returns and the cycle are, so the system looks, once, and nothing else is handed out."""
    with acting.as_system(ret.board_id, "tally"):
        names = Return.objects.filter(succeeded_by=ret.pk).order_by("agency__name")
        joint = JointRound.objects.filter(cycles=ret.cycle_id).select_related("lead").first()
        return list(names.values_list("agency__name", flat=True)), joint


def together(ret: Return, joint: JointRound | None) -> Together | None:
    """Which other boards share this return's questions; None when none does. For the return's own page."""
    if joint is None:
        return None
    others = siblings(ret, joint)
    if not others:
        return None
    waits = ret.core_elsewhere and not ret.history.filter(move="core_taken").exists()
    return Together(tuple(one.board.name for one in others), not ret.core_elsewhere, waits)


def beside(ret: Return) -> dict[str, Any]:
    """What stands beside a return on its own page: whom it carries on from, and the boards that share its questions."""
    took_over, joint = looked_up(ret)
    return {"took_over": took_over, "together": together(ret, joint)}
