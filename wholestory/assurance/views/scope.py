"""Whom to ask in a cycle, who is out of scope and why, and who is not decided about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.forms.running import LeaveOutForm, ScopeFilter
from wholestory.assurance.models import Cycle, CycleState
from wholestory.assurance.operations import cycles, scope
from wholestory.assurance.queries import scope as queries
from wholestory.assurance.reports.base import plural
from wholestory.assurance.rules.awkward_days import warning
from wholestory.assurance.views.finding import must, the_cycle
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.partners.models import Agency, Sector

#: Sectors that are mostly closed in the school holidays.
CLOSED_IN_HOLIDAYS = (Sector.EDUCATION, Sector.EARLY_YEARS)
COLUMNS = (
    Column("agency", "Agency"),
    Column("sector", "Sector"),
    Column("duty", "Why they answer"),
    Column("where", "Where it stands"),
    Column("reason", "Reason"),
    Column("decided", "Decided"),
)


@asks(Verb.MANAGE, "assurance.cycle")
def issue(request: Request, reference: str) -> HttpResponse:
    """Choose the agencies to ask, and say of the others why they are not."""
    cycle = the_cycle(request, reference)
    must(request, Verb.MANAGE, cycle)
    if cycle.state == CycleState.CLOSED:
        messages.error(request, cycles.CLOSED_ASKS_NOBODY)
        return redirect("assurance:cycle", reference)
    found = queries.scope_of(cycle, request.today)
    filters = ScopeFilter(request.POST if request.method == "POST" else request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    shown = found.narrowed(**{key: wanted.get(key) or "" for key in ("q", "sector", "duty", "where")})
    chosen = request.POST.getlist("agency")
    form = LeaveOutForm(request.POST if "leave_out" in request.POST else None)
    error = ""
    if request.method == "POST":
        ticked = [body.agency for body in found.bodies if str(body.agency.id) in chosen]
        if "bring_back" in request.POST:
            return _bring_back(request, cycle, found)
        if "leave_out" in request.POST:
            error, answer = _leave_out(request, cycle, ticked, form)
        elif "ask_all" in request.POST:
            error, answer = _ask(request, cycle, [body.agency for body in shown if body.can_be_asked])
        else:
            error, answer = _ask(request, cycle, ticked)
        if answer is not None:
            return answer
    return render(
        request, "assurance/issue.html", _context(request, cycle, found, shown, filters, form, error, chosen)
    )


def _context(
    request: Request,
    cycle: Cycle,
    found: queries.Scope,
    shown: list[queries.Body],
    filters: ScopeFilter,
    form: LeaveOutForm,
    error: str,
    chosen: list[str],
) -> dict[str, object]:
    to_decide: dict[str, list[queries.Body]] = {}
    for body in shown:
        if body.where in (queries.UNDECIDED, queries.TAKEN_BACK):
            to_decide.setdefault(body.sector, []).append(body)
    askable = sum(body.can_be_asked for body in shown)
    back = reverse("assurance:issue", args=[cycle.record.reference])
    return {
        "cycle": cycle,
        "scope": found,
        "away": warning(
            cycle.due_on, schools=any(body.agency.sector in CLOSED_IN_HOLIDAYS for body in found.bodies)
        ),
        "filters": filters,
        "narrowed": [
            (name, value)
            for name, value in (filters.cleaned_data if filters.is_valid() else {}).items()
            if value
        ],
        "clear_url": back,
        "groups": to_decide,
        "askable": askable,
        "ask_all": "Ask the one in this list" if askable == 1 else f"Ask all {askable} in this list",
        "asked": [body for body in shown if body.where == queries.ASKED],
        "left_out": [body for body in shown if body.where == queries.LEFT_OUT],
        "chosen": chosen,
        "form": form,
        "error": error,
        "page_has_errors": bool(error or form.errors),
        "without_lead": letters.without_lead(
            request.board, [b.agency.id for b in found.bodies], request.today
        ),
    }


def _ask(request: Request, cycle: Cycle, agencies: list[Agency]) -> tuple[str, HttpResponse | None]:
    if not agencies:
        return "Choose at least one agency to ask", None
    try:
        issued = cycles.issue(actor=request.person, cycle=cycle, agencies=agencies, today=request.today)
    except cycles.CycleRefused as refused:
        if cycle.state == CycleState.CLOSED:
            messages.error(request, str(refused))
            return "", redirect("assurance:cycle", cycle.record.reference)
        return str(refused), None
    sent = letters.invite(actor=request.person, cycle=cycle, returns=issued, today=request.today)
    messages.success(
        request,
        f"{len(issued)} asked. {plural(sent, 'invitation is on its way', 'invitations are on their way')}.",
    )
    return "", redirect("assurance:cycle", cycle.record.reference)


def _leave_out(
    request: Request, cycle: Cycle, agencies: list[Agency], form: LeaveOutForm
) -> tuple[str, HttpResponse | None]:
    if not agencies:
        return "Choose at least one agency that is out of scope", None
    if not form.is_valid():
        return "", None
    try:
        left = scope.leave_out(
            actor=request.person, cycle=cycle, agencies=agencies, reason=form.cleaned_data["reason"],
            today=request.today,
        )  # fmt: skip
    except scope.ScopeRefused as refused:
        return str(refused), None
    messages.success(
        request, f"{len(left)} {'agency is' if len(left) == 1 else 'agencies are'} out of scope."
    )
    return "", _same_list(request, cycle)


def _bring_back(request: Request, cycle: Cycle, found: queries.Scope) -> HttpResponse:
    wanted = request.POST["bring_back"]
    agencies = [body.agency for body in found.bodies if str(body.agency.id) == wanted]
    try:
        scope.bring_back(actor=request.person, cycle=cycle, agencies=agencies)
    except scope.ScopeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "It is no longer out of scope. Now choose whether to ask it.")
    return _same_list(request, cycle)


def _same_list(request: Request, cycle: Cycle) -> HttpResponse:
    """The page again, narrowed as it was."""
    kept = QueryDict(mutable=True)
    kept.update({key: request.POST[key] for key in ("q", "sector", "duty") if request.POST.get(key)})
    url = reverse("assurance:issue", args=[cycle.record.reference])
    return redirect(f"{url}?{kept.urlencode()}" if kept else url)


@asks(Verb.EXPORT, "assurance.cycle")
def page(request: Request, reference: str) -> HttpResponse:
    """Who was asked, who is out of scope and why, who left while it ran: to read, for the team and the chair."""
    cycle = the_cycle(request, reference)
    must(request, Verb.EXPORT, cycle)
    found = queries.scope_of(cycle, request.today)
    gone = queries.left_while_it_ran(cycle, request.today)
    listed = ListPage(request.GET, rows=_in_a_file(found), columns=COLUMNS, caption="Who was asked")
    if listed.wants_export:
        reading.listed(request, "assurance.cycle", [cycle.record_id], verb="access.downloaded")
        return listed.export(request, f"Who was asked, {cycle.title}")
    reading.listed(request, "assurance.return", [each.record_id for each in gone])
    return render(
        request,
        "assurance/scope.html",
        {
            "cycle": cycle,
            "page": listed,
            "duties": found.duties,
            "left_out": found.of(queries.LEFT_OUT),
            "taken_back": found.of(queries.TAKEN_BACK),
            "undecided": found.of(queries.UNDECIDED),
            "gone": gone,
            "counted": queries.counted(cycle, queries.returns_in(cycle), request.today),
            "wide": True,
        },
    )


def _in_a_file(found: queries.Scope) -> list[dict[str, str]]:
    """Every agency and where it stands, in the order of the page that says whom to ask."""
    return [
        {
            "agency": body.agency.name,
            "sector": body.sector,
            "duty": body.duty,
            "where": queries.WHERE[body.where],
            "reason": body.reason,
            "decided": body.decided,
        }
        for body in found.bodies
    ]
