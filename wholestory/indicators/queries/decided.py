"""What a board decided about reading its measures: targets as they stood on a day, and where limits begin anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wholestory.indicators.catalogue import Definition
from wholestory.indicators.models import Rebase, Target
from wholestory.indicators.rules.standards import Standards, read
from wholestory.partners.models import Board


@dataclass(frozen=True, slots=True)
class Decided:
    """The targets of every measure and the days limits begin anew, oldest first. ``of`` never looks forward: a period
    is judged by what was in force on its last day, so that a later target recolours nothing."""

    targets: Mapping[str, Sequence[Target]] = field(default_factory=dict)
    rebases: Mapping[str, Sequence[Rebase]] = field(default_factory=dict)

    def target(self, measure: str, on: date) -> Target | None:
        """The target that was in force on a day."""
        begun = [each for each in self.targets.get(measure, ()) if each.from_on <= on]
        return begun[-1] if begun else None

    def standards(self, measure: str, polarity: str, on: date) -> Standards | None:
        """What the figure of a period that ended on a day is judged by."""
        found = self.target(measure, on)
        return None if found is None else read(found.thresholds, polarity)


def in_words(targets: Sequence[Target], measure: Definition) -> list[tuple[Target, str]]:
    """Targets, each with what was set."""
    return [(each, read(each.thresholds, measure.polarity).words(measure)) for each in targets]


def decided(board: Board, measures: Sequence[str] | None = None) -> Decided:
    """What this board decided, of these measures or all: two questions."""
    targets = Target.objects.filter(board=board).select_related("by").order_by("from_on", "created_at")
    rebases = Rebase.objects.filter(board=board, withdrawn_on=None).order_by("from_on", "created_at")
    if measures is not None:
        targets, rebases = targets.filter(measure__in=measures), rebases.filter(measure__in=measures)
    found = Decided({}, {})
    by_target: dict[str, list[Target]] = {}
    for target in targets:
        by_target.setdefault(target.measure, []).append(target)
    by_rebase: dict[str, list[Rebase]] = {}
    for rebase in rebases:
        by_rebase.setdefault(rebase.measure, []).append(rebase)
    return Decided(by_target, by_rebase) if by_target or by_rebase else found
