"""Cycles, returns, moderation, frameworks of a board's own, scores. A file for each."""

from wholestory.assurance.models.cycles import Cycle, CycleKind, CycleState, OutOfScope, ResultRow, Tally
from wholestory.assurance.models.evidence import EvidenceItem, EvidenceKind, EvidenceUse
from wholestory.assurance.models.exports import CycleExport, ExportState
from wholestory.assurance.models.frameworks import FrameworkDraft, FrameworkVersion
from wholestory.assurance.models.joint import JointBoard, JointRound
from wholestory.assurance.models.moderation import Judgement
from wholestory.assurance.models.more_time import MoreTimeAsked
from wholestory.assurance.models.panel import Enquiry, Panel, PanelOutcome, PanelState, Screening
from wholestory.assurance.models.past import BroughtIn, BroughtInKind, BroughtInState, PastRow, SaidOfPast
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
    "BroughtIn", "BroughtInKind", "BroughtInState", "ChaseNote", "Comparison", "Cycle", "CycleExport",
    "CycleFigures", "CycleKind", "CycleState", "Enquiry", "EvidenceItem", "EvidenceKind", "EvidenceUse",
    "ExportState", "ForWhom", "FrameworkDraft", "FrameworkVersion", "JointBoard", "JointRound", "Judgement",
    "MoreTimeAsked", "OutOfScope", "Panel", "PanelOutcome", "PanelState", "PastRow", "Query", "ResultRow", "Return",
    "SaidOfPast", "ScoreSheet", "Screening", "SectionOwner", "SignOff", "Stage", "StageChange", "Survey",
    "SurveyLink", "SurveyReply", "SurveyResult", "SurveyState", "Tally", "Whose",
]  # fmt: skip
