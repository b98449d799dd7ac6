"""The workbook of lists, as it is really sent, to rows of days, codes and numbers.

The file is opened by `kernel.workbooks` in a process of its own with little memory, so that a bomb or a damaged file
ends nothing but that. What no figure needs is dropped here: workers' names and teams never reach the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_range, xl_rowcol_to_cell

from wholestory.indicators.child_level.annex_a import cells
from wholestory.indicators.child_level.annex_a.headings import Headings, Layout, find, layouts
from wholestory.indicators.child_level.annex_a.opening import MOST_ROWS, lists_of, numbered, opened
from wholestory.indicators.child_level.findings import Finding, Findings, Refused, Severity
from wholestory.indicators.child_level.limits import LIMITS
from wholestory.indicators.child_level.pseudonyms import Pseudonyms
from wholestory.indicators.child_level.rulebook import Rule, read_rules
from wholestory.kernel.workbooks import RawSheet


@cache
def rules() -> dict[str, Rule]:
    """The rules of the lists, by id."""
    return read_rules(__package__, ("rules.toml",))


@dataclass(slots=True)
class Row:
    """One row. `child` is a name made up for this run, `sent` the id as it was sent; `spoilt` are the keys whose value
    no figure uses because an error rule says so."""

    line: int
    child: bytes | None
    sent: str
    values: dict[str, Any]
    as_sent: tuple[Any, ...]
    spoilt: set[str] = field(default_factory=set)

    def get(self, key: str) -> Any:
        """The value, or None when it is empty, unreadable or spoilt."""
        return None if key in self.spoilt else self.values.get(key)


@dataclass(slots=True)
class List:
    """One list that was found."""

    layout: Layout
    sheet: str
    headings: Headings
    rows: list[Row]

    def has(self, *keys: str) -> bool:
        """Whether the sheet has these columns."""
        return all(key in self.headings.at for key in keys)

    def as_sent(self, row: Row, key: str) -> Any:
        """The cell as it was sent. Raises ValueError for a column the sheet does not have."""
        keys = [column.key for column in self.layout.columns if column.key in self.headings.at]
        return row.as_sent[keys.index(key)]

    def cell(self, row: Row, key: str) -> str:
        """`D12`."""
        return xl_rowcol_to_cell(row.line - 1, self.headings.at[key])


@dataclass(slots=True)
class Book:
    """The lists of one workbook, by number."""

    file: str
    lists: dict[int, List]
    run_on: date | None = None
    """The day it was run, when the sender says so or the ages in it agree on one."""

    def rows(self, number: int) -> list[Row]:
        """The rows of a list that name a child, none when the workbook has no such list."""
        found = self.lists.get(number)
        return [row for row in found.rows if row.child is not None] if found else []

    def has(self, number: int, *keys: str) -> bool:
        """Whether the workbook has the list, with these columns."""
        return number in self.lists and self.lists[number].has(*keys)

    def tables(self) -> Iterator[tuple[str, list[str], Iterator[tuple[int, list[Any]]]]]:
        """Table, headings and (row number, cells as sent) of each list, to write findings beside them."""
        for found in self.lists.values():
            keys = [column for column in found.layout.columns if column.key in found.headings.at]
            rows = ((row.line, [cells.shown(cell) for cell in row.as_sent]) for row in found.rows)
            yield found.layout.table, [column.heading for column in keys], rows


def read(source: Path | bytes, name: str, findings: Findings, pseudonyms: Pseudonyms | None = None) -> Book:
    """The lists of a workbook. What is wrong in it goes to `findings`. Raises Refused when it cannot be read, is more
    than is read, or holds none of the lists."""
    book = opened(source, name)
    pseudonym = pseudonyms or Pseudonyms()
    found: dict[int, List] = {}
    for sheet, number in lists_of(book):
        layout = layouts()[number]
        if number in found:
            findings.add(_said("AX-17", name, layout, sheet=sheet.name))
            continue
        headings = find(layout, sheet.rows)
        if headings is None:
            findings.add(_said("AX-03", name, layout, column=""))
            continue
        if sheet.height > MOST_ROWS or sheet.width > LIMITS.columns:
            raise Refused(
                name,
                f"{layout.table} has {sheet.height:,} rows and {sheet.width:,} columns; at most {MOST_ROWS:,} and "
                f"{LIMITS.columns} are read.",
                "Take the lists apart by period, or remove what stands far below or beside the list.",
            )
        _say_of_headings(name, layout, sheet, headings, findings)
        found[number] = List(
            layout, sheet.name, headings, _rows(name, layout, sheet, headings, findings, pseudonym)
        )
    if not found:
        raise Refused(
            name,
            "No sheet of the workbook is one of the lists.",
            "Send the workbook with sheets named List 1 to List 11 and the headings of the guidance.",
        )
    for number, layout in layouts().items():
        if number not in found and not any(numbered(sheet) == number for sheet in book.sheets):
            findings.add(_said("AX-01", name, layout, title=layout.title.lower()))
    return Book(name, dict(sorted(found.items())))


def _said(rule: str, name: str, layout: Layout, column: str = "", **said: str) -> Finding:
    return rules()[rule].finding(name, table=layout.table, column=column, **_text(said))


def _say_of_headings(
    name: str, layout: Layout, sheet: RawSheet, headings: Headings, findings: Findings
) -> None:
    for column in headings.missing:
        findings.add(_said("AX-02" if column.needed else "AX-23", name, layout, heading=column.heading))
    for key in headings.guessed:
        place = headings.at[key]
        sent = cells.shown(sheet.rows[headings.row][place])[:120]
        findings.add(
            _said(
                "AX-04",
                name,
                layout,
                column=xl_col_to_name(place),
                sent=sent,
                heading=layout.column(key).heading,
            )
        )
    for key in headings.twice:
        findings.add(_said("AX-20", name, layout, heading=layout.column(key).heading))


def _rows(
    name: str,
    layout: Layout,
    sheet: RawSheet,
    headings: Headings,
    findings: Findings,
    pseudonym: Pseudonyms,
) -> list[Row]:
    columns = [column for column in layout.columns if column.key in headings.at]
    rows: list[Row] = []
    for number, held in enumerate(sheet.rows[headings.row + 1 :], start=headings.row + 2):
        sent = tuple(
            held[place] if (place := headings.at[column.key]) < len(held) else "" for column in columns
        )
        if all(isinstance(cell, str) and not cell.strip() for cell in sent):
            continue
        row = Row(number, None, "", {}, sent)
        wrong = []
        for column, cell in zip(columns, sent, strict=True):
            row.values[column.key], problem = cells.read(
                "child" if column.kind == "id" else column.kind, cell
            )
            if problem:
                wrong.append((column, cell, problem))
                if rules()[problem.rule].severity is Severity.ERROR:
                    row.spoilt.add(column.key)
        known = row.values.pop("child")
        row.sent = known or cells.shown(sent[0])
        _identify(name, layout, headings, row, known, wrong, findings, pseudonym)
        for column, cell, problem in wrong:
            rule = rules()[problem.rule]
            findings.add(
                rule.finding(
                    name,
                    table=layout.table,
                    field=column.heading,
                    line=number,
                    column=xl_rowcol_to_cell(number - 1, headings.at[column.key]),
                    child=row.sent,
                    value=cells.shown(cell),
                    **_text(problem.said),
                )
            )
        rows.append(row)
    _merged(name, layout, sheet, headings, rows, findings)
    return rows


def _text(said: dict[str, Any]) -> dict[str, Any]:
    return {key: f"{text[:1].upper()}{text[1:]}" if key == "why" else text for key, text in said.items()}


def _identify(
    name: str,
    layout: Layout,
    headings: Headings,
    row: Row,
    known: str | None,
    wrong: list[Any],
    findings: Findings,
    pseudonym: Pseudonyms,
) -> None:
    rule = None
    if known is None:
        rule = None if wrong and wrong[0][0].key == "child" else "8500"
    elif len(known) > 20:
        rule = "1570"
    else:
        row.child = pseudonym(known)
    if rule:
        place = xl_rowcol_to_cell(row.line - 1, headings.at["child"])
        heading = layout.column("child").heading
        findings.add(
            rules()[rule].finding(
                name,
                table=layout.table,
                field=heading,
                line=row.line,
                column=place,
                child=known or "",
                value=known or "",
            )
        )


def _merged(
    name: str,
    layout: Layout,
    sheet: RawSheet,
    headings: Headings,
    rows: list[Row],
    findings: Findings,
) -> None:
    read_at = {place: key for key, place in headings.at.items()}
    by_line = {row.line: row for row in rows}
    for (top, left), (bottom, right) in sheet.merged:
        touched = [
            read_at[place] for place in range(left, min(right, LIMITS.columns) + 1) if place in read_at
        ]
        if bottom <= headings.row or not touched:
            continue
        first = max(top, headings.row + 1)
        row = by_line.get(first + 1)
        findings.add(
            rules()["AX-08"].finding(
                name,
                table=layout.table,
                field=layout.column(touched[0]).heading,
                line=first + 1,
                column=xl_rowcol_to_cell(first, left),
                child=row.sent if row else "",
                cells=xl_range(top, left, bottom, right),
            )
        )
