"""The list of meetings, one meeting, and planning them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Table
from wholestory.meetings import authority
from wholestory.meetings.forms.meetings import PAST, MeetingFilter, MeetingForm, ReasonForm
from wholestory.meetings.models import Arrangement, Meeting, MeetingKind, MeetingState
from wholestory.meetings.operations import planning
from wholestory.meetings.queries import lists, pages
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.views.finding import (
    KIND,
    members,
    must_manage,
    person,
    step,
    the_meeting,
    url_of,
    who_may_take_minutes,
)
from wholestory.partners.models import Group

COLUMNS = (
    Column("title", "Meeting", sortable=True),
    Column("group", "Group", sortable=True, sort_by=("group__name",)),
    Column("when", "When", sortable=True, sort_by=("meets_on", "start_time")),
    Column("where", "Where"),
    Column("kind", "Kind", sortable=True),
    Column("state", "State", sortable=True),
)


@asks(Verb.READ, KIND)
def every(request: Request) -> HttpResponse:
    """Every meeting this person may see, today's and coming ones first."""
    if not authority.may_come_in(request.seats, request.in_groups):
        raise Http404
    groups = lists.groups_seen()
    filters = MeetingFilter(request.GET, groups=[(one.slug, one.name) for one in groups], today=request.today)
    page = ListPage(
        request.GET,
        rows=lists.meetings(),
        columns=COLUMNS,
        sort="-when" if request.GET.get("when") == PAST else "when",
        filters=filters,
        shape=lists.lines,
        caption="Meetings",
        empty="No meeting is planned. Choose “Past” above for those that were held.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "Meetings")
    reading.shown(request, KIND, page.rows)
    kept = lists.arrangements_kept(request.person)
    may_plan = bool(kept) or asking.may(request.seats, Verb.MANAGE, KIND, request.board)
    arrangements = Arrangement.objects.select_related("record", "group").order_by("group__name")
    context = {"page": page, "may_plan": may_plan, "arrangements": list(arrangements), "wide": True}
    return render(request, "meetings/list.html", context)


@asks(Verb.READ, KIND)
def meeting(request: Request, reference: str) -> HttpResponse:
    """One meeting: agenda, who comes, whether it may decide, what came of it."""
    found = the_meeting(request, reference)
    page = pages.page_of(found, request.person, request.today)
    about = [line.item.about_id for line in page.agenda.lines]
    if about:
        reading.listed(request, "meetings.item", about)
    manages = authority.manages(request.person, found.record).yes
    chairs = authority.chairs(request.person, found)
    context = {
        "meeting": found, "page": page, "came": _who_came(page), "manages": manages, "chairs": chairs,
        "start": lists.clock_words(found.start_time), "state": lists.lines([found])[0].state,
        "planned": found.state == MeetingState.PLANNED, "cancelled": found.state == MeetingState.CANCELLED,
        "arrangement": Arrangement.objects.select_related("record").filter(group=found.group_id).first(),
        "may_export": asking.ask(request.person, Verb.EXPORT, found.record).yes,
    }  # fmt: skip
    return render(request, "meetings/meeting.html", context)


def _who_came(page: pages.MeetingPage) -> Table:
    rows = [
        (
            one.name,
            ", ".join(part for part in (one.agency, one.role) if part),
            f"{one.status_words}{f': {one.deputy}' if one.deputy else ''}"
            f"{', online' if one.online and one.status != 'virtual' else ''}"
            f"{f', at {lists.clock_words(one.left_time)}' if one.left_time else ''}",
        )
        for one in page.came
    ]
    return Table(
        "Who came",
        ["Name", "Seat", "Attendance"],
        rows,
        hide_caption=True,
        narrow="stack",
        id="came",
    )


@asks(Verb.MANAGE, KIND, by_grant=True, no_line="an empty form shows no record")
def plan(request: Request) -> HttpResponse:
    """Plan a meeting of a group whose meetings this person keeps."""
    if request.board is None:
        raise Http404
    groups = lists.groups_kept(request.person, request.seats, request.board)
    if not groups:
        raise Http404
    form = MeetingForm(
        request.POST or None,
        groups=[(one.slug, one.name) for one in groups],
        chairs=None,
        people=who_may_take_minutes(request.board, None, request.today),
        initial={"kind": MeetingKind.ORDINARY, "group": request.GET.get("group", "")},
    )
    if request.method == "POST" and form.is_valid():
        group = next(one for one in groups if one.slug == form.cleaned_data["group"])
        try:
            made = planning.plan(
                actor=request.person, group=group, board=request.board, said=_said(form), today=request.today
            )
        except MeetingRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(url_of(made))
    back = reverse("meetings:list")
    context = {"form": form, "heading": "Plan a meeting", "back": back, "label": "Plan the meeting"}
    return render(request, "meetings/step.html", context)


def _said(form: Any, chair: Any = None) -> planning.Plan:
    said = form.cleaned_data
    return planning.Plan(
        title=said["title"], meets_on=said["meets_on"], kind=said["kind"], start_time=said["start_time"],
        place=said["place"] or "", joining=said["joining"] or "", chair=person(said.get("chair") or "") or chair,
        secretary=person(said["secretary"]),
    )  # fmt: skip


@asks(Verb.READ, KIND)
def change(request: Request, reference: str) -> HttpResponse:
    """Change when, where or by whom it is held."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    form = MeetingForm(
        request.POST or None,
        groups=None,
        chairs=_with_today(members(found.group, found.meets_on), found.chair),
        people=_with_today(
            who_may_take_minutes(found.record.board, found.group, request.today), found.secretary
        ),
        initial={
            "title": found.title, "kind": found.kind, "meets_on": found.meets_on, "start_time": found.start_time,
            "place": found.place, "joining": found.joining, "chair": str(found.chair_id or ""),
            "secretary": str(found.secretary_id or ""),
        },
    )  # fmt: skip

    def do() -> None:
        group: Group = found.group
        planning.change(
            actor=request.person, meeting=found, today=request.today, now=timezone.now(),
            said=_said(form, planning.usual_chair(group, form.cleaned_data["meets_on"])),
        )  # fmt: skip

    return step(
        request, form, do, heading="Change the meeting", caption=found.title, back=url_of(found),
        done="The meeting was changed.",
    )  # fmt: skip


def _with_today(choices: list[tuple[str, str]], held_by: Any) -> list[tuple[str, str]]:
    """The choices with whoever it is now, should they have left since."""
    if held_by is None or str(held_by.pk) in {key for key, _ in choices}:
        return choices
    return [*choices, (str(held_by.pk), held_by.full_name)]


@asks(Verb.READ, KIND)
def cancel(request: Request, reference: str) -> HttpResponse:
    """Cancel it, with the reason."""
    found: Meeting = the_meeting(request, reference)
    must_manage(request, found.record)
    form = ReasonForm(request.POST or None)

    def do() -> None:
        planning.cancel(actor=request.person, meeting=found, because=form.cleaned_data["because"])

    return step(
        request, form, do, heading="Cancel the meeting", caption=found.title, back=url_of(found),
        label="Cancel the meeting", done="The meeting is cancelled. It stays in the list, with the reason.",
        danger=True,
    )  # fmt: skip
