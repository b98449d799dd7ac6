"""What the rules of the lists look at, and how a rule is declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from wholestory.indicators.child_level.annex_a.cells import shown
from wholestory.indicators.child_level.annex_a.reader import Book, List, Row, rules
from wholestory.indicators.child_level.findings import Finding
from wholestory.indicators.child_level.window import Window

EVENTS = {1: "contact_on", 2: "started_on", 3: "referred_on", 5: "enquiry_on"}
"""The lists of the last six months, and the date that puts a row in them."""

STARTS = {**EVENTS, 4: "started_on", 6: "started_on", 7: "started_on", 8: "started_on"}


@dataclass(frozen=True, slots=True)
class Run:
    """What the rules look at: the workbook, the period, and the day the workbook was run."""

    book: Book
    window: Window
    run_on: date
    keep: frozenset[str] = frozenset()
    """Error rules whose rows the sender wants counted all the same."""

    def spoil(self, rule: str, row: Row, *keys: str) -> None:
        """No figure uses these fields of the row."""
        if rule not in self.keep:
            row.spoilt.update(keys)

    def each(self, number: int) -> Iterator[tuple[List, Row]]:
        """The rows of a list that name a child, with the list."""
        if number in self.book.lists:
            for row in self.book.rows(number):
                yield self.book.lists[number], row

    def finding(self, rule: str, found: List, row: Row, key: str, **said: object) -> Finding:
        """A finding at one cell."""
        here = key in found.headings.at
        return rules()[rule].finding(
            self.book.file,
            table=found.layout.table,
            field=found.layout.column(key).heading,
            line=row.line,
            column=found.cell(row, key) if here else "",
            child=row.sent,
            value=shown(found.as_sent(row, key)) if here else "",
            **said,
        )


Check = Callable[[Run], Iterator[Finding]]
CHECKS: dict[str, Check] = {}


def rule(id_: str) -> Callable[[Check], Check]:
    """Declare the function that looks for a rule."""

    def keep(check: Check) -> Check:
        CHECKS[id_] = check
        return check

    return keep


def written(value: object) -> str:
    """A day or number as people write it."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def in_words(window: Window) -> str:
    """Both ends of a period."""
    return f"{written(window.first)} to {written(window.last)}"
