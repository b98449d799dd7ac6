"""One area among many: whether it lies further from a target than chance alone would take it. Nothing is ranked.

Source: Spiegelhalter 2005 (exact limits; limits widened where areas differ more than chance). Ten areas or more are
needed to see whether they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wholestory.indicators.rules.figures import Measure
from wholestory.statistics import funnel

Numbers = NDArray[np.float64]

POSITIONS = {
    "inside": "within what chance would give",
    "above_95": "above the inner limit (95%)",
    "above_998": "above the outer limit (99.8%)",
    "below_95": "below the inner limit (95%)",
    "below_998": "below the outer limit (99.8%)",
}


@dataclass(frozen=True, slots=True)
class Area:
    """One area with its counts. One without both of them is left out, and said to be."""

    label: str
    numerator: float | None
    denominator: float | None
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Among:
    """The areas with counts, in the order they came, against ``target`` (a share or a rate, not multiplied).

    ``positions`` are keys of ``POSITIONS``. ``phi`` is how far areas differ beyond chance, None for fewer than ten;
    ``tau2`` above 0 says that limits are widened by it.
    """

    measure: Measure
    areas: tuple[Area, ...]
    numerators: Numbers
    denominators: Numbers
    target: float
    phi: float | None
    tau2: float
    positions: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def values(self) -> Numbers:
        """Shares or rates, not multiplied."""
        return self.numerators / self.denominators

    @property
    def adjusted(self) -> bool:
        """Whether limits are wider than chance alone would make them."""
        return self.tau2 > 0

    def limits_at(self, sizes: Numbers) -> Numbers:
        """Lower and upper limit at 95%, then at 99.8%, for each size."""
        return _limits(self.measure, self.target, sizes, self.tau2)


def among(areas: Sequence[Area], measure: Measure, target: float | None = None) -> Among | None:
    """Compare areas with ``target`` (in the measure's unit; without one, the mean of all of them together). None for
    fewer than two areas with counts, a measure without a denominator, or a target at nothing or at all."""
    known = [each for each in areas if each.numerator is not None and each.denominator]
    if len(known) < 2 or measure.unit not in ("percent", "rate", "ratio"):
        return None
    x = np.array([each.numerator for each in known], dtype=np.float64)
    n = np.array([each.denominator for each in known], dtype=np.float64)
    share = measure.unit == "percent"
    centre = float(x.sum() / n.sum()) if target is None else target / measure.multiplier
    if centre <= 0 or (n <= 0).any() or (x < 0).any() or (share and (centre >= 1 or (x > n).any())):
        return None
    spread = None
    if len(known) >= funnel.FEWEST_AREAS:
        spread = funnel.overdispersion(
            "proportion" if share else "ratio", list(x), list(n if share else n * centre),
            target=centre if share else None,
        )  # fmt: skip
    tau2 = spread.tau2 if spread is not None and spread.is_overdispersed else 0.0
    limits = _limits(measure, centre, n, tau2)
    positions = tuple(_position(float(value), row) for value, row in zip(x / n, limits, strict=True))
    gone = tuple(each.label for each in areas if each not in known)
    return Among(
        measure, tuple(known), x, n, centre, None if spread is None else spread.phi, tau2, positions, gone
    )


def _limits(measure: Measure, centre: float, n: Numbers, tau2: float) -> Numbers:
    share = measure.unit == "percent"
    if tau2:
        lines = funnel.adjusted(
            "proportion" if share else "ratio",
            list(n if share else n * centre),
            centre if share else 1.0,
            tau2,
        )
        found = np.array([[each.lower95, each.upper95, each.lower998, each.upper998] for each in lines])
        return found if share else found * centre
    if share:
        return funnel.of_proportions(centre, [int(each) for each in n])
    return funnel.of_ratios(list(n * centre)) * centre


def _position(value: float, limits: Numbers) -> str:
    low, high, lowest, highest = (float(each) for each in limits)
    if value > highest or value < lowest:
        return "above_998" if value > highest else "below_998"
    if value > high or value < low:
        return "above_95" if value > high else "below_95"
    return "inside"
