"""Is this death known already? A message beside what may be of the same death, and what somebody decides."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.matching import ApartForm, ReasonForm, SameForm
from wholestory.child_deaths.models import Case, Notification, NotTheSame
from wholestory.child_deaths.operations import matching, opening
from wholestory.child_deaths.queries import comparing, identities
from wholestory.child_deaths.queries import duplicates as looking
from wholestory.child_deaths.rules.matching import Identity
from wholestory.correspondence.clock import moment_of
from wholestory.govuk.parts import Table
from wholestory.kernel.moments import at_instant

KIND, CASE = "child_deaths.notification", "child_deaths.case"


@dataclass(frozen=True)
class Shown:
    """A candidate with its comparison as a table."""

    candidate: looking.Candidate
    table: Table


def messages_seen() -> QuerySet[Notification]:
    """Messages the acting person may see."""
    return Notification.objects.select_related("record", "panel__board", "circle", "office")


def cases_seen() -> QuerySet[Case]:
    """Cases the acting person may see."""
    return Case.objects.select_related(
        "record__standing", "circle", "office", "panel__board", "merged_into__record"
    )


def shown(candidates: tuple[looking.Candidate, ...], own: str, told: Identity) -> list[Shown]:
    """Each candidate beside what is looked for. Columns have short heads, because a phone repeats them on each card."""
    this = "This case" if own.startswith("CD-") else "This message"
    return [
        Shown(
            one,
            comparing.table(
                f"{own} and {one.by or one.reference} compared",
                (this, told),
                (_that(one), one.told),
                f"compared-{at}",
            ),
        )
        for at, one in enumerate(candidates, 1)
    ]


def _that(one: looking.Candidate) -> str:
    if one.by:
        return "Its message"
    return "The case" if one.case else "The message"


def listed(request: Request, found: looking.Found) -> None:
    """Note in the access record which cases and messages were shown as candidates."""
    for kind, ids in (
        (CASE, [one.case.record_id for one in found.candidates if one.case]),
        (KIND, [one.notification.record_id for one in found.candidates if one.notification]),
    ):
        if ids:
            reading.listed(request, kind, ids, verb="child_deaths.compared")


@asks(Verb.WRITE, KIND)
def duplicates(request: Request, reference: str) -> HttpResponse:
    """The cases and messages that may be of the same death, best first."""
    told = reading.one(request, messages_seen(), reference=reference)
    found = looking.of_notification(told)
    listed(request, found)
    context = {
        "message": told,
        "case": looking.case_of([told.pk]).get(told.pk),
        "candidates": shown(found.candidates, told.record.reference, identities.of_notification(told)),
        "refused": [(one, other_side(one, told)) for one in found.refused],
        "page": "duplicates",
    }
    return render(request, "child_deaths/duplicates.html", context)


@asks(Verb.WRITE, KIND)
def join(request: Request, reference: str, other: str) -> HttpResponse:
    """The same death: join the message to the case, or open one case for two messages."""
    told = reading.one(request, messages_seen(), reference=reference)
    of = either(request, other)
    candidate = looking.of_two(told, of)
    form = SameForm(request.POST or None, match=candidate.match)
    if form.is_valid():
        now = moment_of(request.board, timezone.now())
        try:
            case = of if isinstance(of, Case) else case_for(request, of)
            matching.join(
                actor=request.person,
                notification=told,
                case=case,
                now=now,
                reason=form.cleaned_data["reason"],
            )
        except (matching.MatchRefused, opening.CannotOpen) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{told.record.reference} now belongs to case {case.record.reference}.")
            return redirect("child_deaths:duplicates", told.record.reference)
    (side,) = shown((candidate,), told.record.reference, identities.of_notification(told))
    context = {"message": told, "other": of, "is_case": isinstance(of, Case), "shown": side, "form": form}
    return render(request, "child_deaths/duplicates_join.html", context)


@asks(Verb.WRITE, KIND)
def apart(request: Request, reference: str, other: str) -> HttpResponse:
    """Not the same death: they are not offered to each other again, until somebody takes that back."""
    told = reading.one(request, messages_seen(), reference=reference)
    of = either(request, other)
    form = ApartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        matching.tell_apart(
            actor=request.person, one=told, other=of, now=moment_of(request.board, timezone.now()),
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
        messages.success(request, f"Noted: {told.record.reference} and {of.record.reference} are two deaths.")
        return redirect("child_deaths:duplicates", told.record.reference)
    return render(
        request, "child_deaths/matching_reason.html",
        {
            "form": form, "back": told, "heading": "Not the same death?", "label": "They are two deaths",
            "reference": told.record.reference,
            "words": f"{told.record.reference} and {of.record.reference} will not be offered to each other again. "
            "It can be taken back.",
        },
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def taken_back(request: Request, reference: str, key: UUID) -> HttpResponse:
    """Take back that two accounts are of two deaths."""
    told = reading.one(request, messages_seen(), reference=reference)
    decision = NotTheSame.objects.filter(
        Q(one_notification=told) | Q(other_notification=told), pk=key, taken_back_at=None
    ).first()
    if decision is None:
        raise Http404
    if request.method == "POST":
        matching.take_back(
            actor=request.person, decision=decision, now=moment_of(request.board, timezone.now())
        )
        messages.success(request, "Taken back. They are compared again.")
        return redirect("child_deaths:duplicates", told.record.reference)
    return render(
        request, "child_deaths/matching_reason.html",
        {
            "heading": "Compare them again?", "label": "Compare them again", "reference": told.record.reference,
            "words": "That they were said to be two deaths stays in the record, with its reason.",
        },
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def part(request: Request, reference: str) -> HttpResponse:
    """Take the message away from its case again."""
    told = reading.one(request, messages_seen(), reference=reference)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            matching.part(
                actor=request.person, notification=told, now=moment_of(request.board, timezone.now()),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except matching.MatchRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, f"{told.record.reference} belongs to no case now, and waits to be sorted."
            )
            return redirect("child_deaths:duplicates", told.record.reference)
    return render(
        request, "child_deaths/matching_reason.html",
        {
            "form": form, "heading": f"Take {told.record.reference} away from its case?", "label": "Take it away",
            "reference": told.record.reference,
            "words": "The message itself stays as it came. The case keeps everything that was added to it since.",
        },
    )  # fmt: skip


def either(request: Request, reference: str) -> Case | Notification:
    """The case or message of this reference, noted as opened; otherwise the one "not found" page."""
    if cases_seen().filter(record__reference=reference).exists():
        return reading.one(request, cases_seen(), reference=reference)
    return reading.one(request, messages_seen(), reference=reference)


def case_for(request: Request, message: Notification) -> Case:
    """The case another message belongs to, or a new one opened with it."""
    held = looking.case_of([message.pk]).get(message.pk)
    if held is not None:
        return cases_seen().get(pk=held.pk)
    return opening.open_case(
        actor=request.person, notification=message, today=request.today,
        now=at_instant(moment_of(request.board, timezone.now())),
    )  # fmt: skip


def other_side(decision: NotTheSame, told: Notification | Case) -> str:
    """The reference of the other side of a decision."""
    sides = (
        decision.one_case, decision.one_notification, decision.other_case, decision.other_notification,
    )  # fmt: skip
    return next((side.record.reference for side in sides if side is not None and side != told), "")
