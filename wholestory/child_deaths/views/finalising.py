"""Saving as final, and opening again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.analysis import CloseForm, FinalForm, ReopenForm
from wholestory.child_deaths.forms.carrying import CarryOnForm
from wholestory.child_deaths.models import Analysis, LearningPoint, Recommendation, Review
from wholestory.child_deaths.operations import closing, finalising, promising
from wholestory.child_deaths.operations.deciding import may_finish
from wholestory.child_deaths.queries import family
from wholestory.child_deaths.queries import review as reads
from wholestory.child_deaths.queries.analysis_shown import unsaid
from wholestory.child_deaths.views.cases import KIND as CASE_KIND
from wholestory.child_deaths.views.cases import find as find_case
from wholestory.child_deaths.views.cases import moment_now
from wholestory.child_deaths.views.review_doors import REFUSED, of_review, posted, refused
from wholestory.learning.operations import LessonRefused


@of_review(Verb.MANAGE, drafting=True)
def final(request: Request, found: Review) -> HttpResponse:
    """Save the analysis as final: what it lacks, what differs from the panel's decision, and the act itself."""
    one = reads.newest(found)
    if not may_finish(request.person, found) or one.state == Analysis.State.FINAL:
        raise Http404
    form = FinalForm(posted(request))
    if form.is_valid():
        try:
            finalising.finalise(
                actor=request.person, review=found, today=request.today, now=moment_now(request),
                changed_because=form.cleaned_data["changed_because"],
            )  # fmt: skip
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, "The analysis is final.")
            return redirect("child_deaths:review_analysis", found.record.reference)
    sheet = reads.sheet_of(one)
    context = {
        "review": found, "form": form, "missing": sheet.missing(), "cautions": sheet.cautions(),
        "unsaid": unsaid(one), "differs": finalising.differs_from_panel(found, one),
        "page_has_errors": bool(form.errors),
    }  # fmt: skip
    return render(request, "child_deaths/final.html", context)


@of_review(Verb.WRITE, drafting=True)
def reopen(request: Request, found: Review) -> HttpResponse:
    """Open a final case again."""
    one = reads.newest(found)
    if one.state != Analysis.State.FINAL:
        raise Http404
    form = ReopenForm(posted(request))
    if form.is_valid():
        try:
            finalising.reopen(
                actor=request.person, review=found, because=form.cleaned_data["because"], today=request.today,
                now=moment_now(request),
            )  # fmt: skip
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, "A new version was begun. The last one stays as it was.")
            return redirect("child_deaths:review_analysis", found.record.reference)
    return render(
        request, "child_deaths/reopen.html",
        {"review": found, "form": form, "version": one.version, "page_has_errors": bool(form.errors)},
    )  # fmt: skip


@of_review(Verb.MANAGE, drafting=True)
def carry_on(request: Request, found: Review) -> HttpResponse:
    """What a final analysis found becomes lessons and actions: chosen, looked at once more, then made."""
    one = reads.newest(found)
    if not may_finish(request.person, found) or one.state != Analysis.State.FINAL:
        raise Http404
    points = list(LearningPoint.objects.filter(analysis=one, lesson=None))
    open_ones = list(Recommendation.objects.filter(analysis=one, action=None).select_related("agency"))
    form = CarryOnForm(
        posted(request), points=points, recommended=[each for each in open_ones if each.agency]
    )
    step = request.POST.get("step", "")
    checked = form.is_valid() and bool(form.learn() or form.do())
    if form.is_bound and form.is_valid() and not checked:
        form.add_error(None, "Tick what is to become a lesson or an action")
    if checked and step == "make":
        try:
            many = promising.carry_on(
                actor=request.person, review=found, learn=form.learn(), do=form.do(), looked=form.has_looked,
                today=request.today,
            )  # fmt: skip
        except (*REFUSED, LessonRefused) as why:
            refused(form, why)
            checked = False
        else:
            messages.success(request, f"{many} made. Lessons are drafts until you share them with the board.")
            return redirect("child_deaths:review_analysis", found.record.reference)
    context = {
        "review": found, "form": form, "checking": checked and step == "check",
        "unowned": [each for each in open_ones if each.agency is None], "page_has_errors": bool(form.errors),
    }  # fmt: skip
    return render(request, "child_deaths/carry_on.html", context)


@asks(Verb.MANAGE, CASE_KIND, by_grant=True)
def close(request: Request, reference: str) -> HttpResponse:
    """Close a case that is final: what goes on, and what the family still waits for."""
    case = find_case(request, reference)
    found = reads.of_case(case)
    if found is None or not asking.ask(request.person, Verb.MANAGE, case.record):
        raise Http404
    form = CloseForm(posted(request))
    if form.is_valid():
        try:
            closing.close(
                actor=request.person, case=case, actions_go_on=form.cleaned_data["actions_go_on"],
                today=request.today, now=moment_now(request),
            )  # fmt: skip
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, "The case is closed.")
            return redirect("child_deaths:case", case.record.reference)
    context = {
        "case": case, "form": form, "going_on": closing.open_actions(found), "page_has_errors": bool(form.errors),
        "unanswered": family.unanswered(case).count(),
    }  # fmt: skip
    return render(request, "child_deaths/close.html", context)
