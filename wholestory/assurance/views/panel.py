"""The peer challenge panel of a return."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters_panel as letters
from wholestory.assurance.answers import framework_of
from wholestory.assurance.definitions.panel_letter import OUTCOME
from wholestory.assurance.forms.panel import EnquiryForm, OutcomeForm, PlanForm, SeatForm
from wholestory.assurance.models import Enquiry, Panel, PanelState, Return
from wholestory.assurance.operations import panel as operations
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries import panel as queries
from wholestory.assurance.queries.addressee import head_of
from wholestory.assurance.rules.moderation import NotTheirsToModerate
from wholestory.assurance.views.finding import can, must, the_return
from wholestory.correspondence.forms import LetterForm
from wholestory.correspondence.operations import CannotSend
from wholestory.correspondence.rules.identifying import Identifying
from wholestory.partners.models import Agency, Person

KIND = "assurance.return"
REFUSALS = (operations.PanelRefused, NotTheirsToModerate, CannotMove)


@asks(Verb.READ, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """The panel, for those who prepare it, sit on it or are asked by it."""
    ret = the_return(request, reference)
    panel = queries.panel_of(ret)
    may_manage = can(request, Verb.MANAGE, ret)
    if panel is None:
        if may_manage:
            return redirect("assurance:panel_plan", reference)
        raise Http404
    view = queries.view_of(panel)
    return render(
        request,
        "assurance/panel.html",
        {
            "ret": ret, "view": view, "panel": panel, "may_manage": may_manage,
            "planned": panel.state == PanelState.PLANNED, "held": panel.state == PanelState.HELD,
            "letter": letters.letter_url(panel) if may_manage else "", "sits": request.person in view.members,
        },
    )  # fmt: skip


def _done(
    request: Request, ret: Return, form: Any, heading: str, do: Callable[[], object], said: str, **more: Any
) -> HttpResponse:
    """A page with one form about the panel: what it does, and back to the panel."""
    if form.is_valid():
        try:
            do()
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("assurance:panel", ret.record.reference)
    return render(
        request, "assurance/panel_step.html", {"ret": ret, "form": form, "heading": heading, **more}
    )


def _given(request: Request, panel: Panel | None) -> HttpResponse | None:
    """Back to the panel, with the reason, once it has given its outcome."""
    if panel is None or panel.state != PanelState.HELD:
        return None
    messages.error(request, operations.GIVEN)
    return redirect("assurance:panel", panel.return_of.record.reference)


def _managed(request: Request, reference: str) -> tuple[Return, Panel]:
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    panel = queries.panel_of(ret)
    if panel is None:
        raise Http404
    return ret, panel


@asks(Verb.MANAGE, KIND)
def plan(request: Request, reference: str) -> HttpResponse:
    """When the panel meets, and with whom."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    panel = queries.panel_of(ret)
    if over := _given(request, panel):
        return over
    peers, people = queries.peers_of(ret), queries.who_can_sit(ret, request.today)
    known: dict[str, Any] = {}
    if panel is not None:
        known = {
            "meets_on": panel.meets_on, "place": panel.place, "peer": str(panel.peer_id or ""),
            "chaired_by": str(panel.chaired_by_id or ""),
        }  # fmt: skip
    form = PlanForm(
        request.POST or None,
        peers=[(str(each.id), each.name) for each in peers],
        people=people,
        today=request.today,
        initial=known,
    )

    # Who sat on it already; whoever chairs it from now on is asked, not told of a change.
    members = queries.members_of(ret) if panel is not None else []

    def do() -> None:
        said = form.cleaned_data
        planned = operations.plan(
            actor=request.person, ret=ret, meets_on=said["meets_on"], place=said["place"],
            peer=Agency.objects.filter(pk=said["peer"]).first() if said["peer"] else None,
            chaired_by=Person.objects.filter(pk=said["chaired_by"]).first() if said["chaired_by"] else None,
            today=request.today,
        )  # fmt: skip
        _seat_chair(request, ret)
        if panel is not None and (planned.meets_on, planned.place) != (panel.meets_on, panel.place):
            letters.tell_moved(
                actor=request.person, ret=ret, panel=planned, members=members, today=request.today
            )

    return _done(request, ret, form, "Peer challenge panel", do, "The panel is prepared.")


def _seat_chair(request: Request, ret: Return) -> None:
    """Whoever chairs the panel sits on it, and can read the return."""
    panel = queries.panel_of(ret)
    members = queries.members_of(ret)
    if panel is None or panel.chaired_by is None or panel.chaired_by in members:
        return
    new = operations.seat(
        actor=request.person, panel=panel, members=[*members, panel.chaired_by], today=request.today,
        now=timezone.now(),
    )  # fmt: skip
    letters.ask_members(actor=request.person, ret=ret, panel=panel, new=new)


