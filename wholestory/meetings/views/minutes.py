"""Minutes: writing, checking, approving, correcting, reading and printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.forms.deciding import MeetingChoiceForm
from wholestory.meetings.forms.minutes import CorrectionForm, MinutesForm
from wholestory.meetings.models import Decision, Interest, ItemMinute, Meeting, Minutes, MinutesState
from wholestory.meetings.operations import minutes as operations
from wholestory.meetings.queries import answers, pages
from wholestory.meetings.queries.counting import quorum_of
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.views.deciding import offered
from wholestory.meetings.views.finding import KIND, must_manage, step, the_meeting, url_of

COLOURS = {
    MinutesState.DRAFT: "in_progress", MinutesState.WITH_CHAIR: "waiting", MinutesState.CHECKED: "waiting",
    MinutesState.APPROVED: "done",
}  # fmt: skip


@dataclass(frozen=True)
class Minuted:
    """One item as the minutes show it."""

    line: pages.Line
    words: str
    decisions: tuple[Decision, ...]


def _url(meeting: Meeting) -> str:
    return reverse("meetings:minutes", args=[meeting.record.reference])


def _versions(meeting: Meeting) -> list[Minutes]:
    rows = Minutes.objects.filter(meeting=meeting).select_related(
        "drafted_by", "checked_by", "approved_by", "approved_at_meeting"
    )
    return list(rows.order_by("-version"))


def _chosen(request: Request, versions: list[Minutes]) -> Minutes | None:
    asked = request.GET.get("version", "")
    found = next((one for one in versions if str(one.version) == asked), None)
    return found or (versions[0] if versions else None)


def _of_items(meeting: Meeting, version: int) -> dict[UUID, str]:
    """What stands of each item in this version: its own words, else those of the version before."""
    rows = ItemMinute.objects.filter(minutes__meeting=meeting, minutes__version__lte=version)
    return {one.item_id: one.words for one in rows.order_by("minutes__version")}


@asks(Verb.READ, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """The minutes, in the version asked for or the newest; members read them once the chair has checked them."""
    return _page(request, reference, "meetings/minutes.html")


@asks(Verb.READ, KIND)
def printed(request: Request, reference: str) -> HttpResponse:
    """The same on paper."""
    return _page(request, reference, "meetings/minutes_print.html", to_print=True)


def _page(request: Request, reference: str, template: str, *, to_print: bool = False) -> HttpResponse:
    found = the_meeting(request, reference)
    if to_print:
        reading.must_leave(request, found)
    manages = authority.manages(request.person, found.record).yes
    chairs = authority.chairs(request.person, found)
    versions = [one for one in _versions(found) if manages or chairs or one.checked_by_id]
    chosen = _chosen(request, versions)
    if chosen is None and (to_print or not manages):
        raise Http404
    context: dict[str, Any] = {
        "meeting": found, "minutes": chosen, "versions": versions, "manages": manages, "chairs": chairs,
        "back": url_of(found),
    }  # fmt: skip
    if chosen is not None:
        # Whoever writes the minutes knows them; a member answers first, as for the papers.
        asked = not manages and authority.sits_in(request.person, found.group_id, request.today)
        context |= _shown(request, found, chosen, asked=asked)
    return render(request, template, context)


def _shown(request: Request, meeting: Meeting, chosen: Minutes, *, asked: bool) -> dict[str, Any]:
    shown = pages.agenda(meeting, request.person, sits=asked)
    words = _of_items(meeting, chosen.version)
    decisions: dict[UUID | None, list[Decision]] = {}
    for one in Decision.objects.filter(meeting=meeting).select_related("record").order_by("created_at"):
        decisions.setdefault(one.item_id, []).append(one)
    reading.listed(request, "meetings.item", [line.item.about_id for line in shown.lines])
    told: dict[str, list[str]] = {}
    rows = Interest.objects.filter(group=meeting.group_id).select_related("person")
    for interest in rows.order_by("declared_on"):
        if interest.ends_on is None or interest.ends_on >= meeting.meets_on:
            told.setdefault(interest.person.full_name, []).append(interest.words)
    return {
        "items": [
            Minuted(line, "", ())
            if line.shut
            else Minuted(line, words.get(line.item.pk, ""), tuple(decisions.get(line.item.pk, [])))
            for line in shown.lines
        ],
        "came": [(one, told.get(one.name, [])) for one in answers.attendance_of(meeting)],
        "quorum": quorum_of(meeting), "colour": COLOURS[MinutesState(chosen.state)],
        "is_draft": chosen.state == MinutesState.DRAFT, "with_chair": chosen.state == MinutesState.WITH_CHAIR,
        "checked": chosen.state == MinutesState.CHECKED, "approved": chosen.state == MinutesState.APPROVED,
    }  # fmt: skip


def _newest(meeting: Meeting) -> Minutes:
    found = operations.newest(meeting)
    if found is None:
        raise Http404
    return found


@asks(Verb.READ, KIND)
def write(request: Request, reference: str) -> HttpResponse:
    """Draft the minutes."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    newest = operations.newest(found)
    if newest is not None and newest.state != MinutesState.DRAFT:
        messages.error(request, "Take the minutes back first to change them.")
        return redirect(_url(found))
    lines = pages.agenda(found, request.person, sits=False).lines
    form = MinutesForm(
        request.POST or None,
        items=[(line.number, line.item) for line in lines],
        known=_of_items(found, newest.version) if newest else {},
        initial={"words": newest.words if newest else ""},
    )

    def do() -> None:
        begun = newest or operations.draft(actor=request.person, meeting=found, today=request.today)
        operations.write(
            actor=request.person,
            minutes=begun,
            words=form.cleaned_data["words"] or "",
            of_items=form.of_items(),
        )

    return step(
        request, form, do, heading="Draft minutes", caption=found.title, back=_url(found) if newest else url_of(found),
        onward=_url(found), label="Save the draft", done="The draft is saved.",
    )  # fmt: skip


