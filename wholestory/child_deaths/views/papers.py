"""Preparing the anonymised papers: what the look found, taking out, leaving in with a reason, release, taking back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import asking
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import panel as forms
from wholestory.child_deaths.models import Case, Pack, PackPart, Review
from wholestory.child_deaths.operations import pack as operations
from wholestory.child_deaths.queries import pack as reads
from wholestory.child_deaths.rules.anonymity import What
from wholestory.child_deaths.views.cases import moment_now
from wholestory.child_deaths.views.review_doors import REFUSED, of_review, posted, refused


def _case(found: Review) -> Case:
    """The case, for those who prepare its papers; the one "not found" page for everybody else."""
    rows = Case.objects.select_related("record", "child", "home_area")
    case = rows.filter(pk=found.case_id).first()
    if case is None:
        raise Http404
    return case


def _home(found: Review) -> str:
    return reverse("child_deaths:review_papers", args=[found.record.reference])


@of_review(Verb.WRITE, drafting=True)
def papers(request: Request, found: Review) -> HttpResponse:
    """Every piece of the papers with what may still name somebody, and what was released."""
    case = _case(found)
    if request.method == "POST":
        many = operations.generate(actor=request.person, review=found, now=moment_now(request).at)
        messages.success(
            request,
            f"{many} piece{'' if many == 1 else 's'} taken from the case."
            if many
            else "Nothing new in the case.",
        )
        return redirect(_home(found))
    parts = list(PackPart.objects.filter(review=found).select_related("changed_by"))
    places = reads.found_in(found, case, parts)
    rows = [
        {
            "part": part,
            "places": list(
                dict.fromkeys((one.words, one.what.label, one.sure) for one in places.get(part.pk, ()))
            ),
        }
        for part in parts
    ]
    waiting = operations.unanswered_places(found, case, [part for part in parts if not part.left_out])
    packs = Pack.objects.filter(review=found).order_by("-version")
    context = {
        "review": found, "case": case, "rows": rows, "facts": reads.facts(case, found.record.reference),
        "waiting": waiting, "may_release": asking.ask(request.person, Verb.MANAGE, found).yes,
        "packs": list(packs.select_related("released_by", "withdrawn_by")),
        "kept": list(found.kept_words.select_related("by").order_by("created_at")),
        "kinds": {each.value: each.label for each in What},
    }  # fmt: skip
    return render(request, "child_deaths/papers.html", context)


@of_review(Verb.WRITE, drafting=True)
def part(request: Request, found: Review, part: UUID) -> HttpResponse:
    """One piece: its words, the places found in it, and what may be done with each."""
    case = _case(found)
    one = PackPart.objects.filter(review=found, pk=part).first()
    if one is None:
        raise Http404
    sent = posted(request)
    if sent is not None and "take_out" in sent:
        many = operations.take_out(
            actor=request.person,
            review=found,
            part=part,
            words=sent["take_out"],
            now=moment_now(request).at,
        )
        messages.success(request, f"{many} place{'' if many == 1 else 's'} taken out.")
        return redirect("child_deaths:review_part", found.record.reference, part)
    form = forms.PartForm(sent, initial={"text": one.text, "left_out": one.left_out})
    if form.is_valid():
        operations.write_part(
            actor=request.person, review=found, part=part, now=moment_now(request).at, **form.cleaned_data
        )
        messages.success(request, "Saved.")
        return redirect(_home(found))
    places = reads.found_in(found, case, [one]).get(one.pk, ())
    context = {
        "review": found, "part": one, "form": form, "back": _home(found),
        "places": list({(each.what, each.words): each for each in places}.values()),
        "any_sure": any(each.sure for each in places),
    }  # fmt: skip
    return render(request, "child_deaths/papers_part.html", context)


@of_review(Verb.WRITE, drafting=True)
def keep(request: Request, found: Review, part: UUID, what: str) -> HttpResponse:
    """Leave words in, with the reason. The words come from the place itself and never from the address."""
    case = _case(found)
    one = PackPart.objects.filter(review=found, pk=part).first()
    if one is None:
        raise Http404
    places = [each for each in reads.found_in(found, case, [one]).get(one.pk, ()) if each.what.value == what]
    if not places:
        raise Http404
    form = forms.KeepForm(posted(request))

    def do(said: dict[str, Any]) -> object:
        return operations.keep(
            actor=request.person, review=found, what=what, words=places[0].words, today=request.today, **said
        )

    title = f"Leave “{places[0].words}” in"
    back = reverse("child_deaths:review_part", args=[found.record.reference, part])
    return _ask(request, found, form, title, "Leave it in", do, "It stays, with your reason.", back)


@of_review(Verb.WRITE, drafting=True)
def add(request: Request, found: Review) -> HttpResponse:
    """Add a piece of one's own words."""
    _case(found)
    form = forms.NewPartForm(posted(request))

    def do(said: dict[str, Any]) -> object:
        return operations.add_part(actor=request.person, review=found, now=moment_now(request).at, **said)

    return _ask(request, found, form, "Add a piece to the papers", "Add", do, "Added.", _home(found))


@of_review(Verb.MANAGE, drafting=True)
def release(request: Request, found: Review) -> HttpResponse:
    """Let the panel have the papers."""
    _case(found)
    form = forms.ReleaseForm(posted(request))

    def do(said: dict[str, Any]) -> object:
        return operations.release(actor=request.person, review=found, now=moment_now(request).at, **said)

    return _ask(
        request, found, form, "Release the papers", "Release", do, "The papers are released.", _home(found)
    )


@of_review(Verb.MANAGE, drafting=True)
def take_back(request: Request, found: Review) -> HttpResponse:
    """Take the papers back from the panel."""
    _case(found)
    form = forms.WhyForm(posted(request))

    def do(said: dict[str, Any]) -> object:
        return operations.withdraw(actor=request.person, review=found, now=moment_now(request).at, **said)

    return _ask(
        request,
        found,
        form,
        "Take the papers back",
        "Take back",
        do,
        "Nobody of the panel reads them now.",
        _home(found),
    )


def _ask(
    request: Request, found: Review, form: Any, title: str, label: str, do: Any, done: str, back: str
) -> HttpResponse:
    """One question, and once it is answered the thing itself."""
    if form.is_valid():
        try:
            do(dict(form.cleaned_data))
        except REFUSED as why:
            refused(form, why)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "review": found,
        "form": form,
        "title": title,
        "label": label,
        "back": back,
        "page_has_errors": bool(form.errors),
    }
    return render(request, "child_deaths/analysis_form.html", context)
