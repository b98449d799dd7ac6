"""The long table of a return: one row for one measure, one period and one part (data returns 5)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from wholestory.indicators.rules.entries import Typed
from wholestory.indicators.rules.periods import Period
from wholestory.indicators.rules.return_cells import (
    Expected,
    FileRefused,
    Loaded,
    Trouble,
    at,
    cell,
    merged_rows,
    not_asked,
    short_enough,
    text,
    twice,
)
from wholestory.indicators.rules.return_days import NotADay, day_of
from wholestory.kernel.workbooks import RawSheet, Value

LONG = (
    "agency", "period_start", "period_end", "measure", "breakdown", "value_label", "numerator", "denominator", "note",
    "status",
)  # fmt: skip
_NEEDED = frozenset({"agency", "period_start", "period_end", "measure", "numerator"})
_LOOKED_FOR_HEADINGS = 20


def header_of(sheet: RawSheet) -> tuple[int, dict[str, int]] | None:
    for n, row in enumerate(sheet.rows[:_LOOKED_FOR_HEADINGS]):
        names = [re.sub(r"[\s\-]+", "_", text(value).strip().lower()) for value in row]
        if set(names) >= _NEEDED:
            return n, {name: names.index(name) for name in LONG if name in names}
    return None


def read(sheet: RawSheet, header: tuple[int, dict[str, int]], expected: Expected) -> Loaded:
    first, columns = header
    short_enough(sheet)
    loaded = Loaded("long table")
    merged = merged_rows(sheet, loaded, first + 1)
    codes = {
        each: line.measure
        for line in expected.lines
        for each in (line.measure, *line.definition.also_known_as)
    }
    known = {line.key: line for line in expected.lines}
    agencies: set[str] = set()
    periods: set[Period] = set()
    used = 0
    for n, row in enumerate(sheet.rows[first + 1 :], first + 1):
        said = {name: text(at(row, column)) for name, column in columns.items()}
        if n in merged or not any(said.values()):
            continue
        used += 1
        agencies.add(said["agency"])
        if said["agency"].lower() not in (expected.agency.lower(), expected.agency_name.lower()):
            loaded.troubles.append(_of_another(sheet.name, n, columns["agency"], said["agency"]))
            continue
        period = _period(sheet.name, n, row, columns, loaded, expected.period)
        if period is None:
            continue
        periods.add(period)
        code = codes.get(said["measure"], said["measure"])
        parts = (code, said.get("breakdown", ""), said.get("value_label", ""))
        key = "|".join(parts) if parts[1] else code
        line = known.get(key)
        if line is None:
            loaded.troubles.append(not_asked(sheet.name, n, key, columns["measure"]))
            continue
        if period != Period(line.period_start, line.period_end):
            loaded.troubles.append(_of_other_days(sheet.name, n, columns["period_start"], period, said))
            continue
        if key in loaded.rows:
            loaded.troubles.append(twice(sheet.name, n, line))
            continue
        loaded.rows[key] = Typed.of(
            {name: said.get(name, "") for name in ("numerator", "denominator", "note")}
        )
        loaded.places[key] = f"{sheet.name}!{cell(n, columns['numerator'])}"
        if said.get("status", "").lower() == "provisional":
            loaded.provisional.add(key)
    if used and not loaded.rows:
        _refuse_others(expected, agencies, periods)
    return loaded


def _refuse_others(expected: Expected, agencies: set[str], periods: set[Period]) -> None:
    """Raise FileRefused where no row is of this agency, or none for this period."""
    own = (expected.agency.lower(), expected.agency_name.lower())
    if not any(one.lower() in own for one in agencies):
        raise FileRefused(
            f"Every row of this file is of another organisation, none of {expected.agency_name}."
        )
    if periods and expected.period not in periods:
        raise FileRefused(
            "No row of this file is for the quarter of this return. Choose the file of this quarter."
        )


def _of_another(sheet: str, n: int, column: int, agency: str) -> Trouble:
    words = f"The row is of another organisation: “{agency}”."
    return Trouble("PB-05", "error", sheet, cell(n, column), words, "Take the row out.", agency)


def _of_other_days(sheet: str, n: int, column: int, period: Period, said: Mapping[str, str]) -> Trouble:
    words = f"The row is for {period.label}."
    advice = "Take it out, or put the days of this return there."
    return Trouble("PB-05", "error", sheet, cell(n, column), words, advice, said["period_start"])


def _period(
    sheet: str, n: int, row: Sequence[Value], columns: Mapping[str, int], loaded: Loaded, period: Period
) -> Period | None:
    ends = []
    of_return = {"period_start": period.start, "period_end": period.end}
    for name, day in of_return.items():
        value = at(row, columns[name])
        try:
            ends.append(day_of(value, example=day))
        except NotADay as reason:
            loaded.troubles.append(
                Trouble(
                    "PB-01",
                    "error",
                    sheet,
                    cell(n, columns[name]),
                    str(reason),
                    reason.what_to_do,
                    text(value),
                )
            )
    return Period(*ends) if len(ends) == 2 else None
