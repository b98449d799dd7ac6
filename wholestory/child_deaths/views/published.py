"""Figures to compare with: what is loaded, by release, and loading more from a CSV file after looking at it."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths import published
from wholestory.child_deaths.forms.published import FiguresFileForm, PublishedFilter, TakeFiguresForm
from wholestory.child_deaths.models import Benchmark
from wholestory.child_deaths.operations import benchmarks
from wholestory.child_deaths.views.patterns import around
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.partners.models import Area

KIND = "child_deaths.reference"
COLUMNS = (
    Column("measure", "Measure", sortable=True, sort_by=("measure",)),
    Column("period", "Year", sortable=True, sort_by=("period",)),
    Column("where", "Of", sortable=True, sort_by=("breakdown",)),
    Column("value", "Value", numeric=True),
    Column("release", "Release", sortable=True, sort_by=("release",)),
    Column("source", "Source and note"),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """What is loaded, and the release each figure came in."""
    reading.listed(request, KIND, [])
    page = ListPage(
        request.GET,
        rows=Benchmark.objects.select_related("area"),
        columns=COLUMNS,
        sort="-period",
        filters=PublishedFilter(request.GET),
        shape=lambda found: [_line(one) for one in found],
        caption="Figures to compare with",
        empty="No figure fits this.",
    )
    if page.wants_export:
        return page.export(request, "Figures to compare with")
    context = {
        "page": page,
        "may_load": asking.may(request.seats, Verb.MANAGE, KIND, request.board),
        **_around(request),
    }
    return render(request, "child_deaths/published.html", context)


@asks(Verb.MANAGE, KIND, no_line="What is read is shown back to whoever sent it; keeping it writes the line")
def load(request: Request) -> HttpResponse:
    """Load a file: read and shown first, with every fault's line and column, then kept."""
    if request.method != "POST":
        return _form(request, FiguresFileForm())
    if "text" in request.POST:
        return _take(request)
    form = FiguresFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form)
    content = form.cleaned_data["file"].read(published.LARGEST_FILE + 1)
    try:
        if len(content) > published.LARGEST_FILE:
            raise published.Unreadable("The file is larger than 500 kB.")
        text = content.decode("utf-8-sig")
        figures, faults = published.read(text, _areas())
    except UnicodeDecodeError:
        form.add_error("file", "Save the file as CSV in UTF-8: it has letters that cannot be read.")
        return _form(request, form)
    except (published.Unreadable, csv.Error) as trouble:
        form.add_error("file", str(trouble))
        return _form(request, form)
    return _preview(request, text, figures, faults, form.cleaned_data["invented"])


@asks(Verb.MANAGE, KIND, no_line="An empty file that names the columns")
def columns(request: Request) -> HttpResponse:
    """An empty CSV file with the columns a file has."""
    out = io.StringIO()
    csv.writer(out).writerow(published.COLUMNS)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="figures-to-compare-with.csv"'
    return response


def _areas() -> list[str]:
    return list(Area.objects.values_list("name", flat=True))


def _around(request: Request) -> dict[str, Any]:
    """The administrator loads figures and sees none of deaths: no way to those pages is shown."""
    shown = around("published", [])
    if not asking.may(request.seats, Verb.LIST, "child_deaths.figures", request.board):
        shown["tabs"] = []
    return {**shown, "wide": False}


def _line(one: Benchmark) -> dict[str, Any]:
    about = [one.area.name if one.area else "England", one.breakdown]
    words = [one.source, one.note, "Example: invented" if one.invented else ""]
    return {
        "id": one.pk,
        "measure": published.MEASURES.get(one.measure, one.measure),
        "period": one.period,
        "where": ", ".join(each for each in about if each),
        "value": f"{one.value.normalize():,f} {one.unit}",
        "release": one.release,
        "source": ". ".join(each.rstrip(".") for each in words if each),
    }


def _form(request: Request, form: FiguresFileForm) -> HttpResponse:
    context = {"form": form, "measures": published.MEASURES.items(), **_around(request)}
    return render(request, "child_deaths/published_load.html", context)


def _preview(
    request: Request,
    text: str,
    figures: list[published.Figure],
    faults: list[published.Fault],
    invented: bool,
) -> HttpResponse:
    fresh, same, clashes = benchmarks.known(figures)
    context = {
        "fresh": fresh, "same": same, "faults": sorted([*faults, *clashes], key=lambda one: one.line), "text": text,
        "invented": invented, "measures": published.MEASURES, **_around(request),
    }  # fmt: skip
    return render(request, "child_deaths/published_preview.html", context)


def _take(request: Request) -> HttpResponse:
    form = TakeFiguresForm(request.POST)
    if not form.is_valid():
        return redirect("child_deaths:published_load")
    text, invented = form.cleaned_data["text"], form.cleaned_data["invented"]
    try:
        figures, faults = published.read(text, _areas())
    except (published.Unreadable, csv.Error):
        return redirect("child_deaths:published_load")
    if faults or benchmarks.known(figures)[2]:
        return _preview(request, text, figures, faults, invented)
    number = benchmarks.load(
        actor=request.person, board=request.board, figures=figures, invented=invented, today=request.today
    )
    messages.success(request, f"{number} figure{'' if number == 1 else 's'} loaded.")
    return redirect("child_deaths:published")
