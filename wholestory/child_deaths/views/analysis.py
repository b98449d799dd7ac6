"""Drafting the analysis: its overview, the pages that keep answers, and its lines one by one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import analysis as forms
from wholestory.child_deaths.models import Analysis, Review
from wholestory.child_deaths.operations import analysis as operations
from wholestory.child_deaths.operations import ready, review
from wholestory.child_deaths.operations.deciding import may_finish
from wholestory.child_deaths.operations.promising import promise
from wholestory.child_deaths.queries import listed
from wholestory.child_deaths.queries import review as reads
from wholestory.child_deaths.queries.analysis_shown import shown
from wholestory.child_deaths.rules.factor_codes import FactorEdition
from wholestory.child_deaths.views.cases import KIND as CASE_KIND
from wholestory.child_deaths.views.cases import find as find_case
from wholestory.child_deaths.views.cases import moment_now
from wholestory.child_deaths.views.review_doors import REFUSED, of_review, posted, refused
from wholestory.partners.models import Agency
from wholestory.pathways.rules.stages import CannotMove


@asks(Verb.READ, CASE_KIND)
def of_case(request: Request, reference: str) -> HttpResponse:
    """The analysis of a case: its review's page, or the way to begin one."""
    case = find_case(request, reference)
    found = reads.of_case(case)
    if found is None and request.method == "POST":
        found = review.begin(actor=request.person, case=case, today=request.today, now=moment_now(request).at)
    if found is not None:
        return redirect("child_deaths:review_analysis", found.record.reference)
    return render(request, "child_deaths/review_begin.html", {"case": case})


@asks(Verb.DECIDE, CASE_KIND, by_grant=True)
def make_ready(request: Request, reference: str) -> HttpResponse:
    """Say that the case is ready for the panel."""
    case = find_case(request, reference)
    back = redirect("child_deaths:analysis", case.record.reference)
    if request.method == "POST":
        try:
            ready.make_ready(actor=request.person, case=case, today=request.today, now=moment_now(request))
            messages.success(request, "The case is ready for the panel.")
        except CannotMove as why:
            messages.error(request, str(why))
    return back


@of_review(drafting=True)
def overview(request: Request, found: Review) -> HttpResponse:
    """Everything the analysis says, what it lacks, and the way to each part of it."""
    one = reads.newest(found)
    if reads.case_of(found) is None:
        one = reads.for_panel(found, listed.item_of(found)) or one
        _must_be_shown(found, one)
    return _overview(request, found, one)


@of_review()
def version(request: Request, found: Review, number: int) -> HttpResponse:
    """An earlier version, as it was sealed."""
    one = Analysis.objects.filter(review=found, version=number).first()
    if one is None:
        raise Http404
    _must_be_shown(found, one)
    return _overview(request, found, one, reading_only=True)


def _must_be_shown(found: Review, one: Analysis) -> None:
    """The "not found" page for a draft that is not the panel's, to whoever does not see the case."""
    if one.state == Analysis.State.FINAL or reads.case_of(found) is not None:
        return
    if reads.for_panel(found, listed.item_of(found)) != one:
        raise Http404


def _overview(request: Request, found: Review, one: Analysis, *, reading_only: bool = False) -> HttpResponse:
    case = reads.case_of(found)
    may = one.state == Analysis.State.DRAFT and not reading_only
    standing = getattr(case.record, "standing", None) if case else None
    context = {
        "review": found,
        "shown": shown(found, one),
        "case": case,
        "stage": standing.stage if standing else "",
        "stage_words": reads.stage_words(case),
        "may": may,
        "may_finish": may_finish(request.person, found),
        "versions": [
            each
            for each in Analysis.objects.filter(review=found).order_by("-version")
            if case is not None or each.pk == one.pk or each.state == Analysis.State.FINAL
        ],
        "item": listed.waiting_item(found),
        "decided": reads.last_decision(found),
        "released": reads.released(found),
    }
    return render(request, "child_deaths/analysis.html", context)


@of_review(Verb.WRITE, drafting=True)
def part(request: Request, found: Review, part: str) -> HttpResponse:
    """One page of the form."""
    kind = forms.PARTS.get(part)
    if kind is None:
        raise Http404
    one = reads.newest(found)
    names = [name for name in kind.base_fields if name != "looked"]
    form = kind(posted(request), initial={name: _shown_value(getattr(one, name)) for name in names})

    def keep(said: dict[str, Any]) -> object:
        said = {name: said[name] for name in names}
        if "meeting_on" in said and said["meeting_on"] and said["meeting_on"] > request.today:
            raise review.ReviewRefused("The meeting cannot have been later than today.")
        return review.answer(
            actor=request.person, review=found, said=said, now=_now(request), looked=form.has_looked
        )

    return _write(request, found, form, kind.title, keep)


