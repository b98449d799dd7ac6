"""The board's calendar: days proclaimed since the list was published, and years whose list was checked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.kernel.bank_holidays import TABLE_TO, Effect, Nation
from wholestory.partners.models import Board, Person
from wholestory.pathways.models import CheckedYear, ProclaimedDay
from wholestory.pathways.operations.rederiving import rederive
from wholestory.pathways.queries.calendars import calendars

KIND = "pathways.rules"


class CannotProclaim(ValueError):
    """The day cannot be entered; the message is fit for a person."""


class CannotCheckYear(ValueError):
    """The year cannot be marked as checked; the message is fit for a person."""


def _may(actor: Person, board: Board) -> None:
    """The calendar belongs to the board, not to a record: a seat on this board decides."""
    if not asking.may(asking.seats_today(actor), Verb.MANAGE, KIND, board):
        raise asking.NotForYou(
            asking.Answer(False, "not_for_them", "This is for the board's business manager.")
        )


@transaction.atomic
def proclaim(
    *,
    actor: Person,
    board: Board,
    day: date,
    nations: Collection[Nation],
    name: str,
    source: str,
    effect: Effect = Effect.CLOSED,
) -> tuple[ProclaimedDay, int]:
    """Enter a day that was proclaimed a bank holiday (or taken away) and work open clocks out again.

    Returns the entry and how many clocks moved. Raises CannotProclaim for a weekend, a day entered already, or a day
    that is already what it would become.
    """
    _may(actor, board)
    if not nations:
        raise CannotProclaim("Choose at least one nation.")
    if day.weekday() >= 5:
        raise CannotProclaim("That day is a Saturday or Sunday and is never counted.")
    if ProclaimedDay.objects.filter(board=board, day=day, withdrawn_at__isnull=True).exists():
        raise CannotProclaim("That day has been entered already. Withdraw the entry first.")
    working = calendars(board).england_and_wales.is_working(day)
    if Nation.ENGLAND_AND_WALES in nations and working is (effect is Effect.OPEN):
        already = "a working day" if working else "a bank holiday"
        raise CannotProclaim(f"That day is {already} in England and Wales already.")
    ledger.line("pathways.day_proclaimed", kind=KIND, board_id=board.id)
    entry = ProclaimedDay.objects.create(
        board=board,
        day=day,
        nations=sorted(nation.value for nation in nations),
        effect=effect.value,
        name=name.strip(),
        source=source.strip(),
        entered_by=actor,
    )
    return entry, rederive(board=board, days=[day])


@transaction.atomic
def withdraw_day(*, actor: Person, entry: ProclaimedDay, now: datetime) -> int:
    """Take an entry back, for one that was wrong. The row stays. Returns how many clocks moved."""
    _may(actor, entry.board)
    if entry.withdrawn_at is not None:
        return 0
    ledger.line("pathways.day_withdrawn", kind=KIND, board_id=entry.board_id)
    entry.withdrawn_at, entry.withdrawn_by = now, actor
    entry.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return rederive(board=entry.board, days=[entry.day])


@transaction.atomic
def check_year(*, actor: Person, board: Board, year: int, against: str, today: date) -> int:
    """Mark a year's bank holidays as compared with a published list, so that results in it stop being provisional.

    Raises CannotCheckYear for a year the software already knows, too far ahead, or checked before. Returns how many
    clocks changed.
    """
    _may(actor, board)
    if year <= TABLE_TO.year:
        raise CannotCheckYear(f"The list is known up to {TABLE_TO.year} already.")
    if year > today.year + 10:
        raise CannotCheckYear("No list is published that far ahead.")
    if CheckedYear.objects.filter(board=board, year=year).exists():
        raise CannotCheckYear(f"{year} has been checked already.")
    ledger.line("pathways.year_checked", kind=KIND, board_id=board.id)
    CheckedYear.objects.create(
        board=board, year=year, against=against.strip(), checked_by=actor, checked_on=today
    )
    return rederive(board=board, days=None)
