"""Workbooks of lists as councils send them, made for one test. Every child in them is invented."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl

from wholestory.indicators.child_level.annex_a import check, count, read
from wholestory.indicators.child_level.annex_a.headings import layouts
from wholestory.indicators.child_level.annex_a.reader import Book
from wholestory.indicators.child_level.counts import Counts
from wholestory.indicators.child_level.findings import Findings
from wholestory.indicators.child_level.window import Window

Q1 = Window(date(2025, 4, 1), date(2025, 6, 30))
"""The quarter the made-up workbooks are about: they are run on its last day."""


def book_of(
    lists: Mapping[int | str, Iterable[Mapping[str, Any]]],
    *,
    above: Sequence[Sequence[Any]] = (),
    merged: Mapping[int | str, Sequence[str]] | None = None,
    headings: Mapping[str, str] | None = None,
    drop: Sequence[str] = (),
) -> bytes:
    """A workbook with a sheet for each list. Rows are given by key (`contact_on`); every list that is not named is
    there and empty. `above` are rows over the headings, `headings` other headings by key, `drop` columns left out."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    named = {key: [dict(row) for row in rows] for key, rows in lists.items()}
    numbers = {key if isinstance(key, int) else int(key.split()[0]) for key in named}
    for key in [*named, *(number for number in layouts() if number not in numbers)]:
        layout = layouts()[key] if isinstance(key, int) else layouts()[int(key.split()[0])]
        sheet = book.create_sheet(layout.table if isinstance(key, int) else key.split(" ", 1)[1])
        for row in above:
            sheet.append(list(row))
        columns = [column for column in layout.columns if column.key not in drop]
        sheet.append([(headings or {}).get(column.key, column.heading) for column in columns])
        for row in named.get(key, ()):
            sheet.append([row.get(column.key) for column in columns])
        for area in (merged or {}).get(key, ()):
            sheet.merge_cells(area)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def looked_at(content: bytes, window: Window = Q1, run_on: date | None = None) -> tuple[Book, Findings]:
    """The workbook read and checked, as run on the last day of the window."""
    findings = Findings()
    book = read(content, "lists.xlsx", findings)
    check(book, window, findings, run_on or window.last)
    return book, findings


def counted(content: bytes, window: Window = Q1, run_on: date | None = None) -> Counts:
    """What it counts to."""
    book, _ = looked_at(content, window, run_on)
    return count(book, window)


def places(findings: Findings) -> set[tuple[str, str, str]]:
    """(rule, table, cell) of each finding."""
    return {(one.rule, one.table, one.column) for one in findings}
