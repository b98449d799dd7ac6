"""A cycle added up: by item, by standard and sector, own scores beside moderated ones.

Source: domain notes on quality assurance, 1.6 (items 4 to 6), 1.7 and 6.1 (items 2, 3 and 6). Counts are summed and
never averaged; agencies are counted, not weighed; unanswered, not applicable and not asked are counted apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias

from wholestory.assurance.rules.rollup import Compliance, ItemState, StandardScore
from wholestory.assurance.rules.scales import CompliantTest, Scale

#: One item of one return: its state, the agency's own score, the moderated one ("" where there is none).
Line: TypeAlias = Sequence[str]

#: The smallest group whose spread is shown where its members are not named (domain 6.1 item 6; configurable there).
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class ItemFigure:
    """One item over many returns. ``scores`` and ``own`` count agencies by the scale's stored value: in force, and
    as the agencies themselves scored. ``moved`` sums moderated minus own on the normalised scale."""

    item: str
    scores: Mapping[str, int]
    own: Mapping[str, int]
    not_applicable: int = 0
    unanswered: int = 0
    not_asked: int = 0
    moderated: int = 0
    raised: int = 0
    lowered: int = 0
    moved: Fraction = Fraction(0)
    plain: int = 0
    """Answered in words, under a framework that gives no scores."""
    not_read: int = 0
    """Brought in from a file that says something there which is no score."""
    said: Mapping[str, int] = field(default_factory=dict)
    """Agencies by their answer in words, where nothing is scored."""

    @property
    def answered(self) -> int:
        """How many gave a score."""
        return sum(self.scores.values())

    @property
    def applicable(self) -> int:
        """How many it applies to: answered, or left blank."""
        return self.answered + self.unanswered

    def compliant(self, test: CompliantTest, *, own: bool = False) -> int:
        """How many are at a point that counts as compliant."""
        counted = self.own if own else self.scores
        return sum(number for value, number in counted.items() if test.passes(value))

    def share(self, test: CompliantTest, *, own: bool = False) -> Fraction | None:
        """Compliant out of answered; None when nobody answered (6.1 item 3)."""
        return Fraction(self.compliant(test, own=own), self.answered) if self.answered else None

    def mean(self, scale: Scale) -> Fraction | None:
        """The mean of the scores in force, from 0 to 1; None when nobody answered."""
        if not self.answered:
            return None
        total = sum((scale.normalise(value) * n for value, n in self.scores.items()), Fraction(0))
        return total / self.answered

    @property
    def shift(self) -> Fraction | None:
        """The mean of moderated minus own over what was moderated; None when nothing was."""
        return self.moved / self.moderated if self.moderated else None

    @property
    def not_applicable_share(self) -> Fraction | None:
        """Not applicable out of all asked; a rising one is itself a finding (6.2 item 18)."""
        asked = self.applicable + self.not_applicable
        return Fraction(self.not_applicable, asked) if asked else None


@dataclass(frozen=True)
class SectorFigure:
    """One sector at one standard: summed over its agencies' items, and agencies counted."""

    compliance: Compliance
    not_applicable: int
    agencies: int
    agencies_compliant: int


@dataclass(frozen=True)
class Figures:
    """A cycle added up. ``returns`` had scores, ``moderated`` of them a moderator's."""

    returns: int
    moderated: int
    items: Mapping[str, ItemFigure]
    sectors: Mapping[str, Mapping[str, SectorFigure]] = field(default_factory=dict)

    @property
    def moved(self) -> ItemFigure:
        """All items as one, for what moderation did in the whole cycle."""
        every = list(self.items.values())
        return ItemFigure(
            "", {}, {}, moderated=sum(i.moderated for i in every), raised=sum(i.raised for i in every),
            lowered=sum(i.lowered for i in every), moved=sum((i.moved for i in every), Fraction(0)),
        )  # fmt: skip

    def compliance(self, test: CompliantTest) -> Compliance:
        """Compliant, answered and applicable summed over every item."""
        every = self.items.values()
        return Compliance(
            sum(i.compliant(test) for i in every), sum(i.answered for i in every), sum(i.applicable for i in every)
        )  # fmt: skip


def item_figures(
    keys: Iterable[str], returns: Iterable[Mapping[str, Line]], scale: Scale
) -> dict[str, ItemFigure]:
    """Each item over these returns, in the order of ``keys``. An item a return does not have was not asked of it."""
    counted: dict[str, Counter[tuple[str, ...]]] = {key: Counter() for key in keys}
    number = 0
    for lines in returns:
        number += 1
        for key, line in lines.items():
            if key in counted:
                counted[key][tuple(line)] += 1
    return {key: figure_of(key, lines, number, scale) for key, lines in counted.items()}


def figure_of(key: str, lines: Counter[tuple[str, ...]], returns: int, scale: Scale) -> ItemFigure:
    """One item from how often each line occurs among so many returns."""
    scores: Counter[str] = Counter()
    own: Counter[str] = Counter()
    states: Counter[str] = Counter()
    said: Counter[str] = Counter()
    moderated = raised = lowered = 0
    moved = Fraction(0)
    for (state, self_score, moderated_score), number in lines.items():
        states[state] += number
        if state != ItemState.SCORED:
            if state == ItemState.PLAIN and self_score:
                said[self_score] += number
            continue
        own[self_score] += number
        scores[moderated_score or self_score] += number
        if moderated_score:
            by = scale.normalise(moderated_score) - scale.normalise(self_score)
            moderated += number
            raised += number * (by > 0)
            lowered += number * (by < 0)
            moved += by * number
    values = [point.value for point in scale.points]
    return ItemFigure(
        key, {v: scores[v] for v in values if scores[v]}, {v: own[v] for v in values if own[v]},
        states[ItemState.NOT_APPLICABLE], states[ItemState.UNANSWERED], returns - states.total()
        + states[ItemState.NOT_ASKED], moderated, raised, lowered, moved, states[ItemState.PLAIN],
        states[ItemState.NOT_READ], {v: said[v] for v in values if said[v]},
    )  # fmt: skip


