"""Writes who is in which circle and office, from seats, leave cover, grants and refusals.

The only writer of ``access_membership``. Called by every operation that changes a seat, a cover, a grant, a
refusal or makes a circle. Dates go into the row, so that a seat that ends today ends today, with no job to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection, transaction

from wholestory.access import acting
from wholestory.access.models import Grant, Membership, Refusal
from wholestory.access.policy import DOORS, OFFICES, OFFICES_BY_ROLE
from wholestory.partners.models import TEAM_ROLES, Board, LeaveCover, Person, Role, Seat
from wholestory.records.models import Circle, Office


@contextmanager
def _deriving() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select set_config('app.deriving', 'yes', true)")
        yield
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("select set_config('app.deriving', '', true)")


def ensure_offices(board: Board) -> dict[str, Office]:
    """The board's offices, made when missing."""
    Office.objects.bulk_create([Office(board=board, key=key) for key in OFFICES], ignore_conflicts=True)
    return {office.key: office for office in Office.objects.filter(board=board)}


def _opens(seat: Seat, circle: Circle) -> bool:
    for door in DOORS:
        if door.kind == circle.kind and Role(seat.role) in door.roles:
            if door.own_agency:
                return circle.agency_id is not None and circle.agency_id == seat.agency_id
            if door.own_group:
                return circle.group_id is not None and circle.group_id == seat.group_id
            return seat.group_id is None
    return False


def _rows(
    person: Person,
    seat: Seat,
    starts_on: date,
    ends_on: date | None,
    offices: Iterable[Office],
    circles: Iterable[Circle],
) -> Iterator[Membership]:
    keys = OFFICES_BY_ROLE.get(Role(seat.role), frozenset()) if seat.group_id is None else frozenset()
    because, alone = f"seat.{seat.role}", seat.role in TEAM_ROLES
    for office in offices:
        if office.key in keys:
            yield Membership(
                person=person, board_id=seat.board_id, office=office, because=because, seat=seat,
                one_at_a_time=alone, starts_on=starts_on, ends_on=ends_on,
            )  # fmt: skip
    for circle in circles:
        if _opens(seat, circle):
            yield Membership(
                person=person, board_id=seat.board_id, circle=circle, because=because, seat=seat,
                one_at_a_time=alone, starts_on=starts_on, ends_on=ends_on,
            )  # fmt: skip


def _doors_for(seat: Seat) -> Iterable[Circle]:
    found = Circle.objects.filter(board_id=seat.board_id)
    if seat.agency_id is not None and seat.role not in TEAM_ROLES:
        return found.filter(kind="board") | found.filter(agency_id=seat.agency_id)
    if seat.group_id is not None:
        return Circle.objects.filter(kind="group", group_id=seat.group_id)
    return found.filter(kind="board")


def rewrite(*people: Person) -> None:
    """Work out again everything the given people are let into or kept out of."""
    with _deriving():
        ids = [person.id for person in people]
        Membership.objects.filter(person__in=ids).delete()
        rows: list[Membership] = []
        for seat in Seat.objects.filter(person__in=ids).select_related("person", "board"):
            offices = Office.objects.filter(board_id=seat.board_id)
            rows += _rows(seat.person, seat, seat.starts_on, seat.ends_on, offices, _doors_for(seat))
        for cover in LeaveCover.objects.filter(person__in=ids).select_related("seat__board", "person"):
            first = max(cover.starts_on, cover.seat.starts_on)
            last = min((d for d in (cover.ends_on, cover.seat.ends_on) if d), default=None)
            offices = Office.objects.filter(board_id=cover.seat.board_id)
            rows += _rows(cover.person, cover.seat, first, last, offices, _doors_for(cover.seat))
        for grant in Grant.objects.filter(person__in=ids, withdrawn_at=None).select_related("circle"):
            rows.append(_of_grant(grant))
        for refusal in Refusal.objects.filter(person__in=ids, lifted_at=None).select_related("circle"):
            rows.append(_of_refusal(refusal))
        Membership.objects.bulk_create(rows, batch_size=1000)
    acting.refresh()


def forget(seats: Iterable[Seat]) -> None:
    """Drop what seats open before the seats themselves are deleted (an import taken back); ``rewrite`` follows."""
    with _deriving():
        Membership.objects.filter(seat__in=[seat.pk for seat in seats]).delete()


def open_circle(circle: Circle) -> None:
    """Let in, by the rules, everyone whose seat opens a newly made circle."""
    open_circles([circle])


def open_circles(circles: list[Circle]) -> None:
    """The same for many new circles of one board in a constant number of queries."""
    if not circles:
        return
    board_ids = {circle.board_id for circle in circles}
    with _deriving():
        seats = Seat.objects.filter(board__in=board_ids).select_related("person")
        agencies = {c.agency_id for c in circles if c.agency_id}
        if agencies and all(c.agency_id for c in circles):
            seats = seats.filter(agency__in=agencies)
        covers: dict[object, list[LeaveCover]] = {}
        for cover in LeaveCover.objects.filter(seat__board__in=board_ids).select_related("person"):
            covers.setdefault(cover.seat_id, []).append(cover)
        rows: list[Membership] = []
        for seat in seats:
            mine = [c for c in circles if c.board_id == seat.board_id]
            rows += _rows(seat.person, seat, seat.starts_on, seat.ends_on, (), mine)
            for cover in covers.get(seat.id, []):
                rows += _rows(cover.person, seat, cover.starts_on, cover.ends_on, (), mine)
        Membership.objects.bulk_create(rows, batch_size=1000)
    acting.refresh()


def _of_grant(grant: Grant) -> Membership:
    return Membership(
        person_id=grant.person_id, board_id=grant.circle.board_id, circle_id=grant.circle_id,
        because=f"grant.{grant.role}", starts_on=grant.starts_on, ends_on=grant.ends_on, expires_at=grant.expires_at,
    )  # fmt: skip


def _of_refusal(refusal: Refusal) -> Membership:
    return Membership(
        person_id=refusal.person_id, board_id=refusal.circle.board_id, circle_id=refusal.circle_id, refused=True,
        because=f"refusal.{refusal.reason}", starts_on=refusal.starts_on, ends_on=refusal.ends_on,
    )  # fmt: skip


def add_grants(grants: list[Grant]) -> None:
    """Let in the people of freshly made grants."""
    with _deriving():
        Membership.objects.bulk_create([_of_grant(grant) for grant in grants])
    acting.refresh()
