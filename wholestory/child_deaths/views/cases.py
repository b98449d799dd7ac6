"""The page of one case."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.queries import case_page, past
from wholestory.child_deaths.queries.caseload import stage_tag
from wholestory.correspondence.clock import moment_of
from wholestory.kernel.moments import Moment, at_instant

KIND = "child_deaths.case"


def moment_now(request: Request) -> Moment:
    """Now, on the board's own day."""
    return at_instant(moment_of(request.board, timezone.now()))


def find(request: Request, reference: str) -> Case:
    """The case, if this person may see it; otherwise the one "not found" page."""
    return reading.one(request, case_page.find(), reference=reference)


@asks(Verb.READ, KIND)
def case(request: Request, reference: str) -> HttpResponse:
    """The child, the death, where it stands, every limit, and the way to each piece of the work."""
    found = find(request, reference)
    standing = getattr(found.record, "standing", None)
    context = {
        "case": found,
        "page": case_page.page(found, moment_now(request)),
        "stage": stage_tag(found),
        "stage_meaning": pathway.CASE.stage(standing.stage).meaning if standing else "",
        "before": past.limits_before(found, moment_now(request)),
        "line": past.line_of(found),
        "steps": case_page.steps(found),
        "may_manage": asking.ask(request.person, Verb.MANAGE, found.record).yes,
        "labels": {stage.key: stage.label for stage in pathway.CASE.stages},
    }
    return render(request, "child_deaths/case.html", context)
