"""What a return's stage is called and how its tag is coloured: the one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wholestory.assurance.models import Return, Stage
from wholestory.records.models import Record


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
    Stage.REFUSED: Status("Refused to answer", "overdue"),
    Stage.BROUGHT_IN: Status("Brought in, unconfirmed", "not_needed"),
}
OPEN_STAGES = (Stage.ISSUED, Stage.IN_PROGRESS)
_CONFIRMED = Status("Brought in, confirmed", "not_needed")
#: A return that was signed and is being put right.
OPENED_AGAIN = "Opened again"
_NOT_RETURNED = Status("Not returned", "not_needed")


def can_be_answered(ret: Return) -> bool:
    """Whether its agency may still answer it: neither signed nor closed with its cycle."""
    return ret.stage in OPEN_STAGES and ret.record.closed_on is None


def closed_words(record: Record) -> str:
    """That a return was closed with its cycle, for whoever meant to change it; nothing while it is open."""
    if record.closed_on is None:
        return ""
    on = record.closed_on
    return f"This cycle closed on {on.day} {on:%B %Y}; you can read and download your return."


def status_of(ret: Return, today: date) -> Status:
    """The stage in words; overdue shows first, because it is what the reader must act on."""
    if ret.stage in OPEN_STAGES:
        if ret.record.closed_on is not None:
            return _NOT_RETURNED
        last = ret.extended_to or ret.due_on
        again = ret.stage == Stage.IN_PROGRESS and ret.first_signed_on is not None
        label = OPENED_AGAIN if again else _BY_STAGE[ret.stage].label
        if today > last:
            return Status(f"Overdue ({label.lower()})", "overdue")
        if again:
            return Status(label, _BY_STAGE[ret.stage].colour)
        if ret.extended_to:
            return Status(f"{label}, more time given", _BY_STAGE[ret.stage].colour)
    if ret.stage == Stage.BROUGHT_IN and ret.confirmed_on is not None:
        return _CONFIRMED
    return _BY_STAGE[ret.stage]


def stage_label(stage: str) -> str:
    """A stage in words, for counts and filters."""
    return _BY_STAGE[stage].label
