"""What a chart over time is: the series that goes in, and what comes out. Plain frozen data; ``charting`` fills it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from wholestory.indicators.rules.figures import Figure, Kind, Measure
from wholestory.statistics.process import reading
from wholestory.statistics.process.reading import Assurance, Direction
from wholestory.statistics.process.runs import Runs

#: Fewer points than this have no limits at all; fewer than ``SETTLED`` have trial limits.
FEWEST, SETTLED = 7, 13


class Plot(StrEnum):
    """Which chart. ``RUN`` has a middle line and no limits."""

    XMR = "xmr"
    P = "p"
    P_PRIME = "pp"
    U = "u"
    U_PRIME = "up"
    C = "c"
    G = "g"
    T = "t"
    RUN = "run"


#: The method by name: three charts of the same data have three upper limits.
PLOT_WORDS: dict[Plot, str] = {
    Plot.XMR: "XmR chart",
    Plot.P: "p chart",
    Plot.P_PRIME: "p' chart (Laney)",
    Plot.U: "u chart",
    Plot.U_PRIME: "u' chart (Laney)",
    Plot.C: "c chart",
    Plot.G: "g chart, limits by probability",
    Plot.T: "t chart",
    Plot.RUN: "run chart, without limits",
}

#: Which way is better, for the rules of the chart. Where both extremes worry, neither way is better by itself.
WAYS: dict[str, Direction] = {
    "H": Direction.INCREASE, "L": Direction.DECREASE, "N": Direction.NEUTRAL, "B": Direction.NEUTRAL,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """One period and what was supplied for it. Every period of a series stands there, also one without a figure."""

    label: str
    ends_on: date
    figure: Figure


@dataclass(frozen=True, slots=True)
class Begin:
    """Where limits begin anew: a recorded decision, or a change of ``definition``, which also ends all comparison.
    ``baseline_points``: limits rest on so many first periods."""

    place: int
    because: str
    definition: bool = False
    baseline_points: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of one area or agency over periods, oldest first. ``events`` are the days of single events, if the
    board holds them. ``every`` is M, Q, T or A."""

    measure: Measure
    periods: tuple[Period, ...]
    begins: tuple[Begin, ...] = ()
    baseline_points: int | None = None
    target: Fraction | None = None
    events: tuple[date, ...] = ()
    every: str = "Q"


@dataclass(frozen=True, slots=True)
class Point:
    """One period (or one gap between events) on the chart, in the measure's unit. ``rule`` is the first that holds:
    outside, trend, two_of_three, shift or common; None where there is nothing to judge. ``nothing`` says why there is
    no value; a percentage without counts has a value, is marked so, and is not judged."""

    label: str
    value: float | None
    centre: float | None
    lower: float | None
    upper: float | None
    rule: str | None
    reads: reading.Kind | None
    part: int
    nothing: Kind | None = None

    @property
    def signals(self) -> bool:
        """Whether chance would hardly do this."""
        return self.rule not in (None, "common")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch with limits of its own, or without any, and ``because``: why this chart. ``points`` is how many the
    limits rest on; ``mean`` is of events in a period, where events are counted."""

    begins: int
    plot: Plot
    because: str
    points: int
    trial: bool
    mean: float | None = None
    sigma_z: float | None = None
    run: Runs | None = None

    @property
    def limits(self) -> bool:
        """Whether it has limits."""
        return self.plot is not Plot.RUN


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart. What it says now is said by its last part: ``variation`` is what its last point says, ``assurance``
    whether the process as it is meets its target. ``shows_dates``: the points are days of single events, which are for
    closed use and never published."""

    points: tuple[Point, ...]
    parts: tuple[Part, ...]
    variation: reading.Kind | None
    assurance: Assurance | None
    target: float | None
    breaks: tuple[Begin, ...] = ()
    every: str = "Q"
    shows_dates: bool = False
    better: Direction = Direction.NEUTRAL
    notes: tuple[str, ...] = field(default=())

    @property
    def now(self) -> Part:
        """The part that is going on."""
        return self.parts[-1]

    @property
    def plot(self) -> Plot:
        """Which chart the last part is."""
        return self.now.plot

    @property
    def trial(self) -> bool:
        """Whether its limits rest on fewer points than 13."""
        return self.now.trial

    @property
    def last(self) -> Point | None:
        """The last point of the last part that has a value."""
        known = [each for each in self.points if each.value is not None and each.part == len(self.parts) - 1]
        return known[-1] if known else None
