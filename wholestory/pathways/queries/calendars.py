"""The calendars of one board: the published bank holidays with what the board has entered since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.kernel.bank_holidays import CHANGES, TABLE_TO, Change, Effect, Nation, listed
from wholestory.kernel.working_days import CALENDARS, Calendars
from wholestory.partners.models import Board
from wholestory.pathways.models import CheckedYear, ProclaimedDay


def changes(board: Board) -> list[Change]:
    """The days this board has entered and not withdrawn."""
    found = ProclaimedDay.objects.filter(board=board, withdrawn_at__isnull=True).order_by("day", "id")
    return [
        Change(each.day, frozenset(map(Nation, each.nations)), each.name, Effect(each.effect), each.source)
        for each in found
    ]


def table_to(board: Board) -> date:
    """The last day of the years whose bank holidays were checked, with no year left out between."""
    years = set(CheckedYear.objects.filter(board=board).values_list("year", flat=True))
    last = TABLE_TO.year
    while last + 1 in years:
        last += 1
    return date(last, 12, 31)


def calendars(board: Board) -> Calendars:
    """The calendars as they stand for ``board``. Two queries."""
    return CALENDARS.with_changes(changes(board), table_to=table_to(board))


@dataclass(frozen=True)
class DayRow:
    """One line of the working days page."""

    day: date
    name: str
    where: str
    entered: ProclaimedDay | None
    opened: bool = False


def year(board: Board, number: int) -> list[DayRow]:
    """The bank holidays of a year on weekdays, with the board's own entries. One query."""
    by_day: dict[tuple[date, str], list[Nation]] = {}
    for nation in Nation:
        for day, name in listed(nation, number).items():
            if day.weekday() < 5:
                by_day.setdefault((day, name), []).append(nation)
    rows = [DayRow(day, name, _where(nations), None) for (day, name), nations in by_day.items()]
    rows += [
        DayRow(change.day, change.name, _where(sorted(change.nations)), None, change.effect is Effect.OPEN)
        for change in CHANGES
        if change.day.year == number
    ]
    own = ProclaimedDay.objects.filter(board=board, day__year=number, withdrawn_at__isnull=True)
    for each in own.select_related("entered_by"):
        nations = [Nation(value) for value in each.nations]
        rows.append(DayRow(each.day, each.name, _where(nations), each, each.effect == Effect.OPEN.value))
    return sorted(rows, key=lambda row: (row.day, row.name))


def _where(nations: list[Nation]) -> str:
    if len(nations) == len(Nation):
        return "All of the United Kingdom"
    return ", ".join(nation.label for nation in nations)
