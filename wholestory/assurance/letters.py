"""What this duty writes, and to whom: invitations, reminders, chasers, queries, results.

``correspondence`` words, sends and keeps them. Here it is decided who is written to: the people who hold the seat
on the day, and the agency's role mailbox when nobody does. The same step about the same return goes out once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse

from wholestory.assurance.models import Cycle, Return
from wholestory.assurance.queries.signatures import Given
from wholestory.assurance.rules.reminders import Party, Rung
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Message
from wholestory.partners.models import Board, Person, Role, Seat

#: Which seats a party of the ladder is, and which wording each rung uses.
SEATS: Mapping[Party, tuple[Role, ...]] = {
    Party.COORDINATOR: (Role.AGENCY_LEAD,),
    Party.SUBSTITUTE: (Role.SUBSTITUTE,),
    Party.SIGNATORY: (Role.SIGNATORY,),
    Party.CHIEF_EXECUTIVE: (Role.SIGNATORY,),
}


class Readers:
    """Who holds which seat (of these roles, or of any) for which agency on a day, read once for any number."""

    def __init__(
        self, board_id: UUID, agencies: Iterable[UUID], today: date, roles: Sequence[str] = ()
    ) -> None:
        seats = Seat.objects.filter(board=board_id, agency__in=list(agencies), starts_on__lte=today)
        if roles:
            seats = seats.filter(role__in=list(roles))
        self._held: dict[tuple[UUID, str], list[Person]] = {}
        for seat in seats.exclude(ends_on__lt=today).select_related("person").order_by("starts_on", "id"):
            if seat.agency_id is not None:
                self._held.setdefault((seat.agency_id, seat.role), []).append(seat.person)

    def of(self, agency_id: UUID, *roles: str) -> list[Person]:
        """The people in these seats, each once."""
        found: dict[UUID, Person] = {}
        for role in roles:
            for person in self._held.get((agency_id, role), []):
                found[person.id] = person
        return list(found.values())

    def to(self, ret: Return, *roles: str) -> list[Person | str]:
        """Whom to write to: the seat holders, else the agency's mailbox, else nobody."""
        people: list[Person | str] = [*self.of(ret.agency_id, *roles)]
        return people or ([ret.agency.mailbox] if ret.agency.mailbox else [])


def without_lead(board: Board, agencies: Iterable[UUID], today: date) -> set[UUID]:
    """Agencies nobody leads for on this day."""
    wanted = set(agencies)
    seats = Seat.objects.filter(board=board, role=Role.AGENCY_LEAD, agency__in=wanted, starts_on__lte=today)
    led = seats.exclude(ends_on__lt=today).values_list("agency_id", flat=True)
    return wanted - {agency for agency in led if agency is not None}


def _context(ret: Return, readers: Readers | None = None) -> dict[str, Any]:
    context: dict[str, Any] = {"title": ret.title, "due_on": ret.extended_to or ret.due_on}
    if readers is not None:
        signs = readers.of(ret.agency_id, Role.SIGNATORY)
        context["signatory"] = signs[0].full_name if signs else "your senior officer"
    return context


def _note(
    ret: Return, to: Person | str, kind: str, step: str, context: Mapping[str, Any], which: str = "return"
) -> post.Note:
    link = reverse(f"assurance:{which}", args=[ret.record.reference])
    return post.Note(
        kind=kind, to=to, about=ret.record, agency=ret.agency, context=context, link=link, step=step
    )


def invite(*, actor: Person, cycle: Cycle, returns: Sequence[Return], today: date) -> int:
    """One invitation to each agency's lead and substitute; how many were written. The same queries for any number."""
    readers = Readers(cycle.board_id, [ret.agency_id for ret in returns], today)
    notes = [
        _note(ret, to, "invitation", "invitation", _context(ret, readers))
        for ret in returns
        for to in readers.to(ret, Role.AGENCY_LEAD, Role.SUBSTITUTE)
    ]
    return len(post.compose_many(actor=actor, board=cycle.board, notes=notes))


