"""The log of what the public report does not show, line by line, without the numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wholestory.child_deaths.rules.panel_report.layout import Laid
from wholestory.child_deaths.rules.panel_report.protecting import Plan, Why


@dataclass(frozen=True)
class Line:
    """One line of the log: which number of which table, and why it is not shown. It does not say the number."""

    table: str
    line: str
    column: str
    why: Why


def log(laid: Iterable[Laid], found: Plan) -> list[Line]:
    """What is not shown, line by line as the tables have it."""
    lines = []
    for table in laid:
        for face in table.faces:
            if (why := found.left_out.get(face.key)) is not None:
                lines.append(Line(table.caption, "All of it", face.head, why))
                continue
            for label, cell in zip((*table.labels, "All"), face.cells, strict=False):
                if cell in found.hidden:
                    lines.append(Line(table.caption, label, face.head, found.hidden[cell]))
    return lines
