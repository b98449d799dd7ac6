"""Asking a question, and answering it."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.challenge.models import Question
from wholestory.partners.models import Board, Person
from wholestory.records import opening
from wholestory.records.models import Circle, Record

QUESTION = opening.Opening("challenge.question", "QU", "governance")


class QuestionRefused(ValueError):
    """The question or answer cannot be kept; the message says why."""


@transaction.atomic
def ask(*, actor: Person, board: Board, words: str, today: date) -> Question:
    """Put a question to the board's team. Its circle is the asker alone; the office answers."""
    if not words.strip():
        raise QuestionRefused("Write your question.")
    board_circle, _ = opening.the_circle(board, "board")
    office = opening.office(board, "actions")
    asking.require(actor, Verb.WRITE, Record(kind=QUESTION.kind, circle=board_circle, office=office))
    circle = Circle.objects.create(board=board, kind="personal")
    ledger.line("challenge.question_circle", board_id=board.id, kind=QUESTION.kind)
    grant = Grant(
        circle=circle,
        office=office,
        person=actor,
        role="asker",
        purpose="own_question",
        starts_on=today,
        given_by=actor,
    )
    # Let in first: the rows below are in a circle nobody was in until now.
    derive.add_grants([grant])
    record = opening.sheet(QUESTION, board, circle, office, today, verb="challenge.question_asked")
    grant.save(force_insert=True)
    return Question.objects.create(
        record=record, circle=circle, office=office, words=words.strip(), asked_by=actor, asked_on=today
    )


@transaction.atomic
def answer(*, actor: Person, question: Question, words: str, today: date) -> None:
    """Answer it; the asker sees the answer on their own page."""
    asking.require(actor, Verb.DECIDE, question.record)
    if not words.strip():
        raise QuestionRefused("Write an answer.")
    ledger.line("challenge.question_answered", question.record)
    question.answer, question.answered_by, question.answered_on = words.strip(), actor, today
    question.save(update_fields=["answer", "answered_by", "answered_on"])
