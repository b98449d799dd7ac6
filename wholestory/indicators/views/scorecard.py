"""The scorecard of the board’s team and chair: every agency’s figures together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk import downloads
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Table
from wholestory.indicators.forms.reading import ScorecardFilter
from wholestory.indicators.queries import comparing, scorecard, series
from wholestory.indicators.queries.labels import labels
from wholestory.indicators.queries.scorecard import BACK, Scorecard, Wanted
from wholestory.indicators.views.lines import COLUMNS, FILE_COLUMNS, Sorted, in_file, in_order, on_page

KIND = "indicators.figures"
OWN = "indicators.own_figures"
#: Answers of a filter that say which figures a page is of; they go along to the page of one measure.
CARRIED = ("basis", "period", "span", "agency", "area")


@asks(Verb.LIST, "indicators.measures")
def home(request: Request) -> HttpResponse:
    """Where figures begin: the scorecard, the agency’s own figures, or what is measured."""
    for kind, name in ((KIND, "scorecard_read"), (OWN, "own")):
        if asking.may(request.seats, Verb.LIST, kind, request.board):
            return redirect(f"indicators:{name}")
    return redirect("indicators:catalogue")


@asks(Verb.LIST, KIND)
def page(request: Request) -> HttpResponse:
    """Every measure for one period, headlines first."""
    reading.listed(request, KIND, [])
    held = scorecard.held(request.board)
    agencies = scorecard.agencies_of(request.board)
    form = ScorecardFilter(request.GET, held=held, agencies=agencies, today=request.today)
    card = scorecard.scorecard(form.wanted(request.board), held.measures, agencies)
    listed = ListPage(
        request.GET, rows=in_order(card.rows), columns=COLUMNS, filters=form, tie_break="code",
        caption="Scorecard", shape=lambda rows: shape(request, card, rows),
        empty="No figures are in force for this yet.",
    )  # fmt: skip
    if listed.wants_export and asking.may(request.seats, Verb.EXPORT, KIND, request.board):
        reading.listed(request, KIND, [], verb="access.downloaded")
        return export(request, listed, card, form.narrowed())
    context = {
        "page": listed, "form": form, "card": card, "named": card.wanted.named, "groups": groups(listed),
        "counts": _counts(card), "wide": True,
    }  # fmt: skip
    return render(request, "indicators/reading/scorecard.html", context)


def shape(
    request: Request, card: Scorecard, rows: Sequence[Any], to: str = "measure_read",
    extra: Mapping[str, str] | None = None,
) -> Sequence[Any]:  # fmt: skip
    """What these rows show beside their figure, in a few more questions however many they are. ``to`` names the page of
    one measure, and ``extra`` answers it is given beside those of this page."""
    if not rows:
        return []
    measures = [one.row.measure for one in rows]
    about = comparing.known(request.board, measures, card.wanted.window().end)
    kept = {name: request.GET[name] for name in CARRIED if request.GET.get(name)} | dict(extra or {})
    carried = f"?{urlencode(kept)}" if kept else ""
    return on_page(
        rows, labels(card, measures), about, lambda code: reverse(f"indicators:{to}", args=[code]) + carried
    )


def groups(listed: ListPage) -> list[tuple[str, Table]]:
    """The rows of this page under their headings; in one piece where the list is sorted by something."""
    rows: list[Mapping[str, Any]] = listed.rows
    if any(head.sorted for head in listed.heads):
        return [("", _table("All", listed, rows, 0))] if rows else []
    return [
        (name, _table(name, listed, list(some), number))
        for number, (name, some) in enumerate(groupby(rows, key=lambda row: row["group"]))
    ]


def _table(name: str, listed: ListPage, rows: Sequence[Any], number: int) -> Table:
    return Table(
        name, listed.heads, rows, hide_caption=True, narrow="stack", id=f"rows-{number}", empty="Nothing to show."
    )  # fmt: skip


def _counts(card: Scorecard) -> list[tuple[str, int]]:
    """How many stand how, above the table."""
    by_colour = {"red": "below standard", "amber": "just off", "green": "on target"}
    found = [
        (words, sum(1 for row in card.rows if row.standing.colour == colour))
        for colour, words in by_colour.items()
    ]
    return [*found, ("with a figure lacking", sum(1 for row in card.rows if row.partial))]


def export(
    request: Request, listed: ListPage, card: Scorecard, narrowed: Sequence[str], name: str = "Scorecard"
) -> HttpResponse:
    """Every row that matches as a file, with its notes and definitions."""
    return downloads.export(
        request, file_rows(request, card, list(listed.matching)), FILE_COLUMNS, name, listed.wants_export,
        notes=notes(card.wanted, narrowed), narrowed_by=card.wanted.period.label,
    )  # fmt: skip


def file_rows(request: Request, card: Scorecard, rows: Sequence[Sorted]) -> Sequence[Any]:
    """Rows with everything a file has beside."""
    codes = [one.code for one in rows]
    first = card.wanted.basis.before(card.wanted.period, BACK - 1).start
    lines = series.by_measure(
        scorecard.with_own(card.wanted, measures=codes, first=first, last=card.wanted.period.end)
    )
    about = comparing.known(request.board, [one.row.measure for one in rows], card.wanted.window().end)
    return in_file(rows, card, lines, about)


def notes(wanted: Wanted, narrowed: Sequence[str]) -> list[str]:
    """What a file of figures says of itself above its numbers."""
    return [
        f"{wanted.basis.words}: {wanted.named}",
        *(narrowed or ["No filter: every agency and area together"]),
        "Every figure is worked out from counts: a quarter, a year to date and twelve months are added up from the"
        " numbers, percentages are never averaged, and a figure of a last day is never added up over time.",
        "Not supplied, not held, does not apply and withheld are no numbers, and none of them is zero.",
        "Judged on exact values against the target in force on the last day of the period.",
        "A signal on a chart is a question, and not a finding.",
        "Numbers are exact and can be small: not to be published as they stand.",
    ]
