"""The chase list: who owes what, and the next message drafted for each."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import acting, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.forms import ChaseForm
from wholestory.assurance.models import Return, Stage
from wholestory.assurance.operations import chasing as operations
from wholestory.assurance.operations.escalating import rung_called
from wholestory.assurance.queries import chasing
from wholestory.assurance.rules.reminders import Rung
from wholestory.assurance.status import closed_words
from wholestory.assurance.views.finding import back_to, can, must, the_cycle, the_return
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Message, Status
from wholestory.correspondence.rules.identifying import Identifying
from wholestory.govuk.lists import ListPage
from wholestory.govuk.parts import Column

COLUMNS = (
    Column("agency", "Agency"),
    Column("why", "Why"),
    Column("due_on", "Due by"),
    Column("days_late", "Days late", numeric=True),
    Column("contact", "Contact"),
    Column("last_contact", "Last contact"),
    Column("next_words", "Next step"),
)
#: How many agencies a page shows at once: the latest come first, and a large board has hundreds.
PER_PAGE = 50


@asks(Verb.EXPORT, "assurance.cycle")
def chase_list(request: Request, reference: str) -> HttpResponse:
    """One line per agency that owes something, the latest first."""
    cycle = the_cycle(request, reference)
    must(request, Verb.EXPORT, cycle)
    lines = chasing.owed(cycle, request.today)
    page = ListPage(request.GET, rows=lines, columns=COLUMNS, caption="Chase list", per_page=PER_PAGE)
    if page.wants_export:
        kept_here = set(
            Return.objects.filter(cycle=cycle, circle__in=acting.only_for_reading()).values_list(
                "record_id", flat=True
            )
        )
        page.matching = [line for line in lines if line.record_id not in kept_here]
        ids = [line.record_id for line in page.matching]
        reading.listed(request, "assurance.return", ids, verb="access.downloaded")
        return page.export(request, f"Chase list, {cycle.title}")
    reading.listed(request, "assurance.return", [line.record_id for line in page.rows])
    context = {
        "page": page,
        "cycle": cycle,
        "lines": lines,
        "wide": True,
        "may_manage": can(request, Verb.MANAGE, cycle),
        "asked": bool(lines) or Return.objects.filter(cycle=cycle).exclude(stage=Stage.WITHDRAWN).exists(),
    }
    return render(request, "assurance/chase_list.html", context)


@asks(Verb.MANAGE, "assurance.return")
def chase(request: Request, reference: str) -> HttpResponse:
    """The next message to one agency, drafted to be read and changed; or a note of another way of reaching them."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    if closed := closed_words(ret.record):
        messages.error(request, closed)
        return back_to(ret)
    line = chasing.owed_by(ret, request.today)
    drafts = _drafts(request, ret, line) if line.next_step else []
    form = ChaseForm(request.POST if "note" in request.POST else None, steps=_steps(line))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        operations.note(
            actor=request.person,
            ret=ret,
            how=said["how"],
            words=said["words"],
            rung=said["rung"],
            today=request.today,
        )
        messages.success(request, "Noted.")
        return redirect("assurance:chase", ret.cycle.record.reference)
    error, error_at = "", ""
    if "send" in request.POST:
        # What was read is what goes: a draft that was stopped, or another that took its place, is read first.
        drafts_read = [draft for draft in drafts if f"body-{draft.id}" in request.POST]
        if not drafts_read:
            messages.error(
                request, "Nothing was sent: where this return stands has changed. Read what comes next."
            )
            return redirect("assurance:chase_one", reference)
        drafts = drafts_read
        error, error_at = _send(request, drafts)
        if not error:
            messages.success(
                request, f"{len(drafts)} {'message is' if len(drafts) == 1 else 'messages are'} on the way."
            )
            return redirect("assurance:chase", ret.cycle.record.reference)
    return render(
        request,
        "assurance/chase.html",
        {
            "ret": ret,
            "line": line,
            "drafts": drafts,
            "letters": [step for step in _steps(line) if rung_called(step.key)] if not line.letter else [],
            "form": form,
            "error": error,
            "error_at": error_at,
            "page_has_errors": bool(error),
        },
    )


def _steps(line: chasing.Owed) -> list[Rung]:
    """The steps that can be taken, or left out, now."""
    return [step.rung for step in (*((line.next_step,) if line.next_step else ()), *line.decisions)]


def _drafts(request: Request, ret: Return, line: chasing.Owed) -> list[Message]:
    if line.next_step is None:
        return []
    made = letters.draft_step(actor=request.person, ret=ret, rung=line.next_step.rung, today=request.today)
    return [message for message in made if message.status == Status.DRAFT]


def _send(request: Request, drafts: list[Message]) -> tuple[str, str]:
    """Send the drafts as they stand on the page. What stands in the way and at which field, or nothing."""
    for message in drafts:
        body = request.POST.get(f"body-{message.id}", message.body)
        subject = request.POST.get(f"subject-{message.id}", message.subject)
        address = request.POST.get(f"to-{message.id}", message.to_address)
        try:
            # Both or neither: a draft left with another address would be another draft, and this one's words lost.
            with transaction.atomic():
                changed = post.change(
                    actor=request.person, message=message, to_address=address, subject=subject, body=body
                )
                post.send(actor=request.person, message=changed)
        except (post.CannotSend, Identifying) as refused:
            message.subject, message.body, message.to_address = subject, body, address
            return str(refused), f"{'body' if address.strip() else 'to'}-{message.id}"
    return "", ""
