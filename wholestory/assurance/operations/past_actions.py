"""Bringing in a list of actions: each becomes an action of its agency, marked with the file, and all are taken back as
one.

What was closed then comes in as closed by the system, and says that nobody here saw what shows it. Nothing of a list is
shown to the whole board: it was never released to it here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting
from wholestory.access.acting import SYSTEM_ACTORS
from wholestory.actions import operations as actions
from wholestory.actions.models import Action, ActionState, Step, StepKind
from wholestory.assurance.models import BroughtIn, BroughtInKind, BroughtInState, PastRow
from wholestory.assurance.operations import past_applying
from wholestory.assurance.operations.past import Overtaken, PastRefused, held
from wholestory.assurance.queries import past_actions as queries
from wholestory.assurance.rules import past_tracker
from wholestory.assurance.rules.own_tools_found import plain
from wholestory.assurance.rules.past_tracker import Coming, TrackerPlan
from wholestory.partners.models import Agency, Person, Seat

#: Actions that are written while somebody waits; more go to the background.
AT_ONCE = 100
STEP = 50
UNNAMED = "Nobody is named in the file"


@transaction.atomic
def apply(*, actor: Person, batch: BroughtIn, seen: str, today: date) -> BroughtIn:
    """Bring in what the dry run showed; ``seen`` is its mark. Raises Overtaken and PastRefused."""
    fresh = held(actor, batch, BroughtInState.MATCHING)
    plan = queries.plan_of(fresh)
    if plan.seen != seen:
        raise Overtaken("Something changed since you looked. Look through it again, then bring it in.")
    if plan.stopped:
        raise PastRefused("Settle first what is marked below.")
    ledger.line("assurance.past_applied", fresh.record)
    fresh.state, fresh.of, fresh.done = BroughtInState.APPLYING, len(plan.coming), 0
    fresh.applied_by, fresh.applied_on, fresh.counts = actor, today, counts_of(plan)
    fresh.save(update_fields=["state", "of", "done", "applied_by", "applied_on", "counts"])
    if len(plan.coming) > AT_ONCE:
        past_applying.in_background(fresh)
        return fresh
    write(fresh, plan.coming)
    _finish(fresh)
    return fresh


def counts_of(plan: TrackerPlan) -> dict[str, int]:
    """What comes in, in numbers."""
    found = {state: sum(one.state == state for one in plan.coming) for state in past_tracker.STATES}
    return {
        **found, "actions": len(plan.coming), "agencies": len({one.agency for one in plan.coming}),
        "faults": len(plan.faults), "left_out": len(plan.left_out),
    }  # fmt: skip


def write(batch: BroughtIn, coming: Sequence[Coming]) -> None:
    """Write these actions, passing over those of this file that are there already. Whoever brings them in must
    be acting: an action is promised by somebody."""
    actor, today = batch.applied_by, batch.applied_on
    if actor is None or today is None:
        raise PastRefused("This file is not being brought in.")
    there = set(PastRow.objects.filter(brought_in=batch).values_list("agency_id", "place"))
    wanted = [one for one in coming if (UUID(one.agency), one.place[:120]) not in there]
    agencies = {str(one.id): one for one in Agency.objects.filter(pk__in={one.agency for one in wanted})}
    owners = queries.owners_of([one.id for one in agencies.values()], batch.board_id, today)
    for one in wanted:
        _write_one(batch, one, agencies[one.agency], owners, actor, today)
    batch.done += len(coming)
    ledger.line("assurance.past_applied", batch.record)
    batch.save(update_fields=["done"])


def _write_one(
    batch: BroughtIn, one: Coming, agency: Agency, owners: Mapping[tuple[UUID, str], Person], actor: Person, today: date
) -> None:  # fmt: skip
    owner = owners.get((agency.id, plain(one.owner))) or owners.get((agency.id, one.owner.strip().casefold()))
    action = actions.promise(
        actor=actor, board=batch.board, agency=agency, title=one.title, detail=one.detail, due_on=one.due_on,
        today=today, owner=owner, owner_title="" if owner else (one.owner.strip() or UNNAMED),
    )  # fmt: skip
    action.brought_in_from = batch.file_name
    changed = ["brought_in_from"]
    mark = f"Brought in from {batch.file_name}, unconfirmed."
    actions.step(action, StepKind.UPDATED, actor, today, words="\n".join(filter(None, (mark, one.comment))))
    if one.state == past_tracker.SAID_DONE:
        action.state, action.said_done_on = ActionState.SAID_DONE, today
        actions.step(action, StepKind.SAID_DONE, actor, today, words=f"So says {batch.file_name}.")
        changed += ["state", "said_done_on"]
    elif one.state == past_tracker.CLOSED:
        # The day it was due stands in where the file names none; the story says so.
        action.closed_on = one.closed_on or min(one.due_on, today)
        action.state, action.closed_by_id = ActionState.CLOSED, SYSTEM_ACTORS["tally"][0]
        system = Person.objects.get(pk=action.closed_by_id)
        day = "" if one.closed_on else " The file names no day of closing: the day it was due stands for it."
        words = f"Brought in as closed. Nobody here has seen what shows it.{day}"
        actions.step(action, StepKind.CLOSED, system, today, words=words)
        changed += ["state", "closed_on", "closed_by"]
    elif one.state == past_tracker.DROPPED:
        action.state = ActionState.DROPPED
        actions.step(action, StepKind.DROPPED, actor, today, words=f"So says {batch.file_name}.")
        changed.append("state")
    action.save(update_fields=changed)
    PastRow.objects.create(
        circle_id=batch.circle_id, office_id=batch.office_id, brought_in=batch, agency=agency,
        record_id=action.record_id, place=one.place[:120],
    )  # fmt: skip


def _finish(batch: BroughtIn) -> None:
    ledger.line("assurance.past_applied", batch.record)
    batch.state, batch.done = BroughtInState.APPLIED, batch.of
    batch.save(update_fields=["state", "done"])


def go_on(*, batch_id: UUID, person: Person, seat: Seat | None) -> bool:
    """The background's part, as ``person`` in the seat they asked in. Whether it was finished now; run twice, the
    second run does nothing."""
    left: list[Coming] | None = None
    while True:
        with acting.acting_as(person, seat):
            rows = BroughtIn.objects.select_for_update(of=("self",))
            batch = rows.select_related("record", "board", "applied_by").get(pk=batch_id)
            if batch.state != BroughtInState.APPLYING:
                return False
            if left is None:
                left, batch.done = (
                    queries.plan_of(batch).coming,
                    PastRow.objects.filter(brought_in=batch).count(),
                )
            step, left = left[:STEP], left[STEP:]
            if not step:
                _finish(batch)
                return True
            write(batch, step)


def resting_on(batch: BroughtIn) -> list[str]:
    """What happened to the actions of a file since, each in a sentence; empty when they can be taken back."""
    with acting.as_system(batch.board_id, "tally"):
        came = dict(PastRow.objects.filter(brought_in=batch).values_list("record_id", "created_at"))
        steps = Step.objects.filter(action__record__in=came).select_related("action__agency")
        later = {
            step.action.pk: step.action for step in steps if step.created_at > came[step.action.record_id]
        }
        return [f"{one.agency} or your team worked on “{one.title}” since." for one in later.values()]


@transaction.atomic
def undo(*, actor: Person, batch: BroughtIn, reason: str, today: date) -> int:
    """Drop every action of a file, with the reason; how many. Raises PastRefused without a reason, or where somebody
    worked on one since."""
    fresh = held(actor, batch, BroughtInState.APPLIED)
    if fresh.kind != BroughtInKind.ACTIONS:
        raise PastRefused("This file holds no actions.")
    if not reason.strip():
        raise PastRefused("Say why it is taken back.")
    if rests := resting_on(fresh):
        raise PastRefused(" ".join(["This cannot be taken back:", *rests]))
    ledger.line("assurance.past_undone", fresh.record)
    fresh.state, fresh.undone_by, fresh.undone_on = BroughtInState.UNDONE, actor, today
    fresh.undone_reason = reason.strip()[:300]
    fresh.save(update_fields=["state", "undone_by", "undone_on", "undone_reason"])
    with acting.as_system(fresh.board_id, "tally"):
        records = PastRow.objects.filter(brought_in=fresh).values_list("record_id", flat=True)
        found = list(Action.objects.filter(record__in=list(records)).select_related("record__board"))
        ledger.line(
            "actions.dropped",
            kind=actions.ACTION.kind,
            ids=[one.record_id for one in found],
            board_id=fresh.board_id,
        )
        for one in found:
            one.state, one.closed_on, one.closed_by, one.said_done_on = ActionState.DROPPED, None, None, None
            actions.step(
                one, StepKind.DROPPED, actor, today, words=f"The list was taken back: {fresh.undone_reason}"
            )
        Action.objects.bulk_update(found, ["state", "closed_on", "closed_by", "said_done_on"])
    return len(found)
