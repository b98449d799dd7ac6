"""The board's own details, its areas, and the steps of setting it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from wholestory.access import derive
from wholestory.access.directory import doors
from wholestory.access.directory.doors import Refusal
from wholestory.access.verbs import Verb
from wholestory.partners.editions import NAMES
from wholestory.partners.models import Area, Board, Person, SetUpStep
from wholestory.partners.rules.names import fold
from wholestory.partners.slugs import free_slug


@dataclass(frozen=True, kw_only=True)
class BoardDetails:
    """What a board is, as a form or a command gives it."""

    name: str
    short_name: str
    kind: str
    edition: str
    valid_from: date
    valid_to: date | None = None
    successor: Board | None = None
    mailbox: str = ""
    telephone: str = ""
    website: str = ""


@transaction.atomic
def found_board(*, actor: Person, details: BoardDetails) -> Board:
    """A new, empty board with its offices. Only the system's own set-up does this: there is nobody else yet."""
    if not actor.is_system:
        raise Refusal("A board is founded by the command that sets the system up.")
    _holds(details)
    if any(fold(other.name) == fold(details.name) for other in Board.objects.all()):
        raise Refusal(f"There is a board called {details.name} already.", "name")
    board = Board(slug=free_slug(Board, details.short_name or details.name), **details.__dict__)
    doors.line("board_founded", board, "board", [board.id])
    board.save(force_insert=True)
    derive.ensure_offices(board)
    return board


@transaction.atomic
def change_board(*, actor: Person, board: Board, details: BoardDetails) -> Board:
    """Put the board's details right, end it, or name its successor. The business manager does this."""
    doors.require(actor, board)
    if not doors.is_manager(actor, board) and details.edition != board.edition:
        raise Refusal(
            "Only the business manager changes the edition of guidance the board works under.", "edition"
        )
    _holds(details, board)
    doors.line("board_changed", board, "board", [board.id])
    for name, value in details.__dict__.items():
        setattr(board, name, value)
    board.save(force_update=True)
    return board


def _holds(details: BoardDetails, board: Board | None = None) -> None:
    if details.edition not in NAMES and (board is None or details.edition != board.edition):
        raise Refusal("Choose one of the editions listed.", "edition")
    if details.valid_to and details.valid_to < details.valid_from:
        raise Refusal("The last day must be the first day or later.", "valid_to")
    seen = {board.pk} if board else set()
    after = details.successor
    while after is not None:
        if after.pk in seen:
            raise Refusal("A board cannot come after itself.", "successor")
        seen.add(after.pk)
        after = after.successor


@transaction.atomic
def add_area(*, actor: Person, board: Board, name: str, code: str = "") -> Area:
    """The board answers for an area; one that another board has already is shared, not doubled."""
    doors.require(actor, board)
    area = next(
        (one for one in Area.objects.all() if fold(one.name) == fold(name) or (code and one.code == code)),
        None,
    )
    if area is not None and board.areas.filter(pk=area.pk).exists():
        raise Refusal(f"The board answers for {area.name} already.", "name")
    new = area is None
    area = area or Area(name=name, code=code)
    doors.line("area_added", board, "area", [area.id])
    if new:
        area.save(force_insert=True)
    elif code and not area.code:
        area.code = code
        area.save(update_fields=["code"])
    board.areas.add(area)
    return area


@transaction.atomic
def change_area(*, actor: Person, board: Board, area: Area, name: str, code: str) -> Area:
    """Put an area's name or code right."""
    doors.require(actor, board)
    if not board.areas.filter(pk=area.pk).exists():
        raise Refusal("The board does not answer for this area.")
    if any(fold(one.name) == fold(name) for one in Area.objects.exclude(pk=area.pk)):
        raise Refusal(f"There is an area called {name} already.", "name")
    doors.line("area_changed", board, "area", [area.id])
    area.name, area.code = name, code
    area.save(force_update=True)
    return area


@transaction.atomic
def remove_area(*, actor: Person, board: Board, area: Area) -> None:
    """The board no longer answers for an area. The area itself stays: others may have it, and history names it."""
    doors.require(actor, board)
    doors.line("area_removed", board, "area", [area.id])
    board.areas.remove(area)


@transaction.atomic
def note_step(
    *, actor: Person, board: Board, key: str, state: str, now: datetime, answer: str = ""
) -> SetUpStep:
    """Remember how far the setting up has come, so that it can be left and taken up again."""
    doors.require(actor, board, Verb.MANAGE)
    doors.line("set_up_step", board, "board", [board.id])
    step, _ = SetUpStep.objects.update_or_create(
        board=board, key=key, defaults={"state": state, "answer": answer, "done_by": actor, "done_at": now}
    )
    return step


@transaction.atomic
def finish_set_up(*, actor: Person, board: Board, now: datetime) -> None:
    """The board has begun: the setting-up page is no longer the first thing shown."""
    doors.require(actor, board)
    doors.line("board_set_up", board, "board", [board.id])
    board.set_up_at = now
    board.save(update_fields=["set_up_at"])
