"""The senior officer's part: what is still missing first, then the declaration; or a nil return."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.assurance import letters
from wholestory.assurance.forms import NilForm, SignForm
from wholestory.assurance.models import Return
from wholestory.assurance.operations import cycles, returns
from wholestory.assurance.operations.moving import CannotMove
from wholestory.assurance.queries.reading import reading
from wholestory.assurance.status import OPEN_STAGES
from wholestory.assurance.views.finding import back_to, must, the_return
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork import queries
from wholestory.paperwork.faces.base import name_of

REFUSALS = (returns.ReturnRefused, cycles.CycleRefused, CannotMove)
#: More than this on one page of the form are told as one line: nobody reads a list of a hundred.
TOLD_SINGLY = 4


@dataclass(frozen=True)
class Missing:
    """One thing that stands in the way of signing, with the link to where it is put right."""

    words: str
    url: str


def _missing(ret: Return, request: Request) -> list[Missing]:
    filled = queries.filled(ret.answers)
    reference = ret.record.reference
    told = [
        Missing(
            f"Two people wrote the same answer: choose between them ({each.label})",
            reverse("assurance:form_compare", args=[reference]),
        )
        for each in queries.open_clashes(filled)
    ]
    problems = filled.sheet.problems(request.today)
    for page, found in groupby(problems, key=lambda problem: problem.page):
        url = reverse("assurance:form_page", args=[reference, page.key])
        some = list(found)
        if len(some) > TOLD_SINGLY:
            told.append(Missing(f"{page.title}: {len(some)} things to answer or put right", url))
            continue
        for one in some:
            asked = filled.form.asked[one.place.key]
            where = asked.section.title or page.title
            problem = "is not answered" if one.is_blank else one.message
            words = f"{where} “{asked.question.label}” {problem}"
            told.append(Missing(words, f"{url}#q-{name_of(one.place)}"))
    return told


@asks(Verb.DECIDE, "assurance.return")
def sign(request: Request, reference: str) -> HttpResponse:
    """What is missing, each with its link; once nothing is, the declaration."""
    ret = the_return(request, reference)
    must(request, Verb.DECIDE, ret)
    form = SignForm(request.POST or None, initial={"post": request.person.job_title})
    missing = _missing(ret, request) if ret.stage in OPEN_STAGES else []
    if not missing and form.is_valid():
        try:
            returns.sign_off(
                actor=request.person, ret=ret, post=form.cleaned_data["post"], today=request.today, now=timezone.now()
            )  # fmt: skip
        except paperwork.NotReady:
            # Somebody changed an answer between the two looks.
            missing = _missing(ret, request)
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            letters.thank(actor=request.person, ret=ret, today=request.today)
            messages.success(request, "Signed off and sent to the board. Thank you.")
            return back_to(ret)
    return render(
        request,
        "assurance/sign.html",
        {
            "ret": ret, "form": form, "declaration": returns.DECLARATION, "missing": missing,
            "view": None if missing else reading(ret, request.today),
            "page_has_errors": bool(missing) and request.method == "POST",
        },
    )  # fmt: skip


@asks(Verb.DECIDE, "assurance.return")
def nil(request: Request, reference: str) -> HttpResponse:
    """A signed nil return, with its reason."""
    ret = the_return(request, reference)
    must(request, Verb.DECIDE, ret)
    form = NilForm(request.POST or None, initial={"post": request.person.job_title})
    if form.is_valid():
        try:
            returns.sign_nil(
                actor=request.person, ret=ret, post=form.cleaned_data["post"], reason=form.cleaned_data["reason"],
                today=request.today, now=timezone.now(),
            )  # fmt: skip
        except REFUSALS as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The nil return is signed and the board has it.")
            return back_to(ret)
    return render(
        request, "assurance/nil.html", {"ret": ret, "form": form, "declaration": returns.DECLARATION}
    )
