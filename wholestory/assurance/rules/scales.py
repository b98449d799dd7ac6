"""Scales: the value an agency gave is kept as it was given, and compared as a number from 0 to 1.

Source: domain notes on quality assurance, 1.4 and 1.3. Two habits follow from them. A colour is a label on
a value and never the value itself (in one area amber means *good*). "Not applicable", "not answered" and
"no submission" are not points on any scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType


class UnknownScale(LookupError):
    """There is no scale with that code."""


class NotOnScale(ValueError):
    """The value is not one of the scale's points."""


class NoCompliantLevel(ValueError):
    """Nobody has said which points count as compliant on this scale."""


@dataclass(frozen=True)
class Point:
    """One point of a scale: ``value`` is stored, ``label`` is read, ``normalised`` (0 to 1) is compared."""

    value: str
    label: str
    normalised: Fraction
    colour: str = ""
    also_read_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """The points an answer may take, worst first.

    ``compliant_from`` is the value from which an answer counts as compliant when the framework says nothing
    else; empty where each area must decide for itself. ``levels`` are the values among which a cycle may choose that
    level; none where it is fixed. ``state_words`` are the local words for answers that
    are not scores (one area calls "not applicable" grey).
    """

    code: str
    title: str
    points: tuple[Point, ...]
    compliant_from: str = ""
    numeric: bool = False
    state_words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    levels: tuple[str, ...] = ()

    def point(self, value: str) -> Point:
        """The point stored as ``value``. Raises NotOnScale."""
        try:
            return self._stored[value]
        except KeyError:
            raise NotOnScale(f"{value!r} is not on the scale {self.title}.") from None

    @cached_property
    def _stored(self) -> dict[str, Point]:
        return {point.value: point for point in reversed(self.points)}

    def normalise(self, value: str) -> Fraction:
        """``value`` as an exact number from 0 (worst) to 1 (best). Raises NotOnScale."""
        return self.point(value).normalised

    def read(self, typed: str) -> Point:
        """The point somebody meant in a spreadsheet: its value, label, colour or an earlier name. Raises
        NotOnScale."""
        wanted = " ".join(typed.split()).casefold()
        for point in self.points:
            names = (point.value, point.label, point.colour, *point.also_read_as)
            if wanted and wanted in {name.casefold() for name in names if name}:
                return point
        raise NotOnScale(f"{typed!r} is not on the scale {self.title}.")

    def reached(self, mean: Fraction) -> Point:
        """The highest point that ``mean`` (0 to 1) has fully reached: 1.99 on a scale of 0 to 3 has
        reached 1, not 2."""
        return max(
            (point for point in self.points if point.normalised <= mean), key=lambda point: point.normalised
        )

    def native_mean(self, mean: Fraction) -> Fraction | None:
        """``mean`` (0 to 1) put back on the agency's own scale; None where the points are words, not
        numbers."""
        if not self.numeric:
            return None
        worst, best = Fraction(self.points[0].value), Fraction(self.points[-1].value)
        return worst + mean * (best - worst)

    def show_mean(self, mean: Fraction) -> str:
        """A mean as readers see it: ``2.4`` on a numeric scale, otherwise the label of the point it has
        reached."""
        native = self.native_mean(mean)
        return self.reached(mean).label if native is None else one_decimal(native)


@dataclass(frozen=True)
class CompliantTest:
    """Which points count as compliant. Set by the framework or the board, and always shown beside the
    figures."""

    scale: Scale
    at_least: str

    def __post_init__(self) -> None:
        self.scale.point(self.at_least)

    def passes(self, value: str) -> bool:
        """Whether an answer of ``value`` counts as compliant. Raises NotOnScale."""
        return self.scale.point(value).value in self._passing

    @cached_property
    def _passing(self) -> frozenset[str]:
        return frozenset(point.value for point in self.compliant_points)

    @cached_property
    def threshold(self) -> Fraction:
        """The normalised level (0 to 1) from which an answer counts."""
        return self.scale.normalise(self.at_least)

    @cached_property
    def compliant_points(self) -> tuple[Point, ...]:
        """The points that count, worst first."""
        return tuple(point for point in self.scale.points if point.normalised >= self.threshold)

    @property
    def below_points(self) -> tuple[Point, ...]:
        """The points that do not count, worst first."""
        return tuple(point for point in self.scale.points if point.normalised < self.threshold)

    def show_mean(self, mean: Fraction) -> str:
        """A mean with as many decimals (one to four) as it takes not to look compliant when it is not,
        or the reverse."""
        # Few means occur in a heat map of hundreds of agencies: each is worded once.
        if mean not in self._shown:
            self._shown[mean] = self._show(mean)
        return self._shown[mean]

    @cached_property
    def _shown(self) -> dict[Fraction, str]:
        return {}

    def _show(self, mean: Fraction) -> str:
        native, level = self.scale.native_mean(mean), self.scale.native_mean(self.threshold)
        if native is None or level is None:
            return self.scale.show_mean(mean)
        for places in range(1, 4):
            shown = rounded(native, places)
            if (Fraction(shown) >= level) == (native >= level):
                return shown
        return rounded(native, 4)

    @property
    def label(self) -> str:
        """The sentence a page shows: ``Compliant means 2 or 3.``"""
        points = self.compliant_points
        shown = [point.value if self.scale.numeric else point.label for point in points]
        if len(points) > 4:
            return f"Compliant means {shown[0]} or more."
        if len(points) == 1:
            return f"Compliant means {shown[0]}."
        return f"Compliant means {', '.join(shown[:-1])} or {shown[-1]}."


