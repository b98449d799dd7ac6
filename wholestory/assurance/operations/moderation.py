"""The board's reading of a return: who reads it, questions, a second score beside the agency's, release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.assurance.answers import framework_of, scores_of
from wholestory.assurance.models import Judgement, PanelOutcome, Query, Return
from wholestory.assurance.operations import agreeing, score_sheets
from wholestory.assurance.operations.moving import held, move
from wholestory.assurance.rules.moderation import ReasonNeeded, check_moderated_score, check_moderator
from wholestory.assurance.rules.rollup import ItemState
from wholestory.assurance.rules.scales import NotOnScale
from wholestory.partners.models import Person, Seat

#: Those let in to one return until its result is released.
LET_IN = ("moderator", "panel")


class ModerationRefused(ValueError):
    """The judgement cannot be recorded; the message says what to do."""


@transaction.atomic
def assign(*, actor: Person, ret: Return, moderator: Person, today: date) -> None:
    """Ask somebody to moderate this return. Never somebody who works for the agency."""
    asking.require(actor, Verb.MANAGE, ret.record)
    seats = Seat.objects.filter(person=moderator).exclude(ends_on__lt=today)
    check_moderator(moderator_agencies=seats.values_list("agency_id", flat=True), return_agency=ret.agency_id)
    held = Grant.objects.filter(person=moderator, circle=ret.circle_id, role="moderator", withdrawn_at=None)
    if held.exists():
        return
    ledger.line("assurance.moderator_assigned", ret.record)
    grants = [
        Grant(
            circle_id=circle,
            office_id=ret.office_id,
            person=moderator,
            role="moderator",
            purpose="moderation",
            starts_on=today,
            given_by=actor,
        )
        for circle in (ret.circle_id, ret.notes_circle_id)
    ]
    derive.add_grants(Grant.objects.bulk_create(grants))


@transaction.atomic
def unassign(*, actor: Person, ret: Return, moderator: Person, now: datetime) -> None:
    """Somebody no longer moderates this return; what they wrote stays."""
    asking.require(actor, Verb.MANAGE, ret.record)
    ledger.line("assurance.moderator_unassigned", ret.record)
    Grant.objects.filter(
        person=moderator, circle__in=[ret.circle_id, ret.notes_circle_id], role="moderator", withdrawn_at=None
    ).update(withdrawn_at=now)
    derive.rewrite(moderator)


def _may_moderate(actor: Person, ret: Return, today: date) -> None:
    asking.require(actor, Verb.MODERATE, ret.record)
    seats = Seat.objects.filter(person=actor).exclude(ends_on__lt=today)
    check_moderator(moderator_agencies=seats.values_list("agency_id", flat=True), return_agency=ret.agency_id)


@transaction.atomic
def judge(*, actor: Person, ret: Return, item: str, score: str, reason: str, today: date) -> Judgement:
    """Record the moderated score of one item beside the agency's own. A change needs a reason."""
    _may_moderate(actor, ret, today)
    if held(ret) not in ("signed_off", "answered"):
        raise ModerationRefused("Scores can be moderated while a return is signed off and no query is open.")
    answers = {row.item: row for row in scores_of([ret], cap=False, judgements=False)[ret.id].items}
    answer = answers.get(item)
    if answer is None or answer.state is not ItemState.SCORED:
        raise ModerationRefused("There is no score of the agency's here to moderate. Send a query instead.")
    try:
        check_moderated_score(
            self_score=answer.self_score, moderated_score=score, reason=reason, scale=framework_of(ret).scale
        )
    except (ReasonNeeded, NotOnScale) as refused:
        raise ModerationRefused(str(refused)) from None
    ledger.line("assurance.judged", ret.record)
    judgement, _ = Judgement.objects.update_or_create(
        return_of=ret, item=item,
        defaults={
            "circle_id": ret.notes_circle_id, "office_id": ret.office_id, "self_score": answer.self_score,
            "score": score, "reason": reason.strip(), "by": actor, "on": today,
        },
    )  # fmt: skip
    score_sheets.follow(ret)
    return judgement


@transaction.atomic
def agree(*, actor: Person, ret: Return, item: str, reason: str, today: date) -> Judgement:
    """Agree that a critical line does not apply to this agency. Without it the result cannot be released."""
    _may_moderate(actor, ret, today)
    try:
        return agreeing.agree(actor=actor, ret=ret, item=item, reason=reason, today=today)
    except agreeing.NotAgreed as refused:
        raise ModerationRefused(str(refused)) from None


def _all_agreed(ret: Return) -> None:
    try:
        agreeing.check_agreed(ret)
    except agreeing.NotAgreed as refused:
        raise ModerationRefused(str(refused)) from None


@transaction.atomic
def query(*, actor: Person, ret: Return, questions: Mapping[str, str], today: date) -> list[Query]:
    """Send the return back with questions, by item ('' for the return as a whole). The signature stands."""
    _may_moderate(actor, ret, today)
    asked = {item: words.strip() for item, words in questions.items() if words.strip()}
    if not asked:
        raise ModerationRefused("Write at least one question.")
    known = {"", *framework_of(ret).items}
    if unknown := set(asked) - known:
        raise ModerationRefused(f"There is no item called {', '.join(sorted(unknown))}.")
    move(ret, "queried", actor=actor, today=today)
    return Query.objects.bulk_create(
        [
            Query(
                return_of=ret,
                circle_id=ret.circle_id,
                office_id=ret.office_id,
                item=item,
                words=words,
                asked_by=actor,
                asked_on=today,
            )
            for item, words in asked.items()
        ]
    )


@transaction.atomic
def finish(*, actor: Person, ret: Return, note: str, today: date) -> None:
    """Moderation is done: items not judged stand as the agency scored them."""
    _may_moderate(actor, ret, today)
    held(ret)
    _all_agreed(ret)
    move(ret, "moderated", actor=actor, today=today)
    if note.strip():
        Judgement.objects.update_or_create(
            return_of=ret, item="",
            defaults={
                "circle_id": ret.notes_circle_id, "office_id": ret.office_id, "reason": note.strip(),
                "by": actor, "on": today,
            },
        )  # fmt: skip


@transaction.atomic
def reopen(*, actor: Person, ret: Return, reason: str, today: date) -> None:
    """Go back to moderation before the result is released."""
    asking.require(actor, Verb.MANAGE, ret.record)
    move(ret, "moderation_reopened", actor=actor, today=today, reason=reason.strip())


@transaction.atomic
def release(*, actor: Person, ret: Return, today: date) -> None:
    """The agency may now read the moderated scores with their reasons, and reply once."""
    asking.require(actor, Verb.MANAGE, ret.record)
    held(ret)
    _all_agreed(ret)
    move(ret, "result_released", actor=actor, today=today)
    ret.released_on = today
    ret.save(update_fields=["released_on"])
    Judgement.objects.filter(return_of=ret).update(circle_id=ret.circle_id)
    PanelOutcome.objects.filter(panel__return_of=ret).update(circle_id=ret.circle_id)
    _let_moderators_go(ret, today)


def _let_moderators_go(ret: Return, today: date) -> None:
    """Their work, and the panel's, is done: the day of release is the last on which they can open the return."""
    grants = Grant.objects.filter(
        circle__in=[ret.circle_id, ret.notes_circle_id], role__in=LET_IN, withdrawn_at=None, ends_on=None
    )
    people = list(Person.objects.filter(grants__in=grants).distinct())
    grants.update(ends_on=today)
    derive.rewrite(*people)
