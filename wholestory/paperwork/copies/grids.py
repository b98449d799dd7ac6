"""A grid in a copy: a line for each of its cells. Pure.

A cell's place is that of its grid with the row and the column behind it: ``groups/teachers/people``.
"""

from __future__ import annotations

from collections.abc import Iterator

from wholestory.paperwork.copies import cells
from wholestory.paperwork.given import Given
from wholestory.paperwork.questions.base import Question, all_of
from wholestory.paperwork.questions.gridded import Grid, GridRow

At = tuple[str, str]
"""The keys of a row and a column."""


def cell_place(target: str, at: At) -> str:
    """The place of a cell, behind the place of its grid."""
    return f"{target}/{at[0]}/{at[1]}"


def grid_of(place: str) -> str:
    """The place of the grid a cell belongs to; any other place as it is."""
    return place.partition("/")[0]


def every_cell(grid: Grid) -> Iterator[tuple[str, GridRow, Question]]:
    """Each cell with what is added to the grid's number: 2.1 for the first column of the second row."""
    for down, row in enumerate(grid.rows, 1):
        for across, column in enumerate(grid.columns, 1):
            yield f"{down}.{across}", row, column


def written(grid: Grid, given: Given) -> dict[At, str]:
    """What stands in the cells, by row and column; cells that are empty are left out."""
    typed = grid.cells(given.typed)
    held = grid.cells(given.value)
    out: dict[At, str] = {}
    for _number, row, column in every_cell(grid):
        at = (row.key, column.key)
        if said := all_of(typed.get(row.key, {}).get(column.key)):
            out[at] = said
        elif (value := held.get(row.key, {}).get(column.key)) is not None:
            out[at] = cells.written(column, Given(value))[0]
    return out
