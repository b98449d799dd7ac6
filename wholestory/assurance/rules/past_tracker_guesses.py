"""What the columns of a list of actions hold, and what its words for a state mean: guessed, for somebody to look at.
Pure.

Source: domain notes on quality assurance, 6.4 item 39.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from wholestory.assurance.rules.own_tools_columns import TableLike
from wholestory.assurance.rules.own_tools_found import plain
from wholestory.assurance.rules.past_tables import AGENCY, NOTHING, Layout, Shape, heads_of
from wholestory.assurance.rules.past_tracker import (
    ACTION,
    CLOSED,
    CLOSED_ON,
    COMMENT,
    DETAIL,
    DROPPED,
    DUE,
    OPEN,
    OWNER,
    STATUS,
)

#: Words that mean one state wherever they are used. Colours do not: green is done here and on track there.
_OPEN = {
    "open", "ongoing", "on going", "in progress", "started", "not started", "outstanding", "overdue", "on track",
    "underway", "under way", "live", "active", "pending", "to do", "delayed", "new", "off track", "partially complete",
    "no", "not done", "not complete", "incomplete",
}  # fmt: skip
_CLOSED = {
    "closed",
    "complete",
    "completed",
    "done",
    "achieved",
    "finished",
    "signed off",
    "implemented",
    "yes",
}
_DROPPED = {
    "dropped",
    "withdrawn",
    "cancelled",
    "superseded",
    "no longer required",
    "no longer needed",
    "not required",
}
_HEADS: Mapping[str, tuple[str, ...]] = {
    AGENCY: ("agency", "organisation", "organization", "partner", "agency name", "lead agency", "school", "service"),
    ACTION: ("action", "actions", "action required", "agreed action", "task", "what", "recommendation", "to do"),
    DETAIL: ("detail", "details", "description", "finding", "issue", "background", "standard", "gap"),
    OWNER: (
        "owner", "lead", "who", "by whom", "responsible", "action owner", "lead officer", "responsible person",
        "person responsible", "assigned to", "lead person", "responsibility",
    ),
    DUE: (
        "due", "due date", "deadline", "by when", "when", "target date", "completion date", "date due", "timescale",
        "target", "timescales", "date for completion", "original due date",
    ),
    STATUS: (
        "status", "state", "progress status", "open closed", "current status", "action status", "done", "complete",
        "completed",
    ),
    COMMENT: (
        "comment", "comments", "update", "progress", "evidence", "progress update", "notes", "latest update",
        "outcome", "evidence of completion", "updates",
    ),
    CLOSED_ON: ("closed on", "date closed", "date completed", "completed on", "closed date", "actual completion date"),
}  # fmt: skip
#: Headings of a column of colours: the state only where nothing else says it.
_COLOURS = ("rag", "rag rating", "rag status", "bragg", "brag")


def roles_guessed(table: TableLike, layout: Layout, names: Iterable[str] = ()) -> tuple[str, ...]:
    """A role for each column, by its heading; each role once. ``names`` are agencies': a column without a heading of
    its own that mostly holds them says who promised, though it is headed "Who". A colour is the state only where no
    other column says it."""
    heads = [plain(head) for head in heads_of(table, layout)]
    roles = [next((role for role, known in _HEADS.items() if head in known), NOTHING) for head in heads]
    filled = _filled(table, layout)
    if layout.shape is Shape.COPY:
        roles = [NOTHING if role == AGENCY else role for role in roles]
    elif AGENCY not in roles:
        _give(AGENCY, roles, (NOTHING, OWNER), _share(filled, {plain(name) for name in names if name}), 0.5)
    if STATUS not in roles:
        _give(STATUS, roles, (NOTHING,), _share(filled, (_OPEN | _CLOSED | _DROPPED) - {"yes"}), 1)
        if STATUS not in roles:
            roles = [STATUS if head in _COLOURS else role for head, role in zip(heads, roles, strict=True)]
    return tuple(NOTHING if role in roles[:at] else role for at, role in enumerate(roles))


def _filled(table: TableLike, layout: Layout) -> list[list[str]]:
    """What stands in each column below the headings, as a reader tells it apart."""
    rows = [row.cells for row in table.rows if row.number > layout.header]
    return [[plain(cells[at]) for cells in rows if plain(cells[at])] for at in range(table.width)]


def _share(filled: Sequence[Sequence[str]], known: Collection[str]) -> list[float]:
    """Of each column, how much of what stands in it is one of these; nought for an empty one."""
    return [sum(text in known for text in texts) / len(texts) if texts else 0 for texts in filled]


def _give(role: str, roles: list[str], among: Collection[str], shares: Sequence[float], least: float) -> None:
    """Give the role to the column, of those that have one of ``among`` so far, with the largest share, if it has so
    much."""
    at = max(
        (at for at, had in enumerate(roles) if had in among), key=lambda at: (shares[at], -at), default=None
    )
    if at is not None and shares[at] >= least:
        roles[at] = role


def state_guessed(word: str) -> str:
    """What a word for a state means; empty where it may mean several things."""
    said = plain(word)
    for state, known in ((OPEN, _OPEN), (CLOSED, _CLOSED), (DROPPED, _DROPPED)):
        if said in known:
            return state
    return ""
