"""What a measure is: one frozen record for each version of each definition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.indicators.catalogue.words import UNITS


@dataclass(frozen=True, slots=True)
class Lag:
    """How long after the end of a period its figure can be expected."""

    amount: int
    unit: str
    """``working_days`` or ``months``."""


@dataclass(frozen=True, slots=True)
class Label:
    """One part of a breakdown, for example ages 10 to 15."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How a measure may be split. Without labels, a board's own list is used (wards, localities)."""

    key: str
    title: str
    labels: tuple[Label, ...] = ()
    overlapping: bool = False
    """Whether one child or event may be in several parts, so that the parts need not add up to the total."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """A limit that a board may start from. With high or low as good: ``green`` and ``amber`` (None: no amber band).
    Where both extremes worry: ``low_red``, ``low_amber``, ``high_amber``, ``high_red`` (None: no such limit).
    Compared with the value as worked out, before any rounding."""

    green: str | None = None
    amber: str | None = None
    low_red: str | None = None
    low_amber: str | None = None
    high_amber: str | None = None
    high_red: str | None = None
    source: str = ""
    unchecked: bool = True


@dataclass(frozen=True, slots=True)
class Break:
    """Where a series stops being comparable with itself: from this day on, or from a day that differs by place."""

    from_on: date | None
    because: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of the definition of one measure. Percentages, rates and ratios are always worked out as
    ``numerator / denominator * multiplier``, never typed. A number (count, days, fte) has no denominator; it may also
    be read as a rate, ``numerator / population * multiplier``."""

    code: str
    version: int
    title: str
    theme: str
    tier: int
    """1: a headline; 2: to look deeper."""
    description: str
    why: str
    numerator: str
    denominator: str
    unit: str
    multiplier: int
    polarity: str
    aggregation: str
    frequency: str
    year: str
    lag: Lag
    providers: tuple[str, ...]
    """Who sends it, the owner of the figure first."""
    reference: str
    small_numbers: str
    oba: str
    exclusions: str = ""
    service: str = ""
    """Whose work it is within the provider, in words: conference chairs, emergency departments."""
    also: tuple[str, ...] = ()
    population: str = ""
    """Which published population a rate is worked out on (``0_17``); empty when the provider sends the denominator."""
    breakdowns: tuple[Breakdown, ...] = ()
    benchmarks: tuple[str, ...] = ()
    """Keys of published measures to compare with, the closest first: ``c1/rereferrals``."""
    feed: str = ""
    """Which figure worked out from child-level files it is: ``REF-2``."""
    quality_source: str = ""
    """The measure of quality to read beside a volume."""
    also_known_as: tuple[str, ...] = ()
    """Codes under which agencies know the same measure."""
    part_of: str = ""
    """The indicator of the catalogue this is one figure of."""
    thresholds: Threshold | None = None
    breaks: tuple[Break, ...] = ()
    caveats: str = ""
    questions: tuple[str, ...] = ()
    """What to ask when the figure moves: a number is a prompt for enquiry."""
    unchecked: str = ""
    """Which of the above has not been checked against its source; empty when nothing."""
    supersedes: str = ""
    """``CODE@VERSION`` of the definition this one takes the place of, when that has another code."""
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def at(self) -> str:
        """``CODE@VERSION``."""
        return f"{self.code}@{self.version}"

    @property
    def is_count(self) -> bool:
        """Whether the value is the numerator itself."""
        return not self.denominator

    @property
    def provider(self) -> str:
        """Who owns the figure."""
        return self.providers[0]

    @property
    def unit_words(self) -> str:
        """The unit for a heading: “per cent”, “per 10,000”."""
        if self.unit in ("rate", "ratio") and self.multiplier > 1:
            return f"per {self.multiplier:,}"
        return UNITS[self.unit]
