"""A letter of the chair on the ladder: drafted for somebody to read and change, then kept for the chair to sign."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance.definitions.escalation import LETTERS, NOT_CHECKED, power_of
from wholestory.assurance.models import Return
from wholestory.assurance.operations import escalating
from wholestory.assurance.operations.chasing import ChaseRefused
from wholestory.assurance.queries import chasing
from wholestory.assurance.queries.addressee import Addressee, head_of, whom_written
from wholestory.assurance.rules.reminders import Party, Rung
from wholestory.assurance.views.finding import must, the_return
from wholestory.correspondence.forms import LetterForm
from wholestory.correspondence.operations import CannotSend
from wholestory.correspondence.rules.identifying import Identifying


@asks(Verb.MANAGE, "assurance.return")
def letter(request: Request, reference: str, rung: str) -> HttpResponse:
    """Prepare the letter of one rung. It is sent from its own page, once the chair has signed it."""
    ret = the_return(request, reference)
    must(request, Verb.MANAGE, ret)
    step = escalating.rung_called(rung)
    if step is None:
        raise Http404
    if why := escalating.why_not(ret, step, request.today):
        messages.error(request, why)
        return redirect("assurance:chase_one", reference)
    to = head_of(ret, request.today)
    written = ret.history.filter(move=escalating.SENT["to_chief_executive"]).exists()
    form = LetterForm(
        request.POST if request.method == "POST" else None, initial=_draft(ret, step, to, written)
    )
    if form.is_valid():
        try:
            made = escalating.prepare(
                actor=request.person, ret=ret, rung=step, text=form.text(), today=request.today,
                wanted_by_on=form.cleaned_data["wanted_by_on"],
            )  # fmt: skip
        except Identifying as said:
            for finding in said.findings:
                form.add_error(None, finding.sentence)
        except (ChaseRefused, CannotSend) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The letter waits for the chair’s signature.")
            return redirect("correspondence:letter", made.record.reference)
    return render(
        request,
        "assurance/letter.html",
        {
            "ret": ret,
            "form": form,
            "heading": LETTERS[step.key].title,
            "not_checked": NOT_CHECKED if step.key == "formal_request" else "",
            "to_board": Party.BOARD in step.recipients,
            "to": to,
            "last_contact": chasing.owed_by(ret, request.today).last_contact,
        },
    )


def _draft(ret: Return, rung: Rung, to: Addressee, written: bool) -> dict[str, str]:
    """The letter as it is first shown, to the head of the organisation by name where it is known, or to the board.
    ``written`` is whether the chair's letter to the chief executive has gone."""
    to_board = Party.BOARD in rung.recipients
    name = f"The members of {ret.board.name}" if to_board else to.name
    filled = LETTERS[rung.key].fill(
        {
            "name": name,
            "board": ret.board.name,
            "agency": ret.agency.name,
            "title": ret.title,
            "due_on": ret.extended_to or ret.due_on,
            "reference": ret.record.reference,
            "signatory": "you" if to.signs and not to_board else to.signatory or "the person who signs",
            "mailbox": ret.board.mailbox or "the address this comes from",
            "what": whom_written(to, written=written) if to_board else power_of(ret.record.edition),
        }
    )
    return {
        "to_name": name,
        "to_role": "" if to_board else to.role,
        "to_address": "" if to_board else ret.agency.mailbox,
        "subject": filled.subject,
        "body": filled.body,
    }
