"""Two cases of one death: joining one to the other, and parting them again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.matching import OtherCaseForm, ReasonForm, SameForm
from wholestory.child_deaths.models import Case, Merge
from wholestory.child_deaths.operations import merging
from wholestory.child_deaths.operations.matching import MatchRefused
from wholestory.child_deaths.queries import duplicates as looking
from wholestory.child_deaths.views.duplicates import CASE, cases_seen, listed, other_side, shown
from wholestory.correspondence.clock import moment_of


def find(request: Request, reference: str) -> Case:
    """The case, if this person may join and part cases; otherwise the one "not found" page."""
    case = reading.one(request, cases_seen(), reference=reference)
    if not asking.ask(request.person, Verb.MANAGE, case, kind=CASE):
        raise Http404
    return case


@asks(Verb.MANAGE, CASE, by_grant=True)
def merge(request: Request, reference: str) -> HttpResponse:
    """The cases that may be of the same death, or another one by its reference; where it was joined, parting."""
    case = find(request, reference)
    form = OtherCaseForm(request.POST or None)
    if form.is_valid():
        other = form.cleaned_data["other"]
        if other == case.record.reference:
            form.add_error("other", "That is this case. Enter the other one’s reference")
        elif not cases_seen().filter(record__reference=other).exists():
            form.add_error("other", "There is no case with this reference among those you can open")
        else:
            return redirect("child_deaths:merge_confirm", case.record.reference, other)
    found = looking.of_case(case)
    candidates = tuple(one for one in found.candidates if one.case)
    listed(request, looking.Found(candidates, ()))
    context = {
        "case": case,
        "form": form,
        "candidates": shown(candidates, case.record.reference, looking.account_of(case)),
        "refused": [(one, other_side(one, case)) for one in found.refused],
        "merges": list(
            Merge.objects.filter(into_case=case, undone_at=None)
            .select_related("from_case__record", "by")
            .order_by("at")
        ),
    }
    return render(request, "child_deaths/merge.html", context)


@asks(Verb.MANAGE, CASE, by_grant=True)
def confirm(request: Request, reference: str, other: str) -> HttpResponse:
    """Join this case to the other one, which stays."""
    case, into = find(request, reference), find(request, other)
    candidate = looking.of_two(case, into)
    form = SameForm(request.POST or None, match=candidate.match)
    form.fields["reason"].required = True
    form.fields["reason"].label = "How do you know that it is the same death?"
    if form.is_valid():
        try:
            merging.merge(
                actor=request.person, case=case, into=into, today=request.today,
                now=moment_of(request.board, timezone.now()), reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except MatchRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, f"{reference} is joined to {other}. Nothing of it was lost, and it can be parted."
            )
            return redirect("child_deaths:merge", into.record.reference)
    (side,) = shown((candidate,), case.record.reference, looking.account_of(case))
    return render(
        request, "child_deaths/merge_confirm.html", {"case": case, "into": into, "shown": side, "form": form}
    )


@asks(Verb.MANAGE, CASE, by_grant=True)
def unmerge(request: Request, reference: str) -> HttpResponse:
    """Part the case from the one it was joined to."""
    case = find(request, reference)
    if request.method == "GET" and not case.merged_into_id:
        # The case that stayed is parted from each joined one: those are listed there.
        return redirect("child_deaths:merge", case.record.reference)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            merging.unmerge(
                actor=request.person, case=case, today=request.today, now=moment_of(request.board, timezone.now()),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        except MatchRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{reference} is a case of its own again, as it was.")
            return redirect("child_deaths:merge", case.record.reference)
    return render(
        request, "child_deaths/matching_reason.html",
        {
            "form": form, "heading": f"Part {case.record.reference} from the other case?", "label": "Part them",
            "back_url": reverse("child_deaths:merge", args=[case.record.reference]),
            "words": "Both cases stand again as they stood before. What was added to either since then stays with it.",
        },
    )  # fmt: skip
