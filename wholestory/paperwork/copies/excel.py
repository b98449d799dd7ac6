"""A copy as an Excel workbook: one sheet of questions, answers in column E, everything else locked without a password.

Every text is written as text: nothing somebody answered is ever a formula. Answer cells are text cells, so that
Excel neither turns ``1/2`` into a date nor ``=`` into a formula when somebody types.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_range_abs

from wholestory.paperwork.copies.marks import ANSWER, MARKS_SHEET, PLACE, REASON, REVISION, SHEET, Marks
from wholestory.paperwork.copies.rows import NO_LONGER_ASKED, Copy, Row
from wholestory.paperwork.printing import Leaf

HEADINGS = (
    "Number",
    "Question",
    "Guidance",
    "What may be answered",
    "Your answer",
    "Reason",
    "Place",
    "Saved",
)
WIDTHS = (9, 40, 38, 38, 60, 34, 12, 8)
HOW = (
    "Write in the white cells of columns E and F only, then save the file and load it on the form’s page under"
    " “Load a filled copy”. Do not add, move or delete rows. Empty cells change nothing."
)
_PLAIN = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#b1b4b6"}
_MOST_LINES = 25


@dataclass(frozen=True)
class _Looks:
    """The few formats a copy needs."""

    title: Any
    told: Any
    head: Any
    page: Any
    section: Any
    fixed: Any
    closed: Any
    answer: Any

    @classmethod
    def of(cls, book: Any) -> _Looks:
        def made(**wanted: Any) -> Any:
            return book.add_format({"font_name": "Arial", "font_size": 11, "valign": "top", **wanted})

        return cls(
            title=made(bold=True, font_size=14),
            told=made(),
            head=made(**{**_PLAIN, "bold": True, "bg_color": "#0b0c0c", "font_color": "#ffffff"}),
            page=made(bold=True, font_size=13, bg_color="#d3e4f1", text_wrap=True),
            section=made(bold=True, bg_color="#f3f2f1", text_wrap=True),
            fixed=made(**_PLAIN, bg_color="#f3f2f1"),
            closed=made(**_PLAIN, bg_color="#f3f2f1", num_format="@"),
            answer=made(**_PLAIN, num_format="@", locked=False),
        )


def as_xlsx(copy: Copy, leaf: Leaf) -> bytes:
    """The workbook. ``leaf`` says whose form this is, how it is marked, and who took it when."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    about = ", ".join(filter(None, (leaf.example, leaf.marking)))
    book.set_properties(
        {"title": leaf.title, "subject": leaf.about, "author": "Wholestory", "comments": about}
    )
    looks = _Looks.of(book)
    sheet = book.add_worksheet(SHEET)
    last = _answers(sheet, copy, leaf, looks, lists := _Lists())
    if copy.earlier:
        _earlier(book.add_worksheet("No longer asked"), copy, leaf, looks)
    _marks(book.add_worksheet(MARKS_SHEET), Marks.of(copy), lists)
    sheet.print_area(0, 0, last, REASON)
    sheet.activate()
    book.close()
    return out.getvalue()


