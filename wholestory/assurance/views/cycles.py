"""The board team's pages: the list of cycles, one cycle, whom to ask, release, close."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import own_frameworks
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.forms import CycleForm, ReturnFilter
from wholestory.assurance.models import Cycle, CycleKind, CycleState, Return, Stage
from wholestory.assurance.operations import cycles as operations
from wholestory.assurance.queries import chasing, joint, listing, scope
from wholestory.assurance.queries import survey as surveys
from wholestory.assurance.queries.past import cycle_mark
from wholestory.assurance.queries.predecessors import before
from wholestory.assurance.status import OPEN_STAGES
from wholestory.assurance.views.finding import can, must, the_cycle, url_of
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column


@asks(Verb.LIST, "assurance.cycle", by_grant=True)
def home(request: Request) -> HttpResponse:
    """Everything of this duty that waits for this person: their returns, those to moderate, the board's cycles."""
    mine = listing.agency_returns(request.person, request.seats, request.today)
    moderating = listing.to_moderate(request.person, request.today)
    on_board = asking.may(request.seats, Verb.LIST, "assurance.results", request.board)
    prepares = asking.may(request.seats, Verb.MANAGE, "assurance.cycle", request.board)
    sees_returns = asking.may(request.seats, Verb.EXPORT, "assurance.cycle", request.board)
    found = (
        listing.cycles(request.board, sees_returns=sees_returns, prepares=prepares)
        if request.board and on_board
        else []
    )
    shown = [*[one.record_id for one in (*mine, *moderating)], *[one.record_id for one in found]]
    reading.listed(request, "assurance.return", shown)
    return render(
        request,
        "assurance/home.html",
        {
            "mine": mine,
            "moderating": moderating,
            "cycles": found,
            "may_prepare": prepares,
            "invitations": joint.invitations(request.board) if prepares and request.board else [],
        },
    )


@asks(Verb.MANAGE, "assurance.cycle", no_line="an empty form shows no record")
def cycle_new(request: Request) -> HttpResponse:
    """Prepare a cycle."""
    form = CycleForm(
        request.POST or None,
        edition=request.board.edition,
        today=request.today,
        offered=own_frameworks.offered_to(request.board),
        titles=_titles(request) if request.method == "POST" else (),
        initial={"framework": request.GET.get("framework", "")},
    )
    if form.is_valid():
        wanted = form.cleaned_data
        previous = before(request.board, wanted["asks"])
        cycle = operations.prepare(
            actor=request.person, board=request.board, title=wanted["title"], framework=wanted["asks"].key,
            framework_version=wanted["asks"].version, rules=wanted["rules"],
            opens_on=wanted["opens_on"], due_on=wanted["due_on"], moderation_due_on=wanted["moderation_due_on"],
            report_due_on=wanted["report_due_on"], previous=previous, today=request.today,
        )  # fmt: skip
        messages.success(request, "The cycle is prepared. Now choose whom to ask.")
        return redirect("assurance:issue", cycle.record.reference)
    return render(request, "assurance/cycle_new.html", {"form": form})


def _titles(request: Request) -> list[str]:
    return list(Cycle.objects.filter(board=request.board).values_list("title", flat=True))


WITH_THE_BOARD = (Stage.SIGNED_OFF, Stage.RETURNED_WITH_QUERY, Stage.ANSWERED, Stage.MODERATED)
COLUMNS = (
    Column("agency", "Agency", sortable=True, sort_by=("agency__name",)),
    Column("status", "Where it stands", sortable=True, sort_by=("stage",)),
    Column("due", "Due", sortable=True, sort_by=("due_on",)),
    Column("answered", "Answers written", numeric=True),
    Column("moderator", "Moderator"),
)


@asks(Verb.LIST, "assurance.cycle")
def cycle(request: Request, reference: str) -> HttpResponse:
    """One cycle: the officers see every return; the board sees counts until results are released."""
    found = the_cycle(request, reference)
    officer = can(request, Verb.EXPORT, found)
    page = None
    if officer:
        page = ListPage(
            request.GET, rows=listing.returns_of(found), columns=COLUMNS, sort="agency",
            filters=ReturnFilter(request.GET), caption="Returns",
            shape=lambda rows: listing.return_lines(rows, request.today, url_of),
            empty="Nobody has been asked yet.",
        )  # fmt: skip
        if page.wants_export:
            page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
            ids = list(page.matching.values_list("record_id", flat=True))
            reading.listed(request, "assurance.return", ids, verb="access.downloaded")
            return page.export(request, f"Returns, {found.title}")
        reading.shown(request, "assurance.return", page.rows)
    return render(
        request,
        "assurance/cycle.html",
        {
            "cycle": found,
            "framework": framework_called(found.framework, found.framework_version),
            "line": listing.counts_of(found, sees_returns=officer),
            "page": page,
            "officer": officer,
            "counted": scope.counted(found, scope.returns_in(found), request.today)
            if officer and found.kind != CycleKind.PAST
            else None,
            "past_mark": cycle_mark(found),
            "may_manage": can(request, Verb.MANAGE, found),
            "bounced": chasing.bounced(found) if officer else "",
            "survey": surveys.of_cycle(found) if officer else None,
            "survey_shown": surveys.is_shown(found.id),
            "wide": officer,
        },
    )


