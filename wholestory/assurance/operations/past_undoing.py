"""Taking back what a file brought in, as one and with the reason, while nothing rests on it.

What came in stays readable to its agency as withdrawn, and the history of its answers stays: nothing is erased.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting
from wholestory.actions.models import Source
from wholestory.assurance import own_frameworks
from wholestory.assurance.models import (
    BroughtIn,
    BroughtInKind,
    BroughtInState,
    Cycle,
    CycleFigures,
    FrameworkVersion,
    PastRow,
    Return,
    SaidOfPast,
    ScoreSheet,
    Stage,
    StageChange,
    Survey,
)
from wholestory.assurance.operations import figures, past_linking
from wholestory.assurance.operations.cycles import RETURN
from wholestory.assurance.operations.moving import count
from wholestory.assurance.operations.past import PastRefused, held
from wholestory.govuk.forms.dates import in_words
from wholestory.paperwork.models import AnswerSet
from wholestory.partners.models import Person


def resting_on(batch: BroughtIn) -> list[str]:
    """What rests on the returns a file brought in, each in a sentence; empty when they can be taken back. The system
    looks: what rests on them may be a return the officer is kept out of."""
    with acting.as_system(batch.board_id, "tally"):
        returns = _returns(batch)
        ids = [ret.pk for ret in returns]
        said = SaidOfPast.objects.filter(return_of__in=ids, is_right=True).select_related(
            "by", "return_of__agency"
        )
        found = [f"{one.by} of {one.return_of.agency} confirmed it on {in_words(one.on)}." for one in said]
        sets = {ret.answers_id: ret for ret in returns}
        carried = AnswerSet.objects.filter(carried_from__in=sets)
        begun = Return.objects.filter(answers__in=carried).select_related("agency")
        found += [f"{ret.agency} began its return “{ret.title}” with these answers." for ret in begun]
        sources = Source.objects.filter(record__in=[ret.record_id for ret in returns])
        actions = sources.order_by().values("action").distinct().count()
        if actions:
            found.append(f"{actions} action{'s' if actions != 1 else ''} answer these returns.")
        others = PastRow.objects.filter(
            brought_in__cycle=batch.cycle_id, brought_in__state=BroughtInState.APPLIED
        )
        if (
            not others.exclude(brought_in=batch).exists()
            and Survey.objects.filter(cycle=batch.cycle_id).exists()
        ):
            found.append("A survey of staff belongs to this round.")
        return found


def _returns(batch: BroughtIn) -> list[Return]:
    rows = PastRow.objects.filter(brought_in=batch).values_list("record_id", flat=True)
    return list(
        Return.objects.filter(record__in=list(rows), stage=Stage.BROUGHT_IN).select_related(
            "agency", "record"
        )
    )


@transaction.atomic
def undo(*, actor: Person, batch: BroughtIn, reason: str, today: date) -> int:
    """Take back all that came of a file of returns; how many. Raises PastRefused without a reason, or with what rests
    on it."""
    fresh = held(actor, batch, BroughtInState.APPLIED)
    if fresh.kind != BroughtInKind.RETURNS:
        raise PastRefused("This file holds no returns.")
    if not reason.strip():
        raise PastRefused("Say why it is taken back.")
    if rests := resting_on(fresh):
        raise PastRefused(" ".join(["This cannot be taken back:", *rests]))
    ledger.line("assurance.past_undone", fresh.record)
    fresh.state, fresh.undone_by, fresh.undone_on = BroughtInState.UNDONE, actor, today
    fresh.undone_reason = reason.strip()[:300]
    fresh.save(update_fields=["state", "undone_by", "undone_on", "undone_reason"])
    with acting.as_system(fresh.board_id, "tally"):
        returns = _returns(fresh)
        _withdraw(fresh, returns, actor, today)
        cycle = _cycle_of(fresh)
        count(cycle.id, cycle.board_id)
        CycleFigures.objects.filter(cycle=cycle).delete()
        if Return.objects.filter(cycle=cycle, stage=Stage.BROUGHT_IN).exists():
            figures.keep_for_team(cycle, today)
        past_linking.relink(cycle.board)
    _stop_offering(fresh, today)
    return len(returns)


def _cycle_of(batch: BroughtIn) -> Cycle:
    found = Cycle.objects.select_related("record", "board").filter(pk__in=[batch.cycle_id]).first()
    if found is None:
        raise PastRefused("This file belongs to no round.")
    return found


def _withdraw(batch: BroughtIn, returns: Sequence[Return], actor: Person, today: date) -> None:
    ids = [ret.pk for ret in returns]
    ledger.line(
        "assurance.past_undone",
        kind=RETURN.kind,
        ids=[ret.record_id for ret in returns],
        board_id=batch.board_id,
    )
    ScoreSheet.objects.filter(return_of__in=ids).delete()
    StageChange.objects.bulk_create(
        [
            StageChange(
                return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move="past_undone",
                from_stage=ret.stage, to_stage=Stage.WITHDRAWN, by=actor, on=today, reason=batch.undone_reason,
            )
            for ret in returns
        ]
    )  # fmt: skip
    Return.objects.filter(pk__in=ids).update(stage=Stage.WITHDRAWN)


def _stop_offering(batch: BroughtIn, today: date) -> None:
    """A set of questions that was made of this file's headings is no longer offered, unless a cycle asks it."""
    made = own_frameworks.published(*batch.mapping["made"]) if batch.mapping.get("made") else None
    if (
        made is None
        or Cycle.objects.filter(framework=made.framework.key).exclude(pk__in=[batch.cycle_id]).exists()
    ):
        return
    ledger.line("assurance.tool_withdrawn", kind="assurance.tool", ids=[made.id], board_id=batch.board_id)
    FrameworkVersion.objects.filter(pk=made.id, withdrawn_on=None).update(withdrawn_on=today)
