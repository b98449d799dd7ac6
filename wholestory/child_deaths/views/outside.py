"""Pages about what runs beside a review."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wholestory.access import asking
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.child_deaths.forms import outside as forms
from wholestory.child_deaths.forms.recorded import initial
from wholestory.child_deaths.models import Case, OtherProcess, Relative
from wholestory.child_deaths.operations import outside as operations
from wholestory.child_deaths.queries import outside as queries
from wholestory.child_deaths.rules import outside as rules
from wholestory.child_deaths.rules.ages import NEONATAL_DAYS
from wholestory.child_deaths.rules.other_processes import Process
from wholestory.child_deaths.views.cases import KIND, find
from wholestory.child_deaths.views.one_form import ask, now_of


@asks(Verb.READ, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """Every process, what waits to be looked at, what was disclosed, and whom police suspect."""
    case = find(request, reference)
    context = {
        "case": case,
        "page": queries.page(case),
        "may_write": asking.ask(request.person, Verb.WRITE, case.record).yes,
    }
    return render(request, "child_deaths/processes.html", context)


def _back(case: Case) -> str:
    return reverse("child_deaths:processes", args=[case.record.reference])


@asks(Verb.WRITE, KIND, by_grant=True)
def add(request: Request, reference: str, kind: str) -> HttpResponse:
    """Record a process for the first time."""
    case = find(request, reference)
    return _process(request, case, kind, None)


@asks(Verb.WRITE, KIND, by_grant=True)
def change(request: Request, reference: str, process: UUID) -> HttpResponse:
    """Record how a process stands now."""
    case = find(request, reference)
    found = OtherProcess.objects.filter(case=case, pk=process).first()
    if found is None:
        raise Http404
    return _process(request, case, found.kind, found)


def _process(request: Request, case: Case, kind: str, found: OtherProcess | None) -> HttpResponse:
    asking.require(request.person, Verb.WRITE, case.record)
    which = next((each for each in rules.offered(case.died_on) if each.value == kind), None)
    if which is None:
        raise Http404
    fields = rules.fields_for(which, died_on=case.died_on, newborn=_newborn(case, found))
    relatives = queries.relatives(case)
    before: dict[str, Any] = {"state": "running"}
    if found is not None:
        before = {
            **initial(fields, found.facts), "state": found.state, "words": found.words,
            "about": str(found.about_id or ""), "holds_review": found.holds_review,
        }  # fmt: skip
    form = forms.ProcessForm(
        request.POST if request.method == "POST" else None, process=which, fields=fields, relatives=relatives,
        initial=before,
    )  # fmt: skip

    def do() -> None:
        said = form.cleaned_data
        operations.record(
            actor=request.person, case=case, kind=kind, state=said["state"], facts=form.facts(), words=said["words"],
            about=_relative(relatives, said.get("about")), holds_review=said.get("holds_review"), process=found,
            today=request.today, now=now_of(case.record.board),
        )  # fmt: skip

    return ask(
        request, form, do, reference=case.record.reference, heading=which.label, label="Record it", done="Recorded.",
        back=_back(case),
    )  # fmt: skip


def _newborn(case: Case, found: OtherProcess | None) -> bool:
    """Whether the newborn's certificate is asked for: by age, and by what was recorded before."""
    if found is not None and found.kind == Process.CERTIFICATE and set(found.facts) & rules.LONG_CAUSES:
        return not {"ia", "ib", "ic", "id", "ii"} & set(found.facts)
    born, died = case.child.born_on, case.died_on
    return born is not None and died is not None and 0 <= (died - born).days < NEONATAL_DAYS


def _relative(relatives: list[Relative], chosen: str | None) -> Relative | None:
    return next((one for one in relatives if str(one.pk) == chosen), None)


@asks(Verb.WRITE, KIND, by_grant=True)
def disclose(request: Request, reference: str) -> HttpResponse:
    """Note what was told or given to somebody outside."""
    case = find(request, reference)
    asking.require(request.person, Verb.WRITE, case.record)
    form = forms.DiscloseForm(request.POST if request.method == "POST" else None, today=request.today)

    def do() -> None:
        operations.disclose(actor=request.person, case=case, today=request.today, **form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="Note a disclosure", label="Note it",
        done="Noted.", back=_back(case), words=("What of this case was told or given to somebody outside, and why.",),
    )  # fmt: skip


@asks(Verb.DECIDE, KIND, by_grant=True)
def suspect(request: Request, reference: str) -> HttpResponse:
    """Record how police see one relative."""
    case = find(request, reference)
    asking.require(request.person, Verb.DECIDE, case.record)
    relatives = queries.relatives(case)
    form = forms.SuspectForm(request.POST if request.method == "POST" else None, relatives=relatives)

    def do() -> None:
        said = form.cleaned_data
        relative = _relative(relatives, said["relative"])
        if relative is None:
            raise Http404
        operations.suspect(
            actor=request.person, case=case, relative=relative, standing=said["standing"],
            police_agree=said["police_agree"], contact=said["contact"], words=said["words"], today=request.today,
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="How police see somebody of the family", label="Record it",
        done="Recorded. The family’s record stays as it was: tell the key worker what they may do, not why.",
        back=_back(case),
        words=(
            "Seen by those alone who run this case. The key worker, the family, agencies and the panel never see it.",
        ),
    )  # fmt: skip
