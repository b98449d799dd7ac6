"""Declaring interests before papers open, what follows from them, and one's own register."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.meetings import authority
from wholestory.meetings.forms.interests import NONE, DeclareForm, EffectForm, EndForm, InterestForm
from wholestory.meetings.models import Arrangement, Effect, Interest, Item, Meeting, MeetingState, Part
from wholestory.meetings.operations import interests
from wholestory.meetings.queries import answers, pages
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.views.agenda import item_url
from wholestory.meetings.views.finding import KIND, step, the_item, the_meeting, url_of
from wholestory.partners.models import Person, Seat


@asks(Verb.READ, KIND)
def declare(request: Request, reference: str) -> HttpResponse:
    """Do you have an interest in any of these items? Asked of members, by titles that name nobody."""
    found = the_meeting(request, reference)
    if not authority.sits_in(request.person, found.group_id, request.today):
        raise Http404
    if found.state == MeetingState.CANCELLED:
        return redirect(url_of(found))
    shown = pages.agenda(found, request.person, sits=True)
    items = [(line.number, line.item) for line in shown.lines]
    reading.listed(request, "meetings.item", [item.about_id for _, item in items])
    known = pages.own_answers(request.person, [item for _, item in items])
    initial = {f"effect_{key}": one.effect or NONE for key, one in known.items()}
    initial |= {f"words_{key}": one.words for key, one in known.items()}
    form = DeclareForm(request.POST if request.method == "POST" else None, items=items, initial=initial)
    if request.method == "POST" and form.is_valid():
        changed = [
            interests.Said(item, effect, words)
            for item, effect, words in form.answers()
            if item.pk not in known or (known[item.pk].effect, known[item.pk].words) != (effect, words)
        ]
        for said in changed:
            said.item.meeting = found
        try:
            withheld = interests.declare(
                actor=request.person, meeting=found, answers=changed, now=timezone.now()
            )
        except MeetingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _said(withheld))
            return redirect(url_of(found))
    context = {"meeting": found, "form": form, "any": bool(items), "back": url_of(found)}
    return render(request, "meetings/declare.html", context)


def _said(withheld: int) -> str:
    if not withheld:
        return "Thank you. Your answers are kept, and the papers are open to you."
    what = "that item" if withheld == 1 else "those items"
    return f"Thank you. Your answers are kept. You no longer see {what} or any paper of it; the others are open to you."


@asks(Verb.READ, KIND)
def effect(request: Request, reference: str, key: UUID, who: UUID) -> HttpResponse:
    """The chair or whoever takes the minutes says what follows from a member's interest."""
    found = the_meeting(request, reference)
    item = the_item(request, found, key)
    person = Person.objects.filter(pk=who).first()
    allowed = authority.manages(request.person, found.record) or authority.chairs(request.person, found)
    if not allowed or person is None or not _concerned(person, item, found):
        raise Http404
    choices = [
        (value, answers.effect_in_words(value))
        for value in Effect.values
        if item.part == Part.B or value != Effect.WITHHELD
    ]
    before = next((one for one in answers.declarations_of(item) if one.person_id == person.pk), None)
    form = EffectForm(
        request.POST or None, choices=choices, initial={"effect": before.effect if before else ""}
    )

    def do() -> None:
        interests.set_effect(
            actor=request.person, item=item, person=person, effect=form.cleaned_data["effect"],
            reason=form.cleaned_data["reason"], today=request.today, now=timezone.now(),
        )  # fmt: skip

    return step(
        request, form, do, heading=f"What follows for {person.full_name}?", caption=item.title, back=item_url(item),
        done="Kept. It holds from now on, and stays in the history.", template="meetings/effect.html", before=before,
    )  # fmt: skip


def _concerned(person: Person, item: Item, meeting: Meeting) -> bool:
    """Somebody who sits in the group, or who declared something about this item before they left it."""
    sits = authority.seats_on(meeting.group_id, meeting.meets_on).filter(person=person).exists()
    return sits or item.declarations.filter(person=person).exists()


def _own_groups(request: Request) -> list[Arrangement]:
    """The groups this person sits in and that meet, by name."""
    held = Seat.objects.filter(person=request.person, group__isnull=False)
    groups = {seat.group_id for seat in held if seat.holds_on(request.today)}
    rows = Arrangement.objects.filter(group__in=groups).select_related("record__board", "group")
    return list(rows.order_by("group__name"))


@asks(Verb.READ, "meetings.interests")
def own(request: Request) -> HttpResponse:
    """One's own register of interests."""
    groups = _own_groups(request)
    if not groups and not request.person.interests.exists():
        raise Http404
    reading.listed(request, "meetings.arrangement", [one.record_id for one in groups])
    rows = Interest.objects.filter(person=request.person).select_related("group")
    context = {
        "interests": list(rows.order_by("ends_on", "-declared_on", "created_at")),
        "may_add": bool(groups),
    }
    return render(request, "meetings/interests.html", context)


@asks(Verb.READ, "meetings.interests", no_line="an empty form shows no record")
def add(request: Request) -> HttpResponse:
    """Enter an interest in one's own register."""
    groups = _own_groups(request)
    if not groups:
        raise Http404
    form = InterestForm(
        request.POST or None,
        groups=[(str(one.pk), one.group.name) for one in groups],
        initial={"groups": [str(one.pk) for one in groups]},
    )

    def do() -> None:
        said = form.cleaned_data
        interests.register(
            actor=request.person, arrangements=[one for one in groups if str(one.pk) in said["groups"]],
            kind=said["kind"], words=said["words"], starts_on=said["starts_on"], today=request.today,
        )  # fmt: skip

    return step(
        request, form, do, heading="Add an interest", back=reverse("meetings:interests"), label="Add it",
        done="It is in the register of the groups you chose.",
    )  # fmt: skip


@asks(Verb.READ, "meetings.interests")
def end(request: Request, key: UUID) -> HttpResponse:
    """Say that an interest has ended."""
    found = Interest.objects.filter(pk=key, person=request.person).select_related("group").first()
    if found is None:
        raise Http404
    arrangement = Arrangement.objects.filter(group=found.group_id).first()
    reading.listed(request, "meetings.arrangement", [arrangement.record_id] if arrangement else [])
    form = EndForm(request.POST or None)

    def do() -> None:
        interests.end_interest(actor=request.person, interest=found, on=form.cleaned_data["on"])

    return step(
        request, form, do, heading="It has ended", caption=found.words, back=reverse("meetings:interests"),
        done="The register says that it has ended.",
    )  # fmt: skip
