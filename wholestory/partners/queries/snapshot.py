"""The directory as a plan needs it, in five queries."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from wholestory.partners.importing.directory import Directory, KnownAgency, KnownGroup, KnownPerson, KnownSeat
from wholestory.partners.models import Agency, AgencyBoard, Board, Group, Person, Seat
from wholestory.partners.rules.names import fold_agency


def snapshot(board: Board, emails: Iterable[str] = (), agencies: Iterable[str] = ()) -> Directory:
    """What ``board`` knows, with people of other boards who have one of ``emails``, and agencies of these names."""
    seats = list(Seat.objects.filter(board=board, person__is_service=False).order_by("starts_on", "id"))
    local = {seat.person_id for seat in seats}
    works_for: dict[UUID, set[UUID]] = {}
    for seat in seats:
        if seat.agency_id:
            works_for.setdefault(seat.person_id, set()).add(seat.agency_id)
    wanted = {email.lower() for email in emails if email}
    people = Person.objects.of_flesh().filter(Q(pk__in=local) | Q(email__in=wanted), joined_to=None)
    other_boards = Seat.objects.filter(person=OuterRef("pk")).exclude(board=board)
    here = set(AgencyBoard.objects.filter(board=board).values_list("agency_id", flat=True))
    names = {fold_agency(name) for name in agencies}
    known = Agency.objects.exclude(successions_out__how="duplicate").only("id", "name", "short_name")
    return Directory(
        people=[
            KnownPerson(
                person.id,
                person.full_name,
                person.email or "",
                person.telephone,
                person.job_title,
                frozenset(works_for.get(person.id, ())),
                person.id in local,
                person.elsewhere,
            )
            for person in people.annotate(elsewhere=Exists(other_boards)).order_by("full_name", "id")
        ],
        agencies=[
            KnownAgency(one.id, one.name, one.short_name, one.id in here)
            for one in known.order_by("name", "id")
            if one.id in here or fold_agency(one.name) in names
        ],
        groups=[
            KnownGroup(group.id, group.name, group.short_name)
            for group in Group.objects.filter(boards=board, ends_on=None).order_by("name", "id")
        ],
        seats=[
            KnownSeat(
                seat.id,
                seat.person_id,
                seat.role,
                seat.group_id,
                seat.agency_id,
                seat.starts_on,
                seat.ends_on,
            )
            for seat in seats
        ],
    )
