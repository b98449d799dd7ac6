"""A body that ended while a cycle runs: its return is handed to the body that carries on, and counted once.

The rows of the old return stay where they are, in the old agency's circle: moving them would show its people's words
to others than they were written for, and lock them away from those who wrote them. The successor gets a return of its
own, in its own circle; what was answered comes into it as drafts to confirm once its people start.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.assurance.models import Return, Stage, StageChange
from wholestory.assurance.operations import cycles
from wholestory.assurance.operations.moving import held, move
from wholestory.assurance.queries.lineage import pairs, successors_of
from wholestory.assurance.rules.lineage import came_from
from wholestory.assurance.status import OPEN_STAGES
from wholestory.partners.models import Agency, Person
from wholestory.records.models import Link

#: What the history calls it.
TOOK_OVER = "took_over"


class HandOverRefused(ValueError):
    """The return cannot be handed over like that; the message says what to do."""


@transaction.atomic
def hand_over(*, actor: Person, ret: Return, to: Agency, today: date) -> Return:
    """Withdraw a return that is still being answered, because ``to`` carries on from its agency; the return that now
    stands for both.

    A successor that was asked already goes on with its own return. Otherwise it is asked now, with the same last day.
    The old return keeps its history, and stays readable to whoever still holds a seat of the old agency.
    """
    asking.require(actor, Verb.MANAGE, ret.record)
    if held(ret) not in OPEN_STAGES:
        raise HandOverRefused(
            "Only a return that is still being answered can be handed over. A signed one stands and is counted; to"
            " have it changed, open it again first."
        )
    if to.id not in {each.id for each in successors_of(ret.agency, ret.board, today)}:
        raise HandOverRefused(
            f"{to.name} is not recorded as carrying on from {ret.agency.name}. Record it on the agency's page first."
        )
    own = (
        Return.objects.filter(cycle=ret.cycle_id, agency=to)
        .select_related("record", "agency", "board")
        .first()
    )
    if own is None:
        cycles.issue(actor=actor, cycle=ret.cycle, agencies=[to], today=today)
        own = Return.objects.select_related("record", "agency", "board").get(cycle=ret.cycle_id, agency=to)
        own.due_on, own.extended_to = ret.due_on, ret.extended_to
        own.extension_reason = ret.extension_reason
        if own.baseline_id is None:
            own.baseline_id = ret.baseline_id
        own.save(update_fields=["due_on", "extended_to", "extension_reason", "baseline"])
    elif own.stage == Stage.WITHDRAWN:
        raise HandOverRefused(f"The request to {to.name} was taken back. Nobody would answer for both.")
    move(ret, "withdrawn", actor=actor, today=today, reason=f"{to.name} carries on and answers for both.")
    ret.succeeded_by = own
    ret.save(update_fields=["succeeded_by"])
    ledger.line("assurance.handed_over", ret.record)
    ledger.line("assurance.took_over", own.record)
    StageChange.objects.create(
        return_of=own, circle_id=own.circle_id, office_id=own.office_id, move=TOOK_OVER, from_stage=own.stage,
        to_stage=own.stage, by=actor, on=today, reason=f"Answers for {ret.agency.name} too.",
    )  # fmt: skip
    # The link is the team's: neither agency finds the other's return by it.
    Link.objects.create(
        circle_id=ret.notes_circle_id, office_id=ret.office_id, source=ret.record, target=own.record,
        how="answered_by",
    )  # fmt: skip
    return own


def previous_return(ret: Return) -> Return | None:
    """The last signed return to the same board, or one of an earlier time that was brought in from a file: the
    agency's own, which its people can still read; else that of the body it carries on from (CCG to ICB, school to
    academy), which only the system reads for them.
    """
    signed = (
        Return.objects.filter(
            Q(signed_off_on__isnull=False) | Q(stage=Stage.BROUGHT_IN),
            board=ret.board_id,
            issued_on__lt=ret.issued_on,
        )
        .exclude(pk=ret.pk)
        .select_related("answers__form_version", "answers__record")
        .order_by("-issued_on", "-id")
    )
    own = signed.filter(agency=ret.agency_id).first()
    if own is not None:
        return own
    before = came_from(ret.agency_id, pairs())
    if not before:
        return None
    with acting.as_system(ret.board_id, "tally"):
        found = list(signed.filter(agency__in=before))
    nearest = {agency: place for place, agency in enumerate(before)}
    return min(found, key=lambda each: nearest[each.agency_id], default=None)


def earlier_returns(ret: Return, *, actor: Person) -> list[Return]:
    """What comes forward into a return that is begun, first come first kept: returns handed over to it in this cycle,
    then the last signed one. Nothing comes from a return that ``actor`` is kept out of.
    """
    with acting.as_system(ret.board_id, "tally"):
        handed = Return.objects.filter(succeeded_by=ret.pk).select_related("answers__form_version", "record")
        found = list(handed.order_by("issued_on", "id"))
    last = previous_return(ret)
    return [one for one in [*found, *([last] if last else [])] if not asking.reasons(actor, one)[1]]
