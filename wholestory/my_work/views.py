"""The front page for each kind of person, and search."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from wholestory.access import asking, reading
from wholestory.access.asks import asks, public
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.queries.panel_report_listed import has_panel
from wholestory.correspondence import queries as sent
from wholestory.my_work.queries import (
    challenges,
    child_files,
    deaths,
    emergencies,
    figures,
    pages,
    team,
    waiting,
)
from wholestory.my_work.queries.panels import for_panel
from wholestory.my_work.queries.search import search as find
from wholestory.partners.models import AGENCY_ROLES, BOARD_ROLES

OFFICERS = frozenset({"business_manager", "quality_officer"})
FOUNDERS = frozenset({"business_manager", "administrator"})


@public("Sends people on: to their own front page, to signing in, or (in the demo) to the tour")
def home(request: HttpRequest) -> HttpResponse:
    """Where "/" leads."""
    if request.user.is_authenticated:
        return _front_page(cast(Request, request))
    return redirect("tour:start" if settings.DEMO else settings.LOGIN_URL)


@asks(Verb.READ, "my_work.page")
def _front_page(request: Request) -> HttpResponse:
    roles = {seat.role for seat in request.seats}
    own = waiting.for_agency(request.person, request.seats, request.today)
    doors = waiting.let_in(request.person, request.today, deaths.LET_IN)
    moderating, sitting = waiting.for_moderator(doors["moderator"]), for_panel(doors["panel"], request.today)
    papers = deaths.for_panel_member([*doors["overview_panel"], *doors["overview_chair"]], request.today)
    asked = deaths.for_reporter(doors["reporter"], request.today)
    asked += deaths.for_report_approver(doors["report_approver"])
    papers += deaths.given_to_panel(request.in_groups, request.today)
    own = [*challenges.to_answer(request.seats, request.today), *own]
    own = [*figures.for_agency(request.person, request.seats, request.today), *own]
    own += challenges.to_decide(request.in_groups, request.board)
    own = [*_emergencies(request), *asked, *own, *deaths.for_key_worker(doors["key_worker"]), *papers]
    officers = team.for_team(request.board, request.today) if request.board and roles & OFFICERS else []
    if request.board and roles & FOUNDERS:
        officers = [*waiting.for_founders(request.board), *officers]
    if request.board and request.seat and request.seat.role == "child_death_coordinator":
        officers = [*deaths.for_coordinator(request.board, request.today), *officers]
    officers = [*officers, *challenges.for_analyst(request.seats, request.board)]
    officers += figures.for_analyst(request.seats, request.board, request.today)
    officers = [*officers, *child_files.for_team(request.seats, request.board, request.today)]
    changed = waiting.changed(request.today - timedelta(days=21)) if request.board else []
    ids = [i for line in (*own, *moderating, *sitting, *officers) for i in line.records] + [
        c.record_id for c in changed
    ]
    reading.listed(request, "my_work.page", dict.fromkeys(ids))
    return render(
        request,
        "my_work/home.html",
        {
            "own": own, "moderating": moderating, "sitting": sitting, "team": officers, "changed": changed,
            "roles": roles,
            "is_chair": "independent_chair" in roles, "is_lay": "lay_member" in roles,
            "on_board": bool(roles & BOARD_ROLES), "for_agency": bool(roles & AGENCY_ROLES),
            "panel_reports": bool(roles & BOARD_ROLES) and has_panel(request.board),
        },
    )  # fmt: skip


def _emergencies(request: Request) -> list[waiting.Waiting]:
    """Emergency access to review, for whoever acts in a seat that reviews it."""
    if not asking.may(request.seats, Verb.DECIDE, "access.emergency", request.board):
        return []
    return emergencies.to_review(request.person, request.board, timezone.now())


@asks(Verb.LIST, "my_work.chair")
def chair(request: Request) -> HttpResponse:
    """The chair's one page of what needs them."""
    page, letters = pages.chair_page(request.board, request.today), sent.to_sign(request.board)
    reviews = _emergencies(request)
    ids = [*page.records, *[i for line in reviews for i in line.records], *[one.record_id for one in letters]]
    reading.listed(request, "my_work.chair", list(dict.fromkeys(ids)))
    context = {"page": page, "letters": letters, "emergencies": reviews}
    return render(request, "my_work/chair.html", context)


@asks(Verb.LIST, "my_work.lay")
def lay(request: Request) -> HttpResponse:
    """The lay member's page, in plain words."""
    page = pages.lay_page(request.board, request.today)
    reading.listed(request, "my_work.lay", [cycle.record_id for cycle in page.released])
    return render(request, "my_work/lay.html", {"page": page})


@asks(Verb.READ, "my_work.search")
def search(request: Request) -> HttpResponse:
    """Search over what this person may see; what they searched for is not kept."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    found = find(request, words) if len(words) >= 2 else None
    ids = [hit.record_id for hit in found.hits if hit.record_id] if found else []
    reading.listed(request, "my_work.search", ids, verb="access.searched")
    return render(
        request, "my_work/search.html", {"words": words, "found": found, "too_short": 0 < len(words) < 2}
    )
