"""What is done with a challenge: a page for each step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions.operations import ActionRefused
from wholestory.challenge.challenges import forms, operations, queries, settling
from wholestory.challenge.challenges.views import KIND, find, may
from wholestory.challenge.models import Challenge
from wholestory.correspondence.clock import moment_of
from wholestory.kernel.working_days import ENGLAND_AND_WALES


@asks(Verb.READ, KIND)
def answer(request: Request, reference: str) -> HttpResponse:
    """The agency's answer: kept as a draft, or sent."""
    found = _may(request, reference, Verb.WRITE)
    form = forms.AnswerForm(request.POST or None, initial={"words": found.draft})
    keep = "keep" in request.POST

    def do() -> None:
        words = form.cleaned_data["words"]
        if keep:
            operations.keep_draft(actor=request.person, challenge=found, words=words)
        else:
            operations.answer(actor=request.person, challenge=found, words=words, **_when(request))

    done = "Kept. The group does not see it yet." if keep else "Sent. Those who decide were told by e-mail."
    return _step(request, found, form, do, "Answer the challenge", "Send the answer", done, draft=True)


@asks(Verb.READ, KIND)
def ask_more(request: Request, reference: str) -> HttpResponse:
    """The answer is not enough."""
    found = _may(request, reference)
    form = _with_day(request, found, "What more do you ask?")

    def do() -> None:
        operations.ask_more(actor=request.person, challenge=found, **form.cleaned_data, **_when(request))

    return _step(request, found, form, do, "Ask more", "Ask the agency", "The agency’s people were told.")


@asks(Verb.READ, KIND)
def give_time(request: Request, reference: str) -> HttpResponse:
    """More time, with the reason."""
    found = _may(request, reference)
    form = _with_day(request, found, "Why is more time given?")

    def do() -> None:
        said = form.cleaned_data
        operations.give_time(
            actor=request.person, challenge=found, due_on=said["due_on"], reason=said["words"], **_when(request)
        )  # fmt: skip

    return _step(
        request, found, form, do, "Give more time", "Give more time", "The first day stays on the record."
    )


@asks(Verb.READ, KIND)
def escalate(request: Request, reference: str) -> HttpResponse:
    """To the next step of the board's ladder."""
    found = _may(request, reference)
    rungs = queries.ladder_of(found.board)
    onto = rungs[min(found.level + 1, len(rungs) - 1)]
    form = _with_day(request, found, "Why is it taken further?", days=onto.days)

    def do() -> None:
        operations.escalate(actor=request.person, challenge=found, **form.cleaned_data, **_when(request))

    note = f"It goes to: {onto.to}." if found.level + 1 < len(rungs) else ""
    return _step(
        request, found, form, do, "Take it further", "Take it further", "It was taken further.", note=note
    )


@asks(Verb.READ, KIND)
def agree_action(request: Request, reference: str) -> HttpResponse:
    """An action of the agency because of the challenge."""
    found = _may(request, reference)
    form = forms.ActionForm(request.POST or None, board=found.board, initial={"measure_code": found.measure})

    def do() -> None:
        settling.agree_action(actor=request.person, challenge=found, **form.cleaned_data, **_when(request))

    return _step(
        request, found, form, do, "Agree an action", "Agree the action", "The action was opened.",
        note=f"{found.agency.name} does it. The board’s team closes it once it has seen what shows it was done.",
    )  # fmt: skip


@asks(Verb.READ, KIND)
def settle(request: Request, reference: str) -> HttpResponse:
    """The decision."""
    found = _may(request, reference)
    form = forms.SettleForm(request.POST or None)

    def do() -> None:
        settling.settle(actor=request.person, challenge=found, **form.cleaned_data, **_when(request))

    return _step(request, found, form, do, "Settle the challenge", "Settle it", "The challenge is settled.")


@asks(Verb.READ, KIND)
def withdraw(request: Request, reference: str) -> HttpResponse:
    """Taken back, by whoever put it or those who decide."""
    found = find(request, reference)
    if not may(request, Verb.DECIDE, found) and found.raised_by_id != request.person.id:
        raise Http404
    return _words(request, found, settling.withdraw, "Withdraw the challenge", "Why?", "It was withdrawn.")


@asks(Verb.READ, KIND)
def difference(request: Request, reference: str) -> HttpResponse:
    """What difference it made."""
    found = _may(request, reference)
    return _words(
        request, found, settling.say_difference, "What difference it made",
        "What is different for children because of it, and how do you know? “None that we can see” is an answer.",
        "Saved.",
    )  # fmt: skip


def _may(request: Request, reference: str, verb: Verb = Verb.DECIDE) -> Challenge:
    found = find(request, reference)
    if not may(request, verb, found):
        raise Http404
    return found


def _when(request: Request) -> dict[str, Any]:
    return {"today": request.today, "now": moment_of(request.board, timezone.now())}


def _with_day(request: Request, found: Challenge, label: str, days: int = 0) -> forms.WordsAndDayForm:
    rungs = queries.ladder_of(found.board)
    usual = days or rungs[min(found.level, len(rungs) - 1)].days
    due = ENGLAND_AND_WALES.after(request.today, usual)
    return forms.WordsAndDayForm(request.POST or None, label=label, initial={"due_on": due})


def _words(
    request: Request, found: Challenge, write: Callable[..., object], heading: str, label: str, done: str
) -> HttpResponse:
    form = forms.WordsForm(request.POST or None, label=label)

    def do() -> None:
        write(actor=request.person, challenge=found, words=form.cleaned_data["words"], **_when(request))

    return _step(request, found, form, do, heading, "Save", done)


def _step(
    request: Request,
    found: Challenge,
    form: Any,
    do: Callable[[], object],
    heading: str,
    label: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """The form, and once it is right the step itself and the challenge's page again."""
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except (operations.ChallengeRefused, ActionRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, done)
            return redirect("challenges:challenge", found.record.reference)
    context = {
        "form": form, "heading": heading, "label": label, "challenge": found,
        "back": reverse("challenges:challenge", args=[found.record.reference]), **more,
    }  # fmt: skip
    return render(request, "challenge/challenges/step.html", context)
