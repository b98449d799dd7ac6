"""The totals of one year's reviews, in the order of the return panels once sent each year. Pure.

The layout of that return (LSCB1) was not found: what it asked for is known only from the figures that were published of
it and from what people recall. So these are totals to copy from, and no copy of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wholestory.child_deaths.rules.ages import AgeBand
from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.code_lists import EVENTS, NHS_ETHNICITY, PLACES_OF_DEATH, SEX
from wholestory.child_deaths.rules.factors import Era, Modifiable, era
from wholestory.child_deaths.rules.grounds import ours, seen
from wholestory.child_deaths.rules.years import BANDS, Took, Year

#: The years it was sent for, by the calendar year they began in: those ending 31 March 2008 to 31 March 2019.
YEARS = tuple(Year(starts_in) for starts_in in range(2007, 2019))
FINAL_ONLY = seen(
    "return_final_only", "A review that is not saved as final does not count in the national return.", "S27"
)
LAYOUT = ours("return_layout", "The layout of the return was not found: order and headings are ours.")
NOT_GIVEN = "not_given"


class NotAsked(ValueError):
    """A year for which no such return was sent."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What one final review says, as keys; what it does not say is empty. ``events`` may be several or none."""

    modifiable: str = ""
    category: int | None = None
    age: str = ""
    sex: str = ""
    ethnicity: str = ""
    place: str = ""
    events: frozenset[str] = frozenset()
    case_review: str = ""
    protection_plan: str = ""
    social_care: str = ""
    took: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Reviews of one value, and of these what was answered to the question of that year."""

    label: str
    reviews: int
    identified: int
    none: int
    inadequate: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class Part:
    """One breakdown. Its lines add up to every review counted, unless ``note`` says why not."""

    key: str
    title: str
    lines: tuple[Line, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class YearlyReturn:
    """One year. ``withheld`` reviews are of restricted cases: in the whole, and in no line."""

    year: Year
    era: Era
    whole: Line
    parts: tuple[Part, ...]
    withheld: int = 0
    not_final: int = 0

    @property
    def reviews(self) -> int:
        """Every review that counts."""
        return self.whole.reviews + self.withheld

    @property
    def enough(self) -> int:
        """Reviews with enough information to answer, as they were published beside those without."""
        return self.whole.identified + self.whole.none


_YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
_CASE_REVIEW = (
    ("held", "Held or under way"), ("needed", "Should be considered"), ("not_needed", "Not needed"),
)  # fmt: skip
#: Of each part: key, title, its values in order with their words.
_PARTS: tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...] = (
    ("category", "Category of death", tuple((str(one.number), f"{one.number}. {one.name}") for one in CATEGORIES),
     "Where several categories apply, the one highest in the list counts, unless the panel decided otherwise."),
    ("age", "Age at death", tuple((one.value, one.label) for one in AgeBand
                                  if one not in (AgeBand.ADULT, AgeBand.NOT_KNOWN)), ""),
    ("sex", "Sex", tuple((one.key, one.label) for one in SEX), ""),
    ("ethnicity", "Ethnicity of the child", tuple((one.key, one.label) for one in NHS_ETHNICITY), ""),
    ("place", "Place of death", tuple((one.key, one.label) for one in PLACES_OF_DEATH), ""),
    ("events", "Event that led to the death", tuple((one.key, one.label) for one in EVENTS),
     "Everything that an agency ticked in its report, unless somebody chose otherwise where their answers stand side by"
     " side. A death with two events is in two lines."),
    ("case_review", "Serious case review", _CASE_REVIEW, ""),
    ("protection_plan", "Child protection plan", _YES_NO, ""),
    ("social_care", "Known to children’s social care", _YES_NO, ""),
    ("took", "Time from the death to the end of the review",
     tuple((one.value, one.label) for one in Took if one is not Took.NOT_REVIEWED),
     f"{BANDS.words} {BANDS.standing}."),
)  # fmt: skip


def columns(of: Era) -> tuple[str, str]:
    """The words for yes and no to the question of that time: two questions that are never one series."""
    if of is Era.PREVENTABLE:
        return "Preventable", "Not preventable"
    return "Modifiable factors identified", "None identified"


def ending(year: Year) -> str:
    """``Year ending 31 March 2016``."""
    return f"Year ending 31 March {year.starts_in + 1}"


def asked_for(starts_in: int) -> Year:
    """The year, if the return was sent for it. Raises NotAsked."""
    year = Year(starts_in)
    if year not in YEARS:
        raise NotAsked(ending(year))
    return year


def totals(year: Year, reviews: Sequence[Reviewed], *, withheld: int = 0, not_final: int = 0) -> YearlyReturn:
    """Count one year's final reviews."""
    parts = tuple(
        Part(key, title, tuple(_lines(key, values, reviews)), note) for key, title, values, note in _PARTS
    )
    return YearlyReturn(
        year, era(year.first), _line("Every review", reviews), parts, withheld=withheld, not_final=not_final
    )


def _lines(key: str, values: Iterable[tuple[str, str]], reviews: Sequence[Reviewed]) -> Iterable[Line]:
    known = dict(values)
    sorted_out: dict[str, list[Reviewed]] = {value: [] for value in (*known, NOT_GIVEN)}
    for one in reviews:
        for value in _values(key, one) & known.keys() or {NOT_GIVEN}:
            sorted_out[value].append(one)
    for value, label in known.items():
        yield _line(label, sorted_out[value])
    if sorted_out[NOT_GIVEN]:
        yield _line("Not given", sorted_out[NOT_GIVEN])


def _values(key: str, one: Reviewed) -> frozenset[str]:
    held = getattr(one, key)
    return held if isinstance(held, frozenset) else frozenset({str(held)})


def _line(label: str, reviews: Sequence[Reviewed]) -> Line:
    said = [one.modifiable for one in reviews]
    identified, none, inadequate = (said.count(each.value) for each in Modifiable)
    return Line(label, len(said), identified, none, inadequate, len(said) - identified - none - inadequate)
