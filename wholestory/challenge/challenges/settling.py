"""What ends a challenge, what is agreed because of it, and what difference it made."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from wholestory import ledger
from wholestory.access.verbs import Verb
from wholestory.actions import operations as actions
from wholestory.actions.models import Action
from wholestory.challenge.challenges import telling
from wholestory.challenge.challenges.operations import ChallengeRefused, require, step
from wholestory.challenge.models import OVER, Challenge, Decision, Stage
from wholestory.partners.models import Person
from wholestory.records.models import Link

LED_TO = "led_to"


@transaction.atomic
def settle(
    *,
    actor: Person,
    challenge: Challenge,
    decision: str,
    words: str,
    minute: str = "",
    today: date,
    now: datetime,
) -> None:
    """End it with a decision and its reason. Raises ChallengeRefused: an answer that never came is not accepted."""
    require(actor, Verb.DECIDE, challenge)
    _not_over(challenge)
    if not words.strip():
        raise ChallengeRefused("Say why.")
    if decision == Decision.ACCEPTED and challenge.answered_on is None:
        raise ChallengeRefused(
            "There is no answer that could be accepted. Choose “Closed without an answer”."
        )
    if decision == Decision.NO_ANSWER and challenge.stage == Stage.ANSWERED:
        raise ChallengeRefused("The agency has answered. Choose another decision.")
    if decision == Decision.NO_ANSWER and challenge.due_on >= today:
        raise ChallengeRefused("The agency may still answer. Wait until the day has passed, or withdraw it.")
    if decision == Decision.ACTION and not links(challenge).exists():
        raise ChallengeRefused("Agree the action first, so that it has an owner and a day.")
    ledger.line("challenge.settled", challenge.record)
    challenge.stage, challenge.decision = Stage.SETTLED, decision
    challenge.decision_words, challenge.minute_reference = words.strip(), minute.strip()
    challenge.decided_by, challenge.decided_on = actor, today
    challenge.save(
        update_fields=[
            "stage", "decision", "decision_words", "minute_reference", "decided_by", "decided_on",
        ]
    )  # fmt: skip
    step(challenge, "settled", actor, today, now, words=f"{Decision(decision).label}. {words.strip()}")
    telling.agency(challenge, "A challenge was settled", now)


@transaction.atomic
def withdraw(*, actor: Person, challenge: Challenge, words: str, today: date, now: datetime) -> None:
    """Take it back, with the reason: whoever put it, or those who decide."""
    verb = Verb.MANAGE if challenge.raised_by_id == actor.pk else Verb.DECIDE
    require(actor, verb, challenge)
    _not_over(challenge)
    if not words.strip():
        raise ChallengeRefused("Say why it is withdrawn.")
    ledger.line("challenge.withdrawn", challenge.record)
    challenge.stage = Stage.WITHDRAWN
    challenge.save(update_fields=["stage"])
    step(challenge, "withdrawn", actor, today, now, words=words.strip())
    telling.agency(challenge, "A challenge was withdrawn", now)


@transaction.atomic
def agree_action(
    *,
    actor: Person,
    challenge: Challenge,
    title: str,
    owner_title: str,
    due_on: date,
    measure_code: str = "",
    detail: str = "",
    today: date,
    now: datetime,
) -> Action:
    """Open an action of the agency because of the challenge: who, by when, and the measure it is meant to move.

    It is seen where the challenge is, and by the board, whose team closes it on evidence.
    """
    require(actor, Verb.DECIDE, challenge)
    if challenge.stage == Stage.WITHDRAWN:
        raise ChallengeRefused("This challenge was withdrawn.")
    if not today <= due_on <= actions.latest(today):
        raise ChallengeRefused("Choose a day from today on and within the next ten years.")
    if not title.strip() or not owner_title.strip():
        raise ChallengeRefused("Say what will be done, and who will do it.")
    answers = actions.Answers(challenge.record, "challenge", challenge.about_label)
    action = actions.open_for_duty(
        actor=actor, board=challenge.board, agency=challenge.agency, title=title, due_on=due_on, today=today,
        owner_title=owner_title, detail=detail, answers=[answers], shown_to_board=True, circle=challenge.circle,
        kept_by="performance", measure_code=measure_code or challenge.measure,
    )  # fmt: skip
    ledger.line("challenge.action_agreed", challenge.record)
    Link.objects.create(
        circle_id=challenge.circle_id, office_id=challenge.office_id, source=challenge.record, target=action.record,
        how=LED_TO,
    )  # fmt: skip
    step(
        challenge, "action", actor, today, now, words=title.strip(), reference=action.record.reference,
        to_due_on=due_on,
    )  # fmt: skip
    telling.agency(challenge, "An action was agreed because of a challenge", now)
    return action


@transaction.atomic
def say_difference(*, actor: Person, challenge: Challenge, words: str, today: date, now: datetime) -> None:
    """Say what difference the challenge made and how that is known; “none that we can see” is an answer."""
    require(actor, Verb.DECIDE, challenge)
    if challenge.stage != Stage.SETTLED:
        raise ChallengeRefused("Settle the challenge first.")
    if not words.strip():
        raise ChallengeRefused("Write what difference it made. “None that we can see” is an answer.")
    ledger.line("challenge.difference_said", challenge.record)
    challenge.difference = words.strip()
    challenge.save(update_fields=["difference"])
    step(challenge, "difference", actor, today, now, words=words.strip())


def links(challenge: Challenge) -> QuerySet[Link]:
    """The links to what came of it."""
    return Link.objects.filter(source=challenge.record_id, how=LED_TO)


def _not_over(challenge: Challenge) -> None:
    if challenge.stage in OVER:
        raise ChallengeRefused("This challenge is over.")
