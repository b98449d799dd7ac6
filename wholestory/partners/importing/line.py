"""One line of a membership spreadsheet, and how a sheet is to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

STOPS, NOTE = "stops", "note"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one cell. ``STOPS`` keeps the row out; a ``NOTE`` says what happens to the cell instead."""

    row: int
    column: str
    sentence: str
    weight: str = NOTE


@dataclass(frozen=True)
class Reading:
    """How a sheet is to be read: where the headings are and what each column means."""

    heading_row: int
    meanings: tuple[str, ...]
    fill_down: bool = True
    role_when_empty: str = ""
    starts_on: date | None = None
    groups_only: bool = False
    """Whether a row that names a seat and a group means the seat in the group alone, not one on the board too."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """What this board's own words for seats mean, folded word to role; beats the guess."""

    def places(self, key: str) -> list[int]:
        """The columns that hold ``key``."""
        return [at for at, meaning in enumerate(self.meanings) if meaning == key]


@dataclass(frozen=True)
class Wanted:
    """One seat a line asks for. Without a group it is a seat on the board or for an agency."""

    role: str
    group: str = ""


@dataclass(frozen=True)
class Line:
    """One person (or only an agency) on one row, as far as it could be read."""

    row: int
    full_name: str
    email: str
    telephone: str
    job_title: str
    agency: str
    sector: str
    seats: tuple[Wanted, ...]
    starts_on: date | None
    ends_on: date | None
    problems: tuple[Problem, ...]
    also: str = ""
    """Set for the second person of a row, a deputy named in a column of their own."""
    aside: bool = False
    """A heading, a total or a vacant seat: nothing that could be added."""

    @property
    def key(self) -> str:
        """How a decision about this line is remembered."""
        return f"{self.row}{self.also}"

    @property
    def stopped(self) -> bool:
        """Whether something keeps the line out altogether."""
        return any(problem.weight == STOPS for problem in self.problems)
