"""Whether it made a difference: for each standard what was promised, what was done, and what moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.queries.in_both import InBoth, in_both
from wholestory.assurance.queries.loop import Promise, in_brief, promises_by_standard, staff_by_standard
from wholestory.assurance.reports import loop as report
from wholestory.assurance.views.results_pages import rounds_of
from wholestory.assurance.views.results_shared import looking, shown_as_asked, verb_of

PAGE = "results_loop"


@asks(Verb.LIST, "assurance.results")
def overview(request: Request, reference: str) -> HttpResponse:
    """Every standard on one page."""
    at = looking(request, reference)
    rounds = rounds_of(at, earlier=True)
    promised = in_brief(rounds)
    suffix = "?view=board" if at.officer and at.as_board else ""

    def where(standard: str) -> str:
        return reverse("assurance:results_loop_standard", args=[reference, standard]) + suffix

    made = report.overview(rounds, promised, staff_by_standard(rounds), request.today, where, _who(rounds))
    reading.listed(request, "assurance.results", [at.cycle.record_id], verb=verb_of(request))
    return shown_as_asked(request, at, made, page_name=PAGE)


@asks(Verb.LIST, "assurance.results")
def standard(request: Request, reference: str, standard: str) -> HttpResponse:
    """One standard: each promise with what shows it and what was found, what staff say, item by item."""
    at = looking(request, reference)
    rounds = rounds_of(at, earlier=True)
    wanted = next((one for one in rounds[0].framework.standards if one.key == standard), None)
    if wanted is None:
        raise Http404
    promised = promises_by_standard(rounds, only=standard).get(standard, [])
    staff = staff_by_standard(rounds).get(standard, [])
    made = report.one_standard(rounds, wanted, promised, staff, request.today, _url_of(), _who(rounds))
    ids = [one.action.record_id for one in promised] or [at.cycle.record_id]
    reading.listed(request, "actions.action" if promised else "assurance.results", ids, verb=verb_of(request))
    return shown_as_asked(request, at, made, page_name=PAGE)


def _who(rounds: Sequence[Round]) -> InBoth | None:
    return in_both(rounds[0], rounds[1]) if len(rounds) > 1 else None


def _url_of() -> Callable[[Promise], str]:
    """Where an action is: there may be thousands, and every address is of the same kind."""
    address = reverse("actions:action", args=["REFERENCE"])
    return lambda one: address.replace("REFERENCE", one.action.record.reference)
