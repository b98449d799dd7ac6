"""What is said of before and after: one sentence with its numbers, and the cautions that go with every answer."""

from __future__ import annotations

from fractions import Fraction

from wholestory.indicators.rules.before_and_after_read import Side
from wholestory.indicators.rules.figures import Measure, shown
from wholestory.indicators.rules.reading_charts import PERIODS
from wholestory.statistics.rounding import percent, rounded

Effect = tuple[float, float, float]


def cautions(*, picked: bool, few: bool, overlapping: bool) -> tuple[str, ...]:
    """What every reader must bear in mind."""
    said = [
        "After the action is not because of it: anything else that changed at that time may be the reason.",
        "One period resembles the next, so the figures say less than as many independent ones would.",
    ]
    if picked:
        said.append(
            "The measure was picked because it stood badly. Such figures tend to come back towards their usual level "
            "by themselves, so some improvement was to be expected without any action."
        )
    if few:
        said.append("There are fewer than seven periods before, so nobody knows how much it usually moves.")
    if overlapping:
        said.append("The figures of one period are partly of the same children as those of the next.")
    return tuple(said)


def _periods(number: int, every: str) -> str:
    return f"{number} {PERIODS[every]}{'' if number == 1 else 's'}"


def nothing_before(changed_at: str) -> str:
    """No period to compare with."""
    if changed_at:
        return f"No figure from before the action was counted the same way: the definition changed at {changed_at}."
    return "There is no figure from before the action, so there is nothing to compare with."


def definition_changed(label: str) -> str:
    """Everything after is of another definition."""
    return f"The definition changed at {label}, before a whole period had passed: before and after are not comparable."


def nothing_after(every: str) -> str:
    """No whole period since."""
    return f"No whole {PERIODS[every]} has passed since the action was finished."


def percentages_only(number: int) -> str:
    """Too many periods without counts."""
    who = "One period has a percentage" if number == 1 else f"{number} periods have percentages"
    return f"{who} without counts, and without counts nobody can say what is chance."


def none_supplied(number: int, every: str) -> str:
    """Time has passed and nobody supplied anything."""
    return f"{_periods(number, every)} passed since the action, and no figure of them can be used."


def too_few_before(number: int, least: int, every: str) -> str:
    """Not enough before."""
    return f"Only {_periods(number, every)} before the action can be used; at least {least} are needed."


def too_few_after(number: int, least: int, every: str) -> str:
    """Not enough after."""
    return f"Only {_periods(number, every)} since the action has a figure; at least {least} are needed."


def few_cases(before: float, after: float, least: int) -> str:
    """Too few cases on a side."""
    return (
        f"There were {before:,g} cases before and {after:,g} after; at least {least} are needed on each side."
    )


def few_events(before: int, after: int, least: int) -> str:
    """Too few events together."""
    return f"There were {before} events before and {after} after: fewer than {least} in all say nothing of a change."


def no_limits(number: int, least: int, every: str) -> str:
    """Not enough before for limits."""
    return f"Limits need at least {least} {PERIODS[every]}s before the action; there are {number}."


def not_side_by_side() -> str:
    """Figures before with gaps between all of them."""
    return "Limits need figures of periods next to each other, and there are none before the action."


def too_rare(mean: float, least: int) -> str:
    """A mean too small for limits of single values."""
    return (
        f"It was {mean:.2g} a period before the action: under {least}, where limits of single values mislead."
    )


def two_shares(x1: int, n1: float, x2: int, n2: float) -> str:
    """Both sides as shares with their counts."""
    one, two = percent(x1, int(n1), 1), percent(x2, int(n2), 1)
    return f"{one}% before ({x1:,} of {n1:,g}) and {two}% after ({x2:,} of {n2:,g})"


def share_moved(sides: str, effect: Effect, *, judged: bool) -> str:
    """The shares differ by more than chance."""
    way = "up" if effect[0] > 0 else "down"
    return (
        f"{sides}: {way} by {_one(abs(effect[0]))} percentage points (95% interval {_range(effect)}), more than chance "
        f"would explain.{_unjudged(judged)}"
    )


