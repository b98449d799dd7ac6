"""The totals of one of the older years, to copy into the yearly return of that time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.queries import yearly_return
from wholestory.child_deaths.rules.factors import BREAK, Era
from wholestory.child_deaths.rules.yearly_return import (
    FINAL_ONLY,
    Line,
    NotAsked,
    Part,
    YearlyReturn,
    asked_for,
    columns,
    ending,
)
from wholestory.govuk import downloads
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Table

KIND = "child_deaths.case"
YEARS_SHOWN = (
    Column("year", "Year"),
    Column("question", "Question asked of a review"),
    Column("reviews", "Reviews counted", numeric=True),
    Column("enough", "With enough information", numeric=True),
    Column("not_final", "Not final yet", numeric=True),
)
_QUESTIONS = {Era.PREVENTABLE.value: "Preventable or not", Era.MODIFIABLE.value: "Modifiable factors or none"}


@asks(Verb.EXPORT, KIND)
def years(request: Request) -> HttpResponse:
    """The years such a return was sent for."""
    page = ListPage(
        request.GET, rows=yearly_return.years(request.board), columns=YEARS_SHOWN, shape=_year_lines,
        caption="Years of the yearly return", tie_break="",
    )  # fmt: skip
    if page.wants_export:
        reading.listed(request, KIND, [], verb="access.downloaded")
        return page.export(request, "Yearly return, older years")
    reading.listed(request, KIND, [])
    return render(request, "child_deaths/yearly_return/years.html", {"page": page})


@asks(Verb.EXPORT, KIND)
def one_year(request: Request, ends_in: int) -> HttpResponse:
    """The totals of the year that ends on 31 March of ``ends_in``."""
    try:
        year = asked_for(ends_in - 1)
    except NotAsked as refused:
        raise Http404 from refused
    found = yearly_return.of_year(request.board, year)
    heads = heads_of(found.era)
    kind = request.GET.get("download", "")
    if kind in downloads.FORMATS:
        reading.listed(request, KIND, [], verb="access.downloaded")
        return downloads.export(
            request,
            _flat(found),
            (Column("part", "Part"), *heads),
            f"Yearly return, {ending(year)}",
            kind,
        )
    reading.listed(request, KIND, [])
    here = reverse("child_deaths:yearly_return", args=[ends_in])
    context = {
        "found": found, "ending": ending(year), "preventable": found.era is Era.PREVENTABLE, "break": BREAK.words,
        "final_only": FINAL_ONLY, "first": year.first, "last": year.last,
        "tables": [(part, _table(part, heads)) for part in _parts(found)],
        "page": {"csv_url": f"{here}?download=csv", "xlsx_url": f"{here}?download=xlsx"}, "wide": True,
    }  # fmt: skip
    return render(request, "child_deaths/yearly_return/year.html", context)


def _year_lines(found: list[yearly_return.YearLine]) -> list[dict[str, Any]]:
    return [
        {
            **asdict(one),
            "year": Link(
                ending(one.year), reverse("child_deaths:yearly_return", args=[one.year.starts_in + 1])
            ),
            "question": _QUESTIONS[one.question],
        }
        for one in found
    ]


def heads_of(era: Era) -> tuple[Column, ...]:
    """The columns of a year's totals, in the words of the question asked at that time."""
    identified, none = columns(era)
    return (
        Column("label", "Of these"),
        Column("reviews", "Reviews", numeric=True),
        Column("identified", identified, numeric=True),
        Column("none", none, numeric=True),
        Column("inadequate", "Not enough information", numeric=True),
        Column("unanswered", "Not answered", numeric=True),
    )


def _parts(found: YearlyReturn) -> tuple[Part, ...]:
    """The whole first, then each breakdown."""
    return (Part("whole", "Reviews completed in the year", (found.whole,)), *found.parts)


def _table(part: Part, heads: tuple[Column, ...]) -> Table:
    return Table(
        part.title, heads, [_cells(line) for line in part.lines], narrow="scroll", id=f"return-{part.key}"
    )


def _cells(line: Line) -> dict[str, Any]:
    return asdict(line)


def _flat(found: YearlyReturn) -> list[dict[str, Any]]:
    """Every line of every part, one below the other; reviews of restricted cases last, without a word about them."""
    rows = [{"part": part.title, **_cells(line)} for part in _parts(found) for line in part.lines]
    if found.withheld:
        rows.append({
            "part": "Reviews of restricted cases, in no line above", "label": "Every review", "reviews": found.withheld,
            "identified": "withheld", "none": "withheld", "inadequate": "withheld", "unanswered": "withheld",
        })  # fmt: skip
    return rows
