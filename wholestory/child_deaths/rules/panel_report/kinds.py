"""The kinds deaths are broken down into, in words and in their order."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterable

from wholestory.child_deaths.rules.ages import AgeBand
from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.code_lists import PLACES_OF_DEATH
from wholestory.child_deaths.rules.factor_codes import CODES, Domain
from wholestory.child_deaths.rules.figures import Waits
from wholestory.child_deaths.rules.panel_report import counting
from wholestory.child_deaths.rules.panel_report.counting import ANOTHER_AREA, NOT_GIVEN
from wholestory.child_deaths.rules.years import Took

Labels = tuple[tuple[str, str], ...]
NOT_GIVEN_WORDS = "Not known or not given"
_LAST = ((NOT_GIVEN, NOT_GIVEN_WORDS),)
_YES_NO = (("yes", "Yes"), ("no", "No"), *_LAST)

LABELS: dict[str, Labels] = {
    "quarter": (("1", "April to June"), ("2", "July to September"), ("3", "October to December"),
                ("4", "January to March"), *_LAST),
    "month": (*((str(m), month_name[m]) for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)), *_LAST),
    "age": (*((value, AgeBand(value).label) for value in counting.AGES), *_LAST),
    "sex": (("male", "Male"), ("female", "Female"), ("indeterminate", "Indeterminate"), *_LAST),
    "ethnic": (*((value, value.capitalize()) for value in counting.GROUPS), *_LAST),
    "expected": (("expected", "Expected"), ("unexpected", "Unexpected"), (NOT_GIVEN, "Not decided or not given")),
    "place": (("hospital", "Hospital"), ("home", "A home"), ("other", "Somewhere else"), *_LAST),
    "place_kind": (*((one.key, one.label) for one in PLACES_OF_DEATH), *_LAST),
    "response": (("yes", "Opened"), ("no", "Decided against"), (NOT_GIVEN, "Not decided or not given")),
    "deprivation": (("1", "1, the most deprived fifth"), ("2", "2"), ("3", "3"), ("4", "4"),
                    ("5", "5, the least deprived fifth"), *_LAST),
    "key_worker": (("yes", "Named"), ("no", "None, with the reason"), (NOT_GIVEN, "Not recorded")),
    "took": (*((value, Took(value).label) for value in counting.TOOK), *_LAST),
    "died": (("same", "In the year of the review"), ("before", "In the year before"), ("earlier", "Earlier"), *_LAST),
    "category": (*((str(one.number), f"{one.number}. {one.name}") for one in CATEGORIES), *_LAST),
    "modifiable": (("identified", "Identified"), ("none_identified", "None identified"),
                   ("inadequate_information", "Not enough information"), (NOT_GIVEN, "Not answered or not given")),
    "waits": tuple((each.value, each.label) for each in Waits),
    "heading": tuple((each.value, each.label) for each in Domain if each.is_current),
    "quality": (
        ("has_nhs_number", "A valid NHS number of the child"), ("has_ethnicity", "Ethnicity"),
        ("has_postcode", "Postcode of the home"), ("has_sex", "Sex"),
        ("has_gestation", "Gestation (children under one)"), ("has_birthweight", "Birthweight (children under one)"),
        ("notified_in_time", "The panel was told within the limit"),
    ),
}  # fmt: skip
#: What is also counted of three years together: few deaths tell little in one year.
OVER_YEARS = frozenset(
    {"area", "age", "infant", "sex", "ethnic", "expected", "place", "deprivation", "category", "modifiable", "heading",
     "factor", "factors"}
)  # fmt: skip
_FACTORS = {one.code: one.label for one in CODES}


def labels(kind: str, areas: Iterable[str] = ()) -> Labels:
    """The values of a kind with their words; ``areas`` are those of the panel."""
    if kind == "area":
        return (*((name, name) for name in areas), (ANOTHER_AREA, "Another area"), *_LAST)
    return LABELS[kind]


def factor(key: str) -> str:
    """A factor in words, with its heading; one the panel worded itself is not quoted."""
    heading, _, code = key.partition(":")
    return f"{heading}: {_FACTORS.get(code, 'Another factor, in the panel’s words')}"
