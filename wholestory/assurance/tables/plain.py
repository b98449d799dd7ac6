"""Comma-separated values, and rows copied out of a spreadsheet."""

from __future__ import annotations

import csv
import io

from wholestory.assurance.tables.shape import MOST_ROWS, NotReadable, Table, table_of

_SEPARATORS = (",", ";", "\t")


def read_csv(content: bytes, name: str) -> tuple[Table, ...]:
    """The table of a CSV file, in UTF-8 or as older Windows programs write it. Raises NotReadable."""
    if b"\x00" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotReadable(f"“{name}” is not a CSV file. Save it as CSV again and choose it again")
    text = _text(content, name)
    return _table(text, _separator(text), name)


def read_pasted(text: str) -> tuple[Table, ...]:
    """The rows that somebody copied out of a spreadsheet or a Word table: cells with tabs between them."""
    return _table(text, "\t", "What you pasted")


def _text(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotReadable(f"“{name}” is not text that can be read. Save it as CSV (UTF-8) and choose it again")


def _separator(text: str) -> str:
    """The sign that most often stands in the first lines; a comma when none does."""
    head = "\n".join(text.splitlines()[:20])
    return max(_SEPARATORS, key=lambda sign: (head.count(sign), sign == ","))


def _table(text: str, separator: str, name: str) -> tuple[Table, ...]:
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        # A cell may go over several lines: a row is called by the line it begins on.
        begins = 1
        for cells in reader:
            rows.append((begins, cells))
            begins = reader.line_num + 1
            if len(rows) > MOST_ROWS:
                raise NotReadable(f"“{name}” has more than {MOST_ROWS:,} rows")
    except csv.Error as reason:
        raise NotReadable(f"“{name}” cannot be read from line {reader.line_num} on") from reason
    found = table_of(name, rows, "lines")
    return () if found is None else (found,)
