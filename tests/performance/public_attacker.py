"""Somebody has every version that was published, its tables, charts, descriptions and CSV, and a solver for whole
numbers: what can they work out?

Written from the printed text alone; it shares no code with what hides the numbers. They know that agencies add up to
the whole area, that what is counted and what is left over add up to what it is of, and that quarters add up to longer
periods. A number that is withheld is at least one, because zeros are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

WITHHELD = "[c]"
WHOLE = "The whole area"
#: Measure, whose, last day of the quarter, and whether those counted (n) or those left over (c).
Unknown = tuple[str, str, str, str]
_MONTHS = {"Mar": "03-31", "Jun": "06-30", "Sep": "09-30", "Dec": "12-31"}


def quarters_within(first: str, last: str) -> list[str]:
    """The last days of the quarters from one day to another."""
    year, month = int(first[:4]), int(first[5:7]) + 2
    found = []
    while (end := f"{year}-{month:02}-{_MONTHS_DAY[month]}") <= last:
        found.append(end)
        year, month = (year + 1, 3) if month == 12 else (year, month + 3)
    return found


_MONTHS_DAY = {3: "31", 6: "30", 9: "30", 12: "31"}


@dataclass
class Attacker:
    """Whole numbers from 0 on, and all that is printed about them."""

    at: dict[Unknown, int] = field(default_factory=dict)
    lines: list[tuple[list[tuple[int, float]], float, float]] = field(default_factory=list)
    withheld: list[list[Unknown]] = field(default_factory=list)

    def read(self, document: dict[str, Any]) -> None:
        """Take in one published version: its CSV first, and then every table, chart and description of its page."""
        shares = {row[0] for row in document["rows"] if row[6]}
        for row in document["rows"]:
            self.row(dict(zip(document["heads"], row, strict=True)), shares)
        report = document["report"]
        end = max(row[4] for row in document["rows"])
        names = {row[2] for row in document["rows"]} - {WHOLE}
        for section in report["sections"]:
            if not section["key"].startswith("measure-"):
                continue
            code = section["title"].split()[0]
            periods: list[str] = []
            for table in section["tables"]:
                self.table(code, table, end, code in shares)
                if table["heads"][0] == "Period":
                    periods = [row[0] for row in table["rows"]]
            for chart in section["charts"]:
                self.chart(code, chart, periods, code in shares)
        for code in {row[0] for row in document["rows"]}:
            told = {row[2] for row in document["rows"] if row[0] == code} - {WHOLE}
            if told == names and told:
                for side in "nc" if code in shares else "n":
                    self.add(
                        [*(((code, one, end, side), 1.0) for one in told), ((code, WHOLE, end, side), -1.0)],
                        0,
                        0,
                    )

    def row(self, row: dict[str, str], shares: set[str]) -> None:
        if not row["How many"]:
            return
        quarters = quarters_within(row["From"], row["To"])
        self.figure(
            row["Code"], row["Whose"], quarters, row["How many"], row["Of how many"], row["Code"] in shares
        )
        if row["Value"] and row["Code"] in shares:
            self.share(row["Code"], row["Whose"], quarters, float(row["Value"]), 0.05)

    def table(self, code: str, table: dict[str, Any], end: str, share: bool) -> None:
        heads = table["heads"]
        for line in table["rows"]:
            row = dict(zip(heads, line, strict=True))
            whose, quarters = (row["Agency"], [end]) if "Agency" in row else (WHOLE, _quarters(row["Period"]))
            told = row.get("How many", "") if share else row["Value"]
            if told == WITHHELD or told.replace(",", "").isdigit():
                self.figure(code, whose, quarters, told, row.get("Of how many", ""), share)
            if row["Value"].endswith("%"):
                self.share(code, whose, quarters, float(row["Value"][:-1]), 0.05)
            if row.get("Standing") in ("Below standard", "Meets the target") and share:
                low, high = (-np.inf, -1e-6) if row["Standing"] == "Below standard" else (0.0, np.inf)
                half = [
                    ((code, whose, one, side), 0.5 if side == "n" else -0.5)
                    for one in quarters
                    for side in "nc"
                ]
                self.add(half, low, high)

    def chart(self, code: str, chart: dict[str, Any], periods: list[str], share: bool) -> None:
        for mark, period in zip(chart["marks"], periods, strict=False):
            if mark["number"] is None:
                continue
            if share:
                self.share(code, WHOLE, _quarters(period), mark["number"], 0.006)
            else:
                self.add([((code, WHOLE, one, "n"), 1.0) for one in _quarters(period)],
                         mark["number"], mark["number"])  # fmt: skip
        if found := re.search(r"newest value is ([\d.]+)%", chart["alt"]):
            self.share(code, WHOLE, _quarters(periods[len(chart["marks"]) - 1]), float(found[1]), 0.05)

    def figure(self, code: str, whose: str, quarters: list[str], top: str, under: str, share: bool) -> None:
        self.printed([(code, whose, one, "n") for one in quarters], top)
        if share and under:
            self.printed([(code, whose, one, side) for one in quarters for side in "nc"], under)

    def printed(self, some: list[Unknown], text: str) -> None:
        if text == WITHHELD:
            self.withheld.append(some)
            self.add([(one, 1.0) for one in some], 1, np.inf)
        else:
            number = float(text.replace(",", ""))
            self.add([(one, 1.0) for one in some], number, number)

    def share(self, code: str, whose: str, quarters: list[str], value: float, reach: float) -> None:
        """So many of a hundred, rounded: of those counted and left over together."""
        for sign, edge in ((1.0, value - reach - 1e-9), (-1.0, -(value + reach + 1e-9))):
            terms = [
                ((code, whose, one, side), sign * (100.0 if side == "n" else 0.0) - edge)
                for one in quarters for side in "nc"
            ]  # fmt: skip
            self.add(terms, 0, np.inf)

    def add(self, terms: Iterable[tuple[Unknown, float]], low: float, high: float) -> None:
        self.lines.append(([(self.at.setdefault(one, len(self.at)), by) for one, by in terms], low, high))

    def range_of(self, some: list[Unknown]) -> tuple[int, int]:
        """The smallest and the largest that the sum of some unknowns can be."""
        place = [(row, at, by) for row, (line, _, _) in enumerate(self.lines) for at, by in line]
        rows, columns, factors = zip(*place, strict=True)
        table = csr_array((factors, (rows, columns)), shape=(len(self.lines), len(self.at)))
        fits = LinearConstraint(table, [low for _, low, _ in self.lines], [high for *_, high in self.lines])
        wanted = np.zeros(len(self.at))
        for one in some:
            wanted[self.at[one]] += 1
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * wanted, constraints=fits, integrality=np.ones(len(self.at)),
                bounds=Bounds(0, np.full(len(self.at), 10_000)),
            )  # fmt: skip
            assert found.x is not None, "the true numbers fit"
            ends.append(round(float(wanted @ found.x)))
        return ends[0], ends[1]


def _quarters(label: str) -> list[str]:
    """``Oct to Dec 2015`` and ``Apr 2015 to Mar 2016`` as the last days of their quarters."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    first, last = label.partition(" (")[0].split(" to ")
    year = last.split()[1]
    start = f"{first.split()[1] if ' ' in first else year}-{months.index(first.split()[0]) + 1:02}-01"
    return quarters_within(start, f"{year}-{_MONTHS[last.split()[0]]}")
