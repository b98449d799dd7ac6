"""The dashboard's numbers as pieces of a page: what is said, the chart, the table, and what it cannot say."""

from __future__ import annotations

from calendar import month_name, monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from scipy.stats import chisquare

from wholestory.child_deaths.models import Sex
from wholestory.child_deaths.queries.patterns import Numbers, Tally
from wholestory.child_deaths.rules.ages import AgeBand
from wholestory.child_deaths.rules.categories import CATEGORIES
from wholestory.child_deaths.rules.code_lists import PLACES_OF_DEATH, EthnicGroup
from wholestory.child_deaths.rules.factor_codes import CODES, Domain
from wholestory.govuk.charts import Bar, bars
from wholestory.govuk.parts import Column
from wholestory.statistics.proportions import proportion
from wholestory.statistics.rounding import percent

#: Fewer deaths than this: no share is spoken of as high or low.
FEW = 10
#: Fewer deaths than this: twelve months are not compared.
ENOUGH_FOR_MONTHS = 60
#: Whoever sees no case sees no breakdown, and no statistic of time, of fewer deaths than this, as rounded for them: of
#: five deaths or fewer never.
FEWEST_SHOWN = 10
NOT_SHOWN = f"fewer than {FEWEST_SHOWN}: not shown"
WHY_NOT_SHOWN = (
    f"There are fewer than {FEWEST_SHOWN} deaths here, or none. Figures of so few could tell whose child it was, so"
    " only those who see the cases see them. Choose more years, or fewer filters."
)
CHANCE = "That is no more than chance would give."
OTHER_THAN_CHANCE = "That is more than chance alone would usually give. Ask why before you conclude anything."


@dataclass(frozen=True)
class Block:
    """One subject of a page."""

    key: str
    title: str
    said: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    limits: str = ""
    chart: SafeString | str = ""


def held_back(key: str, title: str, why: str = WHY_NOT_SHOWN) -> Block:
    """A subject that is not shown, and why."""
    return Block(key, title, (why,), (), ())


def share(part: int, whole: int) -> str:
    """A share with its interval: ``25% (12% to 45%)``; nothing of nothing has none."""
    found = proportion(part, whole, multiplier=100)
    if found.lower is None or found.upper is None:
        return "–"
    return f"{percent(part, whole)}% ({found.lower:.0f}% to {found.upper:.0f}%)"


