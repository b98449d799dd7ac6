"""Deciding about a measure: its target, and where limits begin anew."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.catalogue.words import POLARITIES
from wholestory.indicators.forms.decisions import LimitsForm, TargetForm
from wholestory.indicators.models import Rebase
from wholestory.indicators.operations import decisions as operations
from wholestory.indicators.queries.decided import decided, in_words
from wholestory.indicators.queries.measures import catalogue_of

KIND = operations.KIND


def the_measure(request: Request, code: str) -> Definition:
    """The measure of the address. Raises Http404."""
    definition = catalogue_of(request.board).get(code)
    if definition is None:
        raise Http404
    return definition


@asks(Verb.MANAGE, KIND)
def target(request: Request, code: str) -> HttpResponse:
    """Set a target from a day on."""
    reading.listed(request, KIND, [])
    measure = the_measure(request, code)
    made = decided(request.board, [code])
    if measure.polarity == "N":
        return render(request, "indicators/reading/no_target.html", {"measure": measure})
    form = TargetForm(request.POST or None, measure=measure, initial={"from_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_target(
                actor=request.person, board=request.board, measure=measure, from_on=form.cleaned_data["from_on"],
                thresholds=form.thresholds(), because=form.cleaned_data["because"], today=request.today,
            )  # fmt: skip
        except operations.DecisionRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "The target is set.")
            return redirect("indicators:measure_read", code=code)
    context = {
        "form": form, "measure": measure, "good": POLARITIES[measure.polarity],
        "targets": in_words(made.targets.get(code, ()), measure), "suggested": measure.thresholds,
    }  # fmt: skip
    return render(request, "indicators/reading/target.html", context)


@asks(Verb.MANAGE, KIND)
def limits(request: Request, code: str) -> HttpResponse:
    """Begin the limits of a chart anew, for a reason; or take such a decision back."""
    reading.listed(request, KIND, [])
    measure = the_measure(request, code)
    form = LimitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.begin_anew(
                actor=request.person, board=request.board, measure=measure, from_on=form.cleaned_data["from_on"],
                because=form.cleaned_data["because"], today=request.today,
            )  # fmt: skip
        except operations.DecisionRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, "Limits begin anew from there.")
            return redirect("indicators:measure_read", code=code)
    rebases = decided(request.board, [code]).rebases.get(code, ())
    return render(
        request, "indicators/reading/limits.html", {"form": form, "measure": measure, "rebases": rebases}
    )


@asks(Verb.MANAGE, KIND)
def take_back(request: Request, key: UUID) -> HttpResponse:
    """Take back that limits begin anew."""
    reading.listed(request, KIND, [])
    rebase = get_object_or_404(Rebase, pk=key, board=request.board)
    if request.method == "POST":
        operations.take_back(actor=request.person, rebase=rebase, today=request.today)
        messages.success(request, "Limits go on as before.")
        return redirect("indicators:measure_read", code=rebase.measure)
    return render(request, "indicators/reading/limits_back.html", {"rebase": rebase})
