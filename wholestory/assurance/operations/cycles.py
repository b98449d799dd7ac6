"""The board's side of a cycle: prepared, issued to agencies, extended, released to the board, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking, derive
from wholestory.access.verbs import Verb
from wholestory.actions.models import Action
from wholestory.actions.operations import show_to_board
from wholestory.assurance import own_frameworks, results
from wholestory.assurance.definitions import form_of, framework_called
from wholestory.assurance.models import Cycle, CycleKind, CycleState, ResultRow, Return, Stage, StageChange
from wholestory.assurance.operations import figures, longer, scope, shared_answers
from wholestory.assurance.operations.moving import count, held, move
from wholestory.assurance.queries.interim import can_stand_on
from wholestory.assurance.rules.chosen import CycleRules
from wholestory.assurance.rules.scales import NoCompliantLevel
from wholestory.assurance.status import OPEN_STAGES
from wholestory.paperwork import operations as paperwork
from wholestory.partners.models import Agency, Board, Person
from wholestory.records import opening
from wholestory.records.models import Record

CYCLE = opening.Opening("assurance.cycle", "CY", "assurance")
RETURN = opening.Opening("assurance.return", "SA", "assurance")


class CycleRefused(ValueError):
    """The cycle cannot be changed like that now; the message says what to do."""


CLOSED_ASKS_NOBODY = "This cycle is closed. Prepare a new one to ask again."
CLOSED_SHOWS_NO_MORE = "This cycle is closed. What the board was shown stays as it is."


def _held(cycle: Cycle) -> str:
    """Hold the cycle until the transaction ends, and say its state: of two people the second is told."""
    cycle.state = Cycle.objects.select_for_update().only("state").get(pk=cycle.pk).state
    return cycle.state


@transaction.atomic
def prepare(
    *,
    actor: Person,
    board: Board,
    title: str,
    framework: str,
    opens_on: date,
    due_on: date,
    today: date,
    framework_version: int | None = None,
    moderation_due_on: date | None = None,
    report_due_on: date | None = None,
    critical_cap: bool = False,
    previous: Cycle | None = None,
    rules: CycleRules | None = None,
) -> Cycle:
    """A new cycle, not yet sent to anybody. Which questions, which score is compliant and by which rules figures are
    made is settled here, and stays as it is: agencies answer to it. Raises CycleRefused where no level is chosen.
    """
    chosen_rules = rules or CycleRules(critical_cap=critical_cap)
    circle, new = opening.the_circle(board, "board")
    if new:
        derive.open_circle(circle)
    office = opening.office(board, "assurance")
    asking.require(actor, Verb.MANAGE, Record(kind=CYCLE.kind, circle=circle, office=office))
    chosen = framework_called(framework, framework_version)
    again = previous is not None and (previous.framework, previous.framework_version) == (
        chosen.key,
        chosen.version,
    )
    if not again and not own_frameworks.may_ask(board, chosen):
        raise CycleRefused("This audit tool is not offered. Choose another, or offer it again first.")
    try:
        level = chosen.compliant.at_least
    except NoCompliantLevel as reason:
        raise CycleRefused(str(reason)) from None
    record = opening.sheet(CYCLE, board, circle, office, today, verb="assurance.cycle_prepared")
    return Cycle.objects.create(
        record=record, circle=circle, office=office, board=board, title=title.strip(), framework=chosen.key,
        framework_version=chosen.version, compliant_from=level, opens_on=opens_on, due_on=due_on,
        moderation_due_on=moderation_due_on, report_due_on=report_due_on, previous=previous, **asdict(chosen_rules),
    )  # fmt: skip


@transaction.atomic
def issue(*, actor: Person, cycle: Cycle, agencies: Sequence[Agency], today: date) -> list[Return]:
    """Ask these agencies. Those already asked are left alone, so issuing twice asks nobody twice.

    Costs the same number of queries for six hundred agencies as for six.
    """
    asking.require(actor, Verb.MANAGE, cycle.record)
    if _held(cycle) == CycleState.CLOSED:
        raise CycleRefused(CLOSED_ASKS_NOBODY)
    asked = set(Return.objects.filter(cycle=cycle).values_list("agency_id", flat=True))
    new = [agency for agency in agencies if agency.id not in asked]
    if not new:
        return []
    stands_on = _stands_on(cycle, new)
    board, framework = cycle.board, framework_called(cycle.framework, cycle.framework_version)
    office = opening.office(board, "assurance")
    circles = opening.circles(board, "return", new)
    notes = opening.circles(board, "moderation", new)
    derive.open_circles(circles)
    records = opening.sheets(RETURN, board, circles, office, today, verb="assurance.issued")
    version = paperwork.publish(form_of(framework.key, framework.version))
    sets = paperwork.start_many(actor=actor, records=records, version=version)
    returns = Return.objects.bulk_create(
        [
            Return(
                record=record,
                circle=circle,
                office=office,
                cycle=cycle,
                board=board,
                agency=agency,
                duty_basis=agency.duty_basis,
                title=f"{framework.title_for(agency.duty_basis)}: {cycle.title}"[:160],
                framework=framework.key,
                framework_version=framework.version,
                compliant_from=cycle.compliant_from,
                answers=answer_set,
                notes_circle=note,
                issued_on=today,
                due_on=cycle.due_on,
                baseline_id=stands_on.get(agency.id),
            )
            for record, circle, agency, answer_set, note in zip(
                records, circles, new, sets, notes, strict=True
            )
        ]
    )
    StageChange.objects.bulk_create(
        [
            StageChange(
                return_of=ret,
                circle_id=ret.circle_id,
                office=office,
                move="issued",
                from_stage="",
                to_stage=Stage.ISSUED,
                by=actor,
                on=today,
            )
            for ret in returns
        ]
    )
    scope.no_longer_left_out(cycle, new)
    if cycle.state == CycleState.DRAFT:
        cycle.state = CycleState.OPEN
        cycle.save(update_fields=["state"])
    shared_answers.settle(cycle=cycle, returns=returns, today=today)
    count(cycle.id, board.id)
    return returns


def _stands_on(cycle: Cycle, agencies: Sequence[Agency]) -> dict[UUID, UUID]:
    """The signed return each of these stands on in an interim round. Raises CycleRefused where there is none."""
    if cycle.kind != CycleKind.INTERIM:
        return {}
    stands = can_stand_on(cycle)
    without = [agency.name for agency in agencies if agency.id not in stands]
    if without:
        raise CycleRefused(
            f"{', '.join(without)}: no signed return in the round this one stands on, so there is nothing to bring up"
            " to date. Ask in a full cycle."
        )
    return stands


@transaction.atomic
def extend(*, actor: Person, ret: Return, to: date, reason: str, today: date) -> None:
    """Give one agency more time, with the reason. The first due date stays. A request that waits is answered by it."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if held(ret) not in OPEN_STAGES:
        raise CycleRefused("More time can be given only while the return is being answered.")
    if to <= ret.due_on:
        raise CycleRefused("The new date must be later than the due date.")
    if not reason.strip():
        raise CycleRefused("Say why more time is given.")
    ledger.line("assurance.extended", ret.record)
    longer.give(actor=actor, ret=ret, to=to, reason=reason, today=today)
    StageChange.objects.create(
        return_of=ret, circle_id=ret.circle_id, office_id=ret.office_id, move="extended", from_stage=ret.stage,
        to_stage=ret.stage, by=actor, on=today, reason=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def withdraw(*, actor: Person, ret: Return, reason: str, today: date) -> None:
    """Take the request back: the agency was asked in error, or has gone."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if not reason.strip():
        raise CycleRefused("Say why the agency is no longer asked.")
    move(ret, "withdrawn", actor=actor, today=today, reason=reason.strip())


@transaction.atomic
def release_to_board(*, actor: Person, cycle: Cycle, today: date) -> int:
    """Show the board the named heat map and the actions. May be run again after more returns are released.

    Only returns whose result was released to their agency first carry scores; the others show where they stand.
    """
    asking.require(actor, Verb.MANAGE, cycle.record)
    if _held(cycle) == CycleState.CLOSED:
        raise CycleRefused(CLOSED_SHOWS_NO_MORE)
    returns = list(Return.objects.filter(cycle=cycle).exclude(stage=Stage.WITHDRAWN).select_related("agency"))
    if not any(ret.stage == Stage.RELEASED for ret in returns):
        raise CycleRefused(
            "Release at least one result to its agency first. Agencies read their result before the board."
        )
    ledger.line("assurance.released_to_board", cycle.record)
    ResultRow.objects.filter(cycle=cycle).delete()
    rows = results.rows_for_board(cycle, returns, today)
    ResultRow.objects.bulk_create(rows, batch_size=2000)
    records = [ret.record_id for ret in returns if ret.stage == Stage.RELEASED]
    show_to_board(
        actions=list(Action.objects.filter(sources__record__in=records).distinct()), board=cycle.board
    )
    figures.keep_for_board(cycle, today)
    cycle.state, cycle.released_on = CycleState.RELEASED, today
    cycle.save(update_fields=["state", "released_on"])
    return len(rows)


@transaction.atomic
def close(*, actor: Person, cycle: Cycle, today: date) -> None:
    """No more answers. Every agency keeps its own return, to read and download, for as long as it is kept.

    The system closes the returns, not the person: one they are kept out of closes as well.
    """
    asking.require(actor, Verb.MANAGE, cycle.record)
    with acting.as_system(cycle.board_id, "tally"):
        # Returns before their cycle, as every move takes them.
        list(Return.objects.select_for_update().filter(cycle=cycle).order_by("id").values_list("id"))
        if _held(cycle) not in (CycleState.RELEASED, CycleState.OPEN):
            raise CycleRefused("Only a cycle that was issued can be closed.")
        records = list(Return.objects.filter(cycle=cycle).values_list("record_id", flat=True))
        ledger.line("assurance.return_closed", kind=RETURN.kind, ids=records, board_id=cycle.board_id)
        Record.objects.filter(pk__in=records).update(closed_on=today)
        paperwork.lock_many(records=records, kind=RETURN.kind, board_id=cycle.board_id)
        figures.keep_for_team(cycle, today)
    ledger.line("assurance.cycle_closed", cycle.record)
    cycle.state = CycleState.CLOSED
    cycle.save(update_fields=["state"])
    cycle.record.closed_on = today
    cycle.record.save(update_fields=["closed_on"])
