"""Measures of a board’s own as a workbook: the one to fill in, and what is read of one that comes back."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from wholestory.indicators.catalogue import CatalogueFault, Definition, breakdowns
from wholestory.indicators.catalogue.words import (
    AGGREGATIONS,
    FREQUENCIES,
    OBA,
    POLARITIES,
    PROVIDERS,
    SMALL_NUMBERS,
    THEMES,
    UNITS,
    YEARS,
)
from wholestory.indicators.operations.own_measures import PREFIX, defined, taken
from wholestory.kernel import workbooks

SHEET = "Measures"
MOST_ROWS, MOST_COLUMNS = 200, 40
#: Headings, the field each fills, and the words it may hold (None: any).
COLUMNS: tuple[tuple[str, str, Mapping[str, str] | None], ...] = (
    ("Code", "code", None), ("Title", "title", None), ("Theme", "theme", THEMES), ("Tier", "tier", None),
    ("What it is", "description", None), ("Why it matters", "why", None), ("Number counted", "numerator", None),
    ("Counted among", "denominator", None), ("Left out", "exclusions", None), ("Unit", "unit", UNITS),
    ("Per how many", "multiplier", None), ("What is good", "polarity", POLARITIES),
    ("Over time", "aggregation", AGGREGATIONS), ("How often", "frequency", FREQUENCIES), ("Year", "year", YEARS),
    ("Who sends it", "providers", PROVIDERS), ("May be split by", "breakdowns", None),
    ("Question it answers", "oba", OBA), ("Small numbers", "small_numbers", SMALL_NUMBERS),
    ("Cautions", "caveats", None),
)  # fmt: skip
_LISTS, _NUMBERS = ("providers", "breakdowns"), ("tier", "multiplier")


class CannotBeRead(ValueError):
    """The workbook is no workbook, or has no sheet of measures; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which cell."""

    cell: str
    column: str
    sent: str
    words: str


@dataclass(frozen=True, slots=True)
class Looked:
    """What a workbook holds: definitions that are sound, and what is wrong with the others."""

    definitions: Sequence[Definition]
    faults: Sequence[Fault]
    fields: Sequence[Mapping[str, Any]]


def blank() -> bytes:
    """The workbook to fill in, with the words each column may hold on a second sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet, words = book.add_worksheet(SHEET), book.add_worksheet("Words")
    sheet.set_column(0, len(COLUMNS) - 1, 22)
    sheet.freeze_panes(1, 0)
    words.set_column(0, 2 * len(COLUMNS), 30)
    across = 0
    for number, (heading, _, choices) in enumerate(COLUMNS):
        sheet.write_string(0, number, heading, bold)
        if heading == "May be split by":
            choices = {key: each.title for key, each in breakdowns().items()}
        if choices is None:
            continue
        words.write_string(0, across, f"{heading}: write", bold)
        words.write_string(0, across + 1, "It means", bold)
        for down, (key, label) in enumerate(choices.items(), 1):
            words.write_string(down, across, key)
            words.write_string(down, across + 1, label)
        across += 2
    book.close()
    return out.getvalue()


def looked_through(content: bytes) -> Looked:
    """Every row as a definition, or what is wrong in which cell. Raises CannotBeRead."""
    rows = _rows(content)
    by_heading = {heading.casefold(): (field, choices) for heading, field, choices in COLUMNS}
    heads = [by_heading.get(_said(cell).casefold()) for cell in rows[0]]
    missing = {"code", "title", "numerator", "unit"} - {head[0] for head in heads if head is not None}
    if missing:
        raise CannotBeRead("The first row lacks headings. Use the workbook that is downloaded here.")
    places = {head[0]: at for at, head in enumerate(heads) if head is not None}
    definitions: list[Definition] = []
    faults: list[Fault] = []
    kept: list[Mapping[str, Any]] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        if not any(_said(cell) for cell in row):
            continue
        sent = {name: _said(row[at]) if at < len(row) else "" for name, at in places.items()}
        wrong: list[tuple[str, str]] = []
        given = _given(sent, wrong)
        code = str(given.get("code", ""))
        if not code.startswith(PREFIX):
            wrong.append(("code", f"The code of a measure of your own begins with {PREFIX}"))
        elif taken(code):
            wrong.append(("code", f"{code} is a measure that ships: choose another code"))
        elif code in seen:
            wrong.append(("code", f"{code} stands in row {seen[code]} too"))
        seen.setdefault(code, number)
        definition = None
        try:
            definition = defined(given)
        except CatalogueFault as fault:
            wrong += [_named(each) for each in fault.faults]
        faults += [_fault(places, number, name, sent, words) for name, words in dict(wrong[::-1]).items()]
        if definition is not None and not wrong:
            definitions.append(definition)
            kept.append(given)
    if not definitions and not faults:
        raise CannotBeRead("The workbook has no measure in it: fill in at least one row.")
    return Looked(definitions, faults, kept)


def _rows(content: bytes) -> list[list[Any]]:
    try:
        book = workbooks.read_raw(content, sheets=5, rows=MOST_ROWS + 2, columns=MOST_COLUMNS)
    except workbooks.HasPassword as trouble:
        raise CannotBeRead("The workbook has a password. Take it off first.") from trouble
    except workbooks.CannotRead as trouble:
        raise CannotBeRead(f"{trouble} Save it again as an Excel workbook.") from trouble
    sheet = next((one for one in book.sheets if one.name == SHEET), book.sheets[0] if book.sheets else None)
    if sheet is None or not sheet.rows:
        raise CannotBeRead("The workbook is empty.")
    if sheet.height > MOST_ROWS + 1:
        raise CannotBeRead(f"The workbook has more than {MOST_ROWS} rows. Send it in parts.")
    return [list(row) for row in sheet.rows]


def _said(cell: Any) -> str:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def _given(sent: Mapping[str, str], wrong: list[tuple[str, str]]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for _, name, choices in COLUMNS:
        said = sent.get(name, "")
        if not said:
            continue
        if len(said) > 400:
            wrong.append((name, "At most 400 characters"))
        if name in _LISTS:
            given[name] = [_key(one.strip(), choices) for one in said.split(",") if one.strip()]
        elif name in _NUMBERS:
            if said.isdigit() and len(said) < 9:
                given[name] = int(said)
            else:
                wrong.append((name, f"{said[:40]} is no whole number"))
        else:
            given[name] = _key(said, choices)
    if "code" in given:
        given["code"] = str(given["code"]).upper()
    return given


def _key(said: str, choices: Mapping[str, str] | None) -> str:
    """The key of a choice, where its key or its label was written; what was written otherwise, to be told of."""
    for key, label in (choices or {}).items():
        if said.casefold() in (key.casefold(), label.casefold()):
            return key
    return said


def _named(fault: str) -> tuple[str, str]:
    name, _, words = fault.lstrip(": ").partition(": ")
    return (name, words) if words else ("code", fault)


def _fault(places: Mapping[str, int], row: int, name: str, sent: Mapping[str, str], words: str) -> Fault:
    heading = next((heading for heading, field, _ in COLUMNS if field == name), name)
    at = places.get(name)
    cell = f"row {row}" if at is None else f"{_letters(at)}{row}"
    return Fault(cell, heading, sent.get(name, "")[:120], words)


def _letters(at: int) -> str:
    return (chr(64 + at // 26) if at >= 26 else "") + chr(65 + at % 26)
