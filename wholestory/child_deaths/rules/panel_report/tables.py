"""The tables of the report, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from wholestory.child_deaths.rules.panel_report import kinds
from wholestory.child_deaths.rules.panel_report.attack import Sum
from wholestory.child_deaths.rules.panel_report.counting import (
    CALENDARS,
    DEATH,
    NOT_RECORDED,
    NOTIFIED,
    OTHERWISE,
    REVIEWED,
    TOGETHER,
    part,
    whole,
)
from wholestory.child_deaths.rules.panel_report.layout import Face, Laid, together

THIS_YEAR = "This year"
_ANSWERS = kinds.labels("modifiable")
_INFANTS = ("0_27_days", "28_364_days")
#: What the first column is called where the table's name is long.
_HEADS = {
    "response": "Response", "took": "Months", "died": "The child died", "key_worker": "Key worker",
    "final_in_time": "In time",
}  # fmt: skip


def tables(
    year: int,
    areas: Sequence[str],
    years: Iterable[int],
    factors: Iterable[str],
    *,
    public: bool,
    births: bool = False,
) -> list[Laid]:
    """The tables of a report in their order. ``years`` are those of the trend, ``factors`` the factors ever counted.
    ``births``: there are live births to divide the deaths of infants by.

    What is too fine for the public (a month, a kind of place) stands in the confidential version alone.
    """
    fine = [] if public else [
        _simple("month", NOTIFIED, "Month of the death", year),
        _simple("place_kind", NOTIFIED, "Place of death, in detail", year),
    ]  # fmt: skip
    return [
        _calendars(sorted(years)),
        _simple("area", NOTIFIED, "Area of the home", year, areas),
        _told(year),
        _simple("quarter", NOTIFIED, "Quarter of the death", year),
        _simple("age", NOTIFIED, "Age at death", year, drawn=True),
        *([_infants(year)] if births else []),
        _simple("sex", NOTIFIED, "Sex", year),
        _simple("ethnic", NOTIFIED, "Ethnic group", year),
        _simple("expected", NOTIFIED, "Expected or not", year),
        _simple("place", NOTIFIED, "Place of death", year),
        *fine,
        _simple("response", NOTIFIED, "First response to an unexpected death", year),
        _simple("took", REVIEWED, "From the death to the end of the review", year, section="reviews", drawn=True),
        _simple("died", REVIEWED, "When the children died whose reviews ended this year", year, section="reviews"),
        _waiting(year),
        _crossed(year, public=public),
        _simple("category", REVIEWED, "Category of death", year, section="categories", drawn=True),
        _by_year([one for one in sorted(years) if one >= 2010]),
        _headings(year),
        _factors(year, factors),
        _simple("deprivation", NOTIFIED, "Deprivation of the home", year, section="deprivation", drawn=True),
        _simple("key_worker", NOTIFIED, "Key worker for the family", year, section="families"),
        _questions(year),
        _quality(year),
        _simple("final_in_time", REVIEWED, "Reviews saved as final within 14 days", year, section="quality"),
    ]  # fmt: skip


def _simple(
    kind: str, calendar: str, caption: str, year: int, areas: Sequence[str] = (), *, section: str = "notifications",
    drawn: bool = False,
) -> Laid:  # fmt: skip
    values = kinds.labels(kind, areas) if kind != "final_in_time" else kinds.labels("key_worker")
    if kind == "final_in_time":
        values = (("yes", "Yes"), ("no", "No"), ("not_given", "Not final, or brought in from before"))
    bases = [(THIS_YEAR, whole(calendar, year))]
    if kind in kinds.OVER_YEARS:
        bases.append((f"Three years, {year - TOGETHER + 1} to {year + 1}", together(calendar, year)))
    faces = tuple(
        Face(f"{kind}@{base}", head, base, tuple(part(base, **{kind: value}) for value, _ in values))
        for head, base in bases
    )
    head = _HEADS.get(kind, caption)
    return Laid(kind, section, caption, head, tuple(label for _, label in values), faces, drawn=drawn,
                only_some=kind == "place_kind")  # fmt: skip


def _calendars(years: Sequence[int]) -> Laid:
    heads = {
        DEATH: "Died in the year",
        NOTIFIED: "Notified in the year",
        REVIEWED: "Reviews ended in the year",
    }
    faces = (
        Face(f"calendars@{name}", heads[name], "", tuple(whole(name, one) for one in years))
        for name in CALENDARS
    )
    return Laid(
        "calendars", "notifications", "Three calendars: deaths, notifications and reviews by year", "Year to 31 March",
        tuple(f"{one} to {one + 1}" for one in years),
        tuple(faces), shares=False, drawn=True,
    )  # fmt: skip


def _told(year: int) -> Laid:
    base, ours, theirs = f"told:{year}", whole(NOTIFIED, year), f"elsewhere:{year}"
    return Laid(
        "told", "notifications", "Who reviews the deaths this panel was told of", "Who reviews it",
        ("This panel", "Another panel, to which it was passed"),
        (Face(f"told@{base}", THIS_YEAR, base, (ours, theirs)),),
    )  # fmt: skip


def _infants(year: int) -> Laid:
    """Deaths under one year: the two youngest ages together, which a rate tells as well as the number does."""
    singles = [whole(NOTIFIED, year - back) for back in range(TOGETHER)]
    three = together(NOTIFIED, year)

    def made(base: str) -> Sum:
        return part(base, infant="yes"), tuple(part(base, age=one) for one in _INFANTS)

    return Laid(
        "infants", "notifications", "Deaths of infants for each 1,000 live births", "Years", (THIS_YEAR, _three(year)),
        (Face("infants@all", "Deaths under one year", "", (made(singles[0])[0], made(three)[0])),), shares=False,
        sums=tuple(made(base) for base in (*singles, together(NOTIFIED, year - 1, 2), three)),
        adds=tuple(made(base) for base in singles),
    )  # fmt: skip


def _waiting(year: int) -> Laid:
    base = f"waiting:{year}"
    return Laid(
        "waiting", "reviews", "What open cases wait for", "What is waited for",
        tuple(label for _, label in kinds.labels("waits")),
        (Face(f"waiting@{base}", "When the figures were frozen", base,
              tuple(part(base, waits=value) for value, _ in kinds.labels("waits"))),),
        only_some=True,
    )  # fmt: skip


def _crossed(year: int, *, public: bool) -> Laid:
    """Exact: the year's reviews by every answer. Public: three years, identified or not, as one year is few."""
    base = together(REVIEWED, year) if public else whole(REVIEWED, year)
    lines = kinds.labels("category")
    columns = (
        (("identified", "Identified"), (OTHERWISE, "Not identified, or no answer")) if public else _ANSWERS
    )
    faces = tuple(
        Face(f"crossed@{value}", label, part(base, modifiable=value),
             tuple(part(base, category=line, modifiable=value) for line, _ in lines))
        for value, label in columns
    )  # fmt: skip
    last = Face("crossed@all", "All", base, tuple(part(base, category=line) for line, _ in lines))
    bases = [
        base,
        together(REVIEWED, year - 1, 2),
        *(whole(REVIEWED, year - back) for back in range(TOGETHER)),
    ]
    across: list[Sum] = []
    for one in bases:
        across += [
            (
                part(one, category=line),
                tuple(part(one, category=line, modifiable=value) for value, _ in columns),
            )
            for line, _ in lines
        ]
        across.append((one, tuple(part(one, modifiable=value) for value, _ in columns)))
        if public:
            rest = tuple(part(one, modifiable=value) for value, _ in _ANSWERS[1:])
            across.append((part(one, modifiable=OTHERWISE), rest))
    when = _three(year).lower() if public else "reviews of this year"
    return Laid(
        "crossed", "categories", f"Category of death and modifiable factors, {when}", "Category of death",
        tuple(label for _, label in lines), (*faces, last), cross=True, shares=False, sums=tuple(across),
    )  # fmt: skip


