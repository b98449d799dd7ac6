"""The face of a grid: a field for each cell, drawn as a table by the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms as django_forms

from wholestory.paperwork.faces.base import Face, KeptSelect, KeptText, Posted
from wholestory.paperwork.given import Given, Json
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.choosing import Scale
from wholestory.paperwork.questions.gridded import AtCell, GridRow


class GridFace(Face):
    """One field for each cell, named by its row and column. Choices and scales are lists that open, so that a row
    stays a row."""

    def cell_name(self, row: str, column: str) -> str:
        """The name of a cell's field."""
        return f"{self.name}-{row}-{column}"

    def cells(self) -> Iterator[tuple[GridRow, Question, str]]:
        """Every cell with the name of its field, row by row."""
        for row in self.question.rows:
            for column in self.question.columns:
                yield row, column, self.cell_name(row.key, column.key)

    def main_fields(self, given: Given) -> Mapping[str, django_forms.Field]:
        return {name: _field(row, column) for row, column, name in self.cells()}

    def main_posted(self, typed: Json) -> dict[str, list[str]]:
        held = self.question.cells(typed)
        return {
            name: [str(cell)]
            for row, column, name in self.cells()
            if (cell := held.get(row.key, {}).get(column.key)) is not None
        }

    def read_main(self, posted: Posted, before: Given) -> Json:
        out: dict[str, dict[str, Json]] = {}
        for row, column, name in self.cells():
            typed = str(posted.get(name) or "")
            if typed.strip():
                out.setdefault(row.key, {})[column.key] = typed
        return {key: dict(held) for key, held in out.items()} or None

    def error_field(self, message: str = "") -> str:
        """The cell a message is about; the first cell for what is said about the whole table."""
        if isinstance(message, AtCell):
            return self.cell_name(message.row, message.column)
        return next(name for _row, _column, name in self.cells())


def _field(row: GridRow, column: Question) -> django_forms.Field:
    label = f"{row.label}: {column.label}"
    said: dict[str, Any] = {"label": label, "required": False, "label_size": ""}
    if isinstance(column, Number):
        around = {"prefix": column.unit} if column.unit == "£" else {"suffix": column.unit}
        mode = "numeric" if column.whole else "decimal"
        return KeptText(**said, **around, width=4, inputmode=mode, spellcheck=False)
    choices = _choices(column)
    if choices:
        return KeptSelect(**said, choices=choices, prompt="")
    return KeptText(**said)


def _choices(column: Question) -> list[tuple[str, str]]:
    if isinstance(column, Scale):
        return [(str(point.value), column.value_in_words(point.value)) for point in column.points]
    offered = getattr(column, "choices", tuple)
    return [(option.value, option.label) for option in offered()]
