"""What a chart does and does not show, in a sentence or two for board members.

A signal is a question, not a finding. No signal is not proof that nothing changed. Both are said every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from wholestory.indicators.rules.charts import SETTLED, Chart, Plot, Point
from wholestory.indicators.rules.figures import KIND_WORDS
from wholestory.statistics.process.reading import RUN, Assurance, Kind

PERIODS = {"M": "month", "Q": "quarter", "T": "term", "A": "year"}

#: What each label means, for a reader who has never seen such a chart.
EXPLAINED: dict[str, str] = {
    "outside": "The point lies beyond the limits, where fewer than one in a hundred would lie if nothing had changed.",
    "trend": f"{RUN} points or more in a row, each higher (or each lower) than the one before.",
    "two_of_three": "Two of three points in a row lie far out towards the same limit.",
    "shift": f"{RUN} points or more in a row on the same side of the average.",
    "common": "The ups and downs that are there when nothing has changed.",
}

#: Short names of the labels, for marks on a drawing and for table rows.
LABELS: dict[str, str] = {
    "outside": "outside the limits",
    "trend": "trend",
    "two_of_three": "near the limit",
    "shift": "run on one side",
    "common": "within the usual range",
}

KIND_SAID: dict[Kind, str] = {
    Kind.COMMON: "usual variation",
    Kind.IMPROVEMENT: "improvement",
    Kind.CONCERN: "concern",
    Kind.NEUTRAL_HIGH: "higher than usual",
    Kind.NEUTRAL_LOW: "lower than usual",
}

_NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_SURE = "this is unlikely to be chance"
_UNSETTLED = "While the figure is changing, nobody can say from its limits whether the target will be met."
_NO_MORE = "The chart says that something changed, not what it was or why."


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of a chart. ``headline`` is one sentence; ``more`` qualifies it; ``limits_rest_on`` is about the
    method. ``signal`` says whether the agency must say something about it."""

    headline: str
    more: tuple[str, ...]
    limits_rest_on: str
    signal: bool

    @property
    def sentences(self) -> str:
        """All of it, to be read in one go."""
        return " ".join([self.headline, *self.more])


def read(chart: Chart) -> Reading:
    """What this chart says now, and how sure one can be of it."""
    last = chart.last
    more: list[str] = []
    if last is None:
        headline = (
            "There is no figure to read since the series began anew."
            if chart.breaks
            else "There are no figures."
        )
        return Reading(headline, tuple(chart.notes), chart.now.because, False)
    newest = chart.points[-1]
    if newest.value is None and newest.nothing is not None:
        more.append(f"The newest figure is of {last.label}; {newest.label}: {KIND_WORDS[newest.nothing]}.")
    if chart.plot is Plot.RUN:
        headline, signal = _without_limits(chart)
        return Reading(headline, (*more, *chart.notes), chart.now.because, signal)
    signal = last.signals
    if signal:
        headline = f"{_signal(chart, last)}: {_SURE}{_unsure(chart)}."
        more += [_judged(chart, last), _NO_MORE]
    else:
        headline = f"Nothing here that chance would not explain{_few(chart)}."
        earlier = [each for each in chart.points if each.signals and each.part == last.part]
        if earlier:
            where = earlier[-1]
            headline = f"The newest point is within the usual range{_few(chart)}."
            more.append(f"The last signal was at {where.label} ({LABELS[where.rule or 'common']}).")
    if chart.breaks:
        more.append(_begun(chart))
    if chart.assurance is not None:
        more.append(_UNSETTLED if signal else _assured(chart.assurance))
    return Reading(headline, (*more, *chart.notes), _rests_on(chart), signal)


def _without_limits(chart: Chart) -> tuple[str, bool]:
    part, period = chart.now, PERIODS[chart.every]
    if part.run is None:
        points = sum(
            1 for each in chart.points if each.part == len(chart.parts) - 1 and each.value is not None
        )
        return f"{_counted(points, period).capitalize()} is too few to tell change from chance.", False
    if part.run.signal:
        return (
            f"The figures stay on one side of their middle for longer than chance would have it: {_SURE}. "
            "Without limits nobody can say how far a single figure may lie.",
            True,
        )
    return (
        "Nothing here that chance would not explain, but without limits only a lasting change would show.",
        False,
    )


