"""Did it move? The series before and after an action, read honestly: too early to say is an answer.

Shares are compared by the difference of two proportions (Newcombe), rates of events by their exact ratio, numbers and
times against the limits of the time before (XmR). Where the time before moved more than counts alone would make it, its
limits decide instead. A change after an action is not yet a change because of it, and every reading says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from wholestory.indicators.rules import before_and_after_tests as tests
from wholestory.indicators.rules import before_and_after_words as words
from wholestory.indicators.rules.before_and_after_read import (
    ANSWERS,
    WAY_WORDS,
    Moved,
    Question,
    Reading,
    Side,
    Way,
    side,
)
from wholestory.indicators.rules.charts import FEWEST, WAYS, Period, Series
from wholestory.indicators.rules.figures import Kind, Measure, worth
from wholestory.statistics.process.reading import Direction

__all__ = ["ANSWERS", "WAY_WORDS", "Moved", "Reading", "Side", "Way", "did_it_move", "with_limits_of_before"]

#: Each side needs so many periods with a figure; one period alone may be anything.
EACH_SIDE = 2
_WANTED = {Direction.INCREASE: "up", Direction.DECREASE: "down", Direction.NEUTRAL: ""}


def did_it_move(
    series: Series, action_on: date, *, done_on: date | None = None, wanted: str = "",
    picked_because_off_target: bool = False,
) -> Reading:  # fmt: skip
    """Whether the series moved after an action that began on ``action_on`` and was finished on ``done_on``.

    Periods that ended before it began are before; those that began once it was finished are after; what lies between
    is neither (a period begins the day after the one before it ended; a figure over twelve months is after when all
    twelve are). Nothing is compared across a change of definition. ``wanted`` is up or down; without it the measure
    says which way is better, and where it says neither, the answer cannot be the right or the wrong way.
    """
    measure, done = series.measure, done_on or action_on
    usable, changed = _comparable(series, action_on)
    before = [each for each in usable if each.ends_on < action_on]
    after = _after(usable, done, rolling=measure.aggregation == "rolling")
    first, second = _counted(before, measure), _counted(after, measure)
    single = tests.only_last_days(measure)
    if single:
        # The same children stand in one period after the other: only the last day on each side counts.
        first, second = first[-1:], second[-1:]
    question = Question(
        series, first, second, side(first, measure), side(second, measure), wanted or _WANTED[WAYS[measure.polarity]],
        words.cautions(
            picked=picked_because_off_target, few=len(before) < FEWEST, overlapping=tests.overlaps(measure)
        ),
    )  # fmt: skip
    told = _lacking(question, before, after, changed, 1 if single else EACH_SIDE)
    return told or tests.tested(question, _counted(before, measure))


def with_limits_of_before(series: Series, action_on: date) -> Series:
    """The series with limits that rest on the time before the action, for its chart: else what came after would move
    the limits it is held against. The same series where there are too few periods before."""
    start = max(
        (each.place for each in series.begins if series.periods[each.place - 1].ends_on < action_on),
        default=0,
    )
    before = [each for each in series.periods[start:] if each.ends_on < action_on]
    if len(_counted(before, series.measure)) < FEWEST:
        return series
    if start == 0:
        return replace(series, baseline_points=len(before))
    begins = tuple(
        replace(each, baseline_points=len(before)) if each.place == start else each for each in series.begins
    )
    return replace(series, begins=begins)


def _comparable(series: Series, action_on: date) -> tuple[list[Period], tuple[str, str]]:
    """The periods under the definition that was in force at the action, where it began and where another followed."""
    start, stop = 0, len(series.periods)
    for each in series.begins:
        if not each.definition:
            continue
        if series.periods[each.place - 1].ends_on < action_on:
            start = max(start, each.place)
        else:
            stop = min(stop, each.place)
    began = series.periods[start].label if start else ""
    ended = series.periods[stop].label if stop < len(series.periods) else ""
    return list(series.periods[start:stop]), (began, ended)


def _after(periods: Sequence[Period], done: date, *, rolling: bool) -> list[Period]:
    if rolling:
        return [each for each in periods if (each.ends_on - done).days >= 365]
    return [each for at, each in enumerate(periods[1:]) if (done - periods[at].ends_on).days <= 1]


def _counted(periods: Sequence[Period], measure: Measure) -> list[Period]:
    return [each for each in periods if worth(each.figure, measure).counted]


def _lacking(
    question: Question, before: Sequence[Period], after: Sequence[Period], changed: tuple[str, str], enough: int
) -> Reading | None:  # fmt: skip
    """The answer where there is no test: what is lacking, and on which side."""
    every, measure = question.series.every, question.series.measure
    alone = sum(1 for each in (*before, *after) if worth(each.figure, measure).kind is Kind.PERCENTAGE_ONLY)
    if not before:
        return question.told(Moved.CANNOT_TELL, words.nothing_before(changed[0]))
    if not after and changed[1]:
        return question.told(Moved.CANNOT_TELL, words.definition_changed(changed[1]))
    if not after:
        return question.told(Moved.TOO_EARLY, words.nothing_after(every))
    if alone and min(len(question.before), len(question.after)) < enough:
        return question.told(Moved.CANNOT_TELL, words.percentages_only(alone))
    if not question.after:
        return question.told(Moved.CANNOT_TELL, words.none_supplied(len(after), every))
    if len(question.before) < enough:
        return question.told(Moved.CANNOT_TELL, words.too_few_before(len(question.before), enough, every))
    if len(question.after) < enough:
        return question.told(Moved.TOO_EARLY, words.too_few_after(len(question.after), enough, every))
    return None
