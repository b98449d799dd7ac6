"""A return's own page and what its agency does with it: start, share out, answer, reply. Signing is in ``signing``."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.tokens.models import Token
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.answers import framework_of
from wholestory.assurance.forms import ExtendForm, ReasonForm
from wholestory.assurance.models import Query, Return, SectionOwner, Stage
from wholestory.assurance.operations import cycles, returns
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries import past
from wholestory.assurance.queries import survey as surveys
from wholestory.assurance.queries.evidence_list import shown_with
from wholestory.assurance.queries.interim import since
from wholestory.assurance.queries.joint import beside
from wholestory.assurance.queries.lineage import taken_over_by
from wholestory.assurance.queries.more_time import more_time_of
from wholestory.assurance.queries.moves import asked_to_sign
from wholestory.assurance.queries.panel import panel_of
from wholestory.assurance.queries.reading import reading
from wholestory.assurance.queries.signatures import signatures
from wholestory.assurance.rules.who_reads import while_written
from wholestory.assurance.status import can_be_answered, closed_words, status_of
from wholestory.assurance.views.finding import back_to, can, must, the_return, url_of
from wholestory.correspondence import queries as sent
from wholestory.documents.queries import evidence
from wholestory.paperwork.copies.queries import loads_of
from wholestory.partners.models import AGENCY_ROLES, Person, Seat

REFUSALS = (returns.ReturnRefused, cycles.CycleRefused, CannotMove)


@asks(Verb.READ, "assurance.return")
def page(request: Request, reference: str) -> HttpResponse:
    """The return, for whoever may see it; what can be done next depends on who asks and where it stands."""
    ret = the_return(request, reference)
    agency_side, may_manage = can(request, Verb.WRITE, ret), can(request, Verb.MANAGE, ret)
    # What would come forward, for whoever has not begun.
    loads = loads_of(
        ret.answers, lambda load: reverse("assurance:form_load_check", args=[reference, load]),
        reader=request.person, answers=agency_side,
    )  # fmt: skip
    view = reading(ret, request.today)
    starts = agency_side and ret.stage == Stage.ISSUED and ret.baseline_id is None
    before = returns.earlier_returns(ret, actor=request.person) if starts else []
    return render(
        request,
        "assurance/return.html",
        {
            "ret": ret,
            "framework": framework_of(ret),
            "status": status_of(ret, request.today),
            "view": view,
            "asked_to_sign": asked_to_sign(view.history) if can_be_answered(ret) else None,
            "given": signatures(ret),
            "evidence": evidence(ret.record).without(
                one.file_reference for one in loads if not one.file_name
            ),
            **shown_with(ret, request.today),
            "loads": loads,
            "agency_side": agency_side,
            "speaks": _speaks(request, ret),
            "may_sign": can(request, Verb.DECIDE, ret),
            "may_moderate": can(request, Verb.MODERATE, ret),
            "may_manage": may_manage,
            "may_take_copy": asking.may_leave(request.person, ret.record).yes,
            "may_make_pdf": can(request, Verb.EXPORT, ret),
            "is_open": can_be_answered(ret),
            "read_by": while_written(ret.board.name) if agency_side and can_be_answered(ret) else "",
            "closed_on": ret.record.closed_on,
            "stage": ret.stage,
            "why_asked": framework_of(ret).why_asked(ret.duty_basis),
            "last_day": ret.extended_to or ret.due_on,
            "more_time": more_time_of(ret),
            "survey_shown": surveys.is_shown(ret.cycle_id, ret.agency_id),
            "since": since(ret) if ret.baseline_id and ret.stage not in (Stage.ISSUED, Stage.NIL) else None,
            "taken_over_by": taken_over_by(ret),
            "has_before": ret.baseline_id is not None or bool(before),
            "before_marks": [mark for one in before if (mark := past.mark_of(one))],
            "past_mark": past.mark_of(ret) or past.carried_mark(ret),
            "past_said": past.words_of(ret),
            "panel": panel_of(ret),
            "may_plan_panel": may_manage and ret.cycle.has_panel,
            "letters": sent.for_record(ret.record) if may_manage else [],
            **beside(ret),  # last: what the person may do is asked anew once the system has looked
        },
    )


@asks(Verb.WRITE, "assurance.return")
def start(request: Request, reference: str) -> HttpResponse:
    """Begin: last time's answers come forward to be confirmed."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    if request.method == "POST":
        try:
            returns.begin(actor=request.person, ret=ret, today=request.today, now=timezone.now())
        except CannotMove as refused:
            messages.error(request, str(refused))
            return back_to(ret)
    return redirect("assurance:form_tasks", reference)


