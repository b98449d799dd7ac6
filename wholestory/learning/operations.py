"""What happens to a lesson: drafted, shared with the board, published, and followed up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.verbs import Verb
from wholestory.learning.models import Change, Lesson, LessonState, Material, Sharing
from wholestory.partners.models import Board, Person
from wholestory.records import opening
from wholestory.records.models import Circle, Link, Record

LESSON = opening.Opening("learning.lesson", "LE", "governance")


class LessonRefused(ValueError):
    """It cannot be done with the lesson now; the sentence says what to do instead."""


@dataclass(frozen=True)
class Words:
    """What a lesson says."""

    theme: str
    audience: str
    title: str
    learned: str
    do: str = ""


@transaction.atomic
def draft(*, actor: Person, board: Board, words: Words, today: date, source: Record | None = None) -> Lesson:
    """Draft a lesson. ``source`` is the record it came from: the link to it is seen by whoever may see that record,
    and by nobody who reads only the lesson."""
    circle, office = _team(board), opening.office(board, "nobody")
    door = Record(kind=LESSON.kind, circle=circle, office=office)
    asking.require(actor, Verb.WRITE, door, kind=LESSON.kind)
    _whole(words)
    record = opening.sheet(LESSON, board, circle, office, today, verb="learning.drafted")
    made = Lesson.objects.create(
        record=record, circle=circle, office=office, written_by=actor, written_on=today, **vars(words)
    )
    if source is not None:
        Link.objects.create(
            circle_id=source.circle_id, office_id=source.office_id, source=source, target=record, how="led_to"
        )
    return made


@transaction.atomic
def change(*, actor: Person, lesson: Lesson, words: Words) -> None:
    """Change a lesson that is not published. Raises LessonRefused for one that is."""
    asking.require(actor, Verb.WRITE, lesson, kind=LESSON.kind)
    if lesson.state in (LessonState.PUBLISHED, LessonState.WITHDRAWN):
        raise LessonRefused("A published lesson is not changed: withdraw it and write another.")
    _whole(words)
    ledger.line("learning.changed", lesson.record)
    for name, value in vars(words).items():
        setattr(lesson, name, value)
    lesson.save()


@transaction.atomic
def share_with_board(*, actor: Person, lesson: Lesson) -> None:
    """The board reads it from now on."""
    asking.require(actor, Verb.DECIDE, lesson, kind=LESSON.kind)
    if lesson.state != LessonState.DRAFT:
        raise LessonRefused("Only a draft can be shared with the board.")
    released = opening.office(lesson.record.board, "released")
    ledger.line("learning.shared_with_board", lesson.record)
    for model, which in (
        (Sharing, {"lesson": lesson}), (Change, {"lesson": lesson}), (Lesson, {"pk": lesson.pk}),
        (Record, {"pk": lesson.record_id}),
    ):  # fmt: skip
        model._default_manager.filter(**which).update(office=released)
    Lesson.objects.filter(pk=lesson.pk).update(state=LessonState.SHARED)
    lesson.refresh_from_db()


@transaction.atomic
def publish(*, actor: Person, lesson: Lesson, today: date) -> None:
    """Everybody reads it on the public page, when it is for everybody; otherwise it is ready for professionals."""
    asking.require(actor, Verb.DECIDE, lesson, kind=LESSON.kind)
    if lesson.state != LessonState.SHARED:
        raise LessonRefused("Share it with the board first.")
    ledger.line("learning.published", lesson.record)
    lesson.state, lesson.published_on, lesson.published_by = LessonState.PUBLISHED, today, actor
    lesson.save(update_fields=["state", "published_on", "published_by"])


@transaction.atomic
def withdraw(*, actor: Person, lesson: Lesson) -> None:
    """It is shown to nobody new from now on; what was logged stays."""
    asking.require(actor, Verb.DECIDE, lesson, kind=LESSON.kind)
    if lesson.state == LessonState.WITHDRAWN:
        raise LessonRefused("It is withdrawn already.")
    ledger.line("learning.withdrawn", lesson.record)
    lesson.state = LessonState.WITHDRAWN
    lesson.save(update_fields=["state"])


@transaction.atomic
def note_sharing(
    *, actor: Person, lesson: Lesson, channel: str, to: str, on: date, reach: int | None, today: date
) -> Sharing:
    """Whom it went to, by what, and how many it reached."""
    asking.require(actor, Verb.WRITE, lesson, kind=LESSON.kind)
    if lesson.state in (LessonState.DRAFT, LessonState.WITHDRAWN):
        raise LessonRefused("Share it with the board first.")
    if on > today:
        raise LessonRefused("It cannot have been shared later than today.")
    ledger.line("learning.sharing_noted", lesson.record)
    return Sharing.objects.create(
        lesson=lesson, circle_id=lesson.circle_id, office_id=lesson.office_id, channel=channel, to=to, on=on,
        reach=reach, by=actor,
    )  # fmt: skip


@transaction.atomic
def note_change(
    *, actor: Person, lesson: Lesson, verdict: str, words: str, evidence: str, today: date
) -> Change:
    """What is done otherwise because of it, and what shows it; that there is no evidence yet is an answer too."""
    asking.require(actor, Verb.WRITE, lesson, kind=LESSON.kind)
    if verdict == Change.Verdict.CHANGED and not evidence.strip():
        raise LessonRefused("Say what shows the change. Without evidence, say that there is none yet.")
    ledger.line("learning.change_noted", lesson.record)
    return Change.objects.create(
        lesson=lesson, circle_id=lesson.circle_id, office_id=lesson.office_id, verdict=verdict, words=words,
        evidence=evidence.strip(), on=today, by=actor,
    )  # fmt: skip


@transaction.atomic
def add_material(
    *, actor: Person, board: Board, theme: str, audience: str, title: str, link: str, today: date
) -> Material:
    """A leaflet, film or page for a campaign. Only addresses that begin with https."""
    circle = _team(board)
    door = Record(kind=LESSON.kind, circle=circle, office=opening.office(board, "released"))
    asking.require(actor, Verb.WRITE, door, kind=LESSON.kind)
    if not link.startswith("https://"):
        raise LessonRefused("Enter an address that begins with https://")
    ledger.line("learning.material_added", board_id=board.id, kind=LESSON.kind)
    return Material.objects.create(
        board=board, circle=circle, office=door.office, theme=theme, audience=audience, title=title, link=link,
        looked_at_on=today, by=actor,
    )  # fmt: skip


@transaction.atomic
def end_material(*, actor: Person, material: Material, today: date) -> None:
    """It is no longer offered."""
    asking.require(actor, Verb.WRITE, material, kind=LESSON.kind)
    ledger.line("learning.material_ended", board_id=material.board_id, kind=LESSON.kind)
    material.ended_on = today
    material.save(update_fields=["ended_on"])


def _team(board: Board) -> Circle:
    circle, new = opening.the_circle(board, "learning_team")
    if new:
        derive.open_circle(circle)
    return circle


def _whole(words: Words) -> None:
    if not words.title.strip() or not words.learned.strip():
        raise LessonRefused("A lesson needs a title and what was learned.")
