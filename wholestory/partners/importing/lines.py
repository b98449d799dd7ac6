"""From a sheet's cells to lines. Headings between rows, totals and repeated headings are told apart from people."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wholestory.partners.importing.line import NOTE, STOPS, Line, Problem, Reading, Wanted
from wholestory.partners.importing.rows import RowReader
from wholestory.partners.rules import columns, words
from wholestory.partners.rules.names import fold

__all__ = ["NOTE", "STOPS", "Line", "Problem", "Reading", "Wanted", "lines", "words_for_seats"]

_TOTAL = re.compile(r"^(grand )?total\b|^number of\b|^count\b|^(last )?updated\b|^notes?\b|^key\b")
_SECTION = re.compile(
    r"\b(members|partners|statutory|voluntary|schools|health|team|officers|advisers|agencies|sector|lay|education|police)\b"
)
#: Seats for nobody: an empty agency in their rows is no merged cell.
_FOR_NOBODY = frozenset(
    {"independent_chair", "lay_member", "business_manager", "quality_officer", "performance_analyst",
     "child_death_coordinator", "administrator", "information_governance_lead"}
)  # fmt: skip


def words_for_seats(rows: Sequence[Sequence[str]], reading: Reading) -> list[tuple[str, int, str]]:
    """Every distinct word in the seat column, how often it stands there, and what it seems to mean."""
    found: dict[str, tuple[str, int]] = {}
    heads = columns.headings(rows, reading.heading_row)
    body = [row for row in rows[reading.heading_row + 1 :] if not _is_heading_again(row, heads)]
    for at in reading.places("role"):
        for cell in columns.column_of(body, at):
            said, times = found.get(fold(cell), (cell, 0))
            found[fold(cell)] = said, times + 1
    return [
        (said, times, reading.roles.get(key, words.role(said))) for key, (said, times) in found.items() if key
    ]


def lines(rows: Sequence[Sequence[str]], reading: Reading) -> list[Line]:
    """Every line below the headings that names a person or an agency."""
    heads = columns.headings(rows, reading.heading_row)
    above: dict[int, str] = {}
    found = []
    for place in range(reading.heading_row + 1, len(rows)):
        row = list(rows[place])
        if not any(row) or _is_heading_again(row, heads):
            continue
        aside = _aside(row, reading)
        if aside:
            above.clear()
            found.append(_as_aside(row, place + 1, heads, aside))
            continue
        if reading.fill_down:
            _fill_from_above(row, above, reading)
        found.extend(RowReader(row, place + 1, heads, reading).lines())
    return found


def _aside(row: Sequence[str], reading: Reading) -> str:
    """What a row is that speaks of nobody: a heading between rows, or a total. Nothing for an ordinary row."""
    filled = [at for at, cell in enumerate(row) if cell]
    first = row[filled[0]]
    folded = fold(first)
    if _TOTAL.match(folded) and not columns.has_address("".join(row)):
        return f"“{first[:60]}” is no person."
    agency = set(reading.places("agency"))
    if len(filled) > 1 or filled[0] in agency:
        return ""
    alone = (
        first.isupper() or len(folded.split()) == 1 or first.endswith(":") or bool(_SECTION.search(folded))
    )
    return f"“{first[:60]}” stands alone in its row: it is read as a heading." if alone else ""


def _as_aside(row: Sequence[str], number: int, heads: Sequence[str], sentence: str) -> Line:
    at = next(at for at, cell in enumerate(row) if cell)
    problem = Problem(number, heads[at], sentence)
    return Line(number, row[at][:60], "", "", "", "", "", (), None, None, (problem,), aside=True)


def _is_heading_again(row: Sequence[str], heads: Sequence[str]) -> bool:
    """Long lists repeat their headings on each printed page."""
    same = sum(fold(cell) == fold(head) for cell, head in zip(row, heads, strict=False) if cell)
    return same >= 2 and same == sum(1 for cell in row if cell)


def _fill_from_above(row: list[str], above: dict[int, str], reading: Reading) -> None:
    """An empty agency under one that is filled belongs to it: merged cells in a CSV keep their first value only."""
    said = next((row[at] for at in reading.places("role") if at < len(row)), "")
    nobody = (reading.roles.get(fold(said)) or words.role(said)) in _FOR_NOBODY
    named = any(
        at < len(row) and row[at]
        for key in ("full_name", "first_name", "last_name")
        for at in reading.places(key)
    )
    for key in ("agency", "sector"):
        for at in reading.places(key):
            if at >= len(row):
                continue
            if row[at]:
                above[at] = row[at]
                if key == "agency":
                    # Another agency: the sector above it says nothing about this one.
                    for other in reading.places("sector"):
                        if not row[other]:
                            above.pop(other, None)
            elif named and at in above and not nobody:
                row[at] = above[at]
