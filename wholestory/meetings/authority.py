"""Who may do what with a meeting: the rules of ``access``, and the one relation they cannot know, who chairs it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from wholestory.access import asking
from wholestory.access.asking import Answer, NotForYou
from wholestory.access.verbs import Verb
from wholestory.meetings.models import Item, Meeting
from wholestory.partners.models import Group, Person, Role, Seat
from wholestory.records.models import Protected

#: Seats whose holders count towards a quorum and vote. Advisers speak.
VOTES = frozenset({Role.PANEL_CHAIR, Role.INDEPENDENT_CHAIR, Role.MEMBER, Role.DEPUTY, Role.LAY_MEMBER})
CHAIRS = (Role.PANEL_CHAIR, Role.INDEPENDENT_CHAIR)


def manages(actor: Person, door: Protected) -> Answer:
    """Whether ``actor`` keeps this meeting: plans it, sets its agenda, records who came, drafts the minutes."""
    return asking.ask(actor, Verb.MANAGE, door, kind=Meeting.record_kind)


def must_manage(actor: Person, door: Protected) -> None:
    """Raise NotForYou unless ``actor`` keeps this meeting."""
    answer = manages(actor, door)
    if not answer:
        raise NotForYou(answer)


def chairs(actor: Person, meeting: Meeting, item: Item | None = None) -> bool:
    """Whether ``actor`` decides here: the chair of the group, of this meeting, or of this one item.

    Somebody named for one meeting or one item has to be let in to it like everybody else.
    """
    if item is not None and item.chaired_by_id:
        return item.chaired_by_id == actor.id and asking.ask(actor, Verb.READ, meeting.record).yes
    if meeting.chair_id:
        named = meeting.chair_id == actor.id and asking.ask(actor, Verb.READ, meeting.record).yes
        if named:
            return True
    return asking.ask(actor, Verb.DECIDE, meeting.record, kind=Meeting.record_kind).yes


def must_chair(actor: Person, meeting: Meeting, item: Item | None = None) -> None:
    """Raise NotForYou unless ``actor`` decides here."""
    if not chairs(actor, meeting, item):
        raise NotForYou(Answer(False, "not_for_them", "They may see it, and not decide."))
    if item is not None:
        asking.require(actor, Verb.READ, item)


def must_keep_or_chair(actor: Person, meeting: Meeting, item: Item | None = None) -> None:
    """Raise NotForYou unless ``actor`` keeps this meeting or decides here."""
    if not manages(actor, meeting.record):
        must_chair(actor, meeting, item)


def seats_on(group: Group | UUID, day: date) -> QuerySet[Seat]:
    """The seats of the group that are held on ``day``, with their people and agencies."""
    held = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), group=group, starts_on__lte=day)
    return held.select_related("person", "agency").order_by("agency__name", "person__full_name", "id")


def sits_in(person: Person, group: Group | UUID, day: date) -> bool:
    """Whether ``person`` holds a seat of the group on ``day``."""
    return seats_on(group, day).filter(person=person).exists()


def groups_of(person: Person, day: date) -> QuerySet[Seat, UUID]:
    """The groups in which ``person`` holds a seat on ``day``, for use within another query."""
    held = Seat.objects.filter(Q(ends_on=None) | Q(ends_on__gte=day), person=person, starts_on__lte=day)
    return held.filter(group__isnull=False).values_list("group", flat=True)


def may_come_in(seats: list[Seat], in_groups: list[Seat]) -> bool:
    """Whether the pages of meetings are for somebody with these seats: of the board, its team, or some group."""
    return bool(in_groups) or asking.may(seats, Verb.LIST, Meeting.record_kind)
