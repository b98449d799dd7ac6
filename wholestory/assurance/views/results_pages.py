"""The pages of a cycle's results. The team sees what stands now; the board what it was shown at release."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions import queries as actions
from wholestory.actions.models import Action
from wholestory.assurance.forms.results import AgencyFilter, ItemFilter
from wholestory.assurance.models import ResultRow
from wholestory.assurance.queries.asked import Asked, asked, in_scope
from wholestory.assurance.queries.evidence import freshness_by_record
from wholestory.assurance.queries.figures import Round, chain, gathered, of_board, of_team
from wholestory.assurance.queries.in_both import in_both
from wholestory.assurance.queries.responses import (
    left_out,
    left_while_it_ran,
    not_here,
    rate_from,
    rate_of,
    times_from,
    times_of,
    words_of_time,
)
from wholestory.assurance.reports import evidence as evidence_report
from wholestory.assurance.reports import items as item_report
from wholestory.assurance.reports import moderation as moderation_report
from wholestory.assurance.reports import promises, responses, sectors, summary, trend
from wholestory.assurance.rules.cells import CellState
from wholestory.assurance.rules.figures import Figures
from wholestory.assurance.views.results_shared import Looking, looking, shown_as_asked, url_of, verb_of
from wholestory.partners.models import Sector

#: Where a return stands while it is not here, as the board's rows say it.
_NOT_HERE = (
    CellState.AWAITED,
    CellState.IN_PROGRESS,
    CellState.EXTENSION,
    CellState.NOT_RETURNED,
    CellState.REFUSED,
)


def rounds_of(at: Looking, *, earlier: bool = False) -> list[Round]:
    """The cycle’s figures as this person is shown them, and those of the cycles before when asked for."""
    cycles = chain(at.cycle) if earlier else [at.cycle]
    found = of_board(cycles) if at.as_board else of_team(cycles)
    if not found or found[0].cycle.pk != at.cycle.pk:
        raise Http404  # released before figures were kept: the heat map is all there is
    return found


def _noted(request: Request, at: Looking, rows: Sequence[Asked] = ()) -> None:
    kind, ids = ("assurance.return", [row.record_id for row in rows]) if rows else ("assurance.results", [])
    reading.listed(request, kind, ids or [at.cycle.record_id], verb=verb_of(request))


def _absent(at: Looking) -> list[tuple[str, str]]:
    """Who had not answered at release, from the rows the board may read."""
    rows = ResultRow.objects.filter(cycle=at.cycle, state__in=[state.value for state in _NOT_HERE])
    found = rows.exclude(shown="Here").values_list("agency__name", "words", "state")
    by_agency = {name: CellState(state).label for name, _, state in found}
    return sorted(by_agency.items(), key=lambda pair: pair[0].casefold())


@asks(Verb.LIST, "assurance.results")
def home(request: Request, reference: str) -> HttpResponse:
    """One page on the whole cycle."""
    at = looking(request, reference)
    rounds = rounds_of(at, earlier=True)
    every = [] if at.as_board else asked([at.cycle], withdrawn=True)
    rows = in_scope(every)
    if at.as_board:
        kept = rounds[0].rest["responses"]
        rate, times, missing = rate_from(kept), times_from(kept), _absent(at)
    else:
        rate, times = (
            rate_of(rows, len(left_out(at.cycle)), left_while_it_ran(at.cycle, every, request.today)),
            times_of(rows),
        )
        missing = [(row.agency, words_of_time(row, request.today)) for row in not_here(rows)]
    report = summary.summary(rounds, rate, times, missing, request.today)
    _noted(request, at, not_here(rows))
    return shown_as_asked(request, at, report, page_name="results")


@asks(Verb.LIST, "assurance.results")
def items(request: Request, reference: str) -> HttpResponse:
    """How the answers fall, item by item."""
    at = looking(request, reference)
    found = rounds_of(at)[0]
    filters = ItemFilter(request.GET, framework=found.framework, sectors=not at.as_board)
    sector, standard = "" if at.as_board else filters.chosen_of("sector"), filters.chosen_of("standard")
    if sector:
        found = Round(at.cycle, gathered(at.cycle, sector=sector, whole=False).figures)
    where = None if at.as_board else _item_page(at)
    only = f"only {Sector(sector).label}" if sector else ""
    report = item_report.items(found, request.today, standard=standard, only=only, where=where)
    _noted(request, at)
    return shown_as_asked(request, at, report, page_name="results_items", filters=filters)


def _item_page(at: Looking) -> item_report.Where:
    def where(key: str) -> str:
        return reverse("assurance:results_item", args=[at.cycle.record.reference, key])

    return where


@asks(Verb.EXPORT, "assurance.cycle")
def item(request: Request, reference: str, item: str) -> HttpResponse:
    """Who stands where on one item: the team's alone."""
    at = looking(request, reference)
    if not at.officer:
        raise Http404
    if item not in Round(at.cycle, Figures(0, 0, {})).framework.items:
        raise Http404
    now = gathered(at.cycle, whole=False, only=item)
    found = Round(at.cycle, now.figures)
    report = item_report.one_item(now, found, item, request.today, url_of)
    _noted(request, at, now.asked)
    return shown_as_asked(request, at, report, page_name="results_items", filters=AgencyFilter(request.GET))