#: What a button on the page of the minutes does.
_MOVES: dict[str, tuple[Callable[..., object], bool, str]] = {
    "to_chair": (operations.send_to_chair, False, "The draft is with the chair."),
    "take_back": (operations.take_back, False, "The minutes are a draft again."),
    "check": (operations.check, True, "Checked. Members can read them; the next meeting approves them."),
}


@asks(Verb.READ, KIND, no_line="a button that leads back to the minutes")
@require_POST
def move(request: Request, reference: str) -> HttpResponse:
    """One step of the minutes: to the chair, back to a draft, checked."""
    found = the_meeting(request, reference)
    do, dated, said = _MOVES.get(request.POST.get("to", ""), (None, False, ""))
    if do is None:
        raise Http404
    more = {"today": request.today} if dated else {}
    try:
        do(actor=request.person, minutes=_newest(found), **more)
    except MeetingRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(_url(found))


@asks(Verb.READ, KIND)
def approve(request: Request, reference: str) -> HttpResponse:
    """A later meeting agrees the minutes; from then on nothing changes them."""
    found = the_meeting(request, reference)
    if not authority.chairs(request.person, found):
        raise Http404
    newest = _newest(found)
    choices = offered(found.group_id, request.today, since=found.meets_on, without=found.pk)
    form = MeetingChoiceForm(request.POST or None, meetings=choices)

    def do() -> None:
        at = Meeting.objects.select_related("record__board").get(pk=form.cleaned_data["meeting"])
        operations.approve(actor=request.person, minutes=newest, at_meeting=at, today=request.today)

    nothing = (
        "" if choices else "No later meeting of the group has been held yet. Minutes are approved at one."
    )
    return step(
        request, form, do, heading="Approve the minutes", caption=found.title, back=_url(found), nothing=nothing,
        label="Approve and lock them", done="Approved and locked. Nobody can change them any more.",
    )  # fmt: skip


@asks(Verb.READ, KIND)
def correct(request: Request, reference: str) -> HttpResponse:
    """Begin a correction of approved minutes: the next version."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    newest = _newest(found)
    form = CorrectionForm(request.POST or None)

    def do() -> None:
        operations.correct(
            actor=request.person, minutes=newest, what=form.cleaned_data["what"], today=request.today
        )

    return step(
        request, form, do, heading="Correct the minutes", caption=found.title, back=_url(found),
        onward=reverse("meetings:write_minutes", args=[found.record.reference]), label="Begin the correction",
        done="The approved version stays as it is. Write the correction here.",
    )  # fmt: skip