def draft_step(*, actor: Person, ret: Return, rung: Rung, today: date) -> list[Message]:
    """Draft the ladder's next message for somebody to read, change and send; nothing goes yet. What the chair signs is
    a letter, and no message."""
    if rung.sender in (Party.CHAIR, Party.BOARD):
        return []
    notes = _step_notes(ret, rung, today, _signer(actor, ret, rung, today))
    return post.compose_many(actor=actor, board=ret.board, notes=notes, queue=False)


def _signer(actor: Person, ret: Return, rung: Rung, today: date) -> str:
    """Whose name stands under a draft: whoever the ladder says it is from, whoever drafts it."""
    if rung.sender is not Party.BUSINESS_MANAGER:
        return actor.full_name
    held = Seat.objects.filter(
        board=ret.board_id, role=Role.BUSINESS_MANAGER, group=None, starts_on__lte=today
    )
    names = [seat.person.full_name for seat in held.exclude(ends_on__lt=today).select_related("person")]
    return actor.full_name if actor.full_name in names or not names else names[0]


def send_step(*, ret: Return, rung: Rung, today: date) -> int:
    """Send the ladder's next message by itself; how many were written."""
    return len(
        post.compose_many(actor=None, board=ret.board, notes=_step_notes(ret, rung, today, ret.board.name))
    )


def _step_notes(ret: Return, rung: Rung, today: date, sender: str) -> list[post.Note]:
    readers = Readers(ret.board_id, [ret.agency_id], today)
    roles = [role.value for party in rung.recipients for role in SEATS.get(party, ())]
    last = ret.extended_to or ret.due_on
    kind = "chaser_to_signatory" if rung.key == "to_signatory" else "chaser" if today > last else "reminder"
    days = (last - today).days
    in_days = "today" if days == 0 else f"{days} day{'' if days == 1 else 's'}"
    context = _context(ret) | {"sender": sender, "days": in_days}
    return [_note(ret, to, kind, rung.key, context) for to in readers.to(ret, *roles)]


def tell_owners(*, actor: Person, ret: Return, owners: Mapping[str, Sequence[Person]], today: date) -> int:
    """Tell each colleague who was asked to answer a part, once however many parts it is."""
    people = {person.id: person for some in owners.values() for person in some if person.id != actor.id}
    context = _context(ret) | {"sender": actor.full_name}
    notes = [
        _note(ret, person, "section_asked", f"section_{today}", context, "form_tasks")
        for person in people.values()
    ]
    return len(post.compose_many(actor=None, board=ret.board, notes=notes))


def _tell_agency(ret: Return, kind: str, step: str, today: date, *roles: str) -> None:
    readers = Readers(ret.board_id, [ret.agency_id], today)
    notes = [_note(ret, to, kind, step, _context(ret)) for to in readers.to(ret, *roles)]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def _tell_team(ret: Return, kind: str, step: str, today: date) -> None:
    seats = Seat.objects.filter(
        board=ret.board_id, role=Role.QUALITY_OFFICER, group=None, starts_on__lte=today
    )
    people = [seat.person for seat in seats.exclude(ends_on__lt=today).select_related("person")]
    notes = [_note(ret, person, kind, step, _context(ret)) for person in people]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def tell_extension(*, actor: Person, ret: Return, today: date) -> None:
    """The agency has more time."""
    _tell_agency(
        ret, "extension_given", f"extension_{ret.extended_to}", today, Role.AGENCY_LEAD, Role.SUBSTITUTE
    )


def tell_opened_again(*, actor: Person, ret: Return, today: date) -> None:
    """The board opened a signed return again: by when it is signed once more."""
    roles = (Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY)
    _tell_agency(ret, "opened_again", f"opened_again_{today}", today, *roles)


def tell_more_time_asked(*, actor: Person, ret: Return, today: date) -> None:
    """The agency asks for more time: the board's team hears of it."""
    _tell_team(ret, "more_time_asked", f"more_time_asked_{today}", today)


def tell_more_time_declined(*, actor: Person, ret: Return, today: date) -> None:
    """The due date stands."""
    step = f"more_time_declined_{today}"
    _tell_agency(ret, "more_time_declined", step, today, Role.AGENCY_LEAD, Role.SUBSTITUTE)


def tell_asked_again(*, actor: Person, ret: Return, today: date) -> None:
    """The agency is asked once more after it refused."""
    _tell_agency(ret, "asked_again", f"asked_again_{today}", today, Role.AGENCY_LEAD, Role.SUBSTITUTE)


