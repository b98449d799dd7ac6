"""A plan as the page shows it: tables of what would be added, changed and left alone, and the list of problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from wholestory import ledger
from wholestory.access.directory.models import MembershipImport
from wholestory.access.requests import Request
from wholestory.govuk import downloads
from wholestory.govuk.forms.dates import in_words as day_in_words
from wholestory.govuk.parts import Column, Tag
from wholestory.partners.importing.lines import STOPS, Problem
from wholestory.partners.importing.plan import Plan, Step
from wholestory.partners.models import DutyBasis, Role, Sector

_WORDS = {
    "partners.person": ("person", "people"),
    "partners.seat": ("seat", "seats"),
    "partners.agency": ("agency", "agencies"),
    "partners.group": ("group", "groups"),
    "access.account": ("account to sign in with", "accounts to sign in with"),
}
PROBLEM_COLUMNS = (
    Column("row", "Row", numeric=True),
    Column("column", "Column"),
    Column("sentence", "What is wrong"),
    Column("weight", "So"),
)
SHOWN_AT_MOST = 200


def in_words(made: dict[str, int]) -> list[str]:
    """What an import made, as lines of a list."""
    return [
        f"{count} {one if count == 1 else many}"
        for key, (one, many) in _WORDS.items()
        if (count := made.get(key, 0))
    ]


@dataclass(frozen=True)
class ProblemRow:
    """A problem in a table or file."""

    row: int
    column: str
    sentence: str
    weight: Any


def _problem(problem: Problem, *, drawn: bool) -> ProblemRow:
    stops = problem.weight == STOPS
    words = "Row left out" if stops else "Note"
    return ProblemRow(
        problem.row,
        problem.column,
        problem.sentence,
        Tag(words, "red" if stops else "grey") if drawn else words,
    )


def tables(plan: Plan) -> dict[str, Any]:
    """Everything the page of the dry run shows beside its questions."""
    added, changed, same = plan.of("add"), plan.of("change"), plan.of("same")
    undecided = len(plan.of("ask"))
    groups = {one.key: one.name for one in plan.groups}
    asides = [problem for step in plan.of("aside") for problem in step.problems]
    # What keeps a row out comes before what is only worth knowing.
    wrong = sorted((one for one in plan.problems if one not in asides), key=lambda one: one.weight != STOPS)
    return {
        "problem_columns": PROBLEM_COLUMNS,
        "problem_rows": [_problem(one, drawn=True) for one in wrong[:SHOWN_AT_MOST]],
        "problem_more": max(0, len(wrong) - SHOWN_AT_MOST),
        "aside_rows": [(one.row, one.sentence) for one in asides],
        "aside_columns": ("Row", "How it was read"),
        "stopped": sum(1 for one in plan.problems if one.weight == STOPS),
        "added_columns": ("Row", "Person", "Agency", "Seats"),
        "added_rows": [_added(step, groups) for step in added[:SHOWN_AT_MOST]],
        "added_more": max(0, len(added) - SHOWN_AT_MOST),
        "changed_columns": ("Row", "Person", "What changes"),
        "changed_rows": [
            (
                step.line.row,
                step.known.full_name if step.known and step.known.here else step.line.full_name,
                _changes(step, groups),
            )
            for step in changed
        ],
        "same_rows": [
            (step.line.row, step.line.full_name, _kept(step, groups)) for step in same[:SHOWN_AT_MOST]
        ],
        "agency_rows": [
            (one.name, Sector(one.sector).label, DutyBasis(one.duty_basis).label)
            for one in plan.agencies_added
        ],
        "agency_columns": ("Agency", "Sector", "Why it answers"),
        "same_columns": ("Row", "Person", "What differs"),
        "undecided": undecided,
        "undecided_words": f"{undecided} row{' is' if undecided == 1 else 's are'} left out unless you decide first.",
        "counts": {
            "people": plan.people_added,
            "seats": plan.seats_added,
            "agencies": len(plan.agencies_added),
            "groups": len(plan.groups_added),
            "changed": len(changed),
            "same": len(same),
            "refused": len(plan.of("refused")),
            "left_out": len(plan.of("left_out")),
            "missing": len(plan.missing),
        },
    }


def _added(step: Step, groups: dict[str, str]) -> tuple[Any, ...]:
    who = (
        f"{step.line.full_name}, {step.line.email}"
        if step.line.email
        else f"{step.line.full_name}, no email address"
    )
    return step.line.row, who, step.line.agency or "None", _seats(step, groups)


def _seats(step: Step, groups: dict[str, str]) -> str:
    said = [
        " ".join(
            [
                Role(seat.role).label,
                *([f"of {groups[seat.group]}"] if seat.group else []),
                "from",
                day_in_words(seat.starts_on),
            ]
        )
        for seat in step.new_seats
    ]
    return "; ".join(said)


def _changes(step: Step, groups: dict[str, str]) -> str:
    said = [
        f"{change.label}: {change.old or 'nothing'} stays; the spreadsheet says {change.new}"
        if change.kept
        else f"{change.label}: {change.old or 'nothing'} becomes {change.new}"
        for change in step.changes
    ]
    said += [f"{Role(ended.role).label} ends on {day_in_words(ended.new)}" for ended in step.ended_seats]
    seats = _seats(step, groups)
    return ". ".join([*said, *([f"New seat: {seats}"] if seats else [])])


def _kept(step: Step, groups: dict[str, str]) -> str:
    return _changes(step, groups) or "Nothing differs"


def problems_file(request: Request, kept: MembershipImport, plan: Plan, fmt: str) -> HttpResponse:
    """The problems as a file, to send to whoever keeps the spreadsheet."""
    ledger.line(
        "partners.problems_downloaded",
        kind="partners.import",
        ids=[kept.pk],
        writes=False,
        board_id=request.board.id,
    )
    rows: Iterable[ProblemRow] = [_problem(one, drawn=False) for one in plan.problems]
    return downloads.export(request, rows, PROBLEM_COLUMNS, f"Problems in {kept.file_name}", fmt)
