"""Reads one release of a published table from its CSV file. Plain Python: no database, nothing is kept.

A file that cannot be what it says loads nothing (``Reading.unusable``); a bad cell is a fault with line and column,
and the rest of the file can be loaded by somebody who has seen the list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from wholestory.indicators.benchmarks import beyond_belief, tall, wide
from wholestory.indicators.benchmarks.figures import Fault, Reading
from wholestory.indicators.benchmarks.tables import Table, tables

MOST_BYTES = 30_000_000
MOST_LINES = 300_000
MOST_COLUMNS = 400
#: Headings of every table of this publisher that describe a row and hold no figure.
DESCRIBING = frozenset({
    "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
    "region_name", "old_la_code", "new_la_code", "la_name", "category",
})  # fmt: skip
Populations = Mapping[tuple[str, int], Decimal]


def read(content: bytes, table: str, release: str, populations: Populations | None = None) -> Reading:
    """What a file holds. ``populations``: (area code, year) -> children aged 0 to 17, for rates that the table has no
    column for. Raises KeyError for a table that is not known."""
    known = tables()[table]
    reading = Reading(table, release)
    rows = _rows(content, reading)
    if rows is None:
        return reading
    headings = [each.strip() for each in next(rows, [])]
    places = _columns(known, headings, reading)
    if reading.unusable:
        return reading
    whole = _whole_rows(rows, len(headings), reading)
    if known.shape == "wide":
        wide.figures(known, places, headings, whole, reading, populations or {})
    elif known.shape == "tall":
        tall.figures(places, whole, reading)
    elif known.shape == "single":
        tall.single(places, whole, reading)
    else:
        tall.neighbours(places, whole, reading)
    beyond_belief.set_aside(reading)
    if not reading.figures and not reading.neighbours and not reading.unusable:
        reading.refuse("The file has a heading and no line that can be used.")
    return reading


def recognise(content: bytes) -> str | None:
    """The table whose headings a file has most of, or None when it has all headings of none."""
    rows = _rows(content, Reading("", ""))
    headings = {each.strip() for each in next(rows, [])} if rows else set()
    fits = []
    for table in tables().values():
        silent = Reading(table.key, "")
        _columns(table, sorted(headings), silent)
        if not silent.unusable:
            fits.append((len(table.columns), table.key))
    return max(fits)[1] if fits else None


def _rows(content: bytes, reading: Reading) -> Iterator[list[str]] | None:
    """The file's rows as text. A fault of the file as a whole is noted instead."""
    if len(content) > MOST_BYTES:
        reading.refuse(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
        return None
    if content[:2] == b"PK":
        reading.refuse("This is a workbook or a zip file. Save the table as CSV (UTF-8) and load that.")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        line = content.count(b"\n", 0, reason.start) + 1
        reading.refuse("The file is not UTF-8 text. Save it as “CSV UTF-8”.", line)
        return None
    if "\0" in text:
        reading.refuse("The file is not text.")
        return None
    if not text.strip():
        reading.refuse("The file is empty.")
        return None
    return csv.reader(io.StringIO(text, newline=""))


def _columns(table: Table, headings: Sequence[str], reading: Reading) -> dict[str, int]:
    """Our name of a column -> its place. Missing columns refuse the file; ones that are not known are named."""
    at = {heading.casefold(): place for place, heading in enumerate(headings)}
    if len(headings) > MOST_COLUMNS:
        reading.refuse(f"The heading has more than {MOST_COLUMNS} columns.", 1)
        return {}
    doubled = sorted({heading for heading in headings if heading and headings.count(heading) > 1})
    if doubled:
        reading.refuse(f"The heading has a column twice: {', '.join(doubled)}.", 1)
    needed = {ours: ours for ours in sorted(wide.NEEDED)} if table.shape == "wide" else {}
    places = {ours: at[ours] for ours in needed if ours in at}
    for ours, spellings in table.columns.items():
        place = next((at[each.casefold()] for each in spellings if each.casefold() in at), None)
        if place is not None:
            places[ours] = place
    used = set(places.values())
    unknown = [
        heading for place, heading in enumerate(headings) if place not in used and heading not in DESCRIBING
    ]
    missing = [ours for ours in needed if ours not in places]
    missing += [" or ".join(table.columns[ours]) for ours in table.needed if ours not in places]
    if missing:
        said = f"Not a file of “{table.title}”: there is no column {', '.join(missing)}."
        if unknown:
            said += f" Columns of the file that are not known: {', '.join(unknown[:20])}."
        reading.refuse(said, 1)
    elif unknown:
        reading.notices.append(f"Columns that are not known and not loaded: {', '.join(unknown[:20])}.")
    return places


def _whole_rows(rows: Iterator[list[str]], width: int, reading: Reading) -> Iterator[tuple[int, list[str]]]:
    """Rows with as many cells as the heading, each with its line. A row of another width is a fault."""
    line = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as reason:
            reading.faults.insert(0, Fault(f"The file cannot be read on: {reason}.", line + 1, fatal=True))
            return
        line += 1
        if not row or not any(cell.strip() for cell in row):
            continue
        reading.lines += 1
        if reading.lines > MOST_LINES:
            reading.refuse(f"The file has more than {MOST_LINES:,} lines.", line)
            return
        if len(row) != width:
            reading.fault(f"has {len(row)} cells where the heading has {width}.", line)
            continue
        yield line, row
