"""How the panel's report is laid out, the same on its page, in its PDF and in its Word file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from wholestory.child_deaths.rules.panel_report.shape import Chart, Report, Section, Table, Version
from wholestory.kernel.generated.stamp import EXAMPLE

VERSIONS: dict[str, str] = {
    Version.CONFIDENTIAL: "Confidential version",
    Version.PUBLIC: "Public version",
}
#: A cell of a column of figures: a number, with a sign, a share or an interval; a dash; or a short mark for a gap.
_FIGURE = re.compile(r"[\s£<>+–-]*\d.{0,28}|[–-]|")
_MARK = re.compile(r"\[[a-z]\]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A chart and the table of the same numbers, which stand together; either may be missing."""

    chart: Chart | None
    table: Table | None


def pieces(section: Section) -> tuple[Piece, ...]:
    """A section’s charts, each before the table of its key (without ``-chart`` at the end), and tables without a chart,
    in their order."""
    charts = {chart.key.removesuffix("-chart"): chart for chart in section.charts}
    tabled = {table.key for table in section.tables}
    alone = [Piece(chart, None) for key, chart in charts.items() if key not in tabled]
    return (*(Piece(charts.get(table.key), table) for table in section.tables), *alone)


def figures_in(table: Table) -> tuple[bool, ...]:
    """Of each column, whether it holds figures, which stand to the right. The first names the row and never does.

    A column does when most of its cells are figures: some may say why there is none. Marks in brackets say nothing
    about that: they stand for a figure that is not shown.
    """
    found = [False]
    for at in range(1, len(table.heads)):
        cells = [row[at] for row in table.rows if at < len(row) and row[at]]
        said = [cell for cell in cells if not _MARK.fullmatch(cell)]
        numbers = sum(1 for cell in said if _FIGURE.fullmatch(cell))
        found.append(bool(cells) and numbers * 2 >= len(said))
    return tuple(found[: len(table.heads)])


def widths(table: Table) -> tuple[int, ...]:
    """How wide each column is beside the others, so that what is written in it breaks as seldom as may be."""
    found = []
    for at, head in enumerate(table.heads):
        cells = [len(row[at]) for row in table.rows if at < len(row)]
        longest_word = max((len(word) for word in head.split()), default=1)
        found.append(min(max([8, longest_word + 2, *cells]), 34))
    return tuple(found)


def version_of(report: Report) -> str:
    """Which of the two versions it is, in words; a word nobody knows is shown as it is."""
    return VERSIONS.get(report.version, report.version)


def foot(report: Report) -> str:
    """What stands at the foot of each page: the version, and who may have it, by the front's first line. Of a longer
    line its first sentence, without the word that names the version once more."""
    first = report.front[0] if report.front else ""
    who = first.removeprefix(f"{report.version.capitalize()}. ").partition(". ")[0]
    return ". ".join(part.rstrip(".") for part in (version_of(report), who) if part)


def head(report: Report) -> str:
    """What stands at the head of each page."""
    return f"{report.panel}: {report.years}"


def front(report: Report) -> tuple[str, ...]:
    """The lines under the title, with a note first when everything in the report is invented."""
    return (*((EXAMPLE,) if report.invented else ()), *report.front)
