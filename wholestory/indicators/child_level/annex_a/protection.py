"""Enquiries, conferences, protection plans and children in need, from lists 5 to 7."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from wholestory.indicators.child_level.annex_a.counting import Counting, figure
from wholestory.indicators.child_level.annex_a.reader import Row
from wholestory.indicators.child_level.counts import PEOPLE, Item, children_among, children_of
from wholestory.indicators.child_level.window import months_after

PLAN_AFTER = 5
TWO_YEARS = 729
"""Days, the first and the last counted, beyond which a plan has lasted two years: the department's own counting."""
CONFERENCE_BANDS = ((10, "0-10"), (15, "11-15"), (20, "16-20"))


@figure("S47-1", "S47-1c", needs=((5, "enquiry_on"),))
def enquiries(counting: Counting) -> None:
    """Section 47 enquiries begun in the period, and children."""
    items = [counting.item(row, day) for row, day in _enquiries(counting)]
    left_out = counting.left_out(5, "enquiry_on")
    counting.counts.tally("S47-1", items, left_out=left_out)
    counting.counts.tally("S47-1c", children_of(items), left_out=left_out)


@figure("S47-2", needs=((5, "enquiry_on"), (5, "unnecessary")))
def no_conference(counting: Counting) -> None:
    """Enquiries after which no conference was needed."""
    known = [(row, counting.item(row, day)) for row, day in _enquiries(counting)]
    without = [item for row, item in known if row.get("unnecessary") == "yes"]
    left_out = counting.left_out(5, "enquiry_on")
    counting.counts.tally("S47-2", without, of=[item for _, item in known], left_out=left_out)


def _enquiries(counting: Counting) -> list[tuple[Row, date]]:
    return list(counting.in_window(5, "enquiry_on"))


@figure("ICPC-1", "ICPC-1c", "ICPC-2", "ICPC-2t", "ICPC-3", needs=((5, "enquiry_on"), (5, "conference_on")))
def conferences(counting: Counting) -> None:
    """Initial conferences held in the period, and in 15 working days of the enquiry."""
    found = []
    for row, day in _conferences(counting):
        took = counting.lasted(row.get("enquiry_on"), day)
        found.append((took, counting.item(row, day, band=_band(took))))
    every = [item for _, item in found]
    clocked = [item for took, item in found if took is not None]
    in_time = [item for took, item in found if took is not None and took <= 15]
    counts, left_out = counting.counts, counting.left_out(5, "conference_on")
    none = len(every) - len(clocked)
    notes = (f"{none} have no clock.",) if none else ()
    counts.tally("ICPC-1", every, left_out=left_out)
    counts.tally("ICPC-1c", children_of(every), by=(), left_out=left_out)
    counts.tally("ICPC-2", in_time, of=every, left_out=left_out, notes=notes)
    counts.tally("ICPC-2t", in_time, of=clocked, by=(), left_out=left_out)
    counts.tally(
        "ICPC-3",
        clocked,
        by=("band",),
        left_out=left_out,
        lengths=[took for took, _ in found if took is not None],
    )


def _band(days: int | None) -> str | None:
    return None if days is None else next((band for most, band in CONFERENCE_BANDS if days <= most), "21+")


def _conferences(counting: Counting) -> list[tuple[Row, date]]:
    """One for each child and day. Of several enquiries, the latest that began by then sets the clock."""
    best: dict[tuple[bytes | None, date], Row] = {}
    for row, day in counting.in_window(5, "conference_on"):
        other = best.get((row.child, day))
        if other is None or _start(row, day) > _start(other, day):
            best[row.child, day] = row
    return [(row, day) for (_, day), row in best.items()]


def _start(row: Row, day: date) -> date:
    start: date | None = row.get("enquiry_on")
    return start if start and start <= day else date.min


@figure("ICPC-4", needs=((5, "conference_on"), (7, "started_on")))
def conferences_to_plans(counting: Counting) -> None:
    """Conferences followed by a plan."""
    starts: dict[bytes | None, list[date]] = defaultdict(list)
    for row in counting.rows(7):
        if start := row.get("started_on"):
            starts[row.child].append(start)
    known = [(row, day, counting.item(row, day)) for row, day in _conferences(counting)]
    led = [
        item
        for row, day, item in known
        if any(0 <= (start - day).days <= PLAN_AFTER for start in starts[row.child])
    ]
    left_out = counting.left_out(5, "conference_on") + counting.left_out(7, "started_on")
    counting.counts.tally("ICPC-4", led, of=[item for *_, item in known], left_out=left_out)


@figure("CPP-1", "CPP-1p", "CPP-6", "CPP-6e", needs=((7, "started_on"), (7, "ended_on")))
def plans_open(counting: Counting) -> None:
    """Children with a plan at the end, and plans open two years or more."""
    end, left_out = counting.end, counting.left_out(7, "started_on", "ended_on")
    rows = counting.open_at_end(7)
    items = [
        counting.item(
            row,
            end,
            latest_category=row.get("category"),
            first_category=row.get("first_category"),
            duration=_lasted(row.get("started_on"), end),
        )
        for row in rows
    ]
    categories = ("latest_category", "first_category")
    by = (*categories, "duration", *PEOPLE)
    counting.counts.tally("CPP-1", children_of(items), by=by, left_out=left_out)
    long = [
        item
        for row, item in zip(rows, items, strict=True)
        if (end - row.get("started_on")).days + 1 > TWO_YEARS
    ]
    begun = [row.get("started_on") for row in rows]
    old = [item for start, item in zip(begun, items, strict=True) if months_after(start, 18) <= end]
    counting.counts.tally("CPP-1p", items, of=items, by=categories, left_out=left_out, whole=categories)
    counting.counts.tally("CPP-6e", old, of=items, left_out=left_out)
    counting.counts.tally("CPP-6", children_among(items, long), of=children_of(items), left_out=left_out)


