"""Bringing in what another product exported: what its columns hold, which cases its lines are of, and taking it in.

Nothing that is held here is overwritten. What is new is made as lists of earlier cases make it (``bringing_in_rows``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction

from wholestory import ledger
from wholestory.child_deaths import pathway
from wholestory.child_deaths.models import (
    Case,
    Identifier,
    NationalEntry,
    Panel,
    PastFile,
    PastFileState,
    PastKind,
    PastRow,
    VendorLine,
    VendorMapping,
)
from wholestory.child_deaths.operations import bringing_in, figures
from wholestory.child_deaths.operations import bringing_in_rows as rows
from wholestory.child_deaths.operations.bringing_in import PastRefused
from wholestory.child_deaths.operations.opening import CASE
from wholestory.child_deaths.queries import vendor_export as queries
from wholestory.child_deaths.queries.vendor_export import Joined, Plan
from wholestory.child_deaths.rules import vendor_export as rules
from wholestory.child_deaths.rules.brought_in import Stands
from wholestory.child_deaths.rules.vendor_export import Exported
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person
from wholestory.pathways.models import StageChange, Standing

_BATCH = 1_000


@transaction.atomic
def start(
    *, actor: Person, panel: Panel, name: str, content: bytes, mapping: VendorMapping | None, today: date
) -> PastFile:
    """Read an export. Its columns are as ``mapping`` names them; else as the newest mapping that fits it does.
    Raises PastRefused, and NotForYou."""
    file = bringing_in.start(
        actor=actor, panel=panel, name=name, content=content, today=today, kind=PastKind.VENDOR
    )
    tried = [mapping] if mapping else queries.mappings(file.record.board)
    for one in tried:
        fields = rules.kept(one.columns, file.headings)
        if fields is not None:
            file.choices = {**file.choices, "fields": fields, "stages": one.stages, "mapping": one.name}
            file.save(update_fields=["choices"])
            break
    else:
        if mapping:
            raise PastRefused(f"The file lacks a heading that “{mapping.name}” names. Propose them anew.")
    return file


@transaction.atomic
def choose_columns(
    *, actor: Person, file: PastFile, fields: Mapping[str, int], keep_as: str, today: date
) -> PastFile:
    """Keep which column holds what, and under a name for the next export. Words about stages that were settled stay.
    Raises PastRefused."""
    fresh = bringing_in.held(actor, file, PastFileState.READING)
    if trouble := rules.missing(fields):
        raise PastRefused(f"{trouble}.")
    ledger.line("child_deaths.past_looked_through", fresh.record)
    fresh.choices = {
        **{key: fresh.choices[key] for key in ("header", "stages") if key in fresh.choices},
        "fields": dict(fields), "mapping": keep_as.strip()[:80], "columns_settled": True,
    }  # fmt: skip
    fresh.save(update_fields=["choices"])
    _keep(actor, fresh, today)
    return fresh


@transaction.atomic
def choose_stages(*, actor: Person, file: PastFile, stages: Mapping[str, Stands], today: date) -> PastFile:
    """Keep what each word about a stage means, with the mapping too."""
    fresh = bringing_in.choose_stages(actor=actor, file=file, stages=stages)
    _keep(actor, fresh, today)
    return fresh


def _keep(actor: Person, file: PastFile, today: date) -> None:
    name = file.choices.get("mapping")
    if not name:
        return
    ledger.line("child_deaths.vendor_mapping_kept", file.record)
    VendorMapping.objects.update_or_create(
        board=file.record.board, name=name,
        defaults={
            "columns": rules.named(file.choices["fields"], file.headings), "stages": file.choices.get("stages", {}),
            "by": actor, "on": today,
        },
    )  # fmt: skip


@transaction.atomic
def decide(*, actor: Person, file: PastFile, said: Mapping[int, str]) -> PastFile:
    """Keep which case each line is of, by number of line: a reference, ``new`` or ``leave``."""
    fresh = bringing_in.held(actor, file, PastFileState.READING)
    ledger.line("child_deaths.past_looked_through", fresh.record)
    lines = {**fresh.choices.get("lines", {}), **{str(number): answer for number, answer in said.items()}}
    fresh.choices = {**fresh.choices, "lines": lines}
    fresh.save(update_fields=["choices"])
    return fresh


@transaction.atomic
def load(
    *, actor: Person, file: PastFile, seen: str, without_stopped: bool, today: date, now: Moment
) -> PastFile:
    """Take an export in. ``seen`` is the mark of what was shown. Raises PastRefused when something changed since, a
    line is undecided, or nothing would come of it; NotForYou."""
    fresh = bringing_in.held(actor, file, PastFileState.READING)
    plan = queries.plan_of(fresh, today)
    if plan.seen != seen:
        raise PastRefused("Something changed since you looked. Look through it again, then bring it in.")
    if plan.undecided:
        raise PastRefused("Say of each line that looks like a case here whether it is that case.")
    if plan.stopped and not without_stopped:
        raise PastRefused("Say that the lines with problems stay out, or put them right in the file first.")
    if not plan.joined and not plan.new:
        raise PastRefused("Nothing would come of it.")
    made = _made(actor, fresh, plan, today, now)
    ids = [one.known.record for one in plan.joined]
    ledger.line("child_deaths.vendor_loaded", kind=CASE.kind, ids=ids, board_id=fresh.record.board_id)
    _joined(actor, fresh, plan.joined, today)
    of = [(one.one, one.known.child, one.known.circle, one.known.office) for one in plan.joined]
    _numbers([*of, *((one, case.child_id, case.circle_id, case.office_id) for one, case in made)])
    _entries(actor, fresh, plan, made)
    transaction.on_commit(partial(figures.rebuild, fresh.panel), robust=True)
    ledger.line("child_deaths.vendor_loaded", fresh.record)
    fresh.counts = {
        "cases": len(made), "joined": len(plan.joined), "marked": plan.marked, "differing": len(plan.differing),
        "stopped": len(plan.stopped), "left_out": len(plan.left),
    }  # fmt: skip
    fresh.state, fresh.rows, fresh.taken_by, fresh.taken_on = PastFileState.TAKEN, [], actor, today
    fresh.save(update_fields=["counts", "state", "rows", "taken_by", "taken_on"])
    return fresh


def _made(actor: Person, file: PastFile, plan: Plan, today: date, now: Moment) -> list[tuple[Exported, Case]]:
    """The cases that were not here, each with the line it was made of."""
    if not plan.new:
        return []
    coming = [queries.as_submitted(one) for one in plan.new]
    lines = [one.line for one in coming]
    rows.write(actor=actor, file=file, lines=lines, areas=plan.areas, today=today, now=now)
    found = PastRow.objects.filter(file=file).select_related("case__record")
    of_line = {row.line: row.case for row in found}
    made = [(one, of_line[one.line.number]) for one in coming]
    headings = _headings(file)
    _all(
        VendorLine,
        [
            VendorLine(
                file=file, case=case, line=number, cells=_cells(headings, cells), joined="made",
                circle_id=case.circle_id, office_id=case.office_id,
            )
            for one, case in made
            for number, cells in one.more
        ],
    )  # fmt: skip
    return made


def _headings(file: PastFile) -> list[str]:
    """A name for each column; a heading that stands twice is told apart by its number."""
    seen: dict[str, int] = {}
    named = []
    for n, heading in enumerate(file.headings, 1):
        many = seen[heading] = seen.get(heading, 0) + 1
        named.append(f"Column {n}" if not heading else heading if many == 1 else f"{heading} ({many})")
    return named


def _cells(headings: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell}


def _all(kind: type[Any], made: Sequence[Any]) -> None:
    kind._default_manager.bulk_create(made, batch_size=_BATCH)


def _joined(actor: Person, file: PastFile, joined: Sequence[Joined], today: date) -> None:
    headings, lines = _headings(file), []
    for each in joined:
        doors = {"circle_id": each.known.circle, "office_id": each.known.office}
        first, line, held = each.one, each.one.line, each.known.ours.national
        differ = [[one.column, one.what, one.theirs, one.ours] for one in each.differences]
        lines.append(
            VendorLine(
                file=file, case_id=each.known.pk, line=line.number, cells=_cells(headings, line.cells),
                differences=differ, joined=each.how, gave="" if first.national in held else first.national, **doors,
            )
        )  # fmt: skip
        lines += [
            VendorLine(
                file=file, case_id=each.known.pk, line=number, cells=_cells(headings, cells), joined=each.how, **doors
            )
            for number, cells in first.more
        ]  # fmt: skip
    _all(VendorLine, lines)
    going = [one.known for one in joined if one.version is not None and one.known.stage == "finalised"]
    of = {"pathway": pathway.CASE.key, "version": pathway.CASE.version}
    _all(
        StageChange,
        [
            StageChange(
                record_id=one.record, circle_id=one.circle, office_id=one.office, move="entered",
                from_stage="finalised", to_stage="submitted", by=actor, on=today, **of,
            )
            for one in going
        ],
    )  # fmt: skip
    Standing.objects.filter(record__in=[one.record for one in going]).update(
        stage="submitted", since_on=today
    )


def _numbers(of: Sequence[tuple[Exported, UUID, int, int]]) -> None:
    """The national reference of each case, where it is not held yet."""
    wanted = {child: (one, circle, office) for one, child, circle, office in of if one.national}
    kind = Identifier.Kind.NATIONAL
    there = set(Identifier.objects.filter(child__in=wanted, kind=kind).values_list("child", "value"))
    _all(
        Identifier,
        [
            Identifier(
                child_id=child, kind=kind, value=one.national, since_on=one.marked_on,
                circle_id=circle, office_id=office,
            )
            for child, (one, circle, office) in wanted.items()
            if (child, one.national) not in there
        ],
    )  # fmt: skip


def _entries(actor: Person, file: PastFile, plan: Plan, made: Sequence[tuple[Exported, Case]]) -> None:
    """The marks of what was entered nationally, when and, in the export's words, by whom."""

    def mark(one: Exported, case: UUID, version: int, circle: int, office: int) -> NationalEntry:
        if one.marked_on is None:
            raise ValueError("Only a line that says when it went in is marked.")
        return NationalEntry(
            case_id=case, version=version, reference=one.national, on=one.marked_on, by=actor,
            entered_by=one.entered_by, file=file, circle_id=circle, office_id=office,
        )  # fmt: skip

    joined = [
        mark(each.one, each.known.pk, each.version, each.known.circle, each.known.office)
        for each in plan.joined
        if each.version is not None
    ]
    new = [
        mark(one, case.pk, 1, case.circle_id, case.office_id)
        for one, case in made
        if one.line.stage == "submitted"
    ]
    _all(NationalEntry, [*joined, *new])
