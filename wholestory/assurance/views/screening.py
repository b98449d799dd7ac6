"""Looking a signed return over before it is judged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.forms.panel import ScreenForm
from wholestory.assurance.operations import panel as operations
from wholestory.assurance.queries import panel as queries
from wholestory.assurance.views.finding import must, the_return
from wholestory.assurance.views.panel import KIND, REFUSALS


@asks(Verb.MODERATE, KIND, by_grant=True)
def screen(request: Request, reference: str) -> HttpResponse:
    """Look a signed return over before it is judged."""
    ret = the_return(request, reference)
    must(request, Verb.MODERATE, ret)
    before = queries.screened(ret)
    known = {**before.screening.checks, "words": before.screening.words} if before else {}
    form = ScreenForm(request.POST or None, initial=known)
    if form.is_valid():
        answers = dict(form.cleaned_data)
        words = answers.pop("words")
        try:
            operations.screen(actor=request.person, ret=ret, checks=answers, words=words, today=request.today)
        except REFUSALS as refused:
            form.add_error("words", str(refused))
        else:
            messages.success(request, "What you looked at is kept for whoever judges the return.")
            return redirect("assurance:moderate", reference)
    return render(request, "assurance/screen.html", {"ret": ret, "form": form, "before": before})