@asks(Verb.LIST, "assurance.results")
def moderation(request: Request, reference: str) -> HttpResponse:
    """Own scores beside moderated ones."""
    at = looking(request, reference)
    if at.as_board:
        found, now = rounds_of(at)[0], None
    else:
        now = gathered(at.cycle, whole=False)
        found = Round(at.cycle, now.figures)
    report = moderation_report.self_and_moderated(found, request.today, now=now, url=url_of)
    judged = [row for row in now.asked if row.id in now.sheets] if now else []
    _noted(request, at, judged)
    filters = AgencyFilter(request.GET) if now else None
    return shown_as_asked(request, at, report, page_name="results_moderation", filters=filters)


@asks(Verb.LIST, "assurance.results")
def by_sector(request: Request, reference: str) -> HttpResponse:
    """Sectors side by side."""
    at = looking(request, reference)
    report = sectors.sectors(rounds_of(at)[0], request.today)
    _noted(request, at)
    return shown_as_asked(request, at, report, page_name="results_sectors")


@asks(Verb.LIST, "assurance.results")
def over_time(request: Request, reference: str) -> HttpResponse:
    """From cycle to cycle, on what may be compared."""
    at = looking(request, reference)
    rounds = rounds_of(at, earlier=True)
    who = in_both(rounds[0], rounds[1]) if len(rounds) > 1 else None
    report = trend.trend(rounds, request.today, who)
    _noted(request, at)
    return shown_as_asked(
        request, at, report, page_name="results_trend", cycles=[one.cycle for one in rounds]
    )


@asks(Verb.LIST, "assurance.results")
def who_answered(request: Request, reference: str) -> HttpResponse:
    """Response rate and timeliness, with everybody who is not in the rate."""
    at = looking(request, reference)
    if at.as_board:
        found = rounds_of(at)[0]
        on = at.cycle.released_on or request.today
        report = responses.responses_shown(at.cycle, found.rest["responses"], _absent(at), on)
        rows: list[Asked] = []
    else:
        every = asked([at.cycle], withdrawn=True)
        rows = in_scope(every)
        report = responses.responses(
            at.cycle,
            rows,
            left_out(at.cycle),
            request.today,
            url_of,
            left_while_it_ran(at.cycle, every, request.today),
        )
    _noted(request, at, rows)
    return shown_as_asked(
        request, at, report, page_name="results_responses", filters=AgencyFilter(request.GET)
    )


@asks(Verb.LIST, "assurance.results")
def promised(request: Request, reference: str) -> HttpResponse:
    """Open and overdue actions, agency by agency."""
    at = looking(request, reference)
    among = Action.objects.filter(record__board=at.cycle.board_id)
    if not at.as_board:
        among = among.filter(sources__record__self_audit__cycle=at.cycle).distinct()
    rolls = actions.by_agency(request.today, Action.objects.filter(pk__in=among.order_by().values("pk")))
    report = promises.promises(at.cycle, rolls, request.today, for_board=at.as_board)
    _noted(request, at)
    return shown_as_asked(request, at, report, page_name="results_actions", filters=AgencyFilter(request.GET))


@asks(Verb.LIST, "assurance.results")
def evidence(request: Request, reference: str) -> HttpResponse:
    """How fresh the files and links are."""
    at = looking(request, reference)
    if at.as_board:
        found = rounds_of(at)[0]
        on = at.cycle.released_on or request.today
        report, rows = evidence_report.evidence_shown(at.cycle, found.rest["evidence"], on), []
    else:
        rows = asked([at.cycle])
        fresh = freshness_by_record([row.record_id for row in rows], request.today)
        report = evidence_report.evidence(at.cycle, rows, fresh, request.today, url_of)
        rows = [row for row in rows if row.record_id in fresh]
    _noted(request, at, rows)
    filters = None if at.as_board else AgencyFilter(request.GET)
    return shown_as_asked(request, at, report, page_name="results_evidence", filters=filters)
