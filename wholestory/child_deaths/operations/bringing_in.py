"""Lists of cases kept elsewhere: a file is read and looked through, then its cases are made, many at once.

Nothing is made before somebody confirmed what they were shown. What comes in keeps its true dates, is marked as brought
in, and starts no clock: limits that ran before are worked out when they are shown (``queries.past``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths import past_file
from wholestory.child_deaths.models import Panel, PastFile, PastFileState, PastKind
from wholestory.child_deaths.operations import bringing_in_rows as rows
from wholestory.child_deaths.operations import figures
from wholestory.child_deaths.operations.intake import doors
from wholestory.child_deaths.queries import past as queries
from wholestory.child_deaths.rules import brought_in
from wholestory.child_deaths.rules.brought_in import Holds, Stands
from wholestory.child_deaths.rules.brought_in_lines import Line
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.records import opening
from wholestory.records.models import Record

PAST = opening.Opening(PastFile.record_kind, "DL", "child_deaths")


class PastRefused(ValueError):
    """It cannot be done like that; the sentence says what to do instead."""


@transaction.atomic
def start(
    *, actor: Person, panel: Panel, name: str, content: bytes, today: date, kind: PastKind = PastKind.LIST
) -> PastFile:
    """Read a list and keep its lines to be looked through. Raises PastRefused, and NotForYou for anyone but the
    coordinator of the panel's board."""
    if panel.board is None:
        raise PastRefused(f"{panel.name} does not use this system.")
    circle, office = doors(panel)
    asking.require(actor, Verb.MANAGE, Record(kind=PAST.kind, circle=circle, office=office), kind=PAST.kind)
    try:
        most = past_file.MOST_COLUMNS_EXPORTED if kind == PastKind.VENDOR else past_file.MOST_COLUMNS
        found = past_file.read(name, content, most)
    except past_file.Unreadable as trouble:
        raise PastRefused(str(trouble)) from trouble
    at = brought_in.heading_row([row.cells for row in found])
    headings = list(found[at].cells)
    record = opening.sheet(PAST, panel.board, circle, office, today, verb="child_deaths.past_started")
    return PastFile.objects.create(
        record=record, circle=circle, office=office, panel=panel, kind=kind, name=name[-150:],
        sha256=hashlib.sha256(content).hexdigest(), rows=[[row.number, list(row.cells)] for row in found[at + 1 :]],
        headings=headings, choices={"header": found[at].number}, by=actor, on=today,
    )  # fmt: skip


def held(actor: Person, file: PastFile, *states: PastFileState) -> PastFile:
    """The file's row, held until the transaction ends. Raises PastRefused when it is elsewhere, and NotForYou."""
    asking.require(actor, Verb.MANAGE, file.record)
    fresh = PastFile.objects.select_for_update(of=("self",)).select_related("record", "panel__board")
    found = fresh.get(pk=file.pk)
    if found.state not in states:
        raise PastRefused(f"This list is at “{found.get_state_display()}” by now.")
    return found


@transaction.atomic
def choose_columns(*, actor: Person, file: PastFile, columns: Sequence[Holds]) -> PastFile:
    """Keep which column holds what. Words about stages are asked anew. Raises PastRefused."""
    fresh = held(actor, file, PastFileState.READING)
    if trouble := brought_in.missing(columns):
        raise PastRefused(f"{trouble}.")
    twice = [one.label for one in dict.fromkeys(columns) if one and list(columns).count(one) > 1]
    if twice:
        raise PastRefused(f"Two columns hold “{twice[0]}”. Choose one of them.")
    ledger.line("child_deaths.past_looked_through", fresh.record)
    fresh.choices = {"header": fresh.choices.get("header"), "columns": [one.value for one in columns]}
    fresh.save(update_fields=["choices"])
    return fresh


@transaction.atomic
def choose_stages(*, actor: Person, file: PastFile, stages: Mapping[str, Stands]) -> PastFile:
    """Keep what each word about a stage means."""
    fresh = held(actor, file, PastFileState.READING)
    ledger.line("child_deaths.past_looked_through", fresh.record)
    fresh.choices = {**fresh.choices, "stages": {word: one.value for word, one in stages.items()}}
    fresh.save(update_fields=["choices"])
    return fresh


@transaction.atomic
def put_aside(*, actor: Person, file: PastFile) -> None:
    """Put a list aside that was not taken; its lines are erased."""
    fresh = held(actor, file, PastFileState.READING)
    ledger.line("child_deaths.past_put_aside", fresh.record)
    fresh.state, fresh.rows = PastFileState.PUT_ASIDE, []
    fresh.save(update_fields=["state", "rows"])


@transaction.atomic
def take(
    *,
    actor: Person,
    file: PastFile,
    seen: str,
    without_stopped: bool,
    with_doubles: bool,
    today: date,
    now: Moment,
) -> PastFile:
    """Make the cases. ``seen`` is the mark of what was shown; ``without_stopped`` says that lines with problems stay
    out; ``with_doubles`` that lines which seem to be here already come in beside what is here.

    Raises PastRefused when something changed since, or nothing would come in.
    """
    fresh = held(actor, file, PastFileState.READING)
    plan = queries.plan_of(fresh, today)
    if plan.seen != seen:
        raise PastRefused("Something changed since you looked. Look through it again, then bring it in.")
    if plan.stopped and not without_stopped:
        raise PastRefused("Say that the lines with problems stay out, or put them right in the file first.")
    coming = plan.coming(doubles=with_doubles)
    if not coming:
        raise PastRefused("No line would come in.")
    rows.write(actor=actor, file=fresh, lines=coming, areas=plan.areas, today=today, now=now)
    # Rows written many at once tell nobody: the figures are counted anew once all is kept.
    transaction.on_commit(partial(figures.rebuild, fresh.panel), robust=True)
    ledger.line("child_deaths.past_taken", fresh.record)
    fresh.counts = _counts(plan, coming)
    fresh.state, fresh.rows, fresh.taken_by, fresh.taken_on = PastFileState.TAKEN, [], actor, today
    fresh.save(update_fields=["counts", "state", "rows", "taken_by", "taken_on"])
    return fresh


def _counts(plan: queries.Plan, coming: Sequence[Line]) -> dict[str, int]:
    return {
        "cases": len(coming),
        "finished": sum(one.stage in ("finalised", "reviewed") for one in coming),
        "stopped": len(plan.stopped),
        "left_out": len(plan.left_out),
        "here_already": len(plan.fit) - len(coming),
    }
