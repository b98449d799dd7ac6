"""Planning a meeting: how its group meets, when, where, who chairs and who takes the minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Grant
from wholestory.access.policy import OFFICES_BY_ROLE
from wholestory.meetings import authority, registry
from wholestory.meetings.models import Arrangement, Attendance, Meeting, MeetingKind, MeetingState
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.rules.quorum import SHARES, read_needs
from wholestory.partners.models import Board, Group, Person, Role, Seat
from wholestory.records import opening
from wholestory.records.models import Circle, Office, Record

ARRANGEMENT = opening.Opening(Arrangement.record_kind, "GM", "governance")
MEETING = opening.Opening(Meeting.record_kind, "ME", "governance")
#: What somebody is let in as who takes the minutes and holds no seat for it.
SECRETARY = "secretary"
ELSEWHERE = "The meetings of this group are kept by other people. Ask the team who keeps them."


@dataclass(frozen=True)
class Plan:
    """What is said of a meeting when it is planned or changed."""

    title: str
    meets_on: date
    kind: str = MeetingKind.ORDINARY
    start_time: time | None = None
    place: str = ""
    joining: str = ""
    chair: Person | None = None
    secretary: Person | None = None


def _circle(group: Group, board: Board) -> Circle:
    """The standing circle of the group, made and filled when it is missing."""
    standing = Circle.objects.filter(kind="group", group=group).order_by("id").first()
    return standing or new_circle(group, board)


def new_circle(group: Group, board: Board) -> Circle:
    """One more circle that the seats of the group open: for the group, or for what a member may be kept out of."""
    circle = Circle.objects.create(board=board, kind="group", group=group)
    derive.open_circle(circle)
    # A joint group has seats under its other boards too, which opening by board does not find.
    elsewhere = Seat.objects.filter(group=group).exclude(board=board).select_related("person")
    if people := {seat.person for seat in elsewhere}:
        derive.rewrite(*people)
    return circle


def kept_elsewhere(boards: Iterable[Board]) -> set[UUID]:
    """Groups whose meetings another office of these boards keeps, so that nobody plans a second set of them."""
    mine = set(Arrangement.objects.values_list("group_id", flat=True))
    every: set[UUID] = set()
    for board in boards:
        with acting.as_system(board):
            every |= set(Arrangement.objects.values_list("group_id", flat=True))
    return every - mine


@transaction.atomic
def arrange(*, actor: Person, group: Group, board: Board, today: date, office: str = "") -> Arrangement:
    """How the group meets: found, or made under ``office`` of the board. Raises MeetingRefused, NotForYou.

    Without an ``office`` it is the one a duty named for the group, else the one for meetings. It is said once, by
    somebody in it; later meetings follow.
    """
    found = Arrangement.objects.filter(group=group).select_related("record", "group").first()
    if found is not None:
        authority.must_manage(actor, found)
        return found
    if group.pk in kept_elsewhere(group.boards.all()):
        raise MeetingRefused(ELSEWHERE)
    door: Office = derive.ensure_offices(board)[office or registry.office_of(group)]
    circle = _circle(group, board)
    authority.must_manage(actor, Record(kind=MEETING.kind, circle=circle, office=door))
    record = opening.sheet(ARRANGEMENT, board, circle, door, today, verb="meetings.arranged")
    return Arrangement.objects.create(
        record=record, circle=circle, office=door, group=group, quorum_number=group.quorum
    )


@transaction.atomic
def plan(*, actor: Person, group: Group, board: Board, said: Plan, today: date, office: str = "") -> Meeting:
    """Plan a meeting of the group. Its cover sheet is in the group's circle, under ``office`` or the group's own.

    Raises MeetingRefused and NotForYou.
    """
    arrangement = arrange(actor=actor, group=group, board=board, today=today, office=office)
    _sensible(said, today)
    record = opening.sheet(
        MEETING, board, arrangement.circle, arrangement.office, today, verb="meetings.planned"
    )
    chair = said.chair or usual_chair(group, said.meets_on)
    meeting = Meeting.objects.create(
        record=record, circle=arrangement.circle, office=arrangement.office, group=group,
        title=said.title.strip()[:160], kind=said.kind, meets_on=said.meets_on, start_time=said.start_time,
        place=said.place.strip()[:200],
        joining=said.joining.strip()[:500], chair=chair, secretary=said.secretary, planned_by=actor, planned_on=today,
    )  # fmt: skip
    _let_in_secretary(actor, meeting, today)
    return meeting


@transaction.atomic
def change(*, actor: Person, meeting: Meeting, said: Plan, today: date, now: datetime) -> None:
    """Change when, where or by whom it is held. Raises MeetingRefused once it was held or cancelled."""
    authority.must_manage(actor, meeting.record)
    must_be_planned(meeting)
    _sensible(said, today)
    ledger.line("meetings.changed", meeting.record)
    before = meeting.secretary
    meeting.title, meeting.kind, meeting.meets_on = said.title.strip()[:160], said.kind, said.meets_on
    meeting.start_time, meeting.place = said.start_time, said.place.strip()[:200]
    meeting.joining, meeting.chair, meeting.secretary = said.joining.strip()[:500], said.chair, said.secretary
    meeting.save(
        update_fields=["title", "kind", "meets_on", "start_time", "place", "joining", "chair", "secretary"]
    )
    if before != meeting.secretary:
        _let_out_secretary(before, meeting, now)
        _let_in_secretary(actor, meeting, today)


@transaction.atomic
def cancel(*, actor: Person, meeting: Meeting, because: str) -> None:
    """Cancel it, with the reason; it stays in the list."""
    authority.must_manage(actor, meeting.record)
    must_be_planned(meeting)
    if not because.strip():
        raise MeetingRefused("Say why the meeting is cancelled.")
    if Attendance.objects.filter(meeting=meeting).exists():
        raise MeetingRefused(
            "Somebody’s attendance is recorded. A meeting that was held cannot be cancelled."
        )
    ledger.line("meetings.cancelled", meeting.record)
    meeting.state, meeting.cancelled_because = MeetingState.CANCELLED, because.strip()[:300]
    meeting.save(update_fields=["state", "cancelled_because"])


@transaction.atomic
def set_quorum(
    *,
    actor: Person,
    arrangement: Arrangement,
    number: int | None,
    share: str,
    needs: Sequence[Mapping[str, str]],
    virtual_counts: bool,
    deputies_count: bool,
    target: int,
    today: date,
) -> None:
    """Say when the group may decide. Raises MeetingRefused for a rule nobody could meet or understand."""
    authority.must_manage(actor, arrangement)
    if share and share not in SHARES:
        raise MeetingRefused("Choose one of the shares.")
    if not 0 < target <= 100:
        raise MeetingRefused("The attendance expected is between 1 and 100 percent.")
    read_needs(needs)
    ledger.line("meetings.quorum_set", arrangement.record)
    arrangement.quorum_number, arrangement.quorum_share = number, share
    arrangement.needs = [dict(one) for one in needs]
    arrangement.virtual_counts, arrangement.deputies_count = virtual_counts, deputies_count
    arrangement.attendance_target = target
    arrangement.changed_by, arrangement.changed_on = actor, today
    arrangement.save(
        update_fields=[
            "quorum_number", "quorum_share", "needs", "virtual_counts", "deputies_count", "attendance_target",
            "changed_by", "changed_on",
        ]
    )  # fmt: skip


def usual_chair(group: Group, day: date) -> Person | None:
    """Who holds the chair of the group on ``day``."""
    held = list(authority.seats_on(group, day).filter(role__in=authority.CHAIRS))
    held.sort(key=lambda seat: authority.CHAIRS.index(Role(seat.role)))
    return held[0].person if held else None


def must_be_planned(meeting: Meeting) -> None:
    """Raise MeetingRefused once a meeting was held or cancelled."""
    if meeting.state == MeetingState.CANCELLED:
        raise MeetingRefused("This meeting was cancelled.")
    if meeting.state == MeetingState.HELD:
        raise MeetingRefused("This meeting was held. What came of it is in its decisions and minutes.")


def _sensible(said: Plan, today: date) -> None:
    if not said.title.strip():
        raise MeetingRefused("Enter a title.")
    if said.meets_on.year < 1990 or (said.meets_on - today).days > 1100:
        raise MeetingRefused("Enter a day no more than three years ahead.")


def _let_in_secretary(actor: Person, meeting: Meeting, today: date) -> None:
    """Whoever takes the minutes keeps the group's meetings; somebody in the office does so anyway."""
    who = meeting.secretary
    if who is None or _keeps_by_seat(who, meeting):
        return
    standing = Grant.objects.filter(person=who, role=SECRETARY, withdrawn_at=None).values("circle")
    circles = Circle.objects.filter(kind="group", group=meeting.group_id).exclude(pk__in=standing)
    ledger.line("meetings.secretary_named", meeting.record)
    _grant(actor, meeting, who, list(circles), today)


