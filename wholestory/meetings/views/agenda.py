"""The agenda: setting it without a line of script, one item, its papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.documents import operations as documents
from wholestory.documents.rules.content import NotTaken
from wholestory.documents.shelf import Unreachable
from wholestory.meetings import authority
from wholestory.meetings.forms.meetings import BeginForm, ItemForm, PaperForm, ReasonForm
from wholestory.meetings.models import Item, Meeting, MeetingState, Paper, Part, Purpose
from wholestory.meetings.operations import agenda, attending
from wholestory.meetings.queries import pages
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.views.finding import (
    KIND,
    members,
    must_manage,
    person,
    shut,
    step,
    the_item,
    the_meeting,
    url_of,
)
from wholestory.records.models import Record
from wholestory.records.references import tidy

OWN = agenda.ITEM.kind


def _agenda_url(meeting: Meeting) -> str:
    return reverse("meetings:agenda", args=[meeting.record.reference])


def item_url(item: Item) -> str:
    """The item's own page."""
    return reverse("meetings:item", args=[item.meeting.record.reference, item.pk])


@asks(Verb.READ, KIND)
def edit(request: Request, reference: str) -> HttpResponse:
    """The agenda with a button for every move."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    if request.method == "POST":
        key, _, way = request.POST.get("move", "").partition(" ")
        item = (
            Item.objects.filter(meeting=found, pk=_uuid(key), withdrawn_on=None)
            .select_related("about")
            .first()
        )
        if item is None:
            raise Http404
        item.meeting = found
        agenda.move_item(actor=request.person, item=item, earlier=way == "up")
        return redirect(f"{_agenda_url(found)}#item-{item.pk}")
    shown = pages.agenda(found, request.person, sits=False)
    context = {"meeting": found, "agenda": shown, "back": url_of(found)}
    return render(request, "meetings/agenda.html", context)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


@asks(Verb.READ, KIND)
def add(request: Request, reference: str) -> HttpResponse:
    """Add an item that is about no record of a duty."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    form = ItemForm(request.POST or None, initial={"part": Part.A, "purpose": Purpose.INFORMATION})

    def do() -> None:
        said = form.cleaned_data
        agenda.add_item(
            actor=request.person, meeting=found, part=said["part"], title=said["title"], purpose=said["purpose"],
            lead=said["lead"] or "", minutes_allowed=said["minutes_allowed"], today=request.today,
        )  # fmt: skip

    return step(
        request, form, do, heading="Add an item", caption=found.title, back=_agenda_url(found), label="Add the item",
        done="The item is on the agenda.",
    )  # fmt: skip


@asks(Verb.READ, KIND)
def item(request: Request, reference: str, key: UUID) -> HttpResponse:
    """One item: its papers, interests, whether the meeting may decide on it, and what it decided."""
    found = the_meeting(request, reference)
    one = the_item(request, found, key)
    if closed := shut(request, one):
        return closed
    context = {
        "meeting": found, "item": one, "page": pages.item_page(one),
        "manages": authority.manages(request.person, found.record).yes,
        "chairs": authority.chairs(request.person, found, one),
        "open": found.state != MeetingState.CANCELLED and found.meets_on <= request.today, "back": url_of(found),
    }  # fmt: skip
    return render(request, "meetings/item.html", context)


