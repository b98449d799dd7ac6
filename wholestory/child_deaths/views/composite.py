"""Agencies' answers side by side, and choosing what counts."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.composite import TAKE_BACK, ChooseForm
from wholestory.child_deaths.models import AgencyRequest, Case
from wholestory.child_deaths.operations import composite as operations
from wholestory.child_deaths.queries import composite as queries
from wholestory.child_deaths.views.cases import KIND, find
from wholestory.child_deaths.views.one_form import now_of
from wholestory.govuk import downloads
from wholestory.govuk.parts import Column

SHOWN = (
    ("", "Somebody has answered", "said"),
    ("conflicts", "Answers differ", "conflicts"),
    ("open", "To choose, or to choose again", "open"),
    ("chosen", "Chosen", "chosen"),
    ("every", "Every question", "questions"),
)


@asks(Verb.READ, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """Every question with each agency's answer, its source and its date."""
    case = find(request, reference)
    found = queries.page(case)
    _note(request, found)
    chosen = request.GET.get("show", "")
    narrowed = found.only(chosen)
    wanted = request.GET.get("download", "")
    if wanted in downloads.FORMATS:
        reading.must_leave(request, case)
        asking.require(request.person, Verb.EXPORT, case.record)
        reading.listed(request, KIND, [case.record_id], verb="access.downloaded")
        return downloads.export(
            request, queries.as_rows(narrowed), _columns(found), f"Answers {reference}", wanted
        )
    context = {
        "case": case,
        "found": narrowed,
        "answering": [each for each in found.sources if not each.nothing_known],
        "nothing_known": [each for each in found.sources if each.nothing_known],
        "ways": [
            (f"?show={key}" if key else "?", label, found.counts[counted], key == chosen)
            for key, label, counted in SHOWN
        ],
        "show": chosen,
        "may_choose": asking.ask(request.person, Verb.MANAGE, case.record).yes,
        "may_export": asking.ask(request.person, Verb.EXPORT, case.record).yes,
        "wide": True,
    }
    return render(request, "child_deaths/composite/page.html", context)


def _note(request: Request, found: queries.Page) -> None:
    reading.listed(
        request, AgencyRequest.record_kind, [each.record_id for each in found.sources], verb="access.opened"
    )


def _columns(found: queries.Page) -> list[Column]:
    answering = [each for each in found.sources if not each.nothing_known]
    return [
        Column("section", "Part"),
        Column("question", "Question"),
        *[Column(f"source_{place}", each.label) for place, each in enumerate(answering)],
        Column("standing", "How the answers stand"),
        Column("together", "What counts"),
        Column("reason", "Why"),
        Column("chosen_by", "Chosen by"),
    ]


@asks(Verb.MANAGE, KIND, by_grant=True)
def choose(request: Request, reference: str, question: str) -> HttpResponse:
    """One question: who says what, what was chosen before, and what counts."""
    case = find(request, reference)
    asking.require(request.person, Verb.MANAGE, case.record)
    looked = queries.line_of(case, question)
    if looked is None:
        raise Http404
    found, line = looked
    _note(request, found)
    posted = request.POST if request.method == "POST" else None
    form = ChooseForm(posted, composite=line.composite, basis=line.basis, taken=line.choice is not None)
    if request.method == "POST" and form.is_valid():
        try:
            _do(request, case, question, form)
        except operations.CannotChoose as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "What counts is kept, with your reason.")
            back = reverse("child_deaths:composite", args=[case.record.reference])
            return redirect(f"{back}#q-{question}")
    answering = [each for each in found.sources if not each.nothing_known]
    context = {
        "case": case, "line": line, "form": form, "said": list(zip(answering, line.cells, strict=True)),
        "history": queries.history(case, question),
    }  # fmt: skip
    return render(request, "child_deaths/composite/choose.html", context)


def _do(request: Request, case: Case, question: str, form: ChooseForm) -> None:
    now = now_of(case.record.board)
    reason = form.cleaned_data["reason"]
    if form.cleaned_data["what"] == TAKE_BACK:
        operations.undo(actor=request.person, case=case, question=question, reason=reason, now=now)
        return
    operations.choose(
        actor=request.person, case=case, question=question, **form.chosen(), reason=reason,
        basis=form.cleaned_data["basis"], now=now,
    )  # fmt: skip
