"""Pages of statistics about deaths, each about one question."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.studies import CategoryForm, RareForm, ScanForm, YearsForm
from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.queries import clusters as scanning
from wholestory.child_deaths.queries import patterns
from wholestory.child_deaths.queries import rare as charts
from wholestory.child_deaths.queries import rates as by_area
from wholestory.child_deaths.queries.modifiable import modifiable
from wholestory.child_deaths.queries.pattern_blocks import FEWEST_SHOWN, Block, held_back
from wholestory.child_deaths.rules.categories import category
from wholestory.child_deaths.views.patterns import KIND, around, sees_cases
from wholestory.child_deaths.views.patterns_taken import (
    cannot_follow,
    narrowed_by,
    status_of,
    taken_away,
    taken_urls,
)
from wholestory.partners.models import Area


@asks(Verb.LIST, KIND)
def rates(request: Request) -> HttpResponse:
    """Deaths for every 100,000 children, by area, against England."""
    reading.listed(request, KIND, [])
    exact = sees_cases(request)
    form = YearsForm(request.GET, today=request.today, exact=exact)
    if cannot_follow(form):
        return _page(request, "pattern_rates", [], form)
    found, invented = by_area.by_area(DeathRow.objects.all(), _areas(request), form.years, exact=exact)
    if not exact and sum(one.deaths for one in found) < FEWEST_SHOWN:
        return _page(
            request, "pattern_rates", [held_back("rates", "Deaths per 100,000 children a year")], form
        )
    return _page(request, "pattern_rates", [by_area.block(found, form.years, invented)], form)


@asks(Verb.LIST, KIND)
def trend(request: Request) -> HttpResponse:
    """Deaths a year, and the share with modifiable factors, with a break where the question changed."""
    reading.listed(request, KIND, [])
    form = CategoryForm(request.GET)
    if cannot_follow(form):
        return _page(request, "pattern_trend", [], form)
    rows = _rows(form.number)
    exact = sees_cases(request)
    found = patterns.numbers(rows, request.today, exact=exact)
    if not exact and found.whole.number < FEWEST_SHOWN:
        return _page(request, "pattern_trend", [held_back("years", "Deaths a year")], form)
    return _page(request, "pattern_trend", [charts.by_year(found, request.today), modifiable(found)], form)


@asks(Verb.LIST, KIND)
def rare(request: Request) -> HttpResponse:
    """How far apart deaths of a rare category are."""
    reading.listed(request, KIND, [])
    form = RareForm(request.GET)
    number = form.number
    blocks: list[Block] = []
    if number is not None:
        exact = sees_cases(request)
        blocks.append(charts.between(DeathRow.objects.all(), number, exact=exact))
        if exact and (by_days := charts.days(number, request.board)) is not None:
            blocks.append(by_days)
    named = f"{number}. {category(number).name}" if number else ""
    return _page(request, "pattern_rare", blocks, form, chosen=named)


@asks(Verb.LIST, KIND)
def signal(request: Request) -> HttpResponse:
    """Whether deaths have been coming more often, added up quarter by quarter."""
    reading.listed(request, KIND, [])
    form = CategoryForm(request.GET)
    if cannot_follow(form):
        return _page(request, "pattern_signal", [], form)
    block = charts.early_signal(_rows(form.number), request.today, exact=sees_cases(request))
    return _page(request, "pattern_signal", [block], form)


@asks(Verb.LIST, KIND)
def clusters(request: Request) -> HttpResponse:
    """A scan for clusters, only when somebody asks for it. Nothing of it is kept, and nobody is told."""
    reading.listed(request, KIND, [])
    asked = request.GET.get("scan") == "1"
    exact = sees_cases(request)
    form = ScanForm(request.GET, today=request.today, exact=exact)
    blocks: list[Block] = []
    refused = ""
    if asked and not cannot_follow(form):
        found = scanning.scan(_rows(form.number), _areas(request), form.years, exact=exact)
        if isinstance(found, scanning.Refused):
            refused = found.words
        else:
            blocks = [found]
    return _page(
        request, "pattern_clusters", blocks, form, settings=scanning.SETTINGS, asked=asked, refused=refused
    )


def _rows(number: int | None) -> Any:
    rows = DeathRow.objects.order_by()
    return rows if number is None else rows.filter(category=number)


def _areas(request: Request) -> list[Area]:
    return list(Area.objects.filter(panels__board=request.board).distinct().order_by("name"))


def _page(request: Request, name: str, blocks: list[Block], form: Any, **more: Any) -> HttpResponse:
    """A page of one question: its filter, and its pieces unless the filter cannot be followed."""
    exact, unfit = sees_cases(request), cannot_follow(form)
    if not unfit:
        file = taken_away(request, name, blocks, narrowed=narrowed_by(form), exact=exact)
        if file is not None:
            return file
    context = {
        "form": form, "clear": reverse(f"child_deaths:{name}"), "page": name, "exact": exact, "unfit": unfit,
        **around(name, blocks), **taken_urls(request), **more,
    }  # fmt: skip
    return render(request, "child_deaths/patterns_study.html", context, status=status_of(request, form))
