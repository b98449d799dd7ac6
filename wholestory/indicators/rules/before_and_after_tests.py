"""The tests of before against after by counts, and which test fits. Each needs enough data, and says so where there is
not enough."""

from __future__ import annotations

from collections.abc import Sequence

from wholestory.indicators.rules import before_and_after_words as words
from wholestory.indicators.rules.before_and_after_limits import by_limits, events_in
from wholestory.indicators.rules.before_and_after_read import Moved, Question, Reading, Side, Way
from wholestory.indicators.rules.charts import FEWEST, Period
from wholestory.indicators.rules.choosing import SPREAD, XMR_FROM
from wholestory.indicators.rules.figures import Measure, shares
from wholestory.statistics.comparison import rate_ratio
from wholestory.statistics.process.attribute import attribute_chart
from wholestory.statistics.proportions import difference
from wholestory.statistics.values import CannotBeCounted

#: Each side of a share needs so many cases, two rates so many events together.
CASES, EVENTS = 10, 10


def overlaps(measure: Measure) -> bool:
    """Whether one period's figure is partly of the same children as the next one's."""
    return measure.aggregation in ("snapshot", "rolling")


def only_last_days(measure: Measure) -> bool:
    """Whether only one period on each side may be compared."""
    return overlaps(measure) and measure.unit == "percent"


def tested(question: Question, whole_before: Sequence[Period]) -> Reading:
    """The answer by the test that fits. ``whole_before`` are all periods before that have a figure."""
    measure, one, two = question.series.measure, question.one, question.two
    counts = _whole(one) and _whole(two)
    if counts and shares(measure) and (measure.unit == "percent" or not overlaps(measure)):
        spread = _spread(measure, whole_before)
        if spread is not None and spread > SPREAD and events_in(whole_before) >= XMR_FROM:
            return by_limits(question, whole_before, (words.moves_anyway(spread),))
        return _by_shares(question) if measure.unit == "percent" else _by_rates(question)
    if counts and measure.unit == "count" and not overlaps(measure) and events_in(whole_before) < XMR_FROM:
        return _by_rates(question)
    return by_limits(question, whole_before)


def _whole(one: Side) -> bool:
    return one.numerator is not None and one.denominator is not None and one.numerator.denominator == 1


def _spread(measure: Measure, before: Sequence[Period]) -> float | None:
    """How far the periods before move beyond chance (Laney's sigma z); None where too few can say."""
    pairs = [(each.figure.numerator, each.figure.denominator) for each in before]
    x = [float(x) for x, _ in pairs if x is not None]
    n = [float(n) for _, n in pairs if n is not None]
    if len(x) < FEWEST or len(n) != len(x):
        return None
    try:
        return attribute_chart("pp" if measure.unit == "percent" else "up", x, n).sigma_z
    except CannotBeCounted:
        return None


def _counts(question: Question) -> tuple[int, float, int, float]:
    one, two = question.one, question.two
    return (
        int(one.numerator or 0), float(one.denominator or 0), int(two.numerator or 0), float(two.denominator or 0)
    )  # fmt: skip


def _by_shares(question: Question) -> Reading:
    x1, n1, x2, n2 = _counts(question)
    if min(n1, n2) < CASES:
        late = n2 < CASES
        return question.told(Moved.TOO_EARLY if late else Moved.CANNOT_TELL, words.few_cases(n1, n2, CASES))
    found = difference(x2, n2, x1, n1)
    if found.value is None or found.lower is None or found.upper is None:
        return question.told(Moved.CANNOT_TELL, words.few_cases(n1, n2, CASES))
    effect = (found.value * 100, found.lower * 100, found.upper * 100)
    sides = words.two_shares(x1, n1, x2, n2)
    if effect[1] <= 0 <= effect[2]:
        return question.told(Moved.NO_SIGN, words.share_not_moved(sides, effect), Way.SHARES, effect)
    moved = question.judged(effect[0] > 0)
    return question.told(
        moved, words.share_moved(sides, effect, judged=bool(question.wanted)), Way.SHARES, effect
    )


def _by_rates(question: Question) -> Reading:
    x1, n1, x2, n2 = _counts(question)
    if x1 + x2 < EVENTS:
        return question.told(Moved.TOO_EARLY, words.few_events(x1, x2, EVENTS))
    sides = words.two_rates(question.one, question.two, question.series.measure)
    found = rate_ratio(x2, n2, x1, n1).ratio
    if found.value is None or found.lower is None or found.upper is None:
        # Nothing happened before, so there is a least ratio and no more.
        least = found.lower or 0.0
        if least <= 1:
            return question.told(Moved.NO_SIGN, words.rate_none_before(sides, moved=False), Way.RATES)
        return question.told(question.judged(True), words.rate_none_before(sides, moved=True), Way.RATES)
    effect = (found.value, found.lower, found.upper)
    if effect[1] <= 1 <= effect[2]:
        return question.told(Moved.NO_SIGN, words.rate_not_moved(sides, effect), Way.RATES, effect)
    moved = question.judged(effect[0] > 1)
    return question.told(
        moved, words.rate_moved(sides, effect, judged=bool(question.wanted)), Way.RATES, effect
    )
