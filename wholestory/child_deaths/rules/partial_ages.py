"""Ages where only the month or the year of a birth or a death is known: said as a range, never guessed at one end."""

from __future__ import annotations

from datetime import date

from wholestory.child_deaths.rules.ages import Age, AgeBand, age_at
from wholestory.paperwork.partial_date import PartialDate

#: The first and the last day a date can have been.
Span = tuple[date, date]
DO_NOT_FIT = "The dates do not fit"


def span(day: date | None, part: str) -> Span | None:
    """The days a date can have been, from the whole day or from what is known of it (``2016-03``, ``2016``)."""
    if day is not None:
        return day, day
    known = PartialDate.of(part) if part else None
    return (known.earliest, known.latest) if known else None


def part_in_words(part: str) -> str:
    """March 2016, or 2016."""
    return PartialDate.of(part).in_words()


def part_of(year: int, month: int | None) -> str:
    """What is known of a date, as it is kept."""
    return f"{year:04d}-{month:02d}" if month else f"{year:04d}"


def ages_between(born: Span | None, died: Span | None) -> tuple[Age, Age] | None:
    """The youngest and the oldest the child can have been; None where a date is not known at all, or none fits."""
    if born is None or died is None or died[1] < born[0]:
        return None
    youngest = age_at(min(born[1], died[0]), died[0]) if born[0] <= died[0] else Age(0, 0, 0)
    return youngest, age_at(born[0], died[1])


def age_words(born: Span | None, died: Span | None) -> str:
    """The age at death, as a range where it is one; empty where a date is not known at all."""
    if born is None or died is None:
        return ""
    found = ages_between(born, died)
    if found is None:
        return DO_NOT_FIT
    youngest, oldest = found
    if youngest.text == oldest.text:
        return youngest.text
    if youngest.days == 0:
        return f"up to {oldest.text}"
    if youngest.months >= 24:
        return f"{youngest.years} to {oldest.text}"
    return f"between {youngest.text} and {oldest.text}"


def band_words(born: Span | None, died: Span | None) -> str:
    """The age band at death; both, where it can be either."""
    if born is None or died is None:
        return AgeBand.NOT_KNOWN.label
    found = ages_between(born, died)
    if found is None:
        return DO_NOT_FIT
    bands = list(dict.fromkeys(age.band.label for age in found))
    return " or ".join(bands) if len(bands) < 3 else AgeBand.NOT_KNOWN.label
