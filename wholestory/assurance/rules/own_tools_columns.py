"""Which column of an officer's table holds what: guessed from its headings, then chosen on screen. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from wholestory.assurance.rules.own_tools_found import plain
from wholestory.assurance.rules.own_tools_numbers import numbered
from wholestory.assurance.rules.own_tools_scales import scale_meant
from wholestory.assurance.rules.scales import SCALES, NotOnScale, Scale

#: What a column may hold. ``point_0`` and on are the words for each point of the scale, worst first.
NOTHING, NUMBER, STANDARD, QUESTION, GUIDANCE, SHOW, CRITICAL, SCALE = (
    "", "number", "standard", "question", "guidance", "show", "critical", "scale"
)  # fmt: skip
POINT = "point_"

_HEADS: dict[str, tuple[str, ...]] = {
    NUMBER: ("no", "nr", "number", "ref", "reference", "q no", "question no", "question number", "item no", "id"),
    STANDARD: (
        "standard", "key standard", "section", "heading", "theme", "category", "area", "domain", "standards", "topic",
        "section heading", "standard heading", "key area",
    ),
    QUESTION: (
        "question", "questions", "statement", "criterion", "criteria", "sub standard", "requirement", "indicator",
        "expectation", "item", "what we ask", "self assessment question", "audit question", "standard statement",
    ),
    GUIDANCE: (
        "guidance", "guidance notes", "notes", "help", "explanation", "what good looks like", "prompt", "prompts",
        "description", "further guidance",
    ),
    SHOW: (
        "evidence", "suggested evidence", "evidence examples", "examples of evidence", "possible evidence",
        "what would show it", "example evidence",
    ),
    CRITICAL: ("critical", "essential", "must have", "key item", "critical item"),
    SCALE: ("scale", "rating scale", "scoring", "answer scale", "score scale", "response options", "answers"),
}  # fmt: skip
#: Rows among which the row of headings is looked for.
_HEAD_ROWS = 12
EVERY = "every"


class RowLike(Protocol):
    """A row of a table: see ``tables.Row``."""

    @property
    def number(self) -> int: ...

    @property
    def cells(self) -> tuple[str, ...]: ...


class TableLike(Protocol):
    """A table: see ``tables.Table``."""

    @property
    def name(self) -> str: ...

    @property
    def heading(self) -> str: ...

    @property
    def rows(self) -> Sequence[RowLike]: ...

    @property
    def width(self) -> int: ...

    def place(self, row: int, column: int = 0) -> str: ...


T = TypeVar("T", bound=TableLike)


@dataclass(frozen=True)
class Columns:
    """What was chosen. ``table`` is the position of a table, or ``EVERY`` for all with the same columns; ``header`` the
    number of the row of headings, 0 for none; ``roles`` one for each column."""

    table: str = "0"
    header: int = 0
    scale: str = "INT0_3"
    roles: tuple[str, ...] = ()

    def column(self, role: str) -> int:
        """The first column with this role, counted from 1; 0 for none."""
        return self.roles.index(role) + 1 if role in self.roles else 0


def chosen_tables(tables: Sequence[T], which: str) -> list[T]:
    """The tables that are read together."""
    if which == EVERY:
        return same_columns(tables)
    at = int(which) if which.isdigit() else 0
    return [tables[at]] if at < len(tables) else list(tables[:1])


def same_columns(tables: Sequence[T]) -> list[T]:
    """The tables with as many columns as most have: a table under each standard, say."""
    widths = [table.width for table in tables]
    most = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    return [table for table in tables if table.width == most]


def guessed(tables: Sequence[TableLike]) -> Columns:
    """What the tables seem to hold, by their headings and by what stands under them."""
    together = same_columns(tables)
    largest = max(range(len(tables)), key=lambda at: (len(tables[at].rows), -at), default=0)
    # Several tables with the same row of headings belong together; otherwise the longest is meant.
    alike = (
        len(together) > 1
        and len({_head_cells(each) for each in together}) == 1
        and bool(_head_cells(together[0]))
    )
    which = EVERY if alike else str(largest)
    picked = chosen_tables(tables, which)
    return roles_guessed(picked[0], which) if picked else Columns()


def _head_cells(table: TableLike) -> tuple[str, ...]:
    header = header_guessed(table)
    return tuple(map(plain, row_cells(table, header))) if header else ()


def roles_guessed(table: TableLike, which: str, header: int | None = None) -> Columns:
    """The roles of a table's columns, where its row of headings is known or has to be found."""
    header = header_guessed(table) if header is None else header
    heads = row_cells(table, header) if header else ("",) * table.width
    roles = [_role(head) for head in heads]
    for role in (NUMBER, STANDARD, QUESTION, GUIDANCE, SHOW, CRITICAL, SCALE):
        for again in [n for n, each in enumerate(roles) if each == role][1:]:
            roles[again] = NOTHING
    scale, points = _points(heads)
    roles = [points.get(n, role) for n, role in enumerate(roles)]
    if QUESTION not in roles:
        longest = _longest(table, header, [n for n, role in enumerate(roles) if role == NOTHING])
        if longest is not None:
            roles[longest] = QUESTION
    if NUMBER not in roles and not header:
        numbers = [n for n, role in enumerate(roles) if role == NOTHING and _are_numbers(table, n)]
        roles = [NUMBER if n in numbers[:1] else role for n, role in enumerate(roles)]
    if not scale and SCALE in roles:
        scale = _scale_of_column(table, header, roles.index(SCALE))
    return Columns(which, header, scale or "INT0_3", tuple(roles))