def many(number: int, noun: str = "death") -> str:
    """``1 death``, ``12 deaths``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def categories(found: Numbers) -> Block:
    """What children died of, as panels decided it."""
    tallies = found.by["category"]
    done = sum(tally.number for key, tally in tallies.items() if key is not None)
    rows = [
        (f"{one.number}. {one.name}", n_of(tallies, one.number), share(n_of(tallies, one.number), done),
         _modifiable(tallies.get(one.number, Tally())))
        for one in CATEGORIES
    ]  # fmt: skip
    said = (
        f"{many(done, 'review')} of these deaths {'has' if done == 1 else 'have'} a category; the others are not"
        " reviewed yet."
        if done
        else "No death of these has a category yet: one is given when the panel reviews it."
    )
    return Block(
        "categories", "Category of death", (said, *_few(done)),
        (Column("0", "Category"), Column("1", "Reviews", numeric=True),
         Column("2", "Share (95% interval)", numeric=True), Column("3", "Modifiable factors identified", numeric=True)),
        rows,
        "Where several categories apply, the one highest in the list counts, unless the panel decided otherwise."
        " National counts by category were not found, so there is nothing to compare with until they are loaded.",
        bars("Category of death", [Bar(row[0], row[1]) for row in rows]) if done else "",
    )  # fmt: skip


def factors(found: Numbers) -> Block:
    """Which factors contributed."""
    labels = {one.code: one.label for one in CODES}
    reviewed = found.whole.reviewed
    rows = []
    for key, number in found.factors.items():
        domain, _, code = key.partition(":")
        rows.append(
            (
                labels.get(code, "Another factor, in the panel’s words"),
                Domain(domain).label,
                number,
                share(min(number, reviewed), reviewed),
            )
        )
    return Block(
        "factors", "Factors that contributed",
        (f"Of {many(reviewed, 'review')}. One review can have several factors." if rows else
         "No factor was graded as contributing in these reviews.",),
        (Column("0", "Factor"), Column("1", "Heading"), Column("2", "Reviews", numeric=True),
         Column("3", "Share of reviews (95% interval)", numeric=True)),
        rows,
        "Grades 2 and 3 of every edition of the form count as having contributed. A factor that is written down more"
        " often may only be looked for more often.",
    )  # fmt: skip


def simple(found: Numbers, key: str, title: str, words: Mapping[Any, str], limits: str) -> Block:
    """How many deaths there are of each value of one breakdown; what is not known comes last and is no share."""
    tallies = found.by[key]
    unknown = _unknown(found, key)
    known = sum(n_of(tallies, value) for value in words)
    rows: list[tuple[Any, ...]] = [
        (
            label,
            n_of(tallies, value),
            share(n_of(tallies, value), known),
            _modifiable(tallies.get(value, Tally())),
        )
        for value, label in words.items()
    ]
    drawn = [Bar(row[0], row[1]) for row in rows]
    if unknown:
        rows.append(("Not known", unknown, "", ""))
        drawn.append(Bar("Not known", unknown, quiet=True))
    if found.whole.withheld:
        rows.append(("Withheld: restricted cases", found.whole.withheld, "", ""))
    return Block(
        key, title, (f"Known of {known:,} of {many(known + unknown)}.", *_few(known)),
        (Column("0", title), Column("1", "Deaths", numeric=True),
         Column("2", "Share of those known (95% interval)", numeric=True),
         Column("3", "Modifiable factors identified", numeric=True)),
        rows, limits, bars(title, drawn) if known else "",
    )  # fmt: skip


def _unknown(found: Numbers, key: str) -> int:
    """Rows that do not say it, less those that are withheld."""
    blank = sum(found.of(key, value).number for value in (None, "", "not_known"))
    return max(0, blank - found.whole.withheld)


def seasons(found: Numbers, *, exact: bool = True) -> Block:
    """Deaths by calendar month, and whether they differ more than chance. Rounded numbers are not tested."""
    tallies = found.by["month"]
    counts = [n_of(tallies, month) for month in range(1, 13)]
    known = sum(counts)
    if not exact:
        said = "Rounded numbers are not tested for differences between the months."
    elif known < ENOUGH_FOR_MONTHS:
        said = f"{many(known)}: too few to say anything of the seasons. {ENOUGH_FOR_MONTHS} are needed."
    else:
        long = [28.25 if m == 2 else monthrange(2015, m)[1] for m in range(1, 13)]
        expected = [known * days / sum(long) for days in long]
        p = float(chisquare(counts, expected).pvalue)
        said = f"Months differ with p = {p:.2g}. {OTHER_THAN_CHANCE if p < 0.05 else CHANCE}"
    rows = [(month_name[month], number) for month, number in enumerate(counts, start=1)]
    return Block(
        "month", "Month of the death", (said,), (Column("0", "Month"), Column("1", "Deaths", numeric=True)), rows,
        "All years together, against the same number of deaths spread evenly over the days of the year.",
        bars("Deaths by month", [Bar(*row) for row in rows]) if known else "",
    )  # fmt: skip


def described(found: Numbers) -> list[Block]:
    """Age, sex, ethnic group, deprivation, place and whether the death was expected."""
    crowd = "Shares are of deaths, not of children: without the number of children in each group they are no rates."
    return [
        simple(
            found, "age_band", "Age at death",
            {each.value: each.label for each in AgeBand if each not in (AgeBand.ADULT, AgeBand.NOT_KNOWN)}, crowd,
        ),
        simple(found, "sex", "Sex", {value: label for value, label in Sex.choices if value != "not_known"}, crowd),
        simple(
            found, "ethnic_group", "Ethnic group",
            {each.value: each.value.capitalize() for each in EthnicGroup if each is not EthnicGroup.NOT_KNOWN},
            f"{crowd} It is the child’s ethnicity, which often differs from the mother’s on other records.",
        ),
        simple(
            found, "deprivation", "Deprivation of the home",
            {1: "1, the most deprived fifth", 2: "2", 3: "3", 4: "4", 5: "5, the least deprived fifth"}, crowd,
        ),
        simple(
            found, "place_kind", "Place of death", {one.key: one.label for one in PLACES_OF_DEATH},
            "Where death was confirmed, which is often a hospital after a collapse at home.",
        ),
        simple(
            found, "expected", "Expected or not", {"expected": "Expected", "unexpected": "Unexpected"},
            "Professions read “expected” differently. Not decided counts as not known here.",
        ),
    ]  # fmt: skip


def n_of(tallies: Mapping[Any, Tally], value: Any) -> int:
    """How many rows have this value."""
    return tallies.get(value, Tally()).number


def _modifiable(tally: Tally) -> str:
    return f"{tally.identified} of {tally.answered}" if tally.answered else "–"


def _few(number: int) -> tuple[str, ...]:
    return (f"With {many(number)} a share says little.",) if 0 < number < FEW else ()


def headline(found: Numbers) -> list[tuple[str, str]]:
    """The first numbers of the page."""
    whole = found.whole
    opened = sum(found.of("group", group).number for group in ("sorting", "open", "reviewed"))
    return [
        ("Deaths", f"{whole.number:,}"),
        ("Reviewed", f"{whole.reviewed:,}"),
        ("Not final yet", f"{opened:,}"),
        ("Modifiable factors identified", _modifiable(whole)),
        ("Reviewed by another panel, not counted here", f"{found.elsewhere:,}"),
    ]
