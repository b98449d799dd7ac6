"""A list as a file: CSV or Excel, marked with what it is, who made it and when, and safe to open.

A cell that begins like a formula is run by a spreadsheet when a file is opened. Here it never is: in Excel every
text is written as text; in CSV it gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from html import unescape
from typing import Any

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import slugify

from wholestory.govuk.forms.dates import in_words
from wholestory.govuk.parts import Column, Part

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
DEFAULT_MARKING = "OFFICIAL-SENSITIVE: only for the people it was made for"
EXAMPLE = "Example: invented"

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_EXCEL_LONGEST = 32_767
_LONGEST_IN_A_NAME = 120


def export(
    request: HttpRequest,
    rows: Iterable[Any],
    columns: Sequence[Column],
    name: str,
    fmt: str,
    *,
    marking: str = DEFAULT_MARKING,
    made_by: str = "",
    made_at: datetime | None = None,
    example: bool | None = None,
    notes: Sequence[str] = (),
    narrowed_by: str = "",
) -> HttpResponse:
    """The rows as a file to download.

    Raises ValueError for a format that is not in `FORMATS`. `made_by` is the acting person unless it is said;
    `example` is the board's own mark unless it is said. `notes` are more lines for the head of the file; `narrowed_by`
    is what the rows were narrowed by, for the file's name. The caller writes the access record's line first.
    """
    if fmt not in FORMATS:
        raise ValueError(f"{fmt!r} is not one of {', '.join(FORMATS)}")
    made_at = made_at or timezone.now()
    if example is None:
        example = bool(getattr(getattr(request, "board", None), "is_example", False))
    head = [
        *heading(
            name, marking=marking, made_by=made_by or _acting(request), made_at=made_at, example=example
        ),
        *notes,
    ]
    table = ([_value(row, column) for column in columns] for row in rows)
    labels = [column.label for column in columns]
    body = as_csv(head, labels, table) if fmt == "csv" else as_xlsx(head, labels, table, title=name)
    answer = HttpResponse(body, content_type=FORMATS[fmt])
    # The file is named by the board's own day, which in the example is not that of the clock.
    today = getattr(request, "today", None) or timezone.localtime(made_at).date()
    stamp = today.isoformat()
    file_name = "-".join(
        part
        for part in ("example" if example else "", slugify(name) or "list", _in_a_name(narrowed_by), stamp)
        if part
    )
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.{fmt}"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _in_a_name(words: str) -> str:
    """What rows were narrowed by, as a part of a file's name that stays short."""
    return slugify(words.replace("/", "-"))[:_LONGEST_IN_A_NAME].strip("-")


def heading(name: str, *, marking: str, made_by: str, made_at: datetime, example: bool) -> list[str]:
    """The lines above the table: what it is, how it is marked, who made it and when."""
    local = timezone.localtime(made_at) if timezone.is_aware(made_at) else made_at
    made = f"Made{f' by {made_by}' if made_by else ''} on {in_words(local.date())} at {local:%H:%M}"
    return [*([EXAMPLE] if example else []), name, marking, made]


def as_csv(head: Iterable[str], labels: Sequence[str], table: Iterable[Sequence[Any]]) -> bytes:
    """Comma-separated values as spreadsheets read them: a byte-order mark, so that names keep their accents."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_harmless(line)] for line in head)
    writer.writerow([])
    writer.writerow([_harmless(label) for label in labels])
    writer.writerows([_in_csv(value) for value in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    head: Iterable[str], labels: Sequence[str], table: Iterable[Sequence[Any]], *, title: str
) -> bytes:
    """An Excel workbook of one sheet, its headings frozen and filterable, dates as dates."""
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
        "remove_timezone": True,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": title, "author": "Wholestory"})
    bold = book.add_format({"bold": True})
    heads = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"})
    moment = book.add_format({"num_format": "d mmmm yyyy hh:mm", "valign": "top", "align": "left"})
    sheet = book.add_worksheet(_sheet_name(title))
    sheet.set_column(0, max(len(labels) - 1, 0), 24)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    at = 0
    for line in head:
        sheet.write_string(at, 0, line, bold)
        at += 1
    at += 1
    for across, label in enumerate(labels):
        sheet.write_string(at, across, label, heads)
    sheet.freeze_panes(at + 1, 1)
    first = at
    for row in table:
        at += 1
        for across, value in enumerate(row):
            _write(sheet, at, across, value, wrapped, day, moment)
    if labels:
        sheet.autofilter(first, 0, max(at, first), len(labels) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Any, down: int, across: int, value: Any, wrapped: Any, day: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(down, across, "Yes" if value else "No", wrapped)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(down, across, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(
            down, across, timezone.localtime(value) if timezone.is_aware(value) else value, moment
        )
    elif isinstance(value, date):
        sheet.write_datetime(down, across, value, day)
    else:
        sheet.write_string(down, across, _short_enough(str(value)), wrapped)


def _short_enough(text: str) -> str:
    """A cell of Excel ends at a fixed length; say so rather than losing the end without a word."""
    if len(text) <= _EXCEL_LONGEST:
        return text
    note = " […] The rest does not fit into a cell; the whole text is on the page and in the CSV file."
    return text[: _EXCEL_LONGEST - len(note)] + note


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters and not all of them."""
    return "".join(" " if one in "[]:*?/\\" else one for one in title).strip(" '")[:31] or "List"


def _in_csv(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{local:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return _harmless(str(value))


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, not even after the spaces it ignores."""
    return (
        f"'{text}" if text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS) else text
    )


def _value(row: Any, column: Column) -> Any:
    value = row.get(column.key) if isinstance(row, Mapping) else getattr(row, column.key)
    # What is drawn on the page as a part or as HTML is its words in a file.
    if isinstance(value, Part):
        return str(getattr(value, "text", "") or _words(value)).strip()
    return _words(value) if hasattr(value, "__html__") else value


def _words(value: Any) -> str:
    return unescape(strip_tags(str(value)))


def _acting(request: HttpRequest) -> str:
    """The person who asks for the file, with the seat they act in."""
    person, seat = getattr(request, "person", None), getattr(request, "seat", None)
    name = str(getattr(person, "full_name", "") or "")
    role = str(seat) if seat else ""
    return ", ".join(one for one in (name, role) if one)
