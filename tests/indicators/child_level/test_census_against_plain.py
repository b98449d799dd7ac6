"""The same figures worked out a second time, child by child in plain Python from the definitions, on made-up censuses
of many shapes. Where the two differ, one of them misreads a definition."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.indicators.child_level.samples import (
    assessment,
    census,
    child,
    counted,
    enquiry,
    episode,
    in_need_plan,
    plan,
    written,
)
from wholestory.indicators.child_level.census.checks.overlaps import Covered, begins_inside
from wholestory.indicators.child_level.census.records import Record
from wholestory.indicators.child_level.census.run import work
from wholestory.indicators.child_level.window import Window, quarter, reporting_year, twelve_months_before
from wholestory.kernel.working_days import ENGLAND_AND_WALES

YEAR = reporting_year(2025)
FIRST, LAST = YEAR.first, YEAR.last


@dataclass
class Made:
    """One made-up child with one or more episodes, in dates."""

    referred: list[tuple[date, date | None, bool]] = field(default_factory=list)
    assessed: list[tuple[date, date | None]] = field(default_factory=list)
    enquiries: list[tuple[date, date | None]] = field(default_factory=list)
    plans: list[tuple[date, date | None, list[date], int]] = field(default_factory=list)
    in_need: list[tuple[date, date | None]] = field(default_factory=list)


def make(chance: random.Random) -> Made:
    """Dates that break no error rule: each thing after the one it follows, every end inside the year."""
    made, day = Made(), FIRST - timedelta(days=chance.randrange(500))
    while day < LAST:
        nfa = day >= FIRST and chance.random() < 0.2
        closed = None if nfa else day + timedelta(days=chance.randrange(20, 400))
        if closed is not None and (closed > LAST or closed < FIRST):
            closed = None
        made.referred.append((day, closed, nfa))
        end = closed or LAST
        if not nfa:
            _follow(made, chance, day, end, still_open=closed is None)
        if closed is None and not nfa:
            break
        day = (closed or day) + timedelta(days=chance.randrange(0, 250))
    return made


def _follow(made: Made, chance: random.Random, day: date, end: date, *, still_open: bool) -> None:
    if chance.random() < 0.7:
        started = max(day, FIRST) + timedelta(days=chance.randrange(3))
        authorised = started + timedelta(days=chance.randrange(110))
        if authorised <= end:
            made.assessed.append((started, authorised))
        elif still_open and started <= LAST:
            made.assessed.append((started, None))
    if chance.random() < 0.5 and day >= FIRST:
        conference = day + timedelta(days=chance.randrange(40))
        while conference.weekday() > 4:
            conference += timedelta(days=1)
        if conference <= end:
            made.enquiries.append((day, conference))
            plan_end = conference + timedelta(days=chance.randrange(1, 300))
            reviews, at = [], conference
            while chance.random() < 0.8:
                at += timedelta(days=chance.choice((85, 91, 92, 180, 183, 184)))
                reviews.append(at)
            last = plan_end if plan_end <= end else None
            if last is not None or still_open:
                made.plans.append(
                    (conference, last, [one for one in reviews if one <= (last or LAST)], chance.randrange(3))
                )
    elif chance.random() < 0.5 and day >= FIRST and still_open:
        made.in_need.append((day, None))


def sent(made: Made, number: int) -> str:
    """The child as XML: everything in the episode whose referral it follows."""
    episodes = []
    for place, (day, closed, nfa) in enumerate(made.referred):
        following = made.referred[place + 1][0] if place + 1 < len(made.referred) else date.max
        within = [day, following]

        def mine(start: date, within: list[date] = within) -> bool:
            return within[0] <= start < within[1]

        groups = [
            *(
                assessment(str(a), str(b) if b else "", *(("1A",) if b else ()))
                for a, b in made.assessed
                if mine(a)
            ),
            *(in_need_plan(str(a), str(b) if b else "") for a, b in made.in_need if mine(a)),
            *(enquiry(str(a), str(b)) for a, b in made.enquiries if mine(a)),
            *(
                plan(str(a), str(b) if b else "", *map(str, reviews), previous=str(before))
                for a, b, reviews, before in made.plans
                if mine(a)
            ),
        ]
        episodes.append(
            episode(
                str(day), *groups, nfa=str(int(nfa)), closed=str(closed or ""), reason="RC7" if closed else ""
            )
        )
    return child(*episodes, id=f"A{number}")


def is_open(start: date, end: date | None, day: date) -> bool:
    return start <= day and (end is None or end > day)


def plain(every: list[Made], window: Window) -> dict[str, tuple[int, int | None]]:
    """Each figure by its definition, one child after the other."""
    between, last, told = ENGLAND_AND_WALES.between, window.last, {}
    pairs = [(made, day) for made in every for day in {one[0] for one in made.referred} if window.holds(day)]
    again = [
        day for made, day in pairs
        if any(twelve_months_before(day) <= other[0] < day for other in made.referred)
    ]  # fmt: skip
    told["REF-1"] = (len(pairs), None)
    told["REF-1c"] = (len({id(made) for made, _ in pairs}), None)
    told["REF-2"] = (len(again), len(pairs))
    done = [(a, b) for made in every for a, b in set(made.assessed) if b and window.holds(b)]
    told["ASM-2"] = (sum(between(a, b) <= 45 for a, b in done), len(done))
    still = [a for made in every for a, b in set(made.assessed) if a <= last and (b is None or b > last)]
    told["ASM-4o"] = (sum(between(a, last) > 45 for a in still), len(still))
    held = [(a, b) for made in every for a, b in made.enquiries if b and window.holds(b)]
    told["ICPC-2"] = (sum(between(a, b) <= 15 for a, b in held), len(held))
    plans = [(made, *one) for made in every for one in made.plans]
    begun = [one for one in plans if window.holds(one[1])]
    told["CPP-4"] = (sum(one[4] >= 1 for one in begun), len(begun))
    ended = [one for one in plans if one[2] and window.holds(one[2])]
    told["CPP-5"] = (sum((one[2] - one[1]).days + 1 > 729 for one in ended), len(ended))
    running = [one for one in plans if is_open(one[1], one[2], last)]
    told["CPP-1"] = (len({id(one[0]) for one in running}), None)
    due = [one for one in running if (last - one[1]).days > 91]
    told["CPP-7"] = (sum(on_time(one[1], one[3], last) for one in due), len(due))
    told["CIN-1"] = (
        sum(any(not nfa and is_open(a, b, last) for a, b, nfa in made.referred) for made in every), None,
    )  # fmt: skip
    told["CIN-2"] = (
        sum(
            any(is_open(a, b, last) for a, b in made.in_need)
            and not any(is_open(one[0], one[1], last) for one in made.plans)
            for made in every
        ),
        None,
    )
    return told


def on_time(started: date, reviews: list[date], last: date) -> bool:
    held = sorted({one for one in reviews if started < one <= last})
    if not held or (held[0] - started).days > 91 or (last - held[-1]).days > 183:
        return False
    return all((later - earlier).days <= 183 for earlier, later in pairwise(held))


@pytest.mark.parametrize("seed", range(6))
def test_both_ways_agree(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    every = [make(chance) for _ in range(150)]
    path = written(tmp_path, census(*(sent(made, number) for number, made in enumerate(every))))
    window = (YEAR, *(quarter(2025, n) for n in (1, 2, 3, 4)), Window(date(2024, 9, 2), date(2025, 1, 17)))[
        seed
    ]
    outcome = work(path, window=window)
    # Overlapping plans of a child, and a plan beside another, are told and left out of nothing.
    assert {one.rule for one in outcome.findings if one.severity.value == "E"} <= {
        "8940",
        "8935",
        "4001",
        "4016",
        "4017",
    }
    expected = plain(every, window)
    assert {name: counted(outcome, name) for name in expected} == expected
    assert expected["REF-2"][0] > 0
    assert expected["CPP-7"][1] or window == quarter(
        2025, 1
    )  # no plan made here is old enough in the first quarter


@pytest.mark.parametrize("seed", range(20))
def test_overlaps_are_those_a_plain_comparison_finds(seed: int) -> None:
    chance = random.Random(seed)
    spans = []
    for number in range(chance.randrange(2, 12)):
        first = chance.randrange(40)
        spans.append((first, chance.choice((None, first + chance.randrange(15))), Record(number, {})))
    for last_counts in (False, True):
        found = set(map(id, begins_inside(spans, last_day_counts=last_counts)))
        for place, (first, _, record) in enumerate(spans):
            inside = any(
                other[1] is not None
                and other[0] < first
                and (first < other[1] or (last_counts and first == other[1]))
                for at, other in enumerate(spans)
                if at != place
            )
            if inside:
                assert id(record) in found
        if len({first for first, _, _ in spans}) == len(spans):
            assert len(found) == sum(
                any(
                    other[1] is not None
                    and other[0] < first
                    and (first < other[1] or (last_counts and first == other[1]))
                    for other in spans
                )
                for first, _, _ in spans
            )
    covered = Covered((first, last) for first, last, _ in spans if last is not None)
    for day in range(60):
        assert (day in covered) == any(last is not None and first <= day < last for first, last, _ in spans)
