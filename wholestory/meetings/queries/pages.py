"""One meeting, one item, one group, shaped for their pages; the number of queries depends on no number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from wholestory.meetings import authority, registry
from wholestory.meetings.models import (
    Arrangement,
    Attendance,
    Decision,
    Declaration,
    Interest,
    Item,
    Meeting,
    Minutes,
    Paper,
    Part,
)
from wholestory.meetings.queries.answers import Came, Declared, attendance_of, declarations_on
from wholestory.meetings.queries.counting import quorum_of
from wholestory.meetings.rules.attendance import Attended, Mark, roll
from wholestory.meetings.rules.quorum import Verdict
from wholestory.partners.models import Person, Role
from wholestory.records.models import Link, Record


@dataclass(frozen=True)
class Line:
    """One item on an agenda, with the number this reader sees it under."""

    item: Item
    number: str
    shut: bool
    effect: str
    declared: tuple[Declared, ...]

    @property
    def interests(self) -> list[Declared]:
        return [one for one in self.declared if one.has_interest]


@dataclass(frozen=True)
class PartOf:
    """Part A or part B of an agenda, as far as the reader sees it."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Agenda:
    """An agenda, with how many items the reader has still to answer for."""

    parts: tuple[PartOf, ...]
    to_answer: int

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]


def listed(meeting: Meeting) -> list[Item]:
    """The items on the agenda, in order."""
    items = Item.objects.filter(meeting=meeting, withdrawn_on=None).select_related("about", "chaired_by")
    return list(items.order_by("part", "place", "created_at"))


def agenda(meeting: Meeting, person: Person, sits: bool) -> Agenda:
    """The agenda as ``person`` sees it: numbered without gaps, papers of part B shut until they answered."""
    items = listed(meeting)
    declared = declarations_on(items)
    parts: list[PartOf] = []
    to_answer = 0
    for part in Part:
        lines: list[Line] = []
        for item in (one for one in items if one.part == part):
            said = declared.get(item.pk, [])
            own = next((one for one in said if one.person_id == person.id), None)
            shut = sits and part == Part.B and own is None
            to_answer += shut
            number = f"{part.value}{len(lines) + 1}"
            lines.append(Line(item, number, shut, own.effect_words if own else "", tuple(said)))
        if lines:
            parts.append(PartOf(part.label, tuple(lines)))
    return Agenda(tuple(parts), to_answer)


@dataclass(frozen=True)
class Decided:
    """A decision of a meeting; its words stay ``shut`` until the reader has answered for its item."""

    decision: Decision
    shut: bool


@dataclass(frozen=True)
class MeetingPage:
    """Everything a meeting's page shows."""

    agenda: Agenda
    quorum: Verdict
    came: tuple[Came, ...]
    expected: tuple[Any, ...]
    decisions: tuple[Decided, ...]
    minutes: Minutes | None
    sits: bool


def page_of(meeting: Meeting, person: Person, today: date) -> MeetingPage:
    """One meeting for one reader."""
    sits = authority.sits_in(person, meeting.group_id, today)
    came = tuple(attendance_of(meeting))
    expected = () if came else tuple(authority.seats_on(meeting.group_id, meeting.meets_on))
    shown = agenda(meeting, person, sits)
    shut = {line.item.pk for line in shown.lines if line.shut}
    decisions = Decision.objects.filter(meeting=meeting).select_related("record", "item")
    return MeetingPage(
        agenda=shown,
        quorum=quorum_of(meeting),
        came=came,
        expected=expected,
        decisions=tuple(Decided(one, one.item_id in shut) for one in decisions.order_by("created_at")),
        minutes=Minutes.objects.filter(meeting=meeting).order_by("-version").first(),
        sits=sits,
    )


@dataclass(frozen=True)
class PaperLine:
    """A paper with its link."""

    paper: Paper
    url: str


@dataclass(frozen=True)
class ItemPage:
    """Everything an item's page shows."""

    number: str
    about_url: str
    papers: tuple[PaperLine, ...]
    quorum: Verdict
    declared: tuple[Declared, ...]
    decisions: tuple[Decision, ...]


def item_page(item: Item) -> ItemPage:
    """One item, for whoever may see it and has answered for it."""
    beside = [one.pk for one in listed(item.meeting) if one.part == item.part]
    papers = Paper.objects.filter(item=item).select_related("paper", "added_by").order_by("created_at")
    return ItemPage(
        number=f"{item.part}{beside.index(item.pk) + 1}" if item.pk in beside else "",
        about_url=registry.url_of(item.about),
        papers=tuple(PaperLine(one, registry.url_of(one.paper)) for one in papers),
        quorum=quorum_of(item.meeting, item),
        declared=tuple(declarations_on([item]).get(item.pk, [])),
        decisions=tuple(
            Decision.objects.filter(item=item).select_related("record", "decided_by").order_by("created_at")
        ),
    )


def came_of(decision: Decision) -> list[tuple[Record, str]]:
    """What a decision led to, as far as the reader sees it, with its link: one query."""
    links = Link.objects.filter(source=decision.record_id).select_related("target").order_by("created_at")
    return [(one.target, registry.url_of(one.target)) for one in links]


def own_answers(person: Person, items: Sequence[Item]) -> dict[UUID, Declaration]:
    """What counts of one's own declarations, by item: one query."""
    said = Declaration.objects.filter(person=person, item__in=items).order_by("at", "created_at")
    return {one.item_id: one for one in said}


@dataclass(frozen=True)
class GroupPage:
    """How a group meets, who sits in it, how they attend, and what they told the register."""

    arrangement: Arrangement
    rule: tuple[str, ...]
    attended: tuple[Attended, ...]
    interests: tuple[Interest, ...]


def roll_of(group_id: UUID, since: date) -> list[Attended]:
    """Attendance per agency (or person, for a seat without one) at the meetings since ``since``: one query."""
    rows = (
        Attendance.objects.filter(meeting__group=group_id, meeting__meets_on__gte=since, seat__isnull=False)
        .select_related("agency", "person")
        .order_by("meeting__meets_on", "meeting_id")
    )
    return roll(
        Mark(
            str(row.meeting_id),
            str(row.agency_id or row.person_id),
            row.agency.name if row.agency else f"{row.person} ({Role(row.role).label.lower()})",
            row.status,
        )
        for row in rows
    )


def rule_in_words(arrangement: Arrangement) -> tuple[str, ...]:
    """The quorum rule as sentences."""
    said = []
    if arrangement.quorum_number:
        said.append(f"At least {arrangement.quorum_number} members")
    if arrangement.quorum_share:
        said.append(arrangement.get_quorum_share_display())
    said += [f"Somebody of: {need['label']}" for need in arrangement.needs]
    if not said:
        said.append("No quorum is set: one member is enough to decide")
    said.append("Members online count" if arrangement.virtual_counts else "Members online do not count")
    said.append("Deputies count" if arrangement.deputies_count else "Deputies do not count")
    return tuple(said)


def group_page(arrangement: Arrangement, since: date) -> GroupPage:
    """How one group meets."""
    told = Interest.objects.filter(group=arrangement.group_id).select_related("person")
    return GroupPage(
        arrangement,
        rule_in_words(arrangement),
        tuple(roll_of(arrangement.group_id, since)),
        tuple(told.order_by("person__full_name", "declared_on", "created_at")),
    )
