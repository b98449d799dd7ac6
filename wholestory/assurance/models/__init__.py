"""Cycles, returns, moderation, frameworks of a board's own, scores. A file for each."""

from wholestory.assurance.models.cycles import Cycle, CycleKind, CycleState, OutOfScope, ResultRow, Tally
from wholestory.assurance.models.exports import CycleExport, ExportState
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
from wholestory.assurance.models.scores import Comparison, CycleFigures, ForWhom, ScoreSheet, Whose
from wholestory.assurance.models.survey import Survey, SurveyLink, SurveyReply, SurveyResult, SurveyState

__all__ = [
    "ChaseNote", "Comparison", "Cycle", "CycleExport", "CycleFigures", "CycleKind", "CycleState",
    "ExportState", "ForWhom", "FrameworkDraft", "FrameworkVersion", "JointBoard", "JointRound", "Judgement",
    "MoreTimeAsked", "OutOfScope", "Query", "ResultRow", "Return", "ScoreSheet", "SectionOwner", "SignOff",
    "Stage", "StageChange", "Survey", "SurveyLink", "SurveyReply", "SurveyResult", "SurveyState", "Tally", "Whose",
]  # fmt: skip