def _shown_value(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@of_review(Verb.WRITE, drafting=True)
def categories(request: Request, found: Review) -> HttpResponse:
    """Which categories apply, and which comes first."""
    one = reads.newest(found)
    initial = {
        "categories": [str(number) for number in one.categories],
        "override": str(one.override or ""),
        "override_reason": one.override_reason,
    }
    form = forms.CategoriesForm(posted(request), initial=initial, edition=FactorEdition(one.edition))

    def keep(said: dict[str, Any]) -> object:
        return operations.classify(
            actor=request.person, review=found, selected=said["categories"], override=said["override"],
            reason=said["override_reason"], now=_now(request), looked=form.has_looked,
        )  # fmt: skip

    return _write(request, found, form, form.title, keep, explained=shown(found, one).explained)


@of_review(Verb.WRITE, drafting=True)
def line(request: Request, found: Review, kind: str, line: UUID | None = None) -> HttpResponse:
    """Add or change one line: a factor, something learned, a recommendation, a minority view."""
    if kind not in forms.LINES:
        raise Http404
    one = reads.newest(found)
    row = operations.LINES[kind].objects.filter(analysis=one, pk=line).first() if line else None
    if line and row is None:
        raise Http404
    form = _line_form(kind, one, request, row)

    def keep(said: dict[str, Any]) -> object:
        at = {
            "actor": request.person,
            "review": found,
            "now": _now(request),
            "line": line,
            "looked": form.has_looked,
        }
        said.pop("looked", None)
        if kind == "factors":
            return operations.write_factor(said=operations.FactorSaid(**said), **at)
        if kind == "learning":
            return operations.write_learning(**said, **at)
        if kind == "views":
            return operations.write_view(**said, **at)
        agency = (
            Agency.objects.filter(pk=said.pop("agency")).first()
            if said.get("agency")
            else said.pop("agency", None)
        )
        return operations.write_recommendation(
            said=operations.Recommended(agency=agency or None, **said), **at
        )

    return _write(request, found, form, form.title, keep, remove=kind if line else "", line=line)


def _line_form(kind: str, one: Analysis, request: Request, row: Any) -> Any:
    made = forms.LINES[kind]
    wanted: dict[str, Any] = {}
    names = [name for name in made.base_fields if name != "looked"]
    initial = (
        {name: _shown_value(getattr(row, {"number": "category"}.get(name, name))) for name in names}
        if row
        else {}
    )
    if kind == "factors":
        wanted["edition"] = FactorEdition(one.edition)
    if kind == "recommendations":
        agencies = Agency.objects.filter(boards=one.review.record.board_id, ends_on=None).order_by("name")
        wanted["agencies"] = [(str(agency.pk), agency.name) for agency in agencies]
        initial["agency"] = str(row.agency_id or "") if row else ""
    return made(posted(request), initial=initial, **wanted)


@of_review(Verb.WRITE, drafting=True)
def remove(request: Request, found: Review, kind: str, line: UUID) -> HttpResponse:
    """Take a line away, once somebody confirmed it."""
    if kind not in forms.LINES:
        raise Http404
    if request.method == "POST":
        try:
            operations.remove_line(
                actor=request.person, review=found, kind=kind, line=line, now=_now(request)
            )
            messages.success(request, "The line was removed.")
        except REFUSED as why:
            messages.error(request, str(why))
        return redirect(_back(found))
    row = operations.LINES[kind].objects.filter(analysis=reads.newest(found), pk=line).first()
    if row is None:
        raise Http404
    words = reads.words_of(row) if kind == "factors" else row.text
    return render(
        request, "child_deaths/line_remove.html", {"review": found, "words": words, "back": _back(found)}
    )


@of_review(Verb.WRITE, drafting=True)
def promise_it(request: Request, found: Review, line: UUID) -> HttpResponse:
    """Make a recommendation an action of its agency."""
    if not may_finish(request.person, found):
        raise Http404
    row = operations.LINES["recommendations"].objects.filter(analysis__review=found, pk=line).first()
    if row is None:
        raise Http404
    initial = {"due_on": row.due_on, "owner_title": row.owner_title}
    form = forms.PromiseForm(posted(request), initial=initial)

    def keep(said: dict[str, Any]) -> object:
        return promise(actor=request.person, review=found, line=line, today=request.today, **said)

    return _write(request, found, form, "Make it an action", keep)


def _write(request: Request, found: Review, form: Any, title: str, keep: Any, **more: Any) -> HttpResponse:
    """A form of the analysis: kept and back to the overview, or shown again with what is wrong."""
    if form.is_valid():
        try:
            keep(dict(form.cleaned_data))
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, "Saved.")
            return redirect(_back(found))
    context = {
        "review": found,
        "form": form,
        "title": title,
        "back": _back(found),
        "page_has_errors": bool(form.errors),
        **more,
    }
    return render(request, "child_deaths/analysis_form.html", context)


def _back(found: Review) -> str:
    return reverse("child_deaths:review_analysis", args=[found.record.reference])


def _now(request: Request) -> Any:
    return moment_now(request).at
