"""Pages on whether an action made a difference: how it will be measured, and what was found."""

from __future__ import annotations

from django.http import HttpResponse

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions import effects, forms, operations
from wholestory.actions.models import Action, Verdict
from wholestory.actions.views import do_step, find

KIND = operations.ACTION.kind


@asks(Verb.WRITE, KIND)
def measure(request: Request, reference: str) -> HttpResponse:
    """Say what will show that it worked, and when somebody looks."""
    found = find(request, reference)
    form = forms.MeasureForm(
        request.POST or None, initial={"measure": found.measure, "check_on": found.check_on}
    )

    def do(action: Action) -> None:
        effects.plan_check(
            actor=request.person, action=action, measure=form.cleaned_data["measure"],
            check_on=form.cleaned_data["check_on"], today=request.today,
        )  # fmt: skip

    return do_step(request, found, Verb.WRITE, form, "What will show that it worked", "Save", do, "Saved.")


@asks(Verb.DECIDE, KIND)
def check(request: Request, reference: str) -> HttpResponse:
    """The board's team looked, and says what it found."""
    found = find(request, reference)
    form = forms.CheckForm(request.POST or None)

    def do(action: Action) -> None:
        effects.check(
            actor=request.person, action=action, verdict=Verdict(form.cleaned_data["verdict"]),
            words=form.cleaned_data["words"], today=request.today,
        )  # fmt: skip

    return do_step(
        request, found, Verb.DECIDE, form, "Has it made a difference?", "Save", do, "What you found is kept."
    )
