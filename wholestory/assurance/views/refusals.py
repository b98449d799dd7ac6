"""An agency will not answer, or has ended: what the team notes, and what follows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.forms import ReasonForm
from wholestory.assurance.forms.running import HandOverForm, RefusalForm
from wholestory.assurance.models import Stage
from wholestory.assurance.operations import cycles, refusals, succession
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries.lineage import successors_of
from wholestory.assurance.status import can_be_answered, closed_words
from wholestory.assurance.views.finding import back_to, must, the_return, url_of

REFUSALS = (cycles.CycleRefused, succession.HandOverRefused, CannotMove)


@asks(Verb.MANAGE, "assurance.return")
def refuse(request: Request, reference: str) -> HttpResponse:
    """Note that the agency refuses, in its words."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    if not can_be_answered(ret):
        messages.error(request, closed_words(ret.record) or "Nothing is owed here that could be refused.")
        return back_to(ret)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            refusals.record(
                actor=request.person, ret=ret, words=form.cleaned_data["words"], today=request.today
            )
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The refusal is noted. Nobody chases this return any more.")
            return back_to(ret)
    return render(request, "assurance/refuse.html", {"ret": ret, "form": form})


@asks(Verb.MANAGE, "assurance.return")
def ask_again(request: Request, reference: str) -> HttpResponse:
    """Ask once more after a refusal."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    if ret.stage != Stage.REFUSED:
        messages.error(request, "This return was not refused.")
        return back_to(ret)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            refusals.ask_again(
                actor=request.person, ret=ret, reason=form.cleaned_data["reason"], today=request.today
            )
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            letters.tell_asked_again(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "The agency is asked again, and was told.")
            return back_to(ret)
    consequences = [
        "The agency can answer again; what it had written is still there.",
        "Its lead and substitute get an e-mail. They read the reason on their page.",
        "The refusal stays in the history.",
    ]
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Ask {ret.agency.name} again?", "form": form, "consequences": consequences,
            "confirm_label": "Ask again", "cancel_url": url_of(ret),
        },
    )  # fmt: skip


@asks(Verb.MANAGE, "assurance.return")
def hand_over(request: Request, reference: str) -> HttpResponse:
    """Hand the return of a body that has ended to the body that carries on."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    if not can_be_answered(ret):
        messages.error(
            request,
            closed_words(ret.record) or "Only a return that is still being answered can be handed over.",
        )
        return back_to(ret)
    after = successors_of(ret.agency, ret.board, request.today)
    form = HandOverForm(request.POST if request.method == "POST" else None, successors=after)
    if after and form.is_valid():
        to = next(agency for agency in after if str(agency.id) == form.cleaned_data["successor"])
        try:
            own = succession.hand_over(actor=request.person, ret=ret, to=to, today=request.today)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            letters.tell_handed_over(actor=request.person, ret=own, today=request.today)
            messages.success(request, f"{to.name} answers for both now, and was told.")
            return back_to(own)
    return render(request, "assurance/hand_over.html", {"ret": ret, "form": form, "after": after})
