"""Tables as CSV and Excel files that carry their stamp and cannot smuggle in a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter

from wholestory.kernel.generated.stamp import LONDON, Stamp

#: A spreadsheet program takes a cell that begins with one of these as a formula.
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_WIDEST, _NARROWEST = 60, 8


def harmless(value: Any) -> Any:
    """The value as a spreadsheet may hold it: text that would be run as a formula gets an apostrophe before it."""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return "'" + value
    return value


def as_csv(stamp: Stamp, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file: the stamp's lines, an empty line, the headings, the rows. UTF-8, marked so that Excel sees it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([harmless(line)] for line in stamp.lines())
    writer.writerow([])
    writer.writerow([harmless(heading) for heading in headings])
    writer.writerows([_as_text(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_excel(stamp: Stamp, title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """An Excel file of one sheet called ``title``: stamp, headings that stay in sight, rows with real dates.

    The stamp is also in the header of the printed page and in the file's properties.
    """
    out = io.BytesIO()
    wanted = {
        "in_memory": True,
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    book = xlsxwriter.Workbook(out, wanted)
    book.set_properties(
        {
            "title": title,
            "author": stamp.maker,
            "company": stamp.board,
            "comments": "\n".join(stamp.lines()),
            "created": stamp.made_at.astimezone(UTC).replace(tzinfo=None),
        }
    )
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "d mmmm yyyy", "valign": "top", "align": "left"})
    moment = book.add_format({"num_format": "d mmmm yyyy hh:mm", "valign": "top", "align": "left"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for at, line in enumerate(stamp.lines()):
        sheet.write_string(at, 0, line)
    top = len(stamp.lines()) + 1
    widths = [len(heading) for heading in headings]
    for column, heading in enumerate(headings):
        sheet.write_string(top, column, heading, bold)
    last = top
    for row in rows:
        last += 1
        for column, value in enumerate(row):
            widths[column] = max(widths[column], min(len(_as_text(value)), _WIDEST))
            _write(sheet, last, column, value, day, moment, wrapped)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, max(width, _NARROWEST) + 2)
    sheet.freeze_panes(top + 1, 1)
    if headings:
        sheet.autofilter(top, 0, last, len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(top)
    sheet.set_header("&C" + " · ".join(stamp.lines()[:2]).replace("&", "&&"))
    sheet.set_footer("&L" + stamp.made.replace("&", "&&") + "&RPage &P of &N")
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, value: Any, day: Any, moment: Any, wrapped: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "Yes" if value else "No", wrapped)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.astimezone(LONDON).replace(tzinfo=None), moment)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    else:
        sheet.write_string(row, column, str(value), wrapped)


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return str(harmless(value))


def _sheet_name(title: str) -> str:
    tidy = "".join(" " if character in "[]:*?/\\'" else character for character in title).strip()
    return tidy[:31] or "Table"