def let_in_secretaries(actor: Person, meeting: Meeting, circle: Circle, today: date) -> None:
    """Into a new circle of the group: those who take the minutes, whom no seat lets in."""
    for grant in Grant.objects.filter(circle=meeting.circle_id, role=SECRETARY, withdrawn_at=None):
        ledger.line("meetings.secretary_named", meeting.record)
        _grant(actor, meeting, grant.person, [circle], today)


def _grant(actor: Person, meeting: Meeting, who: Person, circles: list[Circle], today: date) -> None:
    grants = [
        Grant(
            circle=circle, office=meeting.office, person=who, role=SECRETARY, purpose="minutes", starts_on=today,
            given_by=actor,
        )
        for circle in circles
    ]  # fmt: skip
    # Let in first: it may be the secretary who makes the circle, in which nobody of the office sits.
    derive.add_grants(grants)
    Grant.objects.bulk_create(grants)


def _let_out_secretary(who: Person | None, meeting: Meeting, now: datetime) -> None:
    """The grants end when no coming meeting of the group names them."""
    if who is None:
        return
    others = Meeting.objects.filter(group=meeting.group_id, secretary=who, state=MeetingState.PLANNED)
    if others.exclude(pk=meeting.pk).exists():
        return
    grants = Grant.objects.filter(
        circle__kind="group", circle__group=meeting.group_id, person=who, role=SECRETARY, withdrawn_at=None
    )
    ledger.line("meetings.secretary_replaced", meeting.record)
    if grants.update(withdrawn_at=now):
        derive.rewrite(who)


def _keeps_by_seat(who: Person, meeting: Meeting) -> bool:
    """Whether a seat of theirs opens the meeting's office, chosen or not at this moment."""
    day = meeting.record.board.today()
    seats = Seat.objects.filter(person=who, board=meeting.record.board_id, group=None)
    return any(
        seat.holds_on(day) and meeting.office.key in OFFICES_BY_ROLE.get(Role(seat.role), frozenset())
        for seat in seats
    )
