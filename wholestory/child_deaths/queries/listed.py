"""Where a case is listed, who of the meeting may read its papers, and who must be kept out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from wholestory.access.models import Grant, Refusal
from wholestory.child_deaths.models import Case, Merge, PanelDecision, Relative, Review
from wholestory.child_deaths.queries.known_names import words
from wholestory.child_deaths.rules.folding import fold
from wholestory.meetings import authority
from wholestory.meetings.models import Item, Meeting, MeetingState
from wholestory.partners.models import Group, Person

MEMBER, CHAIR = "overview_panel", "overview_chair"
#: How long after the meeting members may still read the papers, unless the panel's settings say otherwise.
OPEN_DAYS = 90
_TITLES = words("dr mr mrs ms miss mx prof professor")


def item_of(review: Review) -> Item | None:
    """Its latest place on an agenda, if it was not taken off."""
    items = Item.objects.filter(about=review.record_id, withdrawn_on=None).select_related(
        "meeting__record__board", "meeting__group", "meeting__chair", "chaired_by", "about__board"
    )
    return items.order_by("-meeting__meets_on", "-created_at").first()


def waiting_item(review: Review) -> Item | None:
    """The place on an agenda on which nothing was decided yet."""
    item = item_of(review)
    if item is None or PanelDecision.objects.filter(item=item).exists():
        return None
    return item


def meetings_for(case: Case, today: date) -> list[Meeting]:
    """Coming meetings of the panel's group, and of groups it meets with regionally, the next first."""
    groups = Group.objects.filter(
        Q(panels=case.panel_id) | Q(boards=case.record.board_id, panels__isnull=False)
    )
    rows = Meeting.objects.filter(group__in=groups, state=MeetingState.PLANNED, meets_on__gte=today)
    return list(rows.select_related("record", "group").order_by("meets_on", "created_at").distinct())


def sits_at(meeting: Meeting, today: date) -> dict[Person, str]:
    """Who is let in to a case listed there: everybody with a seat in the group on the day, and who chairs.

    An adviser or co-opted expert holds a seat too; whoever only takes the minutes does not.
    """
    found: dict[Person, str] = {}
    for seat in authority.seats_on(meeting.group_id, max(meeting.meets_on, today)):
        role = CHAIR if seat.role in authority.CHAIRS else MEMBER
        if found.get(seat.person) != CHAIR:
            found[seat.person] = role
    if meeting.chair is not None:
        found[meeting.chair] = CHAIR
    return found


def reviewed_before(case: Case, review: Review) -> str:
    """Why a regional themed meeting may not take it: by whom and when it was reviewed. Empty when it was not."""
    if review.first_reviewed_on:
        return f"It was reviewed here on {_day(review.first_reviewed_on)}."
    if review.elsewhere_on or review.elsewhere_by:
        by = review.elsewhere_by or "another panel"
        on = f" on {_day(review.elsewhere_on)}" if review.elsewhere_on else ""
        return f"It was reviewed before by {by}{on}."
    joined = Merge.objects.filter(into_case=case).values("from_case")
    other = Review.objects.filter(case__in=joined, first_reviewed_on__isnull=False).first()
    if other is not None and other.first_reviewed_on is not None:
        return f"A case joined to it was reviewed on {_day(other.first_reviewed_on)}."
    return ""


def relatives_among(case: Case, people: Iterable[Person]) -> list[Person]:
    """Those who bear the name of one of the child's relatives: kept out until somebody has made sure."""
    names = {
        _key(name) for name in Relative.objects.filter(child=case.child_id).values_list("name", flat=True)
    }
    names.discard(())
    return [person for person in people if _key(person.full_name) in names]


def _key(name: str) -> tuple[str, ...]:
    """First name and family name as they are compared."""
    parts = [part for part in fold(name).replace(".", " ").split() if part not in _TITLES]
    return (parts[0], parts[-1]) if len(parts) > 1 else ()


def let_in(review: Review) -> list[Grant]:
    """Who of a panel may read this review now, by name."""
    rows = Grant.objects.filter(circle=review.circle_id, role__in=(MEMBER, CHAIR), withdrawn_at=None)
    return list(rows.select_related("person").order_by("person__full_name"))


def kept_out(review: Review) -> list[Refusal]:
    """Who is kept out of this review now: for a conflict of interest, or because they may be a relative."""
    rows = Refusal.objects.filter(circle=review.circle_id, lifted_at=None).select_related("person")
    return list(rows.order_by("created_at"))


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
