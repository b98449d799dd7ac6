"""What waits for the board's officers: one line per kind of work, and per cycle that runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from wholestory.access.models import Grant
from wholestory.actions import effects
from wholestory.actions.models import Action, ActionState
from wholestory.assurance.models import Cycle, CycleState, JointBoard, Return, Stage
from wholestory.assurance.queries import joint
from wholestory.assurance.status import OPEN_STAGES
from wholestory.challenge.challenges.queries import waiting_for_decision
from wholestory.challenge.models import Question
from wholestory.correspondence import queries as sent
from wholestory.my_work.queries import challenges, figures
from wholestory.my_work.queries.waiting import Waiting
from wholestory.partners.models import Board

_NAMED = 4


def for_team(board: Board, today: date) -> list[Waiting]:
    """What the board's officers have to do next, gathered so that nobody drowns."""
    return [*_of_cycles(board, today), *_of_actions_and_post(board, today)]


def running_cycles(board: Board) -> list[Cycle]:
    """The board's open cycles, the newest first. A board may ask schools in one while another runs for the rest."""
    found = Cycle.objects.filter(board=board, state__in=(CycleState.OPEN, CycleState.RELEASED))
    return list(found.select_related("record").order_by("-opens_on", "title", "id"))


def _of_cycles(board: Board, today: date) -> list[Waiting]:
    running = running_cycles(board)
    if not running:
        return []
    assigned = Grant.objects.filter(circle=OuterRef("circle"), role="moderator", withdrawn_at=None)
    # Hundreds of them for a large board: only what the lines below say.
    asked = Return.objects.filter(cycle__in=running).select_related("agency")
    asked = asked.only("cycle", "stage", "due_on", "extended_to", "agency__name")
    returns: dict[UUID, list[Any]] = defaultdict(list)
    for ret in asked.annotate(has_moderator=Exists(assigned)):
        returns[ret.cycle_id].append(ret)
    found: list[Waiting] = []
    for cycle in running:
        which = f"{cycle.title}: " if len(running) > 1 else ""
        found += _of_cycle(cycle, returns[cycle.pk], which, today)
    return sorted(found, key=lambda one: not one.late)


def _of_cycle(cycle: Cycle, returns: Sequence[Any], which: str, today: date) -> list[Waiting]:
    url = reverse("assurance:cycle", args=[cycle.record.reference])
    late = [ret for ret in returns if ret.stage in OPEN_STAGES and today > (ret.extended_to or ret.due_on)]
    groups: list[tuple[str, list[Any], str]] = [
        ("overdue: decide what to send", late, reverse("assurance:chase", args=[cycle.record.reference])),
        (
            "signed off without a moderator",
            [r for r in returns if r.stage == Stage.SIGNED_OFF and not r.has_moderator],
            url,
        ),
        ("moderated: release to the agency", [r for r in returns if r.stage == Stage.MODERATED], url),
        ("answered your question", [r for r in returns if r.stage == Stage.ANSWERED], url),
    ]
    return [
        Waiting(
            f"{len(some)} {words}", which + _names([ret.agency.name for ret in some]), leads_to,
            late=some is late, records=(cycle.record_id,),
        )
        for words, some, leads_to in groups
        if some
    ]  # fmt: skip


def _of_actions_and_post(board: Board, today: date) -> list[Waiting]:
    said_done, to_check, back, questions, invited, late, here, put = _counts(
        board,
        Action.objects.filter(record__board=board, state=ActionState.SAID_DONE),
        effects.to_check(today).filter(record__board=board),
        sent.in_trouble(board),
        Question.objects.filter(record__board=board, answered_on=None),
        JointBoard.objects.filter(board=board, joined_on=None),
        figures.late(board, today),
        figures.here(board),
        waiting_for_decision(board),
    )
    actions = reverse("actions:list")
    every = [
        (
            said_done,
            f"{said_done} action{'' if said_done == 1 else 's'} said to be done",
            "Look at what shows it, then close them or ask for more",
            f"{actions}?state=said_done",
            False,
        ),
        (
            to_check,
            f"{to_check} action{'' if to_check == 1 else 's'} to look at again",
            "The day has come to see whether it made a difference",
            f"{actions}?state=to_check",
            False,
        ),
        (
            back,
            "1 e-mail came back" if back == 1 else f"{back} e-mails came back",
            "Put the address right and send again",
            reverse("correspondence:not_delivered"),
            True,
        ),
        (
            questions,
            f"{questions} question{'' if questions == 1 else 's'} from lay members",
            "Waiting for an answer",
            reverse("challenge:list"),
            False,
        ),
    ]
    waits = [Waiting(title, detail, url, late=late) for number, title, detail, url, late in every if number]
    return [
        *(_invitations(board) if invited else ()),
        *waits,
        *challenges.lines(put),
        *figures.lines(late, here),
    ]


def _invitations(board: Board) -> list[Waiting]:
    """The rounds other boards ask this one to join; none of them names an agency."""
    return [
        Waiting(
            "Decide whether to ask together", f"{one.lead} invites your board: {one.title}",
            reverse("assurance:joint", args=[one.id]),
        )
        for one in joint.invitations(board)
    ]  # fmt: skip


def _counts(board: Board, *rows: QuerySet[Any]) -> tuple[int, ...]:
    """How many rows there are of each, in one query."""
    every = Count("*")
    counted = [Subquery(some.order_by().values(one=Value(1)).annotate(n=every).values("n")) for some in rows]
    found = Board.objects.filter(pk=board.pk).values_list(*(Coalesce(one, 0) for one in counted))
    return tuple(int(each) for each in found.get())


def _names(names: list[str]) -> str:
    shown = sorted(names)[:_NAMED]
    more = len(names) - len(shown)
    # An agency's name may hold a comma: "Public health, Peterborough council".
    return "; ".join(shown) + (f"; and {more} more" if more else "")
