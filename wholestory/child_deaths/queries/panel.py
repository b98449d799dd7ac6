"""What a member of the panel is shown: meetings, the packs they may open, and (a chair) what the papers leave out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.access import acting
from wholestory.child_deaths.models import (
    Case,
    ChildName,
    Pack,
    PanelComment,
    PanelDecision,
    Review,
    Service,
    Unmasking,
)
from wholestory.meetings import authority
from wholestory.meetings.models import Declaration, Item, Meeting, MeetingState
from wholestory.partners.models import Group, Person, Seat


@dataclass(frozen=True)
class Listed:
    """One case on an agenda: all that is said of it before it is opened."""

    review: Review
    title: str
    declared: bool
    decided: str


@dataclass(frozen=True)
class MeetingLine:
    """One meeting with the cases this person may open."""

    meeting: Meeting
    cases: tuple[Listed, ...]


def groups_of(person: Person, today: date) -> list[Group]:
    """The panels this person sits on."""
    seats = Seat.objects.filter(person=person, group__panels__isnull=False).select_related("group")
    return list({seat.group_id: seat.group for seat in seats if seat.holds_on(today) and seat.group}.values())


def meetings(person: Person, today: date) -> list[MeetingLine]:
    """Meetings of the panels this person may see, the latest first, with the cases open to them: six queries."""
    rows = Meeting.objects.filter(group__panels__isnull=False).exclude(state=MeetingState.CANCELLED)
    held = list(rows.select_related("record", "group").distinct().order_by("-meets_on", "-created_at")[:50])
    items = list(
        Item.objects.filter(meeting__in=held, withdrawn_on=None)
        .select_related("about")
        .order_by("place", "created_at")
    )
    reviews = {
        one.record_id: one
        for one in Review.objects.filter(record__in=[item.about_id for item in items]).select_related(
            "record"
        )
    }
    declared = set(
        Declaration.objects.filter(item__in=items, person=person).values_list("item_id", flat=True)
    )
    decided = {one.item_id: one.get_outcome_display() for one in PanelDecision.objects.filter(item__in=items)}
    sits = {group.pk for group in groups_of(person, today)}
    return [
        MeetingLine(
            meeting,
            tuple(
                Listed(
                    reviews[item.about_id], item.title,
                    item.pk in declared or meeting.group_id not in sits, decided.get(item.pk, ""),
                )
                for item in items
                if item.meeting_id == meeting.pk and item.about_id in reviews
            ),
        )
        for meeting in held
    ]  # fmt: skip


@dataclass(frozen=True)
class PackPage:
    """The papers of one case and what belongs to them, for the page, the print and the file."""

    pack: Pack | None
    parts: tuple[tuple[str, str], ...]
    comments: tuple[PanelComment, ...]
    decisions: tuple[PanelDecision, ...]
    seen: tuple[Unmasking, ...]


def pack_page(review: Review) -> PackPage:
    """Four queries."""
    packs = Pack.objects.filter(review=review, withdrawn_at=None).select_related("released_by")
    comments = PanelComment.objects.filter(review=review).select_related("person")
    decisions = PanelDecision.objects.filter(review=review).select_related(
        "meeting__record", "by", "on_word_of"
    )
    seen = Unmasking.objects.filter(review=review).select_related("by")
    pack = packs.order_by("-version").first()
    return PackPage(
        pack, tuple((part[0], part[1]) for part in pack.parts) if pack else (), tuple(comments.order_by("at")),
        tuple(decisions.order_by("decided_on", "created_at")), tuple(seen.order_by("at")),
    )  # fmt: skip


def unmasked(review: Review, what: str) -> list[tuple[str, str]]:
    """What the papers leave out, for the chair who gave a reason. Read with the system's eyes."""
    with acting.as_system(review.record.board_id, "keeper"):
        case = Case.objects.select_related("child").get(pk=review.case_id)
        if what == Unmasking.What.CHILD:
            names = [
                str(name) for name in ChildName.objects.filter(child=case.child_id).order_by("created_at")
            ]
            born = case.child.born_on
            return [
                ("Name", ", ".join(names)),
                ("Date of birth", f"{born.day} {born:%B} {born.year}" if born else "Not known"),
            ]
        found = [("Place of death", case.place_name), ("Where it began", case.event_place)]
        services = Service.objects.filter(child=case.child_id).select_related("agency").order_by("created_at")
        found += [
            (one.role or "Service", one.agency.name if one.agency else one.organisation) for one in services
        ]
        return [(label, words) for label, words in found if words]


def chairs(person: Person, item: Item | None) -> bool:
    """Whether this person decides on this item."""
    return item is not None and authority.chairs(person, item.meeting, item)
