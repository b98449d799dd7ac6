"""A round: every agency is asked for what it owes for one quarter; more time, taking back, closing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.verbs import Verb
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import AgencyReturn, Asked, Collection, ReturnStage, ReturnStep
from wholestory.indicators.operations import circles
from wholestory.indicators.operations.moving import ReturnRefused, held, move, step
from wholestory.indicators.queries.asking import agencies_of
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.quarters import asked_in, is_quarter, name_of
from wholestory.partners.models import Agency, Board, Person
from wholestory.records import opening
from wholestory.records.models import Circle, Record

COLLECTION = opening.Opening(Collection.record_kind, "FC", "governance")
RETURN = opening.Opening(AgencyReturn.record_kind, "FR", "governance")


Owed = Mapping[UUID, list[dict[str, Any]]]
"""What each agency is asked for, by agency."""


class RoundRefused(ValueError):
    """The round cannot be opened or changed like that; the message says what to do."""


def owed(board: Board, period: Period) -> Owed:
    """What each agency is asked for in a quarter, in the order of the catalogue, by agency: two queries."""
    measures = catalogue_of(board)
    order = {code: n for n, code in enumerate(measures)}
    rows = Asked.objects.filter(board=board, not_held=False, from_on__lte=period.end).exclude(
        to_on__lt=period.end
    )
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        definition = measures.get(row.measure)
        if definition is not None and (ask := _ask(definition, row.breakdowns, period)) is not None:
            found[row.agency_id].append(ask)
    return {
        agency: sorted(asks, key=lambda one: order[one["measure"]]) for agency, asks in found.items() if asks
    }


def _ask(definition: Definition, breakdowns: list[str], quarter: Period) -> dict[str, Any] | None:
    period = asked_in(quarter, definition.frequency, definition.year)
    if period is None:
        return None
    ask: dict[str, Any] = {
        "measure": definition.code, "version": definition.version, "breakdowns": breakdowns,
    }  # fmt: skip
    if period != quarter:
        ask |= {"period_start": period.start.isoformat(), "period_end": period.end.isoformat()}
    return ask


@transaction.atomic
def open_round(
    *, actor: Person, board: Board, label: str, period: Period, due_on: date, today: date, now: datetime
) -> Collection:
    """Ask every agency for what it owes for one quarter; what is asked is frozen with its versions.

    Raises RoundRefused where the quarter was asked for already, has not ended, or nobody owes anything.
    """
    team = circles.of_team(board)
    office = circles.office(board)
    asking.require(actor, Verb.MANAGE, Record(kind=COLLECTION.kind, circle=team, office=office))
    if not is_quarter(period):
        raise RoundRefused("A round is for one whole quarter.")
    if due_on <= period.end:
        raise RoundRefused("Figures are due after the quarter has ended. Choose a later day.")
    if Collection.objects.filter(board=board, period_start=period.start, period_end=period.end).exists():
        raise RoundRefused(f"{name_of(period)} was asked for already. Open that round instead.")
    wanted = _still_here(board, owed(board, period), today)
    if not wanted:
        raise RoundRefused("No agency is asked for anything yet. Say first who is asked for what.")
    record = opening.sheet(COLLECTION, board, team, office, today, verb="indicators.round_opened")
    collection = Collection.objects.create(
        record=record, circle=team, office=office, board=board, label=label.strip()[:60] or name_of(period),
        period_start=period.start, period_end=period.end, due_on=due_on, opened_by=actor, opened_on=today,
    )  # fmt: skip
    _ask_agencies(actor, collection, wanted, today, now)
    return collection


@transaction.atomic
def ask_more(*, actor: Person, collection: Collection, today: date, now: datetime) -> list[AgencyReturn]:
    """Ask the agencies that have come to owe something since the round was opened; those asked are left alone."""
    asking.require(actor, Verb.MANAGE, collection.record)
    if collection.closed_on is not None:
        raise RoundRefused("This round is closed.")
    period = Period(collection.period_start, collection.period_end)
    there = set(AgencyReturn.objects.filter(collection=collection).values_list("agency_id", flat=True))
    every = _still_here(collection.board, owed(collection.board, period), today)
    wanted = {agency: asks for agency, asks in every.items() if agency not in there}
    return _ask_agencies(actor, collection, wanted, today, now) if wanted else []


def _still_here(board: Board, wanted: Owed, today: date) -> Owed:
    """Without the agencies that no longer answer to the board: nobody is left there to fill anything in."""
    here = {agency.id for agency in agencies_of(board, today)}
    return {agency: asks for agency, asks in wanted.items() if agency in here}


def _ask_agencies(
    actor: Person,
    collection: Collection,
    wanted: Owed,
    today: date,
    now: datetime,
) -> list[AgencyReturn]:
    """One return for each agency, in a number of queries that does not grow with them."""
    board, office = collection.board, collection.office
    agencies = list(Agency.objects.filter(pk__in=wanted).order_by("name", "id"))
    found = circles_of(board, agencies)
    records = opening.sheets(
        RETURN,
        board,
        [found[agency.id] for agency in agencies],
        office,
        today,
        verb="indicators.return_asked",
    )
    returns = AgencyReturn.objects.bulk_create(
        AgencyReturn(
            record=record, circle=record.circle, office=office, collection=collection, board=board, agency=agency,
            label=collection.label, period_start=collection.period_start, period_end=collection.period_end,
            asks=wanted[agency.id], due_on=collection.due_on,
        )
        for record, agency in zip(records, agencies, strict=True)
    )  # fmt: skip
    ReturnStep.objects.bulk_create(step(ret, "asked", actor=actor, today=today, now=now) for ret in returns)
    return returns


def circles_of(board: Board, agencies: list[Agency]) -> dict[UUID, Circle]:
    """The standing circle of each of these agencies' figures: whoever is asked for something has one."""
    rows = Circle.objects.filter(board=board, kind="figures", agency__in=agencies, group=None)
    found = {circle.agency_id: circle for circle in rows.order_by("-id") if circle.agency_id is not None}
    missing = [agency for agency in agencies if agency.id not in found]
    if missing:
        made = opening.circles(board, "figures", missing)
        ledger.line("indicators.circle_made", board_id=board.id, kind=AgencyReturn.record_kind)
        derive.open_circles(made)
        found |= {agency.id: circle for agency, circle in zip(missing, made, strict=True)}
    return found


