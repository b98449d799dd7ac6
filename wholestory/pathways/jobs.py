"""What the timekeeper does by itself."""

from __future__ import annotations

from datetime import time

from django.utils import timezone
from procrastinate.contrib.django import app

from wholestory.kernel.moments import Moment, at_instant, at_london
from wholestory.partners.models import Board
from wholestory.pathways.operations import note_breaches


@app.periodic(cron="*/15 * * * *")
@app.task(name="pathways.note_breaches", queueing_lock="pathways.note_breaches", pass_context=False)
def note_passed_limits(timestamp: int) -> None:
    """Note limits that have passed, on each board's own day. Run twice, the second finds nothing new."""
    for board in Board.objects.order_by("valid_from", "id"):
        note_breaches(board=board, now=now_of(board))


def now_of(board: Board) -> Moment:
    """The moment it is for a board. An example board's day has just begun: nothing is late before its time."""
    if board.example_today is None:
        return at_instant(timezone.now())
    return at_london(board.example_today, time(0))
