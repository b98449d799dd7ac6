"""The numbers of the dashboard, all counted from one filtered set of rows, so that every one of them agrees.

The database counts once over the rows for all breakdowns together (grouping sets); medians, factors and waiting are
counted from the same rows in three more questions. Nothing here depends on how many rows there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.rules.figures import Group
from wholestory.child_deaths.rules.years import CountedBy

#: What is broken down by: column, in the order the database is asked.
BY = (
    "category", "age_band", "sex", "deprivation", "place_kind", "ethnic_group", "expected", "month", "year_of_death",
    "year_notified", "year_reviewed", "took", "group", "area_id", "response", "form_set", "regime",
)  # fmt: skip
YEARS = {
    CountedBy.DEATH: "year_of_death",
    CountedBy.NOTIFICATION: "year_notified",
    CountedBy.REVIEW: "year_reviewed",
}
#: What is known or done: column, in words, and of which rows it is asked.
COMPLETE = {
    "has_nhs_number": "A valid NHS number of the child",
    "has_ethnicity": "Ethnicity",
    "has_postcode": "Postcode of the home",
    "has_sex": "Sex",
    "has_gestation": "Gestation (children under one)",
    "has_birthweight": "Birthweight (children under one)",
    "notified_in_time": "Told within the limit",
    "final_in_time": "Final within 14 days of the panel",
}
#: From April 2010 panels asked for modifiable factors; before, whether a death was preventable. Two series.
MODIFIABLE_FROM = 2010
_LENGTHS = ("days_to_review", "days_to_meeting", "hours_to_notified")


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one value of a breakdown, and of those reviewed from April 2010 what was answered about modifiable
    factors. Before, panels were asked whether the death was preventable: another question, never added to this one."""

    number: int = 0
    reviewed: int = 0
    identified: int = 0
    none: int = 0
    inadequate: int = 0
    withheld: int = 0
    preventable: int = 0
    not_preventable: int = 0

    @property
    def answered(self) -> int:
        """Reviews that said yes or no."""
        return self.identified + self.none


@dataclass(frozen=True, slots=True)
class Length:
    """Of how many rows a length is known, its median and the quarter below and above it."""

    number: int
    low: float | None
    median: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Rows that wait for one thing: how many, since when the longest, and half of them for how many days or more."""

    what: str
    number: int
    first_on: date | None
    median_days: float | None


@dataclass(frozen=True)
class Numbers:
    """Everything that is counted of a set of rows."""

    whole: Tally
    by: Mapping[str, Mapping[Any, Tally]]
    known: Mapping[str, tuple[int, int]]
    lengths: Mapping[str, Length]
    factors: Mapping[str, int]
    waiting: tuple[Waiting, ...]
    elsewhere: int = 0
    notes: tuple[str, ...] = field(default=())

    def of(self, what: str, value: Any) -> Tally:
        """The tally of one value; none is a tally of nothing."""
        return self.by[what].get(value, Tally())


def rows(wanted: Mapping[str, Any]) -> QuerySet[DeathRow]:
    """The rows an answered filter leaves (see ``forms.patterns``), those of other panels among them."""
    found = DeathRow.objects.order_by()
    column = YEARS[CountedBy(wanted.get("by") or CountedBy.DEATH)]
    if first := wanted.get("first"):
        found = found.filter(**{f"{column}__gte": int(first)})
    if last := wanted.get("last"):
        found = found.filter(**{f"{column}__lte": int(last)})
    for name, lookup in (("area", "area"), ("age", "age_band"), ("category", "category")):
        if value := wanted.get(name):
            found = found.filter(**{lookup: value})
    return found


def numbers(of: QuerySet[DeathRow], today: date) -> Numbers:
    """Count a set of rows: four questions to the database, and one for those another panel reviews."""
    ours = of.exclude(group=Group.ELSEWHERE.value)
    whole, by = _tallies(ours)
    known, lengths = _summary(ours)
    return Numbers(
        whole, by, known, lengths, _factors(ours), _waiting(ours, today),
        of.filter(group=Group.ELSEWHERE.value).count(),
    )  # fmt: skip


def _tallies(ours: QuerySet[DeathRow]) -> tuple[Tally, dict[str, dict[Any, Tally]]]:
    sets = ", ".join(f'("{name}")' for name in BY)
    columns = ", ".join(f'"{name}"' for name in BY)
    answer = f"count(*) filter (where year_reviewed >= {MODIFIABLE_FROM} and modifiable = %s)"
    before = f"count(*) filter (where year_reviewed < {MODIFIABLE_FROM} and modifiable = %s)"
    asked = f"""
      select grouping({columns}), {columns}, count(*), count(*) filter (where year_reviewed is not null),
        {answer}, {answer}, {answer}, count(*) filter (where withheld), {before}, {before}
      from ({{rows}}) r group by grouping sets ((), {sets})
    """
    whole, by = Tally(), {name: dict[Any, Tally]() for name in BY}
    every = (1 << len(BY)) - 1
    words = ("identified", "none_identified", "inadequate_information", "identified", "none_identified")
    for which, *rest in _asked(ours, asked, words, [*BY, "modifiable", "withheld"]):
        tally = Tally(*rest[len(BY) :])
        if which == every:
            whole = tally
            continue
        at = next(n for n in range(len(BY)) if not which >> (len(BY) - 1 - n) & 1)
        by[BY[at]][rest[at]] = tally
    return whole, by


def _summary(ours: QuerySet[DeathRow]) -> tuple[dict[str, tuple[int, int]], dict[str, Length]]:
    known = ", ".join(f"count(*) filter (where {name}), count({name})" for name in COMPLETE)
    thirds = ", ".join(
        f"count({name}), percentile_cont(array[0.25, 0.5, 0.75]) within group (order by {name})"
        for name in _LENGTHS
    )
    (found,) = _asked(ours, f"select {known}, {thirds} from ({{rows}}) r", (), [*COMPLETE, *_LENGTHS])
    pairs = {name: (found[2 * at], found[2 * at + 1]) for at, name in enumerate(COMPLETE)}
    rest = found[2 * len(COMPLETE) :]
    lengths = {}
    for at, name in enumerate(_LENGTHS):
        number, quarters = rest[2 * at], rest[2 * at + 1] or (None, None, None)
        lengths[name] = Length(number, *quarters)
    return pairs, lengths


def _factors(ours: QuerySet[DeathRow]) -> dict[str, int]:
    asked = "select f, count(*) from ({rows}) r, unnest(factors) f group by f order by 2 desc, 1"
    return dict(_asked(ours, asked, (), ["factors"]))


def _waiting(ours: QuerySet[DeathRow], today: date) -> tuple[Waiting, ...]:
    asked = """
      select waits_for, count(*), min(waits_since_on),
        percentile_cont(0.5) within group (order by %s::date - waits_since_on)
      from ({rows}) r where waits_for <> '' group by waits_for order by 2 desc, 1
    """
    found = _asked(ours, asked, (today,), ["waits_for", "waits_since_on"])
    return tuple(Waiting(*each) for each in found)


def _asked(
    of: QuerySet[DeathRow], sql: str, before: Iterable[Any], columns: Iterable[str]
) -> list[tuple[Any, ...]]:
    """Ask about a set of rows: the set's own question stands inside, with only the columns that are needed."""
    inner, params = of.values(*dict.fromkeys([*columns, "year_reviewed"])).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{rows}", inner), [*before, *params])
        return list(cursor.fetchall())