def _by_year(years: Sequence[int]) -> Laid:
    columns = kinds.labels("modifiable")
    faces = [
        Face(
            f"by_year@{value}",
            label,
            "",
            tuple(part(whole(REVIEWED, one), modifiable=value) for one in years),
        )
        for value, label in columns
    ]
    across: tuple[Sum, ...] = tuple(
        (whole(REVIEWED, one), tuple(part(whole(REVIEWED, one), modifiable=value) for value, _ in columns))
        for one in years
    )  # fmt: skip
    return Laid(
        "by_year", "modifiable", "Modifiable factors by year of the review", "Year to 31 March",
        tuple(f"{one} to {one + 1}" for one in years), tuple(faces), shares=False, sums=across,
    )  # fmt: skip


def _headings(year: int) -> Laid:
    base = together(REVIEWED, year)
    values = kinds.labels("heading")
    across: list[Sum] = []
    for one in (
        base,
        together(REVIEWED, year - 1, 2),
        *(whole(REVIEWED, year - back) for back in range(TOGETHER)),
    ):
        across += [
            (
                one,
                (
                    *(part(one, heading=value, has=has) for has in ("yes", "no")),
                    part(one, factors=NOT_RECORDED),
                ),
            )
            for value, _ in values
        ]
    return Laid(
        "headings", "modifiable", "Reviews with a factor that contributed, by heading", "Heading of the form",
        (*(label for _, label in values), "Reviews whose factors are not recorded"),
        (Face("headings@all", _three(year), "",
              (*(part(base, heading=value, has="yes") for value, _ in values), part(base, factors=NOT_RECORDED))),),
        shares=False, drawn=True, sums=tuple(across), not_held=(part(base, factors=NOT_RECORDED), base),
    )  # fmt: skip


