"""Sorting a case: is it reviewed, who gathers and who leads, and taking it on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.sorting import LeadForm, LeaveOutForm, ReasonForm, ScopeForm
from wholestory.child_deaths.models import Panel
from wholestory.child_deaths.operations import triage
from wholestory.child_deaths.queries import sorting
from wholestory.child_deaths.rules.scope import Verdict
from wholestory.child_deaths.views.cases import KIND, find, moment_now
from wholestory.partners.models import Area
from wholestory.pathways.rules.stages import CannotMove


@asks(Verb.DECIDE, KIND, by_grant=True)
def sort(request: Request, reference: str) -> HttpResponse:
    """What the rules propose, with grounds; the way to decide each."""
    found = find(request, reference)
    asked = ScopeForm(request.GET if request.GET else None)
    said = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    context = {
        "case": found,
        "scope": sorting.scope_of(found, said),
        "asked": asked,
        "routing": sorting.routing_of(found),
        "known": sorting.places_known(found),
        "decided": triage.newest_lead(found),
        "standing": found.record.standing,
    }
    return render(request, "child_deaths/sort.html", context)


@asks(Verb.DECIDE, KIND, by_grant=True)
def leave_out(request: Request, reference: str) -> HttpResponse:
    """The rules say that it is not reviewed."""
    found = find(request, reference)
    asked = ScopeForm(request.GET if request.GET else None)
    said = asked.cleaned_data if asked.is_bound and asked.is_valid() else {}
    scope = sorting.scope_of(found, said)
    form = LeaveOutForm(request.POST or None)
    if form.is_valid():
        if scope.verdict not in (Verdict.OUT_OF_SCOPE, Verdict.RESPONSE_ONLY):
            form.add_error(
                None, "By what is recorded the rules do not leave it out. Answer the questions first."
            )
        else:
            try:
                triage.leave_out(
                    actor=request.person, case=found, rule=scope.rule, reason=form.cleaned_data["reason"],
                    today=request.today, now=moment_now(request),
                )  # fmt: skip
            except CannotMove as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Noted: this death is not reviewed. What was recorded is kept.")
                return redirect("child_deaths:case", reference)
    return render(
        request, "child_deaths/leave_out.html",
        {"case": found, "form": form, "scope": scope, "query": request.GET.urlencode()},
    )  # fmt: skip


@asks(Verb.DECIDE, KIND, by_grant=True)
def lead(request: Request, reference: str) -> HttpResponse:
    """Decide who gathers and who leads."""
    found = find(request, reference)
    panels = list(Panel.objects.order_by("name"))
    areas = list(Area.objects.order_by("name"))
    form = LeadForm(request.POST or None, panels=panels, areas=areas, today=request.today)
    if not form.is_bound:
        form.initial = {
            "leads": str(found.panel_id),
            "home_area": str(found.home_area_id or ""),
            "coordinates": "us",
        }
    if form.is_valid():
        said = form.cleaned_data
        chosen = {str(area.pk): area for area in areas}
        try:
            triage.decide_lead(
                actor=request.person, case=found, coordinates=said["coordinates"],
                leads=next(panel for panel in panels if str(panel.pk) == said["leads"]),
                home_area=chosen.get(said["home_area"]), looked_after_by=chosen.get(said["looked_after_by"]),
                rule=said["rule"], evidence=said["evidence"], agreed_with=said["agreed_with"],
                agreed_on=said["agreed_on"], today=request.today,
            )  # fmt: skip
        except triage.TriageRefused as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, "The decision is recorded.")
            return redirect("child_deaths:sort", reference)
    return render(
        request, "child_deaths/lead.html",
        {"case": found, "form": form, "routing": sorting.routing_of(found), "known": sorting.places_known(found)},
    )  # fmt: skip


@asks(Verb.DECIDE, KIND, by_grant=True)
def take_on(request: Request, reference: str) -> HttpResponse:
    """We lead: the case becomes active."""
    found = find(request, reference)
    if request.method == "POST":
        try:
            triage.take_on(actor=request.person, case=found, today=request.today, now=moment_now(request))
        except CannotMove as refused:
            messages.error(request, str(refused))
            return redirect("child_deaths:sort", reference)
        messages.success(request, "The case is taken on, and its limits run.")
        return redirect("child_deaths:case", reference)
    return render(request, "child_deaths/take_on.html", {"case": found})


@asks(Verb.DECIDE, KIND, by_grant=True)
def take_back_in(request: Request, reference: str) -> HttpResponse:
    """Take up after all what had been left out."""
    found = find(request, reference)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            triage.take_back_in(
                actor=request.person, case=found, reason=form.cleaned_data["reason"], today=request.today,
                now=moment_now(request),
            )  # fmt: skip
        except CannotMove as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The case is being sorted again.")
            return redirect("child_deaths:sort", reference)
    return render(
        request, "child_deaths/reason.html",
        {"case": found, "form": form, "heading": "Take it up after all", "label": "Take up"},
    )  # fmt: skip
