"""A report as a Word document: headings as headings, tables whose first row repeats, described pictures."""

from __future__ import annotations

import io
from datetime import UTC
from typing import Any

from django.utils import timezone
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from wholestory.kernel.generated import picture
from wholestory.kernel.generated.stamp import EXAMPLE
from wholestory.performance.files import parts
from wholestory.performance.rules.shape import Chart, Report, Table

#: Word holds no SVG that every reader shows: the drawing is set on a page of its own size and kept as a picture.
_PICTURE = """
#set page(width: 680pt, height: auto, margin: 0pt)
#set text(font: ("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans"))
#image(bytes(json(bytes(sys.inputs.drawing))), format: "svg", width: 100%)
"""
_PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Wholestory</Application></Properties>"
)
_DOTS = 144
_TINTS = {"green": "CCE2D8", "amber": "FFF7BF", "red": "F4CDC6"}
_INK = RGBColor(0x0B, 0x0C, 0x0C)


def word(report: Report) -> bytes:
    """The document, on A4, in British English."""
    made: Any = Document()
    _styled(made)
    _described(made, report)
    _around(made.sections[0], report)
    made.add_heading(report.title, 0)
    for line in parts.front(report):
        made.add_paragraph(line)
    for section in report.sections:
        made.add_heading(section.title, 1)
        for line in section.words:
            made.add_paragraph(line)
        for piece in parts.pieces(section):
            if piece.chart is not None:
                _chart(made, piece.chart)
            if piece.table is not None:
                _table(made, piece.table)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _described(made: Any, report: Report) -> None:
    """What the file says of itself, in place of what the empty document it began as does."""
    said, now = made.core_properties, timezone.now()
    said.title, said.subject = report.title, report.marking
    said.author = said.last_modified_by = report.body
    said.language, said.comments, said.keywords, said.revision = "en-GB", "", "", 1
    said.created = said.modified = now.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    package = made.part.package
    for key, each in list(package.rels.items()):
        if each.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]
        elif each.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            each.target_part._blob = _PROGRAM


def _styled(made: Any) -> None:
    """One plain typeface in dark letters, and the language for whoever has it read out."""
    for name, size in (("Normal", 11), ("Title", 20), ("Heading 1", 15), ("Caption", 11)):
        style = made.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), _INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for old in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[old]
        for which in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{which}"), "Arial")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    made.styles["Caption"].paragraph_format.keep_with_next = True


def _around(section: Any, report: Report) -> None:
    """What stands on each page: the board and the quarter above, the marking and the page below."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    header = section.header.paragraphs[0]
    header.text = " · ".join([*([EXAMPLE] if report.invented else []), parts.head(report)])
    foot = section.footer.paragraphs[0]
    foot.text = report.marking
    numbers = section.footer.add_paragraph("Page ")
    _field(numbers, "PAGE")
    numbers.add_run(" of ")
    _field(numbers, "NUMPAGES")
    for paragraph in (header, foot, numbers):
        for run in paragraph.runs:
            run.font.size = Pt(9)


def _field(paragraph: Any, code: str) -> None:
    """A number that Word works out itself; until it does, one stands there."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _chart(made: Any, chart: Chart) -> None:
    made.add_paragraph(chart.title, style="Caption")
    png = picture(_PICTURE, {"drawing": str(parts.drawn(chart))}, dots_per_inch=_DOTS)
    shape = made.add_picture(io.BytesIO(png), width=Mm(165))
    said = shape._inline.docPr
    said.set("title", chart.title)
    said.set("descr", chart.alt)


def _table(made: Any, table: Table) -> None:
    made.add_paragraph(table.caption, style="Caption")
    if not table.rows:
        made.add_paragraph("Nothing to show.")
        return
    figures = parts.figures_in(table)
    drawn_table = made.add_table(rows=1, cols=len(table.heads))
    drawn_table.style = "Table Grid"
    head = drawn_table.rows[0]
    for at, (cell, words) in enumerate(zip(head.cells, table.heads, strict=True)):
        cell.paragraphs[0].add_run(words).bold = True
        _sized(cell.paragraphs[0], right=figures[at], wide=len(table.heads))
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    head._tr.get_or_add_trPr().append(repeated)
    for number, row in enumerate(table.rows):
        line = drawn_table.add_row()
        whole = OxmlElement("w:cantSplit")
        line._tr.get_or_add_trPr().append(whole)
        for at, (cell, words) in enumerate(zip(line.cells, row, strict=True)):
            cell.paragraphs[0].add_run(words)
            if at == table.toned:
                _tinted(cell, table.tones[number])
            _sized(cell.paragraphs[0], right=figures[at], wide=len(table.heads))
    for note in table.notes:
        made.add_paragraph().add_run(note).font.size = Pt(9.5)
    made.add_paragraph()


def _tinted(cell: Any, tone: str) -> None:
    if tone not in _TINTS:
        return
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _TINTS[tone])):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _sized(paragraph: Any, *, right: bool, wide: int) -> None:
    paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for run in paragraph.runs:
        run.font.size = Pt(8 if wide > 6 else 9.5)
