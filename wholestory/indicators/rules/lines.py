"""The lines of a return: what is asked, one line for each measure and each part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wholestory.indicators.catalogue.definition import Breakdown, Definition

#: How a line is filled in.
COUNT, SHARE, AMOUNT = "count", "share", "amount"


@dataclass(frozen=True, slots=True)
class Line:
    """One line to fill in: a measure as a whole (``breakdown`` and ``label`` empty) or one part of it."""

    definition: Definition
    period_start: date
    period_end: date
    breakdown: str = ""
    label: str = ""
    part: str = ""
    """The part for a reader: “Age: 10 to 15”."""
    adds_up: bool = False
    """Whether the parts of its breakdown must add up to the total."""

    @property
    def key(self) -> str:
        """What stands for the line in files, fields and addresses: ``G03`` or ``G03|age_band|10_15``."""
        return "|".join((self.measure, self.breakdown, self.label)) if self.breakdown else self.measure

    @property
    def measure(self) -> str:
        return self.definition.code

    @property
    def way(self) -> str:
        """How it is filled in: a whole number, so many of so many, or a measured amount."""
        if self.definition.unit in ("days", "fte"):
            return AMOUNT
        return SHARE if needs_denominator(self.definition) else COUNT

    @property
    def title(self) -> str:
        return f"{self.definition.title}: {self.part}" if self.part else self.definition.title


def needs_denominator(definition: Definition) -> bool:
    """Whether the agency sends “of how many”. Where it is a published population, the agency sends the number alone."""
    return bool(definition.denominator) and not definition.population


def parts_of(definition: Definition, wanted: Iterable[str]) -> list[Breakdown]:
    """The breakdowns asked for that the measure has and that have parts with names."""
    chosen = set(wanted)
    return [each for each in definition.breakdowns if each.key in chosen and each.labels]


def lines_of(
    asks: Sequence[Mapping[str, Any]],
    definitions: Mapping[tuple[str, int], Definition],
    period_start: date,
    period_end: date,
) -> list[Line]:
    """The lines of a return as it was frozen when it was opened. A yearly measure carries a period of its own."""
    found = []
    for ask in asks:
        definition = definitions.get((ask["measure"], ask["version"]))
        if definition is None:
            continue
        start = date.fromisoformat(ask["period_start"]) if "period_start" in ask else period_start
        end = date.fromisoformat(ask["period_end"]) if "period_end" in ask else period_end
        found.append(Line(definition, start, end))
        for split in parts_of(definition, ask.get("breakdowns", ())):
            found += [
                Line(
                    definition, start, end, split.key, each.key, f"{split.title}: {each.title}",
                    adds_up=not split.overlapping,
                )
                for each in split.labels
            ]  # fmt: skip
    return found
