"""A report as a tagged PDF: bookmarks for its parts, a description of every chart, a table for each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from wholestory.kernel.generated import typeset
from wholestory.kernel.generated.stamp import EXAMPLE
from wholestory.performance.files import parts
from wholestory.performance.rules.shape import Report

_FRAME = Path(__file__).with_name("report.typ")
#: A report of one section fits on one page: no list of contents, smaller letters.
_SHORT = 1


def pdf(report: Report) -> bytes:
    """An accessible PDF (PDF/UA-1). The same report gives the same file. Raises PageFault."""
    data = {
        "title": report.title,
        "body": report.body,
        "head": parts.head(report),
        "foot": report.marking,
        "example": EXAMPLE if report.invented else "",
        "short": len(report.sections) == _SHORT,
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
        said |= {"drawing": str(parts.drawn(piece.chart)), "title": piece.chart.title, "alt": piece.chart.alt}
    if piece.table is not None:
        table = piece.table
        said["table"] = {
            "caption": table.caption, "heads": table.heads, "rows": table.rows, "notes": table.notes,
            "figures": parts.figures_in(table), "widths": parts.widths(table), "toned": table.toned,
            "tones": table.tones,
        }  # fmt: skip
    return said


@cache
def _source() -> str:
    return _FRAME.read_text(encoding="utf-8")
