"""Published figures to compare with: what is loaded, by release, and loading another after looking at it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Table
from wholestory.indicators.benchmarks import Reading, recognise, shipped, tables
from wholestory.indicators.forms.releases import (
    LARGEST_FILE,
    LARGEST_KEPT,
    FiguresFilter,
    ReleaseFileForm,
    TakeReleaseForm,
    WithoutForm,
)
from wholestory.indicators.models import Release
from wholestory.indicators.operations import releases as operations
from wholestory.indicators.queries import releases as queries

KIND = operations.KIND
RELEASES = (
    Column("name", "Release", sortable=True, sort_by=("name",)),
    Column("table", "Table", sortable=True, sort_by=("table",)),
    Column("held", "Figures", numeric=True),
    Column("years", "Years"),
    Column("loaded_on", "Loaded", sortable=True, sort_by=("loaded_on", "created_at")),
    Column("loaded_by", "By"),
    Column("standing", "How it stands"),
)
FIGURES = (
    Column("measure", "Measure", sortable=True, sort_by=("measure",)),
    Column("area", "Area", sortable=True, sort_by=("area_name",)),
    Column("period_end", "Year to", sortable=True, sort_by=("period_end", "measure", "area_name")),
    Column("value", "Value", numeric=True),
    Column("counts", "Counts"),
)
FAULTS = (Column("line", "Line"), Column("column", "Column"), Column("sent", "As sent"),
          Column("words", "What is wrong"))  # fmt: skip
REVISED = (Column("measure", "Measure"), Column("area", "Area"), Column("period_end", "Year to"),
           Column("before", "Loaded before", numeric=True), Column("now", "In this file", numeric=True))  # fmt: skip
SEEN = (Column("measure", "Measure"), Column("area", "Area"), Column("period_end", "Year to"),
        Column("value", "Value", numeric=True), Column("counts", "Counts"))  # fmt: skip
MOST_SHOWN = 100
_SALT = "indicators.release"
_KEPT_FOR = 24 * 60 * 60


@asks(Verb.LIST, KIND)
def home(request: Request) -> HttpResponse:
    """Every release, and the neighbours of the board's areas."""
    reading.listed(request, KIND, [])
    page = ListPage(
        request.GET, rows=queries.releases(request.board), columns=RELEASES, sort="-loaded_on", shape=_linked,
        caption="Releases of published figures", empty="No release of published figures is loaded yet.", per_page=50,
    )  # fmt: skip
    if page.wants_export:
        return page.export(request, "Releases of published figures")
    context = {
        "page": page, "neighbours": queries.neighbours_of(request.board), "today": request.today, "wide": True,
        "may_load": asking.may(request.seats, Verb.MANAGE, KIND, request.board), "attribution": shipped.ATTRIBUTION,
    }  # fmt: skip
    return render(request, "indicators/releases/home.html", context)


@asks(Verb.LIST, KIND)
def release(request: Request, release: str) -> HttpResponse:
    """One release: where it comes from, and every figure in it."""
    one = get_object_or_404(queries.releases(request.board), pk=release)
    reading.listed(request, KIND, [])
    page = ListPage(
        request.GET, rows=one.figures.all(), columns=FIGURES, sort="-period_end", shape=queries.figure_lines,
        filters=FiguresFilter(request.GET, table=one.table), caption=f"Figures of {one.name}", empty="No figure fits.",
    )  # fmt: skip
    if page.wants_export:
        return page.export(request, one.name)
    context = {
        "one": one, "page": page, "table": tables()[one.table].title, "attribution": shipped.ATTRIBUTION, "wide": True,
        "may_take_back": one.withdrawn_on is None and asking.may(request.seats, Verb.MANAGE, KIND, request.board),
    }  # fmt: skip
    return render(request, "indicators/releases/release.html", context)


@asks(Verb.MANAGE, KIND, no_line="What is read is shown back to whoever sent it; keeping it writes the line")
def load(request: Request) -> HttpResponse:
    """Load a release: read and shown first, with every fault's line and column, then kept."""
    if request.method != "POST":
        return _form(request, ReleaseFileForm())
    if "kept" in request.POST:
        return _take(request)
    form = ReleaseFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, form)
    said = form.cleaned_data
    content = said["file"].read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        form.add_error("file", "The file is larger than 10 MB. Leave out areas you do not compare with")
        return _form(request, form)
    table = said["table"] or recognise(content)
    if not table:
        form.add_error(
            "table", "The headings are of no table that is known. Say which it is to see what is missing"
        )
        return _form(request, form)
    sent = operations.Sent(
        content, table, said["name"], said["published_on"], said["model"], said["valid_from"],
    )  # fmt: skip
    if table == "neighbours" and not said["model"]:
        form.add_error("model", "Enter the year of the model")
    if table == "neighbours" and not said["valid_from"]:
        form.add_error("valid_from", "Enter the day from which these neighbours are used")
    if not form.is_valid():
        return _form(request, form)
    read = operations.looked_through(sent, request.board)
    if read.unusable:
        for fault in read.faults[:20]:
            form.add_error("file", str(fault))
        return _form(request, form)
    kept = _packed(request, sent)
    if len(kept) > LARGEST_KEPT:
        form.add_error(
            "file", "The file holds too much for this page. Leave out areas you do not compare with"
        )
        return _form(request, form)
    return _look(request, sent, read, kept)


