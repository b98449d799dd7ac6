"""The senior officer's part: what is still missing first, then the declaration; or a nil return."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.definitions.declarations import SENIOR_OFFICER
from wholestory.assurance.forms import NilForm, SignForm
from wholestory.assurance.forms.signing import SignAsForm
from wholestory.assurance.models import Return, SignOff
from wholestory.assurance.operations import cycles, returns
from wholestory.assurance.operations.as_read import as_read
from wholestory.assurance.operations.minutes import told
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.operations.signing_along import sign_along
from wholestory.assurance.queries.evidence_list import shown_with
from wholestory.assurance.queries.interim import since
from wholestory.assurance.queries.reading import reading
from wholestory.assurance.queries.signatures import Signatures, signatures
from wholestory.assurance.status import OPEN_STAGES, closed_words
from wholestory.assurance.views.finding import back_to, must, the_return
from wholestory.assurance.views.unfinished import Missing, at, unfinished
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork import queries
from wholestory.paperwork.faces.base import name_of

REFUSALS = (returns.ReturnRefused, cycles.CycleRefused, CannotMove)


def _revisions(filled: queries.Filled) -> dict[str, int]:
    """How often each answer that applies was saved, by its name on the page: what is shown to be signed."""
    return {name_of(place): filled.revision(place) for place in filled.sheet.places}


def _changed(filled: queries.Filled, reference: str, shown: str) -> list[Missing]:
    """The answers that are not what stood on the page when it was opened. ``shown`` is what that page carried."""
    before = dict(part.rpartition(":")[::2] for part in shown.split())
    places = filled.sheet.places
    return [
        at(filled, reference, place)
        for place in places
        if before.get(name_of(place), "0") != str(filled.revision(place))
    ]


def _not_now(request: Request, ret: Return) -> HttpResponse | None:
    """The return's own page, with a sentence that says why there is nothing to sign; None while there is."""
    ret.refresh_from_db(fields=["stage"])
    if closed := closed_words(ret.record):
        messages.error(request, closed)
    elif ret.stage in OPEN_STAGES:
        return None
    else:
        signed = SignOff.objects.filter(return_of=ret, withdrawn_on=None).order_by("-signed_at").first()
        who = "" if signed is None else "You" if signed.person_id == request.person.id else str(signed.person)
        on = f" on {signed.signed_on.day} {signed.signed_on:%B %Y}" if signed else ""
        messages.info(
            request, f"{who} signed this return{on}." if who else "There is nothing to sign here now."
        )
    return back_to(ret)


@asks(Verb.DECIDE, "assurance.return")
def sign(request: Request, reference: str) -> HttpResponse:
    """What is missing, each with its link; once nothing is, the declaration over the answers as they are shown."""
    ret = the_return(request, reference)
    must(request, Verb.DECIDE, ret)
    if elsewhere := _not_now(request, ret):
        return elsewhere
    given = signatures(ret)
    if (mine := given.by(request.person.id)) is not None:
        messages.info(request, f"You have signed as {mine.post}. The return waits for {given.awaited_words}.")
        return back_to(ret)
    form = _form(request, given)
    # Before the answers are read for the page: what is saved in between is then found to be changed.
    filled = queries.filled(ret.answers)
    missing, changed = unfinished(filled, reference, request.today), list[Missing]()
    if not missing and form.is_valid():
        post = form.cleaned_data["post"]
        try:
            signed = returns.sign_off(
                actor=request.person, ret=ret, post=post, today=request.today, now=timezone.now(),
                read=request.POST.get("read", ""),
            )  # fmt: skip
            told(actor=request.person, ret=ret, signed=signed, minutes=form.cleaned_data["minutes"])
        except (paperwork.NotReady, paperwork.NotAsRead) as refused:
            # Somebody changed an answer after this page was opened: what they sign is shown to them once more.
            filled = queries.filled(ret.answers)
            missing = unfinished(filled, reference, request.today)
            changed = _changed(filled, reference, request.POST.get("revisions", ""))
            given = signatures(ret)
            form = _form(request, given, again=str(refused))
        except (*REFUSALS, paperwork.NotOpen) as refused:
            if elsewhere := _not_now(request, ret):
                return elsewhere
            form.add_error(None, str(refused))
        else:
            if ret.stage in OPEN_STAGES:
                return _signed_in_part(request, ret)
            letters.thank(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "Signed off and sent to the board. Thank you.")
            _along(request, ret, post)
            return back_to(ret)
    return render(
        request,
        "assurance/sign.html",
        {
            "ret": ret, "form": form, "missing": missing, "changed": changed,
            "declaration": "" if given.wanted else SENIOR_OFFICER.words,
            "read": as_read(ret, filled), "given": given,
            "revisions": " ".join(f"{name}:{number}" for name, number in _revisions(filled).items()),
            **({"view": None} if missing else _to_read(ret, request)),
            "since": since(ret),
            "page_has_errors": request.method == "POST",
        },
    )  # fmt: skip


