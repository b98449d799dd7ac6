"""A table of an earlier round read as who said what to which question, whichever way round it lies. Pure.

Source: domain notes on quality assurance, 5 item 1 (what agencies' Excel really looks like). Four shapes: agencies down
and questions across; questions down and agencies across; one row for each agency and question (what vendors export);
and one agency's own copy, a row for each question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from wholestory.assurance.rules.own_tools_columns import RowLike, TableLike, chosen_tables, row_cells
from wholestory.assurance.rules.own_tools_found import plain
from wholestory.assurance.rules.own_tools_numbers import numbered

NOTHING, AGENCY, NUMBER, QUESTION, STANDARD, SCORE, COMMENT, MODERATED = (
    "", "agency", "number", "question", "standard", "score", "comment", "moderated"
)  # fmt: skip
#: Characters of a question's or an agency's key.
LONGEST_KEY = 160


class Shape(StrEnum):
    """How a table lies."""

    DOWN = "down"
    ACROSS = "across"
    LONG = "long"
    COPY = "copy"


@dataclass(frozen=True)
class Layout:
    """What was chosen: ``table`` as in own tools; ``header`` the number of the row of headings; ``above`` the number of
    a second row of headings over it, 0 for none; a role for each column.

    In a matrix several columns are ``SCORE``: each is a question (or an agency), and a ``COMMENT`` or ``MODERATED``
    column belongs to the one before it.
    """

    shape: Shape
    table: str = "0"
    header: int = 1
    above: int = 0
    roles: tuple[str, ...] = ()

    def column(self, role: str) -> int:
        """The first column with this role, counted from 1; 0 for none."""
        return self.roles.index(role) + 1 if role in self.roles else 0


@dataclass(frozen=True)
class Asked:
    """A question as the file has it. ``key`` tells it from the others of its file, and finds it again in the next."""

    key: str
    number: str
    text: str
    standard: str
    place: str

    @property
    def words(self) -> str:
        """Number and text."""
        return " ".join(part for part in (self.number, self.text) if part)


@dataclass(frozen=True)
class Spot:
    """A cell: what stands in it, and where."""

    text: str = ""
    place: str = ""


NOWHERE = Spot()


@dataclass(frozen=True)
class Cell:
    """What one agency said to one question."""

    agency: str
    question: str
    score: Spot
    comment: Spot = NOWHERE
    moderated: Spot = NOWHERE


@dataclass(frozen=True)
class Fault:
    """Something that does not fit, and where. ``stops``: nothing comes in until it is settled."""

    place: str
    says: str
    stops: bool = False


@dataclass
class Read:
    """All that a file says."""

    questions: dict[str, Asked] = field(default_factory=dict)
    agencies: dict[str, str] = field(default_factory=dict)
    """Each agency as it is written, by its key; the places are in the cells."""
    cells: list[Cell] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def agency(self, written: str) -> str:
        """The key of an agency as it is written."""
        key = key_of(written)
        self.agencies.setdefault(key, " ".join(written.split()))
        return key

    def question(self, asked: Asked) -> str:
        """Take a question; the first wording of a key stays."""
        self.questions.setdefault(asked.key, asked)
        return asked.key


def key_of(written: str) -> str:
    """A text as a reader would tell it from another."""
    return plain(written)[:LONGEST_KEY].strip()


def read(tables: Sequence[TableLike], layout: Layout) -> Read:
    """Who said what, with every fault. Columns without a role are left out."""
    found = Read()
    for table in chosen_tables(tables, layout.table):
        {Shape.DOWN: _down, Shape.ACROSS: _across, Shape.LONG: _rows, Shape.COPY: _rows}[layout.shape](
            table, layout, found
        )
    return found


def heads_of(table: TableLike, layout: Layout) -> tuple[str, ...]:
    """The headings of the columns. Of a second row of headings over them, a cell stands over its own column and those
    to the right that have none: a merged cell holds its text in the first."""
    return row_cells(table, layout.header) if layout.header else ("",) * table.width


def over_of(table: TableLike, layout: Layout) -> tuple[str, ...]:
    """What the second row of headings says over each column."""
    if not layout.above:
        return ("",) * table.width
    said, last = [], ""
    for cell in row_cells(table, layout.above):
        last = cell or last
        said.append(last)
    return tuple(said)


def _body(table: TableLike, layout: Layout) -> list[RowLike]:
    head = heads_of(table, layout) if layout.header else ()
    return [row for row in table.rows if row.number > layout.header and row.cells != head]


def _spot(table: TableLike, row: RowLike, column: int) -> Spot:
    if not column:
        return NOWHERE
    text = row.cells[column - 1] if column <= len(row.cells) else ""
    return Spot(text, table.place(row.number, column))


def _groups(layout: Layout) -> list[tuple[int, int, int]]:
    """Each score column with the comment and the moderated column that belong to it; 0 for none."""
    groups: list[list[int]] = []
    for column, role in enumerate(layout.roles, 1):
        if role == SCORE:
            groups.append([column, 0, 0])
        elif role in (COMMENT, MODERATED) and groups:
            at = 1 if role == COMMENT else 2
            groups[-1][at] = groups[-1][at] or column
    return [(a, b, c) for a, b, c in groups]


def _down(table: TableLike, layout: Layout, found: Read) -> None:
    heads, over = heads_of(table, layout), over_of(table, layout)
    asked: dict[int, str] = {}
    for column, _, _ in _groups(layout):
        key = key_of(heads[column - 1]) or f"column {column}"
        while key in asked.values():
            key += " again"
        number = numbered(heads[column - 1])
        text = number.text if number.sure and number.number else heads[column - 1]
        asked[column] = found.question(
            Asked(
                key, number.number if number.sure else "", text, over[column - 1], table.place(layout.header, column)
            )
        )  # fmt: skip
    who = layout.column(AGENCY)
    for row in _body(table, layout):
        written = _spot(table, row, who)
        cells = [
            Cell("", question, *(_spot(table, row, each) for each in group))
            for group, question in zip(_groups(layout), asked.values(), strict=True)
        ]
        if not written.text:
            if any(cell.score.text for cell in cells):
                found.faults.append(
                    Fault(written.place, "No agency is named in this row, so it is left out.")
                )
            continue
        agency = found.agency(written.text)
        found.cells += [replace(cell, agency=agency) for cell in cells]


def _across(table: TableLike, layout: Layout, found: Read) -> None:
    heads, groups = heads_of(table, layout), _groups(layout)
    over = over_of(table, layout)
    who = {}
    for column, _, _ in groups:
        written = heads[column - 1] if not layout.above else (heads[column - 1] or over[column - 1])
        if not written:
            place = table.place(layout.header, column)
            found.faults.append(Fault(place, "No agency is named over this column, so it is left out."))
            continue
        who[column] = found.agency(written)
    under = ""
    for row in _body(table, layout):
        asked = _asked(table, row, layout, under)
        filled = [column for column in who if _spot(table, row, column).text]
        if asked is None:
            if filled:
                place = table.place(row.number)
                found.faults.append(Fault(place, "No question is named in this row, so it is left out."))
            continue
        if not filled:
            # Nobody said anything: a heading over the questions below.
            under = asked.words
            continue
        question = found.question(asked)
        found.cells += [
            Cell(who[group[0]], question, *(_spot(table, row, each) for each in group))
            for group in groups
            if group[0] in who
        ]


def _rows(table: TableLike, layout: Layout, found: Read) -> None:
    """Long form, and one agency's copy: a row for each question."""
    alone = layout.shape is Shape.COPY
    score, comment, moderated = (layout.column(role) for role in (SCORE, COMMENT, MODERATED))
    under = table.heading if alone else ""
    for row in _body(table, layout):
        spots = [_spot(table, row, each) for each in (score, comment, moderated)]
        asked = _asked(table, row, layout, under)
        said = any(spot.text for spot in spots)
        if asked is None:
            if said:
                found.faults.append(
                    Fault(table.place(row.number), "No question is named in this row, so it is left out.")
                )
            continue
        if alone and not said and not asked.number:
            under = asked.text
            continue
        written = Spot() if alone else _spot(table, row, layout.column(AGENCY))
        if not alone and not written.text:
            found.faults.append(Fault(written.place, "No agency is named in this row, so it is left out."))
            continue
        agency = "" if alone else found.agency(written.text)
        found.cells.append(Cell(agency, found.question(asked), *spots))


def _asked(table: TableLike, row: RowLike, layout: Layout, under: str) -> Asked | None:
    """The question a row is about; None where it names none. Questions with a number are told apart by it."""
    at = layout.column(QUESTION)
    number, text = _spot(table, row, layout.column(NUMBER)).text, _spot(table, row, at).text
    if not number and text:
        inside = numbered(text)
        if inside.number and inside.sure and inside.text:
            number, text = inside.number, inside.text
    if not number and not text:
        return None
    standard = _spot(table, row, layout.column(STANDARD)).text or under
    key = key_of(number) if layout.column(NUMBER) and number else key_of(f"{number} {text}")
    return Asked(key or f"row {row.number}", number, text, standard, table.place(row.number, at))
