"""Somebody has every table that was published, last year's and this year's, and a solver: what can they work out?

The attacker here is written from the printed text alone and shares no code with what hides the numbers. They know that
the kinds of a year add up to the whole, and that a table of three years is the sum of three.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from wholestory.child_deaths.rules.panel_report import counting, protecting
from wholestory.child_deaths.rules.panel_report.attack import Released, Sum
from wholestory.child_deaths.rules.panel_report.layout import Laid, completed
from wholestory.child_deaths.rules.panel_report.shape import Report, from_data
from wholestory.child_deaths.rules.panel_report.showing import Shown
from wholestory.child_deaths.rules.panel_report.tables import tables
from wholestory.child_deaths.rules.panel_report.writing import Frozen, write

AGES = {
    "0_27_days": "0 to 27 days", "28_364_days": "28 to 364 days", "1_4_years": "1 to 4 years",
    "5_9_years": "5 to 9 years", "10_14_years": "10 to 14 years", "15_17_years": "15 to 17 years",
}  # fmt: skip
INFANTS = ("0 to 27 days", "28 to 364 days")
FIFTHS = {1: "1, the most deprived fifth", 2: "2", 3: "3", 4: "4", 5: "5, the least deprived fifth"}
SEXES = {"male": "Male", "female": "Female"}
ANSWERS = {"identified": "Identified", "none_identified": "None identified"}
NOT_GIVEN = "Not known or not given"
#: Kind: (whose year counts, what the row calls it, values and the words in the tables).
KINDS: dict[str, tuple[str, str, dict[Any, str]]] = {
    "age": ("notified", "age_band", AGES),
    "sex": ("notified", "sex", SEXES),
    "deprivation": ("notified", "deprivation", FIFTHS),
    "category": ("reviewed", "category", {}),
}
YEARS = range(2011, 2016)
THRESHOLD = 5
#: So few that a rate, with its one decimal, tells its number.
BIRTHS = {"year": 2_000.0, "three": 6_000.0}
Unknown = tuple[str, str, int]


def made_up(seed: int, per_year: int) -> list[dict[str, Any]]:
    """Rows of an invented panel, told of and (two in three of them) reviewed in the year of the death."""
    chance = random.Random(seed)
    found: list[dict[str, Any]] = []
    for year in YEARS:
        for _ in range(per_year):
            reviewed = chance.random() < 0.67
            found.append({
                "group": "final" if reviewed else "open", "year_of_death": year, "year_notified": year,
                "year_reviewed": year if reviewed else None, "month": chance.randint(1, 12),
                "sex": chance.choice(list(SEXES)),
                "age_band": chance.choices(list(AGES), [9, 4, 2, 1, 2, 2])[0], "ethnic_group": "white",
                "deprivation": chance.choices(list(FIFTHS), [6, 5, 3, 2, 1])[0], "expected": "expected",
                "place_kind": "home", "response": "yes", "took": "under_6" if reviewed else "not_reviewed",
                "category": chance.choices(range(1, 11), [1, 1, 2, 2, 2, 2, 6, 9, 1, 3])[0] if reviewed else None,
                "modifiable": chance.choices(list(ANSWERS), [4, 6])[0] if reviewed else "", "factors": [],
            })  # fmt: skip
    return found


def counted(rows: list[dict[str, Any]], year: int) -> tuple[list[Laid], dict[str, int], list[Sum]]:
    """The tables of a year with their numbers, and the sums between them."""
    before = [row for row in rows if row["year_notified"] <= year]
    laid = tables(year, ["Northmarsh"], range(2011, year + 1), [], public=True)
    return laid, *completed(counting.count(before, year), laid, year)


def planned(
    rows: list[dict[str, Any]], year: int, earlier: list[Released], *, below: int
) -> tuple[dict[str, int], protecting.Plan]:
    """The numbers of a year and what of them is not shown."""
    laid, cells, sums = counted(rows, year)
    return cells, protecting.plan(laid, cells, sums, {}, below, earlier)


def release(
    rows: list[dict[str, Any]], year: int, earlier: list[Released], *, careless: bool = False
) -> tuple[Report, Released]:
    """The public version of one year; a careless one hides the small numbers alone."""
    before = [row for row in rows if row["year_notified"] <= year]
    laid = tables(year, ["Northmarsh"], range(2011, year + 1), [], public=True, births=True)
    cells, sums = completed(counting.count(before, year), laid, year)
    if careless:
        plan = protecting.Plan()
        shown = {cell for table in laid for face in table.faces for cell in face.cells}
        plan.hidden = dict.fromkeys(
            (one for one in shown if 0 < cells[one] < THRESHOLD), protecting.Why.SMALL
        )
        plan.printed = frozenset(shown - plan.hidden.keys())
    else:
        plan = protecting.plan(laid, cells, sums, {}, THRESHOLD, earlier)
    kept = protecting.released(laid, cells, sums, {}, THRESHOLD, plan)
    report = write(
        Frozen(year, cells, ["Northmarsh"], reference={"births": BIRTHS}),
        laid,
        Shown(cells, plan),
        panel="Invented",
        front=(),
        words={},
    )
    return from_data(report.as_data()), kept


class Attacker:
    """Whole numbers from 0 on for every kind and year, and every sum that is printed."""

    def __init__(self, reports: list[Report]) -> None:
        self.at: dict[Unknown, int] = {}
        self.sums: list[tuple[list[tuple[int, int]], float, float]] = []
        self.hidden: list[list[Unknown]] = []
        for report in reports:
            self.read(report)
        for kind, (calendar, _, _) in KINDS.items():
            labels = {label for name, label, _ in self.at if name == kind}
            for year in YEARS:
                self.add(
                    [((kind, label, year), 1) for label in labels] + [((calendar, "All", year), -1)], 0, 0
                )
        self.cross()

    def read(self, report: Report) -> None:
        this = int(report.years[:4])
        for table in (one for section in report.sections for one in section.tables):
            if table.key in KINDS:
                self.breakdown(table.key, table.heads, table.rows, this)
            elif table.key == "infants":
                for row, years in zip(table.rows, ([this], range(this - 2, this + 1)), strict=True):
                    some = [("age", label, year) for label in INFANTS for year in years]
                    self.printed(some, row[1])
                    if row[3] != "[c]":
                        told = str(round(float(row[3].split()[0]) * float(row[2].replace(",", "")) / 1_000))
                        self.printed(some, told)
            elif table.key == "calendars":
                for row in table.rows:
                    for name, cell in zip(("died", "notified", "reviewed"), row[1:], strict=True):
                        self.printed([(name, "All", int(row[0][:4]))], cell)
            elif table.key == "by_year":
                for row in table.rows:
                    for name, cell in zip(table.heads[1:5], row[1:5], strict=True):
                        self.printed([("answer", name, int(row[0][:4]))], cell)
            elif table.key == "crossed" and len(table.heads) == 4:
                for row in table.rows[:-1]:
                    for name, cell in zip(("yes", "not"), row[1:3], strict=True):
                        self.printed([(name, row[0], year) for year in range(this - 2, this + 1)], cell)

    def breakdown(
        self, kind: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], this: int
    ) -> None:
        for column, head in enumerate(heads):
            if head.endswith("share") or not column:
                continue
            years = [this] if head == "This year" else list(range(this - 2, this + 1))
            for row in rows:
                name = KINDS[kind][0] if row[0] == "All" else kind
                self.printed([(name, row[0], year) for year in years], row[column])

    def printed(self, some: list[Unknown], cell: str) -> None:
        if cell == "[c]":
            self.add([(one, 1) for one in some], 1, np.inf)
            self.hidden.append(some)
        else:
            number = float(cell.replace(",", ""))
            self.add([(one, 1) for one in some], number, number)

    def cross(self) -> None:
        """Categories by answer add up to categories, and to answers."""
        labels = {label for name, label, _ in self.at if name == "yes"}
        for year in YEARS:
            for label in labels:
                self.add(
                    [(("yes", label, year), 1), (("not", label, year), 1), (("category", label, year), -1)],
                    0,
                    0,
                )
            if labels:
                self.add(
                    [(("yes", label, year), 1) for label in labels] + [(("answer", "Identified", year), -1)],
                    0,
                    0,
                )
            answers = {label for name, label, _ in self.at if name == "answer"}
            self.add(
                [(("answer", label, year), 1) for label in answers] + [(("reviewed", "All", year), -1)], 0, 0
            )

    def add(self, terms: list[tuple[Unknown, int]], low: float, high: float) -> None:
        line = [(self.at.setdefault(one, len(self.at)), sign) for one, sign in terms]
        self.sums.append((line, low, high))

    def range_of(self, some: list[Unknown]) -> tuple[int, int]:
        """The smallest and largest whole number a sum of unknowns can be."""
        rows, columns, signs = zip(
            *((n, at, sign) for n, (line, _, _) in enumerate(self.sums) for at, sign in line), strict=True
        )
        table = csr_array((signs, (rows, columns)), shape=(len(self.sums), len(self.at)))
        fits = LinearConstraint(table, [low for _, low, _ in self.sums], [high for *_, high in self.sums])
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


def truth(rows: list[dict[str, Any]], some: list[Unknown]) -> int:
    """The number, counted by hand from the rows."""
    number = 0
    for kind, label, year in some:
        counts: Counter[str] = Counter()
        for row in rows:
            counts.update(_labels(row, kind, year))
        number += counts[label]
    return number


def _labels(row: dict[str, Any], kind: str, year: int) -> Iterator[str]:
    reviewed = row["year_reviewed"] == year
    category = f"{row['category']}. "
    if kind == "category" and reviewed:
        yield next(label for label in CATEGORY_LABELS if label.startswith(category))
    elif kind in KINDS and kind != "category" and row["year_notified"] == year:
        yield KINDS[kind][2][row[KINDS[kind][1]]]
    elif kind == "answer" and reviewed:
        yield ANSWERS[row["modifiable"]]
    elif kind in ("yes", "not") and reviewed and (row["modifiable"] == "identified") == (kind == "yes"):
        yield next(label for label in CATEGORY_LABELS if label.startswith(category))
    elif (kind in ("notified", "died") and row["year_notified"] == year) or (kind == "reviewed" and reviewed):
        yield "All"


CATEGORY_LABELS: set[str] = set()


def attacked(
    rows: list[dict[str, Any]], *, careless: bool, years: tuple[int, int] = (2014, 2015)
) -> list[tuple[list[Unknown], int, int, int]]:
    """Every small number that the attacker pins down better than the symbol in its place says."""
    last, kept = release(rows, years[0], [], careless=careless)
    this, _ = release(rows, years[1], [kept], careless=careless)
    attacker = Attacker([last, this])
    CATEGORY_LABELS.update(label for name, label, _ in attacker.at if name in ("category", "yes"))
    told = []
    tried = [
        *attacker.hidden,
        *([one] for one in attacker.at if one[0] not in ("died", "notified", "reviewed")),
    ]
    unique = {tuple(one): one for one in tried}
    for some in unique.values():
        number = truth(rows, some)
        if not 0 < number < THRESHOLD:
            continue
        low, high = attacker.range_of(some)
        stands_hidden = some in attacker.hidden
        if high < THRESHOLD - 1 or low == high or (stands_hidden and low > 1):
            told.append((some, number, low, high))
    return told
