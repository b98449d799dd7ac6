"""The family's record as its page, its list and the page of the case show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from wholestory.child_deaths.models import (
    Carer,
    Case,
    FamilyAnswer,
    FamilyContact,
    FamilyDate,
    FamilyLetter,
    FamilyQuestion,
    FamilyRecord,
    FamilyRequest,
    KeyWorker,
    QuietDay,
    Suspicion,
)
from wholestory.child_deaths.queries.family_letters import days_of, judged, sees_the_case
from wholestory.child_deaths.queries.summaries import Said
from wholestory.child_deaths.rules.facts import day_words, moment_words
from wholestory.child_deaths.rules.letters import May


@dataclass(frozen=True, slots=True)
class CarerLine:
    """One of the family, how to reach them, and whether they may be written to today."""

    id: str
    name: str
    relation: str
    rows: tuple[tuple[str, str], ...]
    may_write: bool
    says: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question, where it went and what each was told."""

    id: str
    text: str
    asked: str
    routed: str
    answers: tuple[str, ...]
    no_answer: str
    settled: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the page of the family shows."""

    key_worker: KeyWorker | None
    earlier_workers: tuple[KeyWorker, ...]
    carers: tuple[CarerLine, ...]
    contacts: tuple[str, ...]
    letters: tuple[tuple[str, str, str], ...]
    questions: tuple[QuestionLine, ...]
    quiet: tuple[str, ...]
    dates: tuple[str, ...]
    requests: tuple[FamilyRequest, ...]
    shared_with: FamilyRecord | None


def find() -> QuerySet[FamilyRecord]:
    """Family records, without a way to their cases."""
    return FamilyRecord.objects.select_related("record__board", "circle", "office")


def page(family: FamilyRecord, today: date) -> Page:
    """Shaped for the page, in a number of queries that does not depend on how much there is."""
    workers = list(KeyWorker.objects.filter(family=family).order_by("-from_on", "-created_at"))
    quiet = list(QuietDay.objects.filter(family=family).order_by("on"))
    carers = list(Carer.objects.filter(family=family).order_by("created_at"))
    return Page(
        key_worker=next((one for one in workers if one.to_on is None), None),
        earlier_workers=tuple(one for one in workers if one.to_on is not None),
        carers=_carers(carers, quiet, today, whole=sees_the_case(family)),
        contacts=_contacts(family),
        letters=tuple(
            (
                one.get_kind_display(),
                f"{one.carer.name}: {one.letter.get_status_display()}",
                one.letter.record.reference,
            )
            for one in FamilyLetter.objects.filter(family=family)
            .select_related("carer", "letter__record")
            .order_by("-created_at")
        ),
        questions=_questions(family),
        quiet=tuple(
            f"{one.get_kind_display()}: {day_words(one.on)}{f' ({one.words})' if one.words else ''}"
            for one in quiet
        ),
        dates=tuple(
            f"{one.get_what_display()}: {day_words(one.on)}"
            for one in FamilyDate.objects.filter(family=family).order_by("on")
        ),
        requests=tuple(
            FamilyRequest.objects.filter(family=family).select_related("carer").order_by("-received_on")
        ),
        # Rows the reader may not see are not there: following the key would fail for the key worker of one of two.
        shared_with=FamilyRecord.objects.select_related("record")
        .filter(pk__in=[family.shared_with_id])
        .first()
        if family.shared_with_id
        else None,
    )


def _carers(carers: list[Carer], quiet: list[QuietDay], today: date, *, whole: bool) -> tuple[CarerLine, ...]:
    newest: dict[Any, Suspicion] = {}
    ids = [one.relative_id for one in carers if one.relative_id]
    for row in Suspicion.objects.filter(relative__in=ids).order_by("on", "created_at"):
        newest[row.relative_id] = row
    days = days_of(quiet)
    found = []
    for one in carers:
        answer = judged(one, newest.get(one.relative_id), days, today, whole=whole)
        rows = (
            ("Language", one.language + (", with an interpreter" if one.interpreter else "")),
            ("Format", one.get_format_display() if one.format != Carer.Format.PLAIN else ""),
            ("Best reached by", one.get_by_display()),
            ("Address", one.postal),
            ("E-mail", one.email),
            ("Telephone", one.telephone),
            ("Wishes", one.wish_words),
        )
        found.append(
            CarerLine(
                str(one.pk), one.name, one.relation, tuple(row for row in rows if row[1].strip()),
                answer.may is May.YES, "" if answer.may is May.YES else answer.ground.words, answer.cautions,
            )
        )  # fmt: skip
    return tuple(found)


def _contacts(family: FamilyRecord) -> tuple[str, ...]:
    rows = (
        FamilyContact.objects.filter(family=family)
        .select_related("carer", "by")
        .order_by("-at", "-created_at")
    )
    found = []
    for one in rows:
        who = f", {one.carer.name}" if one.carer else ""
        how = ", ".join(
            part for part in (one.language, one.get_format_display() if one.format else "") if part
        )
        found.append(
            f"{moment_words(one.at, one.precision)}: {one.get_kind_display()}{who}{f' ({how})' if how else ''}."
            f" {one.words} Noted by {one.by}."
        )
    return tuple(found)


def _questions(family: FamilyRecord) -> tuple[QuestionLine, ...]:
    answers: dict[Any, list[FamilyAnswer]] = {}
    rows = (
        FamilyAnswer.objects.filter(question__family=family).select_related("carer").order_by("fed_back_on")
    )
    for row in rows:
        answers.setdefault(row.question_id, []).append(row)
    asked = (
        FamilyQuestion.objects.filter(family=family)
        .select_related("asked_by")
        .order_by("asked_on", "created_at")
    )
    return tuple(_question(one, answers.get(one.pk, [])) for one in asked)


def _question(one: FamilyQuestion, answers: list[FamilyAnswer]) -> QuestionLine:
    by = f" by {one.asked_by.name}" if one.asked_by else ""
    routed = ""
    if one.routed_on:
        to = ", ".join(part for part in (one.get_routed_to_display(), one.routed_words) if part)
        routed = f"{to}, on {day_words(one.routed_on)}"
    told = any(each.carer_id == one.asked_by_id for each in answers) if one.asked_by_id else bool(answers)
    return QuestionLine(
        str(one.pk),
        one.text,
        f"Asked{by} on {day_words(one.asked_on)}",
        routed,
        tuple(
            f"{each.carer.name if each.carer else 'The family'}, told on {day_words(each.fed_back_on)}"
            f" ({each.get_fed_back_how_display().lower()}): {each.text}"
            for each in answers
        ),
        one.no_answer_because,
        told or bool(one.no_answer_because),
    )


def unanswered(case: Case) -> QuerySet[FamilyQuestion]:
    """Questions nobody answered: neither was whoever asked told an answer, nor is it said why there is none."""
    told = FamilyAnswer.objects.filter(question=OuterRef("pk"))
    return (
        FamilyQuestion.objects.filter(family__case=case, no_answer_because="")
        .annotate(any_told=Exists(told), asker_told=Exists(told.filter(carer=OuterRef("asked_by"))))
        .filter(Q(asked_by__isnull=True, any_told=False) | Q(asked_by__isnull=False, asker_told=False))
    )


def answered(case: Case) -> bool:
    """Whether a case may be closed as far as the family is concerned."""
    return not unanswered(case).exists()


def summary(case: Case) -> list[Said]:
    """One line: the key worker, and how many questions wait. Three queries at most."""
    family = FamilyRecord.objects.select_related("record").filter(case=case).first()
    if family is None:
        url = reverse("child_deaths:family_begin", args=[case.record.reference])
        return [Said("Family", "No record of the family yet", url, "not_started")]
    worker = KeyWorker.objects.filter(family=family, to_on__isnull=True).first()
    waiting = unanswered(case).count()
    if worker is not None:
        words = f"Key worker: {worker.name}"
    else:
        words = f"No key worker: {family.no_key_worker}" if family.no_key_worker else "No key worker yet"
    words += f". {waiting} question{'' if waiting == 1 else 's'} without an answer" if waiting else ""
    url = reverse("child_deaths:family", args=[family.record.reference])
    tone = "in_progress" if worker is not None and not waiting else "waiting"
    return [Said("Family", words, url, tone)]


def lines(rows: QuerySet[FamilyRecord]) -> list[tuple[FamilyRecord, str]]:
    """Every family record the reader may see, with its address."""
    found = list(rows.order_by("-created_at")[:200])
    return [(one, reverse("child_deaths:family", args=[one.record.reference])) for one in found]
