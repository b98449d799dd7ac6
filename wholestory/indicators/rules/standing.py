"""How a figure stands: against its target, the period before and a year ago. Words first; a colour only repeats them.

Everything is judged on exact values: 79.96 is shown as 80.0 and does not meet a target of 80.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from wholestory.indicators.rules.figures import (
    KIND_WORDS,
    Figure,
    Given,
    Kind,
    Measure,
    decimals_of,
    shown,
    shown_apart,
    worth,
)
from wholestory.indicators.rules.standards import Standards
from wholestory.statistics.rounding import rounded


class Status(StrEnum):
    """Where a figure lies. The last four have no colour of meaning: grey is never green."""

    ON_TARGET = "on_target"
    NEAR_TARGET = "near_target"
    OFF_TARGET = "off_target"
    LOW_RED = "low_red"
    LOW_AMBER = "low_amber"
    IN_BAND = "in_band"
    HIGH_AMBER = "high_amber"
    HIGH_RED = "high_red"
    NO_TARGET = "no_target"
    NOT_JUDGED = "not_judged"
    PERCENTAGE_ONLY = "percentage_only"
    NOTHING = "nothing"


COLOURS: dict[Status, str] = {
    Status.ON_TARGET: "green", Status.NEAR_TARGET: "amber", Status.OFF_TARGET: "red",
    Status.LOW_RED: "red", Status.LOW_AMBER: "amber", Status.IN_BAND: "green",
    Status.HIGH_AMBER: "amber", Status.HIGH_RED: "red",
}  # fmt: skip

WORDS: dict[Status, str] = {
    Status.ON_TARGET: "Meets the target",
    Status.NEAR_TARGET: "Just off the target",
    Status.OFF_TARGET: "Below standard",
    Status.LOW_RED: "Much too low",
    Status.LOW_AMBER: "Rather low",
    Status.IN_BAND: "Within the expected range",
    Status.HIGH_AMBER: "Rather high",
    Status.HIGH_RED: "Much too high",
    Status.NO_TARGET: "No target set",
    Status.NOT_JUDGED: "Not judged: a volume",
    Status.PERCENTAGE_ONLY: "Not judged: percentage only",
    Status.NOTHING: "No figure",
}

#: These need commentary by the agency that owns the figure.
BELOW_STANDARD = frozenset({Status.OFF_TARGET, Status.LOW_RED, Status.HIGH_RED})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a figure stands. ``colour`` is green, amber, red or grey; ``words`` says the same without it, and
    ``sentence`` says it with the numbers."""

    status: Status
    sentence: str
    kind: Kind

    @property
    def colour(self) -> str:
        """The colour that goes with the words."""
        return COLOURS.get(self.status, "grey")

    @property
    def words(self) -> str:
        """The status for a reader."""
        return WORDS[self.status]

    @property
    def below_standard(self) -> bool:
        """Whether the agency must say why."""
        return self.status in BELOW_STANDARD


def standing(figure: Figure, measure: Measure, standards: Standards | None) -> Standing:
    """How the figure stands against what was set. Only what was counted is judged, zero included: 0 of 20 in time is
    as far off a target as can be. Volumes have no status, and no target is grey."""
    found = worth(figure, measure)
    if found.value is None:
        return Standing(Status.NOTHING, f"There is no figure: {KIND_WORDS[found.kind]}.", found.kind)
    if not found.counted:
        said = f"{shown(found.value, measure)}, {KIND_WORDS[found.kind]}; it is not compared with a target."
        return Standing(Status.PERCENTAGE_ONLY, said, found.kind)
    said = shown(found.value, measure)
    if measure.polarity == "N":
        return Standing(Status.NOT_JUDGED, f"{said}. Neither more nor less is better by itself.", found.kind)
    if standards is None or not standards.set_for(measure.polarity):
        return Standing(Status.NO_TARGET, f"{said}. No target has been set.", found.kind)
    if measure.polarity == "B":
        return Standing(*_in_band(found.value, standards, measure), found.kind)
    return Standing(*_against(found.value, standards, measure), found.kind)


def _against(value: Fraction, standards: Standards, measure: Measure) -> tuple[Status, str]:
    target = standards.target
    if target is None:
        raise ValueError("A target is set where high or low is good.")
    high = measure.polarity == "H"
    here, aim = shown_apart(value, target, measure)
    wanted = "at least" if high else "at most"
    if value >= target if high else value <= target:
        return Status.ON_TARGET, f"{here}; the target is {wanted} {aim}."
    off = _by(abs(value - target), measure)
    side = "below" if high else "above"
    limit = standards.amber_limit(measure.polarity)
    if limit is not None and (value >= limit if high else value <= limit):
        return Status.NEAR_TARGET, (
            f"{here} is {off} {side} the target of {aim}, and within {standards.amber_words(measure)}."
        )
    beyond = "" if limit is None else f", more than {standards.amber_words(measure)} allows"
    return Status.OFF_TARGET, f"{here} is {off} {side} the target of {aim}{beyond}."


