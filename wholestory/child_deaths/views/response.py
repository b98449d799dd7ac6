"""Pages of the first response to a death."""

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
from wholestory.child_deaths.forms import response as forms
from wholestory.child_deaths.forms.recorded import initial, moment, of_moment
from wholestory.child_deaths.models import Case, ResponseStep, ResponseTask
from wholestory.child_deaths.operations import response as operations
from wholestory.child_deaths.queries import response as queries
from wholestory.child_deaths.rules import response_steps
from wholestory.child_deaths.views.cases import KIND, find
from wholestory.child_deaths.views.one_form import ask, now_of

REFUSED = (operations.NotRecorded, asking.NotForYou)


@asks(Verb.READ, KIND)
def page(request: Request, reference: str) -> HttpResponse:
    """The response: decided or not, what was done, who does what next, what the record still lacks."""
    case = find(request, reference)
    found = queries.page(case, now_of(case.record.board))
    context = {
        "case": case,
        "page": found,
        "may_write": asking.ask(request.person, Verb.WRITE, case.record).yes,
        "may_decide": asking.ask(request.person, Verb.DECIDE, case.record).yes,
    }
    return render(request, "child_deaths/response.html", context)


def _back(case: Case) -> str:
    return reverse("child_deaths:response", args=[case.record.reference])


def _posted(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


@asks(Verb.DECIDE, KIND, by_grant=True)
def decide(request: Request, reference: str) -> HttpResponse:
    """Decide whether a response is opened."""
    case = find(request, reference)
    asking.require(request.person, Verb.DECIDE, case.record)
    form = forms.DecideForm(_posted(request), regime=case.regime)

    def do() -> None:
        said = form.cleaned_data
        operations.decide(
            actor=request.person, case=case, opens=said["opens"], criteria=said["criteria"], reason=said["reason"],
            decided_by=said["decided_by"], decided=moment(form, "decided"), now=now_of(case.record.board),
        )  # fmt: skip

    name = response_steps.response_name(case.regime)
    return ask(
        request, form, do, reference=reference, heading=f"{name}: yes or no?", label="Record the decision",
        done="The decision is recorded. Earlier ones stay on the record.", back=_back(case),
        words=("It is not the same question as whether the death was expected.",),
    )  # fmt: skip


@asks(Verb.DECIDE, KIND, by_grant=True)
def expected(request: Request, reference: str) -> HttpResponse:
    """Say whether the death was expected."""
    case = find(request, reference)
    asking.require(request.person, Verb.DECIDE, case.record)
    form = forms.ExpectedForm(_posted(request))

    def do() -> None:
        said = form.cleaned_data
        operations.say_expected(
            actor=request.person, case=case, expected=said["expected"], confirmed=said["confirmed"],
            reason=said["reason"], decided_by=said["decided_by"], decided=moment(form, "decided"),
            now=now_of(case.record.board),
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading="Was the death expected?", label="Record the answer",
        done="The answer is recorded. Earlier ones stay on the record.", back=_back(case),
        words=("Where nobody is sure, treat it as unexpected until the designated doctor has decided.",),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def add(request: Request, reference: str, kind: str) -> HttpResponse:
    """Record one step."""
    return _step(request, reference, kind, None)


@asks(Verb.WRITE, KIND, by_grant=True)
def correct(request: Request, reference: str, step: UUID) -> HttpResponse:
    """Replace a step that was recorded wrongly; it stays on the record."""
    case = find(request, reference)
    found = ResponseStep.objects.prefetch_related("people").filter(case=case, pk=step).first()
    if found is None:
        raise Http404
    return _step(request, reference, found.kind, found)


def _step(request: Request, reference: str, kind: str, earlier: ResponseStep | None) -> HttpResponse:
    case = find(request, reference)
    asking.require(request.person, Verb.WRITE, case.record)
    step = next((each for each in response_steps.steps_for(case.regime) if each.key == kind), None)
    if step is None:
        raise Http404
    before: dict[str, Any] = {}
    if earlier is not None:
        people = sorted(earlier.people.all(), key=lambda each: each.created_at)
        before = {
            **initial(step.fields, earlier.facts), **of_moment("at", earlier.at, earlier.precision),
            "words": earlier.words,
            "people": "\n".join(", ".join(p for p in (e.name, e.role, e.organisation) if p) for e in people),
        }  # fmt: skip
    form = forms.StepForm(_posted(request), step=step, initial=before)

    def do() -> None:
        operations.add_step(
            actor=request.person, case=case, kind=kind, at=moment(form, "at"), facts=form.facts(),
            people=form.cleaned_data.get("people") or "", words=form.cleaned_data["words"],
            now=now_of(case.record.board), replaces=earlier,
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading=step.title(case.regime), label="Record it", done="Recorded.",
        back=_back(case), words=(step.hint,) if step.hint else (),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def add_task(request: Request, reference: str) -> HttpResponse:
    """Record what an agency does next."""
    case = find(request, reference)
    asking.require(request.person, Verb.WRITE, case.record)
    form = forms.TaskForm(_posted(request))

    def do() -> None:
        operations.add_task(actor=request.person, case=case, today=request.today, **form.cleaned_data)

    return ask(
        request, form, do, reference=reference, heading="What does an organisation do next?", label="Add it",
        done="Added.", back=_back(case),
    )  # fmt: skip


@asks(Verb.WRITE, KIND, by_grant=True)
def task_done(request: Request, reference: str, task: UUID) -> HttpResponse:
    """Record that an agency has done what it was to do."""
    case = find(request, reference)
    found = ResponseTask.objects.select_related("case__record").filter(case=case, pk=task).first()
    if found is None:
        raise Http404
    asking.require(request.person, Verb.WRITE, case.record)
    form = forms.TaskDoneForm(_posted(request), today=request.today)

    def do() -> None:
        operations.task_done(
            actor=request.person, task=found, done_on=form.cleaned_data["done_on"],
            words=form.cleaned_data["words"], today=request.today,
        )  # fmt: skip

    return ask(
        request, form, do, reference=reference, heading=f"Done: {found.organisation}", label="Record that it is done",
        done="Recorded.", back=_back(case), words=(found.words,),
    )  # fmt: skip
