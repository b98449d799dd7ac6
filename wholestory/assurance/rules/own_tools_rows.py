"""The rows of an officer's table read as questions under headings, with every fault and its place. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wholestory.assurance.rules.own_tools_columns import (
    CRITICAL,
    EVERY,
    GUIDANCE,
    NOTHING,
    NUMBER,
    POINT,
    QUESTION,
    SCALE,
    SHOW,
    STANDARD,
    Columns,
    RowLike,
    TableLike,
    chosen_tables,
    row_cells,
)
from wholestory.assurance.rules.own_tools_found import Fault, Found, FoundItem, plain
from wholestory.assurance.rules.own_tools_numbers import numbered, without_number
from wholestory.assurance.rules.own_tools_scales import scale_meant
from wholestory.assurance.rules.scales import Scale, scale_called

_YES = {"yes", "y", "x", "true", "1", "critical", "essential", "must", "tick"}
_NO = {"", "no", "n", "false", "0", "none", "not critical"}
_TICKS = {"✓", "✔", "☑", "☒", "x"}


def read_rows(tables: Sequence[TableLike], columns: Columns) -> Found:
    """The questions of the chosen tables with every fault. Columns without a role are left out."""
    found = Found()
    if not columns.column(QUESTION):
        found.faults.append(Fault("", "Say which column holds the questions.", leaves_out=True))
        return found
    for table in chosen_tables(tables, columns.table):
        _read(table, columns, found, alone=columns.table != EVERY)
    return found.finished()


def _read(table: TableLike, columns: Columns, found: Found, *, alone: bool) -> None:
    head = row_cells(table, columns.header) if columns.header else ()
    rows = [row for row in table.rows if row.number > columns.header and row.cells != head]
    if not alone:
        found.under(table.heading or table.name, table.place(rows[0].number if rows else 1))
    elif rows and not found.standards and table.heading:
        found.under(table.heading, table.place(rows[0].number))
    deep = any(numbered(_cell(row, columns.column(NUMBER))).depth > 1 for row in rows)
    reader = _Rows(table, columns, scale_called(columns.scale), deep, found)
    for row in rows:
        reader.take(row)


def _cell(row: RowLike, column: int) -> str:
    return row.cells[column - 1] if 0 < column <= len(row.cells) else ""


@dataclass(frozen=True)
class _Rows:
    """Takes one row after another into what was found. ``deep``: numbers like 1.1 stand in the table, so that a bare
    1 is a heading."""

    table: TableLike
    columns: Columns
    scale: Scale
    deep: bool
    found: Found

    def take(self, row: RowLike) -> None:
        """One row: a heading, a question, or a fault."""
        place = self.table.place(row.number, self.columns.column(QUESTION))
        text, heading = self.said(row, QUESTION), self.said(row, STANDARD)
        if heads := self.heading(row):
            self.found.under(without_number(heads), self.table.place(row.number))
            return
        if heading:
            title = without_number(heading.replace("\n", " "))
            if not self.found.standards or plain(self.found.standards[-1].title) != plain(title):
                self.found.under(title, self.table.place(row.number, self.columns.column(STANDARD)))
        if not text:
            if any(self.said(row, role) for role in set(self.columns.roles) - {NOTHING, NUMBER, STANDARD}):
                self.fault(place, "There is no question here, so the row is left out.", leaves_out=True)
            return
        self.found.add(
            FoundItem(
                text=without_number(text.replace("\n", " ")),
                place=place,
                guidance=self.said(row, GUIDANCE),
                descriptors=self.descriptors(row),
                critical=self.critical(row),
                show=tuple(
                    each.strip("•-– ").strip() for each in self.said(row, SHOW).split("\n") if each.strip()
                ),
            )
        )
        self.check_scale(row)

    def said(self, row: RowLike, role: str) -> str:
        """The text in the column with this role."""
        return _cell(row, self.columns.column(role))

    def heading(self, row: RowLike) -> str:
        """The heading a row is, if it is one: a text alone, or a bare number where others have deeper ones."""
        number = numbered(self.said(row, NUMBER))
        used = [cell for n, cell in enumerate(row.cells, 1) if cell and n != self.columns.column(NUMBER)]
        alone = len(used) == 1 and not self.said(row, STANDARD)
        if not alone:
            return ""
        at = (
            self.columns.roles[row.cells.index(used[0])]
            if len(self.columns.roles) == len(row.cells)
            else NOTHING
        )
        if at not in (NOTHING, QUESTION):
            return ""
        inside = numbered(used[0])
        is_marked = inside.is_heading or (self.deep and number.depth == 1)
        if is_marked or used[0] != self.said(row, QUESTION):
            return used[0]
        # Nothing but words in the column of questions: a heading where other rows have more.
        return used[0] if self.richer() and not number.depth and not inside.depth else ""

    def richer(self) -> bool:
        """Whether the table has numbers beside its questions, so that a row without one is a heading."""
        column = self.columns.column(NUMBER)
        rows = [row for row in self.table.rows if row.number > self.columns.header]
        return bool(column) and sum(bool(_cell(row, column)) for row in rows) * 2 >= len(rows)

    def descriptors(self, row: RowLike) -> tuple[str, ...]:
        """The words for each point; none where there are none, with a fault where some are missing."""
        wanted = [f"{POINT}{n}" for n in range(len(self.scale.points))]
        if not any(each in self.columns.roles for each in wanted):
            return ()
        said = [self.said(row, each) for each in wanted]
        missing = [
            point.colour or point.label
            for point, text in zip(self.scale.points, said, strict=True)
            if not text
        ]
        if missing and any(said):
            self.fault(self.table.place(row.number), f"Nothing is said for: {', '.join(missing)}.")
        return tuple(said) if any(said) else ()

    def critical(self, row: RowLike) -> bool:
        """Whether the row says that the item is critical."""
        raw = self.said(row, CRITICAL)
        if raw.strip().casefold() in _TICKS or plain(raw) in _YES:
            return True
        if plain(raw) not in _NO:
            place = self.table.place(row.number, self.columns.column(CRITICAL))
            self.fault(place, f"“{raw[:40]}” is neither yes nor no. The question is not marked as critical.")
        return False

    def check_scale(self, row: RowLike) -> None:
        """A tool has one scale."""
        raw = self.said(row, SCALE)
        if raw and scale_meant(raw) != self.scale.code:
            place = self.table.place(row.number, self.columns.column(SCALE))
            self.fault(
                place,
                f"“{raw[:60]}” is not the scale “{self.scale.title}”. A tool has one scale for all questions.",
            )

    def fault(self, place: str, says: str, *, leaves_out: bool = False) -> None:
        """Write one down."""
        self.found.faults.append(Fault(place, says, leaves_out))