def _refused(request: Request, reference: str, why: str) -> HttpResponse:
    """Back to the cycle's page, with the sentence that says why not."""
    messages.error(request, why)
    return redirect("assurance:cycle", reference)


@asks(Verb.MANAGE, "assurance.cycle")
def release(request: Request, reference: str) -> HttpResponse:
    """Show the board the named results."""
    found = the_cycle(request, reference)
    must(request, Verb.MANAGE, found)
    if found.state == CycleState.CLOSED:
        return _refused(request, reference, operations.CLOSED_SHOWS_NO_MORE)
    if request.method == "POST":
        try:
            operations.release_to_board(actor=request.person, cycle=found, today=request.today)
        except operations.CycleRefused as refused:
            return _refused(request, reference, str(refused))
        messages.success(request, "The board can now see the heat map and the actions.")
        return redirect("assurance:results", reference)
    stages = list(listing.returns_of(found).order_by().values_list("stage", flat=True))
    ready, moderated = stages.count(Stage.RELEASED), stages.count(Stage.MODERATED)
    to_moderate = sum(stage in WITH_THE_BOARD for stage in stages) - moderated
    if not ready:
        context = {"cycle": found, "to_moderate": to_moderate, "moderated": moderated}
        return render(request, "assurance/release_waits.html", context)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": "Release results to the board?",
            "consequences": [
                *_not_finished(to_moderate, moderated),
                f"{ready} {'agency' if ready == 1 else 'agencies'} that can read the result will be shown with scores.",
                "The others are shown by name with where they stand, and no score.",
                "Actions of the released returns are shown to the whole board, lay members included.",
                "Nobody on the board sees narrative or evidence of an agency.",
            ],
            "confirm_label": "Release to the board",
            "cancel_url": reverse("assurance:cycle", args=[reference]),
        },
    )


def _not_finished(to_moderate: int, moderated: int) -> list[str]:
    """What is not ready yet, and what to do about it before everybody sees that."""
    lines = []
    if to_moderate:
        lines.append(
            f"Moderation is not finished: {to_moderate} signed {'return is' if to_moderate == 1 else 'returns are'} not"
            " moderated to the end. Finish them first, or release again afterwards."
        )
    if moderated:
        lines.append(
            f"{moderated} moderated {'result waits' if moderated == 1 else 'results wait'} to be released to the"
            " agency. Release to the agencies first, or release again afterwards."
        )
    return lines


def _left_behind(cycle: Cycle) -> list[str]:
    """What closing leaves undone for good, each with how many returns it is."""
    stages = list(Return.objects.filter(cycle=cycle).values_list("stage", flat=True))
    unsigned = sum(stage in OPEN_STAGES for stage in stages)
    waiting = sum(stage in WITH_THE_BOARD for stage in stages)
    lines = []
    if unsigned:
        lines.append(f"{unsigned} not signed yet {'stays' if unsigned == 1 else 'stay'} “not returned”.")
    if waiting:
        lines.append(f"{waiting} signed, without a released result, will not get one: release results first.")
    return lines


@asks(Verb.MANAGE, "assurance.cycle")
def close(request: Request, reference: str) -> HttpResponse:
    """Close the cycle."""
    found = the_cycle(request, reference)
    must(request, Verb.MANAGE, found)
    if request.method == "POST":
        try:
            operations.close(actor=request.person, cycle=found, today=request.today)
        except operations.CycleRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(
                request, "The cycle is closed. Every agency can still read and download its own return."
            )
        return redirect("assurance:cycle", reference)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": "Close this cycle?",
            "consequences": [
                "No agency can change or sign its answers any more, answer a question or reply.",
                "Each agency can still read and download its own return.",
                *_left_behind(found),
                "Open actions stay open.",
            ],
            "confirm_label": "Close the cycle",
            "cancel_url": reverse("assurance:cycle", args=[reference]),
        },
    )
