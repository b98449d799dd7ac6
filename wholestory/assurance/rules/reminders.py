"""The ladder of reminders: what is sent, by whom, to whom, and when, before and after a return is due.

Source: domain notes on quality assurance, 1.8, where the ladder is marked as practitioner knowledge: it is
a starting point for each board to set, and no law. The rungs before the due date count calendar days; those
after it count working days, by a function the caller passes in (the due date itself is day 0).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: ``working_days(start, n)``: the n-th working day after ``start``.
AfterWorkingDays = Callable[[date, int], date]


class Party(StrEnum):
    """Who sends, and who is written to."""

    SYSTEM = "system"
    BUSINESS_MANAGER = "business_manager"
    CHAIR = "chair"
    BOARD = "board"
    COORDINATOR = "coordinator"
    SUBSTITUTE = "substitute"
    SIGNATORY = "signatory"
    CHIEF_EXECUTIVE = "chief_executive"


class Counting(StrEnum):
    """How a rung finds its day."""

    DAYS_BEFORE = "days_before"
    WORKING_DAYS_AFTER = "working_days_after"
    BY_DECISION = "by_decision"


@dataclass(frozen=True)
class Rung:
    """One step. ``duties`` are the duty bases it fits, empty for all: an invited charity is not written
    to by name of law."""

    key: str
    title: str
    counting: Counting
    days: int
    sender: Party
    recipients: tuple[Party, ...]
    duties: frozenset[str] = frozenset()

    def fits(self, duty_basis: str) -> bool:
        """Whether this step is for agencies that answer on this basis."""
        return not self.duties or duty_basis in self.duties


@dataclass(frozen=True)
class Step:
    """A rung with its day; ``on`` is None where a person must decide that it happens at all."""

    rung: Rung
    on: date | None


#: Duty bases under which a body is required to answer, as against asked or bound by a contract.
REQUIRED_BY_LAW = frozenset({"s11", "s175", "s157", "nmss", "s40_childcare", "s55_bci"})

_COORDINATORS = (Party.COORDINATOR, Party.SUBSTITUTE)

USUAL_LADDER: tuple[Rung, ...] = (
    Rung("before_28", "First reminder", Counting.DAYS_BEFORE, 28, Party.SYSTEM, (Party.COORDINATOR,)),
    Rung("before_14", "Second reminder", Counting.DAYS_BEFORE, 14, Party.SYSTEM, (Party.COORDINATOR,)),
    Rung("before_7", "One week left", Counting.DAYS_BEFORE, 7, Party.SYSTEM, _COORDINATORS),
    Rung("before_1", "Due tomorrow", Counting.DAYS_BEFORE, 1, Party.SYSTEM, _COORDINATORS),
    Rung("chaser", "It was due", Counting.WORKING_DAYS_AFTER, 1, Party.SYSTEM, _COORDINATORS),
    Rung(
        "to_signatory",
        "Business manager to the person who signs",
        Counting.WORKING_DAYS_AFTER,
        10,
        Party.BUSINESS_MANAGER,
        (Party.SIGNATORY,),
    ),
    Rung(
        "to_chief_executive",
        "Letter from the chair to the chief executive",
        Counting.WORKING_DAYS_AFTER,
        20,
        Party.CHAIR,
        (Party.CHIEF_EXECUTIVE,),
    ),
    Rung(
        "formal_request",
        "Formal request for information",
        Counting.BY_DECISION,
        0,
        Party.CHAIR,
        (Party.CHIEF_EXECUTIVE,),
        REQUIRED_BY_LAW,
    ),
    Rung("to_board", "On the board's agenda", Counting.BY_DECISION, 0, Party.CHAIR, (Party.BOARD,)),
    Rung(
        "in_annual_report",
        "Named in the annual report",
        Counting.BY_DECISION,
        0,
        Party.BOARD,
        (),
        REQUIRED_BY_LAW,
    ),
)

#: The power behind a formal request, by edition of the guidance. Unchecked: not to be shown as law.
INFORMATION_POWER = {
    "WT2013": "section 14B, Children Act 2004",
    "WT2015": "section 14B, Children Act 2004",
    "TRANS": "section 14B, Children Act 2004",
    "WT2018": "section 16H, Children Act 2004",
    "WT2023": "section 16H, Children Act 2004",
}


def ladder(
    due_on: date, after: AfterWorkingDays, *, duty_basis: str, rungs: Sequence[Rung] = USUAL_LADDER
) -> tuple[Step, ...]:
    """Every step for a return due on ``due_on`` (the extended date, where more time was granted), in
    order."""
    return tuple(Step(rung, _day(rung, due_on, after)) for rung in rungs if rung.fits(duty_basis))


def _day(rung: Rung, due_on: date, after: AfterWorkingDays) -> date | None:
    if rung.counting is Counting.DAYS_BEFORE:
        return due_on - timedelta(days=rung.days)
    if rung.counting is Counting.WORKING_DAYS_AFTER:
        return after(due_on, rung.days)
    return None


def next_step(steps: Sequence[Step], *, today: date, sent: Collection[str], issued_on: date) -> Step | None:
    """The one message to draft now: the last step whose day has come and which was not sent; None when
    nothing is due.

    Steps that were missed are not sent late one after the other: one message goes, the most serious that is
    due. A step whose day had passed before the return was issued is never due (a short cycle has no 28-day
    reminder).
    """
    due: Step | None = None
    for step in steps:
        if step.on is not None and issued_on < step.on <= today:
            due = step
    return None if due is None or due.rung.key in sent else due


def by_decision(steps: Sequence[Step], *, today: date) -> tuple[Step, ...]:
    """The steps only a person can decide, offered once every dated step has come."""
    dated = [step.on for step in steps if step.on is not None]
    if not dated or today < max(dated):
        return ()
    return tuple(step for step in steps if step.on is None)
