"""Cycles, returns, moderation, frameworks of a board's own, scores. A file for each."""

from wholestory.assurance.models.cycles import Cycle, CycleKind, CycleState, OutOfScope, ResultRow, Tally
from wholestory.assurance.models.frameworks import FrameworkDraft, FrameworkVersion
from wholestory.assurance.models.joint import JointBoard, JointRound
from wholestory.assurance.models.moderation import Judgement
from wholestory.assurance.models.more_time import MoreTimeAsked
from wholestory.assurance.models.returns import (
    ChaseNote,
    Query,
    Return,
    SectionOwner,
    SignOff,
    Stage,
    StageChange,
)
from wholestory.assurance.models.scores import ScoreSheet, Whose

__all__ = [
    "ChaseNote", "Cycle", "CycleKind", "CycleState", "FrameworkDraft", "FrameworkVersion", "JointBoard", "JointRound",
    "Judgement", "MoreTimeAsked", "OutOfScope", "Query", "ResultRow", "Return", "ScoreSheet", "SectionOwner", "SignOff",
    "Stage", "StageChange", "Tally", "Whose",
]  # fmt: skip
