"""Looked-after children, return interviews and care leavers, from lists 8 and 9."""

from __future__ import annotations

from wholestory.indicators.child_level.annex_a.counting import Counting, figure
from wholestory.indicators.child_level.annex_a.reader import Row
from wholestory.indicators.child_level.counts import Item, children_of

SHORT_BREAKS = frozenset({"V3", "V4"})
OUTSIDE = frozenset({"died", "returned_home"})
"""Care leavers whom the share in touch, housed and occupied leaves out: those who died or went back to a parent."""


@figure("LAC-1", "LAC-2", "LAC-2c", "LAC-3", "LAC-3c", needs=((8, "started_on"), (8, "ended_on")))
def looked_after(counting: Counting) -> None:
    """Children looked after at the end, and who began and ceased in the period."""
    left_out = counting.left_out(8, "started_on", "ended_on")
    still = [row for row in counting.open_at_end(8) if not _short_break(row)]
    items = [counting.item(row, counting.end) for row in still]
    counting.counts.tally("LAC-1", children_of(items), left_out=left_out)
    for indicator, key in (("LAC-2", "started_on"), ("LAC-3", "ended_on")):
        periods = [
            counting.item(row, day) for row, day in counting.in_window(8, key) if not _short_break(row)
        ]
        counting.counts.tally(indicator, periods, left_out=left_out)
        counting.counts.tally(f"{indicator}c", children_of(periods), by=(), left_out=left_out)


def _short_break(row: Row) -> bool:
    return row.get("legal_status") in SHORT_BREAKS


@figure("MIS-3", "MIS-3a", needs=((8, "missing"), (8, "offered"), (8, "accepted")))
def return_interviews(counting: Counting) -> None:
    """Of children with missing episodes in twelve months: who was offered a return interview, and who took it."""
    missing: list[Item] = []
    offered: list[Item] = []
    accepted: list[Item] = []
    for row in counting.rows(8):
        if (row.get("missing") or 0) < 1:
            continue
        item = counting.item(row, counting.end)
        missing.append(item)
        if row.get("offered") == "yes":
            offered.append(item)
            if row.get("accepted") == "yes":
                accepted.append(item)
    left_out = counting.left_out(8, "missing")
    counting.counts.tally("MIS-3", offered, of=missing, left_out=left_out)
    counting.counts.tally("MIS-3a", accepted, of=offered, left_out=left_out)


@figure("CL-1", needs=((9, "in_touch"),))
def in_touch(counting: Counting) -> None:
    """Care leavers the authority is in touch with."""
    _share(counting, "CL-1", "in_touch")


@figure("CL-2", needs=((9, "in_touch"), (9, "suitable")))
def housed(counting: Counting) -> None:
    """Care leavers in suitable accommodation."""
    _share(counting, "CL-2", "suitable")


@figure("CL-3", needs=((9, "in_touch"), (9, "activity")))
def occupied(counting: Counting) -> None:
    """Care leavers in education, employment or training."""
    _share(counting, "CL-3", "activity")


def _share(counting: Counting, indicator: str, key: str) -> None:
    known = [
        (row, counting.item(row, counting.end))
        for row in counting.rows(9)
        if row.get("in_touch") not in OUTSIDE
    ]
    yes = [item for row, item in known if row.get(key) == "yes"]
    counting.counts.tally(indicator, yes, of=[item for _, item in known], left_out=counting.left_out(9))
