"""Everything is answered, and somebody else signs: ask them to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.answers import framework_of
from wholestory.assurance.operations import returns
from wholestory.assurance.status import can_be_answered, closed_words
from wholestory.assurance.views.finding import back_to, the_return, url_of
from wholestory.assurance.views.returns import must_speak
from wholestory.assurance.views.unfinished import left_open, unfinished
from wholestory.paperwork import queries
from wholestory.partners.models import Role


@asks(Verb.WRITE, "assurance.return")
def ready(request: Request, reference: str) -> HttpResponse:
    """Who signs, and one button that asks them to."""
    ret = the_return(request, reference)
    must_speak(request, ret)
    if not can_be_answered(ret):
        if closed := closed_words(ret.record):
            messages.error(request, closed)
        return back_to(ret)
    signs = letters.Readers(ret.board_id, [ret.agency_id], request.today).of(ret.agency_id, Role.SIGNATORY)
    together = bool(framework_of(ret).signatures)
    asked = (" and " if together else " or ").join(person.full_name for person in signs)
    was = "were" if together and len(signs) > 1 else "was"
    filled = queries.filled(ret.answers)
    missing = unfinished(filled, reference, request.today)
    nothing = filled.sheet.progress(today=request.today).said == 0
    if missing or nothing:
        return render(
            request,
            "assurance/not_ready.html",
            {"ret": ret, "missing": missing, "nothing": nothing, "who": asked or "The person who signs"},
        )
    if request.method == "POST" and signs:
        try:
            returns.ask_to_sign(actor=request.person, ret=ret, today=request.today)
        except returns.ReturnRefused as refused:
            # Somebody emptied an answer, or signed, a moment ago: the page shows what stands now.
            messages.error(request, str(refused))
            return redirect("assurance:ready", reference)
        letters.ready_to_sign(actor=request.person, ret=ret, today=request.today)
        messages.success(request, f"{asked} {was} asked to read the answers and sign.")
        return back_to(ret)
    if not signs:
        messages.error(
            request,
            "Nobody is named to sign for your organisation. Ask the board's team to name the person who signs.",
        )
        return back_to(ret)
    return render(
        request,
        "assurance/ready.html",
        {
            "left_open": left_open(filled, reference),
            "question": f"Ask {asked} to sign?",
            "consequences": [
                f"{asked} {'get' if was == 'were' else 'gets'} an e-mail with a link,"
                f" {'read' if was == 'were' else 'reads'} the answers and {'sign' if was == 'were' else 'signs'}.",
                *_who_signs(framework_of(ret).signatures, len(signs)),
                "You can still change answers until then.",
            ],
            "confirm_label": "Ask them to sign",
            "cancel_url": url_of(ret),
        },
    )


def _who_signs(posts: tuple[str, ...], named: int) -> list[str]:
    """Where several posts sign: which, and whether enough people are named."""
    if not posts:
        return []
    told = [f"It is signed by the {' and the '.join(posts)}, each a different person."]
    if named < len(posts):
        told.append(
            f"Only {named} {'person is' if named == 1 else 'people are'} named to sign so far. Ask the board's team to"
            " name the others."
        )
    return told