def _factors(year: int, factors: Iterable[str]) -> Laid:
    base, found = together(REVIEWED, year), sorted(factors)
    return Laid(
        "factors", "modifiable", "Factors that contributed most often", "Factor", tuple(map(kinds.factor, found)),
        (Face("factors@all", _three(year), "", tuple(part(base, factor=one) for one in found)),),
        only_large=True, shares=False,
    )  # fmt: skip


def _questions(year: int) -> Laid:
    base = f"questions:{year}"
    face = Face("questions@all", "When the figures were frozen", base,
                (part(base, answered="yes"), part(base, answered="no")))  # fmt: skip
    return Laid(
        "questions",
        "families",
        "Questions families asked in the year",
        "Answer",
        ("Answered", "Not yet"),
        (face,),
    )


def _quality(year: int) -> Laid:
    base = whole(NOTIFIED, year)
    values, columns = (
        kinds.labels("quality"),
        (("yes", "Yes"), ("no", "No"), ("not_given", "Does not apply or not given")),
    )
    faces = tuple(
        Face(f"quality@{said}", label, "", tuple(part(base, **{value: said}) for value, _ in values))
        for said, label in columns
    )
    across: tuple[Sum, ...] = tuple(
        (base, tuple(part(base, **{value: said}) for said, _ in columns)) for value, _ in values
    )
    ages = [value for value, _ in kinds.labels("age")]
    older = tuple(part(base, age=one) for one in ages if one not in _INFANTS)
    # What does not apply to older children, and what is not known, stand in other tables too.
    across += tuple((part(base, **{one: "not_given"}), older) for one in ("has_gestation", "has_birthweight"))
    across += tuple(
        (part(base, **{kind: "not_given"}), (part(base, **{one: "no"}), part(base, **{one: "not_given"})))
        for one, kind in (("has_ethnicity", "ethnic"), ("has_sex", "sex"))
    )
    return Laid(
        "quality", "quality", "What is known and done in time, of the deaths notified in the year", "What",
        tuple(label for _, label in values), faces, shares=False, sums=across,
    )  # fmt: skip


def _three(year: int) -> str:
    return f"Three years, {year - TOGETHER + 1} to {year + 1}"
