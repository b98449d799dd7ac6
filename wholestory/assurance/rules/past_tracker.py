"""A list of actions as boards keep it in a spreadsheet, read as promises. Pure.

Source: domain notes on quality assurance, 6.4 item 39: the first due day is kept, and nothing becomes closed on
evidence that nobody here has seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from wholestory.assurance.rules.own_tools_columns import RowLike, TableLike, chosen_tables
from wholestory.assurance.rules.own_tools_found import plain
from wholestory.assurance.rules.past_days import read_day
from wholestory.assurance.rules.past_tables import AGENCY, Fault, Layout, Shape, heads_of, key_of
from wholestory.assurance.rules.past_words import fold

ACTION, DETAIL, OWNER, DUE, STATUS, COMMENT, CLOSED_ON = (
    "action", "detail", "owner", "due", "status", "comment", "closed_on"
)  # fmt: skip
OPEN, SAID_DONE, CLOSED, DROPPED, OUT = "open", "said_done", "closed", "dropped", "out"
#: What a word for a state may mean, and how a page calls it.
STATES: Mapping[str, str] = {
    OPEN: "Open",
    SAID_DONE: "Said to be done: your team looks at what shows it",
    CLOSED: "Closed then: it comes in as closed, and says that nobody here saw what shows it",
    DROPPED: "No longer needed",
    OUT: "Leave these rows out",
}
LONGEST_TITLE = 200


@dataclass(frozen=True)
class Promise:
    """One row, as it is written."""

    agency: str
    action: str
    detail: str
    owner: str
    due: str
    status: str
    comment: str
    closed_on: str
    place: str


@dataclass
class Tracker:
    """All rows of a list."""

    agencies: dict[str, str] = field(default_factory=dict)
    rows: list[Promise] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def states(self) -> dict[str, int]:
        """Every different word for a state, and how often it stands there."""
        found: dict[str, int] = {}
        for row in self.rows:
            if row.status:
                found[fold(row.status)] = found.get(fold(row.status), 0) + 1
        return found


def read(tables: Sequence[TableLike], layout: Layout) -> Tracker:
    """The rows of a list, with every fault."""
    found = Tracker()
    for table in chosen_tables(tables, layout.table):
        head = heads_of(table, layout)
        for row in table.rows:
            if row.number > layout.header and row.cells != head:
                _take(table, row, layout, found)
    return found


def _take(table: TableLike, row: RowLike, layout: Layout, found: Tracker) -> None:
    def cell(role: str) -> str:
        column = layout.column(role)
        return row.cells[column - 1] if 0 < column <= len(row.cells) else ""

    place = table.place(row.number)
    action = cell(ACTION)
    if not action:
        if cell(DUE) or cell(OWNER):
            found.faults.append(Fault(place, "No action is written in this row, so it is left out."))
        return
    agency = ""
    if layout.shape is not Shape.COPY:
        written = cell(AGENCY)
        if not written:
            found.faults.append(Fault(place, "No organisation is named in this row, so it is left out."))
            return
        agency = key_of(written)
        found.agencies.setdefault(agency, " ".join(written.split()))
    found.rows.append(
        Promise(
            agency, action, cell(DETAIL), cell(OWNER), cell(DUE), cell(STATUS), cell(COMMENT), cell(CLOSED_ON), place
        )
    )  # fmt: skip


@dataclass(frozen=True)
class Coming:
    """One action that would come in. ``due_guess`` says how its day was read, where somebody should know."""

    agency: str
    title: str
    detail: str
    owner: str
    due_on: date
    state: str
    comment: str
    closed_on: date | None
    place: str


@dataclass
class TrackerPlan:
    """The dry run of a list of actions."""

    coming: list[Coming] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether something has to be settled first."""
        return not self.coming or any(fault.stops for fault in self.faults)

    @property
    def seen(self) -> str:
        """What somebody looked at, in 32 signs."""
        whole = json.dumps([[asdict(one) for one in self.coming], self.left_out], default=str)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


def plan(
    tracker: Tracker,
    *,
    agencies: Mapping[str, tuple[str, str]],
    alone: str,
    states: Mapping[str, str],
    no_day: date | None,
    there: Mapping[tuple[str, str], str],
) -> TrackerPlan:
    """What would come in. ``no_day`` is the due day of rows whose own cannot be read; without one they are left out.
    ``there`` holds the agency and title of actions that are here already."""
    found = TrackerPlan(faults=list(tracker.faults))
    for key, written in tracker.agencies.items():
        if not alone and key not in agencies:
            found.faults.append(
                Fault("", f"“{written}”: say which organisation this is, or leave it out.", stops=True)
            )
        elif not alone and not agencies[key][0]:
            found.left_out.append((written, agencies[key][1]))
    first: dict[tuple[str, str, date], str] = {}
    for row in tracker.rows:
        agency = alone or agencies.get(row.agency, ("", ""))[0]
        state = states.get(fold(row.status), "") if row.status else OPEN
        if not agency or state == OUT:
            continue
        if not state:
            found.faults.append(Fault(row.place, f"“{row.status}”: say what this state means.", stops=True))
            continue
        due = _due(row, no_day, found)
        if due is None:
            continue
        title = _short(row.action)
        if (agency, plain(title)) in there:
            found.left_out.append(
                (f"{row.place}: “{title}”", "This organisation has an action of these words already")
            )
            continue
        at = (agency, plain(row.action), due)
        if at in first:
            found.faults.append(Fault(row.place, f"This says the same as {first[at]}, so it is left out."))
            continue
        first[at] = row.place
        closed = read_day(row.closed_on) if row.closed_on else None
        if row.closed_on and closed is None:
            found.faults.append(Fault(row.place, f"“{row.closed_on}” is not read as the day it was closed."))
        long = row.action if row.action != title else ""
        found.coming.append(
            Coming(
                agency, title, "\n".join(part for part in (long, row.detail) if part), row.owner, due, state,
                row.comment, closed.on if closed and state == CLOSED else None, row.place,
            )
        )  # fmt: skip
    return found


def _due(row: Promise, no_day: date | None, found: TrackerPlan) -> date | None:
    read_ = read_day(row.due)
    written = f"“{row.due}”" if row.due else "No due day"
    if read_ is not None:
        if read_.note:
            found.faults.append(Fault(row.place, f"{written}: {read_.note.lower()}, {read_.on:%d.%m.%Y}."))
        return read_.on
    if no_day is None:
        found.faults.append(Fault(row.place, f"{written} is not read as a day, so this row is left out."))
        return None
    found.faults.append(Fault(row.place, f"{written} is not read as a day: it gets {no_day:%d.%m.%Y}."))
    return no_day


def _short(text: str) -> str:
    first = " ".join(text.split())
    return first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