@asks(Verb.MANAGE, KIND)
def enquire(request: Request, reference: str, enquiry: UUID | None = None) -> HttpResponse:
    """A line of enquiry: new, changed, or with what was answered at the table."""
    ret, panel = _managed(request, reference)
    if over := _given(request, panel):
        return over
    framework = framework_of(ret)
    items = [(key, f"{framework.numbers[key]} {item.text}") for key, item in framework.items.items()]
    found = Enquiry.objects.filter(panel=panel, pk=enquiry).first() if enquiry else None
    if enquiry and found is None:
        raise Http404
    known = {"item": found.item, "question": found.question, "answer": found.answer} if found else {}
    form = EnquiryForm(request.POST or None, items=items, initial=known)
    if request.method == "POST" and "take_out" in request.POST and found is not None:
        try:
            operations.take_out(actor=request.person, panel=panel, enquiry=found.pk)
        except REFUSALS as refused:
            messages.error(request, str(refused))
        return redirect("assurance:panel", reference)

    def do() -> None:
        said = form.cleaned_data
        operations.enquire(
            actor=request.person, panel=panel, question=said["question"], item=said["item"], answer=said["answer"],
            enquiry=enquiry,
        )  # fmt: skip

    out = found is not None and panel.state == PanelState.PLANNED
    return _done(request, ret, form, "Line of enquiry", do, "The line is kept.", may_take_out=out)


@asks(Verb.MANAGE, KIND)
def seat(request: Request, reference: str) -> HttpResponse:
    """Who sits on the panel."""
    ret, panel = _managed(request, reference)
    if over := _given(request, panel):
        return over
    now = [str(person.id) for person in queries.members_of(ret)]
    form = SeatForm(
        request.POST if request.method == "POST" else None,
        people=queries.who_can_sit(ret, request.today), initial={"members": now},
    )  # fmt: skip

    def do() -> None:
        members = list(Person.objects.filter(pk__in=form.cleaned_data["members"]))
        new = operations.seat(
            actor=request.person, panel=panel, members=members, today=request.today, now=timezone.now()
        )
        letters.ask_members(actor=request.person, ret=ret, panel=panel, new=new)

    said = "They can read this return now. Those who are new to the panel were told by e-mail."
    return _done(request, ret, form, "Who sits on the panel", do, said)


@asks(Verb.MANAGE, KIND)
def send(request: Request, reference: str) -> HttpResponse:
    """Show the agency its lines of enquiry."""
    ret, panel = _managed(request, reference)
    if over := _given(request, panel):
        return over
    if request.method == "POST":
        try:
            operations.send(actor=request.person, panel=panel, today=request.today)
        except REFUSALS as refused:
            messages.error(request, str(refused))
        else:
            members = queries.members_of(ret)
            letters.tell_lines(
                actor=request.person, ret=ret, panel=panel, members=members, today=request.today
            )
            messages.success(
                request,
                "The organisation finds the lines of enquiry on its return’s page."
                " It and the panel were told by e-mail.",
            )
        return redirect("assurance:panel", reference)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Send the lines of enquiry to {ret.agency.name}?",
            "consequences": [
                "They read the questions, the day, the place, who chairs and which organisation is paired with them.",
                "They and those who sit on the panel get an e-mail with a link; it says nothing of the return.",
                "The words of these lines stay as they are from then on. You can add others.",
            ],
            "confirm_label": "Send",
            "cancel_url": reverse("assurance:panel", args=[reference]),
        },
    )


@asks(Verb.MANAGE, KIND)
def close(request: Request, reference: str) -> HttpResponse:
    """What the panel came to."""
    ret, panel = _managed(request, reference)
    if over := _given(request, panel):
        return over
    # A panel that meets later has no day yet: today would be kept by whoever does not look.
    known = {"held_on": panel.meets_on} if panel.meets_on <= request.today else {}
    unanswered = Enquiry.objects.filter(panel=panel, answer="").count()
    form = OutcomeForm(request.POST or None, today=request.today, unanswered=unanswered, initial=known)

    def do() -> None:
        said = form.cleaned_data
        operations.close(
            actor=request.person, panel=panel, strengths=said["strengths"], to_improve=said["to_improve"],
            held_on=said["held_on"], today=request.today,
        )  # fmt: skip

    kept = "The outcome is kept. Now write the outcome letter."
    return _done(request, ret, form, "What the panel came to", do, kept)


@asks(Verb.MANAGE, KIND)
def letter(request: Request, reference: str) -> HttpResponse:
    """The outcome letter, drafted for the chair to sign."""
    ret, panel = _managed(request, reference)
    if url := letters.letter_url(panel):
        return redirect(url)
    outcome = queries.view_of(panel).outcome
    if outcome is None:
        messages.error(request, "Write down what the panel came to first.")
        return redirect("assurance:panel", reference)
    to = head_of(ret, request.today)
    filled = OUTCOME.fill(
        {
            "name": to.name, "board": ret.board.name, "agency": ret.agency.name, "title": ret.title,
            "reference": ret.record.reference, "mailbox": ret.board.mailbox or "the address this comes from",
        }
    )  # fmt: skip
    body = filled.body.replace("[strengths]", outcome.strengths).replace("[to improve]", outcome.to_improve)
    known = {
        "to_name": to.name, "to_role": to.role, "to_address": ret.agency.mailbox,
        "subject": filled.subject, "body": body,
    }  # fmt: skip
    form = LetterForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        try:
            made = operations.write_letter(actor=request.person, panel=panel, text=form.text())
        except Identifying as said:
            for finding in said.findings:
                form.add_error(None, finding.sentence)
        except (CannotSend, ValidationError, *REFUSALS) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The letter waits for the chair’s signature.")
            return redirect("correspondence:letter", made.record.reference)
    context = {"ret": ret, "form": form, "heading": "Outcome letter"}
    return render(request, "assurance/panel_step.html", context)
