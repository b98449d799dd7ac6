"""The panel’s report on its page, as PDF and as Word: the same words, described charts, nothing kept back told."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from html.parser import HTMLParser
from typing import Any

import pypdf
import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from tests.child_deaths.people import Deaths
from tests.child_deaths.report_by_hand import CATEGORIES, CATEGORY_CHART, REPORT, SHARE_CHART
from wholestory.child_deaths.charts.of_report import drawn
from wholestory.child_deaths.files.panel_report_parts import figures_in, foot, pieces, widths
from wholestory.child_deaths.files.panel_report_pdf import pdf
from wholestory.child_deaths.files.panel_report_word import word
from wholestory.child_deaths.rules.panel_report.shape import Mark, Section, from_data


@pytest.fixture(scope="module")
def read() -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf(REPORT)))


@pytest.fixture(scope="module")
def document() -> Any:
    return Document(io.BytesIO(word(REPORT)))


def page() -> str:
    return render_to_string("child_deaths/panel_report/_shown.html", {"report": REPORT})


def structure(read: pypdf.PdfReader) -> Iterator[Any]:
    """Every element of the tagged structure."""
    root: Any = read.trailer["/Root"]
    left = [root["/StructTreeRoot"]]
    while left:
        one = left.pop()
        if "/S" in one:
            yield one
        kids = one.get("/K", [])
        kids = kids.get_object() if hasattr(kids, "get_object") else kids
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object() if hasattr(kid, "get_object") else kid
            if isinstance(kid, dict):
                left.append(kid)


def test_a_number_not_shown_is_a_gap_and_none_is_a_nothing() -> None:
    drawing = str(drawn(CATEGORY_CHART))
    # Four rows: one is not shown and has no bar; that of none at all has a bar of no length.
    widths = re.findall(r'<rect [^>]*width="([\d.]+)"', drawing)
    assert len(widths) == 3
    assert widths[0] == "0.0"
    assert ">not shown</text>" in drawing
    # 12 of 21 is as long as 12/21 of the longest.
    assert float(widths[1]) / float(widths[2]) == pytest.approx(12 / 21, abs=0.001)


def test_no_line_goes_over_a_gap_or_a_change_of_what_is_counted() -> None:
    drawing = str(drawn(SHARE_CHART))
    lines = re.findall(r'<polyline points="([^"]+)"', drawing)
    # Two years before the change; the year of the change is not shown; two years after.
    assert [len(line.split()) for line in lines] == [2, 2]
    assert drawing.count("<circle") == 4
    assert drawing.count("counted otherwise from here") == 1
    assert "England, 2011 to 2012: 20% (dashed)" in drawing


def test_a_gap_looks_the_same_whatever_stood_there() -> None:
    # The height of what is not drawn depends on nothing: only the numbers shown make the scale.
    hidden = [mark for mark in SHARE_CHART.marks if mark.number is None]
    assert hidden == [Mark("2010 to 2011", None, "not shown")]
    assert 'y="44.0" width="26.0" height="250.0"' in str(drawn(SHARE_CHART))


def test_a_kind_of_chart_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="pie"):
        drawn(replace(CATEGORY_CHART, kind="pie"))


def test_a_chart_of_gaps_alone_is_still_a_chart() -> None:
    for kind in ("bars", "over_time"):
        assert "not shown" in drawn(replace(CATEGORY_CHART, kind=kind, marks=(Mark("One", None),)))
        assert drawn(replace(CATEGORY_CHART, kind=kind, marks=())).startswith("<svg")


def test_what_was_kept_is_drawn_alike() -> None:
    assert pdf(from_data(REPORT.as_data())) == pdf(REPORT)


def test_the_foot_says_who_may_have_it_in_one_line() -> None:
    long = "Confidential. Only for the panel and the coordinator. Do not copy it: its numbers are exact."
    assert foot(replace(REPORT, version="confidential", front=(long,))) == (
        "Confidential version. Only for the panel and the coordinator"
    )
    assert foot(replace(REPORT, front=("Draft: not to be passed on.", "Frozen."))) == (
        "Public version. Draft: not to be passed on"
    )
    assert foot(replace(REPORT, front=())) == "Public version"


def test_a_chart_stands_before_its_own_table() -> None:
    found = pieces(REPORT.sections[1])
    assert [(one.chart and one.chart.key, one.table and one.table.key) for one in found] == [
        ("categories", "categories"),
        ("modifiable", "modifiable"),
    ]
    named = Section("x", "X", charts=(replace(SHARE_CHART, key="categories-chart"),), tables=(CATEGORIES,))
    assert [bool(one.chart and one.table) for one in pieces(named)] == [True]
    alone = Section("x", "X", charts=(SHARE_CHART,), tables=(CATEGORIES,))
    assert [(one.chart and one.chart.key, one.table and one.table.key) for one in pieces(alone)] == [
        (None, "categories"),
        ("modifiable", None),
    ]


def test_a_column_is_one_of_figures_when_most_of_it_is() -> None:
    assert figures_in(CATEGORIES) == (False, True, True)
    words = replace(CATEGORIES, rows=(("One", "Asked in 2014, answered since", "12% (8% to 17%)"),))
    assert figures_in(words) == (False, False, True)
    hidden = replace(CATEGORIES, rows=(("One", "[c]", "[c]"), ("Two", "[c]", "12.3 (8.0 to 17.1) [u]")))
    assert figures_in(hidden) == (False, True, True)


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    # 50 letters count as 34; “Reviews” is narrow by its numbers and by itself; “12% (8% to 17%)” has fifteen.
    table = replace(CATEGORIES, rows=(("x" * 50, "12", "12% (8% to 17%)"),))
    assert widths(table) == (34, 9, 15)


class Headings(HTMLParser):
    """Levels of headings, scopes of heading cells, and every id."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.scopes: Counter[str] = Counter()
        self.ids: list[str] = []
        self.named: list[str] = []
        self.plain: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag == "th":
            self.scopes[said.get("scope") or "none"] += 1
        if identity := said.get("id"):
            self.ids.append(identity)
        self.named += (said.get("aria-labelledby") or "").split()
        if "style" in said or tag in ("style", "script"):
            self.plain.append(tag)


