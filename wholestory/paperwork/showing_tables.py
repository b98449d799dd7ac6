"""A grid as it is read and printed. Pure; the same for HTML and PDF."""

from __future__ import annotations

from dataclasses import dataclass

from wholestory.paperwork.given import Given, Json
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import NotThat, Question, all_of
from wholestory.paperwork.questions.choosing import Choice, Scale, YesNo
from wholestory.paperwork.questions.gridded import Grid


@dataclass(frozen=True)
class TableRow:
    """One row: what it is called and its cells."""

    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A grid. ``corner`` heads the rows' names; ``totals`` has a cell for each column, empty where nothing is added
    up, or is empty altogether; ``choices`` says, on a blank form, what can be written in a column."""

    corner: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    totals: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def table_of(question: Question, given: Given) -> Table | None:
    """The cells of a grid with what stands in them; None for any other question."""
    if not isinstance(question, Grid):
        return None
    cells = question.cells(given.value if given.typed is None else given.typed)

    def words(row: str, column: Question) -> str:
        held = cells.get(row, {}).get(column.key)
        if held is None:
            return ""
        return column.value_in_words(held) if given.typed is None else _as_typed(column, held)

    totals = tuple(question.total_in_words(given.value, column.key) for column in question.columns)
    return Table(
        question.rows_title,
        tuple(column.label for column in question.columns),
        tuple(
            TableRow(row.label, tuple(words(row.key, column) for column in question.columns))
            for row in question.rows
        ),
        totals if any(totals) else (),
    )


def blank_table(question: Question) -> Table | None:
    """A grid with room to write in, its units and choices said."""
    if not isinstance(question, Grid):
        return None
    return Table(
        question.rows_title,
        tuple(_head(column) for column in question.columns),
        tuple(TableRow(row.label, ("",) * len(question.columns)) for row in question.rows),
        ("",) * len(question.columns) if question.totals else (),
        tuple(f"{column.label}: {offered}" for column in question.columns if (offered := _offered(column))),
    )


def _as_typed(column: Question, held: Json) -> str:
    try:
        value = column.understand(held)
    except NotThat:
        return f"{all_of(held)} (could not be read)"
    return "" if value is None else column.value_in_words(value)


def _head(column: Question) -> str:
    unit = column.unit if isinstance(column, Number) else ""
    return f"{column.label} ({unit})" if unit else column.label


def _offered(column: Question) -> str:
    if isinstance(column, Scale):
        return ", ".join(column.value_in_words(point.value) for point in column.points)
    return ", ".join(each.label for each in column.choices()) if isinstance(column, Choice | YesNo) else ""
