"""What every file of a return shares: its cells, what cannot be used in it, and whose return it is held against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.lines import Line
from wholestory.indicators.rules.periods import Period
from wholestory.kernel.workbooks import RawSheet, Value

MOST_ROWS = 5000


class FileRefused(ValueError):
    """Nothing of the file is loaded; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something in the file that cannot be used, and where it stands. ``cell`` is as Excel says it: ``G7``."""

    rule: str
    severity: str
    sheet: str
    cell: str
    words: str
    what_to_do: str = ""
    sent: str = ""
    key: str = ""


@dataclass
class Loaded:
    """What a file says: each line as it was typed, where it stands, and what could not be used."""

    form: str
    rows: dict[str, Typed] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    provisional: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose return it is and for when: what a file is held against."""

    reference: str
    agency: str
    agency_name: str
    period: Period
    lines: Sequence[Line]


def short_enough(sheet: RawSheet) -> None:
    if sheet.height > MOST_ROWS:
        raise FileRefused(
            f"The sheet “{sheet.name}” has {sheet.height:,} rows, and a return has far fewer. Delete the empty rows"
            " below your figures and save the file again."
        )


def merged_rows(sheet: RawSheet, loaded: Loaded, first: int) -> set[int]:
    """The rows whose cells are merged with others, which are left out, each range told once."""
    rows: set[int] = set()
    for (top, left), (bottom, right) in sheet.merged:
        if bottom < first:
            continue
        rows |= set(range(max(top, first), bottom + 1))
        loaded.troubles.append(
            Trouble(
                "PB-01",
                "error",
                sheet.name,
                f"{cell(top, left)}:{cell(bottom, right)}",
                "These cells are merged, so it cannot be said which row or column the number belongs to.",
                "Unmerge them and write each number in its own cell. The rows were left out.",
            )
        )
    return rows


def not_asked(sheet: str, n: int, key: str, column: int = 1) -> Trouble:
    return Trouble(
        "RT-01", "error", sheet, cell(n, column), f"“{key[:60]}” is not asked for in this return.",
        "The row was left out. If the figure matters, tell the board’s team.", key[:120],
    )  # fmt: skip


def twice(sheet: str, n: int, line: Line) -> Trouble:
    return Trouble(
        "RT-02", "error", sheet, cell(n, 1), f"{line.title}: there are two rows of it.",
        "The first was read. Take one of them out.", key=line.key,
    )  # fmt: skip


def cell(row: int, column: int) -> str:
    """A cell as Excel names it, from row and column counted from 0: ``G7``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def at(row: Sequence[Value], n: int) -> Value:
    return row[n] if n < len(row) else ""


def text(value: Value) -> str:
    """A cell as somebody would have typed it."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time | timedelta):
        return str(value)
    return value.strip()


def days(start: str, end: str) -> str:
    try:
        return Period(date.fromisoformat(start), date.fromisoformat(end)).label
    except ValueError:
        return "days that cannot be read"
