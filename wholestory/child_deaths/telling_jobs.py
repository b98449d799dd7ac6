"""What tells the coordinator by e-mail, by itself, on boards that live in the present."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from wholestory.child_deaths.operations import telling_coordinator
from wholestory.partners.models import LONDON, Board


def _boards() -> list[Board]:
    day = timezone.now().astimezone(LONDON).date()
    boards = Board.objects.filter(example_today=None, panels__isnull=False).exclude(valid_to__lt=day)
    return list(boards.distinct())


@app.periodic(cron="* * * * *")
@app.task(
    name="child_deaths.tell_of_messages",
    queueing_lock="child_deaths.tell_of_messages",
    lock="child_deaths.tell_of_messages",
)
def tell_of_messages(timestamp: int) -> int:
    """Tell the coordinators of messages that came; how many. Run twice, the second finds none that was not told of."""
    return sum(telling_coordinator.tell_of_messages(board, timezone.now()) for board in _boards())


@app.periodic(cron="20 7 * * *")
@app.task(
    name="child_deaths.tell_of_holds",
    queueing_lock="child_deaths.tell_of_holds",
    lock="child_deaths.tell_of_holds",
)
def tell_of_holds(timestamp: int) -> int:
    """Every morning, tell of holds whose day to look again has come. Each is told of once, however often this runs."""
    return sum(telling_coordinator.tell_of_holds(board, timezone.now()) for board in _boards())


@app.periodic(cron="*/20 * * * *")
@app.task(
    name="child_deaths.tell_of_alike",
    queueing_lock="child_deaths.tell_of_alike",
    lock="child_deaths.tell_of_alike",
)
def tell_of_alike(timestamp: int) -> int:
    """Tell of recent deaths that share a place, a school or a method. Each set of deaths is told of once."""
    return sum(telling_coordinator.tell_of_alike(board, timezone.now()) for board in _boards())
