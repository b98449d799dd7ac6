"""What the lists count to. The figures of a period come from the events in it, those at its end from what is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from wholestory.indicators.child_level.annex_a.reader import Book, Row
from wholestory.indicators.child_level.counts import NOT_KNOWN, Counts, Item, age_band, meanings
from wholestory.indicators.child_level.window import Window
from wholestory.kernel.working_days import ENGLAND_AND_WALES, WorkingDays

REFERRAL_WITHIN = 3
"""Days after a contact in which a referral of the child counts as having come of it: a local definition."""
EARLY_HELP_WITHIN = 28
VISIT_WITHIN = 10
"""Working days before the workbook was run in which the last visit has to lie."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a board may set for itself in these figures; `notes` of a figure name the ones it used."""

    referral_within_days: int = REFERRAL_WITHIN
    early_help_within_days: int = EARLY_HELP_WITHIN
    visit_within_working_days: int = VISIT_WITHIN
    calendar: WorkingDays = ENGLAND_AND_WALES


@dataclass(frozen=True, slots=True)
class Counting:
    """What every figure needs: the lists, the period, the day the workbook was run, and where counts go."""

    book: Book
    window: Window
    run_on: date
    counts: Counts
    settings: Settings

    @property
    def end(self) -> date:
        """The day figures “at the end” are about: the end of the period, or the run when that came first."""
        return min(self.run_on, self.window.last)

    def rows(self, number: int) -> list[Row]:
        """The rows of a list that name a child, each row that is written down twice once."""
        seen: set[object] = set()
        kept = []
        for row in self.book.rows(number):
            same = (row.child, row.as_sent)
            if number == 1 or same not in seen:
                seen.add(same)
                kept.append(row)
        return kept

    def in_window(self, number: int, key: str) -> list[tuple[Row, date]]:
        """Rows whose date lies in the period, the earliest first."""
        found = [(row, day) for row in self.rows(number) if (day := row.get(key)) and self.window.holds(day)]
        return sorted(found, key=lambda one: one[1])

    def open_at_end(self, number: int, ended_on: str = "ended_on") -> list[Row]:
        """Rows that have begun by the end and have not ended by then; one whose end is unreadable is not counted."""
        return [
            row
            for row in self.rows(number)
            if (start := row.get("started_on"))
            and start <= self.end
            and ended_on not in row.spoilt
            and not ((ended := row.get(ended_on)) and ended <= self.end)
        ]

    def left_out(self, number: int, *keys: str) -> int:
        """Rows of a list an error keeps out of a figure that uses these columns."""
        found = self.book.lists.get(number)
        if not found:
            return 0
        return sum(row.child is None or not row.spoilt.isdisjoint(keys) for row in found.rows)

    def item(self, row: Row, day: date, **parts: str | None) -> Item:
        """A row as something counted, with the child's age on a day."""
        people = {
            "age": NOT_KNOWN if "born" in row.spoilt else age_band(row.get("born"), day),
            "sex": row.get("sex") or NOT_KNOWN,
            "ethnicity": row.get("ethnicity") or NOT_KNOWN,
        }
        if "disability" in row.values:
            people["disability"] = row.get("disability") or NOT_KNOWN
        return Item(row.child or b"", {**people, **{key: part or NOT_KNOWN for key, part in parts.items()}})

    def lasted(self, start: date | None, end: date | None) -> int | None:
        """Working days from one day to another, None without both or when they are the wrong way round."""
        if start is None or end is None or end < start:
            return None
        return self.settings.calendar.between(start, end)


Figure = Callable[[Counting], None]


@dataclass(frozen=True, slots=True)
class Needs:
    """A figure, the indicators it makes, and the lists and columns without which it cannot be made."""

    indicators: tuple[str, ...]
    columns: tuple[tuple[int, str], ...]
    make: Figure


FIGURES: list[Needs] = []


def figure(*indicators: str, needs: tuple[tuple[int, str], ...]) -> Callable[[Figure], Figure]:
    """Declare a figure."""

    def keep(make: Figure) -> Figure:
        FIGURES.append(Needs(indicators, needs, make))
        return make

    return keep


def count(book: Book, window: Window, settings: Settings | None = None, run_on: date | None = None) -> Counts:
    """Every figure the lists allow. Call `checks.check` first: it says which rows are left out."""
    counts = Counts(meanings(__package__))
    counting = Counting(book, window, run_on or book.run_on or window.last, counts, settings or Settings())
    for one in FIGURES:
        missing = [(number, key) for number, key in one.columns if not book.has(number, key)]
        if missing:
            why = _why_not(book, *missing[0])
            counts.not_counted.update(dict.fromkeys(one.indicators, why))
        else:
            one.make(counting)
    return counts


def _why_not(book: Book, number: int, key: str) -> str:
    if number not in book.lists:
        return f"List {number} is not in the workbook."
    return f"List {number} has no column “{book.lists[number].layout.column(key).heading}”."
