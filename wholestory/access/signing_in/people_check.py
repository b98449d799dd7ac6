"""An agency's account owners say who still works there: asked when a cycle is issued, answered on one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.access import derive
from wholestory.access.asking import NotForYou, judged
from wholestory.access.directory.operations import accounts as directory
from wholestory.access.models import PeopleCheck
from wholestory.access.signing_in import ports
from wholestory.access.verbs import Verb
from wholestory.partners.models import AGENCY_ROLES, Agency, Board, LeaveCover, Person, Seat

KIND = "access.people_check"


@dataclass(frozen=True)
class Working:
    """Somebody who works with the board for the agency, in one or several seats."""

    person: Person
    seats: tuple[Seat, ...]

    @property
    def roles(self) -> str:
        """What they do, in words."""
        return ", ".join(dict.fromkeys(seat.get_role_display() for seat in self.seats))


def _lasting(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def owners(board: Board, agency: Agency) -> list[Person]:
    """The agency's account owners today."""
    held = Seat.objects.filter(_lasting(board.today()), board=board, agency=agency, is_account_owner=True)
    return list({seat.person_id: seat.person for seat in held.select_related("person")}.values())


@transaction.atomic
def ask(*, board: Board, agencies: Iterable[Agency]) -> list[PeopleCheck]:
    """Ask the account owners of these agencies, each once until they answer. Called when a cycle is issued.

    The acting person needs no right of their own: issuing was checked. An agency without an owner is left out.
    """
    wanted = {agency.id: agency for agency in agencies}
    seats = Seat.objects.filter(
        _lasting(board.today()), board=board, agency__in=wanted, is_account_owner=True
    )
    by_agency: dict[UUID, dict[UUID, Person]] = {}
    for seat in seats.select_related("person"):
        if seat.agency_id:
            by_agency.setdefault(seat.agency_id, {})[seat.person_id] = seat.person
    there = set(
        PeopleCheck.objects.filter(board=board, agency__in=by_agency, answered_at=None).values_list(
            "agency", flat=True
        )
    )
    new = [PeopleCheck(board=board, agency=wanted[key]) for key in by_agency if key not in there]
    if not new:
        return []
    ledger.line("access.people_check_asked", kind=KIND, ids=[one.agency_id for one in new], board_id=board.id)
    PeopleCheck.objects.bulk_create(new)
    for check in new:
        for person in by_agency[check.agency_id].values():
            if person.email:
                ports.deliver(_letter(check, person))
    return new


def _letter(check: PeopleCheck, person: Person) -> ports.Mail:
    return ports.Mail(
        "people_check",
        person.email or "",
        "Who still works with us for your organisation?",
        f"{check.board.name} keeps a list of the people who may act for {check.agency.name}. Please say who of them"
        f" still works there; it takes a minute.\n\n{settings.SITE_ADDRESS}/access/your-people/",
        person.id,
        check.board_id,
    )


def open_for(person: Person) -> list[PeopleCheck]:
    """The checks that wait for ``person`` as an account owner."""
    found = PeopleCheck.objects.filter(answered_at=None).select_related("board", "agency")
    mine = Seat.objects.filter(person=person, is_account_owner=True, agency__isnull=False).select_related(
        "board"
    )
    owned = {(seat.board_id, seat.agency_id) for seat in mine if seat.holds_on(seat.board.today())}
    agencies = {agency for _, agency in owned}
    return [one for one in found.filter(agency__in=agencies) if (one.board_id, one.agency_id) in owned]


def working(check: PeopleCheck) -> list[Working]:
    """Everybody with a seat for the agency today, by name."""
    seats = Seat.objects.filter(_lasting(check.board.today()), board=check.board, agency=check.agency)
    by_person: dict[UUID, list[Seat]] = {}
    for seat in (
        seats.filter(role__in=AGENCY_ROLES, person__is_service=False)
        .select_related("person")
        .order_by("person__full_name", "pk")
    ):
        by_person.setdefault(seat.person_id, []).append(seat)
    return [Working(held[0].person, tuple(held)) for held in by_person.values()]


@transaction.atomic
def answer(*, actor: Person, check: PeopleCheck, left: set[UUID], now: datetime) -> list[Person]:
    """Keep the owner's answer: the seats of those who left end, and an account with nothing left closes.

    Gives back the people who left. Nobody says of themselves that they left: they would shut themselves out.
    """
    if check.id not in {one.id for one in open_for(actor)}:
        raise NotForYou(judged([], [], Verb.WRITE, KIND))
    today = check.board.today()
    gone = [one for one in working(check) if one.person.id in left and one.person != actor]
    ids = [check.agency_id, *(one.person.id for one in gone)]
    ledger.line("access.people_check_answered", kind=KIND, ids=ids, board_id=check.board_id)
    for one in gone:
        for seat in one.seats:
            # Yesterday was their last day, unless they began today.
            seat.ends_on = max(seat.starts_on, today - timedelta(days=1))
        Seat.objects.bulk_update(one.seats, ["ends_on"])
    people = [one.person for one in gone]
    covering = LeaveCover.objects.filter(
        seat__in=[seat for one in gone for seat in one.seats]
    ).select_related("person")
    derive.rewrite(*people, *(cover.person for cover in covering))
    for person in people:
        if not Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), person=person).exists():
            directory.close(person, now)
    check.answered_by, check.answered_at = actor, now
    check.save(update_fields=["answered_by", "answered_at"])
    return people
