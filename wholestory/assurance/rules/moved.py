"""Whether a standard moved from one round to the next, on the items that may be compared.

Source: domain notes on quality assurance, 1.6 (items 4 and 5), 6.1 item 2 (sums, never averages of percentages) and
6.2 item 17. Where the scale changed, the mean of the normalised scores is compared instead of shares compliant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wholestory.assurance.rules.figures import ItemFigure
from wholestory.assurance.rules.scales import CompliantTest, Scale


@dataclass(frozen=True)
class Movement:
    """A standard now and one round earlier. Values are from 0 to 1, over so many scores; None where there are none.

    ``now`` is over all its ``items``. ``before`` and ``change`` are over the ``compared`` ones that may be set side by
    side, so the change is not always now minus before.
    """

    items: int
    compared: int
    now: Fraction | None
    n_now: int
    before: Fraction | None
    n_before: int
    change: Fraction | None
    rescaled: bool = False


def movement(
    pairs: Sequence[tuple[ItemFigure, ItemFigure | None]], test: CompliantTest, before_scale: Scale
) -> Movement:
    """From each item's figure now and the one it may be set beside (None: not comparable)."""
    both = [(now, was) for now, was in pairs if was is not None]
    rescaled = [point.value for point in before_scale.points] != [point.value for point in test.scale.points]
    scale = test.scale if rescaled else None
    now = _value([one for one, _ in both], test, scale)
    before = _value([was for _, was in both], test, before_scale if rescaled else None)
    return Movement(
        items=len(pairs),
        compared=len(both),
        now=_value([one for one, _ in pairs], test, scale),
        n_now=sum(one.answered for one, _ in pairs),
        before=before,
        n_before=sum(was.answered for _, was in both),
        change=None if now is None or before is None else now - before,
        rescaled=rescaled,
    )


def _value(figures: Sequence[ItemFigure], test: CompliantTest, scale: Scale | None) -> Fraction | None:
    answered = sum(one.answered for one in figures)
    if not answered:
        return None
    if scale is None:
        return Fraction(sum(one.compliant(test) for one in figures), answered)
    total = sum(
        (scale.normalise(value) * n for one in figures for value, n in one.scores.items()), Fraction(0)
    )
    return total / answered
