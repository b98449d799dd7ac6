"""The board's team opens a signed return again, with the day by which it is signed once more."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.forms import OpenAgainForm
from wholestory.assurance.operations import longer, returns
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.views.finding import back_to, must, the_return, url_of


@asks(Verb.MANAGE, "assurance.return")
def send_back(request: Request, reference: str) -> HttpResponse:
    """The board's team opens a return again for its agency."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    form = OpenAgainForm(
        request.POST if request.method == "POST" else None,
        initial={"until_on": longer.day_to_put_right(ret, request.today)},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            returns.send_back(
                actor=request.person,
                ret=ret,
                reason=said["reason"],
                until=said["until_on"],
                today=request.today,
            )
        except returns.ReturnRefused as refused:
            form.add_error("until_on", str(refused))
        except CannotMove as refused:
            form.add_error(None, str(refused))
        else:
            letters.tell_opened_again(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "The return is open for the agency again, and they were told.")
            return back_to(ret)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": "Open this return again for the agency?",
            "form": form,
            "consequences": [
                "The signature is withdrawn, and they sign again.",
                "They read why on its page.",
            ],
            "confirm_label": "Open again",
            "cancel_url": url_of(ret),
        },
    )
