"""The first board, its first person and their seats: what everything else is then done by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from wholestory.access import acting
from wholestory.access.directory.operations import boards, importing, people
from wholestory.access.directory.operations.boards import BoardDetails
from wholestory.access.directory.operations.people import PersonDetails
from wholestory.access.directory.operations.seats import SeatDetails, give_seat
from wholestory.access.models import Account
from wholestory.partners.models import Board, Person, Role, Seat


@dataclass(frozen=True)
class Founded:
    """A new board, the person who sets it up and the seat they act in."""

    board: Board
    person: Person
    account: Account
    seat: Seat


def founder() -> Person:
    """The system's own actor for setting up. Nobody can sign in as it."""
    return Person.objects.get(pk=acting.SYSTEM_ACTORS["founder"][0])


def found(*, details: BoardDetails, name: str, email: str, today: date) -> Founded:
    """A board with one person, who holds the business manager's and the administrator's seat until others come.

    Raises Refusal when a board of that name exists; somebody with the address who is known already gets the seats.
    """
    actor = founder()
    with acting.acting_as(actor), transaction.atomic():
        board = boards.found_board(actor=actor, details=details)
        manager = SeatDetails(role=Role.BUSINESS_MANAGER, starts_on=min(details.valid_from, today))
        person = Person.objects.filter(email=email.lower(), joined_to=None, is_system=False).first()
        if person is None:
            about = PersonDetails(full_name=name, email=email)
            person, seat = people.add_person(
                actor=actor, board=board, details=about, seat=manager, today=today
            )
        else:
            seat = give_seat(actor=actor, board=board, person=person, details=manager, today=today)
        keeper = SeatDetails(role=Role.ADMINISTRATOR, starts_on=manager.starts_on)
        give_seat(actor=actor, board=board, person=person, details=keeper, today=today)
    return Founded(board, person, Account.objects.get(person=person), seat)


def take_spreadsheet(founded: Founded, file_name: str, content: bytes, today: date) -> str:
    """Keep the membership spreadsheet for the first steps on screen. Raises NotASpreadsheet. Gives back its key."""
    with acting.acting_as(founded.person, founded.seat):
        kept = importing.upload(
            actor=founded.person, board=founded.board, file_name=file_name, content=content, today=today
        )
    return str(kept.pk)
