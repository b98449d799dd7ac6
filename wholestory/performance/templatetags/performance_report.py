"""Drawing a report on a page."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.utils.safestring import SafeString

from wholestory.govuk.parts import Tag
from wholestory.performance.files import parts
from wholestory.performance.rules.shape import Chart, Report, Section, Table

register = template.Library()
#: The design system's colour for each tone.
_COLOURS = {"green": "green", "amber": "yellow", "red": "red", "grey": "grey"}


@dataclass(frozen=True)
class Cell:
    """One cell: its words or a tag, and whether it stands in a column of figures."""

    words: object
    figures: bool


@register.filter
def as_drawing(chart: Chart) -> SafeString:
    """The chart as SVG."""
    return parts.drawn(chart)


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
def rows_of(table: Table) -> list[tuple[str, list[Cell]]]:
    """Rows as their name and their cells; the standing as a tag with the colour it was given."""
    figures = parts.figures_in(table)
    return [
        (
            row[0],
            [
                Cell(Tag(words, _COLOURS.get(table.tones[number], "grey")), False)
                if at == table.toned
                else Cell(words, figures[at])
                for at, words in enumerate(row[1:], 1)
            ],
        )
        for number, row in enumerate(table.rows)
    ]