@asks(Verb.WRITE, "assurance.return")
def share(request: Request, reference: str) -> HttpResponse:
    """Say who at the agency answers which standard."""
    ret = the_return(request, reference)
    must_speak(request, ret)
    if closed := closed_words(ret.record):
        messages.error(request, closed)
        return back_to(ret)
    framework = framework_of(ret)
    people = _agency_people(ret, request)
    if request.method == "POST":
        found = {str(person.id): person for person in people}
        owners = {
            standard.key: [found[i] for i in request.POST.getlist(f"owner-{standard.key}") if i in found]
            for standard in framework.standards
        }
        try:
            returns.share_out(actor=request.person, ret=ret, owners=owners)
        except REFUSALS as refused:
            messages.error(request, str(refused))
            return back_to(ret)
        told = letters.tell_owners(actor=request.person, ret=ret, owners=owners, today=request.today)
        messages.success(
            request, f"Saved. {told} {'person was' if told == 1 else 'people were'} told by e-mail."
        )
        return back_to(ret)
    owned = {(o.standard, o.person_id) for o in SectionOwner.objects.filter(return_of=ret)}
    rows = [
        (standard, [(person, (standard.key, person.id) in owned) for person in people])
        for standard in framework.standards
    ]
    return render(request, "assurance/share.html", {"ret": ret, "rows": rows, "people": people})


def _speaks(request: Request, ret: Return) -> bool:
    return asking.ask(request.person, Verb.WRITE, ret.record, kind=returns.AGENCY_SPEAKS).yes


def must_speak(request: Request, ret: Return) -> None:
    """Stop those outside with the "not found" page, and contributors with a sentence that says whose part it is."""
    must(request, Verb.WRITE, ret)
    if not _speaks(request, ret):
        raise PermissionDenied(
            "You answer your part of this return. Sharing it out, asking for it to be signed, answering the board’s"
            " questions and replying to the result are for your organisation’s lead, a substitute or the person who"
            " signs. Ask one of them."
        )


def _agency_people(ret: Return, request: Request) -> list[Person]:
    seats = Seat.objects.filter(
        agency=ret.agency_id, board=ret.board_id, role__in=[r.value for r in AGENCY_ROLES]
    )
    held = seats.filter(starts_on__lte=request.today).exclude(ends_on__lt=request.today)
    # A service with a token that holds today may answer for its agency, like a person.
    services = Token.objects.filter(agency=ret.agency_id, revoked_at=None, expires_at__gt=timezone.now())
    people = Q(is_service=False, is_system=False) | Q(pk__in=services.values("person"))
    return list(Person.objects.filter(people, seats__in=held).distinct().order_by("full_name"))


def _with_reason(
    request: Request, ret: Return, question: str, label: str, do: Callable[..., object], done: str
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            do(actor=request.person, ret=ret, reason=form.cleaned_data["reason"], today=request.today)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return back_to(ret)
    return render(
        request,
        "govuk/confirm.html",
        {"question": question, "form": form, "confirm_label": label, "cancel_url": url_of(ret)},
    )


@asks(Verb.DECIDE, "assurance.return")
def reopen(request: Request, reference: str) -> HttpResponse:
    """The signatory opens a signed return again, to change something."""
    ret = the_return(request, reference)
    must(request, Verb.DECIDE, ret)
    return _with_reason(
        request, ret, "Open this return again to change it?", "Open again", returns.reopen,
        "The return is open again. It has to be signed again once it is right.",
    )  # fmt: skip


@asks(Verb.MANAGE, "assurance.return")
def withdraw(request: Request, reference: str) -> HttpResponse:
    """The agency is no longer asked."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    return _with_reason(
        request, ret, "Stop asking this agency?", "Withdraw the request", cycles.withdraw,
        "The agency is no longer asked in this cycle.",
    )  # fmt: skip


@asks(Verb.MANAGE, "assurance.return")
def extend(request: Request, reference: str) -> HttpResponse:
    """More time for one agency."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        try:
            cycles.extend(
                actor=request.person, ret=ret, to=form.cleaned_data["until_on"], reason=form.cleaned_data["reason"],
                today=request.today,
            )  # fmt: skip
        except REFUSALS as refused:
            form.add_error("until_on", str(refused))
        else:
            letters.tell_extension(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "More time was given, and the agency was told.")
            return back_to(ret)
    return render(request, "assurance/extend.html", {"ret": ret, "form": form, "today": request.today})


@asks(Verb.WRITE, "assurance.return")
def answer_queries(request: Request, reference: str) -> HttpResponse:
    """The agency answers the board's questions; what was typed stays on the page if one is missing."""
    ret = the_return(request, reference)
    must_speak(request, ret)
    waiting = list(Query.objects.filter(return_of=ret, answered_on=None).select_related("asked_by"))
    if not waiting or ret.stage != Stage.RETURNED_WITH_QUERY:
        raise Http404
    if closed := closed_words(ret.record):
        messages.error(request, closed)
        return back_to(ret)
    said = {query.id: request.POST.get(f"answer-{query.id}", "") for query in waiting}
    error = ""
    if request.method == "POST":
        try:
            returns.answer_queries(actor=request.person, ret=ret, said=said, today=request.today)
        except REFUSALS as refused:
            error = str(refused)
        else:
            letters.tell_answered(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "Your answers are with the board.")
            return back_to(ret)
    framework = framework_of(ret)
    rows = [
        (
            q,
            f"{framework.numbers[q.item]} {framework.items[q.item].text}"
            if q.item
            else "The return as a whole",
            said[q.id],
        )
        for q in waiting
    ]
    return render(
        request,
        "assurance/answer_queries.html",
        {
            "ret": ret,
            "rows": rows,
            "error": error,
            "page_has_errors": bool(error),
            "posted": request.method == "POST",
        },
    )