def header_guessed(table: TableLike) -> int:
    """The number of the row of headings: the one with most words that are headings. 0 for none."""
    best, found = 0, 0
    for row in table.rows[:_HEAD_ROWS]:
        known = sum(_role(cell) != NOTHING for cell in row.cells) + len(_points(row.cells)[1])
        filled = sum(bool(cell) for cell in row.cells)
        if known > best and (known > 1 or filled <= 2):
            best, found = known, row.number
    return found


def _role(head: str) -> str:
    said = plain(head)
    return next((role for role, heads in _HEADS.items() if said in heads), NOTHING)


def _points(heads: Sequence[str]) -> tuple[str, dict[int, str]]:
    """The scale whose every point has a column of its own, and which column that is."""
    for scale in SCALES.values():
        if len(scale.points) > 6:
            continue
        found: dict[int, str] = {}
        for n, head in enumerate(heads):
            point = _point(scale, head)
            if point is not None and f"{POINT}{point}" not in found.values():
                found[n] = f"{POINT}{point}"
        if len(found) == len(scale.points):
            return scale.code, found
    return "", {}


def _point(scale: Scale, head: str) -> int | None:
    """Which point a heading names: ``Green``, ``2``, ``2 - In place``, ``Score 2``."""
    said = plain(head)
    for form in (said, said.partition(" ")[0], said.rpartition(" ")[2]):
        try:
            return scale.points.index(scale.read(form.replace("_", " ")))
        except NotOnScale:
            continue
    return None


def _longest(table: TableLike, header: int, among: Sequence[int]) -> int | None:
    rows = [row.cells for row in table.rows if row.number > header]
    lengths = {n: sum(len(cells[n]) for cells in rows) for n in among}
    return max(lengths, key=lambda n: lengths[n]) if lengths and max(lengths.values()) else None


def _are_numbers(table: TableLike, column: int) -> bool:
    said = [row.cells[column] for row in table.rows if row.cells[column]]
    return bool(said) and all(numbered(each).depth and not numbered(each).text for each in said)


def _scale_of_column(table: TableLike, header: int, column: int) -> str:
    meant = [
        scale_meant(row.cells[column]) for row in table.rows if row.number > header and row.cells[column]
    ]
    return max(set(meant), key=meant.count) if meant else ""


def row_cells(table: TableLike, number: int) -> tuple[str, ...]:
    """The cells of the row with this number; empty ones where there is none."""
    return next((row.cells for row in table.rows if row.number == number), ("",) * table.width)


def twice(columns: Columns) -> Iterator[str]:
    """Roles that more than one column has."""
    for role in dict.fromkeys(columns.roles):
        if role and columns.roles.count(role) > 1:
            yield role
