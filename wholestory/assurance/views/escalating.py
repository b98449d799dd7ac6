"""A letter of the chair on the ladder: drafted for somebody to read and change, then kept for the chair to sign."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.definitions.escalation import LETTERS, NOT_CHECKED, power_of
from wholestory.assurance.models import Return
from wholestory.assurance.operations import escalating
from wholestory.assurance.operations.chasing import ChaseRefused
from wholestory.assurance.queries import chasing
from wholestory.assurance.rules.reminders import Party, Rung
from wholestory.assurance.views.finding import must, the_return
from wholestory.correspondence.forms import LetterForm
from wholestory.correspondence.operations import CannotSend
from wholestory.correspondence.rules.identifying import Identifying
from wholestory.partners.models import Role


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
    form = LetterForm(request.POST if request.method == "POST" else None, initial=_draft(request, ret, step))
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
            "rung": step,
            "not_checked": NOT_CHECKED if step.key == "formal_request" else "",
            "signatory": _signatory(ret, request),
            "last_contact": chasing.owed_by(ret, request.today).last_contact,
        },
    )


def _signatory(ret: Return, request: Request) -> str:
    signs = letters.Readers(ret.board_id, [ret.agency_id], request.today).of(ret.agency_id, Role.SIGNATORY)
    return signs[0].full_name if signs else ""


def _draft(request: Request, ret: Return, rung: Rung) -> dict[str, str]:
    """The letter as it is first shown. It is to the post: whoever holds it is put in by whoever prepares the letter."""
    to_board = Party.BOARD in rung.recipients
    name = f"The members of {ret.board.name}" if to_board else "Chief Executive"
    filled = LETTERS[rung.key].fill(
        {
            "name": name,
            "board": ret.board.name,
            "agency": ret.agency.name,
            "title": ret.title,
            "due_on": ret.extended_to or ret.due_on,
            "reference": ret.record.reference,
            "signatory": _signatory(ret, request) or "the person who signs",
            "mailbox": ret.board.mailbox or "the address this comes from",
            "what": power_of(ret.record.edition),
        }
    )
    return {
        "to_name": name,
        "to_role": "" if to_board else ret.agency.name,
        "to_address": "" if to_board else ret.agency.mailbox,
        "subject": filled.subject,
        "body": filled.body,
    }
