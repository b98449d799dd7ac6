"""Putting a challenge, answering it, and taking it further. What ends it: ``settling``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.verbs import Verb
from wholestory.challenge.challenges import telling
from wholestory.challenge.challenges.queries import ladder_of
from wholestory.challenge.models import AWAITS_AGENCY, OVER, Challenge, ChallengeStep, Ladder, Stage
from wholestory.challenge.rules import written_ladder
from wholestory.partners.models import Agency, Board, Group, Person
from wholestory.records import opening
from wholestory.records.models import Circle, Record

CHALLENGE = opening.Opening("challenge.challenge", "CH", "governance")


class ChallengeRefused(ValueError):
    """It cannot be done with the challenge now; the sentence says why."""


class PutAlready(ChallengeRefused):
    """The very same was put a moment ago; ``challenge`` is it."""

    def __init__(self, challenge: Challenge) -> None:
        super().__init__(f"This challenge was put a moment ago already: {challenge.record.reference}.")
        self.challenge = challenge


#: A form sent twice, or sent again after going back, comes within this.
_A_MOMENT = timedelta(minutes=10)


@dataclass(frozen=True)
class Put:
    """What is asked of an agency, about what, and until when."""

    question: str
    due_on: date
    about_label: str
    why: str = ""
    about: str = Challenge.About.OTHER
    about_reference: str = ""
    measure: str = ""
    period_end: date | None = None


def circle_of(board: Board, agency: Agency, group: Group) -> Circle:
    """Where a group and an agency meet over challenges, made and filled when missing."""
    standing = Circle.objects.filter(board=board, kind="challenge", agency=agency, group=group).order_by("id")
    if (found := standing.first()) is not None:
        return found
    circle = Circle.objects.create(board=board, kind="challenge", agency=agency, group=group)
    ledger.line("challenge.circle_made", board_id=board.id, kind=CHALLENGE.kind)
    derive.open_circle(circle)
    return circle


@transaction.atomic
def put(
    *, actor: Person, board: Board, agency: Agency, group: Group, said: Put, today: date, now: datetime
) -> Challenge:
    """Put a challenge of ``group`` to ``agency``; the agency's people are told. Raises ChallengeRefused, NotForYou;
    PutAlready when the very same was put within the last minutes."""
    if not said.question.strip():
        raise ChallengeRefused("Write what you ask the agency.")
    if said.due_on < today:
        raise ChallengeRefused("The answer cannot be due before today.")
    if not group.boards.filter(pk=board.pk).exists():
        raise ChallengeRefused("That group does not belong to this board.")
    if not agency.boards.filter(pk=board.pk).exists():
        raise ChallengeRefused("That agency does not answer to this board.")
    office = opening.office(board, "performance")
    circle = circle_of(board, agency, group)
    asking.require(actor, Verb.MANAGE, Record(kind=CHALLENGE.kind, circle=circle, office=office))
    if (first := _just_put(circle, said, now)) is not None:
        raise PutAlready(first)
    record = opening.sheet(CHALLENGE, board, circle, office, today, verb="challenge.put")
    made = Challenge.objects.create(
        record=record, circle=circle, office=office, board=board, agency=agency, group=group, about=said.about,
        about_label=said.about_label.strip()[:300] or "Something else", about_reference=said.about_reference[:20],
        measure=said.measure, period_end=said.period_end, question=said.question.strip(), why=said.why.strip(),
        first_due_on=said.due_on, due_on=said.due_on, raised_by=actor, raised_on=today,
    )  # fmt: skip
    step(made, "put", actor, today, now, words=said.question.strip(), to_due_on=said.due_on)
    telling.agency(made, "A challenge was put to you", now)
    return made


def _just_put(circle: Circle, said: Put, now: datetime) -> Challenge | None:
    """The same question of the same group to the same agency, for the same day, put a moment ago."""
    steps = ChallengeStep.objects.filter(
        kind="put", at__gte=now - _A_MOMENT, at__lte=now, challenge__circle=circle, challenge__due_on=said.due_on,
        challenge__question=said.question.strip(), challenge__measure=said.measure,
    ).exclude(challenge__stage=Stage.WITHDRAWN)  # fmt: skip
    found = steps.select_related("challenge__record").first()
    return None if found is None else found.challenge


@transaction.atomic
def keep_draft(*, actor: Person, challenge: Challenge, words: str) -> None:
    """Keep the answer as far as it is written. The group does not see it until it is sent."""
    require(actor, Verb.WRITE, challenge)
    _awaited(challenge)
    ledger.line("challenge.draft_kept", challenge.record)
    challenge.draft, challenge.draft_by = words.strip(), actor
    challenge.save(update_fields=["draft", "draft_by"])


@transaction.atomic
def answer(*, actor: Person, challenge: Challenge, words: str, today: date, now: datetime) -> None:
    """Send the agency's answer. Those who decide are told."""
    require(actor, Verb.WRITE, challenge)
    _awaited(challenge)
    if not words.strip():
        raise ChallengeRefused("Write an answer before you send it.")
    ledger.line("challenge.answered", challenge.record)
    step(challenge, "answered", actor, today, now, words=words.strip())
    challenge.stage, challenge.draft, challenge.draft_by = Stage.ANSWERED, "", None
    challenge.answered_on = challenge.answered_on or today
    challenge.save(update_fields=["stage", "draft", "draft_by", "answered_on"])
    telling.those_who_decide(challenge, "A challenge was answered", now)


