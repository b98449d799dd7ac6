"""Making cover sheets: one, or hundreds in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wholestory import ledger
from wholestory.partners.models import Agency, Board
from wholestory.records import references
from wholestory.records.models import Circle, Office, Record


@dataclass(frozen=True)
class Opening:
    """What a new record is: its kind, the prefix of its reference, how long it is kept."""

    kind: str
    prefix: str
    retention: str


def office(board: Board, key: str) -> Office:
    """The board's office of this key. Raises Office.DoesNotExist."""
    return Office.objects.get(board=board, key=key)


def circles(board: Board, kind: str, agencies: Sequence[Agency]) -> list[Circle]:
    """One new circle of ``kind`` per agency, in their order. ``access.derive.open_circles`` fills them."""
    return Circle.objects.bulk_create([Circle(board=board, kind=kind, agency=agency) for agency in agencies])


def sheets(
    opening: Opening,
    board: Board,
    in_circles: Sequence[Circle],
    of: Office,
    on: date,
    *,
    verb: str,
    edition: str = "",
) -> list[Record]:
    """One new cover sheet per circle, under ``edition`` or else the board's edition of today; the access record's line
    names them all."""
    made = [
        Record(
            kind=opening.kind,
            reference=references.new(opening.prefix),
            board=board,
            circle=circle,
            office=of,
            edition=edition or board.edition,
            opened_on=on,
            retention=opening.retention,
        )
        for circle in in_circles
    ]
    if len(made) == 1:
        ledger.line(verb, made[0])
    else:
        ledger.line(verb, kind=opening.kind, ids=[record.id for record in made], board_id=board.id)
    return Record.objects.bulk_create(made)


def sheet(
    opening: Opening, board: Board, circle: Circle, of: Office, on: date, *, verb: str, edition: str = ""
) -> Record:
    """One new cover sheet."""
    return sheets(opening, board, [circle], of, on, verb=verb, edition=edition)[0]


def the_circle(board: Board, kind: str, agency: Agency | None = None) -> tuple[Circle, bool]:
    """The standing circle of this kind (the board's own, or one agency's with the board), made when missing. Where two
    were made at the same moment, the first is the standing one."""
    standing = Circle.objects.filter(board=board, kind=kind, agency=agency, group=None).order_by("id").first()
    if standing is not None:
        return standing, False
    return Circle.objects.create(board=board, kind=kind, agency=agency), True
