"""Taking back what the agency asked for, while nobody has decided."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Return
from wholestory.assurance.operations import more_time as requests
from wholestory.assurance.operations import taking_back as operations
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.status import closed_words
from wholestory.assurance.views.finding import back_to, the_return, url_of
from wholestory.assurance.views.returns import must_speak


@asks(Verb.WRITE, "assurance.return")
def more_time(request: Request, reference: str) -> HttpResponse:
    """The request for more time."""
    ret = the_return(request, reference)
    must_speak(request, ret)
    return _take_back(
        request, ret, requests.waiting(ret) is not None, "Take back the request for more time?",
        "The due date stands. You can ask again.", operations.take_back_more_time,
        "The request for more time was taken back. The due date stands.",
    )  # fmt: skip


@asks(Verb.WRITE, "assurance.return")
def signing(request: Request, reference: str) -> HttpResponse:
    """The request to sign."""
    ret = the_return(request, reference)
    must_speak(request, ret)
    return _take_back(
        request, ret, operations.asks_for_a_signature(ret) is not None, "Take back the request to sign?",
        "Whoever signs does not find it among their tasks any more. You can ask again once the answers are right.",
        operations.take_back_asking_to_sign, "The request to sign was taken back.",
    )  # fmt: skip


def _take_back(
    request: Request, ret: Return, waits: bool, question: str, then: str, do: Callable[..., None], done: str
) -> HttpResponse:
    if not waits or ret.record.closed_on is not None:
        messages.error(request, closed_words(ret.record) or "There is nothing to take back here now.")
        return back_to(ret)
    if request.method == "POST":
        try:
            do(actor=request.person, ret=ret, today=request.today)
        except (operations.TooLate, CannotMove) as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, done)
        return back_to(ret)
    context = {
        "question": question, "consequences": [then], "confirm_label": "Take it back", "cancel_url": url_of(ret),
        "cancel_label": "Leave it as it is",
    }  # fmt: skip
    return render(request, "govuk/confirm.html", context)
