"""An agency's one reply to its released result."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.forms import ReplyForm
from wholestory.assurance.models import Stage
from wholestory.assurance.operations import returns
from wholestory.assurance.status import closed_words
from wholestory.assurance.views.finding import back_to, the_return
from wholestory.assurance.views.returns import REFUSALS, must_speak


@asks(Verb.WRITE, "assurance.return")
def reply(request: Request, reference: str) -> HttpResponse:
    """The agency's one reply to its result."""
    ret = the_return(request, reference)
    must_speak(request, ret)
    if closed := closed_words(ret.record):
        messages.error(request, closed)
        return back_to(ret)
    if ret.stage != Stage.RELEASED or ret.replied_on is not None:
        messages.error(request, "You can reply once, after your result has been released.")
        return back_to(ret)
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        try:
            returns.reply(
                actor=request.person, ret=ret, words=form.cleaned_data["words"], today=request.today
            )
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            letters.tell_replied(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "Your reply stands beside the result.")
            return back_to(ret)
    return render(request, "assurance/reply.html", {"ret": ret, "form": form})
