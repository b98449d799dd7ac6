"""Work the directory leaves to the night."""

from __future__ import annotations

from procrastinate.contrib.django import app

from wholestory.access import acting
from wholestory.access.directory.operations import importing
from wholestory.partners.models import Board, Person


@app.periodic(cron="23 3 * * *")
@app.task(
    name="directory.empty_spreadsheets", queueing_lock="directory.empty_spreadsheets", pass_context=False
)
def empty_spreadsheets(timestamp: int) -> None:
    """Empty the cells of spreadsheets nobody went on with in time. Run twice, the second finds nothing."""
    keeper = Person.objects.get(pk=acting.SYSTEM_ACTORS["keeper"][0])
    for board in Board.objects.all():
        with acting.as_system(board, "keeper"):
            importing.empty_expired(actor=keeper, board=board, today=board.today())
