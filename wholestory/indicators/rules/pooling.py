"""Putting figures together: periods into a longer one, areas and agencies into a whole. Always from counts.

Percentages are never averaged. A snapshot is not added up over time: the longer period has the figure of its last day.
A percentage without counts cannot be pooled, and whatever is lacking makes the total incomplete, which it says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from wholestory.indicators.rules.figures import (
    KIND_WORDS,
    NOT_SUPPLIED,
    Figure,
    Given,
    Kind,
    Measure,
    shares,
    worth,
)


class How(StrEnum):
    """How the whole was made."""

    ADDED = "added"
    LAST_DAY = "last_day"
    LAST_TWELVE_MONTHS = "last_twelve_months"
    MEAN = "mean"
    ONE = "one"
    NOT_POSSIBLE = "not_possible"


HOW_WORDS: dict[How, str] = {
    How.ADDED: "Added up from the counts",
    How.LAST_DAY: "As on the last day of the period",
    How.LAST_TWELVE_MONTHS: "Over the twelve months that end with the period",
    How.MEAN: "The mean of the periods",
    How.ONE: "As supplied",
    How.NOT_POSSIBLE: "Cannot be put together",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One figure that goes in, and whose or when it is (``Q1``, ``North``, ``Police``)."""

    label: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Lacking:
    """A piece that could not go in, and which kind of nothing it was."""

    label: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Pooled:
    """The whole. ``lacking`` are the pieces that are not in it; then it is ``partial`` and never the total of all."""

    figure: Figure
    how: How
    of: int
    lacking: tuple[Lacking, ...] = ()
    because: str = ""
    still_to_come: int = 0

    @property
    def partial(self) -> bool:
        """Whether pieces that should be in it are not, or periods of it are still to come."""
        return bool(self.lacking or self.still_to_come) and not self.figure.empty

    @property
    def sentence(self) -> str:
        """How it was made and what it lacks, in words."""
        said = self.because or HOW_WORDS[self.how]
        if self.still_to_come:
            said = f"So far: {self.of} of {self.of + self.still_to_come} periods. {said}"
        if not self.lacking:
            return f"{said}."
        gone = ", ".join(f"{each.label} ({KIND_WORDS[each.kind]})" for each in self.lacking)
        if self.figure.empty:
            return f"{said}: {gone}."
        return f"Incomplete: {self.of - len(self.lacking)} of {self.of}. {said}, without {gone}."


def over_time(pieces: Sequence[Piece], measure: Measure, expected: int | None = None) -> Pooled:
    """The longer period from its shorter ones, oldest first, as the measure's ``aggregation`` says.

    ``sum``: counts added up, numerator and denominator each. ``snapshot`` and ``rolling``: those of the last period;
    when that has none, the whole has none, for an earlier day is another figure. ``mean_of_months``: the mean of the
    numbers (of shares, from the counts). ``median``: never made from shorter ones. A rate on a published population
    is of the events of the whole period on that population, which is not added up: four quarters make a yearly rate.
    ``expected`` is how many periods the longer one has; with fewer, it is a figure of the year so far.
    """
    found = _over_time(pieces, measure)
    short = max(0, (expected or 0) - len(pieces))
    return replace(found, still_to_come=short) if short else found


def _over_time(pieces: Sequence[Piece], measure: Measure) -> Pooled:
    if not pieces:
        return Pooled(NOT_SUPPLIED, How.NOT_POSSIBLE, 0, because="Nothing to put together")
    if measure.aggregation in ("snapshot", "rolling"):
        last = pieces[-1]
        how = How.LAST_DAY if measure.aggregation == "snapshot" else How.LAST_TWELVE_MONTHS
        if last.figure.empty:
            return Pooled(
                last.figure, how, len(pieces), (Lacking(last.label, worth(last.figure, measure).kind),)
            )
        return Pooled(last.figure, how, len(pieces))
    if len(pieces) == 1:
        return Pooled(pieces[0].figure, How.ONE, 1)
    if measure.aggregation == "median":
        return _not_possible(
            pieces, "A middle value is worked out again from all events, never from shorter periods"
        )
    if measure.aggregation == "mean_of_months" and not shares(measure):
        return _together(pieces, measure, How.MEAN, _mean)
    return _together(pieces, measure, How.ADDED, _added_on_population if measure.population else _added)


