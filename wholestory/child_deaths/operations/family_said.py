"""What is said and written to a family, what they ask, and what they are told. Contacts and answers are history."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    Carer,
    FamilyAnswer,
    FamilyContact,
    FamilyLetter,
    FamilyQuestion,
    FamilyRecord,
    FamilyRequest,
)
from wholestory.child_deaths.operations.family import FAMILY
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.queries.family_letters import THEY_SEND, may_be_written_to, sees_the_case
from wholestory.child_deaths.rules.letters import May
from wholestory.correspondence.models import Letter
from wholestory.correspondence.operations.letters import LetterText, prepare_letter
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person


@transaction.atomic
def record_contact(
    *,
    actor: Person,
    family: FamilyRecord,
    kind: str,
    carer: Carer | None,
    at: Moment,
    words: str = "",
    language: str = "",
    format: str = "",
    now: Moment,
) -> FamilyContact:
    """Note what was said or given, to whom. What happened is kept even where it should not have happened."""
    asking.require(actor, Verb.WRITE, family, kind=FAMILY.kind)
    if at.on > now.on or (at.timed and at.at > now.at):
        raise NotRecorded("It cannot be later than now", "at")
    ledger.line("child_deaths.family_contact", family.record, reason=kind)
    return FamilyContact.objects.create(
        circle_id=family.circle_id, office_id=family.office_id, family=family, kind=FamilyContact.Kind(kind),
        carer=carer, at=at.at, precision=at.precision.value, words=words.strip(), language=language.strip(),
        format=format, by=actor,
    )  # fmt: skip


@transaction.atomic
def prepare(
    *,
    actor: Person,
    family: FamilyRecord,
    carer: Carer,
    kind: str,
    subject: str,
    body: str,
    today: date,
    now: Moment,
) -> FamilyLetter:
    """Prepare a letter to one of the family, for another of those who run the case to read, sign and send.

    Raises NotRecorded, with the reason in words, for somebody who is not written to; Identifying for a text that tells
    more than a letter should.
    """
    asking.require(actor, Verb.WRITE, family, kind=FAMILY.kind)
    answer = may_be_written_to(carer, today)
    if answer.may is not May.YES:
        raise NotRecorded(answer.ground.words, "carer")
    ledger.line("child_deaths.family_letter", family.record, reason=kind)
    text = LetterText(
        to_name=carer.name, subject=subject.strip(), body=body.strip(), to_postal=carer.postal,
        to_address=carer.email if carer.by == Carer.By.EMAIL else "",
    )  # fmt: skip
    letter = prepare_letter(
        actor=actor, board=family.record.board, text=text, about=family.record, circle=family.circle,
        office=family.office, now=now.at,
    )  # fmt: skip
    return FamilyLetter.objects.create(
        circle_id=family.circle_id, office_id=family.office_id, family=family, letter=letter, carer=carer,
        kind=FamilyContact.Kind(kind),
    )  # fmt: skip


def letter_in_the_way(letter: Letter) -> str:
    """Why a letter should not be signed or sent any more: what changed since it was prepared."""
    found = FamilyLetter.objects.select_related("family", "carer__family").filter(letter=letter).first()
    if found is None:
        return ""
    if not sees_the_case(found.family):
        return THEY_SEND
    answer = may_be_written_to(found.carer, letter.board.today())
    return "" if answer.may is May.YES else answer.ground.words


def letter_sent(letter: Letter, by: Person, on: date) -> None:
    """A letter has gone: it is a contact."""
    found = FamilyLetter.objects.select_related("carer", "family__record").filter(letter=letter).first()
    if found is None or letter.sent_at is None:
        return
    ledger.line("child_deaths.family_contact", found.family.record, reason=found.kind)
    FamilyContact.objects.create(
        circle_id=found.circle_id, office_id=found.office_id, family=found.family, kind=found.kind,
        carer=found.carer, at=letter.sent_at, precision="exact", letter=letter, by=by,
        language=found.carer.language, format=found.carer.format,
    )  # fmt: skip


@transaction.atomic
def ask(
    *, actor: Person, family: FamilyRecord, text: str, asked_by: Carer | None, asked_on: date, today: date
) -> FamilyQuestion:
    """Keep a question of the family, in their words."""
    asking.require(actor, Verb.WRITE, family, kind=FAMILY.kind)
    if asked_on > today:
        raise NotRecorded("It cannot have been asked later than today", "asked_on")
    ledger.line("child_deaths.family_question", family.record)
    return FamilyQuestion.objects.create(
        circle_id=family.circle_id, office_id=family.office_id, family=family, text=text.strip(), asked_by=asked_by,
        asked_on=asked_on, entered_by=actor,
    )  # fmt: skip


@transaction.atomic
def route(*, actor: Person, question: FamilyQuestion, to: str, words: str, on: date, today: date) -> None:
    """Pass a question on to whoever can answer it."""
    asking.require(actor, Verb.WRITE, question.family, kind=FAMILY.kind)
    if on > today:
        raise NotRecorded("It cannot have been passed on later than today", "on")
    ledger.line("child_deaths.family_question_routed", question.family.record)
    question.routed_to, question.routed_words, question.routed_on = to, words.strip(), on
    question.save(update_fields=["routed_to", "routed_words", "routed_on"])


@transaction.atomic
def answer(
    *,
    actor: Person,
    question: FamilyQuestion,
    carer: Carer | None,
    text: str,
    answered_by: str,
    answered_on: date,
    fed_back_on: date,
    how: str,
    today: date,
) -> FamilyAnswer:
    """Keep the answer one of them was given. Raises NotRecorded for days out of order."""
    asking.require(actor, Verb.WRITE, question.family, kind=FAMILY.kind)
    if fed_back_on > today:
        raise NotRecorded("They cannot have been told later than today", "fed_back_on")
    if fed_back_on < answered_on:
        raise NotRecorded("They cannot have been told before it was answered", "fed_back_on")
    ledger.line("child_deaths.family_answered", question.family.record)
    return FamilyAnswer.objects.create(
        circle_id=question.circle_id, office_id=question.office_id, question=question, carer=carer, text=text.strip(),
        answered_by=answered_by.strip(), answered_on=answered_on, fed_back_on=fed_back_on, fed_back_how=how, by=actor,
    )  # fmt: skip


@transaction.atomic
def leave_unanswered(*, actor: Person, question: FamilyQuestion, because: str, today: date) -> None:
    """Say why a question has no answer. Raises NotRecorded without a reason."""
    asking.require(actor, Verb.MANAGE, question.family, kind=FAMILY.kind)
    if not because.strip():
        raise NotRecorded("Say why there is no answer", "because")
    ledger.line("child_deaths.family_question_closed", question.family.record)
    question.no_answer_because, question.closed_on = because.strip(), today
    question.save(update_fields=["no_answer_because", "closed_on"])


@transaction.atomic
def receive(
    *,
    actor: Person,
    family: FamilyRecord,
    kind: str,
    text: str,
    carer: Carer | None,
    received_on: date,
    today: date,
) -> FamilyRequest:
    """Keep a request for records, a complaint, or a fact the family says is wrong. Nothing held is changed by it."""
    asking.require(actor, Verb.WRITE, family, kind=FAMILY.kind)
    if received_on > today:
        raise NotRecorded("It cannot have come later than today", "received_on")
    ledger.line("child_deaths.family_request", family.record, reason=kind)
    return FamilyRequest.objects.create(
        circle_id=family.circle_id, office_id=family.office_id, family=family, kind=kind, carer=carer,
        text=text.strip(), received_on=received_on, by=actor,
    )  # fmt: skip


@transaction.atomic
def settle(
    *, actor: Person, request: FamilyRequest, advice: str, outcome: str, on: date, today: date
) -> None:
    """Say what became of a request, and whose advice was taken. Raises NotRecorded for a day to come."""
    asking.require(actor, Verb.MANAGE, request.family, kind=FAMILY.kind)
    if on > today:
        raise NotRecorded("It cannot have been answered later than today", "on")
    ledger.line("child_deaths.family_request_settled", request.family.record)
    request.advice, request.outcome, request.answered_on = advice.strip(), outcome.strip(), on
    request.save(update_fields=["advice", "outcome", "answered_on"])
