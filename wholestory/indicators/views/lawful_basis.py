"""Why the board may hold files about children: read by the team, the chair and whoever answers for information.

The business manager records it, and ends it.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.indicators.forms.children import BasisForm, EndBasisForm
from wholestory.indicators.models import ChildFiles, LawfulBasis
from wholestory.indicators.operations import lawful_basis as operations
from wholestory.indicators.queries import children as queries

KIND = LawfulBasis.record_kind


@asks(Verb.LIST, KIND)
def page(request: Request) -> HttpResponse:
    """What is in force, and what was."""
    basis, ended = queries.basis_of(request.board), queries.bases_ended(request.board)
    reading.shown(request, KIND, [*([basis] if basis else []), *ended])
    context = {
        "basis": basis, "ended": ended, "late": queries.review_is_over(basis, request.today),
        "counts": asking.may(request.seats, Verb.WRITE, ChildFiles.record_kind, request.board),
        "decides": asking.may(request.seats, Verb.DECIDE, KIND, request.board),
    }  # fmt: skip
    return render(request, "indicators/children/basis.html", context)


@asks(Verb.DECIDE, KIND)
def record(request: Request) -> HttpResponse:
    """Record what the board decided."""
    reading.listed(request, KIND, [])
    form = BasisForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            operations.record(
                actor=request.person, board=request.board, said=form.cleaned_data, today=request.today
            )
        except operations.BasisRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The lawful basis is recorded. Files about children can be sent.")
            return redirect("indicators:lawful_basis")
    return render(request, "indicators/children/basis_record.html", {"form": form})


@asks(Verb.DECIDE, KIND)
def end(request: Request, reference: str) -> HttpResponse:
    """End it; every file loaded under it is erased."""
    basis = reading.one(request, LawfulBasis.objects.select_related("record", "board"), reference=reference)
    form = EndBasisForm(request.POST if request.method == "POST" else None)
    if basis.ended_on is None and form.is_valid():
        try:
            erased = operations.end(
                actor=request.person, basis=basis, because=form.cleaned_data["because"], today=request.today
            )
        except operations.BasisRefused as refused:
            form.add_error(None, str(refused))
        else:
            files = "1 load of files was" if erased == 1 else f"{erased} loads of files were"
            messages.success(request, f"The lawful basis is ended. {files} erased.")
            return redirect("indicators:lawful_basis")
    if basis.ended_on is not None:
        return redirect("indicators:lawful_basis")
    return render(request, "indicators/children/basis_end.html", {"form": form, "basis": basis})
