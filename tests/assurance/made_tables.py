"""Workbooks and Word documents as an officer might have them. Example: invented."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import docx
import xlsxwriter

Rows = Sequence[Sequence[object]]


def workbook(sheets: dict[str, Rows], merged: dict[str, list[str]] | None = None) -> bytes:
    """An .xlsx with these sheets; ``merged`` names ranges whose first cell is already in the rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                if value is not None:
                    sheet.write(down, across, value)
        for area in (merged or {}).get(name, []):
            first = area.partition(":")[0]
            column, line = ord(first[0]) - ord("A"), int(first[1:]) - 1
            sheet.merge_range(area, rows[line][column])
    book.close()
    return out.getvalue()


def document(*parts: str | Rows) -> bytes:
    """A .docx: a string is a paragraph (``# `` a heading), rows are a table."""
    made = docx.Document()
    for part in parts:
        if isinstance(part, str):
            made.add_heading(part[2:], 1) if part.startswith("# ") else made.add_paragraph(part)
            continue
        table = made.add_table(len(part), max(len(row) for row in part))
        for down, row in enumerate(part):
            for across, value in enumerate(row):
                table.cell(down, across).text = str(value)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_part(content: bytes, part: str, text: str) -> bytes:
    """The same packed file with one part's text replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            new.writestr(each.filename, text if each.filename == part else old.read(each.filename))
    return out.getvalue()
