"""Writing what a file says: a closed round, a return for each agency, its answers, locked and never signed.

The system writes, in the name of whoever pressed the button. A large file is written in steps of its own, each in one
transaction, so that a page can show how far it is; run again after a fault, it goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.assurance.definitions import form_of
from wholestory.assurance.definitions.as_form import item_keys
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import (
    BroughtIn,
    BroughtInState,
    Cycle,
    CycleKind,
    CycleState,
    Judgement,
    PastRow,
    Return,
    Stage,
    StageChange,
)
from wholestory.assurance.operations import figures, past_linking, score_sheets
from wholestory.assurance.operations.cycles import CYCLE, RETURN
from wholestory.assurance.operations.moving import count
from wholestory.assurance.operations.past import Overtaken, PastRefused, held
from wholestory.assurance.queries import past as queries
from wholestory.assurance.rules import past_words as words
from wholestory.assurance.rules.past_plan import SCORED, Coming, Plan, Taken
from wholestory.paperwork import operations as paperwork
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.paperwork.operations import putting
from wholestory.partners.models import Agency, Person
from wholestory.records import opening
from wholestory.records.models import Record

TASK = "assurance.bring_in"
#: Answers that are written while somebody waits; more go to the background.
AT_ONCE = 2_000
#: So much of a cell that could not be read stands in the score's place; the whole stands in the words beside it.
LONGEST_TYPED = 200
#: Agencies written in one transaction of the background.
STEP = 25


@transaction.atomic
def apply(*, actor: Person, batch: BroughtIn, seen: str, today: date, now: datetime) -> BroughtIn:
    """Bring in what the dry run showed; ``seen`` is its mark. Raises Overtaken when it would be something else by now,
    PastRefused while anything is open. ``state`` says whether it is done or goes on in the background."""
    fresh = held(actor, batch, BroughtInState.MATCHING)
    plan = queries.plan_of(fresh)
    if plan.seen != seen:
        raise Overtaken("Something changed since you looked. Look through it again, then bring it in.")
    if plan.stopped:
        raise PastRefused("Settle first what is marked below.")
    framework = queries.framework_for(fresh)
    if framework is None:
        raise PastRefused("Say first which set of questions this file answers.")
    ledger.line("assurance.past_applied", fresh.record)
    fresh.cycle = _cycle_for(fresh, framework, today)
    fresh.state, fresh.of, fresh.done = BroughtInState.APPLYING, len(plan.coming), 0
    fresh.applied_by, fresh.applied_on = actor, today
    fresh.counts = counts_of(plan)
    fresh.save(update_fields=["cycle", "state", "of", "done", "applied_by", "applied_on", "counts"])
    if len(plan.coming) * len(framework.items) > AT_ONCE:
        in_background(fresh)
        return fresh
    with acting.as_system(fresh.board_id, "tally"):
        write(fresh, plan, list(plan.coming), now=now)
        finish(fresh, today=today)
    return fresh


def in_background(batch: BroughtIn) -> None:
    """On this connection, so that the job begins when this commits, or never. Actions are promised by whoever asked, in
    the seat they asked in."""
    now = acting.current()
    App(connector=DjangoConnector()).configure_task(TASK, lock=f"{TASK}:{batch.id}").defer(
        board=str(batch.board_id), batch=str(batch.id), seat=str(now.seat) if now and now.seat else ""
    )


@transaction.atomic
def again(*, actor: Person, batch: BroughtIn) -> None:
    """Go on with a file that stopped in the middle. What is written already is passed over."""
    fresh = held(actor, batch, BroughtInState.APPLYING)
    ledger.line("assurance.past_applied", fresh.record)
    in_background(fresh)


def counts_of(plan: Plan) -> dict[str, int]:
    """What comes in, in numbers."""
    every = list(plan.coming.values())
    return {
        "agencies": len(every),
        "scored": sum(one.count(SCORED) for one in every),
        "not_applicable": sum(one.count(words.NOT_APPLICABLE) for one in every),
        "blank": sum(one.count(words.BLANK) for one in every),
        "not_read": sum(one.count(words.NOT_READ) for one in every),
        "comments": sum(one.comments for one in every),
        "moderated": sum(one.moderated for one in every),
        "faults": len(plan.faults),
        "left_out": len(plan.left_out),
    }


def _cycle_for(batch: BroughtIn, framework: Framework, today: date) -> Cycle:
    """The round the returns go into: one brought in before, or a new one, closed and seen by the team alone."""
    at = batch.mapping
    if at.get("cycle"):
        rows = Cycle.objects.filter(board=batch.board_id, kind=CycleKind.PAST)
        found = rows.select_for_update().get(pk=UUID(str(at["cycle"])))
        if (found.framework, found.framework_version) != (framework.key, framework.version):
            raise PastRefused(
                "That round asked another set of questions. Choose another round, or a new one."
            )
        return found
    opens, due = date.fromisoformat(at["opens_on"]), date.fromisoformat(at["due_on"])
    record = opening.sheet(
        CYCLE, batch.board, batch.circle, batch.office, today, verb="assurance.past_cycle_made"
    )
    record.closed_on = due
    record.save(update_fields=["closed_on"])
    return Cycle.objects.create(
        record=record, circle_id=batch.circle_id, office_id=batch.office_id, board=batch.board, kind=CycleKind.PAST,
        title=str(at["title"]).strip()[:160], framework=framework.key, framework_version=framework.version,
        compliant_from=framework.compliant.at_least, opens_on=opens, due_on=due, state=CycleState.CLOSED,
    )  # fmt: skip


def write(batch: BroughtIn, plan: Plan, agencies: Sequence[str], *, now: datetime) -> int:
    """Write the returns of these agencies; how many were new. The system must be acting."""
    cycle = batch.cycle
    actor = batch.applied_by
    if cycle is None or actor is None:
        raise PastRefused("This file is not being brought in.")
    there = set(
        queries.live_returns().filter(cycle=cycle, agency__in=agencies).values_list("agency_id", flat=True)
    )
    wanted = [one for one in Agency.objects.filter(pk__in=agencies).order_by("name") if one.pk not in there]
    if wanted:
        returns = _returns(batch, cycle, wanted, actor)
        framework = queries.framework_for(batch)
        if framework is None:
            raise PastRefused("The set of questions is not here any longer.")
        for ret in returns:
            coming = plan.coming[str(ret.agency_id)]
            given = [pair for item in framework.items for pair in _given(item, coming, framework, batch)]
            putting.put(actor=actor, set_id=ret.answers_id, given=given, now=now, reason="brought_in")
        paperwork.lock_many(
            records=[ret.record_id for ret in returns], kind=RETURN.kind, board_id=batch.board_id
        )
        _judged(batch, returns, plan, actor)
        score_sheets.keep(cycle, returns)
    batch.done += len(agencies)
    ledger.line("assurance.past_applied", batch.record)
    batch.save(update_fields=["done"])
    return len(wanted)


def _returns(batch: BroughtIn, cycle: Cycle, agencies: list[Agency], actor: Person) -> list[Return]:
    board, on = batch.board, batch.applied_on or cycle.due_on
    framework = queries.framework_for(batch)
    if framework is None:
        raise PastRefused("The set of questions is not here any longer.")
    circles = opening.circles(board, "return", agencies)
    notes = opening.circles(board, "moderation", agencies)
    derive.open_circles(circles)
    records = opening.sheets(RETURN, board, circles, batch.office, on, verb="assurance.brought_in")
    Record.objects.filter(pk__in=[one.pk for one in records]).update(closed_on=cycle.due_on)
    version = paperwork.publish(form_of(framework.key, framework.version))
    sets = paperwork.start_many(actor=actor, records=records, version=version)
    returns = Return.objects.bulk_create(
        [
            Return(
                record=record, circle=circle, office=batch.office, cycle=cycle, board=board, agency=agency,
                duty_basis=agency.duty_basis, title=f"{framework.title_for(agency.duty_basis)}: {cycle.title}"[:160],
                framework=framework.key, framework_version=framework.version, compliant_from=cycle.compliant_from,
                answers=answers, notes_circle=note, stage=Stage.BROUGHT_IN, issued_on=cycle.opens_on,
                due_on=cycle.due_on, brought_in_from=batch.file_name,
            )
            for record, circle, agency, answers, note in zip(records, circles, agencies, sets, notes, strict=True)
        ]
    )  # fmt: skip
    StageChange.objects.bulk_create(
        [
            StageChange(
                return_of=ret, circle_id=ret.circle_id, office=batch.office, move="brought_in", from_stage="",
                to_stage=Stage.BROUGHT_IN, by=actor, on=on, reason=f"From {batch.file_name}",
            )
            for ret in returns
        ]
    )  # fmt: skip
    PastRow.objects.bulk_create(
        [
            PastRow(
                circle_id=batch.circle_id, office_id=batch.office_id, brought_in=batch, agency_id=ret.agency_id,
                record_id=ret.record_id,
            )
            for ret in returns
        ]
    )  # fmt: skip
    return returns


def _given(item: str, coming: Coming, framework: Framework, batch: BroughtIn) -> list[tuple[Place, Given]]:
    """One item's answers. What the file does not ask was not asked: never a blank, and never a nought."""
    keys, one = item_keys(item), coming.items.get(item, Taken(words.NOT_ASKED))
    if one.state == words.NOT_ASKED:
        return [(Place(keys.score), Given(nothing=Nothing.NOT_ASKED))]
    if one.state == words.NOT_APPLICABLE:
        return [(Place(keys.score), Given(nothing=Nothing.NOT_APPLICABLE, reason=one.reason))]
    given = []
    if one.state == words.NOT_READ:
        given.append((Place(keys.score), Given(typed=one.reason[:LONGEST_TYPED])))
    if one.state == SCORED:
        given.append((Place(keys.score), Given(int(one.score) if framework.scale.numeric else one.score)))
    if one.said:
        given.append((Place(keys.said), Given(one.said)))
    return given


