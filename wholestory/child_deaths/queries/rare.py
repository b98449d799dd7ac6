"""Charts over time: deaths a year, gaps between rare deaths, and an early signal of a slow rise."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from math import log

from django.db.models import QuerySet

from wholestory.child_deaths.models import Analysis, DeathRow
from wholestory.child_deaths.published import period_of
from wholestory.child_deaths.queries.pattern_blocks import (
    CHANCE,
    FEWEST_SHOWN,
    OTHER_THAN_CHANCE,
    Block,
    held_back,
    many,
)
from wholestory.child_deaths.queries.patterns import Numbers, counted
from wholestory.child_deaths.rules.figures import Group
from wholestory.govuk.charts import Point, over_time
from wholestory.govuk.parts import Column
from wholestory.partners.models import Board
from wholestory.statistics.counts import count_limits
from wholestory.statistics.process import cusum as sums
from wholestory.statistics.process.rare import days_between, g_chart, t_chart
from wholestory.statistics.process.reading import Direction
from wholestory.statistics.process.xmr import xmr
from wholestory.statistics.values import CannotBeCounted

#: A chart of gaps says nothing with fewer deaths than this.
FEWEST = 5
#: Quarters a signal is measured against, at least.
FEWEST_QUARTERS = 8
#: What is said where the numbers themselves are kept back.
ONLY_WITH_CASES = (
    "The numbers behind this are of single deaths or quarters: only those who see the cases see them."
)
FOR_LIMITS, FOR_FIRM_LIMITS, ENOUGH_A_YEAR = 7, 13, 5


def ours(rows: QuerySet[DeathRow]) -> QuerySet[DeathRow]:
    """Rows this panel reviews, with a known year and month of death."""
    return rows.exclude(group=Group.ELSEWHERE.value).filter(year_of_death__isnull=False, month__isnull=False)


def by_year(of: Numbers, today: date) -> Block:
    """Deaths of each year with their limits; from seven years on, limits of what is usual."""
    found = {year: tally.number for year, tally in of.by["year_of_death"].items() if tally.number}
    years = sorted(year for year in found if year is not None)
    span = range(years[0], years[-1] + 1) if years else range(0)
    values = [found.get(year, 0) for year in span]
    mean = sum(values) / len(values) if values else 0.0
    said, lines, out = [], {}, set()
    if len(values) >= FOR_LIMITS and mean >= ENOUGH_A_YEAR and len(set(values)) > 1:
        chart = xmr(values, Direction.DECREASE)
        first = chart.points[0]
        lines = {"mean": first.centre, "upper limit": first.upper}
        if first.lower > 0:
            lines["lower limit"] = first.lower
        out = {at for at, point in enumerate(chart.points) if point.rule not in (None, "common")}
        trial = "" if len(values) >= FOR_FIRM_LIMITS else " With fewer than 13 years the limits are on trial."
        said.append((OTHER_THAN_CHANCE if out else f"No year stands out. {CHANCE}") + trial)
    elif values:
        said.append("Fewer than seven years, or fewer than five deaths a year: no limits of what is usual.")
    else:
        said.append("No death has a known year.")
    rows_ = []
    for at, year in enumerate(span):
        limits = count_limits(values[at])
        name = f"{year} to {year + 1}" + (" (not over yet)" if date(year + 1, 3, 31) >= today else "")
        rows_.append((name, values[at], f"{limits.lower:.1f} to {limits.upper:.1f}"))
    points = []
    for at, year in enumerate(span):
        limits = count_limits(values[at])
        points.append(Point(period_of(year)[2:], values[at], limits.lower, limits.upper, at in out))
    return Block(
        "years", "Deaths a year, by year of the death", tuple(said),
        (Column("0", "Year"), Column("1", "Deaths", numeric=True), Column("2", "95% interval", numeric=True)), rows_,
        "Numbers and not rates: how many children there were may have changed too.",
        over_time("Deaths a year", points, unit="Deaths", lines=lines) if len(points) > 1 else "",
    )  # fmt: skip


def between(rows: QuerySet[DeathRow], category: int, *, exact: bool = True) -> Block:
    """The g chart: how many other reviewed deaths lie between one death of a category and the next. Not ``exact``:
    whether chance gives such gaps, and no number, for every gap is of two deaths."""
    order = (
        ours(rows)
        .filter(category__isnull=False)
        .values_list("year_of_death", "month", "pseudonym", "category")
    )
    # April is the first month of these years. Within a month the order is by pseudonym: as good as by chance.
    line = [
        found
        for *_, found in sorted(
            (year, ((month or 4) - 4) % 12, name, found) for year, month, name, found in order
        )
    ]
    places = [at for at, found in enumerate(line) if found == category]
    gaps = [b - a - 1 for a, b in pairwise(places)]
    title = "Other deaths between one and the next (g chart)"
    if not exact and counted(ours(rows).filter(category=category), exact=False) < FEWEST_SHOWN:
        return held_back("between", title)
    columns = (Column("0", "From one to the next"), Column("1", "Other deaths between", numeric=True))
    table = [(f"{at} to {at + 1}", gap) for at, gap in enumerate(gaps, start=1)]
    if len(places) < FEWEST:
        said = f"{many(len(places))} of this category with a known month: too few for a chart. {FEWEST} are needed."
        return Block("between", title, (said,), columns, table)
    chart = g_chart(gaps)
    low, middle, high = chart.by_probability
    long = [at for at, gap in enumerate(gaps) if gap > high]
    if not exact:
        chance = f"A gap is longer than chance gives. {OTHER_THAN_CHANCE}" if long else CHANCE
        return Block("between", title, (chance,), (), (), ONLY_WITH_CASES)
    points = [Point(str(at), gap, stands_out=at - 1 in long) for at, gap in enumerate(gaps, start=1)]
    said_ = (
        f"{many(len(places))} of this category among {len(line):,} reviewed. The median gap is {chart.median:.0f}"
        f" other deaths; chance alone seldom goes beyond {high} (0.1% of gaps).",
        f"A gap is longer than that: these deaths came less often for a while. {OTHER_THAN_CHANCE}" if long else CHANCE,
    )  # fmt: skip
    return Block(
        "between", title, said_, columns, table,
        "Read it upside down: a long gap is good. Such a chart hardly ever shows from one point that things got worse;"
        f" look at the early signal too. Limits are by probability ({low}, {middle}, {high}); the usual three sigma"
        f" limit would be {chart.upper:.1f}. Within a month the order of deaths is not kept in these rows.",
        over_time(title, points, unit="Other deaths between", lines={"limit": float(high), "median": chart.median}),
    )  # fmt: skip


def days(category: int, board: Board) -> Block | None:
    """The t chart of days between, or the g chart where two died on one day. For those who see the cases themselves: it
    needs days, which no row of figures holds. None for everybody else, and with too few deaths."""
    found = Analysis.objects.filter(
        primary=category, review__first_reviewed_on__isnull=False, review__case__died_on__isnull=False,
        review__case__panel__board=board,
    ).values_list("review", "review__case__died_on", "state", "version")  # fmt: skip
    died = {review: day for review, day, *_ in found if day is not None}
    if len(died) < FEWEST:
        return None
    gaps = days_between(died.values())
    title = "Days between one and the next"
    columns = (Column("0", "From one to the next"), Column("1", "Days", numeric=True))
    table = [(f"{at} to {at + 1}", gap) for at, gap in enumerate(gaps, start=1)]
    try:
        chart = t_chart(gaps)
    except CannotBeCounted:
        by = g_chart(gaps)
        upper, centre, name = float(by.by_probability[2]), by.median, "g chart, because two died on one day"
    else:
        upper, centre, name = chart.upper, chart.centre, "t chart"
    long = {at for at, gap in enumerate(gaps) if gap > upper}
    points = [Point(str(at), gap, stands_out=at - 1 in long) for at, gap in enumerate(gaps, start=1)]
    said = (
        f"{name[0].upper()}{name[1:]}: the middle is {centre:.0f} days, the upper limit {upper:.0f}.",
        f"A gap lies above the limit. {OTHER_THAN_CHANCE}" if long else CHANCE,
    )
    return Block(
        "days", title, said, columns, table,
        "Shown to those who see the cases. It tells days of death: for the panel alone, and never for a report.",
        over_time(title, points, unit="Days", lines={"upper limit": upper, "middle": centre}),
    )  # fmt: skip


def early_signal(rows: QuerySet[DeathRow], today: date, *, exact: bool = True) -> Block:
    """The CUSUM by quarters: what each says beyond what was expected, added up; it looks for a doubling. Not ``exact``:
    whether it signals, and no number of a quarter."""
    counts = Counter(
        _quarter(year, month) for year, month in ours(rows).values_list("year_of_death", "month")
    )
    title = "Early signal of a rise (CUSUM)"
    if not exact and counted(ours(rows), exact=False) < FEWEST_SHOWN:
        return held_back("signal", title)
    now = _quarter_of(today)
    span = range(min(counts), now) if counts else range(0)
    base = list(span)[: max(FEWEST_QUARTERS, len(span) // 2)]
    columns = (Column("0", "Quarter"), Column("1", "Deaths", numeric=True), Column("2", "Sum", numeric=True))
    if len(span) < FEWEST_QUARTERS + 4:
        said = f"{len(span)} whole quarters: too few. {FEWEST_QUARTERS + 4} are needed."
        return Block("signal", title, (said,), columns, [])
    expected = sum(counts.get(at, 0) for at in base) / len(base)
    if not expected and exact:
        return Block("signal", title, ("Nothing happened in the quarters compared with.",), columns, [])
    if not expected:
        return held_back("signal", title)
    after = [at for at in span if at not in set(base)]
    seen = [counts.get(at, 0) for at in after]
    found = sums.of_counts_against_expected(seen, [expected] * len(after))
    points = [Point(_named(at), found.sums[n], stands_out=found.signals[n]) for n, at in enumerate(after)]
    if not exact:
        signals = any(found.signals)
        chance = f"It signals. {OTHER_THAN_CHANCE}" if signals else f"It does not signal. {CHANCE}"
        return Block("signal", title, (chance,), (), (), ONLY_WITH_CASES)
    often = _false_alarm(expected)
    said_ = [
        f"The first {len(base)} quarters had {expected:.2f} deaths each, which is what the later {len(after)} are"
        f" measured against. A doubling is looked for; the sum signals at {sums.USUAL_LIMIT:.0f}.",
        f"It signals in {', '.join(_named(at) for n, at in enumerate(after) if found.signals[n])}. {OTHER_THAN_CHANCE}"
        if any(found.signals)
        else f"It does not signal. {CHANCE}",
    ]
    if often is not None:
        said_.append(
            f"Without any change such a chart gives a false alarm about every {often:,.0f} quarters."
        )
    return Block(
        "signal", title, tuple(said_), columns,
        [(_named(at), seen[n], f"{found.sums[n]:.2f}") for n, at in enumerate(after)],
        "A signal is a question. Its rule was fixed before anybody looked: half of the quarters, and eight at least,"
        " are the measure; a doubling; a limit of 3. The quarter that is not over yet is left out.",
        over_time(title, points, unit="Sum", lines={"signals here": sums.USUAL_LIMIT}),
    )  # fmt: skip


def _false_alarm(expected: float) -> float | None:
    try:
        return sums.average_run_length(
            expected, round(expected / log(2), 2), round(sums.USUAL_LIMIT / log(2), 2)
        )
    except CannotBeCounted:
        return None


def _quarter(year: int | None, month: int | None) -> int:
    """A quarter as a running number, from a year that begins in April and a calendar month."""
    return (year or 0) * 4 + ((month or 1) - 4) % 12 // 3


def _quarter_of(day: date) -> int:
    return _quarter(day.year if day.month >= 4 else day.year - 1, day.month)


def _named(quarter: int) -> str:
    return f"{period_of(quarter // 4)[2:]} Q{quarter % 4 + 1}"
