"""Reminders that go out by themselves, once each on their day; and large files that are brought in step by step."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from wholestory.access import acting
from wholestory.assurance import letters
from wholestory.assurance.models import BroughtIn, BroughtInKind, CycleState, MoreTimeAsked, Return
from wholestory.assurance.operations import past_actions, past_applying
from wholestory.assurance.queries.chasing import steps_of
from wholestory.assurance.queries.lineage import ended
from wholestory.assurance.results_jobs import make_workbook, tidy_results
from wholestory.assurance.rules.reminders import Party, next_step
from wholestory.assurance.status import OPEN_STAGES
from wholestory.correspondence import queries as sent
from wholestory.partners.models import LONDON, Board, Seat

#: The queue looks for a room's jobs in this module.
__all__ = ["make_workbook", "remind", "remind_all", "tidy_results"]


def remind(board: Board) -> int:
    """Send what is due today on one board; how many messages. Run twice, the second run sends nothing.

    Only the steps the system sends: from the first chaser on, somebody reads and sends.
    """
    today, written = board.today(), 0
    with acting.as_system(board, "postroom"):
        open_returns = list(
            Return.objects.filter(
                board=board, cycle__state=CycleState.OPEN, stage__in=OPEN_STAGES
            ).select_related("agency", "record", "board")
        )
        gone = ended(board, [ret.agency_id for ret in open_returns], today)
        asked = MoreTimeAsked.objects.filter(return_of__in=open_returns, decided_on=None)
        waits = set(asked.values_list("return_of", flat=True))
        taken = sent.steps_taken([ret.record_id for ret in open_returns])
        for ret in open_returns:
            # Whoever has ended, or asked for more time and waits for the answer, is not chased.
            if ret.agency_id in gone or (ret.id in waits and today > (ret.extended_to or ret.due_on)):
                continue
            done = taken.get(ret.record_id, frozenset())
            step = next_step(steps_of(ret), today=today, sent=done, issued_on=ret.issued_on)
            if step is not None and step.rung.sender is Party.SYSTEM:
                written += letters.send_step(ret=ret, rung=step.rung, today=today)
    return written


@app.periodic(cron="0 7 * * *")
@app.task(name="assurance.remind_all", queueing_lock="assurance.remind_all", lock="assurance.remind_all")
def remind_all(timestamp: int) -> int:
    """Every morning, for every board that lives in the present.

    An example board's day stands still, so nothing falls due on it by itself.
    """
    day = timezone.now().astimezone(LONDON).date()
    boards = Board.objects.filter(example_today=None).exclude(valid_to__lt=day)
    return sum(remind(board) for board in boards)


@app.task(name=past_applying.TASK)
def bring_in(board: str, batch: str, seat: str = "") -> bool:
    """Go on with a file that is being brought in, until all of it is written."""
    board_id, batch_id = UUID(board), UUID(batch)
    with acting.as_system(board_id, "tally"):
        found = BroughtIn.objects.select_related("applied_by").get(pk=batch_id)
    if found.kind == BroughtInKind.ACTIONS and found.applied_by is not None:
        held = Seat.objects.filter(pk=UUID(seat), person=found.applied_by).first() if seat else None
        return past_actions.go_on(batch_id=batch_id, person=found.applied_by, seat=held)
    return past_applying.go_on(batch_id=batch_id, board_id=board_id, now=timezone.now())