def _in_band(value: Fraction, standards: Standards, measure: Measure) -> tuple[Status, str]:
    limits = (
        (standards.low_red, Status.LOW_RED, True), (standards.high_red, Status.HIGH_RED, False),
        (standards.low_amber, Status.LOW_AMBER, True), (standards.high_amber, Status.HIGH_AMBER, False),
    )  # fmt: skip
    for limit, status, low in limits:
        if limit is not None and (value < limit if low else value > limit):
            here, edge = shown_apart(value, limit, measure)
            return status, f"{here} is {'below' if low else 'above'} {edge}. {_BOTH}"
    return Status.IN_BAND, f"{shown(value, measure)} lies within {standards.band_words(measure)}. {_BOTH}"


_BOTH = "For this measure both very low and very high figures are worrying."


@dataclass(frozen=True, slots=True)
class Direction:
    """How a figure moved. ``way`` is up, down, same or unknown; ``better`` is better, worse, or empty where neither
    can be said. ``change`` is exact, in the measure's unit (percentage points for percentages)."""

    way: str
    better: str
    change: Fraction | None
    sentence: str

    @property
    def words(self) -> str:
        """Short, for a table: ``up, better``."""
        said = {"up": "Up", "down": "Down", "same": "No change", "unknown": "Cannot be compared"}[self.way]
        return f"{said}, {self.better}" if self.better else said


def direction(
    now: Figure, before: Figure, measure: Measure, *, since: str, standards: Standards | None = None,
    comparable: bool = True,
) -> Direction:  # fmt: skip
    """How the figure moved ``since`` (``last quarter``, ``the same quarter last year``).

    ``comparable`` is False across a change of definition. A percentage without counts is not compared: it may be of
    something else. Whether a move is more than chance is for the chart to say.
    """
    here, there = worth(now, measure), worth(before, measure)
    if not comparable:
        return Direction(
            "unknown", "", None, f"Not comparable with {since}: the definition changed in between."
        )
    if here.value is None or there.value is None or not here.counted or not there.counted:
        missing, which = (there, f"of {since}") if here.counted else (here, "now")
        return Direction(
            "unknown",
            "",
            None,
            f"Not compared with {since}: the figure {which} is {KIND_WORDS[missing.kind]}.",
        )
    change = here.value - there.value
    if change == 0:
        return Direction("same", "", change, f"The same as {since}: {shown(here.value, measure)}.")
    way = "up" if change > 0 else "down"
    to, was = shown_apart(here.value, there.value, measure)
    better = _better(here.value, there.value, measure, standards)
    by = _by(abs(change), measure)
    judged = f", which is {better}" if better else ""
    return Direction(
        way, better, change, f"{way.capitalize()} by {by} since {since}, from {was} to {to}{judged}."
    )


def _by(change: Fraction, measure: Measure) -> str:
    """A difference for a reader, with enough decimals not to look like none. Percentages differ by points."""
    least = decimals_of(measure)
    places = next((each for each in range(least, least + 4) if rounded(change, each)), least + 3)
    said = shown(change, measure, places)
    if measure.unit == "percent":
        return f"{said.removesuffix('%')} percentage {'point' if change == 1 else 'points'}"
    return said


def _better(now: Fraction, before: Fraction, measure: Measure, standards: Standards | None) -> str:
    if measure.polarity in ("H", "L"):
        return "better" if (now > before) == (measure.polarity == "H") else "worse"
    if measure.polarity != "B" or standards is None or not standards.set_for("B"):
        return ""
    off_now, off_before = standards.outside_band(now), standards.outside_band(before)
    if off_now == off_before:
        return ""
    return "better" if off_now < off_before else "worse"


def against(value: Given, other: Given, measure: Measure, whose: str) -> str:
    """A comparison with somebody's published figure, in words and without a judgement: chance is for the funnel."""
    exact, theirs = Fraction(value), Fraction(other)
    if exact == theirs:
        return f"The same as {whose} ({shown(theirs, measure)})."
    here, there = shown_apart(exact, theirs, measure)
    return f"{here}, {'higher' if exact > theirs else 'lower'} than {whose} ({there})."
