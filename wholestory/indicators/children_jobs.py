"""What happens by itself about files of children: a load is counted, and every night what is due is erased."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from wholestory.indicators.operations import counting_children, erasing
from wholestory.indicators.operations.children import TASK
from wholestory.partners.models import Board


@app.task(name=TASK, lock=TASK)
def count_children(board: str, load: str) -> bool:
    """Count one load. Run twice, the second finds it done."""
    return counting_children.count(Board.objects.get(pk=UUID(board)), UUID(load))


@app.periodic(cron="50 2 * * *")
@app.task(
    name="indicators.erase_children",
    queueing_lock="indicators.erase_children",
    lock="indicators.erase_children",
)
def erase_children(timestamp: int) -> int:
    """Every night: erase files about children whose time is over, then take off the shelf what could not be taken
    off before. Run twice, the second finds nothing to do."""
    boards = list(Board.objects.all())
    done = sum(erasing.erase_due(board, board.today()) for board in boards)
    for board in boards:
        erasing.clear_shelf(board.pk)
    return done