def test_the_page_has_headings_captions_scopes_and_described_charts() -> None:
    html = page()
    found = Headings()
    found.feed(html)
    assert found.levels == [2, 2, 2]  # the contents and two parts, under the page's own title
    assert found.scopes == {"col": 6, "row": 9}
    assert html.count("<caption") == 2
    assert len(found.ids) == len(set(found.ids))
    assert set(found.named) <= set(found.ids)
    assert not found.plain, "no style and no script may stand in the page"
    assert f'<desc id="chart-categories-words">{CATEGORY_CHART.alt}</desc>' in html
    assert "Fewer &lt;than&gt; before &amp; “so on”." in html
    assert "Example: invented" in html


def test_the_pdf_is_tagged_titled_and_bookmarked(read: pypdf.PdfReader) -> None:
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert read.metadata is not None
    assert read.metadata.title == REPORT.title
    assert b"pdfuaid" in root["/Metadata"].get_data()
    outline: list[Any] = read.outline
    assert [mark["/Title"] for mark in outline] == ["Foreword", "What the panel reviewed"]


def test_the_pdf_describes_its_charts_and_heads_its_tables(read: pypdf.PdfReader) -> None:
    found = list(structure(read))
    described = {str(one["/Alt"]) for one in found if "/Alt" in one}
    assert {CATEGORY_CHART.alt, SHARE_CHART.alt} <= described
    kinds = Counter(str(one["/S"]) for one in found)
    assert kinds["/Table"] == 2
    assert kinds["/TH"] == 6
    assert kinds["/H1"] >= 2


