"""The tables of the looked-after return, from the CSV files somebody sends.

A table is known by its headings. The bytes may be UTF-8, with or without its mark, or Windows-1252. What cannot be read
as a table is refused; a row with too few or too many cells is a finding, and reading goes on.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from wholestory.indicators.child_level.findings import Findings, Refused
from wholestory.indicators.child_level.limits import LIMITS, MEGABYTE
from wholestory.indicators.child_level.looked_after.ruleset import rules

MOST_BYTES = 64 * MEGABYTE
"""Of one table. The reviews of 53,500 children are 8 MB."""
_SEPARATORS = ",;\t"
SAVE_AGAIN = "Save it as “CSV UTF-8” and send it again."


@dataclass(frozen=True, slots=True)
class Layout:
    """One table: the headings that tell it, and the columns that are read."""

    name: str
    known_by: frozenset[str]
    dates: tuple[str, ...]
    codes: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read, the child's number first."""
        return ("CHILD", *self.dates, *self.codes, *self.numbers)


@dataclass(slots=True)
class Table:
    """One table as it was sent: its columns as text, and the line each row begins on."""

    layout: Layout
    file: str
    sha256: str
    columns: dict[str, list[str]]
    lines: list[int] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """(line, cells as sent), in the order of the columns."""
        cells = zip(*self.columns.values(), strict=True)
        return ((line, list(row)) for line, row in zip(self.lines, cells, strict=True))


@cache
def layouts() -> dict[str, Layout]:
    """The tables, by name."""
    held = tomllib.loads(files(__package__).joinpath("layout.toml").read_text(encoding="utf-8"))
    return {
        name: Layout(
            name,
            frozenset(about["known_by"]),
            tuple(about.get("dates", ())),
            tuple(about.get("codes", ())),
            tuple(about.get("numbers", ())),
        )
        for name, about in held.items()
    }


def read(path: Path, findings: Findings) -> Table:
    """One file. Raises Refused when it is no table of the return."""
    name = path.name
    if path.stat().st_size > MOST_BYTES:
        raise Refused(
            name,
            f"The file is {path.stat().st_size // MEGABYTE} MB; at most {MOST_BYTES // MEGABYTE} MB are read.",
            "A table of the return is far smaller; check that it is the right file.",
        )
    content = path.read_bytes()
    text = _decoded(content, name)
    separator = max(_SEPARATORS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        headings = [cell.strip().upper() for cell in next(reader, [])]
        layout = _recognised(headings, name)
        table = Table(
            layout, name, hashlib.sha256(content).hexdigest(), {column: [] for column in layout.columns}
        )
        _fill(table, headings, reader, findings)
    except csv.Error as problem:
        raise Refused(
            name,
            f"The file cannot be taken apart into cells ({problem}): it was cut short, or a quotation mark stays open.",
            "Export it again and send it whole.",
            line=reader.line_num,
        ) from problem
    return table


def _decoded(content: bytes, name: str) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refused(name, "The file was saved as “Unicode text” (UTF-16).", SAVE_AGAIN)
    if b"\x00" in content:
        raise Refused(name, "The file is no text: it holds empty bytes.", SAVE_AGAIN)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as problem:
        raise Refused(
            name, "The letters of the file cannot be read in any usual encoding.", SAVE_AGAIN
        ) from problem


def _recognised(headings: Sequence[str], name: str) -> Layout:
    had = set(headings)
    fits = [layout for layout in layouts().values() if layout.known_by <= had and "CHILD" in had]
    if not fits:
        raise Refused(
            name,
            "The headings are not those of any table of the looked-after return.",
            "Send the table with its headings in the first row, CHILD among them.",
            line=1,
        )
    if len(headings) > LIMITS.columns:
        raise Refused(name, f"The file has {len(headings):,} columns; at most {LIMITS.columns} are read.")
    return max(fits, key=lambda layout: len(had & set(layout.columns)))


def _fill(table: Table, headings: list[str], reader: Any, findings: Findings) -> None:
    places = {column: headings.index(column) for column in table.columns if column in headings}
    for column in table.columns:
        if column not in places:
            findings.add(
                rules()["LA-02"].finding(
                    table.file, table=table.layout.name, field=column, column=column, heading=column
                )
            )
    width = len(headings)
    taken = [(table.columns[column].append, place) for column, place in places.items()]
    lines = table.lines.append
    begins = reader.line_num + 1
    for row in reader:
        if len(row) != width and not _mended(row, width, table, begins, findings):
            begins = reader.line_num + 1
            continue
        for append, place in taken:
            append(row[place].strip())
        lines(begins)
        begins = reader.line_num + 1
    for column in table.columns:
        if column not in places:
            table.columns[column] = [""] * len(table.lines)


def _mended(row: list[str], width: int, table: Table, line: int, findings: Findings) -> bool:
    """Whether a row of another length can be used: empty cells at its end may be missing or too many. Others are told
    and left out, because every cell after the mistake would stand under the wrong heading."""
    if not any(cell.strip() for cell in row):
        return False
    if any(cell.strip() for cell in row[width:]) or len(row) < width - 1:
        findings.add(
            rules()["LA-01"].finding(
                table.file,
                table=table.layout.name,
                line=line,
                child=row[0].strip(),
                cells=len(row),
                width=width,
            )
        )
        return False
    row.extend([""] * (width - len(row)))
    return True