def moved_of(lines: Mapping[str, Line], scale: Scale) -> ItemFigure:
    """What moderation did to one return, all its items as one."""
    level = {point.value: point.normalised for point in scale.points}
    moderated = raised = lowered = 0
    moved = Fraction(0)
    for _, own, judged in lines.values():
        if not judged:
            continue
        moderated += 1
        if judged != own:
            by = level[judged] - level[own]
            moved += by
            raised += by > 0
            lowered += by < 0
    return ItemFigure("", {}, {}, moderated=moderated, raised=raised, lowered=lowered, moved=moved)


def sector_figures(
    returns: Iterable[tuple[str, Mapping[str, StandardScore]]], test: CompliantTest
) -> dict[str, dict[str, SectorFigure]]:
    """Each sector at each standard, from (sector, the standards of one return)."""
    rows: dict[str, dict[str, list[StandardScore]]] = defaultdict(lambda: defaultdict(list))
    for sector, standards in returns:
        for key, score in standards.items():
            rows[sector][key].append(score)
    return {
        sector: {key: _sector(scores, test) for key, scores in standards.items()}
        for sector, standards in sorted(rows.items())
    }


def _sector(scores: list[StandardScore], test: CompliantTest) -> SectorFigure:
    compliance = Compliance(
        sum(s.compliant for s in scores), sum(s.answered for s in scores), sum(s.applicable for s in scores)
    )
    judged = [s for s in scores if s.mean is not None]
    return SectorFigure(
        compliance,
        sum(s.not_applicable for s in scores),
        len(judged),
        sum(not s.is_below(test) for s in judged),
    )


def weakest(items: Iterable[ItemFigure], test: CompliantTest, number: int = 5) -> list[ItemFigure]:
    """The items with the smallest share compliant, the lower mean first where shares are equal. An item on which every
    score is compliant is no weak one, so there may be fewer than asked for."""
    answered = [
        (one.share(test), one.mean(test.scale), one) for one in items if one.compliant(test) < one.answered
    ]
    ranked = sorted(answered, key=lambda row: (row[0], row[1], row[2].item))
    return [one for _, _, one in ranked[:number]]


def most_lowered(items: Iterable[ItemFigure], number: int = 5) -> list[ItemFigure]:
    """The items moderators lowered most often, the larger shift first where counts are equal."""
    lowered = [one for one in items if one.lowered]
    return sorted(lowered, key=lambda one: (-one.lowered, one.moved, one.item))[:number]


def is_small(number: int) -> bool:
    """Whether so few are hidden among that they could be told apart."""
    return number < SMALLEST_GROUP


def may_show_part(part: int, whole: int) -> bool:
    """Whether a part may be shown beside its whole: neither it nor what is left over may be a small group."""
    rest = whole - part
    return not is_small(part) and (rest == 0 or not is_small(rest))


def may_renew(before: int, now: int) -> bool:
    """Whether spreads written over ``before`` results may be written again over ``now``: the difference of the two
    would show the results that came in between, so they must be several, or none."""
    return before == 0 or now == before or not is_small(now - before)


def as_json(figures: Figures) -> dict[str, Any]:
    """For keeping."""
    return {
        "returns": figures.returns,
        "moderated": figures.moderated,
        "items": {
            key: [
                dict(i.scores), dict(i.own), i.not_applicable, i.unanswered, i.not_asked, i.plain, i.moderated,
                i.raised, i.lowered, f"{i.moved.numerator}/{i.moved.denominator}", i.not_read, dict(i.said),
            ]
            for key, i in figures.items.items()
        },
        "sectors": {
            sector: {
                key: [
                    f.compliance.compliant, f.compliance.answered, f.compliance.applicable, f.not_applicable,
                    f.agencies, f.agencies_compliant,
                ]
                for key, f in standards.items()
            }
            for sector, standards in figures.sectors.items()
        },
    }  # fmt: skip


def from_json(kept: Mapping[str, Any]) -> Figures:
    """What ``as_json`` kept."""
    items = {key: _item_from(key, *row) for key, row in kept.get("items", {}).items()}
    sectors = {
        sector: {
            key: SectorFigure(Compliance(*row[:3]), *row[3:])
            for key, row in standards.items()
        }
        for sector, standards in kept.get("sectors", {}).items()
    }  # fmt: skip
    return Figures(kept.get("returns", 0), kept.get("moderated", 0), items, sectors)


def _item_from(key: str, *row: Any) -> ItemFigure:
    """One item's row. What was kept before answers in words and unread ones were counted is two columns shorter."""
    scores, own, na, blank, not_asked, plain, moderated, raised, lowered, moved, *later = row
    return ItemFigure(
        key, scores, own, na, blank, not_asked, moderated, raised, lowered, Fraction(moved), plain, *later
    )