def share_not_moved(sides: str, effect: Effect) -> str:
    """The shares may be the same."""
    return f"{sides}: by chance alone the two may differ so. Any change {_range(effect)} points would fit the counts."


def two_rates(one: Side, two: Side, measure: Measure) -> str:
    """Both sides as rates with their events."""
    return f"{_rate(one, measure)} before and {_rate(two, measure)} after"


def _rate(one: Side, measure: Measure) -> str:
    if measure.unit == "count":
        return f"{int(one.numerator or 0):,} in {_plural(one.periods)}"
    return (
        f"{shown(one.value or 0, measure)} a period ({int(one.numerator or 0):,} in {_plural(one.periods)})"
    )


def _plural(number: int) -> str:
    return f"{number} period{'' if number == 1 else 's'}"


def rate_moved(sides: str, effect: Effect, *, judged: bool) -> str:
    """The rates differ by more than chance."""
    return (
        f"{sides}: {_two(effect[0])} times as often (95% interval {_two(effect[1])} to {_two(effect[2])}), more than "
        f"chance would explain.{_unjudged(judged)}"
    )


def rate_not_moved(sides: str, effect: Effect) -> str:
    """The rates may be the same."""
    return (
        f"{sides}: by chance alone the two may differ so. Anything from {_two(effect[1])} to {_two(effect[2])} times "
        "as often would fit the counts."
    )


def rate_none_before(sides: str, *, moved: bool) -> str:
    """Nothing happened before."""
    end = "more than chance would explain" if moved else "by chance alone that may happen"
    return f"{sides}: {end}. There was none before, so there is no ratio."


def moves_anyway(spread: float) -> str:
    """Why limits decide although there are counts."""
    return (
        f"Before the action the figure moved {spread:.1f} times as much as counts alone would make it, so the limits "
        "of that time decide, not the counts."
    )


def unsteady() -> str:
    """The time before had signals of its own."""
    return "The figure was not steady before the action either, so its limits say less than usual."


def limits(lower: float, upper: float, centre: float, measure: Measure) -> str:
    """The limits of before, for a reader."""
    most = Fraction(100) if measure.unit == "percent" else None
    low, high = max(Fraction(0), Fraction(lower)), Fraction(upper)
    high = high if most is None else min(most, high)
    usual = shown(Fraction(centre), measure)
    return f"the limits of before ({shown(low, measure)} to {shown(high, measure)}, average {usual})"


def limits_moved(outside: int, points: int, said: str, every: str, *, up: bool, judged: bool) -> str:
    """Points beyond the limits, or a run of seven on one side."""
    side = "above" if up else "below"
    if outside:
        return (
            f"{outside} of {_periods(points, every)} since the action "
            f"{'lies' if outside == 1 else 'lie'} {side} {said}, more than chance would explain.{_unjudged(judged)}"
        )
    return (
        f"Seven {PERIODS[every]}s or more in a row since the action lie {side} the average of before, more than chance "
        f"would explain: none lies beyond {said}.{_unjudged(judged)}"
    )


def came_back(said: str, every: str) -> str:
    """There were signals, and the newest point is none."""
    return f"At first the figure went beyond {said}, but the newest {PERIODS[every]} is back within them."


def all_inside(points: int, said: str, every: str) -> str:
    """No signal."""
    more = " A smaller change that lasts would show only after seven." if points < 7 else ""
    return f"All of {_periods(points, every)} since the action {'lies' if points == 1 else 'lie'} within {said}.{more}"


def _unjudged(judged: bool) -> str:
    return "" if judged else " Nobody recorded which way was wanted, so this is neither right nor wrong."


def _range(effect: Effect) -> str:
    return f"from {_signed(effect[1])} to {_signed(effect[2])}"


def _signed(value: float) -> str:
    number = rounded(Fraction(value), 1)
    return f"+{number:f}" if number > 0 else f"{abs(number):f}" if number == 0 else f"−{abs(number):f}"


def _one(value: float) -> str:
    return f"{rounded(Fraction(value), 1):f}"


def _two(value: float) -> str:
    return f"{rounded(Fraction(value), 2):f}"
