"""The dry run: for each line, what would be added, changed or left alone, and what somebody has to decide first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

from wholestory.partners.importing.directory import KnownAgency, KnownPerson
from wholestory.partners.importing.line import Line, Problem

NEW, SKIP = "new", "skip"

Outcome = Literal["add", "change", "same", "ask", "refused", "left_out", "agency", "aside"]

OUTCOMES: dict[Outcome, str] = {
    "add": "Added",
    "change": "Changed",
    "same": "Left alone",
    "ask": "You decide",
    "refused": "Cannot be added",
    "left_out": "Left out, as you chose",
    "agency": "Agency only",
    "aside": "Not a person",
}


@dataclass(frozen=True)
class Choices:
    """What somebody decided on screen. Keys are folded names or a line's key; values are ``new``, ``skip`` or an id."""

    agencies: Mapping[str, str] = field(default_factory=dict)
    sectors: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    replace: bool = False
    """Whether a spreadsheet's value takes the place of one the directory already has."""


@dataclass(frozen=True)
class PlannedAgency:
    """An organisation named in the sheet: which one it is, or how it would be added."""

    key: str
    name: str
    rows: int
    decision: str
    sector: str
    duty_basis: str
    found: KnownAgency | None = None
    similar: tuple[KnownAgency, ...] = ()

    @property
    def id(self) -> UUID | None:
        """The entry it is, when it is one."""
        return None if self.decision in {NEW, SKIP} else UUID(self.decision)

    @property
    def is_new(self) -> bool:
        return self.decision == NEW

    @property
    def needs_linking(self) -> bool:
        """Known already, but not yet answering to this board."""
        return self.id is not None and (self.found is None or not self.found.here)


@dataclass(frozen=True)
class PlannedGroup:
    """A group named in the sheet."""

    key: str
    name: str
    decision: str

    @property
    def id(self) -> UUID | None:
        return None if self.decision in {NEW, SKIP} else UUID(self.decision)


@dataclass(frozen=True)
class Question:
    """Something only a person can decide: is this one of those?"""

    sentence: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Change:
    """One field of an existing person: what is there, and what the sheet says. ``kept`` means ours stays."""

    field: str
    label: str
    old: str
    new: str
    kept: bool = False


@dataclass(frozen=True)
class NewSeat:
    """A seat that would be added. Agency and group are keys of the plan's own lists."""

    role: str
    group: str
    agency: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class EndedSeat:
    """A seat whose last day the sheet gives."""

    seat: UUID
    role: str
    old: date | None
    new: date


@dataclass(frozen=True)
class Step:
    """What would happen with one line. Lines with the same ``person_key`` are one person."""

    line: Line
    outcome: Outcome
    person_key: str = ""
    known: KnownPerson | None = None
    changes: tuple[Change, ...] = ()
    new_seats: tuple[NewSeat, ...] = ()
    ended_seats: tuple[EndedSeat, ...] = ()
    same_seats: int = 0
    question: Question | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def words(self) -> str:
        """The outcome as the page says it."""
        return OUTCOMES[self.outcome]

    @property
    def writes(self) -> bool:
        return self.outcome in {"add", "change"}


@dataclass(frozen=True)
class Plan:
    """Everything an import would do."""

    steps: tuple[Step, ...]
    agencies: tuple[PlannedAgency, ...]
    groups: tuple[PlannedGroup, ...]
    missing: tuple[KnownPerson, ...] = ()
    """People of the board the sheet does not name. Nothing happens to them."""

    def of(self, outcome: Outcome) -> list[Step]:
        """The lines with this outcome, in the sheet's order."""
        return [step for step in self.steps if step.outcome == outcome]

    @property
    def questions(self) -> list[Step]:
        """Lines that wait for a decision, decided ones included, so that a decision can be changed."""
        return [step for step in self.steps if step.question is not None]

    @property
    def problems(self) -> list[Problem]:
        """Every problem, in the sheet's order."""
        return [problem for step in self.steps for problem in step.problems]

    @property
    def people_added(self) -> int:
        """How many people are new; one person may stand on several lines."""
        return len({step.person_key for step in self.steps if step.outcome == "add" and step.known is None})

    @property
    def seats_added(self) -> int:
        return sum(len(step.new_seats) for step in self.steps if step.writes)

    @property
    def agencies_added(self) -> list[PlannedAgency]:
        """Agencies that would be new, or newly answer to this board."""
        return [agency for agency in self.agencies if agency.is_new or agency.needs_linking]

    @property
    def groups_added(self) -> list[PlannedGroup]:
        return [group for group in self.groups if group.decision == NEW]

    @property
    def writes_anything(self) -> bool:
        return any(step.writes for step in self.steps) or bool(self.agencies_added) or bool(self.groups_added)

    @property
    def mark(self) -> str:
        """A short hash of what would be written: if it differs when somebody says "apply", they look again first."""
        said = repr(
            [
                (s.line.key, s.outcome, s.known and s.known.id, s.changes, s.new_seats, s.ended_seats)
                for s in self.steps
            ]
        )
        said += repr([(a.key, a.decision, a.sector, a.duty_basis) for a in self.agencies]) + repr(self.groups)
        return hashlib.sha256(said.encode()).hexdigest()[:16]
