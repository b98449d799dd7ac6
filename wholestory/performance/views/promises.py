"""Promises and what came of them: the list for inspectors and the annual report, and a page for each."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions import effects, operations
from wholestory.actions.models import Action
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.indicators.charts.spc import spc
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.rules.charting import chart
from wholestory.performance.forms.promises import AimForm, PromiseFilter
from wholestory.performance.queries import promises

KIND = operations.ACTION.kind
COLUMNS = (
    Column("promise", "Promise", sortable=True, sort_by=("title",)),
    Column("agency", "Agency", sortable=True, sort_by=("agency__name",)),
    Column("answers", "What it answers"),
    Column("state", "State", sortable=True),
    Column("due", "Due", sortable=True, sort_by=("due_on",)),
    Column("evidence", "Evidence", numeric=True),
    Column("measure", "Measure", sortable=True, sort_by=("measure_code",)),
    Column("moved", "Did it move?"),
    Column("looked", "What somebody found who looked"),
)


@asks(Verb.LIST, KIND, by_grant=True)
def every(request: Request) -> HttpResponse:
    """Every promise this person may see, with what came of each."""
    sits = any(seat.board_id == getattr(request.board, "id", None) for seat in request.in_groups)
    if not sits and not asking.may(request.seats, Verb.LIST, KIND, request.board):
        raise Http404
    measures = catalogue_of(request.board)
    page = ListPage(
        request.GET,
        rows=promises.every(request.board),
        columns=COLUMNS,
        sort="due",
        filters=PromiseFilter(request.GET, today=request.today),
        shape=lambda found: promises.lines(found, request.board, measures, request.today),
        caption="Promises and what came of them",
        empty="Nothing has been promised yet.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(
            request, "Promises and what came of them",
            notes=["“Did it move?” compares the measure before and after; a change after an action is not yet a change"
                   " because of it."],
        )  # fmt: skip
    reading.shown(request, KIND, page.rows)
    return render(request, "performance/promises.html", {"page": page, "wide": True})


@asks(Verb.READ, KIND)
def promise(request: Request, reference: str) -> HttpResponse:
    """One promise: finding or challenge, action, evidence, and the measure before and after, to print on one page."""
    found = _find(request, reference)
    page = promises.promise_of(found, request.board, catalogue_of(request.board), request.today)
    series, picture = page.outcome.series, None
    if series is not None and page.outcome.measure is not None:
        title = f"{page.outcome.measure.title}: {page.outcome.whose}"
        picture = spc(chart(series), page.outcome.measure, title)
    context = {
        "promise": page, "action": found, "picture": picture, "heads": ("Period", "Value", "Side of the action"),
        "may_write": asking.ask(request.person, effects.verb_to_aim(found), found, kind=KIND).yes,
    }  # fmt: skip
    return render(request, "performance/promise.html", context)


@asks(Verb.READ, KIND)
def aim(request: Request, reference: str) -> HttpResponse:
    """Which measure a promise is meant to move, and since when."""
    found = _find(request, reference)
    if not asking.ask(request.person, effects.verb_to_aim(found), found, kind=KIND):
        raise Http404
    measures = catalogue_of(request.board)
    form = AimForm(
        request.POST or None,
        measures=[(code, f"{code}: {one.title}") for code, one in measures.items()],
        initial={"measure_code": found.measure_code, "working_from": found.working_from},
    )
    if request.method == "POST" and form.is_valid():
        try:
            effects.aim(
                actor=request.person, action=found, measure_code=form.cleaned_data["measure_code"] or "",
                working_from=form.cleaned_data["working_from"], today=request.today,
            )  # fmt: skip
        except operations.ActionRefused as refused:
            form.add_error("working_from", str(refused))
        else:
            messages.success(request, "Saved.")
            return redirect("performance:promise", found.record.reference)
    context = {
        "form": form, "heading": "The measure it is meant to move", "label": "Save", "caption": found.title,
        "back": reverse("performance:promise", args=[found.record.reference]),
    }  # fmt: skip
    return render(request, "performance/step.html", context)


def _find(request: Request, reference: str) -> Action:
    return reading.one(request, promises.every(request.board), reference=reference)
