"""The dashboard of figures. It shows numbers alone, and no row."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.patterns import PatternFilter
from wholestory.child_deaths.queries import pattern_blocks, pattern_progress, patterns
from wholestory.child_deaths.queries.alike import alike
from wholestory.child_deaths.queries.modifiable import modifiable
from wholestory.govuk.parts import Table
from wholestory.partners.models import Area

KIND = "child_deaths.figures"
PAGES = (
    ("patterns", "Overview"),
    ("pattern_rates", "Rates by area"),
    ("pattern_trend", "Trend over years"),
    ("pattern_rare", "Rare categories"),
    ("pattern_signal", "Early signal"),
    ("pattern_clusters", "Clusters"),
    ("published", "Figures to compare with"),
)


@asks(Verb.LIST, KIND)
def dashboard(request: Request) -> HttpResponse:
    """Everything that is counted of the deaths a filter leaves."""
    reading.listed(request, KIND, [])
    form = filter_of(request)
    found = patterns.numbers(patterns.rows(form.wanted), request.today)
    blocks = [
        pattern_progress.waiting(found),
        pattern_progress.lengths(found),
        pattern_progress.completeness(found),
        pattern_blocks.categories(found),
        modifiable(found),
        pattern_blocks.factors(found),
        *pattern_blocks.described(found),
        pattern_blocks.seasons(found),
    ]
    # Whoever sees no case finds nothing here: the database sees to it.
    common = [one for one in alike(request.board, request.today) if not one.linked]
    context = {
        "form": form,
        "in_common": len(common),
        "clear": reverse("child_deaths:patterns"),
        "headline": pattern_blocks.headline(found),
        "few": 0 < found.whole.number < pattern_blocks.FEW,
        "nothing": not found.whole.number,
        **around("patterns", blocks),
    }
    return render(request, "child_deaths/patterns.html", context)


def filter_of(request: Request) -> PatternFilter:
    """The filter above the figures, as the address answers it."""
    areas = list(Area.objects.filter(panels__board=request.board).distinct().order_by("name"))
    return PatternFilter(request.GET, today=request.today, areas=areas)


def around(here: str, blocks: list[pattern_blocks.Block]) -> dict[str, Any]:
    """What every page of figures shows: the other pages, and its pieces with their tables."""
    return {
        "tabs": [(reverse(f"child_deaths:{name}"), label, name == here) for name, label in PAGES],
        "blocks": [(block, table_of(block)) for block in blocks],
        "wide": True,
    }


def table_of(block: pattern_blocks.Block) -> Table:
    """A piece's numbers."""
    return Table(
        caption=block.title, columns=block.columns, rows=block.rows, hide_caption=True, id=f"table-{block.key}",
        empty="Nothing to count.",
    )  # fmt: skip
