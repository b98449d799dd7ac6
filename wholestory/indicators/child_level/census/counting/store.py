"""The columns as tables of a database in memory, which opens no file, no network and no extension."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from wholestory.indicators.child_level.census.counting.columns import FACTOR_BIT, LISTS, Columns
from wholestory.indicators.child_level.census.records import BITS
from wholestory.indicators.child_level.window import Window
from wholestory.kernel.working_days import WorkingDays

_HERE = Path(__file__).parent
_KINDS = {"q": np.int64, "i": np.int32, "h": np.int16, "B": np.uint8, "b": np.int8}
DAYS = {
    "child": ("born",),
    "episode": ("referred", "closed", "conference"),
    "assessment": ("started", "authorised"),
    "enquiry": ("started", "conference"),
    "in_need_plan": ("started", "ended"),
    "protection": ("started", "ended"),
    "review": ("day",),
}
CLOCKS = {
    "episode": ("referred", "conference"),
    "assessment": ("started", "authorised"),
    "enquiry": ("started", "conference"),
}
"""Days whose running number of working days is needed."""
EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 1, 1)
_BITS = re.compile(r"bits\(([^()]*)\)")
_CODE = re.compile(r"code\('(\w+)', '(\w+)'\)")
_PLACE = re.compile(r"place\('(\w+)', ([\w.]+)\)")


class Store:
    """An open database of one run."""

    def __init__(self, columns: Columns, window: Window, calendar: WorkingDays) -> None:
        self.window = window
        self._running = RunningDays(columns, window, calendar)
        self._connection = duckdb.connect(
            config={"autoinstall_known_extensions": False, "enable_external_access": False, "threads": 1}
        )
        self.run("CREATE MACRO ymd(d) AS year(d) * 10000 + month(d) * 100 + day(d)")
        for table in list(columns.tables):
            self._table(table, columns)
            columns.forget(table)
        self._factors()

    def add_earlier(self, earlier: Sequence[tuple[array[int], array[int]]]) -> None:
        """Referrals of earlier files: (pseudonyms, days) of each."""
        self.run("CREATE TABLE earlier_referral (key BIGINT, referred DATE)")
        for keys, days in earlier:
            raw: dict[str, Any] = {
                "key": np.frombuffer(keys, np.int64),
                "referred": np.frombuffer(days, np.int32),
            }
            if len(raw["key"]):
                self._connection.register("raw", raw)
                self.run(f"INSERT INTO earlier_referral SELECT key, {_day('referred')} FROM raw")
                self._connection.unregister("raw")

    def populate(self) -> None:
        """Make the populations of the figures."""
        for statement in (_HERE / "populations.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                self.run(statement)

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        """Rows of a statement of ours, with the window, bits and codes written in."""
        return self._connection.execute(self.written(sql)).fetchall()

    def written(self, sql: str) -> str:
        """Our notation as SQL."""
        sql = _BITS.sub(lambda found: str(bits(re.findall(r"'([^']+)'", found[1]))), sql)
        sql = _CODE.sub(lambda found: str(LISTS[f"{found[1]}s"].index(found[2])), sql)
        sql = _PLACE.sub(_place, sql)
        sql = sql.replace("n_last()", str(self._running.of(self.window.last)))
        first, last = self.window.first.isoformat(), self.window.last.isoformat()
        return sql.replace("$first", f"DATE '{first}'").replace("$last", f"DATE '{last}'")

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _table(self, table: str, columns: Columns) -> None:
        raw: dict[str, Any] = {}
        for name, column in columns.tables[table].items():
            raw[name] = (
                np.frombuffer(column, _KINDS[column.typecode])
                if column
                else np.empty(0, _KINDS[column.typecode])
            )
        size = len(raw[next(iter(raw))])
        clocks = CLOCKS.get(table, ())
        for name in clocks:
            raw[f"n_{name}"] = self._running.column(raw[name])
        raw["place_no"] = np.arange(size, dtype=np.int32)
        selected = [
            f"{_day(name)} AS {name}" if name in DAYS[table] else f"nullif({name}, -1) AS {name}"
            if name.startswith("n_") else name
            for name in raw
        ]  # fmt: skip
        if table == "child":
            selected.append(f"ymd({_day('born')}) AS born_ymd")
        self._connection.register("raw", raw)
        self.run(f"CREATE TABLE {table} AS SELECT {', '.join(selected)} FROM raw")
        self._connection.unregister("raw")

    def _factors(self) -> None:
        rows = ", ".join(f"('{code}', {bit}, '{code.rstrip('ABCDEF')}')" for code, bit in FACTOR_BIT.items())
        self.run(f"CREATE TABLE factor AS SELECT * FROM (VALUES {rows}) AS f(code, bit, starts)")


class RunningDays:
    """Running numbers of working days, for every day the columns can hold between 1990 and 2100."""

    def __init__(self, columns: Columns, window: Window, calendar: WorkingDays) -> None:
        first, last = window.first, window.last
        low, high = first.toordinal(), last.toordinal()
        for table, names in CLOCKS.items():
            for name in names:
                column = columns.tables[table][name]
                if column:
                    days = np.frombuffer(column, np.int32)
                    days = days[(days >= EARLIEST.toordinal()) & (days < LATEST.toordinal())]
                    if len(days):
                        low, high = min(low, int(days.min())), max(high, int(days.max()))
        self._low = low
        start = date.fromordinal(low)
        works = [calendar.is_working(start + timedelta(days=n)) for n in range(high - low + 1)]
        self._numbers = np.cumsum(np.array(works, dtype=np.int32), dtype=np.int32)

    def of(self, day: date) -> int:
        """The number of one day of the window."""
        return int(self._numbers[day.toordinal() - self._low])

    def column(self, days: Any) -> Any:
        """The numbers of many days; -1 for none and for days beyond the calendar."""
        place = days.astype(np.int64) - self._low
        inside = (place >= 0) & (place < len(self._numbers))
        return np.where(inside, self._numbers[np.where(inside, place, 0)], -1).astype(np.int32)


def bits(names: Sequence[str]) -> int:
    """The bits of fields together. Raises KeyError for a field that has none."""
    together = 0
    for name in names:
        together |= BITS[name]
    return together


def _day(name: str) -> str:
    return f"(DATE '0001-01-01' + CAST(nullif({name}, 0) - 1 AS INTEGER))"


def _place(found: re.Match[str]) -> str:
    listed = ", ".join(f"'{code}'" for code in LISTS[found[1]])
    return f"[{listed}][{found[2]} + 1]"
