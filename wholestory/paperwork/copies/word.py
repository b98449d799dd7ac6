"""A copy as a Word document: real headings, tables with header rows, British English, a title; each answer in a
content control that says what it is for.

Tables are written as XML in one go: a framework's form has some hundreds of lines.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.packuri import PackURI
from docx.opc.part import Part as PackagePart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from wholestory.paperwork.copies.marks import NAMESPACE, PICK, PLACEHOLDER, Marks
from wholestory.paperwork.copies.rows import NO_LONGER_ASKED, Copy, Row
from wholestory.paperwork.printing import Leaf

HEADINGS = ("Number", "Question", "Your answer", "Reason")
WIDTHS = (1100, 4900, 6100, 2300)
"""Twentieths of a point, across a landscape page."""
HOW = (
    "Write in the columns “Your answer” and “Reason” only, then save the file as a Word document and load it on the"
    " form’s page under “Load a filled copy”. Do not change the numbers, and do not add or delete rows. What you leave"
    " empty changes nothing."
)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXmlProps"


def as_docx(copy: Copy, leaf: Leaf) -> bytes:
    """The document. ``leaf`` says whose form this is, how it is marked, and who took it when."""
    document: Any = docx.Document()
    _set_up(document, leaf)
    document.add_heading(_clean(leaf.title), 0)
    lines = (leaf.example, leaf.marking, leaf.board, leaf.about, f"{leaf.reference}, version {leaf.version}")
    for line in (*lines, "" if leaf.is_blank else leaf.status, leaf.made, leaf.intro, HOW):
        if line:
            document.add_paragraph(_clean(line))
    for number, part in enumerate(copy.parts, 1):
        document.add_heading(_clean(f"{number}. {part.title}"), 1)
        _said(document, part.about)
        for block in part.blocks:
            title = block.title or part.title
            if block.title:
                document.add_heading(_clean(block.title), 2)
            _said(document, block.about)
            _add(document, _table(title, HEADINGS, WIDTHS, (_cells(row) for row in block.rows)))
    if copy.earlier:
        document.add_heading(NO_LONGER_ASKED, 1)
        rows = (
            (_para(f"Version {one.version}: {one.line}"), _para(one.label), _para(one.answer))
            for one in copy.earlier
        )
        _add(document, _table(NO_LONGER_ASKED, ("Where", "Question", "Answer"), (3600, 4600, 6200), rows))
    _carry(document, Marks.of(copy))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, leaf: Leaf) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    top = section.header.paragraphs[0]
    top.text = _clean(". ".join(filter(None, (leaf.example, leaf.marking))))
    section.footer.paragraphs[0].text = _clean(f"{leaf.reference}. {leaf.made}")
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "Arial"
        style.font.color.rgb = RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), "Arial")
        fonts.set(qn("w:cs"), "Arial")
    document.styles["Normal"].font.size = Pt(11)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    about = document.core_properties
    about.title, about.subject, about.author = (
        _clean(leaf.title)[:255],
        _clean(leaf.about)[:255],
        "Wholestory",
    )
    about.language = "en-GB"
    about.comments = _clean(". ".join(filter(None, (leaf.example, leaf.marking))))[:255]
    about.created = about.modified = leaf.made_at.replace(tzinfo=None)


def _said(document: Any, text: str) -> None:
    for line in text.split("\n"):
        if line.strip():
            document.add_paragraph(_clean(line))


def _add(document: Any, table: str) -> None:
    """The table, and an empty line after it: two tables that touch become one."""
    document.element.body.insert(len(document.element.body) - 1, parse_xml(table))
    document.add_paragraph()


def _cells(row: Row) -> tuple[str, ...]:
    question = _para(row.label, bold=True) + _para(row.about) + _para(row.may_answer, italic=True)
    reason_open = row.is_open and row.takes_reason
    return (
        _para(row.number),
        question,
        _control(row, f"Answer {row.number}", row.answer, row.pick)
        if row.is_open
        else _para(row.answer) or "<w:p/>",
        _control(row, f"Reason {row.number}", row.reason) if reason_open else _para(row.reason) or "<w:p/>",
    )


def _control(row: Row, title: str, text: str, pick: tuple[str, ...] = ()) -> str:
    """A place to write, or a list to choose from, that a screen reader announces by its number."""
    if pick:
        items = "".join(f"<w:listItem w:displayText={_attr(each)} w:value={_attr(each)}/>" for each in pick)
        kind = f"<w:dropDownList>{items}</w:dropDownList>"
    else:
        kind = '<w:text w:multiLine="1"/>'
    empty = not text
    holds = "<w:showingPlcHdr/>" if empty else ""
    words = (PICK if pick else PLACEHOLDER) if empty else text
    grey = '<w:rPr><w:color w:val="595959"/></w:rPr>' if empty else ""
    return (
        f"<w:p><w:sdt><w:sdtPr><w:alias w:val={_attr(title)}/><w:tag w:val={_attr(row.number)}/>"
        f'<w:lock w:val="sdtLocked"/>{holds}{kind}</w:sdtPr>'
        f"<w:sdtContent><w:r>{grey}{_runs(words)}</w:r></w:sdtContent></w:sdt></w:p>"
    )


def _para(text: str, *, bold: bool = False, italic: bool = False) -> str:
    look = f"<w:rPr>{'<w:b/>' * bold}{'<w:i/>' * italic}</w:rPr>" if bold or italic else ""
    return f"<w:p><w:r>{look}{_runs(text)}</w:r></w:p>" if text else ""


def _runs(text: str) -> str:
    return "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in _clean(text).split("\n")
    )


def _table(
    title: str, headings: tuple[str, ...], widths: tuple[int, ...], rows: Iterable[tuple[str, ...]]
) -> str:
    def line(cells: Iterable[str], head: str = "") -> str:
        drawn = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{drawn}</w:tr>"

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/>'
        f"<w:tblCaption w:val={_attr(title)}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{line((_para(each, bold=True) for each in headings), '<w:tblHeader/>')}"
        f"{''.join(line(row) for row in rows)}</w:tbl>"
    )


def _carry(document: Any, marks: Marks) -> None:
    """The marks travel as a part of their own, which Word and LibreOffice keep and nobody sees."""
    package = document.part.package
    body = f'<copy xmlns="{NAMESPACE}">{escape(marks.as_text())}</copy>'.encode()
    item = PackagePart(PackURI("/customXml/item9.xml"), "application/xml", body, package)
    told = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        '<ds:datastoreItem ds:itemID="{7B0C6F1E-5C0B-4B52-9E57-0A1A3C0F9D11}"'
        ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    item.relate_to(PackagePart(PackURI("/customXml/itemProps9.xml"), kind, told, package), _PROPERTIES)
    document.part.relate_to(item, _CUSTOM)


def _clean(text: str) -> str:
    """Without the characters no XML can hold."""
    return _UNWRITABLE.sub("", text)


def _attr(text: str) -> str:
    return quoteattr(_clean(text).replace("\n", " "))
