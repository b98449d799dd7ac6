"""The Excel return: one row for each line, hidden codes to read it back by, last quarter beside it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from wholestory.govuk.downloads import DEFAULT_MARKING, EXAMPLE
from wholestory.govuk.forms.dates import in_words as day_in_words
from wholestory.indicators.models import AgencyReturn
from wholestory.indicators.queries.return_form import Form
from wholestory.indicators.rules.entries import KINDS_OF_NOTHING, Typed
from wholestory.indicators.rules.lines import COUNT, SHARE, Line
from wholestory.indicators.rules.return_cells import Trouble
from wholestory.indicators.rules.return_file import COLUMNS, HEADER_ROW, TEMPLATE

SHEET, HOW, PROBLEMS = "Return", "How to fill this in", "What to put right"
_HEADINGS = (
    "Key", "Code", "Measure", "Part", "Last quarter", "A year ago", "How many", "Of how many", "Only a percentage",
    "No number because", "Note",
)  # fmt: skip
_WIDTHS = (0, 8, 52, 26, 20, 20, 12, 12, 12, 26, 40)
_AT = {name: n for n, name in enumerate(COLUMNS)}
_LONGEST_CELL = 32_000


@dataclass(frozen=True)
class Beside:
    """What stands beside the data in a file that goes back: by line, and what belongs to no line."""

    lines: Mapping[str, Sequence[str]]
    troubles: Sequence[Trouble]


def template(
    form: Form, made_at: datetime, typed: Mapping[str, Typed] | None = None, beside: Beside | None = None
) -> bytes:
    """The workbook of a return, filled in as far as it is; with ``beside``, what to put right next to each row."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": f"Figures for {form.ret.label}", "author": "Wholestory"})
    _Return(book, form, typed if typed is not None else form.typed, beside).write(made_at)
    _how(book, form)
    if beside is not None:
        _problems(book, beside)
    book.close()
    return out.getvalue()


class _Return:
    """The sheet that is filled in."""

    def __init__(self, book: Any, form: Form, typed: Mapping[str, Typed], beside: Beside | None) -> None:
        self.form, self.typed, self.beside = form, typed, beside
        self.sheet = book.add_worksheet(SHEET)
        self.bold = book.add_format({"bold": True})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self.label = book.add_format({"text_wrap": True, "valign": "top"})
        self.free = book.add_format({"locked": False, "border": 1, "bg_color": "#FFFBE6", "valign": "top"})
        self.text = book.add_format({"locked": False, "border": 1, "bg_color": "#FFFBE6", "valign": "top",
                                     "text_wrap": True, "num_format": "@"})  # fmt: skip
        self.shut = book.add_format({"bg_color": "#E5E5E5"})
        self.wrong = book.add_format(
            {"text_wrap": True, "valign": "top", "bold": True, "font_color": "#942514"}
        )

    def write(self, made_at: datetime) -> None:
        ret, sheet = self.form.ret, self.sheet
        for n, said in enumerate(_codes(ret)):
            sheet.write_string(0, n, said)
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.write_string(1, 1, f"{ret.agency.name}: figures for {ret.label}", self.bold)
        mark = f"{EXAMPLE}. " if ret.board.is_example else ""
        sheet.write_string(2, 1, f"{mark}{DEFAULT_MARKING}. Made on {day_in_words(made_at.date())}.")
        last = ret.extended_to or ret.due_on
        sheet.write_string(
            3,
            1,
            f"Due by {day_in_words(last)}. Fill in the yellow cells; “{HOW}” says how. Do not delete rows.",
        )
        headings = [*_HEADINGS, *(["What to put right"] if self.beside else [])]
        for n, said in enumerate(headings):
            sheet.write_string(HEADER_ROW, n, said, self.head)
        for n, width in enumerate(_WIDTHS):
            sheet.set_column(n, n, width, None, {"hidden": n == 0})
        if self.beside:
            sheet.set_column(len(_WIDTHS), len(_WIDTHS), 60)
        for n, line in enumerate(self.form.lines, HEADER_ROW + 1):
            self._line(n, line)
        sheet.freeze_panes(HEADER_ROW + 1, 4)
        sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEADER_ROW)

    def _line(self, n: int, line: Line) -> None:
        sheet, typed = self.sheet, self.typed.get(line.key, Typed())
        definition = line.definition
        sheet.write_string(n, _AT["key"], line.key)
        sheet.write_string(n, _AT["code"], line.measure, self.label)
        sheet.write_string(n, _AT["measure"], "" if line.part else definition.title, self.label)
        sheet.write_string(n, _AT["part"], line.part, self.label)
        sheet.write_string(n, _AT["last_quarter"], self.form.before(line, 1), self.label)
        sheet.write_string(n, _AT["last_year"], self.form.before(line, 4), self.label)
        if not line.part:
            said = f"How many: {definition.numerator}"
            said += f"\nOf how many: {definition.denominator}" if line.way == SHARE else ""
            sheet.write_comment(n, _AT["measure"], said, {"x_scale": 2.5, "y_scale": 1.5})
        self._box(n, "numerator", typed.numerator, whole=line.way in (COUNT, SHARE))
        self._box(n, "denominator", typed.denominator, whole=True, open=line.way == SHARE)
        self._box(n, "percentage", typed.percentage, open=line.way == SHARE and definition.unit == "percent")
        sheet.write_string(n, _AT["nothing"], KINDS_OF_NOTHING.get(typed.nothing, typed.nothing), self.free)
        sheet.data_validation(
            n, _AT["nothing"], n, _AT["nothing"],
            {"validate": "list", "source": list(KINDS_OF_NOTHING.values()), "error_type": "warning",
             "error_message": "Choose one of the list, or leave it empty when there is a number."},
        )  # fmt: skip
        sheet.write_string(n, _AT["note"], typed.note, self.text)
        sheet.data_validation(
            n, _AT["note"], n, _AT["note"],
            {"validate": "length", "criteria": "<=", "value": 500, "error_message": "At most 500 characters."},
        )  # fmt: skip
        if self.beside and line.key in self.beside.lines:
            said = " ".join(self.beside.lines[line.key])[:_LONGEST_CELL]
            sheet.write_string(n, len(_WIDTHS), said, self.wrong)

    def _box(self, n: int, name: str, said: str, *, whole: bool = False, open: bool = True) -> None:
        at = _AT[name]
        plain = said.replace(",", "")
        if not open and not said:
            self.sheet.write_blank(n, at, None, self.shut)
            return
        if plain.isdigit() and len(plain) < 15:
            self.sheet.write_number(n, at, int(plain), self.free)
        else:
            self.sheet.write_string(n, at, said, self.free)
        criteria = {"validate": "integer" if whole else "decimal", "criteria": ">=", "value": 0}
        message = "A whole number from 0." if whole else "A number from 0."
        # A warning and no more: whoever must write c for “withheld” still can.
        self.sheet.data_validation(
            n, at, n, at, {**criteria, "error_type": "warning", "error_message": message}
        )


