"""Jobs of the results: workbooks asked for, workbooks whose time is over, score sheets and figures that lack."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from wholestory.assurance.operations import exporting, figures, score_sheets
from wholestory.partners.models import Board, Person


@app.task(name=exporting.TASK)
def make_workbook(board: str, person: str, export: str) -> bool:
    """Make one workbook, as the person who asked and in the seat they asked in."""
    who = Person.objects.get(pk=UUID(person))
    return exporting.make_for(who, Board.objects.get(pk=UUID(board)), UUID(export))


@app.periodic(cron="30 2 * * *")
@app.task(
    name="assurance.tidy_results", queueing_lock="assurance.tidy_results", lock="assurance.tidy_results"
)
def tidy_results(timestamp: int) -> int:
    """Every night: remove workbooks whose time is over; write score sheets and figures that are missing or stale."""
    done = 0
    for board in Board.objects.all():
        done += exporting.remove_expired(board, timezone.now())
        done += score_sheets.rebuild(board)
        done += figures.keep_for_every_cycle(board)
    return done
