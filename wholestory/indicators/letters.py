"""Whom this room writes to about returns of figures. ``correspondence`` words, sends and keeps it.

The people who hold the seat on the day are written to, and the agency's mailbox when nobody does. The same step about
the same return goes out once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from wholestory.correspondence import operations as post
from wholestory.correspondence.rules.wording import Value
from wholestory.indicators.models import AgencyReturn
from wholestory.indicators.rules.reminding import LEADS, SIGNATORY, Reminder
from wholestory.partners.models import Board, Person, Role, Seat

_TEAM = (Role.PERFORMANCE_ANALYST, Role.QUALITY_OFFICER)


class Readers:
    """Who holds which seat for which agency on a day, read once for any number of returns."""

    def __init__(self, board_id: UUID, agencies: Iterable[UUID], today: date) -> None:
        seats = Seat.objects.filter(
            board=board_id, agency__in=list(agencies), starts_on__lte=today, group=None
        )
        seats = seats.exclude(ends_on__lt=today).exclude(person__is_service=True).select_related("person")
        self._held: dict[tuple[UUID, str], list[Person]] = {}
        for seat in seats.order_by("starts_on", "id"):
            if seat.agency_id is not None:
                self._held.setdefault((seat.agency_id, seat.role), []).append(seat.person)

    def of(self, ret: AgencyReturn, *roles: str) -> list[Person]:
        """The people in these seats, each once."""
        people = {person.id: person for role in roles for person in self._held.get((ret.agency_id, role), [])}
        return list(people.values())

    def to(self, ret: AgencyReturn, *roles: str) -> list[Person | str]:
        """Whom to write to: the seat holders, else the agency's mailbox, else nobody."""
        people: list[Person | str] = [*self.of(ret, *roles)]
        return people or ([ret.agency.mailbox] if ret.agency.mailbox else [])


def _note(ret: AgencyReturn, to: Person | str, kind: str, step: str, **more: Value) -> post.Note:
    context: dict[str, Value] = {"title": ret.label, "due_on": ret.extended_to or ret.due_on, **more}
    link = reverse("indicators:return", args=[ret.record.reference])
    return post.Note(
        kind=kind, to=to, about=ret.record, agency=ret.agency, context=context, link=link, step=step[:40]
    )


def ask(*, actor: Person, returns: Sequence[AgencyReturn], today: date) -> int:
    """Tell each agency's lead and substitute that they are asked; how many messages. Constant queries."""
    if not returns:
        return 0
    board = returns[0].board
    readers = Readers(board.id, [ret.agency_id for ret in returns], today)
    notes = [
        _note(ret, to, "figures_asked", "figures_asked")
        for ret in returns
        for to in readers.to(ret, Role.AGENCY_LEAD, Role.SUBSTITUTE)
    ]
    return len(post.compose_many(actor=None, board=board, notes=notes))


def remind(*, board: Board, due: Sequence[tuple[AgencyReturn, Reminder]], today: date) -> int:
    """Write the reminders that are due; how many messages."""
    readers = Readers(board.id, [ret.agency_id for ret, _ in due], today)
    roles = {LEADS: (Role.AGENCY_LEAD, Role.SUBSTITUTE), SIGNATORY: (Role.SIGNATORY,)}
    notes = [
        _note(ret, to, reminder.kind, reminder.step(ret.extended_to or ret.due_on))
        for ret, reminder in due
        for to in readers.to(ret, *roles[reminder.to])
    ]
    return len(post.compose_many(actor=None, board=board, notes=notes))


def tell_more_time(*, actor: Person, ret: AgencyReturn, today: date) -> None:
    """The agency has more time."""
    _tell_agency(ret, "figures_more_time", f"figures_more_time_{ret.extended_to}", today)


def ready(*, actor: Person, ret: AgencyReturn, today: date, number: int) -> None:
    """Whoever may send is asked to look, except the one who filled it in."""
    step = f"figures_to_approve_{number}_{today}"
    readers = Readers(ret.board_id, [ret.agency_id], today)
    people = readers.of(ret, Role.SIGNATORY, Role.AGENCY_LEAD, Role.SUBSTITUTE)
    notes = [
        _note(ret, person, "figures_to_approve", step, sender=actor.full_name)
        for person in people
        if person.id != actor.id
    ]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def tell_sent_back(*, actor: Person, ret: AgencyReturn, to: Person, today: date) -> None:
    """The second person gave the figures back."""
    note = _note(ret, to, "figures_sent_back", f"figures_sent_back_{today}", sender=actor.full_name)
    post.compose_many(actor=None, board=ret.board, notes=[note])


def tell_here(*, actor: Person, ret: AgencyReturn, today: date) -> None:
    """The team hears that figures have come in."""
    _tell_team(ret, "figures_here", f"figures_here_{today}", today)


def tell_query(*, actor: Person, ret: AgencyReturn, today: date) -> None:
    """The team has a question for the agency."""
    _tell_agency(ret, "figures_query", f"figures_query_{today}", today)


def tell_answered(*, actor: Person, ret: AgencyReturn, today: date) -> None:
    """The agency answered."""
    _tell_team(ret, "figures_answered", f"figures_answered_{today}", today)


def _tell_agency(ret: AgencyReturn, kind: str, step: str, today: date) -> None:
    readers = Readers(ret.board_id, [ret.agency_id], today)
    notes = [_note(ret, to, kind, step) for to in readers.to(ret, Role.AGENCY_LEAD, Role.SUBSTITUTE)]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def _tell_team(ret: AgencyReturn, kind: str, step: str, today: date) -> None:
    seats = Seat.objects.filter(board=ret.board_id, role__in=_TEAM, group=None, starts_on__lte=today)
    held = seats.exclude(ends_on__lt=today).select_related("person").order_by("starts_on", "id")
    analysts = [seat.person for seat in held if seat.role == Role.PERFORMANCE_ANALYST]
    people = {person.id: person for person in analysts or [seat.person for seat in held]}
    notes = [_note(ret, person, kind, step) for person in people.values()]
    post.compose_many(actor=None, board=ret.board, notes=notes)