@asks(Verb.MANAGE, KIND)
def back(request: Request, release: str) -> HttpResponse:
    """Take a release back while nothing rests on it."""
    one = get_object_or_404(queries.releases(request.board), pk=release)
    reading.listed(request, KIND, [])
    if request.method == "POST":
        try:
            operations.take_back(actor=request.person, board=request.board, release=one, today=request.today)
        except operations.ReleaseRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"“{one.name}” is taken back. New pages compare with it no longer.")
        return redirect("indicators:release", release)
    return render(request, "indicators/releases/back.html", {"one": one})


def _linked(found: list[Release]) -> list[dict[str, Any]]:
    return [
        {**asdict(each), "name": Link(each.name, reverse("indicators:release", args=[each.id]))}
        for each in queries.release_lines(found)
    ]


def _form(request: Request, form: ReleaseFileForm) -> HttpResponse:
    context = {"form": form, "tables": tables().values()}
    return render(request, "indicators/releases/load.html", context)


def _packed(request: Request, sent: operations.Sent) -> str:
    """What was sent, packed and signed for whoever sent it: the page carries it back."""
    said = {
        "text": sent.content.decode("utf-8"), "table": sent.table, "name": sent.name, "model": sent.model,
        "published_on": sent.published_on.isoformat() if sent.published_on else "",
        "valid_from": sent.valid_from.isoformat() if sent.valid_from else "",
    }  # fmt: skip
    return signing.dumps(said, salt=f"{_SALT}.{request.person.pk}", compress=True)


def _unpacked(request: Request, kept: str) -> operations.Sent:
    """Raises signing.BadSignature when it is not what this person was shown, or a day old."""
    said = cast("dict[str, str]", signing.loads(kept, salt=f"{_SALT}.{request.person.pk}", max_age=_KEPT_FOR))
    days = [date.fromisoformat(said[each]) if said[each] else None for each in ("published_on", "valid_from")]
    return operations.Sent(
        said["text"].encode(), said["table"], said["name"], days[0], said["model"], days[1]
    )


def _look(
    request: Request,
    sent: operations.Sent,
    read: Reading,
    kept: str,
    form: WithoutForm | None = None,
    said: str = "",
) -> HttpResponse:
    codes = queries.codes_of(request.board)
    faults = len(read.faults) + read.faults_not_kept
    changed = queries.revised(request.board, read, codes)
    seen = [
        {"measure": queries.title_of(each.measure), "area": each.area_name, "period_end": each.period_end,
         "value": queries.value_words(each.measure, each.value, each.symbol),
         "counts": queries.counts_words(each.measure, each.numerator, each.denominator)}
        for each in queries.newest_of(read, codes)
    ]  # fmt: skip
    years = sorted({each.period_end.year for each in read.figures})
    context = {
        "sent": sent, "read": read, "table": tables()[sent.table].title, "faults": faults, "kept": kept, "said": said,
        "form": form or (WithoutForm(faults=faults) if faults else None), "wide": True,
        "number": len(read.figures) or len(read.neighbours), "years": years,
        "places": len({each.area_code for each in read.figures}) or len(read.neighbours),
        "wrong": Table("What cannot be used", FAULTS, read.faults[:MOST_SHOWN], id="faults"),
        "changed": Table("What an earlier release gave otherwise", REVISED, changed[:MOST_SHOWN], id="changed"),
        "changes": len(changed),
        "seen": Table("The newest year, for your area and England", SEEN, seen[:MOST_SHOWN], id="seen"),
        "has_seen": bool(seen), "most": MOST_SHOWN,
    }  # fmt: skip
    return render(request, "indicators/releases/look.html", context)


def _take(request: Request) -> HttpResponse:
    took = TakeReleaseForm(request.POST)
    if not took.is_valid():
        return redirect("indicators:release_load")
    try:
        sent = _unpacked(request, took.cleaned_data["kept"])
    except signing.BadSignature:
        messages.error(request, "What was read is no longer at hand. Send the file again.")
        return redirect("indicators:release_load")
    read = operations.looked_through(sent, request.board)
    faults = len(read.faults) + read.faults_not_kept
    if faults and not took.cleaned_data["without"]:
        form = WithoutForm(request.POST, faults=faults)
        form.is_valid()
        return _look(request, sent, read, took.cleaned_data["kept"], form)
    try:
        made = operations.load(
            actor=request.person, board=request.board, today=request.today,
            sent=operations.Sent(
                sent.content, sent.table, sent.name, sent.published_on, sent.model, sent.valid_from, bool(faults)
            ),
        )  # fmt: skip
    except operations.ReleaseRefused as refused:
        return _look(request, sent, read, took.cleaned_data["kept"], said=str(refused))
    messages.success(request, f"“{made.name}” is loaded.")
    return redirect("indicators:release", made.pk)
