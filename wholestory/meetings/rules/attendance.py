"""Attendance over several meetings: per agency's seat, with and without deputies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

CAME_THEMSELVES = frozenset({"present", "virtual", "left_early"})
SENT_A_DEPUTY = frozenset({"deputy", "apologies_deputy"})
#: Observers and guests sit in no seat.
IN_A_SEAT = CAME_THEMSELVES | SENT_A_DEPUTY | {"apologies", "absent"}


@dataclass(frozen=True)
class Mark:
    """One seat at one meeting. ``column`` is the agency (or, without one, the person) it is counted under."""

    meeting: str
    column: str
    label: str
    status: str


@dataclass(frozen=True)
class Attended:
    """One column: of how many meetings, at how many a member was there, and at how many a member or deputy."""

    label: str
    meetings: int
    members: int
    with_deputies: int
    missed_running: int

    @property
    def percent_members(self) -> int | None:
        """Whole percent, halves up; None when there was no meeting to come to."""
        return _percent(self.members, self.meetings)

    @property
    def percent_with_deputies(self) -> int | None:
        """The same, deputies counted."""
        return _percent(self.with_deputies, self.meetings)


def _percent(part: int, whole: int) -> int | None:
    return (200 * part + whole) // (2 * whole) if whole else None


def roll(marks: Iterable[Mark]) -> list[Attended]:
    """Each column's attendance, in order of label. Marks come in the order of the meetings.

    An agency with two seats was there when one of them was; a seat counts from the day somebody held it, because a
    meeting only has a mark for seats that were held on its day.
    """
    labels: dict[str, str] = {}
    by_column: dict[str, dict[str, set[str]]] = {}
    for mark in marks:
        if mark.status in IN_A_SEAT:
            labels[mark.column] = mark.label
            by_column.setdefault(mark.column, {}).setdefault(mark.meeting, set()).add(mark.status)
    found = [_attended(labels[column], list(meetings.values())) for column, meetings in by_column.items()]
    return sorted(found, key=lambda one: one.label.casefold())


def _attended(label: str, meetings: list[set[str]]) -> Attended:
    members = [bool(statuses & CAME_THEMSELVES) for statuses in meetings]
    either = [bool(statuses & (CAME_THEMSELVES | SENT_A_DEPUTY)) for statuses in meetings]
    running = 0
    for came in reversed(either):
        if came:
            break
        running += 1
    return Attended(label, len(meetings), sum(members), sum(either), running)
