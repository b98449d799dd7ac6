"""What an analysis lacks before it can be final, what to look at again, and what changed since the panel decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wholestory.child_deaths.rules.categories import Classification, Said, Teller, category, differences
from wholestory.child_deaths.rules.factors import Domain, Graded, Modifiable, cautions, seems_several


@dataclass(frozen=True, slots=True)
class Line:
    """One factor as it is written, with its grade."""

    domain: Domain
    words: str
    graded: Graded

    @property
    def key(self) -> tuple[str, str, str, bool | None]:
        """What makes it the same line before and after."""
        return (self.domain.value, self.words, self.graded.grade.value, self.graded.modifiable)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An analysis as far as the rules need it."""

    cause: str
    classification: Classification
    modifiable: Modifiable | None
    lines: tuple[Line, ...]
    told: tuple[Said, ...] = ()
    follow_up_answered: bool = False
    recommendations_without_owner: int = 0

    def missing(self) -> tuple[str, ...]:
        """What keeps it from being final, as things to do."""
        found: list[str] = []
        if not self.cause.strip():
            found.append("Enter the cause of death as it is now understood")
        found += self.classification.missing()
        if self.modifiable is None:
            found.append("Say whether modifiable factors were identified")
        return tuple(found)

    def cautions(self) -> tuple[str, ...]:
        """What to look at again. It warns and never stops anybody."""
        found: list[str] = []
        if self.modifiable is not None:
            found += cautions(self.modifiable, [line.graded for line in self.lines])
        if not self.lines:
            found.append("No factor is written down. Every factor has a line of its own, with its own grade.")
        found += [
            f"“{line.words.splitlines()[0][:60]}” may be more than one factor. Give each a line of its own."
            for line in self.lines
            if seems_several(line.words)
        ]
        found += self.classification.remarks
        found += differences(self.told)
        if not self.follow_up_answered:
            found.append("Say whether something has to be done at once for the family or an agency.")
        if count := self.recommendations_without_owner:
            found.append(
                "A recommendation has no owner yet."
                if count == 1
                else f"{count} recommendations have no owner yet."
            )
        return tuple(found)

    def as_decided(self) -> dict[str, Any]:
        """What a decision of the panel covers, to be kept with it."""
        return {
            "categories": sorted(self.classification.selected),
            "primary": self.classification.primary if self.classification.selected else None,
            "modifiable": self.modifiable.value if self.modifiable else "",
            "factors": [list(line.key) for line in self.lines],
        }


def changed_since(decided: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """In words, where an analysis differs from what the panel decided; empty when it does not."""
    found = []
    if decided.get("primary") != now.get("primary"):
        found.append(
            f"Category: {_category(decided.get('primary'))} was decided, {_category(now.get('primary'))} is written."
        )
    elif decided.get("categories") != now.get("categories"):
        found.append("Other categories are selected beside the primary one than the panel selected.")
    if decided.get("modifiable") != now.get("modifiable"):
        found.append("The answer on modifiable factors is not the one the panel gave.")
    before = {tuple(each) for each in decided.get("factors", ())}
    after = {tuple(each) for each in now.get("factors", ())}
    if gone := len(before - after):
        found.append(
            f"{_many(gone, 'factor')} of the panel’s {'is' if gone == 1 else 'are'} gone or changed."
        )
    if more := len(after - before):
        found.append(f"{_many(more, 'factor')} {'was' if more == 1 else 'were'} added or changed.")
    return tuple(found)


def told(
    *, panel: int | None, notified: int | None, certificate: int | None, coroner: int | None
) -> tuple[Said, ...]:
    """Who said which category; those who said nothing are left out."""
    given = (
        (Teller.PANEL, panel),
        (Teller.NOTIFICATION, notified),
        (Teller.CERTIFICATE, certificate),
        (Teller.CORONER, coroner),
    )
    return tuple(Said(teller, number) for teller, number in given if number is not None)


def _category(number: int | None) -> str:
    return "none" if number is None else f"{number}, {category(number).name}"


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