@asks(Verb.READ, KIND)
def change(request: Request, reference: str, key: UUID) -> HttpResponse:
    """Change what the agenda says of an item."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    one = the_item(request, found, key)
    form = ItemForm(
        request.POST or None,
        people=members(found.group, found.meets_on),
        initial={
            "title": one.title, "purpose": one.purpose, "lead": one.lead, "minutes_allowed": one.minutes_allowed,
            "chaired_by": str(one.chaired_by_id or ""),
        },
    )  # fmt: skip

    def do() -> None:
        said = form.cleaned_data
        agenda.change_item(
            actor=request.person, item=one, title=said["title"], purpose=said["purpose"], lead=said["lead"] or "",
            minutes_allowed=said["minutes_allowed"], chaired_by=person(said["chaired_by"]),
        )  # fmt: skip

    return step(
        request,
        form,
        do,
        heading="Change the item",
        caption=one.title,
        back=item_url(one),
        done="The item was changed.",
    )


@asks(Verb.READ, KIND)
def withdraw(request: Request, reference: str, key: UUID) -> HttpResponse:
    """Take an item off the agenda."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    one = the_item(request, found, key)
    form = ReasonForm(request.POST or None)

    def do() -> None:
        agenda.withdraw_item(
            actor=request.person, item=one, because=form.cleaned_data["because"], today=request.today
        )

    return step(
        request, form, do, heading="Take the item off the agenda", caption=one.title, back=item_url(one),
        onward=_agenda_url(found), label="Take it off", done="The item is off the agenda.", danger=True,
    )  # fmt: skip


@asks(Verb.READ, KIND)
def begin(request: Request, reference: str, key: UUID) -> HttpResponse:
    """Note when an item was begun, so that whoever had left does not count for it."""
    found = the_meeting(request, reference)
    one = the_item(request, found, key)
    if not (authority.manages(request.person, found.record) or authority.chairs(request.person, found, one)):
        raise Http404
    form = BeginForm(request.POST or None, initial={"at": one.begun_time})

    def do() -> None:
        attending.begin_item(actor=request.person, item=one, at=form.cleaned_data["at"])

    return step(
        request, form, do, heading="When was it begun?", caption=one.title, back=item_url(one), done="Noted."
    )


@asks(Verb.READ, KIND)
def add_paper(request: Request, reference: str, key: UUID) -> HttpResponse:
    """Attach a paper: a file to keep here, or one that is here already."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    one = the_item(request, found, key)
    form = PaperForm(
        request.POST or None,
        request.FILES or None,
        uploads=one.about.kind == OWN,
        initial={"purpose": one.purpose},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _attach(request, one, form.cleaned_data)
        except MeetingRefused as refused:
            form.add_error("reference", str(refused))
        except (NotTaken, documents.NotNow, Unreachable) as refused:
            form.add_error("upload", str(refused))
        else:
            messages.success(request, "The paper is attached.")
            return redirect(item_url(one))
    context: dict[str, Any] = {
        "form": form, "heading": "Attach a paper", "caption": one.title, "back": item_url(one), "label": "Attach it",
        "uploads": True,
    }  # fmt: skip
    return render(request, "meetings/step.html", context)


def _attach(request: Request, item: Item, said: dict[str, Any]) -> None:
    if said.get("upload"):
        kept = documents.keep(
            actor=request.person, about=item.about, upload=said["upload"], today=request.today, now=timezone.now(),
            not_about_a_child=said["not_about_a_child"] or "",
        )  # fmt: skip
        record = kept.record
    else:
        found = Record.objects.filter(reference=tidy(said["reference"])).first()
        if found is None or not asking.ask(request.person, Verb.READ, found):
            raise MeetingRefused("There is no file or record with this reference that you can see.")
        record = found
    agenda.add_paper(
        actor=request.person, item=item, record=record, title=said["title"], purpose=said["purpose"],
        today=request.today,
    )  # fmt: skip


@asks(Verb.READ, KIND)
def remove_paper(request: Request, reference: str, key: UUID, paper: UUID) -> HttpResponse:
    """Take a paper off an item."""
    found = the_meeting(request, reference)
    must_manage(request, found.record)
    one = the_item(request, found, key)
    attached = Paper.objects.filter(item=one, pk=paper).first()
    if attached is None:
        raise Http404
    attached.item = one
    if request.method == "POST":
        agenda.remove_paper(actor=request.person, paper=attached)
        messages.success(request, "The paper was taken off.")
        return redirect(item_url(one))
    context = {
        "question": f"Take “{attached.title}” off this item?",
        "consequences": ["members no longer find it here", "the file itself stays where it is kept"],
        "confirm_label": "Take it off",
        "cancel_url": item_url(one),
    }
    return render(request, "govuk/confirm.html", context)
