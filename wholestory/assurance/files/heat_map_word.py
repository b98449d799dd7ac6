"""The heat map as a Word document, for the board's own report: every cell prints its text, colour comes besides."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from wholestory.assurance.files.heat_map import TONES, key_of, made, notes, tone_of
from wholestory.assurance.files.report_word import in_british_english
from wholestory.assurance.results import Map
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.kernel.generated import Stamp


def word(found: Map, compliant_from: str, *, title: str, today: date, stamp: Stamp) -> bytes:
    """The document, landscape; the first row of its table repeats on each page."""
    made_of: Any = Document()
    in_british_english(made_of)
    made_of.core_properties.title = f"Heat map: {title}"
    made_of.core_properties.author = stamp.maker
    made_of.core_properties.language = "en-GB"
    section = made_of.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.header.paragraphs[0].text = " · ".join(stamp.lines())
    made_of.add_heading("Heat map", 0)
    for line in (*stamp.lines(), *notes(found, title, today)):
        made_of.add_paragraph(line)
    _table(made_of, found, CompliantTest(found.framework.scale, compliant_from))
    made_of.add_heading("Standards", 1)
    for _, number, name in found.standards:
        made_of.add_paragraph(f"{number}. {name}")
    made_of.add_heading("How these figures are made", 1)
    for line in made(found):
        made_of.add_paragraph(line)
    made_of.add_heading("Key", 1)
    for entry in key_of(found):
        made_of.add_paragraph(f"{entry['short']}: {entry['label']}")
    out = io.BytesIO()
    made_of.save(out)
    return out.getvalue()


def _table(made_of: Any, found: Map, test: CompliantTest) -> None:
    table = made_of.add_table(rows=1, cols=len(found.standards) + 1)
    table.style = "Table Grid"
    head = table.rows[0]
    for cell, label in zip(head.cells, ("Agency", *(n for _, n, _ in found.standards)), strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(label).bold = True
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeated)
    # Rows are written as elements: asking a table of hundreds for its cells costs the square of their number.
    for line in found.lines:
        row = OxmlElement("w:tr")
        row.append(_cell(line.agency))
        for one in line.cells:
            row.append(_cell(one.shown, tone_of(one.mean, test), bold=one.compliant is False))
        table._tbl.append(row)


def _cell(said: str, tone: str = "", *, bold: bool = False) -> Any:
    cell, paragraph, run, text = (OxmlElement(f"w:{name}") for name in ("tc", "p", "r", "t"))
    marks = OxmlElement("w:rPr")
    if bold:
        marks.append(OxmlElement("w:b"))
    if tone in TONES:
        back, ink = TONES[tone]
        properties, shade, colour = (OxmlElement(f"w:{name}") for name in ("tcPr", "shd", "color"))
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:color"), "auto")
        shade.set(qn("w:fill"), back)
        properties.append(shade)
        cell.append(properties)
        colour.set(qn("w:val"), ink)
        marks.append(colour)
    text.text = said
    text.set(qn("xml:space"), "preserve")
    run.append(marks)
    run.append(text)
    paragraph.append(run)
    cell.append(paragraph)
    return cell
