"""Rules that hold a row against the others of its child, in its list and in other lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from wholestory.indicators.child_level.annex_a.looking import STARTS, Run, rule
from wholestory.indicators.child_level.annex_a.reader import Row
from wholestory.indicators.child_level.findings import Finding
from wholestory.indicators.child_level.window import age_on, months_after


@rule("AX-12")
def _same_row(run: Run) -> Iterator[Finding]:
    for number, found in run.book.lists.items():
        key = STARTS.get(number, "in_touch")
        if not found.has(key):
            continue
        seen: dict[Any, int] = {}
        for _, row in run.each(number):
            first = seen.setdefault((row.child, row.as_sent), row.line)
            if first != row.line:
                times = "both times" if number == 1 else "once"
                yield run.finding("AX-12", found, row, key, first=first, times=times)


@rule("AX-13")
def _born_twice(run: Run) -> Iterator[Finding]:
    known: dict[bytes, tuple[date, str, int]] = {}
    for number in run.book.lists:
        for found, row in run.each(number):
            born = row.values.get("born")
            if not born or row.child is None:
                continue
            day, table, line = known.setdefault(row.child, (born, found.layout.table, row.line))
            if day != born:
                yield run.finding("AX-13", found, row, "born", other=f"{table}, row {line}")


@rule("AX-15")
def _number_in_twelve_months(run: Run) -> Iterator[Finding]:
    """A sheet's number may leave out the event of its own row, so only a number that is too low by more than one, which
    neither way of counting explains, is asked about."""
    since = months_after(run.run_on, -12)
    for number, key, event in ((3, "number", "referred_on"), (5, "number_of_enquiries", "enquiry_on"),
                               (5, "number_of_conferences", "conference_on")):  # fmt: skip
        own: dict[bytes | None, set[date]] = defaultdict(set)
        for _, row in run.each(number):
            if (day := row.get(event)) and since <= day <= run.run_on:
                own[row.child].add(day)
        for found, row in run.each(number):
            said = row.values.get(key)
            if said is not None and row.get(event) and said < len(own[row.child]) - 1:
                yield run.finding("AX-15", found, row, key, said=f"{said:g}", own=len(own[row.child]))


@rule("AX-19")
def _return_interviews(run: Run) -> Iterator[Finding]:
    for found, row in run.each(8):
        offered, accepted = row.values.get("offered"), row.values.get("accepted")
        if accepted == "yes" and offered == "no":
            what = "A return interview was accepted that was not offered."
        elif "yes" in (offered, accepted) and row.values.get("missing") == 0:
            what = "A return interview was offered or accepted, but there was no missing episode."
        else:
            continue
        yield run.finding("AX-19", found, row, "offered", what=what)


def _plans(run: Run) -> dict[bytes, list[tuple[date, Row]]]:
    plans: dict[bytes, list[tuple[date, Row]]] = defaultdict(list)
    for _, row in run.each(7):
        if row.child is not None and (start := row.get("started_on")):
            plans[row.child].append((start, row))
    return {
        child: sorted(rows, key=lambda one: (one[0], one[1].line))
        for child, rows in plans.items()
        if len(rows) > 1
    }


@rule("8935")
def _two_open_plans(run: Run) -> Iterator[Finding]:
    for rows in _plans(run).values():
        still = [row for _, row in rows if row.values.get("ended_on") is None]
        if len(still) > 1:
            yield run.finding("8935", run.book.lists[7], still[-1], "ended_on")


@rule("8940")
def _plans_overlap(run: Run) -> Iterator[Finding]:
    for rows in _plans(run).values():
        for (_, before), (start, row) in pairwise(rows):
            if before.as_sent != row.as_sent and (end := before.get("ended_on")) and start < end:
                yield run.finding("8940", run.book.lists[7], row, "started_on")


@rule("8730")
def _no_number_of_plans(run: Run) -> Iterator[Finding]:
    for found, row in run.each(7):
        if found.has("number") and row.values.get("number") is None:
            yield run.finding("8730", found, row, "number")


@rule("PB-09")
def _plan_of_an_adult(run: Run) -> Iterator[Finding]:
    last = min(run.run_on, run.window.last)
    for found, row in run.each(7):
        born = row.values.get("born")
        if born and not row.values.get("ended_on") and born <= last and age_on(born, last) >= 18:
            yield run.finding("PB-09", found, row, "ended_on")
