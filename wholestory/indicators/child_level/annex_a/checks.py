"""The rules of the lists: each a function that yields its findings, and spoils the fields no figure may then use.

What is wrong with a cell, a heading or a sheet is found on reading (`reader.py`); here a row is held against the
calendar, against other rows of its child and against other lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from wholestory.indicators.child_level.annex_a.looking import (
    CHECKS,
    EVENTS,
    STARTS,
    Run,
    in_words,
    rule,
    written,
)
from wholestory.indicators.child_level.annex_a.reader import Book, rules
from wholestory.indicators.child_level.findings import Finding, Findings, Refused
from wholestory.indicators.child_level.window import Window, age_on, months_after

ORDER = {
    2: (("started_on", "completed_on", ("started_on", "completed_on")),),
    4: (("started_on", "authorised_on", ("started_on",)),),
    5: (("enquiry_on", "conference_on", ()),),
    6: (("started_on", "ended_on", ("started_on", "ended_on")),),
    7: (
        ("started_on", "ended_on", ("started_on", "ended_on")),
        ("started_on", "reviewed_on", ("reviewed_on",)),
    ),
    8: (("started_on", "ended_on", ("started_on", "ended_on")),),
}
"""By list: the earlier and the later date, and what is spoilt when they are the wrong way round. An assessment
authorised before it began is still completed, only not in time; a conference before the enquiry has no clock."""

CRASHES = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What a mistake in a rule can raise; it is reported under the rule, and the others go on."""

_SAME_AGES = 5
_YEAR = 365.25


def check(
    book: Book,
    window: Window,
    findings: Findings,
    run_on: date | None = None,
    keep: frozenset[str] = frozenset(),
) -> date:
    """Hold the lists against the rules. `run_on` is the day the workbook was run; without it the day the ages in it
    agree on, and without that the last day of the period. `keep` are error rules whose rows are counted all the same.
    Returns that day. Raises Refused for another period's workbook."""
    book.run_on = run_on or book.run_on or _day_of_ages(book)
    run = Run(book, window, book.run_on or window.last, keep)
    _refuse_other_period(run)
    for name, look in CHECKS.items():
        try:
            findings.take_in(look(run))
        except CRASHES as problem:
            findings.crashed(name, book.file, problem)
    return run.run_on


def _refuse_other_period(run: Run) -> None:
    days = [day for number, key in EVENTS.items() for _, row in run.each(number) if (day := row.get(key))]
    if run.book.run_on and run.window.holds(run.book.run_on):
        return
    if days and (max(days) < run.window.first or min(days) > run.window.last):
        raise Refused(
            run.book.file,
            f"The workbook is about another period: its contacts, referrals and enquiries lie between "
            f"{written(min(days))} and {written(max(days))}, none of them in {in_words(run.window)}.",
            "Send the workbook of the period, or say which period this one is about.",
            rule="PB-05",
        )


def _day_of_ages(book: Book) -> date | None:
    """The day on which the ages written with figures after the point were worked out, when they agree on one."""
    days = Counter(
        row.values["born"] + timedelta(days=round(age * _YEAR))
        for found in book.lists.values()
        for row in found.rows
        if row.values.get("born") and (age := row.values.get("age")) is not None and age < 30 and age % 1
    )
    if not days:
        return None
    day, often = days.most_common(1)[0]
    return day if often >= _SAME_AGES and often * 10 >= days.total() * 9 else None


@rule("AX-09")
def _wrong_way_round(run: Run) -> Iterator[Finding]:
    for number, pairs in ORDER.items():
        for found, row in run.each(number):
            for first, later, spoils in pairs:
                a, b = row.values.get(first), row.values.get(later)
                if a and b and b < a:
                    run.spoil("AX-09", row, *spoils)
                    yield run.finding(
                        "AX-09",
                        found,
                        row,
                        later,
                        later=found.layout.column(later).heading,
                        later_day=written(b),
                        earlier=found.layout.column(first).heading,
                        earlier_day=written(a),
                    )


@rule("AX-10")
def _in_the_future(run: Run) -> Iterator[Finding]:
    last = max(run.run_on, run.window.last)
    for number, found in run.book.lists.items():
        keys = [
            column.key
            for column in found.layout.columns
            if column.kind == "date" and column.key != "born" and found.has(column.key)
        ]
        for _, row in run.each(number):
            for key in keys:
                day = row.values.get(key)
                if day and day > last:
                    run.spoil("AX-10", row, key)
                    yield run.finding("AX-10", found, row, key, last=written(last))


@rule("AX-11")
def _before_the_list(run: Run) -> Iterator[Finding]:
    since = months_after(run.run_on, -6)
    for number, key in EVENTS.items():
        for found, row in run.each(number):
            days = [row.values.get(key), row.values.get("completed_on"), row.values.get("conference_on")]
            if (known := [day for day in days if day]) and max(known) < since:
                yield run.finding("AX-11", found, row, key, last=written(run.run_on))


@rule("AX-21")
def _period_begins_before(run: Run) -> Iterator[Finding]:
    since = months_after(run.run_on, -6)
    if run.window.first < since and any(number in run.book.lists for number in EVENTS):
        yield rules()["AX-21"].finding(run.book.file, from_on=written(since), first=written(run.window.first))


@rule("AX-18")
def _run_before_the_end(run: Run) -> Iterator[Finding]:
    if run.run_on < run.window.last:
        yield rules()["AX-18"].finding(
            run.book.file, run_on=written(run.run_on), last=written(run.window.last)
        )


@rule("AX-22")
def _no_date(run: Run) -> Iterator[Finding]:
    for number, key in STARTS.items():
        for found, row in run.each(number):
            missing = found.has(key) and row.values.get(key) is None and key not in row.spoilt
            if missing and not (number == 5 and row.values.get("conference_on")):
                yield run.finding("AX-22", found, row, key)


@rule("AX-14")
def _age_and_birth(run: Run) -> Iterator[Finding]:
    for number in run.book.lists:
        for found, row in run.each(number):
            born, age = row.values.get("born"), row.values.get("age")
            if born and age is not None and born <= run.run_on:
                exact = (run.run_on - born).days / _YEAR
                if abs(exact - age) > 1:
                    yield run.finding("AX-14", found, row, "age", age=age_on(born, run.run_on))


@rule("AX-16")
def _before_birth(run: Run) -> Iterator[Finding]:
    for number, key in STARTS.items():
        for found, row in run.each(number):
            born, day = row.values.get("born"), row.values.get(key)
            if born and day and (born - day).days > 280:
                run.spoil("AX-16", row, key)
                yield run.finding("AX-16", found, row, key)
