"""What a table is once it was read, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

MOST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 400
#: Cells of one table, empty ones counted: what a program has to hold at once.
MOST_CELLS = 1_000_000
#: Tables or sheets of one file.
MOST_TABLES = 100
#: Characters of one cell; a spreadsheet holds no more.
LONGEST_CELL = 32_767

Kind = Literal["sheet", "word", "lines"]


class NotReadable(ValueError):
    """A file that gives no table; the text is a sentence for the person who sent it."""


def column_letter(column: int) -> str:
    """The letters over a column, counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class Cell:
    """One cell: its text, and where it stands."""

    text: str
    place: str


@dataclass(frozen=True)
class Row:
    """One row: its number as the person sees it in the file, and its cells as text, empty ones too."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)

    def text(self, column: int) -> str:
        """The text in a column, counted from 1; nothing where the row is shorter."""
        return self.cells[column - 1] if 0 < column <= len(self.cells) else ""

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that hold anything, counted from 1."""
        return tuple(n for n, text in enumerate(self.cells, 1) if text)


@dataclass(frozen=True)
class Table:
    """A table and what it is called: a sheet of a workbook, a table of a Word document, the lines of a CSV file.

    ``heading`` is what stands over it in a Word document. Rows without any text are left out; the others keep their
    numbers. Every row has as many cells as the widest.
    """

    name: str
    rows: tuple[Row, ...]
    kind: Kind = "sheet"
    heading: str = ""

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.rows[0].cells) if self.rows else 0

    def column(self, column: int) -> str:
        """What a column is called, counted from 1: ``column C`` in a sheet, ``column 3`` in Word."""
        return f"column {column if self.kind == 'word' else column_letter(column)}"

    def place(self, row: int, column: int = 0) -> str:
        """Where something stands, in words: ``Sheet Questions, row 14, column C``."""
        what = {"sheet": f"Sheet {self.name}, row", "word": f"{self.name}, row", "lines": "Line"}[self.kind]
        return f"{what} {row}" + (f", {self.column(column)}" if column else "")

    def cell(self, row: Row, column: int) -> Cell:
        """A row's cell in a column, with its place."""
        return Cell(row.text(column), self.place(row.number, column))


def tidy(text: str) -> str:
    """A cell's text without outer space, with one kind of line end, and no longer than a cell may be."""
    lines = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").replace("\x00", "").split("\n")
    )
    return "\n".join(" ".join(line.split()) for line in lines).strip()[:LONGEST_CELL]


def table_of(
    name: str, numbered: Sequence[tuple[int, Sequence[str]]], kind: Kind, *, heading: str = ""
) -> Table | None:
    """A table from rows with their numbers: empty rows and empty columns at the end go, all rows get one width.
    Nothing when nothing is left. Raises NotReadable when it is too large."""
    rows = [(number, [tidy(cell) for cell in cells]) for number, cells in numbered]
    rows = [(number, cells) for number, cells in rows if any(cells)]
    if not rows:
        return None
    width = max(n for _, cells in rows for n, cell in enumerate(cells, 1) if cell)
    check_size(name, len(rows), width)
    return Table(name, tuple(_rows(rows, width)), kind, heading)


def _rows(rows: Sequence[tuple[int, list[str]]], width: int) -> Iterator[Row]:
    for number, cells in rows:
        yield Row(number, tuple([*cells, *[""] * width][:width]))


def check_size(name: str, rows: int, columns: int) -> None:
    """Raises NotReadable when a table is larger than is read."""
    if rows > MOST_ROWS:
        raise NotReadable(
            f"{name} goes down to row {rows:,}. {MOST_ROWS:,} rows are the most that can be read"
        )
    if columns > MOST_COLUMNS:
        raise NotReadable(f"{name} has {columns:,} columns. {MOST_COLUMNS} are the most that can be read")
    if rows * columns > MOST_CELLS:
        raise NotReadable(f"{name} has more than {MOST_CELLS:,} cells. Keep only the part you need")
