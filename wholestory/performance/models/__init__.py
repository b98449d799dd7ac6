"""The quarterly report: its frozen figures, its words, each agency's page, and what was published of it."""

from wholestory.performance.models.public import (
    EVER_PUBLISHED,
    PublicCells,
    PublicLog,
    PublicState,
    PublicVersion,
)
from wholestory.performance.models.reports import (
    AgencyPage,
    QuarterlyReport,
    ReportFigures,
    ReportState,
    ReportWords,
)

__all__ = [
    "EVER_PUBLISHED",
    "AgencyPage",
    "PublicCells",
    "PublicLog",
    "PublicState",
    "PublicVersion",
    "QuarterlyReport",
    "ReportFigures",
    "ReportState",
    "ReportWords",
]