class _Lists:
    """The lists that answers are chosen from. Each stands once in a hidden column: what is written into a cell's own
    rule may have 255 characters only."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def range_of(self, words: tuple[str, ...]) -> str:
        """Where a list stands, as a formula."""
        across = self.columns.setdefault(words, len(self.columns) + 3)
        return f"='{MARKS_SHEET}'!{xl_range_abs(0, across, len(words) - 1, across)}"


def _answers(sheet: Any, copy: Copy, leaf: Leaf, looks: _Looks, lists: _Lists) -> int:
    for across, width in enumerate(WIDTHS):
        sheet.set_column(across, across, width, None, {"hidden": across >= PLACE})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer(f"&L{_printed(leaf.example)} {_printed(leaf.marking)}&RPage &P of &N")
    sheet.write_string(0, 0, f"{leaf.title} – {leaf.about}" if leaf.about else leaf.title, looks.title)
    sheet.write_string(1, 0, stamp(leaf), looks.told)
    sheet.write_string(2, 0, HOW, looks.told)
    for across, words in enumerate(HEADINGS):
        sheet.write_string(3, across, words, looks.head)
    sheet.repeat_rows(3)
    sheet.freeze_panes(4, 2)
    at = 3
    for part in copy.parts:
        at += 1
        _heading(sheet, at, part.title, part.about, looks.page)
        for block in part.blocks:
            if block.title:
                at += 1
                _heading(sheet, at, block.title, block.about, looks.section)
            for row in block.rows:
                at += 1
                _row(sheet, at, row, looks, lists)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    return at


def _heading(sheet: Any, at: int, title: str, about: str, look: Any) -> None:
    for across in range(REASON + 1):
        sheet.write_blank(at, across, None, look)
    sheet.write_string(at, 1, title, look)
    sheet.write_string(at, 2, about, look)
    sheet.set_row(at, 16 * _lines_of(at, ((title, WIDTHS[1]), (about, WIDTHS[2]))))


def _row(sheet: Any, at: int, row: Row, looks: _Looks, lists: _Lists) -> None:
    reason_open = row.is_open and row.takes_reason
    for across, text in enumerate((row.number, row.label, row.about, row.may_answer)):
        sheet.write_string(at, across, text, looks.fixed)
    sheet.write_string(at, ANSWER, row.answer, looks.answer if row.is_open else looks.closed)
    sheet.write_string(at, REASON, row.reason, looks.answer if reason_open else looks.closed)
    sheet.write_string(at, PLACE, row.place)
    sheet.write_string(at, REVISION, str(row.revision) if row.place else "")
    sized = zip((row.label, row.about, row.may_answer, row.answer, row.reason), WIDTHS[1:], strict=False)
    sheet.set_row(at, 15 * _lines_of(at, tuple(sized)))
    if row.pick and row.is_open:
        sheet.data_validation(
            at, ANSWER, at, ANSWER,
            {
                "validate": "list", "source": lists.range_of(row.pick), "error_title": "Choose from the list",
                "error_message": "Choose one of the answers in the list, or leave the cell empty.",
            },
        )  # fmt: skip


def _lines_of(at: int, texts: tuple[tuple[str, int], ...]) -> int:
    """How many lines the fullest cell needs: spreadsheets do not always work this out by themselves."""
    tallest = max(
        sum(1 + len(line) // width for line in text.split("\n")) if text else 1 for text, width in texts
    )
    return min(max(tallest, 1), _MOST_LINES)


def _earlier(sheet: Any, copy: Copy, leaf: Leaf, looks: _Looks) -> None:
    sheet.write_string(0, 0, NO_LONGER_ASKED, looks.title)
    sheet.write_string(1, 0, stamp(leaf), looks.told)
    for across, (words, width) in enumerate(
        (("Version", 10), ("Where it was asked", 40), ("Question", 50), ("Answer", 80))
    ):
        sheet.write_string(3, across, words, looks.head)
        sheet.set_column(across, across, width)
    for at, one in enumerate(copy.earlier, 4):
        for across, text in enumerate((str(one.version), one.line, one.label, one.answer)):
            sheet.write_string(at, across, text[:32_000], looks.fixed)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _marks(sheet: Any, marks: Marks, lists: _Lists) -> None:
    for at, (name, text) in enumerate(marks.as_pairs()):
        sheet.write_string(at, 0, name)
        sheet.write_string(at, 1, text)
    for words, across in lists.columns.items():
        for at, each in enumerate(words):
            sheet.write_string(at, across, each)
    sheet.protect()
    sheet.very_hidden()


def stamp(leaf: Leaf) -> str:
    """In one line: example or not, the marking, whose, which record, and who took it when."""
    status = "" if leaf.is_blank else leaf.status
    parts = (
        leaf.example,
        leaf.marking,
        leaf.board,
        leaf.reference,
        f"Version {leaf.version}",
        status,
        leaf.made,
    )
    return ". ".join(part for part in parts if part)


def _printed(text: str) -> str:
    """Text for a page's foot, where an ampersand begins a command."""
    return text.replace("&", "&&")


def cell_name(row: int, column: int) -> str:
    """``Answers!E14`` for a row and column counted from 0."""
    return f"{SHEET}!{xl_col_to_name(column)}{row + 1}"