def _to_read(ret: Return, request: Request) -> dict[str, object]:
    """The answers, and the evidence under each line."""
    return {"view": reading(ret, request.today), **shown_with(ret, request.today)}


def _along(request: Request, ret: Return, post: str) -> None:
    """The same answers, asked by other boards with nothing besides, are signed with this signature."""
    others = sign_along(actor=request.person, ret=ret, post=post, today=request.today, now=timezone.now())
    for one in others:
        letters.thank(actor=request.person, ret=one, today=request.today)
    if others:
        names = " and ".join(one.board.name for one in others)
        messages.success(request, f"Your signature also went to {names}, which asked the same questions.")


def _form(request: Request, given: Signatures, **more: str) -> SignForm | SignAsForm:
    """One post of one's own words, or one of those that must sign and have not."""
    if given.wanted:
        return SignAsForm(request.POST or None, awaited=given.awaited, **more)
    return SignForm(request.POST or None, initial={"post": request.person.job_title}, **more)


def _signed_in_part(request: Request, ret: Return) -> HttpResponse:
    """The others who sign are asked to, and this person is told whom the return waits for."""
    given = signatures(ret)
    asked = letters.ask_the_others_to_sign(
        actor=request.person, ret=ret, signed=[one.person_id for one in given.holding], today=request.today
    )
    mine = given.by(request.person.id)
    signed = f"You have signed as {mine.post}. " if mine else ""
    if asked:
        names = " and ".join(one.full_name for one in asked)
        messages.success(
            request, f"{signed}The return waits for {given.awaited_words}: {names} was asked by e-mail."
        )
    else:
        messages.success(
            request,
            f"{signed}The return waits for {given.awaited_words}. Nobody else is named to sign for your organisation:"
            " ask the board's team to name them.",
        )
    return back_to(ret)


@asks(Verb.DECIDE, "assurance.return")
def nil(request: Request, reference: str) -> HttpResponse:
    """A signed nil return, with its reason."""
    ret = the_return(request, reference)
    must(request, Verb.DECIDE, ret)
    if elsewhere := _not_now(request, ret):
        return elsewhere
    form = NilForm(request.POST or None, initial={"post": request.person.job_title})
    if form.is_valid():
        try:
            signed = returns.sign_nil(
                actor=request.person, ret=ret, post=form.cleaned_data["post"], reason=form.cleaned_data["reason"],
                today=request.today, now=timezone.now(),
            )  # fmt: skip
            told(actor=request.person, ret=ret, signed=signed, minutes=form.cleaned_data["minutes"])
        except REFUSALS as refused:
            if elsewhere := _not_now(request, ret):
                return elsewhere
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The nil return is signed and the board has it.")
            return back_to(ret)
    return render(
        request, "assurance/nil.html", {"ret": ret, "form": form, "declaration": SENIOR_OFFICER.words}
    )
