"""The answer to “did it move?”, the question it answers, and both sides in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from wholestory.indicators.rules.charts import Period, Series
from wholestory.indicators.rules.figures import Measure, shares, worth


class Moved(StrEnum):
    """The answer."""

    RIGHT_WAY = "right_way"
    WRONG_WAY = "wrong_way"
    NO_SIGN = "no_sign"
    TOO_EARLY = "too_early"
    CANNOT_TELL = "cannot_tell"


ANSWERS: dict[Moved, str] = {
    Moved.RIGHT_WAY: "Moved the right way",
    Moved.WRONG_WAY: "Moved the wrong way",
    Moved.NO_SIGN: "No sign of change",
    Moved.TOO_EARLY: "Too early to say",
    Moved.CANNOT_TELL: "Cannot be told",
}


class Way(StrEnum):
    """By which test."""

    SHARES = "shares"
    RATES = "rates"
    LIMITS = "limits"
    NONE = "none"


WAY_WORDS: dict[Way, str] = {
    Way.SHARES: "Difference of two shares, from counts (Newcombe, 95%)",
    Way.RATES: "Ratio of two rates, from counts (exact, 95%)",
    Way.LIMITS: "Points after the action against the limits of the time before (XmR)",
    Way.NONE: "Not tested",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the action: how many periods have a figure, from when to when, its value, and the counts behind it
    (of a number without a denominator, its events and its periods)."""

    periods: int
    first: str = ""
    last: str = ""
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer with its sentence and its numbers. ``effect`` is the difference in percentage points (shares) or the
    ratio (rates), after against before, with its 95% interval. ``cautions`` are said every time."""

    moved: Moved
    sentence: str
    way: Way
    before: Side
    after: Side
    cautions: tuple[str, ...]
    effect: float | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def words(self) -> str:
        """The answer, short."""
        return ANSWERS[self.moved]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the periods with a figure on each side, and which way was wanted (up, down or not said)."""

    series: Series
    before: Sequence[Period]
    after: Sequence[Period]
    one: Side
    two: Side
    wanted: str
    cautions: tuple[str, ...]

    def told(
        self, moved: Moved, sentence: str, way: Way = Way.NONE, effect: tuple[float, float, float] | None = None,
        also: tuple[str, ...] = (),
    ) -> Reading:  # fmt: skip
        """An answer to it."""
        numbers = effect or (None, None, None)
        return Reading(moved, sentence, way, self.one, self.two, (*also, *self.cautions), *numbers)

    def judged(self, up: bool) -> Moved:
        """The right way, the wrong way, or neither where nobody said which was wanted."""
        if not self.wanted:
            return Moved.CANNOT_TELL
        return Moved.RIGHT_WAY if up == (self.wanted == "up") else Moved.WRONG_WAY


def side(periods: Sequence[Period], measure: Measure) -> Side:
    """One side in numbers: counts added up where every period has them, else the mean of the values."""
    values = [found for each in periods if (found := worth(each.figure, measure).value) is not None]
    if not values:
        return Side(0)
    first, last = periods[0].label, periods[-1].label
    x = [Fraction(each.figure.numerator) for each in periods if each.figure.numerator is not None]
    n = [Fraction(each.figure.denominator) for each in periods if each.figure.denominator is not None]
    mean = sum(values, Fraction(0)) / len(values)
    if len(x) < len(periods) or (shares(measure) and len(n) < len(periods)):
        return Side(len(periods), first, last, mean)
    events = sum(x, Fraction(0))
    if not shares(measure):
        return Side(len(periods), first, last, mean, events, Fraction(len(periods)))
    among = sum(n, Fraction(0))
    return Side(len(periods), first, last, events / among * measure.multiplier, events, among)