def test_each_page_of_the_pdf_says_the_version_and_who_may_have_it(read: pypdf.PdfReader) -> None:
    assert foot(REPORT) == "Public version. Anybody may have it"
    for number, each in enumerate(read.pages, 1):
        text = each.extract_text()
        assert foot(REPORT) in text
        assert "Example: invented" in text
        assert f"Page {number} of {len(read.pages)}" in text
    assert "Fewer <than> before & “so on”." in read.pages[0].extract_text()


def test_what_is_not_invented_does_not_say_so() -> None:
    real = replace(REPORT, invented=False)
    assert "invented" not in "".join(
        each.extract_text() for each in pypdf.PdfReader(io.BytesIO(pdf(real))).pages
    )
    made = Document(io.BytesIO(word(real)))
    assert "invented" not in made.sections[0].header.paragraphs[0].text


def test_the_word_file_has_real_headings_and_heading_rows(document: Any) -> None:
    headings = [
        (one.style.name, one.text) for one in document.paragraphs if one.style.name.startswith(("H", "T"))
    ]
    assert headings == [
        ("Title", REPORT.title),
        ("Heading 1", "Foreword"),
        ("Heading 1", "What the panel reviewed"),
    ]
    assert len(document.tables) == 2
    for table in document.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert tuple(cell.text for cell in document.tables[0].rows[1].cells) == CATEGORIES.rows[0]
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.title == REPORT.title


def test_the_word_file_says_of_itself_who_made_it_and_when(document: Any) -> None:
    said = document.core_properties
    assert (said.title, said.author, said.last_modified_by) == (REPORT.title, REPORT.panel, REPORT.panel)
    assert abs(timezone.now() - said.created.replace(tzinfo=UTC)) < timedelta(minutes=10)
    assert said.modified == said.created
    with zipfile.ZipFile(io.BytesIO(word(REPORT))) as file:
        names = file.namelist()
        text = b"".join(file.read(name) for name in names if name.startswith(("docProps", "_rels")))
    assert not any("thumbnail" in name for name in names)
    for wrong in (b"python-docx", b"Macintosh", b"Microsoft", b"humbnail"):
        assert wrong not in text
    assert b"<Application>Wholestory</Application>" in text


def test_the_pictures_of_the_word_file_are_described(document: Any) -> None:
    shapes = document.inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [CATEGORY_CHART.alt, SHARE_CHART.alt]
    assert [shape._inline.docPr.get("title") for shape in shapes] == [CATEGORY_CHART.title, SHARE_CHART.title]
    for shape in shapes:
        part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        assert part.blob.startswith(b"\x89PNG")


def test_each_page_of_the_word_file_says_what_it_is(document: Any) -> None:
    section = document.sections[0]
    assert "Example: invented" in section.header.paragraphs[0].text
    assert section.footer.paragraphs[0].text == foot(REPORT)
    fields = [one.get(qn("w:instr")) for one in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_page_pdf_and_word_say_the_same(read: pypdf.PdfReader, document: Any) -> None:
    said = " ".join(each.extract_text() for each in read.pages)
    html = page()
    written = " ".join(one.text for one in document.paragraphs)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for section in REPORT.sections:
        for line in section.words[:1]:
            assert line in said
            assert line in written
        for table in section.tables:
            assert table.caption in html
            for words in (*table.heads, *(cell for row in table.rows for cell in row)):
                assert words in cells
                assert words in html
    assert all(note in written for note in CATEGORIES.notes)


@pytest.mark.parametrize("persona", ["panel_chair", "panel_lay", "coordinator"])
def test_members_find_the_reports_on_the_panels_page(
    deaths: Deaths, browse: Callable[[str], Client], persona: str
) -> None:
    client = browse(persona)
    reports = reverse("child_deaths:panel_reports")
    assert f'href="{reports}"' in client.get(reverse("child_deaths:panel")).content.decode()
    assert client.get(reports).status_code == 200