OF_THE_PERIOD = ("CPP-2", "CPP-2c", "CPP-2p", "CPP-3", "CPP-3c", "CPP-5", "CPP-5m")


@figure(*OF_THE_PERIOD, needs=((7, "started_on"), (7, "ended_on")))
def plans_of_the_period(counting: Counting) -> None:
    """Plans that began and plans that ended in the period."""
    counts = counting.counts
    for indicator, key in (("CPP-2", "started_on"), ("CPP-3", "ended_on")):
        items = [
            counting.item(row, day, first_category=row.get("first_category"))
            for row, day in counting.in_window(7, key)
        ]
        left_out = counting.left_out(7, key)
        counts.tally(indicator, items, by=("first_category", *PEOPLE), left_out=left_out)
        counts.tally(f"{indicator}c", children_of(items), by=(), left_out=left_out)
        if indicator == "CPP-2":
            first = ("first_category",)
            counts.tally("CPP-2p", items, of=items, by=first, left_out=left_out, whole=first)
    ended = [(row, day, counting.item(row, day)) for row, day in counting.in_window(7, "ended_on")]
    long = [
        item
        for row, day, item in ended
        if (start := row.get("started_on")) and (day - start).days + 1 > TWO_YEARS
    ]
    left_out = counting.left_out(7, "started_on", "ended_on")
    every = [item for *_, item in ended]
    short = [
        item for row, day, item in ended if (start := row.get("started_on")) and day <= months_after(start, 3)
    ]
    counts.tally("CPP-5", long, of=every, left_out=left_out)
    counts.tally("CPP-5m", short, of=every, left_out=left_out)


@figure("CPP-4", needs=((7, "started_on"), (7, "number")))
def repeat_plans(counting: Counting) -> None:
    """Plans begun for children who had one before."""
    known = [(row, counting.item(row, day)) for row, day in counting.in_window(7, "started_on")]
    again = [item for row, item in known if (row.get("number") or 0) >= 1]
    unknown = sum(row.get("number") is None for row, _ in known)
    notes = (f"{unknown} have no number of earlier plans.",) if unknown else ()
    counting.counts.tally("CPP-4", again, of=[item for _, item in known],
          left_out=counting.left_out(7, "started_on"), notes=notes)  # fmt: skip


@figure("CPP-8", "CPP-8a", needs=((7, "started_on"), (7, "ended_on"), (7, "visited_on"), (7, "seen_alone")))
def visits(counting: Counting) -> None:
    """Open plans visited in the last working days before the workbook was run, and children seen alone."""
    within = counting.settings.visit_within_working_days
    run_on = counting.run_on
    rows = [row for row in counting.open_at_end(7) if "visited_on" not in row.spoilt]
    known = [(row, counting.item(row, counting.end)) for row in rows]
    recent = [
        item
        for row, item in known
        if (took := counting.lasted(row.get("visited_on"), run_on)) is not None and took <= within
    ]
    day = f"{run_on.day} {run_on:%B %Y}"
    note = f"The last visit lies within {within} working days before {day}, when the lists were run."
    left_out = counting.left_out(7, "started_on", "ended_on", "visited_on")
    counting.counts.tally("CPP-8", recent, of=[item for _, item in known], left_out=left_out,
          notes=(note,))  # fmt: skip
    answered: list[Item] = []
    alone: list[Item] = []
    for row, item in known:
        if row.get("visited_on") and row.get("seen_alone") in ("yes", "no"):
            answered.append(item)
            if row.get("seen_alone") == "yes":
                alone.append(item)
    counting.counts.tally("CPP-8a", alone, of=answered, left_out=left_out)


@figure("CIN-1", needs=((6, "started_on"), (6, "ended_on")))
def in_need(counting: Counting) -> None:
    """Children in need at the end, by need and by how long."""
    end = counting.end
    items = [
        counting.item(row, end, need=row.get("need"), open_since=_open_since(row.get("started_on"), end))
        for row in counting.open_at_end(6)
    ]
    left_out = counting.left_out(6, "started_on", "ended_on")
    counting.counts.tally("CIN-1", children_of(items), by=("need", "open_since", *PEOPLE), left_out=left_out)


@figure("CIN-2", needs=((6, "started_on"), (6, "ended_on"), (6, "status")))
def in_need_plans(counting: Counting) -> None:
    """Children with a child in need plan at the end who have no protection plan as well."""
    protected = {row.child for row in counting.open_at_end(7)}
    items = [
        counting.item(row, counting.end)
        for row in counting.open_at_end(6)
        if row.get("status") == "plan" and row.child not in protected
    ]
    left_out = counting.left_out(6, "started_on", "ended_on")
    counting.counts.tally("CIN-2", children_of(items), left_out=left_out)


def _open_since(start: date, end: date) -> str:
    """The department's durations: the day a year is up still belongs to the year."""
    if short := _within_a_year(start, end):
        return short
    return "1 to 2 years" if end < months_after(start, 24) else "2 years and over"


def _lasted(start: date, end: date) -> str:
    if short := _within_a_year(start, end):
        return short
    return "2 years and over" if (end - start).days + 1 > TWO_YEARS else "1 to 2 years"


def _within_a_year(start: date, end: date) -> str:
    for months, said in ((3, "up to 3 months"), (6, "3 to 6 months"), (12, "6 to 12 months")):
        if end <= months_after(start, months):
            return said
    return ""
