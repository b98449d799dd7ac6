"""What a return's stage is called and how its tag is coloured: the one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.assurance.models import Return, Stage


@dataclass(frozen=True)
class Status:
    """Words and a meaning from the design system's tags."""

    label: str
    colour: str


_BY_STAGE: dict[str, Status] = {
    Stage.ISSUED: Status("Not started", "not_started"),
    Stage.IN_PROGRESS: Status("In progress", "in_progress"),
    Stage.SIGNED_OFF: Status("Signed off", "with_board"),
    Stage.RETURNED_WITH_QUERY: Status("Returned with a query", "returned"),
    Stage.ANSWERED: Status("Query answered", "with_board"),
    Stage.MODERATED: Status("Moderated", "with_board"),
    Stage.RELEASED: Status("Result released", "released"),
    Stage.NIL: Status("Nil return", "not_needed"),
    Stage.WITHDRAWN: Status("Withdrawn", "not_needed"),
}
OPEN_STAGES = (Stage.ISSUED, Stage.IN_PROGRESS)


def status_of(ret: Return, today: date) -> Status:
    """The stage in words; overdue shows first, because it is what the reader must act on."""
    if ret.stage in OPEN_STAGES:
        last = ret.extended_to or ret.due_on
        if today > last:
            return Status(f"Overdue ({_BY_STAGE[ret.stage].label.lower()})", "overdue")
        if ret.extended_to:
            return Status(f"{_BY_STAGE[ret.stage].label}, more time given", _BY_STAGE[ret.stage].colour)
    return _BY_STAGE[ret.stage]


def stage_label(stage: str) -> str:
    """A stage in words, for counts and filters."""
    return _BY_STAGE[stage].label
