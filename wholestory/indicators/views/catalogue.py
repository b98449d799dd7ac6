"""What is measured: the catalogue that ships and the board’s own measures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Table
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.catalogue.words import FREQUENCIES, POLARITIES, PROVIDERS, THEMES
from wholestory.indicators.forms.decisions import CatalogueFilter
from wholestory.indicators.queries import used
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.views.measure_pieces import definition_rows
from wholestory.indicators.views.scorecard import KIND as FIGURES
from wholestory.indicators.views.scorecard import OWN

KIND = "indicators.measures"
COLUMNS = (
    Column("name", "Measure", sortable=True, sort_by=("title",)),
    Column("code", "Code", sortable=True),
    Column("theme", "Theme", sortable=True, sort_by=("theme_key", "code")),
    Column("unit", "Unit", sortable=True),
    Column("good", "What is good", sortable=True),
    Column("often", "How often", sortable=True),
    Column("provider", "Who sends it", sortable=True),
)
FILE_COLUMNS = (
    Column("code", "Code"), Column("title", "Measure"), Column("theme", "Theme"), Column("tier", "Tier"),
    Column("version", "Version"), Column("description", "What it is"), Column("why", "Why it matters"),
    Column("numerator", "Number counted"), Column("denominator", "Counted among"), Column("exclusions", "Left out"),
    Column("unit", "Unit"), Column("good", "What is good"), Column("over_time", "Over time"),
    Column("often", "How often"), Column("provider", "Who sends it"), Column("breakdowns", "May be split by"),
    Column("caveats", "Cautions"), Column("reference", "Reference"), Column("unchecked", "Not checked"),
    Column("sealed", "Sealed as"),
)  # fmt: skip


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """Every measure a board may use, with search and filters."""
    reading.listed(request, KIND, [])
    sealed = used.seals(request.board)
    rows = [_row(each, sealed) for each in catalogue_of(request.board).values()]
    page = ListPage(
        request.GET, rows=rows, columns=COLUMNS, filters=CatalogueFilter(request.GET), tie_break="code",
        caption="What is measured", per_page=50, shape=_linked,
    )  # fmt: skip
    if page.wants_export and asking.may(request.seats, Verb.EXPORT, KIND, request.board):
        reading.listed(request, KIND, [], verb="access.downloaded")
        page.columns = list(FILE_COLUMNS)
        return page.export(request, "What is measured", marking="OFFICIAL")
    return render(request, "indicators/reading/catalogue.html", {"page": page, **_ways(request)})


@asks(Verb.LIST, KIND)
def one(request: Request, code: str) -> HttpResponse:
    """One measure: its definition, its versions and where it is used."""
    reading.listed(request, KIND, [])
    definition = catalogue_of(request.board).get(code)
    if definition is None:
        raise Http404
    found = used.of(request.board, definition)
    rows = [
        ("May be split by", ", ".join(each.title for each in definition.breakdowns)),
        ("Compared with", ", ".join(found.benchmarks)),
        ("Read beside", definition.quality_source),
        ("Also known as", ", ".join(definition.also_known_as)),
    ]
    versions = Table(
        "Versions", ("Version", "Since", "Why", "Sealed as"), found.versions, hide_caption=True, narrow="stack",
        id="versions",
    )  # fmt: skip
    context = {
        "measure": definition, "rows": definition_rows(definition) + [row for row in rows if row[1]],
        "versions": versions, "used": found, "theme": THEMES[definition.theme], **_ways(request),
    }  # fmt: skip
    return render(request, "indicators/reading/definition.html", context)


def _ways(request: Request) -> dict[str, Any]:
    """Where whoever looks may go from here."""
    return {
        "may_decide": asking.may(request.seats, Verb.MANAGE, KIND, request.board),
        "sees_all": asking.may(request.seats, Verb.LIST, FIGURES, request.board),
        "sees_own": asking.may(request.seats, Verb.LIST, OWN, request.board),
    }


def _row(each: Definition, sealed: dict[tuple[str, int], str]) -> dict[str, Any]:
    return {
        "code": each.code, "title": each.title, "theme": THEMES[each.theme], "theme_key": each.theme,
        "tier": each.tier, "version": each.version, "description": each.description, "why": each.why,
        "numerator": each.numerator, "denominator": each.denominator, "exclusions": each.exclusions,
        "unit": each.unit_words, "good": POLARITIES[each.polarity], "over_time": each.aggregation,
        "often": FREQUENCIES[each.frequency], "providers": each.providers,
        "provider": ", ".join(PROVIDERS[one] for one in each.providers),
        "breakdowns": ", ".join(one.title for one in each.breakdowns), "caveats": each.caveats,
        "reference": each.reference, "unchecked": each.unchecked, "own": each.code.startswith("L-"),
        "sealed": sealed.get((each.code, each.version), ""),
        "search": " ".join((each.code, each.title, each.description, *each.also_known_as)).casefold(),
    }  # fmt: skip


def _linked(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    return [
        {
            **row,
            "name": format_html(
                '<a class="govuk-link" href="{}">{}</a>', reverse("indicators:definition", args=[row["code"]]),
                row["title"],
            ),
        }
        for row in rows
    ]  # fmt: skip
