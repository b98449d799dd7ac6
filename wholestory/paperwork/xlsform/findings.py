"""What was found in a workbook, and exactly where: the sheet, the row and the column, as a person looks them up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spot:
    """A cell, a row (``column`` 0) or a sheet (``row`` 0 too). Rows and columns count from 1; ``header`` is what the
    column is headed with, in the author's own spelling."""

    sheet: str
    row: int = 0
    column: int = 0
    header: str = ""

    def __str__(self) -> str:
        """``survey, row 14, column B (name)``."""
        words = self.sheet
        if self.row:
            words += f", row {self.row}"
        if self.column:
            words += f", column {column_name(self.column)}"
        return f"{words} ({self.header})" if self.header else words


@dataclass(frozen=True)
class Finding:
    """Something a reader of the workbook should know, and where it is."""

    spot: Spot
    what: str

    def __str__(self) -> str:
        """``survey, row 14, column B (name): a name is needed``."""
        return f"{self.spot}: {self.what}"


def column_name(number: int) -> str:
    """The letters of a column counted from 1: ``A``, ``Z``, ``AA``."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """By sheet as they are usually laid out, then row and column; each once."""
    sheets = {"survey": 0, "choices": 1, "settings": 2}
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda one: (
                sheets.get(one.spot.sheet.lower(), 3),
                one.spot.sheet,
                one.spot.row,
                one.spot.column,
            ),
        )
    )


def together(found: tuple[Finding, ...]) -> tuple[str, ...]:
    """Findings as lines for a page; what is said of several rows of a column is said once, with the rows."""
    rows: dict[tuple[str, int, str, str], list[int]] = {}
    for one in found:
        spot = one.spot
        rows.setdefault((spot.sheet, spot.column, spot.header, one.what), []).append(spot.row)
    lines = []
    for (sheet, column, header, what), where in rows.items():
        if len(where) == 1:
            lines.append(f"{Spot(sheet, where[0], column, header)}: {what}")
            continue
        shown = ", ".join(map(str, where[:12])) + (f" and {len(where) - 12} more" if len(where) > 12 else "")
        place = f", column {column_name(column)}" if column else ""
        lines.append(f"{sheet}, rows {shown}{place}{f' ({header})' if header else ''}: {what}")
    return tuple(lines)
