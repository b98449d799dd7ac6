"""What a review found goes on: a recommendation becomes an action of an agency, what was learned becomes a lesson.
Both are linked both ways, and told of without the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.actions.models import Action
from wholestory.actions.operations import Answers, latest, open_for_duty
from wholestory.child_deaths.models import Analysis, LearningPoint, Recommendation, Review
from wholestory.child_deaths.operations.review import DRAFT, ReviewRefused, must_name_nobody
from wholestory.learning import operations as lessons
from wholestory.partners.models import Person
from wholestory.records.models import Link

LED_TO = "led_to"


@transaction.atomic
def promise(
    *, actor: Person, review: Review, line: UUID, owner_title: str, due_on: date, today: date
) -> Action:
    """Make the recommendation an action of its agency. The agency and the board's team see the action, and neither the
    review nor the case. Raises ReviewRefused without an agency, or when it is one already; NotForYou.
    """
    asking.require(actor, Verb.MANAGE, review, kind=DRAFT)
    found = (
        Recommendation.objects.select_for_update(of=("self",))
        .filter(analysis__review=review, pk=line)
        .select_related("agency")
        .first()
    )
    if found is None:
        raise ReviewRefused("This recommendation is not there.")
    if found.action_id:
        raise ReviewRefused("This recommendation has become an action already.")
    if found.agency is None:
        raise ReviewRefused("Say first which agency is to do it. An action belongs to an agency.")
    if not today <= due_on <= latest(today) - timedelta(days=1):
        raise ReviewRefused("Choose a day from today on and within ten years.")
    must_name_nobody(review, False, text=found.text, owner_title=owner_title)
    ledger.line("child_deaths.recommendation_promised", review.record)
    board = review.record.board
    with acting.as_system(board, "timekeeper"):
        action = open_for_duty(
            actor=actor, board=board, agency=found.agency, title=found.text.splitlines()[0][:200], detail=found.text,
            due_on=due_on, today=today, owner_title=owner_title,
            answers=[Answers(review.record, "recommendation", "A recommendation of the child death overview panel")],
        )  # fmt: skip
    found.action_id = action.record_id
    found.save(update_fields=["action"])
    Link.objects.create(
        circle_id=review.circle_id, office_id=review.office_id, source=review.record, target_id=action.record_id,
        how=LED_TO,
    )  # fmt: skip
    return action


@dataclass(frozen=True)
class ToLearn:
    """A learning point, and the lesson it is to become."""

    line: UUID
    words: lessons.Words


@dataclass(frozen=True)
class ToDo:
    """A recommendation, and the action it is to become."""

    line: UUID
    owner_title: str
    due_on: date


@transaction.atomic
def carry_on(
    *, actor: Person, review: Review, learn: Sequence[ToLearn], do: Sequence[ToDo], looked: bool, today: date
) -> int:
    """All at once, or nothing: each learning point a draft of a lesson, each recommendation an action; how many.

    Only from an analysis that is final. ``looked``: somebody read the words that might be a name. Raises ReviewRefused,
    NamesSomebody (a lesson would tell whose death it came from), learning's LessonRefused, NotForYou.
    """
    asking.require(actor, Verb.MANAGE, review, kind=DRAFT)
    newest = Analysis.objects.filter(review=review).order_by("-version").first()
    if newest is None or newest.state != Analysis.State.FINAL:
        raise ReviewRefused("Save the analysis as final first: until then its words may still change.")
    if not learn and not do:
        raise ReviewRefused("Choose at least one of them.")
    for one in learn:
        _become_lesson(actor, review, one, looked, today)
    for each in do:
        promise(
            actor=actor,
            review=review,
            line=each.line,
            owner_title=each.owner_title,
            due_on=each.due_on,
            today=today,
        )
    return len(learn) + len(do)


def _become_lesson(actor: Person, review: Review, one: ToLearn, looked: bool, today: date) -> None:
    points = LearningPoint.objects.select_for_update(of=("self",))
    found = points.filter(analysis__review=review, pk=one.line).first()
    if found is None:
        raise ReviewRefused("This learning point is not there.")
    if found.lesson_id:
        raise ReviewRefused("This has become a lesson already.")
    must_name_nobody(review, looked, title=one.words.title, learned=one.words.learned, do=one.words.do)
    ledger.line("child_deaths.learning_carried_on", review.record)
    lesson = lessons.draft(
        actor=actor, board=review.record.board, words=one.words, today=today, source=review.record
    )
    found.lesson_id = lesson.record_id
    found.save(update_fields=["lesson"])
