"""The dashboard of figures. It shows numbers alone, and no row."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms.patterns import PatternFilter
from wholestory.child_deaths.queries import figures_kept, pattern_blocks, pattern_progress, patterns
from wholestory.child_deaths.queries.alike import alike
from wholestory.child_deaths.queries.modifiable import modifiable
from wholestory.child_deaths.views.patterns_taken import (
    cannot_follow,
    narrowed_by,
    status_of,
    taken_away,
    taken_urls,
)
from wholestory.govuk.parts import Table
from wholestory.partners.models import Area

KIND = "child_deaths.figures"
#: Deaths of twelve months that are looked through for the prompt; more than any one panel has.
MOST_LOOKED_AT = 600
PAGES = (
    ("patterns", "Overview"),
    ("pattern_rates", "Rates by area"),
    ("pattern_trend", "Trend over years"),
    ("pattern_rare", "Rare categories"),
    ("pattern_signal", "Early signal"),
    ("pattern_clusters", "Clusters"),
    ("pattern_place_time", "Clusters in place and time"),
    ("published", "Figures to compare with"),
    ("data_quality", "Data quality"),
)


@asks(Verb.LIST, KIND)
def dashboard(request: Request) -> HttpResponse:
    """Everything that is counted of the deaths a filter leaves."""
    reading.listed(request, KIND, [])
    exact = sees_cases(request)
    form = filter_of(request, exact=exact)
    if cannot_follow(form):
        return _nothing_shown(request, form, exact=exact)
    found = figures_kept.numbers(form.wanted, request.today, exact=exact)
    hidden = not exact and found.whole.number < pattern_blocks.FEWEST_SHOWN
    blocks = [] if hidden else _blocks(found, exact=exact)
    headline = (
        [("Deaths", f"fewer than {pattern_blocks.FEWEST_SHOWN}")]
        if hidden
        else pattern_blocks.headline(found)
    )
    file = taken_away(request, "patterns", blocks, headline, narrowed=narrowed_by(form), exact=exact)
    if file is not None:
        return file
    # Whoever sees no case finds nothing here: the database sees to it.
    common = [one for one in alike(request.board, request.today, of_most=MOST_LOOKED_AT) if not one.linked]
    context = {
        "form": form,
        "in_common": len(common),
        "clear": reverse("child_deaths:patterns"),
        "exact": exact,
        "hidden": pattern_blocks.WHY_NOT_SHOWN if hidden else "",
        "headline": headline,
        "few": 0 < found.whole.number < pattern_blocks.FEW and not hidden,
        "nothing": exact and not found.whole.number,
        **around("patterns", blocks),
        **taken_urls(request),
    }
    return render(request, "child_deaths/patterns.html", context)


def _nothing_shown(request: Request, form: PatternFilter, *, exact: bool) -> HttpResponse:
    """The page with what is wrong with its filter, and no figure."""
    context = {
        "form": form, "clear": reverse("child_deaths:patterns"), "exact": exact, "unfit": True,
        **around("patterns", []),
    }  # fmt: skip
    return render(request, "child_deaths/patterns.html", context, status=status_of(request, form))


def sees_cases(request: Request) -> bool:
    """Whether whoever looks may list the cases too. Others see no day, no hour, nothing of a few deaths,
    and every number rounded."""
    return asking.may(request.seats, Verb.LIST, "child_deaths.case", request.board)


def _blocks(found: patterns.Numbers, *, exact: bool) -> list[pattern_blocks.Block]:
    """The pieces of the dashboard; what waits, and since which day, only for those who see the cases."""
    return [
        *([pattern_progress.waiting(found)] if exact else []),
        pattern_progress.lengths(found, exact=exact),
        pattern_progress.completeness(found, exact=exact),
        pattern_blocks.categories(found),
        modifiable(found),
        pattern_blocks.factors(found),
        *pattern_blocks.described(found),
        pattern_blocks.seasons(found, exact=exact),
    ]


def filter_of(request: Request, *, exact: bool) -> PatternFilter:
    """The filter above the figures, as the address answers it."""
    areas = list(Area.objects.filter(panels__board=request.board).distinct().order_by("name"))
    return PatternFilter(request.GET, today=request.today, areas=areas, exact=exact)


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
