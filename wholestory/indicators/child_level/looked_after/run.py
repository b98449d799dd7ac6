"""One run over one set of tables: read, check, count. What a command, a job or a test calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wholestory.indicators.child_level.figures import Figure
from wholestory.indicators.child_level.findings import MOST_LISTED, Findings, Refused
from wholestory.indicators.child_level.looked_after.checking import Checker
from wholestory.indicators.child_level.looked_after.counting import count
from wholestory.indicators.child_level.looked_after.reading import Table, read
from wholestory.indicators.child_level.looked_after.store import Store, collection_year
from wholestory.indicators.child_level.window import Window, reporting_year
from wholestory.kernel.working_days import ENGLAND_AND_WALES, WorkingDays

MOST_FILES = 40
_FEW, _SHARE = 3, 0.02
"""Episodes with a later start that may be slips of the pen: so many, or such a share of all."""
_EVENTS = (("Episodes", "decom"), ("Episodes", "dec"), ("Reviews", "review"), ("Missing", "mis_start"))


@dataclass(slots=True)
class Outcome:
    """What came of one set."""

    tables: Mapping[str, Table]
    last: Mapping[str, Table]
    window: Window
    findings: Findings
    children: int = 0
    figures: list[Figure] = field(default_factory=list)
    not_counted: dict[str, str] = field(default_factory=dict)


def read_set(paths: Iterable[Path], findings: Findings) -> dict[str, Table]:
    """The tables of one year's set, by name. Raises Refused when a file is no table, or two are the same one."""
    tables: dict[str, Table] = {}
    for path in paths:
        table = read(path, findings)
        other = tables.get(table.layout.name)
        if other is not None:
            raise Refused(
                path.name,
                f"{path.name} and {other.file} both hold the table {table.layout.name}.",
                "Send one file for each table; put last year's set in a folder of its own.",
            )
        tables[table.layout.name] = table
    return tables


def work(
    paths: Sequence[Path],
    window: Window,
    *,
    last: Sequence[Path] = (),
    rules_of: int | None = None,
    figures: bool = True,
    keep: frozenset[str] = frozenset(),
    calendar: WorkingDays = ENGLAND_AND_WALES,
    most: int | None = None,
) -> Outcome:
    """Read a set, check every rule, and count every figure over `window`. `last` are the files of the year before;
    `rules_of` the collection year whose codes count, the window's own when None; `keep` are error rules whose rows are
    counted all the same. Raises Refused when a file cannot be used or the set is of other days."""
    if not paths or len(paths) + len(last) > MOST_FILES:
        raise Refused(
            "the set", f"A set has 1 to {MOST_FILES} files.", "Send the tables of one or two years."
        )
    findings = Findings(MOST_LISTED if most is None else most)
    tables = read_set(paths, findings)
    before = read_set(last, Findings(most=0)) if last else {}
    store = Store(window, rules_of or collection_year(window), calendar)
    try:
        store.add(tables)
        store.add(before, last=True)
        _refuse_other_days(store, tables, window)
        outcome = Outcome(tables, before, window, findings, _children(tables))
        checked = Checker(store, tables, before, findings, keep).check()
        if figures:
            outcome.figures, outcome.not_counted = count(store, checked)
    finally:
        store.close()
    return outcome


def _refuse_other_days(store: Store, tables: Mapping[str, Table], window: Window) -> None:
    """A set in which nothing happens in the window is of another year, and so is one in which much happens after the
    year the window lies in: who left care before its own year began is not in it, and would not be counted."""
    _refuse_later_year(store, tables, window)
    seen: list[tuple[date, date]] = []
    for name, column in _EVENTS:
        if name in tables:
            ((first, last, inside),) = store.run(
                f"SELECT min({column}), max({column}), count(*) FILTER (WHERE {column} BETWEEN $first AND $last)"
                f" FROM {name.lower()}"
            )
            if inside:
                return
            if first is not None:
                seen.append((first, last))
    if seen:
        first, last = min(one[0] for one in seen), max(one[1] for one in seen)
        file = next(iter(tables.values())).file
        raise Refused(
            file,
            f"The set is of other days: what happens in it lies between {_written(first)} and {_written(last)}, none of"
            f" it in {_written(window.first)} to {_written(window.last)}.",
            "Send the set of the period, or say which period this one is about.",
            rule="PB-05",
        )


def _refuse_later_year(store: Store, tables: Mapping[str, Table], window: Window) -> None:
    if "Episodes" not in tables:
        return
    end = reporting_year(collection_year(window)).last
    ((later, every),) = store.run(
        f"SELECT count(*) FILTER (WHERE decom > DATE '{end.isoformat()}'), count(*) FROM episodes"
    )
    if later > max(_FEW, every * _SHARE):
        raise Refused(
            tables["Episodes"].file,
            f"The set is of a later year: {later:,} of its {every:,} episodes began after {_written(end)}.",
            "Send the set of the year the period lies in.",
            rule="PB-05",
        )


def _children(tables: Mapping[str, Table]) -> int:
    table = tables.get("Header") or next(iter(tables.values()))
    return len(set(table.columns["CHILD"]) - {""})


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
