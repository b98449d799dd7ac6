"""Writes who is in which circle and office, from seats, leave cover, grants and refusals.

The only writer of ``access_membership``. Called by every operation that changes a seat, a cover, a grant, a
refusal or makes a circle. Dates go into the row, so that a seat that ends today ends today, with no job to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from wholestory.access import acting
from wholestory.access.models import Grant, Membership, Refusal
from wholestory.access.policy import OFFICES, OFFICES_BY_ROLE, ONE_AT_A_TIME
from wholestory.access.policy_doors import DOORS
from wholestory.access.policy_of_deaths import IN_A_SEAT_OF_THE_BOARD
from wholestory.partners.models import TEAM_ROLES, Board, LeaveCover, Person, Role, Seat
from wholestory.records.models import Circle, Office

#: Kinds of circle a seat opens by itself, whatever its agency or group.
STANDING = frozenset(door.kind for door in DOORS if door.roles and not (door.own_agency or door.own_group))
#: Kinds of circle that the seats of a group open.
OF_GROUPS = frozenset(door.kind for door in DOORS if door.own_group)


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
    because, alone = f"seat.{seat.role}", seat.role in ONE_AT_A_TIME
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


class _Doors:
    """The circles and offices that seats may open, fetched once for all: an import changes hundreds of seats."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        held = list(seats)
        boards = {seat.board_id for seat in held}
        agencies = {seat.agency_id for seat in held if seat.agency_id}
        groups = {seat.group_id for seat in held if seat.group_id}
        self._circles: dict[tuple[object, ...], list[Circle]] = {}
        # A joint group's circle may stand under either of its boards.
        for circle in Circle.objects.filter(
            Q(board__in=boards, kind__in=STANDING)
            | Q(board__in=boards, agency__in=agencies)
            | Q(kind__in=OF_GROUPS, group__in=groups)
        ):
            for key in (
                ("board", circle.board_id) if circle.kind in STANDING else None,
                ("agency", circle.board_id, circle.agency_id) if circle.agency_id else None,
                ("group", circle.group_id) if circle.kind in OF_GROUPS else None,
            ):
                if key is not None:
                    self._circles.setdefault(key, []).append(circle)
        self._offices: dict[object, list[Office]] = {}
        for office in Office.objects.filter(board__in=boards):
            self._offices.setdefault(office.board_id, []).append(office)

    def offices(self, seat: Seat) -> list[Office]:
        """The offices of the seat's board."""
        return self._offices.get(seat.board_id, [])

    def circles(self, seat: Seat) -> Iterable[Circle]:
        """The circles the rules have to be asked about for this seat."""
        keys: list[tuple[object, ...]] = [("board", seat.board_id), ("group", seat.group_id)]
        if seat.role not in TEAM_ROLES:
            keys.append(("agency", seat.board_id, seat.agency_id))
        found = {circle.pk: circle for key in keys for circle in self._circles.get(key, ())}
        return found.values()


def rewrite(*people: Person) -> None:
    """Work out again everything the given people are let into or kept out of, in a constant number of queries."""
    with _deriving():
        ids = [person.id for person in people]
        Membership.objects.filter(person__in=ids).delete()
        seats = list(Seat.objects.filter(person__in=ids).select_related("person", "board"))
        covers = list(LeaveCover.objects.filter(person__in=ids).select_related("seat__board", "person"))
        doors = _Doors([*seats, *(cover.seat for cover in covers)])
        rows: list[Membership] = []
        for seat in seats:
            rows += _rows(
                seat.person, seat, seat.starts_on, seat.ends_on, doors.offices(seat), doors.circles(seat)
            )
        for cover in covers:
            seat = cover.seat
            first = max(cover.starts_on, seat.starts_on)
            last = min((d for d in (cover.ends_on, seat.ends_on) if d), default=None)
            rows += _rows(cover.person, seat, first, last, doors.offices(seat), doors.circles(seat))
        grants = Grant.objects.filter(person__in=ids, withdrawn_at=None).select_related("circle")
        rows += _of_grants(list(grants), seats, covers)
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
            groups = {c.group_id for c in circles if c.group_id}
            seats = seats.filter(Q(agency__in=agencies) | Q(group__in=groups))
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


def _of_grants(
    grants: list[Grant], seats: Iterable[Seat], covers: Iterable[LeaveCover]
) -> Iterator[Membership]:
    """What the grants let in to. A grant that stands for a seat of the board counts in each seat its person holds
    there, one at a time: nobody sees the case from a seat on another board, or after the last of those seats ended."""
    in_seats = [(seat.person_id, seat, seat.starts_on, seat.ends_on) for seat in seats]
    for cover in covers:
        first = max(cover.starts_on, cover.seat.starts_on)
        last = min((d for d in (cover.ends_on, cover.seat.ends_on) if d), default=None)
        in_seats.append((cover.person_id, cover.seat, first, last))
    for grant in grants:
        offices = IN_A_SEAT_OF_THE_BOARD.get(f"grant.{grant.role}")
        if offices is None:
            yield _of_grant(grant, None, grant.starts_on, grant.ends_on)
            continue
        for person, seat, starts_on, ends_on in in_seats:
            theirs = person == grant.person_id and seat.board_id == grant.circle.board_id
            if theirs and seat.group_id is None and _stands_for(seat, offices):
                first = max(grant.starts_on, starts_on)
                last = min((d for d in (grant.ends_on, ends_on) if d), default=None)
                if last is None or first <= last:
                    yield _of_grant(grant, seat, first, last)


def _stands_for(seat: Seat, offices: frozenset[str]) -> bool:
    """A seat of the board's team has to open the office the grant stands in for: an administrator's does not."""
    return seat.role not in ONE_AT_A_TIME or bool(OFFICES_BY_ROLE.get(Role(seat.role), frozenset()) & offices)


def _of_grant(grant: Grant, seat: Seat | None, starts_on: date, ends_on: date | None) -> Membership:
    return Membership(
        person_id=grant.person_id, board_id=grant.circle.board_id, circle_id=grant.circle_id,
        because=f"grant.{grant.role}", seat=seat, one_at_a_time=seat is not None,
        starts_on=starts_on, ends_on=ends_on, expires_at=grant.expires_at,
    )  # fmt: skip


def _of_refusal(refusal: Refusal) -> Membership:
    return Membership(
        person_id=refusal.person_id, board_id=refusal.circle.board_id, circle_id=refusal.circle_id, refused=True,
        because=f"refusal.{refusal.reason}", starts_on=refusal.starts_on, ends_on=refusal.ends_on,
    )  # fmt: skip


def let_in_by(*roles: str) -> set[UUID]:
    """Everybody who is, was or will be let in to something by a grant of these roles: for the demo's list of people."""
    with _deriving():
        found = Grant.objects.filter(role__in=roles, withdrawn_at=None)
        return set(found.order_by().values_list("person", flat=True).distinct())


def add_grants(grants: list[Grant]) -> None:
    """Let in the people of freshly made grants."""
    people = {grant.person_id for grant in grants if f"grant.{grant.role}" in IN_A_SEAT_OF_THE_BOARD}
    seats: list[Seat] = []
    covers: list[LeaveCover] = []
    if people:
        seats = list(Seat.objects.filter(person__in=people))
        covers = list(LeaveCover.objects.filter(person__in=people).select_related("seat"))
    with _deriving():
        Membership.objects.bulk_create(list(_of_grants(grants, seats, covers)))
    acting.refresh()
