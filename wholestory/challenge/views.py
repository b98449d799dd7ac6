"""The question box: asking, reading, answering."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wholestory.access import asking, reading
from wholestory.access.asks import asks
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.challenge import operations
from wholestory.challenge.forms import AnswerForm, AskForm
from wholestory.challenge.models import Question

KIND = operations.QUESTION.kind


@asks(Verb.LIST, KIND)
def every(request: Request) -> HttpResponse:
    """The asker's own questions, or all of the board's for its officers."""
    found = list(
        Question.objects.filter(record__board=request.board)
        .select_related("record", "asked_by", "answered_by")
        .order_by("-asked_on", "-id")
    )
    reading.shown(request, KIND, found)
    may_ask = asking.may(request.seats, Verb.WRITE, KIND, request.board)
    return render(request, "challenge/list.html", {"questions": found, "may_ask": may_ask})


@asks(Verb.WRITE, KIND, no_line="an empty form shows no record")
def ask(request: Request) -> HttpResponse:
    """Put a question."""
    form = AskForm(request.POST or None)
    if form.is_valid():
        made = operations.ask(
            actor=request.person, board=request.board, words=form.cleaned_data["words"], today=request.today
        )
        messages.success(request, f"Your question {made.record.reference} is with the board's team.")
        return redirect("challenge:list")
    return render(request, "challenge/ask.html", {"form": form})


@asks(Verb.READ, KIND)
def question(request: Request, reference: str) -> HttpResponse:
    """One question; officers may answer it."""
    found = reading.one(
        request, Question.objects.select_related("record", "asked_by", "answered_by"), reference=reference
    )
    may_answer = asking.ask(request.person, Verb.DECIDE, found.record).yes and not found.answer
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and not may_answer:
        raise Http404
    if may_answer and form.is_valid():
        operations.answer(
            actor=request.person, question=found, words=form.cleaned_data["words"], today=request.today
        )
        messages.success(request, "The asker can read your answer.")
        return redirect("challenge:list")
    return render(
        request, "challenge/question.html", {"question": found, "form": form, "may_answer": may_answer}
    )
