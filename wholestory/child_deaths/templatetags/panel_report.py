"""Drawing the panel's report on a page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from wholestory.child_deaths.charts.of_report import drawn
from wholestory.child_deaths.files import panel_report_parts as parts
from wholestory.child_deaths.rules.panel_report.shape import Chart, Report, Section, Table

register = template.Library()


@register.filter
def as_drawing(chart: Chart) -> SafeString:
    """The chart as SVG."""
    return drawn(chart)


@register.filter
def pieces(section: Section) -> tuple[parts.Piece, ...]:
    """Charts and tables of a section, each chart with its table."""
    return parts.pieces(section)


@register.filter
def front_lines(report: Report) -> tuple[str, ...]:
    """The lines under the title."""
    return parts.front(report)


@register.filter
def heads_of(table: Table) -> list[tuple[str, bool]]:
    """Headings, and of each whether its column holds figures."""
    return list(zip(table.heads, parts.figures_in(table), strict=True))


@register.filter
def rows_of(table: Table) -> list[tuple[str, list[tuple[str, bool]]]]:
    """Rows as their name and their cells, each with whether it stands in a column of figures."""
    figures = parts.figures_in(table)[1:]
    return [(row[0], list(zip(row[1:], figures, strict=True))) for row in table.rows]
