"""A return's own page: looked through and passed on, looked at by a second person and sent, compared with before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.indicators import letters
from wholestory.indicators.models import AgencyReturn, Problem, ReturnStage
from wholestory.indicators.operations import meaning, sending
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import came
from wholestory.indicators.queries import return_form as queries
from wholestory.indicators.queries.returns_listed import days_of, status_of
from wholestory.indicators.queries.said import commentaries_of, open_question
from wholestory.indicators.rules.figures import in_words
from wholestory.indicators.views.finding import back_to, can, must, now_of, the_return

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
            "sent": sent, "came": came.said(sent) if sent else "",
            "sent_lines": queries.sent_lines(sent, lines) if sent else [],
            "odd": list(Problem.objects.filter(submission=sent)) if sent else [],
            "said": commentaries_of(ret, lines), "versions": versions,
            "history": ret.steps.select_related("by"), "question": open_question(ret),
        },
    )  # fmt: skip


@asks(Verb.WRITE, _RETURN)
def check(request: Request, reference: str) -> HttpResponse:
    """Everything looked through before it is passed on; pressing the button passes it on."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    if ret.stage not in (ReturnStage.ASKED, ReturnStage.STARTED):
        return back_to(ret)
    if request.method == "POST":
        try:
            passed = sending.pass_on(actor=request.person, ret=ret, today=request.today, now=now_of(request))
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
            sending.approve(actor=request.person, ret=ret, today=request.today, now=now_of(request))
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
    sent_until = len([one for one in every if one.number <= number])
    context = {
        "ret": ret, "later": later, "earlier": earlier, "changed": changed, "version": sent_until,
        "version_before": sent_until - 1,
    }  # fmt: skip
    return render(request, "indicators/return_compare.html", context)
