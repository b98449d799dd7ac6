"""A return's own page, and the steps that take one press: passed on, approved, given back, questioned, accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.indicators import letters
from wholestory.indicators.forms.rounds import ReasonForm
from wholestory.indicators.models import AgencyReturn, Problem, ReturnStage
from wholestory.indicators.operations import meaning, sending
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import return_form as queries
from wholestory.indicators.queries.returns_listed import days_of, status_of
from wholestory.indicators.queries.said import commentaries_of
from wholestory.indicators.rules.figures import in_words
from wholestory.indicators.views.finding import back_to, can, must, the_return, url_of

_RETURN = AgencyReturn.record_kind


@asks(Verb.READ, _RETURN)
def page(request: Request, reference: str) -> HttpResponse:
    """Where the return stands, what was sent, and what can be done next."""
    ret = the_return(request, reference)
    agency_side, runs = can(request, Verb.WRITE, ret), can(request, Verb.MANAGE, ret)
    lines = queries.lines_of_return(ret)
    versions = queries.versions(ret)
    draft = queries.draft_of(ret) if ret.stage in (ReturnStage.STARTED, ReturnStage.WAITING) else None
    sent = next((one for one in versions if one.state == "in_force"), None)
    return render(
        request, "indicators/return.html",
        {
            "ret": ret, "status": status_of(ret, request.today), "last_day": days_of(ret).last,
            "agency_side": agency_side, "runs": runs, "stage": ret.stage,
            "speaks": can(request, Verb.DECIDE, ret), "may_export": asking.may_leave(request.person, ret.record).yes,
            "measures": len(ret.asks), "draft": draft, "correcting": bool(draft and sent),
            "mine": bool(draft and draft.by_id == request.person.id),
            "sent": sent, "sent_lines": queries.sent_lines(sent, lines) if sent else [],
            "odd": list(Problem.objects.filter(submission=sent)) if sent else [],
            "said": commentaries_of(ret, lines), "versions": versions,
            "history": ret.steps.select_related("by"), "question": _open_question(ret),
        },
    )  # fmt: skip


def _open_question(ret: AgencyReturn) -> str:
    if ret.stage != ReturnStage.QUERIED:
        return ""
    found = ret.steps.filter(kind="queried").order_by("-at", "-created_at").first()
    return found.words if found else ""


@asks(Verb.WRITE, _RETURN)
def check(request: Request, reference: str) -> HttpResponse:
    """Everything looked through before it is passed on; pressing the button passes it on."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    if ret.stage not in (ReturnStage.ASKED, ReturnStage.STARTED):
        return back_to(ret)
    if request.method == "POST":
        try:
            passed = sending.pass_on(actor=request.person, ret=ret, today=request.today, now=_now(request))
        except sending.NotReady:
            messages.error(request, "There is something to put right before these figures can be passed on.")
        except ReturnRefused as refused:
            messages.error(request, str(refused))
            return back_to(ret)
        else:
            letters.ready(actor=request.person, ret=ret, today=request.today, number=passed.number)
            messages.success(
                request,
                "Passed on. A second person in your organisation looks at the figures and sends them.",
            )
            return back_to(ret)
    form = queries.form_of(ret, complete=True)
    unsaid = meaning.unsaid(form)
    return render(
        request, "indicators/return_check.html",
        {
            "ret": ret, "form": form, "in_the_way": _in_the_way(form),
            "unsaid": [line.definition.title for line in form.lines if line.key in unsaid],
            "accepted": [one for one in form.checked.findings if not one.open],
            "lines": _as_read(form), "wide": True,
        },
    )  # fmt: skip


def _in_the_way(form: queries.Form) -> list[tuple[str, str, str]]:
    """What has to be put right: the title of the line, the words, and the field on the page."""
    numbers = {line.key: (n, line.title) for n, line in enumerate(form.lines, 1)}
    found = []
    for one in form.checked.standing_in_the_way:
        number, title = numbers[one.key]
        words = one.fault.words.removeprefix(f"{title}: ")
        found.append((title, f"{words} {one.fault.what_to_do}", f"f{number}-{one.fault.field}"))
    return found


def _as_read(form: queries.Form) -> list[tuple[Any, str, str]]:
    """Each line with what was understood, and what was sent last quarter."""
    return [(entry.line, _words(entry), form.before(entry.line, 1)) for entry in form.checked.entries]


def _words(entry: Any) -> str:
    if entry.typed.blank:
        return ""
    if entry.figure.empty and not entry.figure.nothing:
        return "cannot be read yet"
    return str(in_words(entry.figure, entry.line.definition))


@asks(Verb.DECIDE, _RETURN)
def approve(request: Request, reference: str) -> HttpResponse:
    """The second person looks at the figures and sends them."""
    ret = the_return(request, reference)
    must(request, Verb.DECIDE, ret)
    if ret.stage != ReturnStage.WAITING:
        return back_to(ret)
    if request.method == "POST":
        try:
            sending.approve(actor=request.person, ret=ret, today=request.today, now=_now(request))
        except ReturnRefused as refused:
            messages.error(request, str(refused))
        else:
            letters.tell_here(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "Sent. The board’s team can see the figures now.")
        return back_to(ret)
    form = queries.form_of(ret, complete=True)
    said = meaning.said_of(form)
    return render(
        request, "indicators/return_approve.html",
        {
            "ret": ret, "form": form, "lines": _as_read(form), "wide": True,
            "accepted": [one for one in form.checked.findings if not one.open],
            "meaning": [
                (line.definition.title, words)
                for line in form.lines
                if (words := said.get(line.key)) and words["what_changed"]
            ],
            "mine": bool(form.submission and form.submission.by_id == request.person.id),
        },
    )  # fmt: skip


def _now(request: Request) -> Any:
    return moment_of(request.board, timezone.now())


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
            actor=request.person, ret=ret, words=words, today=request.today, now=_now(request)
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
        sending.revise(actor=request.person, ret=ret, reason=words, today=request.today, now=_now(request))
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
            sending.keep_as_sent(actor=request.person, ret=ret, today=request.today, now=_now(request))
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
        sending.ask(actor=request.person, ret=ret, words=words, today=request.today, now=_now(request))
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
        sending.answer(actor=request.person, ret=ret, words=words, today=request.today, now=_now(request))
        letters.tell_answered(actor=request.person, ret=ret, today=request.today)
        return "Your answer is sent."

    if ret.stage != ReturnStage.QUERIED:
        return back_to(ret)
    return _in_words(
        request, ret, Verb.WRITE, does, heading="Answer the question", button="Send the answer",
        label="Your answer", missing="Write your answer", intro=_open_question(ret),
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
            sending.accept(actor=request.person, ret=ret, today=request.today, now=_now(request))
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


@asks(Verb.READ, _RETURN)
def compare(request: Request, reference: str, number: int) -> HttpResponse:
    """What one version changed of the version before."""
    ret = the_return(request, reference)
    every = queries.versions(ret)
    later = next((one for one in every if one.number == number), None)
    earlier = next((one for one in every if one.number < number), None)
    if later is None or earlier is None:
        raise Http404
    lines = queries.lines_of_return(ret)
    changed = queries.differences(earlier, later, lines)
    context = {"ret": ret, "later": later, "earlier": earlier, "changed": changed}
    return render(request, "indicators/return_compare.html", context)
