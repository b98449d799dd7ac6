"""Moving a return from stage to stage: the only writer of ``stage``, with its history and the board's counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Count

from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance.definitions.pathway import RETURN
from wholestory.assurance.models import Cycle, OutOfScope, Return, Stage, StageChange, Tally
from wholestory.assurance.operations import score_sheets, shared_answers
from wholestory.assurance.status import closed_words
from wholestory.partners.models import Person
from wholestory.pathways.rules.stages import CannotMove, WrongStage
from wholestory.records.models import Record

__all__ = ["CannotMove", "CycleClosed", "count", "held", "move"]


#: What a tally of the agencies that are out of scope is kept under, beside the stages.
LEFT_OUT = "out_of_scope"
#: A return that stands here will give no answers to the questions several boards share.
WITHOUT_ANSWERS = frozenset({Stage.NIL, Stage.WITHDRAWN, Stage.REFUSED})


#: Moves after which a return's answers could be changed.
_TAKES_SIGNATURE_BACK = frozenset({"reopened", "nil_reopened", "sent_back"})


class CycleClosed(CannotMove):
    """The return was closed with its cycle: it is read and downloaded, and nothing about it changes any more."""


def held(ret: Return) -> str:
    """Hold the return until the transaction ends, and say its stage: of two people who act at once the second is
    told, not overwritten. Every operation that changes a return begins here. Raises CycleClosed.
    """
    standing = Return.objects.select_for_update().only("stage").get(pk=ret.pk).stage
    if closed := closed_words(Record.objects.get(pk=ret.record_id)):
        raise CycleClosed(closed)
    return standing


def move(ret: Return, name: str, *, actor: Person, today: date, reason: str = "") -> None:
    """Make the move ``name`` of the pathway. Raises CannotMove when the return stands elsewhere by now or is closed."""
    standing = held(ret)
    step = RETURN.move(name)
    if standing not in step.from_stages:
        raise WrongStage(f"{step.label}: not possible while the return is at “{RETURN.label(standing)}”.")
    if name in _TAKES_SIGNATURE_BACK and _is_stood_on(ret):
        raise CannotMove(
            "An interim round stands on this return, so it stays as it was signed. What changed since is said there."
        )
    ledger.line(f"assurance.{name}", ret.record)
    # Why the team looks again is not the agency's to read before it has its result.
    seen_by = ret.notes_circle_id if name == "moderation_reopened" else ret.circle_id
    StageChange.objects.create(
        return_of=ret, circle_id=seen_by, office_id=ret.office_id, move=name, from_stage=standing,
        to_stage=step.to_stage, by=actor, on=today, reason=reason,
    )  # fmt: skip
    ret.stage = step.to_stage
    ret.save(update_fields=["stage"])
    score_sheets.follow(ret)
    if step.to_stage in WITHOUT_ANSWERS:
        shared_answers.hand_on(ret=ret)
    count(ret.cycle_id, ret.board_id)


def _is_stood_on(ret: Return) -> bool:
    """Whether an interim return stands on this one, in whatever circle that is."""
    with acting.as_system(ret.board_id, "tally"):
        return Return.objects.filter(baseline=ret.pk).exists()


def count(cycle_id: UUID, board_id: UUID) -> None:
    """Write how many returns stand where: what the board sees before release. The system counts, not the person."""
    with acting.as_system(board_id, "tally"):
        cycle = Cycle.objects.select_for_update().get(pk=cycle_id)
        found = dict(
            Return.objects.filter(cycle=cycle).order_by().values_list("stage").annotate(n=Count("id"))
        )
        if left_out := OutOfScope.objects.filter(cycle=cycle).count():
            found[LEFT_OUT] = left_out
        ledger.line("assurance.counted", cycle.record)
        Tally.objects.filter(cycle=cycle).delete()
        Tally.objects.bulk_create(
            [
                Tally(
                    cycle=cycle,
                    circle_id=cycle.circle_id,
                    office_id=cycle.office_id,
                    stage=stage,
                    number=number,
                )
                for stage, number in sorted(found.items())
            ]
        )
