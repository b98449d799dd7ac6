"""An agency's own return that was brought in: it confirms it, or says what is not right."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.forms.past import SayForm
from wholestory.assurance.models import Stage
from wholestory.assurance.operations import past_said
from wholestory.assurance.operations.past import PastRefused
from wholestory.assurance.queries import past as queries
from wholestory.assurance.views.finding import back_to, the_return
from wholestory.assurance.views.returns import must_speak


@asks(Verb.WRITE, "assurance.return")
def say(request: Request, reference: str) -> HttpResponse:
    """Confirm it, or tell the board's team what is not right."""
    ret = the_return(request, reference)
    if ret.stage != Stage.BROUGHT_IN:
        raise Http404
    must_speak(request, ret)
    form = SayForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        right = form.cleaned_data["right"]
        try:
            past_said.say(
                actor=request.person, ret=ret, is_right=right, words=form.cleaned_data["words"] or "",
                today=request.today,
            )  # fmt: skip
        except PastRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                "Confirmed. Your name and today’s date stand beside it."
                if right
                else "The board’s team can read what is not right. No answer was changed.",
            )
            return back_to(ret)
    return render(
        request, "assurance/past_say.html", {"ret": ret, "form": form, "mark": queries.mark_of(ret)}
    )
