"""The register of decisions, deciding at a meeting, and decisions between meetings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.meetings import authority
from wholestory.meetings.forms.deciding import (
    AnswerForm,
    AnswerForSomebodyForm,
    ConcludeForm,
    DecideForm,
    MeetingChoiceForm,
)
from wholestory.meetings.forms.meetings import DecisionFilter
from wholestory.meetings.models import (
    Arrangement,
    Decision,
    DecisionState,
    Item,
    Meeting,
    MeetingState,
    VoiceKind,
)
from wholestory.meetings.operations import between, deciding
from wholestory.meetings.queries import lists, pages
from wholestory.meetings.queries.counting import effects_on, quorum_of
from wholestory.meetings.refusing import MeetingRefused
from wholestory.meetings.views.agenda import item_url
from wholestory.meetings.views.finding import KIND, members, shut, step, the_item, the_meeting
from wholestory.partners.models import Agency, Person

DECISION = Decision.record_kind
COLUMNS = (
    Column("reference", "Decision"),
    Column("words", "What was decided"),
    Column("group", "Group", sortable=True, sort_by=("group__name",)),
    Column("on", "When", sortable=True, sort_by=("decided_on", "asked_on")),
    Column("state", "State", sortable=True),
)


@asks(Verb.READ, DECISION)
def every(request: Request) -> HttpResponse:
    """The register: every decision this person may see and has answered for, the latest first."""
    if not authority.may_come_in(request.seats, request.in_groups):
        raise Http404
    groups = lists.groups_seen()
    page = ListPage(
        request.GET,
        rows=lists.decisions_open_to(request.person, request.today),
        columns=COLUMNS,
        sort="-on",
        filters=DecisionFilter(request.GET, groups=[(one.slug, one.name) for one in groups]),
        shape=lists.decision_lines,
        caption="Decisions",
        empty="Nothing has been decided yet.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, DECISION, ids, verb="access.downloaded")
        return page.export(request, "Decisions")
    reading.shown(request, DECISION, page.rows)
    return render(request, "meetings/decisions.html", {"page": page, "wide": True})


def _the_decision(request: Request, reference: str) -> Decision:
    return reading.one(request, lists.decisions(), reference=reference)


def _closed(request: Request, found: Decision) -> HttpResponse | None:
    """The way to declaring interests, for a member who has still to do so for the item it was made on."""
    if found.item_id is None:
        return None
    if lists.decisions_open_to(request.person, request.today).filter(pk=found.pk).exists():
        return None
    # Somebody let in to the item alone may not see its meeting.
    meeting = (
        Meeting.objects.filter(pk__in=Item.objects.filter(pk=found.item_id).values("meeting"))
        .select_related("record")
        .first()
    )
    if meeting is None:
        raise Http404
    messages.info(request, "Say first whether you have an interest in this item.")
    return redirect("meetings:declare", meeting.record.reference)


def _arrangement(decision: Decision) -> Arrangement | None:
    return (
        Arrangement.objects.filter(group=decision.group_id).select_related("record__board", "group").first()
    )


@asks(Verb.READ, DECISION)
def decision(request: Request, reference: str) -> HttpResponse:
    """One decision: its words, who was there, how they voted, who saw it differently."""
    found = _the_decision(request, reference)
    if closed := _closed(request, found):
        return closed
    voices = list(found.voices.select_related("person", "agency").order_by("at", "created_at"))
    asked = found.state == DecisionState.ASKED
    arrangement = _arrangement(found)
    door: Any = arrangement or found
    manages = authority.manages(request.person, door).yes
    concludes = asking.ask(request.person, Verb.DECIDE, door, kind=Arrangement.record_kind).yes
    context = {
        "decision": found, "voices": [one for one in voices if one.kind != VoiceKind.PRESENT],
        "present": [one for one in voices if one.kind == VoiceKind.PRESENT], "asked": asked,
        "verdict": between.quorum_of_answers(found, request.today) if asked and arrangement else None,
        "manages": manages, "concludes": concludes and asked,
        "may_answer": asked and _votes(request, found),
        "may_ratify": concludes and found.state == DecisionState.MADE and found.asked_on is not None,
        "came_of_it": pages.came_of(found),
        "replaced_by": found.replaced_by.select_related("record").first(), "arrangement": arrangement,
    }  # fmt: skip
    return render(request, "meetings/decision.html", context)


def _votes(request: Request, found: Decision) -> bool:
    seats = authority.seats_on(found.group_id, request.today).filter(person=request.person)
    return any(seat.role in authority.VOTES for seat in seats)


@asks(Verb.READ, KIND)
def decide(request: Request, reference: str, key: UUID) -> HttpResponse:
    """The chair writes down what was decided, live or soon after."""
    found = the_meeting(request, reference)
    item = the_item(request, found, key)
    if not authority.chairs(request.person, found, item):
        raise Http404
    if closed := shut(request, item):
        return closed
    effects = effects_on([item])[item.pk]
    voters = [
        (key, name)
        for key, name in members(found.group, found.meets_on)
        if effects.get(UUID(key)) not in deciding.NO_VOTE
    ]
    form = DecideForm(request.POST or None, voters=voters)
    if request.method == "POST" and form.is_valid():
        people = {str(one.pk): one for one in Person.objects.filter(pk__in=[key for key, _ in voters])}
        agencies: dict[str, Agency | None] = {
            str(seat.person_id): seat.agency for seat in authority.seats_on(found.group_id, found.meets_on)
        }
        voices = [
            deciding.Said(kind, people[who], agencies.get(who), words) for kind, who, words in form.given()
        ]
        try:
            made = deciding.decide(
                actor=request.person, item=item, words=form.cleaned_data["words"], why=form.cleaned_data["why"] or "",
                voices=voices, today=request.today, now=timezone.now(),
            )  # fmt: skip
        except MeetingRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The decision is in the register as {made.record.reference}.")
            return redirect(item_url(item))
    context = {
        "meeting": found, "item": item, "form": form, "quorum": quorum_of(found, item), "back": item_url(item),
    }  # fmt: skip
    return render(request, "meetings/decide.html", context)


@asks(Verb.READ, DECISION)
def answer(request: Request, reference: str) -> HttpResponse:
    """A member's own answer between meetings."""
    found = _the_decision(request, reference)
    if closed := _closed(request, found):
        return closed
    if found.state != DecisionState.ASKED or not _votes(request, found):
        raise Http404
    form = AnswerForm(request.POST or None)

    def do() -> None:
        between.answer(
            actor=request.person, decision=found, kind=form.cleaned_data["kind"],
            words=form.cleaned_data["words"] or "", today=request.today, now=timezone.now(),
        )  # fmt: skip

    return _step(
        request,
        found,
        form,
        do,
        "Your answer",
        "Your answer is kept. You can answer again until it is concluded.",
    )


