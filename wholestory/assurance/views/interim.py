"""An interim year: prepared on a cycle that was answered, and what changed since in one return."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.forms.running import InterimForm
from wholestory.assurance.models import Cycle
from wholestory.assurance.operations import cycles, interim
from wholestory.assurance.queries import interim as queries
from wholestory.assurance.queries.later import warnings_before_interim
from wholestory.assurance.status import can_be_answered
from wholestory.assurance.views.finding import can, must, the_cycle, the_return


@asks(Verb.MANAGE, "assurance.cycle")
def prepare(request: Request, reference: str) -> HttpResponse:
    """Prepare an interim round on this cycle."""
    baseline = the_cycle(request, reference)
    must(request, Verb.MANAGE, baseline)
    titles = Cycle.objects.filter(board=baseline.board).values_list("title", flat=True)
    form = InterimForm(
        request.POST if request.method == "POST" else None, today=request.today, titles=list(titles)
    )
    if form.is_valid():
        wanted = form.cleaned_data
        try:
            made = interim.prepare(
                actor=request.person, baseline=baseline, title=wanted["title"], opens_on=wanted["opens_on"],
                due_on=wanted["due_on"], today=request.today,
            )  # fmt: skip
        except cycles.CycleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The interim round is prepared. Now choose whom to ask.")
            return redirect("assurance:issue", made.record.reference)
    context = {"cycle": baseline, "form": form, "warnings": warnings_before_interim(baseline)}
    return render(request, "assurance/interim_new.html", context)


@asks(Verb.READ, "assurance.return")
def changes(request: Request, reference: str) -> HttpResponse:
    """What changed since the return this one stands on, and the actions to bring up to date."""
    ret = the_return(request, reference)
    since = queries.since(ret)
    if since is None:
        raise Http404
    return render(
        request,
        "assurance/interim_changes.html",
        {
            "ret": ret,
            "since": since,
            "actions": queries.open_actions(ret),
            "answers": can_be_answered(ret) and can(request, Verb.WRITE, ret),
        },
    )