@transaction.atomic
def ask_more(
    *, actor: Person, challenge: Challenge, words: str, due_on: date, today: date, now: datetime
) -> None:
    """The answer is not enough: ask again, with a new day."""
    require(actor, Verb.DECIDE, challenge)
    if challenge.stage != Stage.ANSWERED:
        raise ChallengeRefused("More can be asked once the agency has answered.")
    _later(due_on, today)
    if not words.strip():
        raise ChallengeRefused("Write what more you ask.")
    ledger.line("challenge.more_asked", challenge.record)
    _move(challenge, Stage.MORE_ASKED, due_on)
    step(challenge, "more_asked", actor, today, now, words=words.strip(), to_due_on=due_on)
    telling.agency(challenge, "More is asked about a challenge", now)


@transaction.atomic
def give_time(
    *, actor: Person, challenge: Challenge, due_on: date, reason: str, today: date, now: datetime
) -> None:
    """Give the agency more time, with the reason. The first day stays."""
    require(actor, Verb.DECIDE, challenge)
    _awaited(challenge)
    _later(due_on, today)
    if due_on <= challenge.due_on:
        raise ChallengeRefused("Choose a day after the one it already has.")
    if not reason.strip():
        raise ChallengeRefused("Say why more time is given.")
    ledger.line("challenge.redated", challenge.record)
    _move(challenge, Stage(challenge.stage), due_on)
    step(challenge, "redated", actor, today, now, words=reason.strip(), to_due_on=due_on)


@transaction.atomic
def escalate(
    *, actor: Person, challenge: Challenge, words: str, due_on: date, today: date, now: datetime
) -> None:
    """Take it to the next rung of the board's ladder. The agency's people are told, whoever is on that rung."""
    require(actor, Verb.DECIDE, challenge)
    if challenge.stage in OVER:
        raise ChallengeRefused("This challenge is over.")
    rungs = ladder_of(challenge.board)
    if challenge.level + 1 >= len(rungs):
        raise ChallengeRefused("It stands on the last step of the board’s ladder already. Settle it.")
    _later(due_on, today)
    if not words.strip():
        raise ChallengeRefused("Say why it is taken further.")
    ledger.line("challenge.escalated", challenge.record)
    challenge.level += 1
    challenge.save(update_fields=["level"])
    _move(challenge, Stage.ESCALATED, due_on)
    step(challenge, "escalated", actor, today, now, words=words.strip(), to_due_on=due_on)
    telling.agency(challenge, "A challenge was taken further", now)


@transaction.atomic
def set_ladder(*, actor: Person, board: Board, text: str, now: datetime) -> Ladder:
    """Say to whom challenges go when they are taken further. Raises ChallengeRefused for lines that make no sense."""
    office = opening.office(board, "performance")
    circle, _ = opening.the_circle(board, "figures_team")
    door = Record(kind="indicators.figures", circle=circle, office=office)
    asking.require(actor, Verb.MANAGE, door, kind=door.kind)
    try:
        rungs = written_ladder(text)
    except ValueError as wrong:
        raise ChallengeRefused(str(wrong)) from wrong
    ledger.line("challenge.ladder_set", board_id=board.id, kind=CHALLENGE.kind)
    return Ladder.objects.create(board=board, rungs=rungs, by=actor, at=now)


def require(actor: Person, verb: Verb, challenge: Challenge) -> None:
    """Ask whether ``actor`` may. Raises NotForYou."""
    asking.require(actor, verb, challenge, kind=CHALLENGE.kind)


def step(
    challenge: Challenge, kind: str, by: Person, on: date, at: datetime, **more: object
) -> ChallengeStep:
    """Write what happened into the challenge's story."""
    return ChallengeStep.objects.create(
        challenge=challenge, circle_id=challenge.circle_id, office_id=challenge.office_id, kind=kind, by=by, at=at,
        on=on, level=challenge.level, **more,
    )  # fmt: skip


def _move(challenge: Challenge, stage: Stage, due_on: date) -> None:
    challenge.stage, challenge.due_on = stage, due_on
    challenge.save(update_fields=["stage", "due_on"])


def _awaited(challenge: Challenge) -> None:
    if challenge.stage not in AWAITS_AGENCY:
        raise ChallengeRefused("No answer is waited for.")


def _later(due_on: date, today: date) -> None:
    if due_on < today:
        raise ChallengeRefused("Choose today or a later day.")
