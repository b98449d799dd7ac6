"""A new action for lines of a return that have none yet: one action may answer several."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions import operations
from wholestory.actions.forms import PromiseForm
from wholestory.assurance.answers import framework_of
from wholestory.assurance.models import Return
from wholestory.assurance.queries.reading import reading
from wholestory.assurance.results import is_shown_to_board
from wholestory.assurance.views.finding import the_return
from wholestory.partners.models import Person, Seat


@asks(Verb.WRITE, "actions.action")
def promise(request: Request, reference: str) -> HttpResponse:
    """Choose the lines, say what will be done, by whom and by when."""
    ret: Return = the_return(request, reference)
    if not asking.ask(request.person, Verb.WRITE, ret.record, kind="actions.action"):
        raise Http404
    view, framework = reading(ret, request.today, with_history=False), framework_of(ret)
    lines = {line.key: line for standard in view.standards for line in standard.items if line.below}
    seats = Seat.objects.filter(agency=ret.agency_id, board=ret.board_id, starts_on__lte=request.today)
    people = (
        Person.objects.of_flesh()
        .filter(seats__in=seats.exclude(ends_on__lt=request.today))
        .distinct()
        .order_by("full_name")
    )
    form = PromiseForm(
        request.POST or None, items=[(key, f"{line.number} {line.text}") for key, line in lines.items()],
        people=[(str(p.id), p.full_name) for p in people], today=request.today,
        initial={"items": [line.key for line in view.without_action]},
    )  # fmt: skip
    shown = is_shown_to_board(ret)
    if form.is_valid():
        said = form.cleaned_data
        made = operations.promise(
            actor=request.person, board=ret.board, agency=ret.agency, title=said["title"], detail=said["detail"],
            due_on=said["due_on"], owner=next(p for p in people if str(p.id) == said["owner"]), today=request.today,
            shown_to_board=shown,
            answers=[
                operations.Answers(
                    record=ret.record, item=key, standard=framework.standard_of[key].key, score=lines[key].score,
                    item_title=f"{lines[key].number} {lines[key].text}",
                )
                for key in said["items"]
            ],
        )  # fmt: skip
        messages.success(request, "The action is promised.")
        return redirect("actions:action", made.record.reference)
    return render(request, "assurance/promise.html", {"ret": ret, "form": form, "shown": shown})