def _codes(ret: AgencyReturn) -> tuple[str, ...]:
    """What the hidden row holds, to be read back by ``rules.return_file``."""
    return (
        TEMPLATE, ret.record.reference, ret.agency.slug, ret.period_start.isoformat(), ret.period_end.isoformat(),
    )  # fmt: skip


def _how(book: Any, form: Form) -> None:
    sheet = book.add_worksheet(HOW)
    sheet.set_column(0, 0, 110, book.add_format({"text_wrap": True, "valign": "top"}))
    ret = form.ret
    lines = (
        f"How to fill in the figures of {ret.agency.name} for {ret.label}",
        f"1. On the sheet “{SHEET}”, fill in the yellow cells of each row. Grey cells stay empty.",
        "2. “How many” is a whole number. Write 0 where none were counted.",
        "3. Where a measure is so many of so many, write both numbers. The percentage is worked out.",
        "4. Only if you hold nothing but a percentage, write it under “Only a percentage”, such as 81%. It is shown as"
        " “percentage only” and is not added to other figures. You will be asked for the counts.",
        "5. Where there is no number, leave it empty and choose why under “No number because”. None of the choices"
        " means 0. Do not write <5, n/a, tbc or a dash: they can be read in several ways.",
        "6. Parts add up to their total. Where you may not send a small part, choose “Withheld because it is small”.",
        "7. Say under “Note” what somebody needs to know who reads the figure. Name no child.",
        "8. Do not delete, move or merge rows. The file knows its rows by codes you do not see.",
        "9. Save the file, go to the page of this return and choose “Excel template and files”. You are shown what was"
        " read before anything counts. Then a second person in your organisation sends the figures.",
    )  # fmt: skip
    for n, said in enumerate(lines):
        sheet.write_string(n, 0, said, book.add_format({"bold": True}) if n == 0 else None)


def _problems(book: Any, beside: Beside) -> None:
    sheet = book.add_worksheet(PROBLEMS)
    head = book.add_format({"bold": True, "bottom": 2})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    for n, (said, width) in enumerate(
        (("Rule", 8), ("Sheet", 16), ("Cell", 12), ("As sent", 24), ("What is wrong", 60), ("What to do", 60))
    ):
        sheet.write_string(0, n, said, head)
        sheet.set_column(n, n, width)
    for n, one in enumerate(beside.troubles, 1):
        for at, said in enumerate((one.rule, one.sheet, one.cell, one.sent, one.words, one.what_to_do)):
            sheet.write_string(n, at, said[:_LONGEST_CELL], wrap)
