"""Findings as files: a CSV list, and an Excel workbook with each error beside the row it is in, for sending back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.findings import Finding, Findings, Severity

HEAD = (
    "Child", "Rule", "Severity", "What is wrong", "What to do", "File", "Table", "Field", "Row or line", "Column",
    "Value as sent", "Looks at",
)  # fmt: skip
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_MOST_ROWS = 1_048_575
_TINTS = {Severity.ERROR: "#F6D7D2", Severity.QUERY: "#FFF2D3", Severity.WARNING: "#F3F2F1"}


@dataclass(frozen=True)
class Sheet:
    """One table of the file as it was sent. `rows` gives (line, cells in the order of `columns`); it is read once, so
    it may be a stream."""

    table: str
    columns: Sequence[str]
    rows: Iterable[tuple[int, Sequence[Any]]]


def cells(finding: Finding) -> list[Any]:
    """A finding in the order of HEAD."""
    return [
        finding.child, finding.rule, finding.severity.label, finding.words, finding.todo, finding.file, finding.table,
        finding.field, "" if finding.line is None else finding.line, finding.column, finding.value, finding.scope.value,
    ]  # fmt: skip


def write_csv(path: Path, findings: Findings) -> None:
    """The list as CSV that spreadsheets open with its letters intact and run nothing of."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        writer.writerows([harmless(cell) for cell in cells(one)] for one in findings)


def write_beside(
    path: Path,
    sheets: Iterable[Sheet],
    findings: Findings,
    *,
    only_with_findings: bool = True,
    in_memory: bool = False,
) -> None:
    """A workbook: the list, the counts, and each table with what is wrong in the last two columns of its row.

    The cell a finding is about is coloured by the worst severity it has. With `only_with_findings` a row without any
    is left out, which is what a sender wants of a long file. `in_memory` keeps every row off the disk while it writes,
    where whoever asks may hold none there.
    """
    import xlsxwriter  # costs a tenth of a second, which checking and counting need not spend

    by_row: dict[tuple[str, int], list[Finding]] = {}
    for one in findings:
        if one.line is not None:
            by_row.setdefault((one.table, one.line), []).append(one)
    with xlsxwriter.Workbook(str(path), {**SAFE, "in_memory": in_memory}) as book:
        looks = _Looks(book)
        _list(book, looks, findings)
        _counts(book, looks, findings)
        taken = {"findings", "counts"}
        for sheet in sheets:
            _table(book, looks, sheet, by_row, only_with_findings, taken)


class _Looks:
    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.tints = {
            severity: book.add_format({"bg_color": colour, "valign": "top"})
            for severity, colour in _TINTS.items()
        }


def _list(book: Any, looks: _Looks, findings: Findings) -> None:
    page = book.add_worksheet("Findings")
    page.set_column(3, 4, 60)
    page.freeze_panes(1, 0)
    page.write_row(0, 0, HEAD, looks.head)
    for number, one in enumerate(findings, start=1):
        if number > _MOST_ROWS:
            break
        for column, cell in enumerate(cells(one)):
            page.write(number, column, cell, looks.wrap if column in {3, 4} else looks.plain)


def _counts(book: Any, looks: _Looks, findings: Findings) -> None:
    page = book.add_worksheet("Counts")
    page.write_row(0, 0, ("Rule", "Severity", "Findings", "Of them listed"), looks.head)
    missing = findings.not_listed
    for number, (rule, severity, count) in enumerate(findings.by_rule(), start=1):
        page.write_row(number, 0, (rule, severity.label, count, count - missing.get(rule, 0)), looks.plain)


def _table(
    book: Any,
    looks: _Looks,
    sheet: Sheet,
    by_row: dict[tuple[str, int], list[Finding]],
    only_with_findings: bool,
    taken: set[str],
) -> None:
    page = book.add_worksheet(_free(sheet.table, taken))
    columns = list(sheet.columns)
    page.freeze_panes(1, 1)
    page.set_column(len(columns) + 1, len(columns) + 2, 60)
    page.write_row(0, 0, ["Row or line", *columns, "What is wrong", "What to do"], looks.head)
    at = 0
    for line, row in sheet.rows:
        found = by_row.get((sheet.table, line), [])
        if not found and only_with_findings:
            continue
        at += 1
        if at > _MOST_ROWS:
            break
        worst = _worst(found)
        page.write(at, 0, line, looks.plain)
        for column, cell in enumerate(row):
            severity = worst.get(columns[column])
            page.write(
                at,
                column + 1,
                "" if cell is None else cell,
                looks.tints[severity] if severity else looks.plain,
            )
        page.write(at, len(columns) + 1, "\n".join(f"{one.rule}: {one.words}" for one in found), looks.wrap)
        page.write(
            at, len(columns) + 2, "\n".join(dict.fromkeys(one.todo for one in found if one.todo)), looks.wrap
        )


def _worst(found: list[Finding]) -> dict[str, Severity]:
    worst: dict[str, Severity] = {}
    for one in sorted(found, key=lambda one: "EQW".index(one.severity.value), reverse=True):
        worst[one.field] = one.severity
    return worst


def _free(title: str, taken: set[str]) -> str:
    """A name Excel accepts and no other sheet has."""
    plain = "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip(" '")[:28] or "Table"
    name, number = plain, 2
    while name.lower() in taken:
        name, number = f"{plain} {number}", number + 1
    taken.add(name.lower())
    return name


def harmless(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula; anything else as it is."""
    if not isinstance(value, str):
        return value
    starts = value.startswith(_FORMULA_STARTS) or value.lstrip().startswith(_FORMULA_STARTS)
    return f"'{value}" if starts else value
