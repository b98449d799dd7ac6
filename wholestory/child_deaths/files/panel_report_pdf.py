"""The panel's report as a tagged PDF: bookmarks for its parts, a description of every chart, a table for each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from wholestory.child_deaths.charts.of_report import drawn
from wholestory.child_deaths.files import panel_report_parts as parts
from wholestory.child_deaths.rules.panel_report.shape import Report
from wholestory.kernel.generated import typeset
from wholestory.kernel.generated.stamp import EXAMPLE

_FRAME = Path(__file__).with_name("panel_report.typ")


def pdf(report: Report) -> bytes:
    """An accessible PDF (PDF/UA-1). The same report gives the same file. Raises PageFault."""
    data = {
        "title": report.title,
        "panel": report.panel,
        "head": parts.head(report),
        "foot": parts.foot(report),
        "example": EXAMPLE if report.invented else "",
        "front": list(parts.front(report)),
        "sections": [
            {
                "title": section.title,
                "words": section.words,
                "pieces": list(map(_piece, parts.pieces(section))),
            }
            for section in report.sections
        ],
    }
    return typeset(_source(), {"report": data})


def _piece(piece: parts.Piece) -> dict[str, Any]:
    said: dict[str, Any] = {"drawing": None, "table": None}
    if piece.chart is not None:
        said |= {"drawing": str(drawn(piece.chart)), "title": piece.chart.title, "alt": piece.chart.alt}
    if piece.table is not None:
        table = piece.table
        said["table"] = {
            "caption": table.caption, "heads": table.heads, "rows": table.rows, "notes": table.notes,
            "figures": parts.figures_in(table), "widths": parts.widths(table),
        }  # fmt: skip
    return said


@cache
def _source() -> str:
    return _FRAME.read_text(encoding="utf-8")
