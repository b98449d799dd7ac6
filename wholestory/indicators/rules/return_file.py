"""Reading a return that was sent as a file: the template with its hidden codes, or the long table.

Strict: a file of another agency or another period is refused whole. Everything else that cannot be used is told with
its sheet and cell, in plain words, and the rest waits to be looked through (data returns 5 and 9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from wholestory.indicators.rules import return_long
from wholestory.indicators.rules.entries import FIELDS, KINDS_OF_NOTHING, PERCENTAGE, Typed
from wholestory.indicators.rules.lines import SHARE, Line
from wholestory.indicators.rules.return_cells import (
    Expected,
    FileRefused,
    Loaded,
    Trouble,
    at,
    cell,
    days,
    merged_rows,
    not_asked,
    short_enough,
    text,
    twice,
)
from wholestory.kernel.workbooks import RawSheet, Value

#: What the template carries in its hidden first row, in this order, after its own name.
TEMPLATE = "wholestory-return-1"
HEADER_ROW = 5
"""The row of headings in the template, counted from 0."""
COLUMNS = (
    "key", "code", "measure", "part", "last_quarter", "last_year", "numerator", "denominator", "percentage", "nothing",
    "note",
)  # fmt: skip
_WORDS_FOR_NOTHING: Mapping[str, str] = {
    **{words.lower(): key for key, words in KINDS_OF_NOTHING.items()},
    **{key: key for key in KINDS_OF_NOTHING},
    "does not apply": "not_applicable", "not held": "not_held", "not supplied": "not_supplied",
    "withheld": "suppressed", "there is a number": "",
}  # fmt: skip


def read(sheets: Sequence[RawSheet], expected: Expected) -> Loaded:
    """What the file says. Raises FileRefused."""
    for sheet in sheets:
        if sheet.rows and text(at(sheet.rows[0], 0)) == TEMPLATE:
            return _wide(sheet, expected)
    for sheet in sheets:
        if (header := return_long.header_of(sheet)) is not None:
            return return_long.read(sheet, header, expected)
    raise FileRefused(
        "This file is neither the template of this return nor a table with the columns agency, period_start,"
        " period_end, measure and numerator. Download the template and copy your numbers into it."
    )


def _wide(sheet: RawSheet, expected: Expected) -> Loaded:
    _, reference, agency, start, end = (text(at(sheet.rows[0], n)) for n in range(5))
    if agency != expected.agency:
        raise FileRefused(
            f"This file was made for another organisation ({agency}), not for {expected.agency_name}. Download the"
            " template from this page."
        )
    if (start, end) != (expected.period.start.isoformat(), expected.period.end.isoformat()):
        raise FileRefused(
            f"This file is for {days(start, end)}, and this return is for"
            f" {days(expected.period.start.isoformat(), expected.period.end.isoformat())}. Download the template of"
            " this quarter: an earlier one holds other figures."
        )
    if reference != expected.reference:
        raise FileRefused(
            f"This file belongs to another return ({reference}). Download the template from this page."
        )
    short_enough(sheet)
    known = {line.key: line for line in expected.lines}
    loaded = Loaded("template")
    merged = merged_rows(sheet, loaded, HEADER_ROW + 1)
    for n, row in enumerate(sheet.rows[HEADER_ROW + 1 :], HEADER_ROW + 1):
        key = text(at(row, 0))
        said = {name: text(at(row, COLUMNS.index(name))) for name in FIELDS}
        if n in merged or not any((*said.values(), key)):
            continue
        line = known.get(key)
        if line is None:
            if any(said.values()):
                loaded.troubles.append(not_asked(sheet.name, n, key or text(at(row, 2))))
            continue
        if key in loaded.rows:
            loaded.troubles.append(twice(sheet.name, n, line))
            continue
        _percentage(loaded, sheet.name, n, COLUMNS.index(PERCENTAGE), line, row, said)
        said["nothing"] = _nothing(said["nothing"])
        loaded.rows[key] = Typed.of(said)
        loaded.places[key] = f"{sheet.name}!{cell(n, COLUMNS.index('numerator'))}"
    return loaded


def _percentage(
    loaded: Loaded, sheet: str, n: int, column: int, line: Line, row: Sequence[Value], said: dict[str, str]
) -> None:
    """A cell that shows 81% holds 0.81: Excel keeps a percentage as a share of one. Said, so that nobody is misread."""
    value = at(row, column)
    if line.way != SHARE or not isinstance(value, float) or not 0 < value <= 1:
        return
    read_as = text(float(Decimal(str(value)) * 100))
    said[PERCENTAGE] = f"{read_as}%"
    loaded.troubles.append(
        Trouble(
            "RT-08",
            "query",
            sheet,
            cell(n, column),
            f"The cell holds {text(value)}; it was read as {read_as}%.",
            "If you mean something else, correct it on the page.",
            text(value),
            line.key,
        )
    )


def _nothing(said: str) -> str:
    return _WORDS_FOR_NOTHING.get(said.lower(), said)
