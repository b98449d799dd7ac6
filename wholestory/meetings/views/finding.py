"""Finding what a page is about, and offering people, once for all views of the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory import ledger
from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.models import Arrangement, Item, Meeting
from wholestory.meetings.operations.interests import must_have_declared
from wholestory.meetings.queries import lists
from wholestory.meetings.refusing import MeetingRefused, NotYetDeclared
from wholestory.partners.models import TEAM_ROLES, Board, Group, Person, Seat

KIND = Meeting.record_kind
Choices = list[tuple[str, str]]


def the_meeting(request: Request, reference: str) -> Meeting:
    """The meeting, if this person may see it; otherwise the one "not found" page."""
    return reading.one(request, lists.meetings(), reference=reference)


def the_arrangement(request: Request, reference: str) -> Arrangement:
    """How a group meets, by its reference."""
    rows = Arrangement.objects.select_related("record__board", "group")
    return reading.one(request, rows, reference=reference)


def the_item(request: Request, meeting: Meeting, key: UUID, *, listed: bool = True) -> Item:
    """An item of the meeting, noted as opened with what it is about; 404 for one this person may not see."""
    found = Item.objects.filter(meeting=meeting, pk=key).select_related("about__board", "chaired_by").first()
    if found is None or (listed and found.withdrawn_on is not None):
        raise Http404
    found.meeting = meeting
    ledger.line("access.opened", found.about, reason="meetings.meeting", writes=False)
    return found


def must_manage(request: Request, door: Any) -> None:
    """404 for whoever does not keep this meeting."""
    if not authority.manages(request.person, door):
        raise Http404


def shut(request: Request, item: Item) -> HttpResponse | None:
    """The way to declaring interests, for a member who has not done so for this item."""
    try:
        must_have_declared(request.person, item)
    except NotYetDeclared as not_yet:
        messages.info(request, str(not_yet))
        return redirect("meetings:declare", item.meeting.record.reference)
    return None


def step(
    request: Request,
    form: Any,
    do: Callable[[], object],
    *,
    heading: str,
    back: str,
    label: str = "Save",
    done: str = "",
    caption: str = "",
    onward: str = "",
    template: str = "meetings/step.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form: what it does once it is right, a refusal in words above it, and back."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except MeetingRefused as refused:
            form.add_error(None, str(refused))
        else:
            if done:
                messages.success(request, done)
            return redirect(onward or back)
    context = {"form": form, "heading": heading, "back": back, "label": label, "caption": caption, **more}
    return render(request, template, context)


def url_of(meeting: Meeting) -> str:
    """The meeting's own page."""
    return reverse("meetings:meeting", args=[meeting.record.reference])


def members(group: Group, day: Any) -> Choices:
    """Those who sit in the group and vote, as choices."""
    found = {seat.person_id: seat for seat in authority.seats_on(group, day) if seat.role in authority.VOTES}
    return [
        (str(one.person_id), f"{one.person.full_name}{f', {one.agency.name}' if one.agency else ''}")
        for one in found.values()
    ]


def who_may_take_minutes(board: Board, group: Group | None, day: Any) -> Choices:
    """The board's team, and those who sit in the group."""
    team = Seat.objects.filter(board=board, group=None, role__in=TEAM_ROLES).select_related("person")
    people = {seat.person_id: seat.person for seat in team if seat.holds_on(day)}
    if group is not None:
        people |= {seat.person_id: seat.person for seat in authority.seats_on(group, day)}
    return [
        (str(one.pk), one.full_name)
        for one in sorted(people.values(), key=lambda one: one.full_name.casefold())
    ]


def person(key: str) -> Person | None:
    """The person somebody chose, or nobody."""
    return Person.objects.filter(pk=key).first() if key else None


def may_export(request: Request, meeting: Meeting | Arrangement) -> bool:
    """Whether this person may take lists of it out of the system."""
    return asking.ask(request.person, Verb.EXPORT, meeting.record, kind=KIND).yes
