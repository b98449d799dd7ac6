"""What the reading of one survey sheet carries along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wholestory.paperwork.checks import Check
from wholestory.paperwork.words import Word
from wholestory.paperwork.xlsform.choices import Lists
from wholestory.paperwork.xlsform.expressions import CannotRead, Node, read
from wholestory.paperwork.xlsform.findings import Finding, Spot
from wholestory.paperwork.xlsform.headers import Row
from wholestory.paperwork.xlsform.known import Known


@dataclass
class Candidate:
    """A question (or page, section, group) as the standard columns alone say it, before our own columns are heard."""

    cls: type[Word]
    fields: dict[str, Any]
    name: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)


@dataclass
class Context:
    """The state of one reading. ``silent`` names fields our own columns say, so that nothing is told of what the
    standard ones could not; ``candidates`` keeps, by row, what those said."""

    lists: Lists
    known: Known = field(default_factory=Known)
    keys: set[str] = field(default_factory=set)
    faults: list[Finding] = field(default_factory=list)
    not_held: list[Finding] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Spot] = field(default_factory=dict)
    candidates: dict[tuple[int, str], Candidate] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    silent: frozenset[str] = frozenset()
    position: int = 0
    form_fields: dict[str, Any] = field(default_factory=dict)

    def fault(self, spot: Spot, what: str) -> None:
        """It cannot be a form as long as this stands."""
        self.faults.append(Finding(spot, what))

    def leave(self, spot: Spot, what: str, about: str = "") -> None:
        """This is not held; passed over where our own columns hold it."""
        if about not in self.silent or not about:
            self.not_held.append(Finding(spot, what))

    def tell(self, spot: Spot, what: str) -> None:
        """This is held, otherwise than it was written."""
        self.told.append(Finding(spot, what))

    def expression(self, row: Row, column: str) -> Node | None:
        """The tree of a cell's expression; None when it is empty or (which was said already) cannot be read."""
        text = row.text(column)
        try:
            return read(text) if text else None
        except CannotRead:
            return None
