"""Handing a case to another panel, and answering one that was sent."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access import acting, asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.files.handover import locked_pdf
from wholestory.child_deaths.forms.transfers import AnswerForm, HandOverForm, PapersForm, ReplyForm
from wholestory.child_deaths.models import Case, Transfer, TransferReply, TransferState
from wholestory.child_deaths.operations import transfers, triage
from wholestory.child_deaths.queries import handing, notified
from wholestory.child_deaths.rules import handover
from wholestory.child_deaths.views.cases import find, moment_now
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column
from wholestory.kernel.generated import Marking, Stamp
from wholestory.pathways.rules.stages import CannotMove

KIND = "child_deaths.transfer"
COLUMNS = (
    Column("reference", "Handing over", sortable=True, sort_by=("record__reference",)),
    Column("way", "Way"),
    Column("panel", "Panel"),
    Column("sent", "Sent", sortable=True, sort_by=("sent_at",)),
    Column("state", "How it stands", sortable=True, sort_by=("state",)),
    Column("chase", ""),
)


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """What went to other panels and what came from them."""
    page = ListPage(
        request.GET,
        rows=handing.every(),
        columns=COLUMNS,
        sort="-sent",
        shape=lambda rows: handing.lines(rows, request.board, request.today),
        caption="To and from other panels",
        empty="Nothing has been handed over yet.",
    )
    if page.wants_export:
        page.matching = page.matching.exclude(circle__in=acting.only_for_reading())
        ids = list(page.matching.values_list("record_id", flat=True))
        reading.listed(request, KIND, ids, verb="access.downloaded")
        return page.export(request, "To and from other panels")
    reading.shown(request, KIND, page.rows)
    return render(request, "child_deaths/transfers.html", {"page": page, "wide": True})


@asks(Verb.MANAGE, "child_deaths.case", by_grant=True)
def hand_over(request: Request, reference: str) -> HttpResponse:
    """Send a case to the panel that was decided to lead."""
    case = find(request, reference)
    form = HandOverForm(request.POST or None)
    decided = triage.newest_lead(case)
    if form.is_valid():
        try:
            made = transfers.send(
                actor=request.person, case=case, words=form.cleaned_data["words"], now=moment_now(request),
                today=request.today,
            )  # fmt: skip
        except transfers.TransferRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Sent. The case stays ours until the other panel accepts it.")
            return redirect("child_deaths:transfer", made.record.reference)
    return render(request, "child_deaths/hand_over.html", {"case": case, "form": form, "decided": decided})


@asks(Verb.READ, KIND)
def transfer(request: Request, reference: str) -> HttpResponse:
    """One handing over: what was sent, how it stands, and the answer for whoever gives it."""
    found = reading.one(request, handing.every(), reference=reference)
    ours = found.from_panel.board_id == (request.board.pk if request.board else None)
    waits = found.state == TransferState.SENT
    case = Case.objects.select_related("record").filter(pk=found.case_id).first() if ours else None
    context = {
        "transfer": found, "ours": ours, "waits": waits, "case": case,
        "outside": found.to_panel.board_id is None,
        "may_answer": waits and not ours and asking.ask(request.person, Verb.DECIDE, found.record).yes,
        "reply": TransferReply.objects.filter(transfer=found).first() if ours else None,
        "parts": [notified.said_in(one["answers"]) for one in found.parts.get("messages", [])],
    }  # fmt: skip
    return render(request, "child_deaths/transfer.html", context)


@asks(Verb.DECIDE, KIND)
def answer(request: Request, reference: str) -> HttpResponse:
    """Take the case that another panel sent, or refuse it."""
    found = reading.one(request, handing.every(), reference=reference)
    if found.from_panel.board_id == request.board.pk:
        raise Http404
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        now = moment_now(request)
        try:
            if form.cleaned_data["accepted"] == "yes":
                case = transfers.accept(actor=request.person, transfer=found, today=request.today, now=now)
                messages.success(request, f"The case is ours now: {case.record.reference}.")
                return redirect("child_deaths:sort", case.record.reference)
            transfers.refuse(
                actor=request.person,
                transfer=found,
                words=form.cleaned_data["words"],
                today=request.today,
                now=now,
            )
        except (transfers.TransferRefused, CannotMove) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The other panel is told that you refused, and why.")
            return redirect("child_deaths:transfers")
    return render(request, "child_deaths/transfer_answer.html", {"transfer": found, "form": form})


@asks(Verb.WRITE, KIND)
def reply(request: Request, reference: str) -> HttpResponse:
    """Write down how a panel without this system answered."""
    found = _ours(request, reference)
    form = ReplyForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            transfers.record_reply(
                actor=request.person, transfer=found, accepted=said["accepted"] == "yes",
                answered_by=said["answered_by"], words=said["words"], their_reference=said["their_reference"],
                answered_on=said["answered_on"], today=request.today, now=moment_now(request),
            )  # fmt: skip
        except (transfers.TransferRefused, CannotMove) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The answer is recorded.")
            return redirect("child_deaths:transfer", reference)
    return render(request, "child_deaths/transfer_reply.html", {"transfer": found, "form": form})


@asks(Verb.WRITE, KIND)
def link(request: Request, reference: str) -> HttpResponse:
    """A link by which a panel without this system answers; shown once."""
    found = _ours(request, reference)
    made = ""
    if request.method == "POST":
        try:
            token = transfers.issue_link(actor=request.person, transfer=found, now=timezone.now())
        except transfers.TransferRefused as refused:
            messages.error(request, str(refused))
            return redirect("child_deaths:transfer", reference)
        made = f"{(settings.OPEN_ADDRESS or settings.SITE_ADDRESS).rstrip('/')}{reverse('handover:page', args=[token])}"
    return render(request, "child_deaths/transfer_link.html", {"transfer": found, "link": made})


@asks(Verb.WRITE, KIND)
def settle(request: Request, reference: str) -> HttpResponse:
    """Settle the answer that came through the link."""
    found = _ours(request, reference)
    if request.method != "POST":
        return redirect("child_deaths:transfer", reference)
    try:
        taken = transfers.settle_reply(
            actor=request.person, transfer=found, today=request.today, now=moment_now(request)
        )
    except (transfers.TransferRefused, CannotMove) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The case is theirs now." if taken else "The case stays ours, as disputed.")
    return redirect("child_deaths:transfer", reference)


@asks(Verb.WRITE, KIND)
def papers(request: Request, reference: str) -> HttpResponse:
    """The file that goes with it, locked with a password that is shown here and told by telephone."""
    found = _ours(request, reference)
    reading.must_leave(request, found)
    form = PapersForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = form.cleaned_data["password"]
        reading.listed(request, KIND, [found.record_id], verb="access.downloaded")
        stamp = Stamp(
            Marking.OFFICIAL_SENSITIVE, request.person.full_name, moment_now(request).at, request.board.name,
            request.board.is_example,
        )  # fmt: skip
        file = HttpResponse(locked_pdf(found, password=chosen, stamp=stamp), content_type="application/pdf")
        file["Content-Disposition"] = f'attachment; filename="{found.record.reference}.pdf"'
        return file
    # A password that was not shown here locks nothing: another is made, and the page says so.
    return render(
        request, "child_deaths/transfer_papers.html",
        {"transfer": found, "password": handover.password(), "refused": form.is_bound},
        status=400 if form.is_bound else 200,
    )  # fmt: skip


@asks(Verb.WRITE, KIND)
def withdraw(request: Request, reference: str) -> HttpResponse:
    """Take back what was sent and not yet answered."""
    found = _ours(request, reference)
    if request.method == "POST":
        try:
            transfers.withdraw(actor=request.person, transfer=found, now=moment_now(request))
        except transfers.TransferRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Taken back. The case is ours.")
        return redirect("child_deaths:transfer", reference)
    return render(request, "child_deaths/transfer_withdraw.html", {"transfer": found})


def _ours(request: Request, reference: str) -> Transfer:
    """A transfer that this panel sent. Whoever it was sent to finds no such page."""
    found = reading.one(request, handing.every(), reference=reference)
    if found.from_panel.board_id != request.board.pk:
        raise Http404
    return found
