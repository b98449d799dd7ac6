"""Moving a record along its pathway. The only writer of ``Standing``; history rows are never edited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways import registry
from wholestory.pathways.models import RunningClock, StageChange, Standing
from wholestory.pathways.operations.clocks import meet_clock, start_clock
from wholestory.pathways.rules.stages import (
    Afterwards,
    LowerSide,
    MeetClock,
    Move,
    NotYours,
    Pathway,
    RaiseSide,
    StartClock,
    WrongStage,
    may_change_side,
    ready,
)
from wholestory.records.models import Record


@transaction.atomic
def begin(*, actor: Person, record: Record, pathway: Pathway, today: date) -> Standing:
    """Put a record at the first stage of its pathway. Raises IntegrityError when it is on one already."""
    ledger.line(_verb(pathway, "begun"), record)
    StageChange.objects.create(
        record=record,
        circle_id=record.circle_id,
        office_id=record.office_id,
        pathway=pathway.key,
        version=pathway.version,
        move="begun",
        to_stage=pathway.first,
        by=actor,
        on=today,
    )
    return Standing.objects.create(
        record=record,
        circle_id=record.circle_id,
        office_id=record.office_id,
        pathway=pathway.key,
        version=pathway.version,
        stage=pathway.first,
        since_on=today,
    )


@transaction.atomic
def move(
    *,
    actor: Person,
    record: Record,
    name: str,
    today: date,
    now: Moment,
    holding: Collection[str] = (),
    facts: Mapping[str, Moment] | None = None,
    reason: str = "",
) -> tuple[Standing, tuple[Afterwards, ...]]:
    """Make the move ``name``. ``holding`` are the keys of the needs that hold; ``facts`` the moments of start facts
    and of what was done, by key, where they are not ``now``.

    The standing is locked first, so that of two people who act at once the second is told, not overwritten.
    Returns the new standing and what the room has to do afterwards. Raises WrongStage, NotYours or StillNeeded
    (all CannotMove), and what starting or meeting a clock raises.
    """
    standing = Standing.objects.select_for_update().get(record=record)
    pathway = registry.pathway(standing.pathway, standing.version)
    reasons = _reasons(actor, record)
    made = ready(pathway, name, standing=standing.stage, reasons=reasons, holding=holding, reason=reason)
    ledger.line(_verb(pathway, name), record)
    _keep(standing, made.name, made.to_stage, actor, today, sorted(made.by & reasons)[0], reason)
    standing.stage, standing.since_on = made.to_stage, today
    _sides(standing, made)
    standing.save(force_update=True)
    _clocks(made, actor=actor, record=record, now=now, facts=facts or {})
    return standing, tuple(each for each in made.effects if isinstance(each, Afterwards))


@transaction.atomic
def change_side(
    *, actor: Person, record: Record, side: str, up: bool, today: date, reason: str = ""
) -> Standing:
    """Set a side state (``up``) or take it away. Raises WrongStage, NotYours, or KeyError for an unknown one."""
    standing = Standing.objects.select_for_update().get(record=record)
    pathway = registry.pathway(standing.pathway, standing.version)
    reasons = _reasons(actor, record)
    found = may_change_side(pathway, side, standing=standing.stage, reasons=reasons, up=up)
    if (found.key in standing.sides) is up:
        return standing
    ledger.line(_verb(pathway, "side_set" if up else "side_taken_away"), record, reason=found.key)
    allowed = (found.raised_by if up else found.lowered_by) & reasons
    _keep(
        standing,
        "set" if up else "taken_away",
        standing.stage,
        actor,
        today,
        sorted(allowed)[0],
        reason,
        found.key,
    )
    standing.sides = sorted({*standing.sides, found.key} if up else set(standing.sides) - {found.key})
    standing.save(force_update=True)
    return standing


@transaction.atomic
def put_back(*, actor: Person, record: Record, stage: str, today: date, reason: str = "") -> Standing:
    """Put a record back at a stage it stood at before, with the day since when it stood there, where its room undoes
    what moved it (two records joined and parted again). Not a way around a move: the room asks first, and the history
    shows both.

    Raises WrongStage for a stage the record never stood at, NotYours for whoever may not see it.
    """
    standing = Standing.objects.select_for_update().get(record=record)
    if stage == standing.stage:
        return standing
    reasons = _reasons(actor, record)
    if not reasons:
        raise NotYours("Only somebody who may see the record can put it back.")
    came = (
        StageChange.objects.filter(record=record, to_stage=stage, side="")
        .order_by("-on", "-created_at")
        .first()
    )
    if came is None:
        raise WrongStage("It never stood there.")
    pathway = registry.pathway(standing.pathway, standing.version)
    ledger.line(_verb(pathway, "put_back"), record)
    _keep(standing, "put_back", stage, actor, today, sorted(reasons)[0], reason)
    standing.stage, standing.since_on = stage, came.on
    standing.save(force_update=True)
    return standing


def _reasons(actor: Person, record: Record) -> frozenset[str]:
    """The coded reasons that let this person in; nothing for somebody kept out."""
    who = acting.current()
    seat = who.seat if who is not None and who.person == actor.id else None
    lets_in, keeps_out = asking.reasons(actor, record, seat)
    if actor.is_system:
        return frozenset({"system"})
    return frozenset() if keeps_out else frozenset(lets_in)


def _verb(pathway: Pathway, what: str) -> str:
    # The room's own word comes first in the access record; a pathway's key begins with it.
    room = pathway.key.partition(".")[0]
    return f"{room}.{what}"


def _keep(
    standing: Standing,
    what: str,
    to: str,
    actor: Person,
    today: date,
    because: str,
    reason: str,
    side: str = "",
) -> None:
    StageChange.objects.create(
        record_id=standing.record_id,
        circle_id=standing.circle_id,
        office_id=standing.office_id,
        pathway=standing.pathway,
        version=standing.version,
        move=what,
        from_stage=standing.stage,
        to_stage=to,
        side=side,
        because=because,
        by=actor,
        on=today,
        reason=reason,
    )


def _sides(standing: Standing, made: Move) -> None:
    sides = set(standing.sides)
    for effect in made.effects:
        if isinstance(effect, RaiseSide):
            sides.add(effect.side)
        elif isinstance(effect, LowerSide):
            sides.discard(effect.side)
    standing.sides = sorted(sides)


def _clocks(made: Move, *, actor: Person, record: Record, now: Moment, facts: Mapping[str, Moment]) -> None:
    for effect in made.effects:
        if isinstance(effect, StartClock):
            start = facts.get(effect.fact, now)
            start_clock(actor=actor, record=record, key=effect.clock, starts={effect.fact: start}, now=now)
        elif isinstance(effect, MeetClock):
            running = RunningClock.objects.filter(
                record=record, key=effect.clock, closed_at__isnull=True
            ).first()
            if running is not None:
                meet_clock(actor=actor, clock=running, met=facts.get(effect.clock, now), now=now)
