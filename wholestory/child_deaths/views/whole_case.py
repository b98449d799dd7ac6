"""One print of everything held of a case."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wholestory import ledger
from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.printing import REASONS, PrintForm
from wholestory.child_deaths.queries.whole_case import whole
from wholestory.child_deaths.views.cases import KIND, find, moment_now


@asks(Verb.EXPORT, KIND, by_grant=True)
def printed(request: Request, reference: str) -> HttpResponse:
    """Asks why, then shows everything black on white, marked with who printed it, when and why."""
    found = find(request, reference)
    if not asking.ask(request.person, Verb.EXPORT, found.record):
        raise Http404
    reading.must_leave(request, found.record)
    form = PrintForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {"case": found, "form": form, "page_has_errors": bool(form.errors)}
        return render(request, "child_deaths/whole_case_ask.html", context)
    reason = form.cleaned_data["reason"]
    ledger.line("child_deaths.case_printed", found.record, reason=reason, writes=False)
    name, parts = whole(found, moment_now(request))
    answer = render(
        request, "child_deaths/whole_case.html",
        {
            "case": found, "name": name, "parts": parts, "reason": dict(REASONS)[reason], "by": str(request.person),
            "at": moment_now(request).at, "example": found.record.board.is_example,
        },
    )  # fmt: skip
    answer["Cache-Control"] = "no-store"
    return answer
