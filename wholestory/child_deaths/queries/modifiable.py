"""The share of reviews with modifiable factors, beside England's published share of the same years."""

from __future__ import annotations

from wholestory.child_deaths.models import Benchmark
from wholestory.child_deaths.published import period_of, starts_in
from wholestory.child_deaths.queries.pattern_blocks import CHANCE, FEW, Block, many, share
from wholestory.child_deaths.queries.patterns import MODIFIABLE_FROM, Numbers, Tally
from wholestory.govuk.charts import Point, over_time
from wholestory.govuk.parts import Column
from wholestory.statistics.proportions import proportion

FORMS_CHANGED = 2019


def england(measure: str = "modifiable_share") -> dict[int, Benchmark]:
    """England's figure of each year, from the newest release that has it: one question."""
    found = Benchmark.objects.filter(measure=measure, area=None, breakdown="").order_by(
        "period", "loaded_on", "created_at", "release"
    )
    return {starts_in(one.period): one for one in found}


def modifiable(found: Numbers) -> Block:
    """The share over all these reviews, year by year, against England where England's is published."""
    published = england()
    whole = found.whole
    years = sorted(int(year) for year in found.by["year_reviewed"] if year is not None)
    span = range(years[0], years[-1] + 1) if years else range(0)
    rows, points = [], []
    for year in span:
        tally = found.of("year_reviewed", year)
        theirs = published.get(year)
        yes, answered = _answers(tally, year)
        rows.append(
            (
                f"{year} to {year + 1}" + (" (preventable)" if year < MODIFIABLE_FROM else ""),
                yes,
                answered,
                share(yes, answered),
                tally.inadequate,
                f"{theirs.value:.0f}% ({theirs.release})" if theirs else "not published, or not found",
            )
        )
        one = proportion(yes, answered, multiplier=100)
        points.append(Point(period_of(year)[2:], one.value, one.lower, one.upper))
    breaks = [at for at, year in enumerate(span) if at and year in (MODIFIABLE_FROM, FORMS_CHANGED)]
    return Block(
        "modifiable", "Modifiable factors", tuple(_said(whole, span, published, found)),
        (Column("0", "Year of the review"), Column("1", "Identified", numeric=True),
         Column("2", "Reviews with an answer", numeric=True), Column("3", "Share (95% interval)", numeric=True),
         Column("4", "Inadequate information", numeric=True), Column("5", "England", numeric=True)),
        rows,
        "A modifiable factor may have contributed and could be changed to make future deaths less likely. It does not"
        " say that this child would have lived. Until March 2010 panels said whether a death was preventable, which is"
        " not the same question; from April 2019 the form asks differently again. The line is broken there.",
        over_time("Reviews with modifiable factors", points, unit="% of reviews with an answer", breaks=breaks)
        if len(points) > 1
        else "",
    )  # fmt: skip


def _answers(tally: Tally, year: int) -> tuple[int, int]:
    """How many said yes, and how many yes or no, to the question that was asked in that year."""
    if year < MODIFIABLE_FROM:
        return tally.preventable, tally.preventable + tally.not_preventable
    return tally.identified, tally.answered


def _said(whole: Tally, span: range, published: dict[int, Benchmark], found: Numbers) -> list[str]:
    earlier = whole.preventable + whole.not_preventable
    before = (
        f"Before April 2010 {whole.preventable:,} of {many(earlier, 'review')} called the death preventable; they are"
        " in no other number here."
    )
    if not whole.answered:
        return [before] if earlier else ["No review of these has an answer yet."]
    said = [before] if earlier else []
    said += [
        f"Modifiable factors were identified in {whole.identified:,} of {many(whole.answered, 'review')} with an"
        f" answer: {share(whole.identified, whole.answered)}. In {whole.inadequate:,} more the information was"
        " inadequate; they are in no share."
    ]
    if whole.answered < FEW:
        said.append(f"With {many(whole.answered, 'review')} a share says little.")
    for year in reversed(span):
        theirs, ours = published.get(year), found.of("year_reviewed", year)
        if theirs is None or not ours.answered:
            continue
        one = proportion(ours.identified, ours.answered, multiplier=100)
        if one.lower is None or one.upper is None:
            continue
        inside = one.lower <= float(theirs.value) <= one.upper
        said.append(
            f"In {year} to {year + 1} England’s share was {theirs.value:.0f}% ({theirs.release}); ours was"
            f" {share(ours.identified, ours.answered)}. "
            + (CHANCE if inside else "Ours differs by more than chance would usually give.")
        )
        break
    return said
