"""How a report is laid out, the same on its page, in its PDF and in its Word file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.safestring import SafeString

from wholestory.govuk.charts.over_time import Point, over_time
from wholestory.kernel.generated.stamp import EXAMPLE
from wholestory.performance.rules.shape import Chart, Report, Section, Table

#: A cell of a column of figures: a number with what may stand around it.
_FIGURE = re.compile(r"[\s£<>+–-]*\d[\d,.]*%?(?: per [\d,]+)?(?: \([a-z ]+\))?")
#: What stands in such a column where there is no number.
_NONE = re.compile(
    r"\[\w\]|does not apply|not held|not supplied|not published.*|withheld.*|percentage only.*"
    r"|of fewer than \d+: no percentage",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A chart and the table of the same subject, which stand together; either may be missing."""

    chart: Chart | None
    table: Table | None


def pieces(section: Section) -> tuple[Piece, ...]:
    """A section's tables, each after the chart of its key."""
    charts = {chart.key: chart for chart in section.charts}
    return tuple(Piece(charts.get(table.key), table) for table in section.tables)


def drawn(chart: Chart) -> SafeString:
    """The chart as SVG."""
    points = [Point(each.label, each.number) for each in chart.marks]
    lines = {} if chart.target is None else {"Target": chart.target}
    return over_time(chart.title, points, unit=chart.unit, breaks=chart.breaks, lines=lines)


def figures_in(table: Table) -> tuple[bool, ...]:
    """Of each column, whether it holds numbers, which stand to the right: also where some of them are withheld or
    missing, so that a column stands the same in each table. The first never does."""
    found = [False]
    for at in range(1, len(table.heads)):
        cells = [row[at] for row in table.rows if row[at]]
        found.append(bool(cells) and all(_FIGURE.fullmatch(cell) or _NONE.fullmatch(cell) for cell in cells))
    return tuple(found[: len(table.heads)])


def widths(table: Table) -> tuple[int, ...]:
    """How wide each column is beside the others."""
    found = []
    for at, head in enumerate(table.heads):
        longest = max((len(word) for row in table.rows for word in row[at].split()), default=1)
        cells = sorted(len(row[at]) for row in table.rows)
        usual = cells[len(cells) * 3 // 4] if cells else 0
        found.append(min(max(9, longest + 1, len(max(head.split(), key=len)) + 3, usual), 26))
    return tuple(found)


def front(report: Report) -> tuple[str, ...]:
    """The lines under the title, with a note first when everything in the report is invented."""
    return (*((EXAMPLE,) if report.invented else ()), *report.front)


def head(report: Report) -> str:
    """What stands at the head of each page."""
    return f"{report.body}: {report.period}"