def usual_test(scale: Scale) -> CompliantTest:
    """The test used when a framework sets none of its own. Raises NoCompliantLevel where the level is a
    local choice."""
    if not scale.compliant_from:
        raise NoCompliantLevel(f"Say which points of {scale.title} count as compliant.")
    return CompliantTest(scale, scale.compliant_from)


def rounded(number: Fraction, places: int) -> str:
    """``number`` to so many decimals, halves away from nought, for showing only: never compare the result."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def one_decimal(number: Fraction) -> str:
    """``number`` to one decimal: ``2.5``, ``77.3``."""
    return rounded(number, 1)


def percent(number: Fraction) -> str:
    """A share (0 to 1) as ``77.3 %``, for showing only."""
    return f"{one_decimal(number * 100)} %"


def _numbers(
    first: int, last: int, step: int = 1, labels: Mapping[int, str] = MappingProxyType({})
) -> tuple[Point, ...]:
    return tuple(
        Point(str(number), labels.get(number, str(number)), Fraction(number - first, last - first))
        for number in range(first, last + 1, step)
    )


MET3 = Scale(
    "MET3",
    "Met, partly met, not met",
    (
        Point("not_met", "Not met", Fraction(0)),
        Point(
            "partly_met", "Partly met", Fraction(1, 2), also_read_as=("partially", "partially met", "partial")
        ),
        Point("met", "Met", Fraction(1), also_read_as=("fully met",)),
    ),
    compliant_from="met",
)
RAG3 = Scale(
    "RAG3",
    "Red, amber, green",
    (
        Point("not_met", "Not met", Fraction(0), colour="Red", also_read_as=("r",)),
        Point("partly_met", "Partly met", Fraction(1, 2), colour="Amber", also_read_as=("a", "yellow")),
        Point("fully_met", "Fully met", Fraction(1), colour="Green", also_read_as=("g",)),
    ),
    compliant_from="fully_met",
)
INT0_3 = Scale(
    "INT0_3",
    "0 to 3",
    _numbers(0, 3, labels={0: "Not in place", 1: "Started", 2: "In place", 3: "Embedded"}),
    compliant_from="2",
    numeric=True,
    levels=("2", "3"),
)
INT1_5 = Scale(
    "INT1_5", "1 to 5", _numbers(1, 5), compliant_from="4", numeric=True, levels=("2", "3", "4", "5")
)
PCT5 = Scale(
    "PCT5",
    "0 to 100 in steps of 5",
    _numbers(0, 100, 5),
    compliant_from="100",
    numeric=True,
    levels=tuple(str(number) for number in range(5, 101, 5)),
)
#: Never reads a bare digit: inspectors number it 1 best to 4 worst, one area's own scale runs the other way.
OFSTED4 = Scale(
    "OFSTED4",
    "Inadequate to outstanding",
    (
        Point("inadequate", "Inadequate", Fraction(0)),
        Point(
            "requires_improvement", "Requires improvement", Fraction(1, 3), also_read_as=("adequate", "ri")
        ),
        Point("good", "Good", Fraction(2, 3)),
        Point("outstanding", "Outstanding", Fraction(1)),
    ),
    compliant_from="good",
)
#: The one where amber is good. Black and grey are not scores: see ``state_words``.
STAFF6 = Scale(
    "STAFF6",
    "Red, blue, amber, green (amber is good)",
    (
        Point("inadequate", "Inadequate", Fraction(0), colour="Red"),
        Point("adequate", "Adequate", Fraction(1, 3), colour="Blue", also_read_as=("minimum",)),
        Point("good", "Good", Fraction(2, 3), colour="Amber"),
        Point("outstanding", "Outstanding", Fraction(1), colour="Green"),
    ),
    compliant_from="adequate",
    state_words=MappingProxyType({"not_returned": "Black", "not_applicable": "Grey"}),
)
SOS10 = Scale(
    "SOS10",
    "0 to 10 scaling question",
    _numbers(0, 10),
    numeric=True,
    levels=tuple(str(number) for number in range(1, 11)),
)
#: No scale of the eight, and no score: plain answers, of which nothing is added up or compared.
PLAIN = Scale(
    "PLAIN",
    "Yes or not yet",
    (Point("not_yet", "Not yet", Fraction(0), also_read_as=("no",)), Point("yes", "Yes", Fraction(1))),
    compliant_from="yes",
)

SCALES: Mapping[str, Scale] = MappingProxyType(
    {scale.code: scale for scale in (MET3, RAG3, INT0_3, INT1_5, PCT5, OFSTED4, STAFF6, SOS10)}
)


def scale_called(code: str) -> Scale:
    """The scale with this code. Raises UnknownScale."""
    try:
        return PLAIN if code == PLAIN.code else SCALES[code]
    except KeyError:
        raise UnknownScale(f"There is no scale {code!r}. Known: {', '.join(SCALES)}.") from None
