"""What every page of results does: who looks, as page or as file, with the same figures in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, reverse
from django.utils import timezone
from django.utils.text import slugify

from wholestory.access import asking, reading
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.files import reports as files
from wholestory.assurance.models import Cycle
from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.queries.past import cycle_mark
from wholestory.assurance.reports.base import Grid, Report, Said, shown
from wholestory.assurance.views.finding import can, the_cycle
from wholestory.govuk.forms import FilterForm
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Link, Table
from wholestory.kernel.generated import Marking, Stamp
from wholestory.partners.models import Board

#: How many lines of its main table a page shows at once.
PER_PAGE = 50


@dataclass(frozen=True)
class Looking:
    """A cycle and how it is looked at: by the team with everything, or as the board was shown it."""

    cycle: Cycle
    officer: bool
    as_board: bool


#: The pages of results: address name and label.
PAGES = (
    ("results", "Summary"),
    ("results_heat_map", "Heat map"),
    ("results_items", "Item by item"),
    ("results_moderation", "Own and moderated scores"),
    ("results_sectors", "Sectors compared"),
    ("results_trend", "From cycle to cycle"),
    ("results_responses", "Responses"),
    ("results_actions", "Actions"),
    ("results_loop", "Promised, done, moved"),
    ("results_evidence", "Evidence"),
)


def looking(request: Request, reference: str) -> Looking:
    """The cycle, for the team at any time and for the board once results were released to it; otherwise the one
    "not found" page. The team may look as the board does with ``?view=board``."""
    cycle = the_cycle(request, reference)
    officer = can(request, Verb.EXPORT, cycle)
    as_board = not officer or request.GET.get("view") == "board"
    if as_board and cycle.released_on is None:
        reading.missing(request, reference)
    return Looking(cycle, officer, as_board)


def url_of(row: Asked) -> str:
    """An agency's return, for the team."""
    return _return_at(get_script_prefix()).replace("REFERENCE", row.reference)


@lru_cache(maxsize=4)
def _return_at(prefix: str) -> str:
    """Where returns are, under this prefix of every address: worked out once, because a page links to hundreds."""
    return reverse("assurance:return", args=["REFERENCE"])


def stamp_of(request: Request, board: Board) -> Stamp:
    """What every file says of itself."""
    who = request.person.full_name
    return Stamp(Marking.OFFICIAL_SENSITIVE, who, timezone.now(), board.name, board.is_example)


def verb_of(request: Request) -> str:
    """How a reading is noted."""
    return "access.downloaded" if request.GET.get("download") in files.TYPES else "access.listed"


def shown_as_asked(
    request: Request,
    at: Looking,
    report: Report,
    *,
    page_name: str,
    filters: FilterForm | None = None,
    cycles: Sequence[Cycle] = (),
    **context: Any,
) -> HttpResponse:
    """The page, or the file of exactly what the page shows: its filters and its order. ``cycles`` are the rounds beside
    its own whose figures it shows."""
    report = _marked(report, at, cycles)
    narrowed = listed(request, report, filters)
    wanted = request.GET.get("download", "")
    if wanted in files.TYPES:
        reading.must_leave(request, at.cycle)
        return as_file(request, at.cycle.board, _only_listed(report, narrowed), wanted)
    return render(
        request,
        "assurance/results_page.html",
        {
            "cycle": at.cycle, "report": report, "list": narrowed,
            "tables": tables(report, listed=narrowed is not None),
            **around(request, at, page_name), "wide": True,
            "downloads": downloads(request), **context,
        },
    )  # fmt: skip


def around(request: Request, at: Looking, page_name: str) -> dict[str, Any]:
    """What stands around every page of results: the other pages, and who is shown what by whom."""
    tabs = [
        (reverse(f"assurance:{_place(name, at)}", args=[at.cycle.record.reference]), label, name == page_name)
        for name, label in PAGES
    ]
    as_board, as_now = "?view=board", "?"
    if page_name == "results_heat_map":
        reference = at.cycle.record.reference
        as_board = reverse("assurance:results_heat_map", args=[reference]) + as_board
        as_now = reverse("assurance:heat_map", args=[reference])
    return {
        "at": at, "tabs": tabs, "suffix": "?view=board" if at.officer and at.as_board else "",
        "as_board_url": as_board, "as_now_url": as_now,
        "may_release": at.officer and asking.may(request.seats, Verb.MANAGE, "assurance.cycle"),
    }  # fmt: skip


def _marked(report: Report, at: Looking, cycles: Sequence[Cycle]) -> Report:
    """With what must be said of rounds that were brought in from files, wherever their figures are shown."""
    own = cycle_mark(at.cycle)
    marks = [own] if own else []
    marks += [f"{one.title}: {said}" for one in cycles if one.pk != at.cycle.pk and (said := cycle_mark(one))]
    return replace(report, headline=(*marks, *report.headline)) if marks else report


def _place(name: str, at: Looking) -> str:
    """The heat map has two addresses: the team's own, and the one the board is shown."""
    return "heat_map" if name == "results_heat_map" and not at.as_board else name


def listed(request: Request, report: Report, filters: FilterForm | None) -> ListPage | None:
    """The report's first table as a list that can be sorted and paged; None for one without."""
    if not report.grids or not (
        report.grids[0].sort or filters is not None or len(report.grids[0].rows) > PER_PAGE
    ):
        return None
    grid = report.grids[0]
    return ListPage(
        request.GET, rows=grid.as_mappings(), columns=_columns(grid), sort=grid.sort, filters=filters,
        per_page=PER_PAGE, caption=grid.title, shape=lambda rows: [_cells(grid, row["row"]) for row in rows],
        narrow="stack", empty=grid.empty,
    )  # fmt: skip


def _only_listed(report: Report, narrowed: ListPage | None) -> Report:
    if narrowed is None:
        return report
    first, *others = report.grids
    return replace(report, grids=(first.only(narrowed.matching), *others))


def _columns(grid: Grid) -> list[Column]:
    return [Column(col.key, col.label, numeric=col.kind.is_number, sortable=True) for col in grid.columns]


def _cells(grid: Grid, row: tuple[Any, ...]) -> list[Any]:
    return [
        Link(value.words, value.url) if isinstance(value, Said) and value.url else shown(col.kind, value)
        for col, value in zip(grid.columns, row, strict=True)
    ]


def tables(report: Report, *, listed: bool = False) -> list[tuple[Grid, Table]]:
    """Each table of a report as a part of the page; the first without its rows where a list shows them (``listed``)."""
    return [
        (
            grid,
            Table(
                grid.title,
                [Column(col.key, col.label, numeric=col.kind.is_number) for col in grid.columns],
                [] if listed and number == 0 else [_cells(grid, row) for row in grid.rows],
                hide_caption=True,
                narrow="stack",
                empty=grid.empty,
                id=f"table-{number}",
            ),
        )
        for number, grid in enumerate(report.grids)
    ]


def downloads(request: Request) -> list[tuple[str, str]]:
    """Links to each kind of file, with everything that narrows the page."""
    found = []
    for kind, label in files.LABELS.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["download"] = kind
        found.append((f"?{query.urlencode()}", label))
    return found


def as_file(request: Request, board: Board, report: Report, kind: str) -> HttpResponse:
    """The report as a file to keep, marked with who made it and when."""
    stamp = stamp_of(request, board)
    answer = HttpResponse(files.made(report, kind, stamp=stamp), content_type=files.TYPES[kind])
    parts = ("example" if stamp.example else "", report.name, slugify(report.of), str(request.today))
    name = "-".join(part for part in parts if part)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