def across(pieces: Sequence[Piece], measure: Measure) -> Pooled:
    """Areas or agencies into a whole, for one and the same period: counts added up, snapshots too."""
    if not pieces:
        return Pooled(NOT_SUPPLIED, How.NOT_POSSIBLE, 0, because="Nothing to put together")
    if len(pieces) == 1:
        return Pooled(pieces[0].figure, How.ONE, 1)
    if measure.aggregation == "median" or (measure.unit == "days" and not measure.denominator):
        return _not_possible(pieces, "A middle value of the whole is not the middle of its parts")
    return _together(pieces, measure, How.ADDED, _added)


def _not_possible(pieces: Sequence[Piece], because: str) -> Pooled:
    return Pooled(NOT_SUPPLIED, How.NOT_POSSIBLE, len(pieces), because=because)


def _together(
    pieces: Sequence[Piece], measure: Measure, how: How, make: Callable[[Sequence[Figure]], Figure]
) -> Pooled:
    """The pieces that have counts. What does not apply (nobody to count among) lacks nothing: there was nobody."""
    lacking, fit, idle = [], [], 0
    for piece in pieces:
        found = worth(piece.figure, measure)
        poolable = piece.figure.percentage is None or piece.figure.numerator is not None
        if found.kind is Kind.NOT_APPLICABLE:
            idle += 1
        elif found.counted and poolable and _has_counts(piece.figure, measure):
            fit.append(piece.figure)
        else:
            lacking.append(Lacking(piece.label, Kind.PERCENTAGE_ONLY if found.counted else found.kind))
    if fit:
        return Pooled(make(fit), how, len(pieces), tuple(lacking))
    if idle and not lacking:
        return Pooled(
            Figure(nothing="not_applicable"), how, len(pieces), because="There was nobody to count among"
        )
    return Pooled(
        _why_none(lacking), How.NOT_POSSIBLE, len(pieces), tuple(lacking), "No counts to put together"
    )


def _has_counts(figure: Figure, measure: Measure) -> bool:
    if shares(measure):
        return figure.numerator is not None and figure.denominator is not None
    return figure.numerator is not None or figure.amount is not None


def _why_none(lacking: Sequence[Lacking]) -> Figure:
    kinds = {each.kind for each in lacking}
    if kinds == {Kind.NOT_HELD}:
        return Figure(nothing="not_held")
    return Figure(nothing="suppressed") if Kind.SUPPRESSED in kinds else NOT_SUPPLIED


def _sum(values: Sequence[Given | None]) -> Fraction | None:
    known = [Fraction(each) for each in values if each is not None]
    return sum(known, Fraction(0)) if known else None


def _added(figures: Sequence[Figure]) -> Figure:
    return Figure(
        numerator=_sum([each.numerator for each in figures]),
        denominator=_sum([each.denominator for each in figures]),
        amount=_sum([each.amount for each in figures]),
    )


def _added_on_population(figures: Sequence[Figure]) -> Figure:
    """Events added up, on the mean of the populations, which are of the same children again and again."""
    populations = [each.denominator for each in figures if each.denominator is not None]
    added = _added(figures)
    if not populations:
        return added
    return replace(added, denominator=(_sum(populations) or Fraction(0)) / len(populations))


def _mean(figures: Sequence[Figure]) -> Figure:
    """The mean of numbers over the periods that have one, given as an amount: it is no count any more."""
    values = [each.amount if each.amount is not None else each.numerator for each in figures]
    return Figure(amount=(_sum(values) or Fraction(0)) / len(values))