@transaction.atomic
def extend(*, actor: Person, ret: AgencyReturn, to: date, reason: str, today: date, now: datetime) -> None:
    """Give one agency more time, with the reason. The first due day stays."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if held(ret) not in (ReturnStage.ASKED, ReturnStage.STARTED, ReturnStage.WAITING):
        raise ReturnRefused("More time can be given only until the figures are sent.")
    if to <= ret.due_on:
        raise ReturnRefused("The new day must be later than the day it is due.")
    if not reason.strip():
        raise ReturnRefused("Say why more time is given.")
    ledger.line("indicators.extended", ret.record)
    ret.extended_to, ret.extension_reason = to, reason.strip()[:300]
    ret.save(update_fields=["extended_to", "extension_reason"])
    step(ret, "extended", actor=actor, today=today, now=now, words=reason).save()


@transaction.atomic
def withdraw(*, actor: Person, ret: AgencyReturn, reason: str, today: date, now: datetime) -> None:
    """Ask this agency no more in this round: asked in error, or gone. What was sent stays in force."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if not reason.strip():
        raise ReturnRefused("Say why the agency is not asked any more.")
    move(ret, "withdrawn", actor=actor, today=today, now=now, words=reason)


@transaction.atomic
def close(*, actor: Person, collection: Collection, today: date) -> None:
    """No more reminders: what was not sent stays “not supplied”. What was sent can still be corrected with a reason."""
    asking.require(actor, Verb.MANAGE, collection.record)
    held_round = Collection.objects.select_for_update().get(pk=collection.pk)
    if held_round.closed_on is not None:
        raise RoundRefused("This round is closed already.")
    ledger.line("indicators.round_closed", collection.record)
    collection.closed_on = today
    collection.save(update_fields=["closed_on"])
    unsent = AgencyReturn.objects.filter(collection=collection, first_sent_on=None)
    records = [collection.record_id, *unsent.values_list("record_id", flat=True)]
    Record.objects.filter(pk__in=records).update(closed_on=today)
