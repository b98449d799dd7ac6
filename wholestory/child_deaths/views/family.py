"""The family's record: its page, its key worker, its people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import family as forms
from wholestory.child_deaths.models import Carer, FamilyRecord
from wholestory.child_deaths.operations import family as operations
from wholestory.child_deaths.queries import family as queries
from wholestory.child_deaths.queries.family_letters import ASK_ALWAYS
from wholestory.child_deaths.queries.outside import relatives
from wholestory.child_deaths.views.cases import KIND as CASE
from wholestory.child_deaths.views.cases import find as find_case
from wholestory.child_deaths.views.one_form import ask, now_of

KIND = operations.FAMILY.kind


def find(request: Request, reference: str) -> FamilyRecord:
    """The family's record, if this person may see it; otherwise the one "not found" page."""
    return reading.one(request, queries.find(), reference=reference)


def manages(request: Request, family: FamilyRecord) -> bool:
    """Whether this person runs the case, and not only speaks with the family."""
    return asking.ask(request.person, Verb.MANAGE, family, kind=KIND).yes


def back(family: FamilyRecord) -> str:
    """The family's page."""
    return reverse("child_deaths:family", args=[family.record.reference])


def posted(request: Request) -> Any:
    """What was sent, or nothing."""
    return request.POST if request.method == "POST" else None


@asks(Verb.LIST, KIND, by_grant=True)
def every(request: Request) -> HttpResponse:
    """The families this person may see: for a key worker, theirs."""
    found = queries.lines(queries.find())
    reading.shown(request, KIND, [family for family, _ in found])
    return render(request, "child_deaths/families.html", {"found": found})


@asks(Verb.READ, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """Who speaks with the family, how each wants to be reached, what they asked and were told."""
    family = find(request, reference)
    manager = manages(request, family)
    context = {
        "family": family,
        "page": queries.page(family, family.record.board.today()),
        "manages": manager,
        "ask_always": "" if manager else ASK_ALWAYS,
        "may_write": asking.ask(request.person, Verb.WRITE, family, kind=KIND).yes,
        "case_url": reverse("child_deaths:case", args=[family.case.record.reference]) if manager else "",
    }
    return render(request, "child_deaths/family.html", context)


@asks(Verb.WRITE, CASE, by_grant=True)
def begin(request: Request, reference: str) -> HttpResponse:
    """Open the family's record of a case."""
    case = find_case(request, reference)
    asking.require(request.person, Verb.WRITE, case.record)
    if request.method == "POST":
        family = operations.begin(actor=request.person, case=case, today=request.today)
        messages.success(request, "The family’s record is open.")
        return redirect(back(family))
    there = queries.find().filter(case=case).first()
    if there is not None:
        return redirect(back(there))
    return render(request, "child_deaths/family_begin.html", {"case": case})


@asks(Verb.MANAGE, KIND, by_grant=True)
def key_worker(request: Request, reference: str) -> HttpResponse:
    """Name the family's key worker."""
    family = find(request, reference)
    asking.require(request.person, Verb.MANAGE, family, kind=KIND)
    form = forms.KeyWorkerForm(posted(request))

    def do() -> None:
        operations.name_key_worker(
            actor=request.person, family=family, today=family.record.board.today(), now=now_of(family.record.board),
            **form.cleaned_data,
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="Name the key worker", label="Name the key worker",
        done="The key worker is named.", back=back(family),
        words=("They see this record and nothing of the case: not what agencies wrote, nor who is under suspicion.",),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def no_key_worker(request: Request, reference: str) -> HttpResponse:
    """Say why there is no key worker."""
    family = find(request, reference)
    asking.require(request.person, Verb.MANAGE, family, kind=KIND)
    form = forms.NoKeyWorkerForm(posted(request))

    def do() -> None:
        operations.end_key_worker(
            actor=request.person, family=family, because=form.cleaned_data["because"],
            today=family.record.board.today(), now=now_of(family.record.board),
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="There is no key worker", label="Record why",
        done="Recorded.", back=back(family), words=("Whoever is key worker now is let in no longer.",),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def add_carer(request: Request, reference: str) -> HttpResponse:
    """Add somebody of the family."""
    return _carer(request, find(request, reference), None)


@asks(Verb.WRITE, KIND, by_grant=True)
def change_carer(request: Request, reference: str, carer: UUID) -> HttpResponse:
    """Change how somebody wants to be reached."""
    family = find(request, reference)
    return _carer(request, family, carer_of(family, carer))


def carer_of(family: FamilyRecord, key: UUID) -> Carer:
    """One of the family. Raises Http404."""
    found = Carer.objects.filter(family=family, pk=key).first()
    if found is None:
        raise Http404
    return found


def _carer(request: Request, family: FamilyRecord, found: Carer | None) -> HttpResponse:
    asking.require(request.person, Verb.WRITE, family, kind=KIND)
    known = relatives(family.case) if manages(request, family) else []
    before: dict[str, Any] = {"format": Carer.Format.PLAIN, "by": Carer.By.LETTER}
    if found is not None:
        before = {key: getattr(found, key) for key in operations.WISHES}
        before["relative"] = str(found.relative_id or "")
    form = forms.CarerForm(posted(request), relatives=known, initial=before)

    def do() -> None:
        said = form.said()
        relative = next((one for one in known if str(one.pk) == said.get("relative")), None)
        operations.save_carer(actor=request.person, family=family, said=said, carer=found, relative=relative)

    return ask(
        request, form, do, reference=family.record.reference,
        heading=found.name if found else "Add somebody of the family", label="Keep it", done="Kept.",
        title="One of the family",
        back=back(family), words=("Each person has wishes of their own, also where parents live together.",),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def support(request: Request, reference: str) -> HttpResponse:
    """What the family was offered, and what they say."""
    family = find(request, reference)
    asking.require(request.person, Verb.WRITE, family, kind=KIND)
    before = {key: getattr(family, key) for key in operations.SUPPORT}
    form = forms.SupportForm(posted(request), initial=before)

    def do() -> None:
        operations.save_support(actor=request.person, family=family, said=form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="Support and memories", label="Keep it", done="Kept.",
        back=back(family),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def quiet(request: Request, reference: str) -> HttpResponse:
    """Add a day around which nothing is sent by itself."""
    family = find(request, reference)
    asking.require(request.person, Verb.WRITE, family, kind=KIND)
    form = forms.QuietForm(posted(request))

    def do() -> None:
        operations.keep_quiet(actor=request.person, family=family, **form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="Add a day to keep quiet", label="Add it", done="Added.",
        back=back(family), words=("Nothing goes out by itself around such a day. Whoever writes is told of it.",),
    )  # fmt: skip


@asks(Verb.MANAGE, KIND, by_grant=True)
def tell_date(request: Request, reference: str) -> HttpResponse:
    """Say when a meeting about the child is."""
    family = find(request, reference)
    asking.require(request.person, Verb.MANAGE, family, kind=KIND)
    form = forms.DateForm(posted(request))

    def do() -> None:
        operations.tell_date(actor=request.person, family=family, **form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="A meeting the family may hear of", label="Add the day",
        done="Added.", back=back(family), words=("The key worker sees the day, and nothing of the meeting.",),
    )  # fmt: skip
