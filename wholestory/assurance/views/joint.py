"""Boards that ask together: inviting others, joining a round, and what all of them know of it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.forms.joint import JoinForm, ProposeForm
from wholestory.assurance.models import Cycle, CycleState, JointRound
from wholestory.assurance.operations import joint as operations
from wholestory.assurance.operations.cycles import CycleRefused
from wholestory.assurance.operations.shared_answers import core_of
from wholestory.assurance.queries import joint as queries
from wholestory.assurance.queries.later import warnings_before_joint
from wholestory.assurance.views.finding import must, the_cycle
from wholestory.partners.models import Board

REFUSALS = (operations.JointRefused, CycleRefused)


@asks(Verb.MANAGE, "assurance.cycle")
def propose(request: Request, reference: str) -> HttpResponse:
    """Invite other boards to ask this cycle's questions together."""
    cycle = the_cycle(request, reference)
    must(request, Verb.MANAGE, cycle)
    if cycle.state == CycleState.CLOSED:
        messages.error(request, operations.CLOSED)
        return redirect("assurance:cycle", reference)
    others = _others(request.board, cycle.joint_round)
    form = ProposeForm(request.POST or None, boards=others)
    if form.is_valid():
        chosen = [board for board in others if str(board.id) in form.cleaned_data["boards"]]
        try:
            joint = operations.propose(actor=request.person, cycle=cycle, boards=chosen, today=request.today)
        except REFUSALS as refused:
            form.add_error("boards", str(refused))
        else:
            messages.success(request, "Their teams find the invitation on their page of self-audits.")
            return redirect("assurance:joint", joint.id)
    warnings = warnings_before_joint(cycle, request.today)
    context = {"cycle": cycle, "form": form, "others": others, "warnings": warnings}
    return render(request, "assurance/joint_propose.html", context)


def _others(board: Board, joint: JointRound | None) -> list[Board]:
    """The boards of the same kind that work today and were not invited yet."""
    rows = Board.objects.filter(kind=board.kind).exclude(pk=board.pk).exclude(valid_to__lt=board.today())
    if joint is not None:
        rows = rows.exclude(joint_rounds__round=joint)
    return list(rows.order_by("name"))


@asks(Verb.MANAGE, "assurance.cycle", no_line="an agreement between boards names no agency")
def joint_round(request: Request, joint: UUID) -> HttpResponse:
    """The round as each of its boards' teams sees it: who takes part, and figures of all together."""
    found = _the_round(request, joint)
    own = Cycle.objects.filter(joint_round=found, board=request.board).select_related("record").first()
    if own is not None:
        reading.listed(request, "assurance.cycle", [own.record_id])
    return render(
        request,
        "assurance/joint.html",
        {
            "joint": found,
            "core": core_of(found),
            "partners": queries.partners(found),
            "own": own,
            "combined": queries.combined(found, request.board) if own else None,
            "leads": found.lead_id == request.board.id,
            "wide": True,
        },
    )


@asks(Verb.MANAGE, "assurance.cycle", no_line="an empty form shows no record")
def join(request: Request, joint: UUID) -> HttpResponse:
    """Take part with a cycle of this board's own."""
    found = _the_round(request, joint)
    offered = operations.offered(found)
    form = JoinForm(
        request.POST or None, offered=offered, core=core_of(found), today=request.today,
        initial={"title": found.title},
    )  # fmt: skip
    if form.is_valid():
        wanted = form.cleaned_data
        key, _, version = wanted["framework"].rpartition(":")
        try:
            cycle = operations.join(
                actor=request.person, joint=found, board=request.board, title=wanted["title"], framework=key,
                framework_version=int(version), opens_on=wanted["opens_on"], due_on=wanted["due_on"],
                today=request.today,
            )  # fmt: skip
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Your board takes part. Now choose whom to ask.")
            return redirect("assurance:issue", cycle.record.reference)
    return render(request, "assurance/joint_join.html", {"joint": found, "form": form})


def _the_round(request: Request, joint: UUID) -> JointRound:
    found = queries.round_for(request.board, joint)
    if found is None:
        raise Http404
    return found