def tell_handed_over(*, actor: Person, ret: Return, today: date) -> None:
    """The body that carries on answers for both now: its lead, substitute and signatory hear of it."""
    readers = Readers(ret.board_id, [ret.agency_id], today)
    roles = (Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY)
    context = _context(ret, readers)
    notes = [_note(ret, to, "invitation", f"handed_over_{today}", context) for to in readers.to(ret, *roles)]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def tell_query(*, actor: Person, ret: Return, today: date) -> None:
    """The board has a question for the agency."""
    _tell_agency(ret, "query", f"query_{today}", today, Role.AGENCY_LEAD, Role.SUBSTITUTE)


def tell_released(*, actor: Person, ret: Return, today: date) -> None:
    """The agency can read its result."""
    _tell_agency(ret, "released", "released", today, Role.AGENCY_LEAD, Role.SIGNATORY)


def thank(*, actor: Person, ret: Return, today: date) -> None:
    """Thank the agency, and tell the quality officer that a return is here."""
    _tell_agency(ret, "thanks", f"thanks_{today}", today, Role.AGENCY_LEAD, Role.SIGNATORY)
    _tell_team(ret, "signed_off", f"signed_off_{today}", today)


def tell_answered(*, actor: Person, ret: Return, today: date) -> None:
    """The agency answered the board's question."""
    _tell_team(ret, "answered", f"answered_{today}", today)


def tell_replied(*, actor: Person, ret: Return, today: date) -> None:
    """The agency replied to its result."""
    _tell_team(ret, "replied", "replied", today)


def not_to_sign_now(ret: Return, but: str = "") -> None:
    """An earlier request to sign, other than the step ``but``, is not so any longer: what waits of it never goes."""
    post.stop_about(board=ret.board, about=ret.record, kinds=("to_sign_off",), but=but)


def ready_to_sign(*, actor: Person, ret: Return, today: date) -> None:
    """Everything is answered: whoever signs is asked to, once."""
    step = f"to_sign_{today}"
    not_to_sign_now(ret, but=step)
    readers = Readers(ret.board_id, [ret.agency_id], today)
    notes = [
        _note(ret, person, "to_sign_off", step, _context(ret), "sign")
        for person in readers.of(ret.agency_id, Role.SIGNATORY)
        if person.id != actor.id
    ]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def ask_the_others_to_sign(
    *, actor: Person, ret: Return, signed: Collection[UUID], today: date
) -> list[Person]:
    """One of several signatures is given: whoever else signs for the agency is asked to. Who they are."""
    step = f"to_sign_too_{today}"
    not_to_sign_now(ret, but=step)
    readers = Readers(ret.board_id, [ret.agency_id], today)
    others = [one for one in readers.of(ret.agency_id, Role.SIGNATORY) if one.id not in {actor.id, *signed}]
    notes = [_note(ret, person, "to_sign_off", step, _context(ret), "sign") for person in others]
    post.compose_many(actor=None, board=ret.board, notes=notes)
    return others


def tell_lapsed(*, actor: Person, ret: Return, lapsed: Collection[Given], today: date) -> None:
    """Answers were changed after these people signed: each is told, except who changed them. Whoever was asked to sign
    beside them is asked again once they have."""
    if lapsed:
        not_to_sign_now(ret)
    people = Person.objects.filter(pk__in=[one.person_id for one in lapsed if one.person_id != actor.id])
    notes = [_note(ret, person, "signature_lapsed", "", _context(ret)) for person in people]
    post.compose_many(actor=None, board=ret.board, notes=notes)


def ask_moderator(*, actor: Person, ret: Return, moderator: Person, due_on: date) -> None:
    """Ask somebody to moderate a return."""
    context: dict[str, Any] = {"title": "a self-audit", "due_on": due_on, "sender": actor.full_name}
    link = reverse("assurance:moderate", args=[ret.record.reference])
    note = post.Note(
        kind="moderation_asked",
        to=moderator,
        about=ret.record,
        context=context,
        link=link,
        step=f"moderate_{moderator.id}"[:40],
    )
    post.compose_many(actor=None, board=ret.board, notes=[note])
