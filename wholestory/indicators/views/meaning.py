"""The page on which an agency says what its figures mean."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.correspondence.clock import moment_of
from wholestory.indicators.forms.meaning import MeaningForm
from wholestory.indicators.models import AgencyReturn, ReturnStage
from wholestory.indicators.operations import drafts, meaning
from wholestory.indicators.operations.moving import ReturnRefused
from wholestory.indicators.queries import meaning as queries
from wholestory.indicators.queries.return_form import form_of
from wholestory.indicators.rules.figures import in_words
from wholestory.indicators.views.finding import back_to, must, the_return

_RETURN = AgencyReturn.record_kind


@asks(Verb.WRITE, _RETURN)
def page(request: Request, reference: str) -> HttpResponse:
    """One set of questions for each figure that needs words; another figure can be added by its code."""
    ret = the_return(request, reference)
    must(request, Verb.WRITE, ret)
    if ret.stage not in (ReturnStage.ASKED, ReturnStage.STARTED) or ret.record.closed_on is not None:
        return back_to(ret)
    form = form_of(ret)
    wanted = queries.wanted(form)
    said = meaning.said_of(form)
    totals = {line.measure: line for line in form.lines if not line.breakdown}
    also = request.GET.get("also", "")
    codes = [code for code in totals if code in wanted or any(said.get(code, {}).values()) or code == also]
    posted = request.POST if request.method == "POST" else None
    asked = {code: MeaningForm(posted, prefix=code, initial=said.get(code)) for code in codes}
    # Every one is looked through, so that every error is shown at once.
    valid = [each.is_valid() for each in asked.values()]
    if posted is not None and all(valid):
        words = {
            code: {name: str(each.cleaned_data[name] or "") for name in meaning.FIELDS}
            for code, each in asked.items()
        }
        try:
            drafts.save_meaning(
                actor=request.person, ret=ret, said=words, today=request.today,
                now=moment_of(request.board, timezone.now()),
            )  # fmt: skip
        except ReturnRefused as refused:
            messages.error(request, str(refused))
            return back_to(ret)
        to = "return_check" if "go_on" in posted else "return_meaning"
        if to == "return_meaning":
            messages.success(request, "Saved.")
        return redirect(reverse(f"indicators:{to}", args=[reference]))
    figures = {entry.line.key: entry.figure for entry in form.checked.entries}
    blocks: list[dict[str, Any]] = [
        {
            "code": code, "title": totals[code].definition.title, "why": wanted.get(code, ""), "form": asked[code],
            "figure": in_words(figures[code], totals[code].definition),
            "questions": totals[code].definition.questions,
        }
        for code in codes
    ]  # fmt: skip
    others = [(code, line.definition.title) for code, line in totals.items() if code not in codes]
    context = {"ret": ret, "blocks": blocks, "forms": list(asked.values()), "others": others}
    return render(request, "indicators/return_meaning.html", context)
