"""What a board set for a measure: a target with its amber band, or the limits of a range. Data, never code.

An amber band is either a value of its own (``amber``) or so far off the target (``tolerance``), and then it says
whether that is relative or in points: 10% off 80% is 72% relative, and 70% in percentage points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from wholestory.indicators.rules.figures import Measure, shown

RELATIVE, POINTS = "relative", "points"


class BadStandards(ValueError):
    """What was set makes no sense; ``problems`` says why, a sentence for each field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


class Start(Protocol):
    """The thresholds a definition of the catalogue suggests."""

    @property
    def green(self) -> str | None: ...

    @property
    def amber(self) -> str | None: ...

    @property
    def low_red(self) -> str | None: ...

    @property
    def low_amber(self) -> str | None: ...

    @property
    def high_amber(self) -> str | None: ...

    @property
    def high_red(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Standards:
    """The limits, exact. With high or low as good: ``target`` and perhaps ``amber`` or ``tolerance``; where both
    extremes worry, any of the four others."""

    target: Fraction | None = None
    amber: Fraction | None = None
    tolerance: Fraction | None = None
    tolerance_is: str = ""
    low_red: Fraction | None = None
    low_amber: Fraction | None = None
    high_amber: Fraction | None = None
    high_red: Fraction | None = None

    def set_for(self, polarity: str) -> bool:
        """Whether anything is set that a measure of this polarity is judged by."""
        if polarity in ("H", "L"):
            return self.target is not None
        return polarity == "B" and any(
            each is not None for each in (self.low_red, self.low_amber, self.high_amber, self.high_red)
        )

    def amber_limit(self, polarity: str) -> Fraction | None:
        """The last value that is still amber, or None when there is no amber band."""
        if self.amber is not None or self.tolerance is None or self.target is None:
            return self.amber
        off = self.tolerance * (abs(self.target) / 100 if self.tolerance_is == RELATIVE else 1)
        return self.target - off if polarity == "H" else self.target + off

    def amber_words(self, measure: Measure) -> str:
        """The amber band for a reader, saying what its per cents are of."""
        if self.amber is not None or self.tolerance is None:
            return f"the band to {shown(self.amber or 0, measure)}"
        number = f"{float(self.tolerance):g}"
        if self.tolerance_is == RELATIVE:
            return f"{number}% of the target"
        if measure.unit == "percent":
            return f"{number} percentage points"
        return shown(self.tolerance, measure)

    def outside_band(self, value: Fraction) -> Fraction:
        """How far a value lies outside the green range; 0 inside it."""
        low = self.low_amber if self.low_amber is not None else self.low_red
        high = self.high_amber if self.high_amber is not None else self.high_red
        if low is not None and value < low:
            return low - value
        if high is not None and value > high:
            return value - high
        return Fraction(0)

    def band_words(self, measure: Measure) -> str:
        """The green range for a reader."""
        low = self.low_amber if self.low_amber is not None else self.low_red
        high = self.high_amber if self.high_amber is not None else self.high_red
        if low is None:
            return f"the range up to {shown(high or 0, measure)}"
        if high is None:
            return f"the range from {shown(low, measure)}"
        return f"the range from {shown(low, measure)} to {shown(high, measure)}"

    def words(self, measure: Measure) -> str:
        """What was set, in a sentence without its full stop: ``80% or more; just off down to 70%``."""
        if self.target is None:
            return "; ".join(
                f"{said} {_exactly(value, measure)}"
                for said, value in (
                    ("much too low below", self.low_red), ("rather low below", self.low_amber),
                    ("rather high above", self.high_amber), ("much too high above", self.high_red),
                )
                if value is not None
            )  # fmt: skip
        high = measure.polarity == "H"
        said = f"{_exactly(self.target, measure)} or {'more' if high else 'less'}"
        limit = self.amber_limit(measure.polarity)
        return (
            said
            if limit is None
            else f"{said}; just off {'down' if high else 'up'} to {_exactly(limit, measure)}"
        )


def _exactly(value: Fraction, measure: Measure) -> str:
    """A limit as it was set, never rounded to fewer places than it has."""
    places = next((number for number in range(6) if value * 10**number == int(value * 10**number)), 6)
    return shown(value, measure, places)


def possible(found: Standards, measure: Measure) -> None:
    """Raises BadStandards where a limit lies beyond what the figure can ever be."""
    problems = {}
    for name in ("target", "amber", "low_red", "low_amber", "high_amber", "high_red"):
        value: Fraction | None = getattr(found, name)
        if value is None:
            continue
        if measure.unit == "percent" and not 0 <= value <= 100:
            problems[name] = "A percentage lies between 0 and 100."
        elif value < 0:
            problems[name] = "This figure is never below 0, so a limit of it cannot be."
    if problems:
        raise BadStandards(problems)


_NUMBERS = tuple(each.name for each in fields(Standards) if each.name != "tolerance_is")


def read(given: Mapping[str, object], polarity: str) -> Standards:
    """Standards from what is kept: numbers as text. Raises BadStandards with a sentence for each field."""
    numbers: dict[str, Fraction] = {}
    problems: dict[str, str] = {}
    for name, value in given.items():
        if name == "tolerance_is" or value in (None, ""):
            continue
        if name not in _NUMBERS:
            problems[name] = f"There is no limit called {name}."
            continue
        try:
            numbers[name] = Fraction(Decimal(str(value)))
        except (InvalidOperation, ValueError, OverflowError):
            problems[name] = f"{value} is not a number."
    is_of = str(given.get("tolerance_is") or "")
    found = Standards(**numbers, tolerance_is=is_of)
    problems |= {name: said for name, said in _problems(found, polarity).items() if name not in problems}
    if problems:
        raise BadStandards(problems)
    return found


def suggested(start: Start | None, polarity: str) -> Standards | None:
    """What the catalogue suggests to begin with, or None."""
    if start is None:
        return None
    kept = {
        "target": start.green, "amber": start.amber, "low_red": start.low_red, "low_amber": start.low_amber,
        "high_amber": start.high_amber, "high_red": start.high_red,
    }  # fmt: skip
    return read(kept, polarity)


def _problems(found: Standards, polarity: str) -> dict[str, str]:
    said: dict[str, str] = {}
    if polarity == "N" and found != Standards():
        said["target"] = "A volume has no target: neither more nor less is better by itself."
    band = [
        (name, getattr(found, name))
        for name in ("low_red", "low_amber", "high_amber", "high_red")
        if getattr(found, name) is not None
    ]
    if polarity == "B" and found.target is not None:
        said["target"] = "Where both extremes are worrying there is a range, not one target."
    if polarity in ("H", "L") and band:
        said[band[0][0]] = "A range is for measures of which both extremes are worrying; give a target."
    for (_, low), (name, high) in pairwise(band):
        if high < low:
            said[name] = (
                "The limits of a range go upwards: much too low, rather low, rather high, much too high."
            )
    if found.amber is not None and found.tolerance is not None:
        said["tolerance"] = "Give the amber band as a value or as a distance from the target, not both."
    if (found.amber is not None or found.tolerance is not None) and found.target is None and polarity != "B":
        said["target"] = "An amber band needs a target."
    if found.tolerance is not None and found.tolerance < 0:
        said["tolerance"] = "The distance from the target cannot be below 0."
    if found.tolerance is not None and found.tolerance_is not in (RELATIVE, POINTS):
        said["tolerance_is"] = "Say whether the distance is relative (10% of the target) or in points."
    if found.amber is not None and found.target is not None and polarity in ("H", "L"):
        wrong = found.amber > found.target if polarity == "H" else found.amber < found.target
        if wrong:
            said["amber"] = "Amber begins on the far side of the target."
    return said
