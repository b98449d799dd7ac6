"""Work out a deadline: choose a clock, say when it started, see the day and every day that was left out."""

from __future__ import annotations

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column, Row, Table, Tag
from wholestory.kernel.working_days import NotAWorkingDay
from wholestory.pathways import register
from wholestory.pathways.editions import Edition, UnknownEdition, edition
from wholestory.pathways.forms import ClockFilter, WorkOutForm
from wholestory.pathways.queries import calendars, rule_register
from wholestory.pathways.rules import telling
from wholestory.pathways.rules.pauses import PauseNotPossible
from wholestory.pathways.rules.reckoning import CannotWorkOut, WorkedOut, work_out

NO_RECORD = "it works with dates somebody types and shows no record"
COLUMNS = (
    Column("link", "Deadline", sortable=True, sort_by=("title",)),
    Column("says", "Limit"),
    Column("duty", "Duty", sortable=True),
    Column("tag", "Status", sortable=True, sort_by=("status_label",)),
)


IN_A_FILE = (
    Column("title", "Deadline"),
    Column("says", "Limit"),
    Column("duty", "Duty"),
    Column("editions", "Editions"),
    Column("status_label", "Status"),
)
MARKING = "OFFICIAL: rules and who checked them; no records"


class ClockLine:
    """A rule's row with its link and tag."""

    def __init__(self, row: rule_register.RuleRow) -> None:
        self.says, self.duty = row.says, row.duty
        url = f"{reverse('pathways:clock', args=[row.key])}?edition={row.editions.partition(',')[0]}"
        self.link = format_html('<a class="govuk-link" href="{}">{}</a>', url, row.title)
        self.tag = Tag(row.status_label, row.colour)


@asks(Verb.LIST, "pathways.rules", no_line=NO_RECORD)
def due(request: Request) -> HttpResponse:
    """Which deadline? A list to search."""
    rows = [row for row in rule_register.rows(request.board) if row.is_clock]
    page = ListPage(
        request.GET,
        rows=rows,
        columns=COLUMNS,
        sort="link",
        filters=ClockFilter(_asked(request)),
        caption="Deadlines",
        shape=lambda found: [ClockLine(row) for row in found],
        empty="There is no deadline of that kind.",
    )
    if page.wants_export:
        if not asking.may(request.seats, Verb.EXPORT, "pathways.rules", request.board):
            raise Http404
        ledger.line("pathways.rules_exported", kind="pathways.rules", board_id=request.board.id, writes=False)
        chosen = page.matching
        whole = ListPage(request.GET, rows=chosen, columns=IN_A_FILE)
        return whole.export(request, "Deadlines", marking=MARKING)
    return render(request, "pathways/due.html", {"page": page, "edition": _board_edition(request)})


def _asked(request: Request) -> QueryDict:
    """The filters as asked; to begin with, the edition the board works under."""
    asked = request.GET.copy()
    own = _board_edition(request)
    asked.setdefault("edition", own.key if own and register.of_edition(own) else "all")
    return asked


def _board_edition(request: Request) -> Edition | None:
    """The edition the board works under; None for a board that works under something else (adults' boards)."""
    try:
        return edition(request.board.edition)
    except UnknownEdition:
        return None


@asks(Verb.LIST, "pathways.rules", no_line=NO_RECORD)
def clock(request: Request, key: str) -> HttpResponse:
    """One clock: its start, and the answer with its reasons."""
    try:
        versions = register.versions(key)
    except register.UnknownRule:
        raise Http404 from None
    asked = any(name.endswith("-day") for name in request.GET)
    usual = request.GET.get("edition", request.board.edition)
    form = WorkOutForm(request.GET if asked else None, versions=versions, usual_edition=usual)
    worked = None
    if form.is_valid():
        worked = _work_out(request, form)
    chosen = form.cleaned_data.get("edition") if form.is_bound and form.is_valid() else usual
    version = next((each for each in versions if chosen in each.editions), versions[0])
    row = rule_register.row(request.board, register.rule_id(version))
    context = {"form": form, "clock": version, "row": row, "tag": Tag(row.status_label, row.colour)}
    if worked is not None:
        context |= _told(request, worked, str(chosen))
    return render(request, "pathways/clock.html", context)


def _work_out(request: Request, form: WorkOutForm) -> WorkedOut | None:
    """The answer, or an error at the box it is about."""
    answers = form.cleaned_data
    first = f"{form.clock.starts[0].key}_on"
    try:
        return work_out(
            answers["version"],
            answers["starts"],
            calendars=calendars.calendars(request.board),
            pauses=answers["pauses"],
        )
    except PauseNotPossible as wrong:
        form.add_error("paused_on", str(wrong))
    except (CannotWorkOut, NotAWorkingDay) as wrong:
        form.add_error(first, str(wrong))
    return None


def _told(request: Request, worked: WorkedOut, chosen: str) -> dict[str, object]:
    lines = telling.lines(worked, edition(chosen), calendars.calendars(request.board))
    skipped = [(telling.skipped_words(day).partition(": ")) for day in worked.skipped]
    return {
        "answer": telling.answer(worked),
        "rows": [
            Row(line.label, line.text[:1].upper() + line.text[1:])
            for line in lines
            if line.label not in {"Answer", "Status"}
        ],
        "skipped": Table(
            f"Days left out: {len(skipped)}" if skipped else "No day was left out",
            ["Day", "Why"],
            [(day, why) for day, _, why in skipped],
            empty="Every day was counted.",
        )
        if worked.clock.uses_calendar or worked.pauses
        else None,
        "provisional": worked.provisional,
    }
