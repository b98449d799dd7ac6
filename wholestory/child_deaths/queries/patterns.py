"""The numbers of the dashboard, all counted from one filtered set of rows, so that every one of them agrees.

The database counts all breakdowns in one question; the whole, medians, factors and waiting are counted from the same
rows in four more. Nothing here depends on how many rows there are.

Whoever sees no case gets every number rounded by the key of the rows it counts (decision 21).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Aggregate,
    BigIntegerField,
    CharField,
    Count,
    DateField,
    F,
    FloatField,
    Func,
    Min,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Extract

from wholestory.child_deaths.models import DeathRow
from wholestory.child_deaths.queries.measured import HOURS_COUNT, OF_ROWS, said_or_not
from wholestory.child_deaths.rules.figures import Group
from wholestory.child_deaths.rules.years import CountedBy
from wholestory.statistics.disclosure.keyed import rounded

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
    "modifiable": "An answer on modifiable factors (reviewed deaths)",
}
#: Of which rows each is asked and of which it holds.
_ASKED_OF = {name: OF_ROWS.get(name) or said_or_not(name) for name in COMPLETE}
#: Of these, what was done in time.
IN_TIME = frozenset(["notified_in_time", "final_in_time"])
#: From April 2010 panels asked for modifiable factors; before, whether a death was preventable. Two series.
MODIFIABLE_FROM = 2010
_NUMBERED = frozenset(["category", "deprivation", "month", "year_of_death", "year_notified", "year_reviewed"])
_QUARTERS = {"low": 0.25, "median": 0.5, "high": 0.75}
#: Lengths, with the rows they are measured of.
_LENGTHS = {
    "days_to_review": Q(days_to_review__isnull=False),
    "days_to_meeting": Q(days_to_meeting__isnull=False),
    "hours_to_notified": HOURS_COUNT,
}


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


#: A secret number of each row, from its pseudonym: what rounds the counts it is in.
ROW_KEY = Func(F("pseudonym"), Value(0), function="hashtextextended", output_field=BigIntegerField())
#: Middle values are told of so many rows at least, in steps of so many days or hours.
FEWEST_FOR_MEDIANS = 20
_STEPS = {"days_to_review": 10, "days_to_meeting": 10, "hours_to_notified": 6}


def counted(of: QuerySet[DeathRow], *, exact: bool) -> int:
    """How many rows there are: one question."""
    found = of.aggregate(number=Count("pk"), key=Sum(ROW_KEY))
    return int(found["number"]) if exact else rounded(found["number"], int(found["key"] or 0))


class Quantile(Aggregate):
    """The value that a share ``at`` of the rows does not exceed, between two rows where it falls between them."""

    function = "percentile_cont"
    template = "%(function)s(%(at)s) within group (order by %(expressions)s)"

    def __init__(self, expression: Any, *, at: float, filter: Q | None = None) -> None:
        super().__init__(expression, at=at, filter=filter, output_field=FloatField())


def _answer(word: str, *, before: bool = False) -> Q:
    year = {"year_reviewed__lt" if before else "year_reviewed__gte": MODIFIABLE_FROM}
    return Q(modifiable=word, **year)


#: What is counted of every value of every breakdown, in the order of ``Tally``.
_WHICH: dict[str, Q | None] = {
    "number": None,
    "reviewed": Q(year_reviewed__isnull=False),
    "identified": _answer("identified"),
    "none": _answer("none_identified"),
    "inadequate": _answer("inadequate_information"),
    "withheld": Q(withheld=True),
    "preventable": _answer("identified", before=True),
    "not_preventable": _answer("none_identified", before=True),
}
_MEASURES: dict[str, Any] = {f"n_{name}": Count("pk", filter=which) for name, which in _WHICH.items()}
_KEYS: dict[str, Any] = {f"key_{name}": Sum(ROW_KEY, filter=which) for name, which in _WHICH.items()}


def _tally(measured: Sequence[Any]) -> Tally:
    """A tally of counts alone, or of counts and their keys: those are rounded by them."""
    counts, keys = measured[: len(_WHICH)], measured[len(_WHICH) :]
    if not keys:
        return Tally(*counts)
    return Tally(*(rounded(count, int(key or 0)) for count, key in zip(counts, keys, strict=True)))


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


def numbers(of: QuerySet[DeathRow], today: date, *, exact: bool = True) -> Numbers:
    """Count a set of rows: five questions to the database, and one for those another panel reviews. Not ``exact``:
    every number is rounded by its rows, middle values are coarse and of many, and nothing is said of what waits."""
    ours, elsewhere = of.exclude(group=Group.ELSEWHERE.value), of.filter(group=Group.ELSEWHERE.value)
    whole, by = _tallies(ours, exact=exact)
    known, lengths = _summary(ours, exact=exact)
    return Numbers(
        whole, by, known, lengths, _factors(ours, exact=exact), _waiting(ours, today) if exact else (),
        counted(elsewhere, exact=exact),
    )  # fmt: skip


def _tallies(ours: QuerySet[DeathRow], *, exact: bool) -> tuple[Tally, dict[str, dict[Any, Tally]]]:
    asked = _MEASURES if exact else {**_MEASURES, **_KEYS}
    found = ours.aggregate(**asked)
    whole = _tally([found[name] for name in asked])
    by = {name: dict[Any, Tally]() for name in BY}
    first, *others = [
        ours.annotate(what=Value(at), key=Cast(name, TextField()))
        .values("what", "key")
        .annotate(**asked)
        .values_list("what", "key", *asked)
        for at, name in enumerate(BY)
    ]
    for what, key, *measured in first.union(*others, all=True):
        name = BY[what]
        by[name][int(key) if key is not None and name in _NUMBERED else key] = _tally(measured)
    return whole, by


def _summary(
    ours: QuerySet[DeathRow], *, exact: bool
) -> tuple[dict[str, tuple[int, int]], dict[str, Length]]:
    asked: dict[str, Any] = {}
    which = {f"{name}_of": of for name, (of, _) in _ASKED_OF.items()}
    which |= {f"{name}_yes": of & good for name, (of, good) in _ASKED_OF.items()}
    which |= {f"{name}_of": of for name, of in _LENGTHS.items()}
    for name, these in which.items():
        asked[name] = Count("pk", filter=these)
        if not exact:
            asked[f"{name}_key"] = Sum(ROW_KEY, filter=these)
    for name, these in _LENGTHS.items():
        for part, at in _QUARTERS.items():
            asked[f"{name}_{part}"] = Quantile(name, at=at, filter=these)
    found = ours.aggregate(**asked)

    def told(name: str) -> int:
        return int(found[name]) if exact else rounded(found[name], int(found[f"{name}_key"] or 0))

    known = {}
    for name in COMPLETE:
        of = told(f"{name}_of")
        known[name] = (min(told(f"{name}_yes"), of), of)
    lengths = {
        name: _length(
            told(f"{name}_of"), [found[f"{name}_{part}"] for part in _QUARTERS], _STEPS[name], exact
        )
        for name in _LENGTHS
    }
    return known, lengths


def _length(number: int, parts: Sequence[float | None], step: int, exact: bool) -> Length:
    """A length; not exact, its middle alone, in steps, and only of many."""
    if exact:
        return Length(number, *parts)
    middle = parts[1] if number >= FEWEST_FOR_MEDIANS else None
    return Length(number, None, None if middle is None else round(middle / step) * step, None)


def _factors(ours: QuerySet[DeathRow], *, exact: bool) -> dict[str, int]:
    each = Func(F("factors"), function="unnest", output_field=CharField())
    found = ours.annotate(factor=each).values("factor").annotate(number=Count("pk"))
    if exact:
        return dict(found.order_by("-number", "factor").values_list("factor", "number"))
    keyed = found.annotate(key=Sum(ROW_KEY)).order_by("factor").values_list("factor", "number", "key")
    kept = {name: rounded(number, int(key or 0)) for name, number, key in keyed}
    return dict(sorted(((k, n) for k, n in kept.items() if n), key=lambda one: (-one[1], one[0])))


def _waiting(ours: QuerySet[DeathRow], today: date) -> tuple[Waiting, ...]:
    """What is waited for. The middle day from which deaths wait is as many days ago as half of them wait or more."""
    days = Extract(Value(today, output_field=DateField()) - F("waits_since_on"), "epoch") / 86_400.0
    found = (
        ours.exclude(waits_for="")
        .annotate(waited=days)
        .values("waits_for")
        .annotate(number=Count("pk"), first=Min("waits_since_on"), median=Quantile("waited", at=0.5))
        .order_by("-number", "waits_for")
    )
    return tuple(Waiting(*each) for each in found.values_list("waits_for", "number", "first", "median"))
