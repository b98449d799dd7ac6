"""Who comes into the directory: everyone on the board reads its members, two team seats keep it."""

from __future__ import annotations

from uuid import UUID

from wholestory import ledger
from wholestory.access import acting
from wholestory.access.asking import Answer, NotForYou, may, seats_today
from wholestory.access.asks import asks
from wholestory.access.directory import guarded
from wholestory.access.verbs import Verb
from wholestory.partners.models import TEAM_ROLES, Agency, Board, Person, Role, Seat

KIND = "partners.directory"

#: The directory is no case record: its changes are noted and its files are, its readings are not.
_NO_LINE = "The directory holds nothing about a child; changes and downloads are noted, reading is not."

sees = asks(Verb.LIST, KIND, no_line=_NO_LINE)
keeps = asks(Verb.MANAGE, KIND, no_line=_NO_LINE)

#: Seats that open what agencies tell the board. Nobody gives one to themselves without the business manager.
OPENING_ROLES = TEAM_ROLES | {Role.INDEPENDENT_CHAIR}


class Refusal(Exception):
    """Something the directory does not do. The sentence is for the person who tried; ``field`` is where it belongs."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


def acting_seats(person: Person) -> list[Seat]:
    """The seats whose powers count now: of several team seats only the one the person acts in."""
    held = seats_today(person)
    who = acting.current()
    chosen = who.seat if who is not None and who.person == person.id else None
    return [seat for seat in held if seat.role not in TEAM_ROLES or chosen is None or seat.id == chosen]


def require(actor: Person, board: Board, verb: Verb = Verb.MANAGE) -> None:
    """Raise NotForYou unless ``actor`` keeps (or reads) the directory of ``board``. The system itself may."""
    if actor.is_system:
        return
    if not may(acting_seats(actor), verb, KIND, board):
        raise NotForYou(Answer(False, "not_for_them", "They do not keep the directory of this board."))


def is_manager(actor: Person, board: Board) -> bool:
    """Whether ``actor`` acts as the board's business manager (or is the system setting a board up)."""
    if actor.is_system:
        return True
    return any(s.role == Role.BUSINESS_MANAGER and s.board_id == board.id for s in acting_seats(actor))


def not_to_oneself(actor: Person, board: Board, person: Person) -> None:
    """An administrator runs the system and reads no cases, so gives themselves no seat. Raises Refusal."""
    if person.id == actor.id and not is_manager(actor, board):
        raise Refusal("You cannot change your own seats. Ask the business manager.", "person")


#: Said to whoever would give themselves a voice for an agency.
NOT_AN_AGENCY = (
    "Nobody gives themselves a seat of an agency. Another of the team who keeps the directory can, or a counterpart of"
    " the sister board who covers a seat of the team."
)


def no_agency_to_oneself(actor: Person, person: Person, agency: Agency | None) -> None:
    """Whoever sees every return speaks for no agency by their own hand, the business manager included. Raises
    Refusal."""
    if agency is not None and person.id == actor.id and not actor.is_system:
        raise Refusal(NOT_AN_AGENCY, "agency")


#: Said to whoever would give themselves a place where papers about children are read.
NOT_A_PANEL = (
    "Nobody gives themselves a seat in a group that reads papers about children. Another of those who keep the"
    " directory can."
)


def no_guarded_group_to_oneself(actor: Person, person: Person, group: UUID | None) -> None:
    """Whoever keeps the directory does not let themselves in to a panel's papers. Raises Refusal."""
    if group is not None and person.id == actor.id and not actor.is_system and guarded.is_guarded(group):
        raise Refusal(NOT_A_PANEL, "group")


def line(what: str, board: Board, kind: str, ids: list[UUID]) -> None:
    """Note a change of the directory, before it is made. ``what`` is what happened: ``agency_added``."""
    ledger.line(f"partners.{what}", kind=f"partners.{kind}", ids=ids, board_id=board.id, reason="directory")