def _judged(batch: BroughtIn, returns: Sequence[Return], plan: Plan, actor: Person) -> None:
    """Moderated scores of the file. They stay the team's: nobody here released them to the agency."""
    on = batch.applied_on or batch.on
    rows = [
        Judgement(
            return_of=ret, circle_id=ret.notes_circle_id, office_id=ret.office_id, item=item, self_score=one.score,
            score=one.moderated, reason=f"As {batch.file_name} has it.", by=actor, on=on,
        )
        for ret in returns
        for item, one in plan.coming[str(ret.agency_id)].items.items()
        if one.moderated and one.state == SCORED
    ]  # fmt: skip
    if rows:
        ledger.line(
            "assurance.judged", kind=RETURN.kind, ids=sorted({row.return_of.record_id for row in rows}),
            board_id=batch.board_id,
        )  # fmt: skip
        Judgement.objects.bulk_create(rows)


def finish(batch: BroughtIn, *, today: date) -> None:
    """Count the round, keep its figures, and put it into the trend of the rounds that ask the same."""
    if batch.cycle_id is None:
        raise PastRefused("This file is not being brought in.")
    cycle = Cycle.objects.select_related("record", "board").get(pk=batch.cycle_id)
    count(cycle.id, cycle.board_id)
    figures.keep_for_team(cycle, today)
    past_linking.relink(cycle.board)
    ledger.line("assurance.past_applied", batch.record)
    batch.state, batch.done = BroughtInState.APPLIED, batch.of
    batch.save(update_fields=["state", "done"])


def go_on(*, batch_id: UUID, board_id: UUID, now: datetime) -> bool:
    """The background's part: step after step until all is written. Whether it was finished now; run twice, the second
    run does nothing."""
    plan: Plan | None = None
    while True:
        with acting.as_system(board_id, "tally"):
            rows = BroughtIn.objects.select_for_update(of=("self",))
            batch = rows.select_related("record", "board", "cycle", "applied_by", "office").get(pk=batch_id)
            if batch.state != BroughtInState.APPLYING:
                return False
            if plan is None:
                # Read once: what was chosen no longer changes. Agencies that came in before a fault are passed over.
                batch.mapping = {**batch.mapping, "cycle": ""}
                plan = queries.plan_of(batch)
                left = sorted(plan.coming)
                batch.done = 0
            step, left = left[:STEP], left[STEP:]
            if step:
                write(batch, plan, step, now=now)
            else:
                finish(batch, today=batch.board.today())
                return True
