"""More time: an agency asks, the team answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.forms.running import AskMoreTimeForm, DecideMoreTimeForm
from wholestory.assurance.operations import cycles, more_time
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.status import can_be_answered, closed_words
from wholestory.assurance.views.finding import back_to, must, the_return
from wholestory.assurance.views.returns import must_speak

REFUSALS = (more_time.MoreTimeRefused, cycles.CycleRefused, CannotMove)


@asks(Verb.WRITE, "assurance.return")
def ask(request: Request, reference: str) -> HttpResponse:
    """The agency asks for more time, with the day and the reason."""
    ret = the_return(request, reference)
    must_speak(request, ret)
    if not can_be_answered(ret) or more_time.waiting(ret) is not None:
        messages.error(request, closed_words(ret.record) or "There is no more time to ask for just now.")
        return back_to(ret)
    form = AskMoreTimeForm(request.POST if request.method == "POST" else None, today=request.today)
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            more_time.ask(
                actor=request.person,
                ret=ret,
                until=wanted["until_on"],
                reason=wanted["reason"],
                today=request.today,
            )
        except REFUSALS as refused:
            form.add_error("until_on", str(refused))
        else:
            letters.tell_more_time_asked(actor=request.person, ret=ret, today=request.today)
            until = wanted["until_on"]
            messages.success(
                request,
                f"You asked the board’s team for more time, to {until.day} {until:%B %Y}: “{wanted['reason']}” The due"
                " date stands until they answer. You can take the request back until then.",
            )
            return back_to(ret)
    return render(request, "assurance/more_time_ask.html", {"ret": ret, "form": form})


@asks(Verb.MANAGE, "assurance.return")
def decide(request: Request, reference: str) -> HttpResponse:
    """The team gives more time, or says why not."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    asked = more_time.waiting(ret)
    if asked is None or not can_be_answered(ret):
        messages.error(request, closed_words(ret.record) or "No request for more time waits here.")
        return back_to(ret)
    known = {"until_on": max(asked.until_on, ret.extended_to or ret.due_on)}
    form = DecideMoreTimeForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        said = form.cleaned_data
        given = said["decision"] == "grant"
        try:
            if given:
                more_time.grant(
                    actor=request.person,
                    ret=ret,
                    to=said["until_on"],
                    answer=said["answer"],
                    today=request.today,
                )
            else:
                more_time.decline(actor=request.person, ret=ret, answer=said["answer"], today=request.today)
        except REFUSALS as refused:
            form.add_error("until_on" if given else "answer", str(refused))
        else:
            tell = letters.tell_extension if given else letters.tell_more_time_declined
            tell(actor=request.person, ret=ret, today=request.today)
            messages.success(
                request,
                "More time was given, and they were told." if given else "They were told, with the reason.",
            )
            return back_to(ret)
    return render(request, "assurance/more_time_decide.html", {"ret": ret, "form": form, "asked": asked})
