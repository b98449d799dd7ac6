"""Who answered, who did not, and when: with the denominator that is honest (domain 1.8, 6.2 item 24)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wholestory.assurance.models import Cycle, OutOfScope, Stage
from wholestory.assurance.queries.asked import Asked, in_scope
from wholestory.assurance.queries.scope import left_ids
from wholestory.assurance.rules.cells import ReturnPosition, Standing
from wholestory.assurance.rules.response import CAME_LATE, ResponseRate, Timeliness, response_rate, timeliness


@dataclass(frozen=True)
class LeftOut:
    """An agency that was not asked, and why."""

    agency: str
    sector: str
    reason: str


def left_out(cycle: Cycle) -> list[LeftOut]:
    """The agencies out of scope in this cycle, by name. One query."""
    rows = OutOfScope.objects.filter(cycle=cycle).order_by("agency__name")
    return [LeftOut(*row) for row in rows.values_list("agency__name", "agency__sector", "reason")]


def left_while_it_ran(cycle: Cycle, rows: Sequence[Asked], today: date) -> int:
    """How many of these rows (the withdrawn ones too) were asked and then ended, or gave their part to another body: in
    neither number of the rate."""
    return len(left_ids(cycle.board, rows, today))


def rate_of(rows: Sequence[Asked], out: int, left: int = 0) -> ResponseRate:
    """Returned of those asked and in scope; ``out`` were never asked and ``left`` went while it ran: both are counted
    beside the rate."""
    never = [ReturnPosition(Standing.NOT_ASKED)] * out
    return response_rate([*(row.position for row in rows), *never], left_scope=left)


def times_of(rows: Sequence[Asked]) -> Timeliness:
    """Of those that came back, how many in time; by the day of the first signature."""
    back = [row for row in rows if row.position.has_come and row.first_signed_on]
    return timeliness((_when_it_came(row), row.first_signed_on) for row in back if row.first_signed_on)


def _when_it_came(row: Asked) -> ReturnPosition:
    """Without the days that were added only after it had come late."""
    return replace(row.position, extended_to=None) if row.extension_reason == CAME_LATE else row.position


def not_here(rows: Sequence[Asked]) -> list[Asked]:
    """Those asked whose return is not here."""
    return [row for row in rows if not row.position.has_come]


def words_of_time(row: Asked, today: date) -> str:
    """When it came, or that it did not."""
    signed, last = row.first_signed_on, row.extended_to or row.due_on
    if row.position.has_come and signed:
        if signed <= row.due_on:
            return "In time"
        added = _when_it_came(row).extended_to
        return "In the time added" if added and signed <= added else "Late"
    if row.stage == Stage.REFUSED:
        return "Refused"
    return "Overdue" if today > last else "Not due yet"


def counted(every: Sequence[Asked], cycle: Cycle, today: date) -> dict[str, Any]:
    """The same as numbers, to keep for the board; ``every`` has the withdrawn ones too."""
    rows = in_scope(every)
    out = OutOfScope.objects.filter(cycle=cycle).count()
    rate, times = rate_of(rows, out, left_while_it_ran(cycle, every, today)), times_of(rows)
    return {
        "returned": rate.returned, "asked": rate.asked_in_scope, "nil": rate.nil, "never": rate.never_asked,
        "left": rate.left_scope, "in_time": times.in_time, "in_extended_time": times.in_extended_time,
        "late": times.late, "opened_again": rate.opened_again,
        "refused": sum(row.stage == Stage.REFUSED for row in rows),
        "extended": sum(row.extended_to is not None for row in rows),
    }  # fmt: skip


def rate_from(kept: dict[str, Any]) -> ResponseRate:
    """The rate as it was kept."""
    left, again = kept.get("left", 0), kept.get("opened_again", 0)
    return ResponseRate(kept["returned"], kept["asked"], kept["nil"], kept["never"], left, again)


def times_from(kept: dict[str, Any]) -> Timeliness:
    """Timeliness as it was kept."""
    return Timeliness(kept["in_time"], kept["in_extended_time"], kept["late"])
