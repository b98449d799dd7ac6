"""Steps of a return that take words or one press: given back, corrected, questioned, answered, accepted."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.indicators import letters
from wholestory.indicators.forms.rounds import ReasonForm
from wholestory.indicators.models import AgencyReturn, ReturnStage
from wholestory.indicators.operations import sending
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries.said import open_question
from wholestory.indicators.views.finding import back_to, must, now_of, the_return, url_of

_RETURN = AgencyReturn.record_kind
Does = Callable[[Request, AgencyReturn, str], str]


def _in_words(
    request: Request, ret: AgencyReturn, verb: Verb, does: Does, *, heading: str, button: str, label: str,
    missing: str, hint: str = "", intro: str = "", longest: int = 2000,
) -> HttpResponse:  # fmt: skip
    """One question about a return, answered in words."""
    must(request, verb, ret)
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label=label, missing=missing, hint=hint,
        longest=longest,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            said = does(request, ret, form.cleaned_data["reason"])
        except ReturnRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return back_to(ret)
    context = {"ret": ret, "form": form, "heading": heading, "button": button, "intro": intro}
    return render(request, "indicators/one_question.html", context)


@asks(Verb.WRITE, _RETURN)
def send_back(request: Request, reference: str) -> HttpResponse:
    """The second person gives the figures back."""

    def does(request: Request, ret: AgencyReturn, words: str) -> str:
        given = sending.send_back(
            actor=request.person, ret=ret, words=words, today=request.today, now=now_of(request)
        )
        if given.by_id != request.person.id:
            letters.tell_sent_back(actor=request.person, ret=ret, to=given.by, today=request.today)
        return f"Given back to {given.by}."

    return _in_words(
        request, the_return(request, reference), Verb.WRITE, does, heading="Give the figures back", button="Give back",
        label="What is not right?", missing="Say what is not right",
        hint="Whoever filled the figures in reads this. Name no child.",
    )  # fmt: skip


@asks(Verb.WRITE, _RETURN)
def revise(request: Request, reference: str) -> HttpResponse:
    """Correct figures that were sent."""

    def does(request: Request, ret: AgencyReturn, words: str) -> str:
        sending.revise(actor=request.person, ret=ret, reason=words, today=request.today, now=now_of(request))
        return "You can change the figures now. What was sent stands until the correction is approved."

    return _in_words(
        request, the_return(request, reference), Verb.WRITE, does, heading="Correct the figures", button="Go on",
        label="Why are the figures corrected?", missing="Say why the figures are corrected", longest=500,
        hint="The board’s team reads this. For example: late entries, a report that counted twice. Name no child.",
        intro="What you sent is kept beside the correction, and the board sees both.",
    )  # fmt: skip


@asks(Verb.WRITE, _RETURN)
def keep(request: Request, reference: str) -> HttpResponse:
    """Give a correction up."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    if request.method == "POST":
        try:
            sending.keep_as_sent(actor=request.person, ret=ret, today=request.today, now=now_of(request))
        except ReturnRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "The correction is given up. What was sent stands.")
        return back_to(ret)
    return render(
        request, "govuk/confirm.html",
        {
            "question": "Give up the correction?",
            "consequences": ["What you typed for the correction is put aside.", "What was sent stands."],
            "confirm_label": "Give up the correction",
            "cancel_url": url_of(ret),
        },
    )  # fmt: skip


@asks(Verb.MANAGE, _RETURN)
def ask(request: Request, reference: str) -> HttpResponse:
    """The board's question."""

    def does(request: Request, ret: AgencyReturn, words: str) -> str:
        sending.ask(actor=request.person, ret=ret, words=words, today=request.today, now=now_of(request))
        letters.tell_query(actor=request.person, ret=ret, today=request.today)
        return f"{ret.agency.name} has been asked."

    return _in_words(
        request, the_return(request, reference), Verb.MANAGE, does, heading="Ask a question", button="Ask",
        label="What do you want to know?", missing="Write your question",
        hint="The organisation reads this on its page; the e-mail only says that there is a question.",
    )  # fmt: skip


@asks(Verb.WRITE, _RETURN)
def answer(request: Request, reference: str) -> HttpResponse:
    """The agency's answer."""
    ret = the_return(request, reference)

    def does(request: Request, ret: AgencyReturn, words: str) -> str:
        sending.answer(actor=request.person, ret=ret, words=words, today=request.today, now=now_of(request))
        letters.tell_answered(actor=request.person, ret=ret, today=request.today)
        return "Your answer is sent."

    if ret.stage != ReturnStage.QUERIED:
        return back_to(ret)
    return _in_words(
        request, ret, Verb.WRITE, does, heading="Answer the question", button="Send the answer",
        label="Your answer", missing="Write your answer", intro=open_question(ret),
        hint="If the figures are wrong, correct them instead: choose “Correct the figures” on the page of the return."
        " Name no child.",
    )  # fmt: skip


@asks(Verb.MANAGE, _RETURN)
def accept(request: Request, reference: str) -> HttpResponse:
    """Take the figures as they are."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    if request.method == "POST":
        try:
            sending.accept(actor=request.person, ret=ret, today=request.today, now=now_of(request))
        except ReturnRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The figures of {ret.agency.name} are accepted.")
        return back_to(ret)
    return render(
        request, "govuk/confirm.html",
        {
            "question": f"Accept the figures of {ret.agency.name} for {ret.label}?",
            "consequences": [
                "They count in charts and reports already, since they were sent.",
                "Accepting says that you have looked at them. The agency can still correct them, with a reason.",
            ],
            "confirm_label": "Accept",
            "cancel_url": url_of(ret),
        },
    )  # fmt: skip