def _signal(chart: Chart, last: Point) -> str:
    high = last.value is not None and last.centre is not None and last.value > last.centre
    gaps = chart.plot in (Plot.G, Plot.T)
    period = "gap" if gaps else PERIODS[chart.every]
    if last.rule == "outside":
        if gaps:
            return f"The last gap is {'longer' if high else 'shorter'} than the usual gaps between events"
        return f"{last.label} lies {'above' if high else 'below'} the limits"
    if last.rule == "trend":
        up = _rising(chart, last)
        return f"{_run(chart, last, period)} each {'higher' if up else 'lower'} than the one before"
    if last.rule == "two_of_three":
        return f"Two of the last three {period}s lie far out on the {'high' if high else 'low'} side"
    side = "above" if high else "below"
    middle = "the middle gap" if gaps else "the average"
    return f"{_run(chart, last, period)} {side} {middle}"


def _points_of(chart: Chart, last: Point) -> list[Point]:
    """The points of the last part up to the last, back to the first gap."""
    at = max(i for i, each in enumerate(chart.points) if each is last)
    found: list[Point] = []
    for each in reversed(chart.points[: at + 1]):
        if each.part != last.part or each.value is None or each.rule is None:
            break
        found.append(each)
    return found


def _run(chart: Chart, last: Point, period: str) -> str:
    """How many points in a row, counted from the last one backwards."""
    back = [(each.value, each.centre) for each in _points_of(chart, last)]
    values = [value for value, _ in back if value is not None]
    if last.rule == "trend":
        up = _rising(chart, last)
        number = 1
        for newer, older in pairwise(values):
            if newer == older or (newer > older) != up:
                break
            number += 1
    else:
        sides = [
            value > centre
            for value, centre in back
            if value is not None and centre is not None and value != centre
        ]
        number = next((at for at, side in enumerate(sides) if side != sides[0]), len(sides))
    return f"{_word(number).capitalize()} {period}s in a row"


def _rising(chart: Chart, last: Point) -> bool:
    values = [each.value for each in _points_of(chart, last)[:2] if each.value is not None]
    return len(values) == 2 and values[0] > values[1]


def _judged(chart: Chart, last: Point) -> str:
    if last.reads is Kind.IMPROVEMENT:
        return "It is in the direction the board wants."
    if last.reads is Kind.CONCERN:
        return "It is not in the direction the board wants."
    return "Whether that is good or bad the figure alone does not say."


def _unsure(chart: Chart) -> str:
    return f", though {chart.now.points} points is few and the limits are for trial" if chart.trial else ""


def _few(chart: Chart) -> str:
    return f"; {chart.now.points} points is too few to be sure" if chart.trial else ""


def _begun(chart: Chart) -> str:
    latest = chart.breaks[-1]
    why = latest.because.rstrip(".")
    if chart.shows_dates:
        return f"Only events since the series began anew are shown ({why})."
    label = chart.points[latest.place].label
    if latest.definition:
        return (
            f"The definition changed at {label} ({why}): figures before it are not compared with those after."
        )
    return f"By decision the limits begin anew at {label} ({why})."


def _assured(assured: Assurance) -> str:
    if assured is Assurance.MEETS:
        return "As things are, the target will be met every time: it lies beyond the limits on the easy side."
    if assured is Assurance.MISSES:
        return "As things are, the target will not be met: it lies beyond the limits, and only a change will reach it."
    return "As things are, the target will be met in some periods and missed in others, by chance."


def _rests_on(chart: Chart) -> str:
    trial = f" Fewer than {SETTLED} points: the limits are for trial." if chart.trial else ""
    return f"{chart.now.because}{trial}"


def _counted(number: int, period: str) -> str:
    return f"{_word(number)} {period}{'' if number == 1 else 's'}"


def _word(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)
