"""The tables of a return as tables of a database in memory, which opens no file, no network and no extension.

A child is a number made from its id with a key that is thrown away when the run ends. A date is a day or nothing, with
`..._sent` beside it to tell an empty cell from an unreadable one. `n` is the place of the row in its table.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

import duckdb
import numpy as np

from wholestory.indicators.child_level.days import NotADay, day_of_text
from wholestory.indicators.child_level.looked_after.reading import Layout, Table, layouts
from wholestory.indicators.child_level.window import Window, reporting_year, twelve_months_before
from wholestory.kernel.working_days import WorkingDays

_NONE, _WRONG = 0, -1
CRASHES = (duckdb.Error, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in a rule can raise."""


class Pseudonyms:
    """Ids as numbers, by a key made for one run and never kept."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def __call__(self, sent: str) -> int:
        """A number from 1; an id is the same child in every table and year of the run."""
        short = blake2b(sent.encode(), digest_size=8, key=self._secret).digest()
        return (int.from_bytes(short, "big") >> 1) | 1


class Store:
    """An open database of one run."""

    def __init__(self, window: Window, year: int, calendar: WorkingDays) -> None:
        self.window, self.year = window, year
        self._pseudonym = Pseudonyms()
        self._numbers: dict[str, int] = {"": _NONE}
        self._days: dict[str, int] = {"": _NONE}
        self.supplied: set[str] = set()
        self._connection = duckdb.connect(
            config={"autoinstall_known_extensions": False, "enable_external_access": False, "threads": 1}
        )
        for name, values in codes(year).items():
            self._codes(name, values)
        self._working_days(calendar)

    def add(self, tables: Mapping[str, Table], *, last: bool = False) -> None:
        """The tables of a set; `last` for last year's. Tables that are not there are made, empty."""
        for name, layout in layouts().items():
            called = f"{name.lower()}_last" if last else name.lower()
            table = tables.get(name)
            if table is not None:
                self.supplied.add(called)
            self._table(called, layout, table)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a statement of ours, with the days of the window written in."""
        return self._connection.execute(self._written(sql)).fetchall()

    def places(self, sql: str) -> Any:
        """The places a statement gives, in order."""
        found = self._connection.execute(
            f"SELECT DISTINCT n FROM ({self._written(sql)}) ORDER BY n"
        ).fetchnumpy()
        return np.asarray(found["n"], dtype=np.int64)

    def spoil(self, table: str, spoilt: Mapping[str, Any]) -> None:
        """A table `used_...` in which the fields an error names are empty, and `spoilt_...` says so."""
        columns = self.run(f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{table}'")
        raw = {f"spoilt_{name.lower()}": mask for name, mask in spoilt.items()}
        if raw:
            self._connection.register("raw", {"place": np.arange(len(next(iter(raw.values())))), **raw})
        chosen = []
        for (name,) in columns:
            if f"spoilt_{name}" in raw:
                chosen.append(f"CASE WHEN NOT r.spoilt_{name} THEN t.{name} END AS {name}, r.spoilt_{name}")
            else:
                chosen.append(f"t.{name}, FALSE AS spoilt_{name}")
        joined = "JOIN raw r ON r.place = t.n" if raw else ""
        self.run(f"CREATE TABLE used_{table} AS SELECT {', '.join(chosen)} FROM {table} t {joined}")
        if raw:
            self._connection.unregister("raw")

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _written(self, sql: str) -> str:
        first, last = self.window.first, self.window.last
        year = twelve_months_before(last) + timedelta(days=1)
        start = reporting_year(self.year).first
        for name, day in (("$first", first), ("$last", last), ("$year", year), ("$start", start)):
            sql = sql.replace(name, f"DATE '{day.isoformat()}'")
        return sql

    def _table(self, called: str, layout: Layout, table: Table | None) -> None:
        size = len(table.lines) if table else 0
        raw: dict[str, Any] = {"n": np.arange(size, dtype=np.int32)}
        raw["child"] = self._column(table, "CHILD", self._number, np.int64)
        selected = ["n", "nullif(child, 0) AS child"]
        for name in layout.dates:
            raw[name] = self._column(table, name, self._day, np.int32)
            small = name.lower()
            day = f"CASE WHEN {name} > 0 THEN DATE '0001-01-01' + ({name} - 1) END"
            selected.append(f"{day} AS {small}, {name} <> 0 AS {small}_sent")
        for name in (*layout.codes, *layout.numbers):
            sent = table.columns[name] if table else []
            raw[name] = np.array([cell.upper() or None for cell in sent], dtype=object)
            if not size or not any(sent):
                del raw[name]
                selected.append(f"CAST(NULL AS VARCHAR) AS {name.lower()}")
            else:
                selected.append(f"{name} AS {name.lower()}")
        self._connection.register("raw", raw)
        self.run(f"CREATE TABLE {called} AS SELECT {', '.join(selected)} FROM raw")
        self._connection.unregister("raw")

    def _column(self, table: Table | None, name: str, value: Any, kind: Any) -> Any:
        sent = table.columns[name] if table else []
        return np.fromiter(map(value, sent), dtype=kind, count=len(sent))

    def _number(self, sent: str) -> int:
        number = self._numbers.get(sent)
        if number is None:
            number = self._numbers[sent] = self._pseudonym(sent)
        return number

    def _day(self, sent: str) -> int:
        day = self._days.get(sent)
        if day is None:
            try:
                day = day_of_text(sent).toordinal()
            except NotADay:
                day = _WRONG
            if len(self._days) < 200_000:
                self._days[sent] = day
        return day

    def _codes(self, name: str, values: Sequence[str]) -> None:
        listed = ", ".join(f"('{value}')" for value in values)
        self.run(f"CREATE TABLE code_{name.lower()} AS SELECT * FROM (VALUES {listed}) AS c(value)")

    def _working_days(self, calendar: WorkingDays) -> None:
        """Each day from a year before the window to its end, with its running number of working days."""
        start = self.window.first - timedelta(days=400)
        days = [start + timedelta(days=number) for number in range((self.window.last - start).days + 1)]
        works = np.array([calendar.is_working(day) for day in days], dtype=np.int32)
        raw = {"d": np.array([day.toordinal() for day in days], dtype=np.int32), "number": np.cumsum(works)}
        self._connection.register("raw", raw)
        self.run(
            "CREATE TABLE working AS SELECT DATE '0001-01-01' + (d - 1) AS day, number::INTEGER AS number FROM raw"
        )
        self._connection.unregister("raw")


@cache
def codes(year: int) -> dict[str, tuple[str, ...]]:
    """The codes that are valid in a collection year, by column."""
    held = tomllib.loads(files(__package__).joinpath("codes.toml").read_text(encoding="utf-8"))
    return {name: tuple(_valid(about, year)) for name, about in held.items()}


def _valid(about: dict[str, Any], year: int) -> Iterable[str]:
    yield from about["always"]
    for some in about.get("bounded", ()):
        if some.get("from", 0) <= year <= some.get("until", 9999):
            yield from some["codes"]


def collection_year(window: Window) -> int:
    """The reporting year the window ends in: 2025 for any quarter of 2024-25."""
    last: date = window.last
    return last.year + (last.month > 3)
