"""Reading a return for the board: line by line, a second score with a reason, questions, release."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.models import Grant
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.answers import framework_of
from wholestory.assurance.forms import AssignForm, FinishForm, JudgeForm, QueryForm
from wholestory.assurance.models import Cycle, Return, Stage
from wholestory.assurance.operations import moderation
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries.evidence_list import shown_with
from wholestory.assurance.queries.panel import screened
from wholestory.assurance.queries.reading import reading
from wholestory.assurance.rules.moderation import NotTheirsToModerate
from wholestory.assurance.status import status_of
from wholestory.assurance.views.finding import back_to, must, the_return, url_of
from wholestory.govuk import forms
from wholestory.partners.models import BOARD_ROLES, Person, Role, Seat

REFUSALS = (moderation.ModerationRefused, NotTheirsToModerate, CannotMove)
MODERATES = (*BOARD_ROLES, Role.QUALITY_OFFICER, Role.BUSINESS_MANAGER)


@asks(Verb.MODERATE, "assurance.return", by_grant=True)
def overview(request: Request, reference: str) -> HttpResponse:
    """Every line with both scores; what is still to be looked at."""
    ret = the_return(request, reference)
    must(request, Verb.MODERATE, ret)
    return render(
        request,
        "assurance/moderate.html",
        {
            "ret": ret, "view": reading(ret, request.today), "status": status_of(ret, request.today),
            **shown_with(ret, request.today),
            "can_judge": ret.stage in (Stage.SIGNED_OFF, Stage.ANSWERED) and not ret.record.closed_on,
            "stage": ret.stage, "screened": screened(ret),
        },
    )  # fmt: skip


@asks(Verb.MODERATE, "assurance.return", by_grant=True)
def judge(request: Request, reference: str, item: str) -> HttpResponse:
    """One line: what the agency says, and the moderated score with its reason."""
    ret = the_return(request, reference)
    must(request, Verb.MODERATE, ret)
    view, framework = reading(ret, request.today, with_history=False), framework_of(ret)
    line = view.item(item)
    if line is None:
        raise Http404
    points = [
        (point.value, f"{point.value} {point.label}" if point.value != point.label else point.label)
        for point in framework.scale.points
    ]
    descriptors = zip(framework.scale.points, framework.items[item].descriptors, strict=True)
    form = JudgeForm(
        request.POST or None,
        choices=points,
        means={point.value: words for point, words in descriptors},
        initial={"score": line.score, "reason": line.reason if line.judged else ""},
    )
    if form.is_valid():
        try:
            moderation.judge(
                actor=request.person, ret=ret, item=item, score=form.cleaned_data["score"],
                reason=form.cleaned_data["reason"], today=request.today,
            )  # fmt: skip
        except REFUSALS as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, f"Line {line.number} is recorded.")
            return redirect(reverse("assurance:moderate", args=[reference]) + f"#line-{item}")
    pieces = shown_with(ret, request.today)["shown_by"].get(item, ())
    return render(request, "assurance/judge.html", {"ret": ret, "line": line, "form": form, "pieces": pieces})


@asks(Verb.MODERATE, "assurance.return", by_grant=True)
def query(request: Request, reference: str) -> HttpResponse:
    """Send the return back with a question."""
    ret = the_return(request, reference)
    must(request, Verb.MODERATE, ret)
    framework = framework_of(ret)
    items = [(key, f"{framework.numbers[key]} {item.text}") for key, item in framework.items.items()]
    form = QueryForm(request.POST or None, items=items, initial={"item": request.GET.get("item", "")})
    if form.is_valid():
        try:
            moderation.query(
                actor=request.person, ret=ret, today=request.today,
                questions={form.cleaned_data["item"]: form.cleaned_data["words"]},
            )  # fmt: skip
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            letters.tell_query(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "The agency has your question and was told by e-mail.")
            return back_to(ret)
    return render(request, "assurance/query.html", {"ret": ret, "form": form})


@asks(Verb.MODERATE, "assurance.return", by_grant=True)
def finish(request: Request, reference: str) -> HttpResponse:
    """Moderation is done; nothing reaches the agency yet."""
    ret = the_return(request, reference)
    must(request, Verb.MODERATE, ret)
    form = FinishForm(request.POST or None)
    if form.is_valid():
        try:
            moderation.finish(
                actor=request.person, ret=ret, note=form.cleaned_data["note"], today=request.today
            )
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Moderation is finished. The board's team can release the result.")
            return back_to(ret)
    return render(
        request, "assurance/finish.html", {"ret": ret, "form": form, "view": reading(ret, request.today)}
    )


@asks(Verb.MANAGE, "assurance.return")
def release(request: Request, reference: str) -> HttpResponse:
    """Show the agency its result."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    if request.method == "POST":
        try:
            moderation.release(actor=request.person, ret=ret, today=request.today)
        except REFUSALS as refused:
            messages.error(request, str(refused))
        else:
            letters.tell_released(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "The agency can read its result and was told by e-mail.")
        return back_to(ret)
    view = reading(ret, request.today)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": f"Release the result to {ret.agency.name}?",
            "consequences": [
                f"They read every moderated score with its reason: {view.shift.lowered} lowered,"
                f" {view.shift.raised} raised.",
                "They may reply once.",
                "The rest of the board sees nothing until you release results to the board.",
            ],
            "confirm_label": "Release to the agency",
            "cancel_url": url_of(ret),
        },
    )


