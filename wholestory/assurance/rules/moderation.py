"""Moderation: two scores stand side by side, and the board sees how far they are apart.

Source: domain notes on quality assurance, 1.5 and 1.7 (mean shift and count of downgrades per agency), 6.2
items 18 and 19.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from wholestory.assurance.rules.rollup import ItemAnswer, ItemState, mean_of
from wholestory.assurance.rules.scales import Scale


class NotTheirsToModerate(ValueError):
    """A moderator may not judge an agency they work for."""


class ReasonNeeded(ValueError):
    """A score was changed without a reason."""


@dataclass(frozen=True)
class Shift:
    """What moderation did to one return, over the items that were moderated.

    ``mean`` is on the normalised scale, minus for lowered; ``native_mean`` is the same in the scale's own
    points, where it has numbers.
    """

    moderated: int
    raised: int
    agreed: int
    lowered: int
    mean: Fraction | None
    native_mean: Fraction | None
    lowered_items: tuple[str, ...] = ()


def shift(answers: Iterable[ItemAnswer], scale: Scale) -> Shift:
    """The shift from the agency's own scores to the moderated ones. Items nobody moderated do not dilute
    it."""
    rows = [a for a in answers if a.state is ItemState.SCORED and a.moderated_score]
    moves = [scale.normalise(row.moderated_score) - scale.normalise(row.self_score) for row in rows]
    mean = mean_of(moves)
    width = Fraction(scale.points[-1].value) - Fraction(scale.points[0].value) if scale.numeric else None
    return Shift(
        moderated=len(rows),
        raised=sum(move > 0 for move in moves),
        agreed=sum(move == 0 for move in moves),
        lowered=sum(move < 0 for move in moves),
        mean=mean,
        native_mean=None if mean is None or width is None else mean * width,
        lowered_items=tuple(row.item for row, move in zip(rows, moves, strict=True) if move < 0),
    )


def check_moderated_score(*, self_score: str, moderated_score: str, reason: str, scale: Scale) -> None:
    """Refuse a score that is off the scale, or a change nobody explained. Raises NotOnScale, ReasonNeeded."""
    scale.point(moderated_score)
    if moderated_score != self_score and not reason.strip():
        raise ReasonNeeded("Say why the score changes. The agency will read it when results are released.")


def check_moderator(*, moderator_agencies: Iterable[object], return_agency: object) -> None:
    """Refuse a moderator from the agency itself; any seat they hold for it counts. Raises
    NotTheirsToModerate."""
    if return_agency in set(moderator_agencies):
        raise NotTheirsToModerate("A moderator cannot be given the return of an agency they work for.")


def needs_moderator(answer: ItemAnswer) -> bool:
    """Whether a moderator must agree this answer: "not applicable" on a critical item, which could hide
    a gap."""
    return answer.critical and answer.state is ItemState.NOT_APPLICABLE


@dataclass(frozen=True)
class NaRate:
    """How many lines were said not to apply, out of those of which anything was said."""

    not_applicable: int
    said: int

    @property
    def share(self) -> Fraction | None:
        """From 0 to 1; None where nothing was said."""
        return Fraction(self.not_applicable, self.said) if self.said else None

    @property
    def words(self) -> str:
        """``3 of 12 lines said not to apply``."""
        return f"{self.not_applicable} of {self.said} lines said not to apply"


@dataclass(frozen=True)
class NaRise:
    """One agency, standard or line whose share of "not applicable" grew from one round to the next."""

    of: str
    was: NaRate
    now: NaRate


_SAID_NOTHING = (ItemState.UNANSWERED, ItemState.NOT_ASKED, ItemState.NOT_READ)


def na_rate(states: Iterable[ItemState | str]) -> NaRate:
    """The rate of one agency, standard or line, from what stands in each of its lines. Blank lines, those not asked and
    those not read take no part."""
    said = [state for state in states if state not in _SAID_NOTHING]
    return NaRate(said.count(ItemState.NOT_APPLICABLE), len(said))


def rising(before: Mapping[str, NaRate], now: Mapping[str, NaRate]) -> tuple[NaRise, ...]:
    """Those whose rate rose, the steepest first; what was not there before has not risen."""
    risen = []
    for key, rate in now.items():
        was = before.get(key)
        if was is not None and was.share is not None and rate.share is not None and rate.share > was.share:
            risen.append((was.share - rate.share, key, NaRise(key, was, rate)))
    return tuple(one for _, _, one in sorted(risen, key=lambda each: each[:2]))
