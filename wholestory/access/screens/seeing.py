"""Who can see a record, why somebody may or may not, and keeping somebody out of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory import ledger
from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.models import Refusal
from wholestory.access.requests import Request
from wholestory.access.screens import around, forms, operations, wording
from wholestory.access.verbs import Verb
from wholestory.partners.models import Person
from wholestory.records.models import Record

RECORDS = Record.objects.select_related("board")


@asks(Verb.READ, "access.around")
def who_can_see(request: Request, reference: str) -> HttpResponse:
    """Everybody who can see a record that the reader can see, and why."""
    record = reading.one(request, RECORDS, reference=reference, verb="access.who_can_see")
    manages = asking.may(request.seats, Verb.MANAGE, "access.refusal", record.board)
    context = {
        "record": record,
        "kind": wording.kind(record.kind),
        "people": around.people_who_can_see(record, record.board),
        "manages_refusals": manages,
        "explains": asking.may(request.seats, Verb.LIST, "access.explain", record.board),
        "keeper": asking.may(request.seats, Verb.LIST, "access.record", record.board),
    }
    return render(request, "access/who_can_see.html", context)


@asks(Verb.READ, "access.around")
def step_aside(request: Request, reference: str) -> HttpResponse:
    """Keep oneself out of a record one can see."""
    record = reading.one(request, RECORDS, reference=reference, verb="access.who_can_see")
    form = forms.DeclareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        operations.declare_own(
            actor=request.person, record=record, reason=form.cleaned_data["reason"], today=request.today
        )
        messages.success(request, f"You no longer see {record.reference}. The board’s team can see why.")
        return redirect("/")
    context = {
        "question": f"Should you not see {record.reference}?",
        "consequences": [
            "you see nothing of it any more, from the next page on, whatever seat you hold",
            "the board’s business manager and chair see that you stepped aside, and why",
            "only one of them can let you in again",
        ],
        "form": form,
        "confirm_label": "I should not see this",
        "danger": True,
        "cancel_url": reverse("access:who_can_see", args=[record.reference]),
    }
    return render(request, "govuk/confirm.html", context)


@asks(Verb.LIST, "access.explain")
def explain(request: Request) -> HttpResponse:
    """May this person…? One person, one record, the answer for each verb and every rule that spoke."""
    form = forms.ExplainForm(request.GET or None, board=request.board)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        person = Person.objects.get(pk=UUID(form.cleaned_data["person"]))
        reference = form.cleaned_data["reference"]
        record = reading.one(request, RECORDS, reference=reference, verb="access.explained")
        found = around.explained(person, record, record.board)
        context |= {"who": person, "record": record, "kind": wording.kind(record.kind), "found": found}
    else:
        ledger.line("access.explained", kind="access.explain", writes=False, board_id=request.board.id)
    return render(request, "access/explain.html", context)


@asks(Verb.LIST, "access.refusal")
def refusals(request: Request) -> HttpResponse:
    """Everybody who is kept out of something now, or will be."""
    found = Refusal.objects.filter(lifted_at=None, circle__board=request.board).select_related(
        "person", "given_by"
    )
    rows = list(found.order_by("person__full_name", "starts_on", "pk")[:500])
    in_circle: dict[int, list[str]] = {}
    for circle, reference in Record.objects.filter(circle__in=[one.circle_id for one in rows]).values_list(
        "circle_id", "reference"
    ):
        in_circle.setdefault(circle, []).append(reference)
    shown = [(one, sorted(in_circle.get(one.circle_id, []))) for one in rows]
    reading.listed(request, "access.refusal", [one.id for one in rows])
    return render(request, "access/refusals.html", {"refusals": shown})


@asks(Verb.MANAGE, "access.refusal")
def refuse(request: Request, reference: str) -> HttpResponse:
    """Keep somebody out of a record."""
    record = reading.one(request, RECORDS, reference=reference, verb="access.who_can_see")
    form = forms.RefuseForm(request.POST or None, board=record.board, initial={"starts_on": request.today})
    if request.method == "POST" and form.is_valid():
        person = Person.objects.get(pk=UUID(form.cleaned_data["person"]))
        try:
            operations.refuse(
                actor=request.person,
                person=person,
                record=record,
                reason=form.cleaned_data["reason"],
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
            )
        except operations.CannotRefuse as problem:
            form.add_error("person", str(problem))
        else:
            messages.success(request, f"{person.full_name} is kept out of {record.reference}.")
            return redirect("access:refusals")
    context = {"form": form, "record": record, "kind": wording.kind(record.kind)}
    return render(request, "access/refuse.html", context)


@asks(Verb.MANAGE, "access.refusal")
def lift(request: Request, key: UUID) -> HttpResponse:
    """Lift a refusal, after asking."""
    refusal = Refusal.objects.filter(pk=key, lifted_at=None).select_related("person", "circle").first()
    record = (
        Record.objects.filter(circle=refusal.circle_id).order_by(F("opened_on")).first() if refusal else None
    )
    if refusal is None or record is None or refusal.person == request.person:
        raise Http404
    if request.method == "POST":
        operations.lift(actor=request.person, refusal=refusal, record=record, at=timezone.now())
        messages.success(request, f"{refusal.person.full_name} is no longer kept out of {record.reference}.")
        return redirect("access:refusals")
    ledger.line("access.opened", record, reason="access.refusal", writes=False)
    context = {
        "question": f"Let {refusal.person.full_name} in again?",
        "consequences": [
            f"they see {record.reference} again if a seat or a grant lets them in",
            "the refusal stays in the access record, with the day it was lifted",
        ],
        "confirm_label": "Lift the refusal",
        "cancel_url": reverse("access:refusals"),
    }
    return render(request, "govuk/confirm.html", context)
