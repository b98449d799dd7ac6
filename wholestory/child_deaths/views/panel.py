"""The panel's own pages: meetings and packs, interests, comments, the papers, and deciding in the meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory import ledger
from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import panel as forms
from wholestory.child_deaths.models import Analysis, Review, Unmasking
from wholestory.child_deaths.operations import deciding
from wholestory.child_deaths.operations.review import may_draft
from wholestory.child_deaths.printing.papers import as_pdf, leaf_of
from wholestory.child_deaths.queries import listed
from wholestory.child_deaths.queries import panel as reads
from wholestory.child_deaths.queries import review as reviews
from wholestory.child_deaths.queries.analysis_shown import shown
from wholestory.child_deaths.views.cases import moment_now
from wholestory.child_deaths.views.review_doors import KIND, REFUSED, find, of_review, posted, refused
from wholestory.meetings.operations.interests import Said, declare
from wholestory.meetings.queries.answers import quorum_of


@asks(Verb.LIST, KIND, by_grant=True)
def home(request: Request) -> HttpResponse:
    """Meetings of the panels one sits on, with the packs one may open."""
    groups = reads.groups_of(request.person, request.today)
    if not groups and not asking.may(request.seats, Verb.LIST, KIND, request.board):
        raise Http404
    meetings = reads.meetings(request.person, request.today)
    reading.listed(request, KIND, [one.review.record_id for each in meetings for one in each.cases])
    return render(request, "child_deaths/panel_home.html", {"meetings": meetings, "groups": groups})


@asks(Verb.WRITE, KIND, by_grant=True)
def interests(request: Request, reference: str) -> HttpResponse:
    """Say first whether one has an interest: an age band is all that is shown before."""
    found = find(request, reference)
    item = listed.item_of(found)
    if item is None:
        raise Http404
    form = forms.DeclareForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        effect = "" if said["effect"] == forms.NONE else said["effect"]
        try:
            shut = declare(
                actor=request.person, meeting=item.meeting, answers=[Said(item, effect, said["words"])],
                now=moment_now(request).at,
            )  # fmt: skip
        except REFUSED as why:
            form.add_error(None, str(why))
        else:
            if shut:
                messages.success(request, "Thank you. This case is shut to you from now on.")
                return redirect("child_deaths:panel")
            messages.success(request, "Thank you.")
            return redirect("child_deaths:review", found.record.reference)
    context = {"review": found, "item": item, "form": form, "page_has_errors": bool(form.errors)}
    return render(request, "child_deaths/declare.html", context)


@of_review()
def pack(request: Request, found: Review) -> HttpResponse:
    """The papers, the analysis so far, and what members said of them."""
    item = listed.item_of(found)
    form = forms.CommentForm(posted(request))
    if form.is_valid():
        try:
            deciding.comment(
                actor=request.person, review=found, words=form.cleaned_data["words"], now=moment_now(request),
                looked=form.has_looked,
            )  # fmt: skip
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, "The panel will find your comment with the papers.")
            return redirect("child_deaths:review", found.record.reference)
    return render(request, "child_deaths/pack.html", {**_papers(request, found), "form": form, "item": item})


def _papers(request: Request, found: Review) -> dict[str, Any]:
    page = reads.pack_page(found)
    case = reviews.case_of(found)
    item = listed.item_of(found)
    newest = reviews.newest(found)
    one = newest if case else reviews.for_panel(found, item)
    read = one if case is None else reviews.for_panel(found, item)
    may_change = case is not None or (one is not None and one.state == Analysis.State.DRAFT)
    return {
        "review": found,
        "page": page,
        # Whoever may not see the case sees its analysis only beside released papers.
        "shown": shown(found, one) if one and (page.pack or case) else None,
        # Versions: the one opened again, the last final one, and what members read meanwhile.
        "opened_again": (newest.version - 1, read.version if read and read.pk != newest.pk else None)
        if newest.version > 1 and newest.state == Analysis.State.DRAFT
        else None,
        "case": case,
        "may_decide": may_change
        and may_draft(request.person, found)
        and asking.ask(request.person, Verb.DECIDE, found).yes,
        "may_unmask": reads.chairs(request.person, item) and case is None,
        "page_has_errors": False,
    }


@of_review(Verb.EXPORT)
def printed(request: Request, found: Review) -> HttpResponse:
    """The papers black on white."""
    leaf = _leaf(request, found)
    return render(request, "child_deaths/papers_print.html", {"review": found, "leaf": leaf})


@of_review(Verb.EXPORT)
def pdf(request: Request, found: Review) -> HttpResponse:
    """The papers as an accessible PDF."""
    leaf = _leaf(request, found)
    answer = HttpResponse(as_pdf(leaf), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="papers-{found.record.reference}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _leaf(request: Request, found: Review) -> Any:
    """The papers to take away, noted as taken. Not for emergency access, and not once they were taken back."""
    reading.must_leave(request, found)
    asking.require(request.person, Verb.EXPORT, found)
    page = reads.pack_page(found)
    if page.pack is None:
        raise Http404
    inside = reviews.case_of(found) is not None
    one = reviews.newest(found) if inside else reviews.for_panel(found, listed.item_of(found))
    ledger.line("child_deaths.papers_printed", found.record, writes=False)
    return leaf_of(
        found,
        page.pack,
        shown(found, one) if one else None,
        made_by=str(request.person),
        at=moment_now(request).at,
    )


@of_review(Verb.DECIDE)
def unmask(request: Request, found: Review) -> HttpResponse:
    """The chair asks to see what the papers leave out, says why, and sees it once."""
    if not reads.chairs(request.person, listed.item_of(found)):
        raise Http404
    form = forms.UnmaskForm(posted(request))
    seen = None
    if form.is_valid():
        try:
            deciding.unmask(
                actor=request.person, review=found, now=moment_now(request), looked=form.has_looked,
                what=form.cleaned_data["what"], reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except REFUSED as why:
            refused(form, why)
        else:
            ledger.line("child_deaths.unmasked_seen", found.record, writes=False)
            what = form.cleaned_data["what"]
            seen = (Unmasking.What(what).label, reads.unmasked(found, what))
    context = {"review": found, "form": form, "seen": seen, "page_has_errors": bool(form.errors)}
    return render(request, "child_deaths/unmask.html", context)


@of_review(Verb.DECIDE, drafting=True)
def decide(request: Request, found: Review) -> HttpResponse:
    """In the meeting: everything the panel decides on one page, and the decision itself."""
    item = listed.waiting_item(found)
    if item is None or not asking.ask(request.person, Verb.DECIDE, found):
        raise Http404
    sent = posted(request)
    puts_off = sent is not None and "put_off" in sent
    form = forms.DecideForm(sent if not puts_off else None, prefix="decide")
    later = forms.PutOffForm(sent if puts_off else None, prefix="later")
    chairs = reads.chairs(request.person, item)
    chair = item.chaired_by or item.meeting.chair
    chosen = later if puts_off else form
    if chosen.is_valid():
        said = dict(chosen.cleaned_data)
        on_word = chair if said.pop("on_word", False) and not chairs else None
        about: dict[str, Any] = {
            "actor": request.person, "review": found, "today": request.today, "now": moment_now(request),
            "on_word_of": on_word,
        }  # fmt: skip
        try:
            if puts_off:
                deciding.put_off(
                    **about, because=said["because"], again_on=said["again_on"], more=said["more"]
                )
            else:
                deciding.review_it(**about, words=said["words"])
        except REFUSED as why:
            refused(chosen, why)
        else:
            messages.success(
                request, "The case is put off." if puts_off else "The panel’s decision is recorded."
            )
            return redirect("child_deaths:review", found.record.reference)
    context = {
        **_papers(request, found), "item": item, "form": form, "later": later, "chairs": chairs, "chair": chair,
        "quorum": quorum_of(item.meeting, item), "page_has_errors": bool(form.errors or later.errors),
    }  # fmt: skip
    return render(request, "child_deaths/decide.html", context)
