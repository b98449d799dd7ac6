"""A question answered in a table: fixed rows, and in every row the same few cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from wholestory.paperwork.given import BLANK, Given, Json
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import NotThat, Question, all_of
from wholestory.paperwork.questions.choosing import SLUG, Choice, Scale, YesNo
from wholestory.paperwork.questions.writing import Text
from wholestory.paperwork.words import Word, plain_decimal

MOST_CELLS = 400
Cells = dict[str, dict[str, Json]]


class AtCell(str):
    """A message about one cell, so that a page can show it there. The words name the row and the column too."""

    row: str
    column: str

    def __new__(cls, words: str, row: str, column: str) -> AtCell:
        made = super().__new__(cls, words)
        made.row, made.column = row, column
        return made


@dataclass(frozen=True)
class GridRow(Word, word="grid_row"):
    """One row: ``key`` is stored and never changes, ``label`` is for readers."""

    key: str
    label: str


@dataclass(frozen=True)
class Grid(Question, word="grid"):
    """A table of ``rows`` and ``columns``. A column is a question (Number, YesNo, Choice, Scale or Text) asked once in
    each row; its ``required`` says whether the grid can be sent with that cell empty, its key is its own affair and
    may be used elsewhere. ``totals`` are the keys of number columns added up below. ``rows_title`` heads the rows.

    Stored as ``{row: {column: value}}`` without the empty cells. Conditions may only ask whether it is answered.
    """

    rows: tuple[GridRow, ...] = ()
    columns: tuple[Question, ...] = ()
    totals: tuple[str, ...] = field(default=(), kw_only=True)
    rows_title: str = field(default="", kw_only=True)

    # ---- reading ----------------------------------------------------------------------------------------------------

    def understand(self, typed: Json) -> Json:
        """Each cell as its column reads it. Raises NotThat naming the row and column of every cell it cannot read."""
        if typed is None or typed == "" or typed == {}:
            return None
        cells, problems = self._read(typed)
        if problems:
            raise NotThat("; ".join(problems))
        return self._plain(cells) if cells else None

    def unreadable(self, typed: Json) -> tuple[str, ...]:
        """One message for each cell that cannot be read."""
        return self._read(typed)[1] or ("Check this answer",)

    def typed_from(self, value: Json) -> Json:
        return self._plain(
            {
                row.key: {
                    each.key: each.typed_from(cells[row.key][each.key])
                    for each in self.columns
                    if each.key in cells[row.key]
                }
                for cells in (self.cells(value),)
                for row in self.rows
                if row.key in cells
            }
        )

    def _read(self, typed: Json) -> tuple[Cells, tuple[str, ...]]:
        if not isinstance(typed, dict) or not all(isinstance(each, dict) for each in typed.values()):
            return {}, ("This table cannot be read",)
        if set(typed) - {row.key for row in self.rows}:
            return {}, ("This table has a row that is not in the form",)
        out: Cells = {}
        problems: list[str] = []
        for row in self.rows:
            sent = typed.get(row.key)
            if not isinstance(sent, dict):
                continue
            if set(sent) - {column.key for column in self.columns}:
                return {}, ("This table has a column that is not in the form",)
            for column in self.columns:
                try:
                    value = column.understand(sent.get(column.key))
                except NotThat as reason:
                    problems.append(self.at_cell(row, column, str(reason)))
                    continue
                if value is not None:
                    out.setdefault(row.key, {})[column.key] = value
        return out, tuple(problems)

    @staticmethod
    def _plain(cells: Cells) -> Json:
        return {row: dict(held) for row, held in cells.items()}

    def cells(self, value: Json) -> Cells:
        """The cells that hold something, by the keys of their row and column."""
        held = value if isinstance(value, dict) else {}
        return {row: dict(each) for row, each in held.items() if isinstance(each, dict)}

    # ---- judging ----------------------------------------------------------------------------------------------------

    @staticmethod
    def at_cell(row: GridRow, column: Question, message: str) -> AtCell:
        """``Year 10, Referrals: enter a whole number``."""
        words = f"{row.label}, {column.label}: {message[:1].lower()}{message[1:]}"
        return AtCell(words, row.key, column.key)

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        """What is wrong in each cell."""
        return tuple(
            self.at_cell(row, column, message)
            for row, column, held in self.filled_cells(value)
            for message in column.faults_in(held, today)
        )

    def missing_in(self, value: Json) -> tuple[str, ...]:
        """The rows with empty cells that must not stay empty, and which."""
        cells, found = self.cells(value), []
        for row in self.rows:
            lacking = [one for one in self.columns if one.required and one.key not in cells.get(row.key, {})]
            if lacking:
                words = f"{row.label}: fill in {_listed([each.label for each in lacking])}"
                found.append(AtCell(words, row.key, lacking[0].key))
        return tuple(found)

    def filled_cells(self, value: Json) -> Iterator[tuple[GridRow, Question, Json]]:
        """Every cell that holds something, in the order of the table."""
        cells = self.cells(value)
        for row in self.rows:
            for column in self.columns:
                held = cells.get(row.key, {}).get(column.key)
                if held is not None:
                    yield row, column, held

    def total(self, value: Json, column: str) -> tuple[Decimal, int]:
        """The sum of a number column, and how many of its cells hold a number."""
        held = [Decimal(str(each)) for _row, one, each in self.filled_cells(value) if one.key == column]
        return sum(held, Decimal()), len(held)

    # ---- showing ----------------------------------------------------------------------------------------------------

    def total_in_words(self, value: Json, column: str) -> str:
        """The sum with its unit, and out of how many rows where some are empty; nothing for a column that is empty or
        not added up."""
        asked = next((each for each in self.columns if each.key == column), None)
        if column not in self.totals or asked is None:
            return ""
        amount, many = self.total(value, column)
        if not many:
            return ""
        words = asked.value_in_words(plain_decimal(amount))
        return words if many == len(self.rows) else f"{words} ({many} of {len(self.rows)} rows)"

    def comparable_value(self, value: Json) -> str:
        return "filled"

    def value_in_words(self, value: Json) -> str:
        """A line for each row that holds something, and one for the totals."""
        lines = self._lines(value)
        totals = [
            f"{each.label}: {words}"
            for each in self.columns
            if (words := self.total_in_words(value, each.key))
        ]
        return "\n".join([*lines, f"Total – {'; '.join(totals)}"] if totals else lines)

    def value_for_export(self, value: Json) -> str:
        """The rows behind each other; totals are left out, as whoever reads them can add up."""
        return " | ".join(self._lines(value))

    def typed_in_words(self, typed: Json) -> str:
        """The cells by row and column, as they were typed."""
        cells = self.cells(typed)
        return "\n".join(
            f"{row.label} – {'; '.join(said)}"
            for row in self.rows
            if (
                said := [
                    f"{each.label}: {words}"
                    for each in self.columns
                    if (words := all_of(cells.get(row.key, {}).get(each.key)))
                ]
            )
        ) or all_of(typed)

    def _lines(self, value: Json) -> list[str]:
        rows: dict[str, list[str]] = {}
        for row, column, held in self.filled_cells(value):
            rows.setdefault(row.label, []).append(f"{column.label}: {column.value_in_words(held)}")
        return [f"{label} – {'; '.join(said)}" for label, said in rows.items()]

    def carry(self, given: Given) -> Given:
        """Only the cells this grid still has: an earlier form may have had other rows."""
        if isinstance(given.value, dict):
            kept, _problems = self._read(
                {
                    row.key: {c.key: v for c in self.columns if (v := held.get(c.key)) is not None}
                    for row in self.rows
                    if isinstance(held := given.value.get(row.key), dict)
                }
            )
            if not kept and given.nothing is None:
                return BLANK
            given = Given(self._plain(kept) if kept else None, given.nothing, given.reason)
        return super().carry(given)

    def definition_faults(self) -> tuple[str, ...]:
        found = [] if self.rows else ["it has no rows"]
        found += [] if self.columns else ["it has no columns"]
        if len(self.rows) * len(self.columns) > MOST_CELLS:
            found.append(f"it has more than {MOST_CELLS} cells")
        found += _name_faults("row", [(row.key, row.label) for row in self.rows])
        found += _name_faults("column", [(column.key, column.label) for column in self.columns])
        for column in self.columns:
            place = f"in the column '{column.key}'"
            if not isinstance(column, Number | YesNo | Choice | Scale | Text):
                found.append(f"{place}, a cell cannot be a {column.word}")
            if column.show_when is not None or column.nothing or column.guidance:
                found.append(f"{place}, a cell has no condition, kinds of nothing or guidance of its own")
            found += [f"{place}, {what}" for what in column.definition_faults()]
        numbers = {column.key for column in self.columns if isinstance(column, Number)}
        found += [
            f"it adds up '{key}', which is no column of numbers" for key in self.totals if key not in numbers
        ]
        return tuple(found)


def _name_faults(what: str, named: list[tuple[str, str]]) -> list[str]:
    found = [
        f"the {what} '{key}' must be lower-case letters, digits and underscores"
        for key, _label in named
        if not SLUG.fullmatch(key)
    ]
    found += [f"the {what} '{key}' has no label" for key, label in named if not label.strip()]
    for which, held in (
        ("are called", [label for _, label in named]),
        ("have the key", [key for key, _ in named]),
    ):
        twice = sorted({each for each in held if each.strip() and held.count(each) > 1})
        found += [f"two {what}s {which} '{each}'" for each in twice]
    return found


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
