"""Closing a case: final, every action done or known to go on, every question of the family answered or said why not."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.actions.models import Action, ActionState
from wholestory.child_deaths.models import Case, Recommendation, Review
from wholestory.child_deaths.operations.review import ReviewRefused
from wholestory.child_deaths.queries import family
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways.operations.moves import move

_OPEN = (ActionState.PROPOSED, ActionState.OPEN, ActionState.SAID_DONE)


def open_actions(review: Review) -> int:
    """How many actions that came of this review are still open, wherever they are kept."""
    became = Recommendation.objects.filter(analysis__review=review, action__isnull=False)
    ids = set(became.values_list("action_id", flat=True))
    if not ids:
        return 0
    with acting.as_system(review.record.board_id, "tally"):
        return Action.objects.filter(record__in=ids, state__in=_OPEN).count()


@transaction.atomic
def close(*, actor: Person, case: Case, actions_go_on: bool, today: date, now: Moment) -> None:
    """Close the case. Actions that are still open go on in the list of actions, once somebody says that they know.

    Raises StillNeeded while a question of the family has neither an answer nor a reason, ReviewRefused for open
    actions, CannotMove, NotForYou.
    """
    asking.require(actor, Verb.MANAGE, case.record)
    review = Review.objects.select_related("record").filter(case=case).first()
    many = open_actions(review) if review is not None else 0
    if many and not actions_go_on:
        raise ReviewRefused(
            f"{many} action{'' if many == 1 else 's'} of it still open. Say that you know they go on."
        )
    holding = {"family"} if family.answered(case) else set()
    move(actor=actor, record=case.record, name="closed", today=today, now=now, holding=holding)
    ledger.line("child_deaths.case_closed", case.record)
    case.record.closed_on = today
    case.record.save(update_fields=["closed_on"])
