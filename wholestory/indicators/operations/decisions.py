"""What a board decides about reading a measure. Nothing decided is ever changed, and nothing recolours the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.asking import NotForYou
from wholestory.access.verbs import Verb
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import Rebase, Target
from wholestory.indicators.queries.anew import first_days
from wholestory.indicators.rules.standards import possible, read
from wholestory.partners.models import Board, Person

KIND = "indicators.measures"
#: So many years ahead a target may begin: further off it is a slip of the hand.
_YEARS_AHEAD = 2


class DecisionRefused(ValueError):
    """It cannot be decided like that; ``field`` is what to put right and the sentence says why."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def set_target(
    *, actor: Person, board: Board, measure: Definition, from_on: date, thresholds: Mapping[str, str], because: str,
    today: date,
) -> Target:  # fmt: skip
    """A target from a day on. The first of a measure may begin in the past, for nothing was judged before; a later one
    begins today or later, so that no period keeps another colour than it was given. Raises BadStandards,
    DecisionRefused and NotForYou."""
    may_decide(actor, board)
    said = {key: str(value) for key, value in thresholds.items() if value not in (None, "")}
    possible(read(said, measure.polarity), measure)
    if (from_on.year - _YEARS_AHEAD, from_on.month, from_on.day) > (today.year, today.month, today.day):
        raise DecisionRefused("from_on", f"A target begins within {_YEARS_AHEAD} years from today")
    if from_on < today and Target.objects.filter(board=board, measure=measure.code).exists():
        raise DecisionRefused(
            "from_on",
            "There is a target already. A new one begins today or later, so that earlier figures keep their status",
        )
    ledger.line("indicators.target_set", board_id=board.id, kind=KIND)
    return Target.objects.create(
        board=board,
        measure=measure.code,
        from_on=from_on,
        thresholds=said,
        because=because,
        by=actor,
        on=today,
    )


@transaction.atomic
def begin_anew(
    *, actor: Person, board: Board, measure: Definition, from_on: date, because: str, today: date
) -> Rebase:
    """Limits of a chart begin anew at a period, for a reason. Raises DecisionRefused and NotForYou."""
    may_decide(actor, board)
    if from_on > today:
        raise DecisionRefused("from_on", "Limits begin anew at a period that has begun")
    if Rebase.objects.filter(board=board, measure=measure.code, from_on=from_on, withdrawn_on=None).exists():
        raise DecisionRefused("from_on", "Limits begin anew at this day already")
    right = first_days(board, measure)
    if from_on not in right:
        raise DecisionRefused("from_on", _nearest(from_on, right))
    ledger.line("indicators.limits_rebased", board_id=board.id, kind=KIND)
    return Rebase.objects.create(
        board=board, measure=measure.code, from_on=from_on, because=because, by=actor, on=today
    )


def _nearest(day: date, right: Sequence[date]) -> str:
    """Why limits cannot begin anew on a day, and on which days close to it they can."""
    if not right:
        return "There are figures of fewer than two periods, so limits cannot begin anew yet"
    close = [*[each for each in right if each < day][-1:], *[each for each in right if each > day][:1]]
    named = " or ".join(f"{each.day} {each:%B %Y}" for each in close)
    return f"Limits begin anew on the first day of a period with figures, and with others before it: {named}"


@transaction.atomic
def take_back(*, actor: Person, rebase: Rebase, today: date) -> None:
    """Limits go on as before, as if the decision had not been taken; that it was, stays written. Raises NotForYou."""
    may_decide(actor, rebase.board)
    if rebase.withdrawn_on is not None:
        return
    ledger.line("indicators.limits_rejoined", board_id=rebase.board_id, kind=KIND)
    rebase.withdrawn_on = today
    rebase.save(update_fields=["withdrawn_on"])


def may_decide(actor: Person, board: Board) -> None:
    """Raises NotForYou for anybody but the board’s team."""
    if not asking.may(asking.seats_today(actor), Verb.MANAGE, KIND, board):
        raise NotForYou(asking.judged([], [], Verb.MANAGE, KIND))
