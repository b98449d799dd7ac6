"""Form versions and answers; copies that were loaded; who else is here, and comments. A file for each."""

from wholestory.paperwork.models.answers import (
    Answer,
    AnswerHistory,
    AnswerSet,
    Clash,
    FormVersion,
    GivenFields,
    How,
    SettledHow,
    Status,
)
from wholestory.paperwork.models.colleagues import Comment, Presence
from wholestory.paperwork.models.copies import CopyLoad, LoadState

__all__ = [
    "Answer", "AnswerHistory", "AnswerSet", "Clash", "Comment", "CopyLoad", "FormVersion", "GivenFields", "How",
    "LoadState", "Presence", "SettledHow", "Status",
]  # fmt: skip
