"""Who is asked for what: begun, ended, and asked again after an agency said that it does not hold something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.indicators.models import AgencyReturn, Asked
from wholestory.indicators.operations import circles
from wholestory.partners.models import Agency, Board, Person
from wholestory.records.models import Circle, Office, Record


class AskingRefused(ValueError):
    """What is asked cannot be changed like that; the message says what to do."""


@transaction.atomic
def ask_for(
    *,
    actor: Person,
    board: Board,
    agency: Agency,
    wanted: Mapping[str, Sequence[str]],
    from_on: date,
    steward: str = "",
) -> list[Asked]:
    """Ask an agency for these measures from a day on, each with the breakdowns wanted. What is asked already keeps its
    beginning and takes the breakdowns; the rows that are new."""
    circle, office = circles.of_agency(board, agency), circles.office(board)
    _require(actor, circle, office)
    ledger.line("indicators.asked_for", board_id=board.id, kind=AgencyReturn.record_kind)
    standing = {
        row.measure: row
        for row in Asked.objects.select_for_update().filter(board=board, agency=agency, to_on=None)
    }
    for code, row in standing.items():
        if code in wanted and row.breakdowns != list(wanted[code]):
            row.breakdowns = list(wanted[code])
            row.save(update_fields=["breakdowns"])
    return Asked.objects.bulk_create(
        Asked(
            circle=circle, office=office, board=board, agency=agency, measure=code, breakdowns=list(splits),
            steward=steward.strip()[:120], from_on=from_on, by=actor,
        )
        for code, splits in wanted.items()
        if code not in standing
    )  # fmt: skip


@transaction.atomic
def stop_asking(
    *, actor: Person, board: Board, agency: Agency, measures: Sequence[str], last_on: date
) -> int:
    """Ask no more for these after a day; how many were ended. Rounds that are open stay as they were asked."""
    circle, office = circles.of_agency(board, agency), circles.office(board)
    _require(actor, circle, office)
    ledger.line("indicators.asking_ended", board_id=board.id, kind=AgencyReturn.record_kind)
    rows = Asked.objects.filter(board=board, agency=agency, measure__in=list(measures), to_on=None)
    # What begins later than it ends was never asked; its last day is then its first.
    ended = 0
    for row in rows:
        row.to_on = max(last_on, row.from_on)
        row.save(update_fields=["to_on"])
        ended += 1
    return ended


@transaction.atomic
def ask_again(*, actor: Person, asked: Asked) -> None:
    """Ask anew for what the agency said it does not hold: the next round has it again."""
    _require(actor, asked.circle, asked.office)
    if asked.to_on is not None:
        raise AskingRefused("This is not asked for any more. Ask for it anew.")
    ledger.line("indicators.asked_again", board_id=asked.board_id, kind=AgencyReturn.record_kind)
    asked.not_held = False
    asked.save(update_fields=["not_held"])


def _require(actor: Person, circle: Circle, office: Office) -> None:
    asking.require(actor, Verb.MANAGE, Record(kind=AgencyReturn.record_kind, circle=circle, office=office))
