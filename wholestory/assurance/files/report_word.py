"""A page of results as a Word document: headings as headings, and tables whose first row repeats on each page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from wholestory.assurance.reports.base import Grid, Report, shown
from wholestory.kernel.generated import Stamp

_WIDE = 6


def word(report: Report, *, stamp: Stamp) -> bytes:
    """The document, for the board's own report to be written around."""
    made: Any = Document()
    in_british_english(made)
    made.core_properties.title = f"{report.title}: {report.of}"
    made.core_properties.author = stamp.maker
    made.core_properties.language = "en-GB"
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if report.widest >= _WIDE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].text = " · ".join(stamp.lines())
    made.add_heading(report.title, 0)
    made.add_paragraph(report.of)
    for line in stamp.lines():
        made.add_paragraph(line)
    for line in report.headline:
        made.add_paragraph(line)
    for grid in report.grids:
        made.add_heading(grid.title, 1)
        for line in grid.said:
            made.add_paragraph(line)
        if grid.rows:
            _table(made, grid)
        else:
            made.add_paragraph(grid.empty)
    made.add_heading("How these figures are made", 1)
    for line in report.made:
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def in_british_english(made: Any) -> None:
    """British English, for the spelling checker and for whoever has it read out."""
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(10)
    own = style.element.get_or_add_rPr()
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "en-GB")
    own.append(lang)


def _table(made: Any, grid: Grid) -> None:
    table = made.add_table(rows=1, cols=len(grid.columns))
    table.style = "Table Grid"
    head = table.rows[0]
    for cell, col in zip(head.cells, grid.columns, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(col.label).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeated)
    # Rows are written as elements: asking a table of hundreds for its cells costs the square of their number.
    for row in grid.rows:
        words = [shown(col.kind, value) for col, value in zip(grid.columns, row, strict=True)]
        table._tbl.append(_row(words))


def _row(words: Sequence[str]) -> Any:
    row = OxmlElement("w:tr")
    for said in words:
        cell, paragraph, run, text = (OxmlElement(f"w:{name}") for name in ("tc", "p", "r", "t"))
        text.text = said
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        paragraph.append(run)
        cell.append(paragraph)
        row.append(cell)
    return row
