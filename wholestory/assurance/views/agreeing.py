"""A moderator agrees that a critical line does not apply, or asks the agency about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.operations import moderation
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries.reading import reading
from wholestory.assurance.rules.moderation import NotTheirsToModerate
from wholestory.assurance.views.finding import must, the_return
from wholestory.govuk import forms

REFUSALS = (moderation.ModerationRefused, NotTheirsToModerate, CannotMove)


class AgreeForm(forms.Form):
    reason = forms.LongTextField(
        label="Why do you agree? (optional)",
        hint="The agency reads it once the result is released.",
        required=False,
        max_length=4000,
        rows=3,
    )


@asks(Verb.MODERATE, "assurance.return", by_grant=True)
def agree(request: Request, reference: str, item: str) -> HttpResponse:
    """What the agency says of a line that could hide a gap, and the moderator's agreement."""
    ret = the_return(request, reference)
    must(request, Verb.MODERATE, ret)
    line = reading(ret, request.today, with_history=False).item(item)
    if line is None or not line.needs_agreement:
        raise Http404
    form = AgreeForm(request.POST or None, initial={"reason": line.reason if line.judged else ""})
    if request.method == "POST" and form.is_valid():
        try:
            moderation.agree(
                actor=request.person,
                ret=ret,
                item=item,
                reason=form.cleaned_data["reason"],
                today=request.today,
            )
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Line {line.number} does not apply: recorded.")
            return redirect(reverse("assurance:moderate", args=[reference]) + f"#line-{item}")
    return render(request, "assurance/agree.html", {"ret": ret, "line": line, "form": form})