class ReopenForm(forms.Form):
    reason = forms.LongTextField(label="Why go back to moderation?", missing="Say why", rows=3)


@asks(Verb.MANAGE, "assurance.return")
def reopen(request: Request, reference: str) -> HttpResponse:
    """Back to moderation before release."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        try:
            moderation.reopen(
                actor=request.person, ret=ret, reason=form.cleaned_data["reason"], today=request.today
            )
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("assurance:moderate", reference)
    return render(
        request,
        "govuk/confirm.html",
        {
            "question": "Go back to moderation?",
            "form": form,
            "confirm_label": "Go back",
            "cancel_url": url_of(ret),
        },
    )


@asks(Verb.MANAGE, "assurance.return")
def assign(request: Request, reference: str) -> HttpResponse:
    """Who moderates this return."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    now = list(
        Grant.objects.filter(circle=ret.circle_id, role="moderator", withdrawn_at=None).select_related(
            "person"
        )
    )
    form = AssignForm(request.POST or None, people=_possible(ret, request))
    if request.method == "POST" and "withdraw" in request.POST:
        leaving = next((g.person for g in now if str(g.person_id) == request.POST["withdraw"]), None)
        if leaving is not None:
            moderation.unassign(actor=request.person, ret=ret, moderator=leaving, now=timezone.now())
            messages.success(request, f"{leaving.full_name} no longer moderates this return.")
        return redirect("assurance:assign", reference)
    if form.is_valid():
        chosen = Person.objects.get(pk=form.cleaned_data["moderator"])
        try:
            moderation.assign(actor=request.person, ret=ret, moderator=chosen, today=request.today)
        except REFUSALS as refused:
            form.add_error("moderator", str(refused))
        else:
            due_on = Cycle.objects.get(pk=ret.cycle_id).moderation_due_on or request.today + timedelta(
                days=28
            )
            letters.ask_moderator(actor=request.person, ret=ret, moderator=chosen, due_on=due_on)
            messages.success(request, f"{chosen.full_name} can now read and moderate this return.")
            return back_to(ret)
    return render(request, "assurance/assign.html", {"ret": ret, "form": form, "now": now})


def _possible(ret: Return, request: Request) -> list[tuple[str, str]]:
    """The board, its groups and the team, without anybody who holds any seat for the agency. Whoever sits on the board
    and in a group is named by their seat on the board."""
    held = Seat.objects.filter(board=ret.board_id, starts_on__lte=request.today).exclude(
        ends_on__lt=request.today
    )
    own = set(held.filter(agency=ret.agency_id).values_list("person_id", flat=True))
    seats = held.filter(role__in=[r.value for r in MODERATES], person__is_service=False).select_related(
        "person", "agency", "group"
    )
    rows: dict[str, str] = {}
    for seat in seats.order_by(F("group").asc(nulls_first=True), "group__name", "id"):
        if seat.person_id not in own:
            sits = ", ".join(str(each) for each in (seat.agency, seat.group) if each)
            rows.setdefault(
                str(seat.person_id), f"{seat.person.full_name} ({sits or seat.get_role_display()})"
            )
    return sorted(rows.items(), key=lambda pair: pair[1].casefold())
