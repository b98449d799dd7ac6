"""What is measured of the quality of the data, in words: each with the cases it is asked of. Pure.

“Not known” is an answer and is not missing; blank is. The measures are those a national database asks panels to watch;
where we know them by report alone, the source says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wholestory.child_deaths.rules.figures import FINAL_WITHIN_DAYS
from wholestory.child_deaths.rules.grounds import seen

GROUND = seen(
    "data_quality", "Measures a panel watches in what it sends to the national database.", "S24", "S27"
)
NOTIFIED_WITHIN_HOURS = 48
#: Days since an agency was asked: bands, by the first day of the next one.
WAITED = ((15, "Up to 14 days"), (29, "15 to 28"), (57, "29 to 56"), (None, "More than 56"))
_DEMOGRAPHICS = ("has_ethnicity", "has_postcode", "has_sex", "has_gestation", "has_birthweight")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its key, what it is called, what it is asked of, and its unit in words."""

    key: str
    title: str
    of: str


MEASURES: tuple[Measure, ...] = (
    Measure("nhs_number", "A valid NHS number of the child", "every death"),
    Measure("told", f"Told within {NOTIFIED_WITHIN_HOURS} hours", "deaths with a known time, told here"),
    Measure("demographics", "Everything below about the child", "every death"),
    Measure("ethnicity", "Ethnicity", "every death"),
    Measure("postcode", "Postcode of the home", "every death"),
    Measure("sex", "Sex", "every death"),
    Measure("gestation", "Weeks of pregnancy", "children under one"),
    Measure("birthweight", "Birthweight", "children under one"),
    Measure("graded", "Every factor graded, one to a line", "final reviews with factors"),
    Measure("modifiable", "An answer on modifiable factors", "reviewed deaths"),
    Measure("final", f"Final within {FINAL_WITHIN_DAYS} days of the panel", "final reviews finished here"),
)
BY_KEY = {one.key: one for one in MEASURES}
#: What is said of the cases of which a measure does not hold.
NOT_SO = {
    "nhs_number": "No valid NHS number of the child",
    "told": f"Told later than {NOTIFIED_WITHIN_HOURS} hours",
    "demographics": "Something about the child is missing",
    "ethnicity": "No ethnicity",
    "postcode": "No postcode of the home",
    "sex": "No sex",
    "gestation": "No weeks of pregnancy",
    "birthweight": "No birthweight",
    "graded": "A factor without a grade, or several on one line",
    "modifiable": "No answer on modifiable factors",
    "final": f"Final later than {FINAL_WITHIN_DAYS} days after the panel",
}
#: Counts that are no share, with their words.
COUNTS = {
    "outstanding": "Forms that agencies have not returned",
    "merged": "Cases joined because they were the same death",
    "same_number": "Cases whose NHS number another case has too, or with two numbers",
}


def hours_that_count(values: Mapping[str, Any]) -> int | None:
    """Hours from the confirmed death until the panel was told, where they are counted: None where a time is not known,
    and for a death that was brought in, whose times are shown and never counted as ours."""
    hours: int | None = values["hours_to_notified"]
    return None if values["brought_in"] else hours


def holds(key: str, values: Mapping[str, Any]) -> bool | None:
    """Whether a measure holds of a death, from the values of its row of figures; None where it is not asked of it.
    ``graded`` is not in a row and is decided elsewhere."""
    if key == "told":
        hours = hours_that_count(values)
        return None if hours is None else hours <= NOTIFIED_WITHIN_HOURS
    if key == "demographics":
        known = [values[name] for name in _DEMOGRAPHICS]
        return None if values["withheld"] else all(one is not False for one in known)
    if key == "modifiable":
        reviewed = values["year_reviewed"] is not None and not values["withheld"]
        return bool(values["modifiable"]) if reviewed else None
    if key == "final":
        said = values["final_in_time"]
    else:
        said = values[f"has_{key}"]
    return None if said is None else bool(said)
