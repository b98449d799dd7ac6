"""Writes: clocks, moves, the board's calendar, and what was checked of the rules."""

from wholestory.pathways.operations.calendar import check_year, proclaim, withdraw_day
from wholestory.pathways.operations.checks import mark_rule
from wholestory.pathways.operations.clocks import (
    CannotChangeClock,
    cancel_clock,
    correct_start,
    meet_clock,
    pause_clock,
    reopen_clock,
    resume_clock,
    start_clock,
)
from wholestory.pathways.operations.moves import begin, change_side, move, put_back
from wholestory.pathways.operations.rederiving import note_breaches, rederive

__all__ = [
    "CannotChangeClock",
    "begin",
    "cancel_clock",
    "change_side",
    "check_year",
    "correct_start",
    "mark_rule",
    "meet_clock",
    "move",
    "note_breaches",
    "pause_clock",
    "proclaim",
    "put_back",
    "rederive",
    "reopen_clock",
    "resume_clock",
    "start_clock",
    "withdraw_day",
]
