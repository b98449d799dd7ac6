"""Listing a case for a meeting, who is let in to its papers, and taking it off again."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access.models import Refusal
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import panel as forms
from wholestory.child_deaths.models import Case, Review
from wholestory.child_deaths.operations import listing
from wholestory.child_deaths.operations.deciding import may_finish
from wholestory.child_deaths.queries import listed as reads
from wholestory.child_deaths.queries import review as reviews
from wholestory.child_deaths.views.cases import moment_now
from wholestory.child_deaths.views.review_doors import REFUSED, of_review, posted, refused
from wholestory.partners.models import Person


def _case(request: Request, found: Review) -> Case:
    case = (
        Case.objects.select_related("record__standing", "panel", "record__board")
        .filter(pk=found.case_id)
        .first()
    )
    if case is None or not may_finish(request.person, found):
        raise Http404
    return case


@of_review(Verb.MANAGE, drafting=True)
def agenda(request: Request, found: Review) -> HttpResponse:
    """Where it is listed and who is let in; or the meetings it may be listed for."""
    case = _case(request, found)
    item = reads.item_of(found)
    meetings = {str(one.pk): one for one in reads.meetings_for(case, request.today)}
    offered = [
        (
            key,
            f"{one.title}, {one.meets_on.day} {one.meets_on:%B} {one.meets_on.year} ({one.get_kind_display().lower()})",
        )
        for key, one in meetings.items()
    ]
    form = forms.ListForm(posted(request), meetings=offered)
    if form.is_valid():
        try:
            listing.list_for(
                actor=request.person, review_=found, meeting=meetings[form.cleaned_data["meeting"]],
                today=request.today, now=moment_now(request),
            )  # fmt: skip
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, "Listed. The members of the meeting are let in to the papers.")
            return redirect("child_deaths:review_listing", found.record.reference)
    standing = getattr(case.record, "standing", None)
    context = {
        "review": found, "case": case, "item": item, "form": form, "offered": offered,
        "waiting": reads.waiting_item(found), "let_in": reads.let_in(found),
        "kept_out": reads.kept_out(found),
        "before": reads.reviewed_before(case, found), "is_ready": bool(standing and standing.stage == "ready"),
        "stage_words": reviews.stage_words(case), "released": reviews.released(found),
        "page_has_errors": bool(form.errors),
    }  # fmt: skip
    return render(request, "child_deaths/listing.html", context)


@of_review(Verb.MANAGE, drafting=True)
def take_off(request: Request, found: Review) -> HttpResponse:
    """Take the case off the agenda, with the reason."""
    _case(request, found)
    form = forms.WhyForm(posted(request))
    if form.is_valid():
        try:
            listing.take_off(
                actor=request.person, review_=found, because=form.cleaned_data["because"], today=request.today,
                now=moment_now(request),
            )  # fmt: skip
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, "Taken off. The papers are shut to the panel.")
            return redirect("child_deaths:review_listing", found.record.reference)
    return _form(request, found, form, "Take it off the agenda", "Take it off")


@of_review(Verb.MANAGE, drafting=True)
def members(request: Request, found: Review) -> HttpResponse:
    """Let in whoever sits at the meeting now, or shut the papers to everybody, by a button."""
    _case(request, found)
    if request.method == "POST":
        item = reads.item_of(found)
        try:
            if "shut" in request.POST:
                listing.shut(actor=request.person, review_=found, now=moment_now(request))
                messages.success(request, "The papers are shut to the panel.")
            elif item is not None:
                listing.let_members_in(
                    actor=request.person,
                    review_=found,
                    item=item,
                    today=request.today,
                    now=moment_now(request),
                )
                messages.success(request, "Whoever sits at the meeting now is let in.")
        except REFUSED as why:
            messages.error(request, str(why))
    return redirect("child_deaths:review_listing", found.record.reference)


@of_review(Verb.MANAGE, drafting=True)
def not_related(request: Request, found: Review, person: UUID) -> HttpResponse:
    """Say that somebody kept out because of their name was made sure not to be a relative."""
    _case(request, found)
    who = Person.objects.filter(pk=person).first()
    standing = Refusal.objects.filter(circle=found.circle_id, person=person, reason="subject", lifted_at=None)
    if who is None or not standing.exists():
        raise Http404
    form = forms.NotRelatedForm(posted(request), name=who.full_name)
    if form.is_valid():
        try:
            listing.lift_relative(
                actor=request.person, review_=found, person=who, made_sure=True, now=moment_now(request)
            )
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, f"{who.full_name} is no longer kept out. Let the members in again.")
            return redirect("child_deaths:review_listing", found.record.reference)
    return _form(request, found, form, "Not a relative", "They are not related")


@of_review(Verb.MANAGE, drafting=True)
def elsewhere(request: Request, found: Review) -> HttpResponse:
    """Note that another panel had reviewed the death before it came here."""
    _case(request, found)
    initial = {"elsewhere_by": found.elsewhere_by, "elsewhere_on": found.elsewhere_on}
    form = forms.ElsewhereForm(posted(request), initial=initial)
    if form.is_valid():
        listing.note_elsewhere(actor=request.person, review_=found, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("child_deaths:review_listing", found.record.reference)
    return _form(request, found, form, "Reviewed before, elsewhere", "Save")


def _form(request: Request, found: Review, form: object, title: str, label: str) -> HttpResponse:
    back = reverse("child_deaths:review_listing", args=[found.record.reference])
    context = {
        "review": found,
        "form": form,
        "title": title,
        "label": label,
        "back": back,
        "page_has_errors": bool(getattr(form, "errors", None)),
    }
    return render(request, "child_deaths/analysis_form.html", context)
