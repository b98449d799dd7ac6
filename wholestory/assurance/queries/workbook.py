"""Everything of a cycle, gathered a hundred returns at a time, so that its progress can be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from wholestory.assurance import sheets
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.as_form import files_key, item_keys
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.files.cycle_workbook import Sheet, definitions, workbook
from wholestory.assurance.models import Cycle, Judgement
from wholestory.assurance.queries.asked import Asked, asked
from wholestory.assurance.queries.figures import Round
from wholestory.assurance.queries.responses import LeftOut, left_out
from wholestory.assurance.reports import wording
from wholestory.assurance.rules.figures import Figures
from wholestory.assurance.rules.rollup import ItemState
from wholestory.assurance.status import stage_label
from wholestory.kernel.generated import Stamp
from wholestory.paperwork.models import Answer

AT_ONCE = 150


@dataclass(frozen=True)
class Progress:
    """How many returns are written, of how many."""

    done: int
    of: int


@dataclass
class _Collected:
    """The rows of each sheet so far."""

    matrix: list[Sequence[Any]] = field(default_factory=list)
    own: list[Sequence[Any]] = field(default_factory=list)
    answers: list[Sequence[Any]] = field(default_factory=list)
    withdrawn: list[Sequence[Any]] = field(default_factory=list)


Told = dict[str, tuple[Any, str]]


def workbook_of(
    cycle: Cycle,
    stamp: Stamp,
    *,
    acting_now: Callable[[], AbstractContextManager[None]],
    tell: Callable[[Progress], None],
) -> bytes:
    """The workbook. ``acting_now`` opens a transaction in which whoever asked acts; ``tell`` hears of each step."""
    with acting_now():
        framework = framework_called(cycle.framework, cycle.framework_version)
        rows, out = asked([cycle]), left_out(cycle)
        found = sheets.read(cycle, rows)
        about = wording.made(Round(cycle, Figures(len(found), 0, {})), cycle.board.today())
    tell(Progress(0, len(rows)))
    kept = _Collected()
    for at in range(0, len(rows), AT_ONCE):
        some = rows[at : at + AT_ONCE]
        with acting_now():
            _collect(kept, framework, some, found)
        tell(Progress(at + len(some), len(rows)))
    heads = [f"{framework.numbers[key]} {item.text}" for key, item in framework.items.items()]
    made = [
        Sheet("Scores in force", ("Agency", "Sector", "Where it stands", *heads), kept.matrix, (38, 22, 20)),
        Sheet("Own scores", ("Agency", "Sector", "Where it stands", *heads), kept.own, (38, 22, 20)),
        Sheet("Answers", _ANSWERS, kept.answers, (38, 22, 8, 44, 14, 14, 14, 30, 50, 50, 40, 14, 40)),
        _returns(rows, out),
        Sheet("Withdrawn questions", _WITHDRAWN, kept.withdrawn, (38, 30, 80, 40)),
        *definitions(framework),
    ]  # fmt: skip
    title = f"{cycle.title}: everything of this cycle"
    return workbook(made, about, title=title, stamp=stamp)


_WITHDRAWN = ("Agency", "Key of the question", "Answer", "Reason instead of one")
_ANSWERS = (
    "Agency", "Sector", "Number", "Item", "State", "Own score", "Moderated score", "Why not applicable",
    "What it rests on", "What would show it", "Plan", "By when", "Why it was moderated",
)  # fmt: skip


def _collect(
    kept: _Collected, framework: Framework, rows: Sequence[Asked], found: dict[UUID, sheets.Sheet]
) -> None:
    told = _told([row.answers_id for row in rows])
    why: dict[tuple[UUID, str], str] = {
        (of, item): reason
        for of, item, reason in Judgement.objects.filter(return_of__in=[row.id for row in rows])
        .exclude(item="")
        .values_list("return_of_id", "item", "reason")
    }
    known = _keys(framework)
    for row in rows:
        sheet, said = found.get(row.id), told.get(row.answers_id, {})
        who = (row.agency, row.sector_name)
        force, own = [], []
        for key, item in framework.items.items():
            line = sheet.items.get(key) if sheet else None
            if line is None:
                force.append("")
                own.append("")
                continue
            state = ItemState(line[0])
            words = state.label
            scored = state is ItemState.SCORED
            said_so = framework.scale.point(line[1]).label if state is ItemState.PLAIN and line[1] else words
            force.append(_number(line[2] or line[1]) if scored else said_so)
            own.append(_number(line[1]) if scored else said_so)
            keys = item_keys(key)
            kept.answers.append(
                (
                    *who, framework.numbers[key], item.text, words,
                    _number(line[1]) if scored else said_so if state is ItemState.PLAIN else "", _number(line[2]),
                    said.get(key, ("", ""))[1], _text(said, keys.said), _text(said, keys.shown), _text(said, keys.plan),
                    _text(said, keys.plan_due), why.get((row.id, key), ""),
                )
            )  # fmt: skip
        stands = stage_label(row.stage)
        kept.matrix.append((*who, stands, *force))
        kept.own.append((*who, stands, *own))
        for key, (value, nothing) in said.items():
            if sheet is not None and key not in known:
                kept.withdrawn.append((row.agency, key, "" if value is None else value, nothing))


def _keys(framework: Framework) -> frozenset[str]:
    keys = {files_key(standard.key) for standard in framework.standards}
    for key in framework.items:
        own = item_keys(key)
        keys |= {own.score, own.said, own.shown, own.plan, own.plan_due}
    return frozenset(keys)


def _told(sets: Sequence[UUID]) -> dict[UUID, Told]:
    """Every answer by its set and key: the value, or the reason that stands instead of one."""
    found: dict[UUID, Told] = defaultdict(dict)
    rows = Answer.objects.filter(answer_set__in=sets, item=0, to_confirm=False).order_by()
    for answers, key, value, reason in rows.values_list("answer_set_id", "key", "value", "reason"):
        found[answers][key] = (value, reason)
    return found


def _text(said: Told, key: str) -> str:
    value = said.get(key, (None, ""))[0]
    return "" if value is None else str(value)


def _number(score: str) -> Any:
    """A score as a number where it is one, so that a spreadsheet can count with it."""
    return int(score) if score.isdigit() else score


def _returns(rows: Sequence[Asked], out: Sequence[LeftOut]) -> Sheet:
    heads = (
        "Agency", "Sector", "Where it stands", "Asked on", "Due", "More time to", "Why more time", "First signed",
        "Why a nil return", "Why refused", "Why not asked",
    )  # fmt: skip
    lines = [
        (
            row.agency, row.sector_name, stage_label(row.stage), row.issued_on, row.due_on, row.extended_to,
            row.extension_reason, row.first_signed_on, row.nil_reason, row.refused_reason, "",
        )
        for row in rows
    ]  # fmt: skip
    left = [(one.agency, one.sector, "Not asked", *[""] * 7, one.reason) for one in out]
    return Sheet("Returns", heads, [*lines, *left], (38, 22, 20))
