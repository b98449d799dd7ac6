"""What the yearly report counts: cells by name, from one row for each death.

A cell is the number of deaths of one kind in one year of one calendar: ``notified:2015|sex=female``. Without a kind it
is the whole of that year: ``notified:2015``. Three calendars are kept apart: the year of the death, of the notification
and of the review, and nothing of one is ever divided by anything of another.

Deaths another panel reviews are in no cell but ``elsewhere``. What is not known, and what a restricted case does not
say, is ``not_given`` in every breakdown, so that its cells always add up to the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from wholestory.child_deaths.rules.ages import AgeBand
from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.code_lists import HOSPITAL_PLACES, PLACES_OF_DEATH, EthnicGroup
from wholestory.child_deaths.rules.factor_codes import Domain
from wholestory.child_deaths.rules.factors import Modifiable
from wholestory.child_deaths.rules.figures import Group
from wholestory.child_deaths.rules.years import Took

Row = Mapping[str, Any]
NOT_GIVEN = "not_given"
ANOTHER_AREA = "another"
#: Not identified, not enough information or no answer, taken together.
OTHERWISE = "otherwise"
#: A review whose factors are not held: that is no review without factors.
NOT_RECORDED = "not_recorded"
#: How many years stand together where one year alone is few.
TOGETHER = 3
DEATH, NOTIFIED, REVIEWED = "death", "notified", "reviewed"
CALENDARS = {DEATH: "year_of_death", NOTIFIED: "year_notified", REVIEWED: "year_reviewed"}
_HOMES = frozenset({"home", "other_private_home", "foster_home", "residential_care"})


def whole(calendar: str, year: int) -> str:
    """The cell of every death of a year."""
    return f"{calendar}:{year}"


def part(base: str, **kinds: object) -> str:
    """A cell of some of them: ``part("notified:2015", sex="female")``."""
    return "|".join([base, *(f"{name}={value}" for name, value in kinds.items())])


def _said(name: str, *allowed: str) -> Callable[[Row], str]:
    def said(row: Row) -> str:
        value = str(row.get(name) or "")
        return value if value in allowed else NOT_GIVEN

    return said


def _area(row: Row) -> str:
    if row.get("area") is None:
        return NOT_GIVEN
    return str(row["area"]) if row.get("area_is_ours") else ANOTHER_AREA


def _quarter(row: Row) -> str:
    month = row.get("month")
    return NOT_GIVEN if month is None else str((int(month) - 4) % 12 // 3 + 1)


def _place(row: Row) -> str:
    kind = row.get("place_kind") or ""
    if not kind:
        return NOT_GIVEN
    return "hospital" if kind in HOSPITAL_PLACES else "home" if kind in _HOMES else "other"


def _died(row: Row) -> str:
    """How many years before the review the child died."""
    died, reviewed = row.get("year_of_death"), row.get("year_reviewed")
    if died is None or reviewed is None or died > reviewed:
        return NOT_GIVEN
    return {0: "same", 1: "before"}.get(reviewed - died, "earlier")


def _answered(name: str) -> Callable[[Row], str]:
    def said(row: Row) -> str:
        value = row.get(name)
        return NOT_GIVEN if value is None else "yes" if value else "no"

    return said


_YES_NO = ("yes", "no")
AGES = tuple(each.value for each in AgeBand if each not in (AgeBand.ADULT, AgeBand.NOT_KNOWN))
SEXES = ("male", "female", "indeterminate")
GROUPS = tuple(each.value for each in EthnicGroup if each is not EthnicGroup.NOT_KNOWN)
PLACES = tuple(each.key for each in PLACES_OF_DEATH)
TOOK = tuple(each.value for each in Took if each is not Took.NOT_REVIEWED)
NUMBERS = tuple(str(each.number) for each in CATEGORIES)
ANSWERS = tuple(each.value for each in Modifiable)
#: What notifications are broken down by. ``month`` and ``place_kind`` are too fine for the public.
OF_NOTIFIED: dict[str, Callable[[Row], str]] = {
    "area": _area, "quarter": _quarter, "month": _said("month", *map(str, range(1, 13))),
    "age": _said("age_band", *AGES), "sex": _said("sex", *SEXES), "ethnic": _said("ethnic_group", *GROUPS),
    "expected": _said("expected", "expected", "unexpected"), "place": _place,
    "place_kind": _said("place_kind", *PLACES), "response": _said("response", *_YES_NO),
    "deprivation": _said("deprivation", "1", "2", "3", "4", "5"), "key_worker": _said("key_worker", *_YES_NO),
}  # fmt: skip
#: What was known or done in time, of the notifications of the year itself.
QUALITY: dict[str, Callable[[Row], str]] = {
    name: _answered(name)
    for name in (
        "has_nhs_number", "has_ethnicity", "has_postcode", "has_sex", "has_gestation", "has_birthweight",
        "notified_in_time",
    )
}  # fmt: skip
OF_REVIEWED: dict[str, Callable[[Row], str]] = {
    "took": _said("took", *TOOK), "died": _died, "category": _said("category", *NUMBERS),
    "modifiable": _said("modifiable", *ANSWERS), "final_in_time": _answered("final_in_time"),
}  # fmt: skip


def count(rows: Iterable[Row], year: int) -> dict[str, int]:
    """Every cell of the report of one year: wholes of all years to this one, breakdowns of the last three."""
    found: Counter[str] = Counter()
    recent = range(year - TOGETHER + 1, year + 1)
    for row in rows:
        if row.get("group") == Group.ELSEWHERE.value:
            _add(found, "elsewhere", row, year)
            continue
        for calendar in CALENDARS:
            _add(found, calendar, row, year)
        if row.get("year_notified") in recent:
            _break_down(found, whole(NOTIFIED, row["year_notified"]), row, OF_NOTIFIED)
            if row["year_notified"] == year:
                _break_down(found, whole(NOTIFIED, year), row, QUALITY)
        if row.get("year_reviewed") is not None and row["year_reviewed"] <= year:
            _reviewed(found, row, recent)
        if row.get("waits_for"):
            found[f"waiting:{year}"] += 1
            found[part(f"waiting:{year}", waits=row["waits_for"])] += 1
    found[f"told:{year}"] = found[whole(NOTIFIED, year)] + found[f"elsewhere:{year}"]
    return dict(found)


def _add(found: Counter[str], calendar: str, row: Row, year: int) -> None:
    then = row.get(CALENDARS.get(calendar, "year_notified"))
    if then is not None and then <= year:
        found[whole(calendar, then)] += 1


def _break_down(found: Counter[str], base: str, row: Row, by: Mapping[str, Callable[[Row], str]]) -> None:
    for name, said in by.items():
        found[part(base, **{name: said(row)})] += 1


def _reviewed(found: Counter[str], row: Row, recent: range) -> None:
    base = whole(REVIEWED, row["year_reviewed"])
    if row["year_reviewed"] not in recent:
        found[part(base, modifiable=OF_REVIEWED["modifiable"](row))] += 1
        return
    _break_down(found, base, row, OF_REVIEWED)
    category, modifiable = OF_REVIEWED["category"](row), OF_REVIEWED["modifiable"](row)
    found[part(base, category=category, modifiable=modifiable)] += 1
    if modifiable != Modifiable.IDENTIFIED.value:
        found[part(base, category=category, modifiable=OTHERWISE)] += 1
        found[part(base, modifiable=OTHERWISE)] += 1
    keys = {str(key) for key in row.get("factors") or ()}
    headings = {key.partition(":")[0] for key in keys}
    if not (keys or _says_its_factors(row)):
        found[part(base, factors=NOT_RECORDED)] += 1
        return
    for heading in Domain:
        if heading.is_current:
            found[part(base, heading=heading.value, has="yes" if heading.value in headings else "no")] += 1
    for key in keys:
        found[part(base, factor=key)] += 1


def _says_its_factors(row: Row) -> bool:
    """Whether a review without factors says that there are none. One that was brought in or is restricted does not, nor
    does one that was found to have a modifiable factor."""
    silent = row.get("brought_in") or row.get("withheld")
    return not silent and OF_REVIEWED["modifiable"](row) != Modifiable.IDENTIFIED.value
