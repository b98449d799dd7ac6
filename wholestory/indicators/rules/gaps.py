"""Gaps between groups of children, with their uncertainty: each group against everybody else.

Shares by the difference of two proportions (Newcombe), rates by their exact ratio. A group of fewer than 10 has no
percentage: one child would move it by ten points or more. Numbers without a denominator show no gap at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from wholestory.indicators.rules.figures import KIND_WORDS, Figure, Measure, shown, worth
from wholestory.statistics.comparison import rate_ratio
from wholestory.statistics.counts import rate
from wholestory.statistics.proportions import difference, proportion
from wholestory.statistics.rounding import rounded

#: Fewer than this in a group: no percentage and no rate.
FEWEST = 10


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a breakdown. ``known`` is False for those of whom it was not recorded: they are shown, not
    compared."""

    label: str
    figure: Figure
    known: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """One group against everybody else. ``effect`` is the difference in percentage points (shares) or the ratio (rates)
    with its 95% interval; ``sure`` when chance would hardly give it; ``worse`` then says whether it is the wrong way
    (None where neither way is better)."""

    effect: float | None
    lower: float | None
    upper: float | None
    sure: bool
    worse: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One group: its value with a 95% interval, or ``why_not``, and its gap where there is one. ``counts`` are always
    said."""

    label: str
    value: float | None
    lower: float | None
    upper: float | None
    counts: str
    why_not: str
    gap: Gap | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """All groups in the order they came, what can be said of them together, and the cautions."""

    rows: tuple[Row, ...]
    sentence: str
    cautions: tuple[str, ...]

    @property
    def sure(self) -> tuple[Row, ...]:
        """The groups that differ by more than chance."""
        return tuple(row for row in self.rows if row.gap is not None and row.gap.sure)


def gaps(groups: Sequence[Group], measure: Measure, whole: Figure | None = None) -> Gaps:
    """Every group against everybody else. ``whole`` is the figure of all children; without it the groups are added up,
    which is wrong where a child may be in several, so give it there."""
    if measure.unit not in ("percent", "rate", "ratio"):
        rows = tuple(Row(each.label, None, None, None, _counts(each.figure), "", None) for each in groups)
        return Gaps(rows, "These are numbers without a population, so they show no gap between groups.", ())
    total = (
        _known(_pair(whole), groups) if whole is not None else _added([each for each in groups if each.known])
    )
    rows = tuple(_row(each, measure, total) for each in groups)
    compared = [row for row in rows if row.gap is not None and row.gap.effect is not None]
    sure = [row for row in compared if row.gap is not None and row.gap.sure]
    return Gaps(rows, _together(sure, compared), _cautions(groups, compared, rows))


def _row(group: Group, measure: Measure, total: tuple[Fraction, Fraction] | None) -> Row:
    found = worth(group.figure, measure)
    pair = _pair(group.figure)
    counts = _counts(group.figure)
    if found.value is None or not found.counted or pair is None:
        return Row(group.label, None, None, None, counts, KIND_WORDS[found.kind], None)
    x, n = pair
    if n < FEWEST:
        return Row(
            group.label,
            None,
            None,
            None,
            counts,
            f"fewer than {FEWEST}: too few for a {_noun(measure)}",
            None,
        )
    if measure.unit == "percent" and x > n:
        return Row(
            group.label, None, None, None, counts, "more cases than were looked at: ask for it again", None
        )
    estimate = (
        proportion(float(x), float(n), multiplier=measure.multiplier)
        if measure.unit == "percent"
        else rate(float(x), float(n), measure.multiplier)
    )
    rest = None if total is None else (total[0] - x, total[1] - n)
    gap = _gap(group, measure, (x, n), rest) if group.known and rest is not None else None
    return Row(group.label, estimate.value, estimate.lower, estimate.upper, counts, "", gap)


def _noun(measure: Measure) -> str:
    return "percentage" if measure.unit == "percent" else "rate"


def _pair(figure: Figure | None) -> tuple[Fraction, Fraction] | None:
    if figure is None or figure.numerator is None or figure.denominator is None:
        return None
    return Fraction(figure.numerator), Fraction(figure.denominator)


def _added(groups: Sequence[Group]) -> tuple[Fraction, Fraction] | None:
    """All groups together; None where one has no counts, for then nobody knows who everybody else is."""
    pairs = [_pair(each.figure) for each in groups]
    whole = [pair for pair in pairs if pair is not None]
    if len(whole) < len(pairs) or not whole:
        return None
    return sum((x for x, _ in whole), Fraction(0)), sum((n for _, n in whole), Fraction(0))


def _known(
    whole: tuple[Fraction, Fraction] | None, groups: Sequence[Group]
) -> tuple[Fraction, Fraction] | None:  # fmt: skip
    """All children less those of whom the group was not recorded: they are no part of everybody else."""
    unknown = [pair for each in groups if not each.known and (pair := _pair(each.figure)) is not None]
    if whole is None:
        return None
    return (
        whole[0] - sum((x for x, _ in unknown), Fraction(0)), whole[1] - sum((n for _, n in unknown), Fraction(0))
    )  # fmt: skip


def _counts(figure: Figure) -> str:
    if figure.numerator is None:
        return ""
    x = f"{float(figure.numerator):,g}"
    return x if figure.denominator is None else f"{x} of {float(figure.denominator):,g}"


def _gap(
    group: Group, measure: Measure, pair: tuple[Fraction, Fraction], rest: tuple[Fraction, Fraction]
) -> Gap | None:  # fmt: skip
    (x1, n1), (x2, n2) = pair, rest
    if n2 < FEWEST or x2 < 0 or (measure.unit == "percent" and x2 > n2):
        return None
    if measure.unit == "percent":
        return _difference(group.label, measure, (x1, n1), (x2, n2))
    if x1.denominator != 1 or x2.denominator != 1:
        return None
    return _ratio(group.label, measure, (x1, n1), (x2, n2))


def _difference(
    label: str, measure: Measure, one: tuple[Fraction, Fraction], two: tuple[Fraction, Fraction]
) -> Gap:  # fmt: skip
    found = difference(float(one[0]), float(one[1]), float(two[0]), float(two[1]))
    effect, lower, upper = (100 * (each or 0.0) for each in (found.value, found.lower, found.upper))
    sure = lower > 0 or upper < 0
    sides = f"{_share(one, measure)} against {_share(two, measure)} for everybody else"
    span = f"95% interval from {_signed(lower)} to {_signed(upper)}"
    if sure:
        way = "higher" if effect > 0 else "lower"
        said = f"{label}: {sides}, {_points(effect)} percentage points {way} ({span}). {_UNLIKELY}"
    else:
        said = f"{label}: {sides} ({span} points). By chance alone the two may differ so."
    return Gap(effect, lower, upper, sure, _worse(effect > 0, measure) if sure else None, said)


def _ratio(
    label: str, measure: Measure, one: tuple[Fraction, Fraction], two: tuple[Fraction, Fraction]
) -> Gap | None:  # fmt: skip
    found = rate_ratio(int(one[0]), float(one[1]), int(two[0]), float(two[1])).ratio
    if found.value is None or found.lower is None or found.upper is None:
        return None
    sure = found.lower > 1 or found.upper < 1
    span = f"95% interval {_two(found.lower)} to {_two(found.upper)}"
    sides = f"{_two(found.value)} times as often as for everybody else ({span})"
    tail = _UNLIKELY if sure else "By chance alone the two may differ so."
    worse = _worse(found.value > 1, measure) if sure else None
    return Gap(found.value, found.lower, found.upper, sure, worse, f"{label}: {sides}. {tail}")


_UNLIKELY = "This is unlikely to be chance."


def _worse(higher: bool, measure: Measure) -> bool | None:
    if measure.polarity not in ("H", "L"):
        return None
    return higher == (measure.polarity == "L")


def _together(sure: Sequence[Row], compared: Sequence[Row]) -> str:
    if not compared:
        return "No group can be compared with the others: there are too few children, or counts are lacking."
    if not sure:
        return (
            "No group differs from the others by more than chance would give. With few children that does not mean "
            "that there is no gap."
        )
    names = ", ".join(row.label for row in sure)
    return f"Differ from everybody else by more than chance would give: {names}."


def _cautions(groups: Sequence[Group], compared: Sequence[Row], rows: Sequence[Row]) -> tuple[str, ...]:
    said = []
    if len(compared) > 1:
        said.append(
            f"{len(compared)} groups were compared; of twenty that do not differ, about one looks as if it did, by "
            "chance."
        )
    few = [row.label for row in rows if row.why_not.startswith("fewer than")]
    if few:
        said.append(f"Too few children for a figure of their own: {', '.join(few)}.")
    unknown = [each for each in groups if not each.known]
    if unknown:
        names = ", ".join(f"{each.label}: {_counts(each.figure) or 'not given'}" for each in unknown)
        said.append(f"Not recorded, and in no group ({names}): gaps may be larger or smaller than they look.")
    said.append("A gap says nothing of its reason: ages, places and needs may differ between the groups.")
    return tuple(said)


def _share(pair: tuple[Fraction, Fraction], measure: Measure) -> str:
    x, n = pair
    return f"{shown(x / n * measure.multiplier, measure)} ({float(x):,g} of {float(n):,g})"


def _points(value: float) -> str:
    return f"{rounded(Fraction(abs(value)), 1):f}"


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{_points(value)}"


def _two(value: float) -> str:
    return f"{rounded(Fraction(value), 2):f}"