@asks(Verb.READ, DECISION)
def answer_for(request: Request, reference: str) -> HttpResponse:
    """An answer that came by e-mail, written down by who keeps the meetings."""
    found = _the_decision(request, reference)
    if closed := _closed(request, found):
        return closed
    arrangement = _arrangement(found)
    if arrangement is None or not authority.manages(request.person, arrangement):
        raise Http404
    seats = [
        seat for seat in authority.seats_on(found.group_id, request.today) if seat.role in authority.VOTES
    ]
    form = AnswerForSomebodyForm(
        request.POST or None, members=[(str(seat.pk), f"{seat.person.full_name}, {seat}") for seat in seats]
    )

    def do() -> None:
        said = form.cleaned_data
        between.answer(
            actor=request.person, decision=found, kind=said["kind"], words=said["words"] or "", today=request.today,
            now=timezone.now(), seat=next(seat for seat in seats if str(seat.pk) == said["seat"]),
        )  # fmt: skip

    return _step(request, found, form, do, "An answer that came by e-mail", "The answer is kept.")


@asks(Verb.READ, DECISION)
def conclude(request: Request, reference: str) -> HttpResponse:
    """The chair says what came of a question between meetings."""
    found = _the_decision(request, reference)
    if closed := _closed(request, found):
        return closed
    arrangement = _arrangement(found)
    if arrangement is None or not asking.ask(request.person, Verb.DECIDE, arrangement):
        raise Http404
    form = ConcludeForm(request.POST or None)

    def do() -> None:
        between.conclude(
            actor=request.person, decision=found, agreed=form.cleaned_data["agreed"], today=request.today
        )

    return _step(
        request, found, form, do, "Conclude the question", "Concluded. Have the next meeting ratify it."
    )


@asks(Verb.READ, DECISION)
def ratify(request: Request, reference: str) -> HttpResponse:
    """A later meeting takes a decision between meetings as its own."""
    found = _the_decision(request, reference)
    if closed := _closed(request, found):
        return closed
    arrangement = _arrangement(found)
    if arrangement is None or not asking.ask(request.person, Verb.DECIDE, arrangement):
        raise Http404
    choices = offered(found.group_id, request.today, since=found.decided_on)
    form = MeetingChoiceForm(request.POST or None, meetings=choices)

    def do() -> None:
        meeting = Meeting.objects.select_related("record__board").get(pk=form.cleaned_data["meeting"])
        between.ratify(actor=request.person, decision=found, meeting=meeting, today=request.today)

    return _step(
        request, found, form, do, "Ratify the decision", "The decision is ratified.", empty=not choices
    )


def offered(group: UUID, today: Any, since: Any = None, without: UUID | None = None) -> list[tuple[str, str]]:
    """The group's latest meetings that were held, as choices."""
    rows = Meeting.objects.filter(group=group, meets_on__lte=today).exclude(state=MeetingState.CANCELLED)
    if since is not None:
        rows = rows.filter(meets_on__gte=since)
    if without is not None:
        rows = rows.exclude(pk=without)
    return [
        (str(one.pk), f"{one.title}, {in_words(one.meets_on)}") for one in rows.order_by("-meets_on")[:10]
    ]


def _step(
    request: Request, found: Decision, form: Any, do: Any, heading: str, done: str, *, empty: bool = False
) -> HttpResponse:
    back = reverse("meetings:decision", args=[found.record.reference])
    nothing = "No meeting of the group has been held since. Come back after the next one." if empty else ""
    return step(
        request, form, do, heading=heading, caption=found.words[:120], back=back, done=done, nothing=nothing
    )
