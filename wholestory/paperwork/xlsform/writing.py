"""A form of ours as an XLSForm workbook, with columns of our own for what XLSForm has no word for.

The standard columns are written first and read back as if they were all there was; only what that leaves out goes into
our own columns. So a workbook read again here is the same form, and what stands in our own columns is exactly what
another program will not see.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

import xlsxwriter

from wholestory.paperwork.form import Form, Page, Section
from wholestory.paperwork.questions.choosing import Choice, Choices, Option, Point, Scale
from wholestory.paperwork.questions.gridded import GridRow
from wholestory.paperwork.words import Word, encode
from wholestory.paperwork.xlsform import own_columns
from wholestory.paperwork.xlsform.context import Context
from wholestory.paperwork.xlsform.headers import OWN
from wholestory.paperwork.xlsform.lists import HEADINGS
from wholestory.paperwork.xlsform.reading import read_sheets, read_workbook
from wholestory.paperwork.xlsform.report import Report, report_of
from wholestory.paperwork.xlsform.workbook import LONGEST_CELL, Book, Sheet
from wholestory.paperwork.xlsform.written import SurveyRows, Written

COLUMNS = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "calculation", "appearance", "parameters",
)  # fmt: skip
_FOR_READERS = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
_LEFT_OUT = frozenset({"key", "questions", "items", "rows", "columns"})


class CannotWrite(ValueError):
    """The form cannot be written as a workbook. The message says what is in the way."""


@dataclass(frozen=True)
class _Tables:
    """The three sheets, row by row."""

    survey: list[dict[str, str]]
    choices: list[tuple[str, ...]]
    settings: dict[str, str]

    def as_book(self) -> Book:
        """As they will be read."""
        columns = self.columns()
        survey = [tuple(columns), *(tuple(row.get(column, "") for column in columns) for row in self.survey)]
        settings = [tuple(self.settings), tuple(self.settings.values())]
        choices = [HEADINGS, *self.choices]
        return Book(
            (
                Sheet("survey", tuple(survey)),
                Sheet("choices", tuple(choices)),
                Sheet("settings", tuple(settings)),
            )
        )

    def columns(self) -> list[str]:
        """The columns that hold anything: the standard ones in their usual order, then ours by name."""
        used = {column for row in self.survey for column in row}
        standard = [column for column in COLUMNS if column in used or column in ("type", "name", "label")]
        return standard + sorted(used - set(COLUMNS))


def write_workbook(form: Form, names: Mapping[str, str] | None = None) -> tuple[bytes, Report]:
    """The workbook, and what another XLSForm program will not see of the form. ``names`` are what a reading said
    certain keys were called. Raises CannotWrite when a text is too long for a cell."""
    rows = SurveyRows(form, names or {})
    rows.write()
    settings = {"form_title": _visible(form.title), "form_id": form.key, "version": str(form.version)}
    choices = [(*first, _visible(label), tone) for *first, label, tone in rows.lists.rows()]
    standard = _Tables([_standard(row) for row in rows.rows], choices, settings)
    _reading, ctx = read_sheets(standard.as_book())
    own = [_own(row, ctx, number) for number, row in enumerate(rows.rows, 2)]
    own_settings = own_columns.differing(Form, form, ctx.form_fields, frozenset({"pages"}))
    tables = _Tables(
        [{**row, **_prefixed(more)} for row, more in zip(standard.survey, own, strict=True)],
        standard.choices,
        {**settings, **_prefixed(own_settings)},
    )
    content = _packed(tables)
    _check_same(form, content)
    return content, report_of(form, rows.rows, own, own_settings)


def _check_same(form: Form, content: bytes) -> None:
    """What was written is read, as anybody's workbook would be: a loss is found here and not by an author later."""
    back = read_workbook(content)
    if back.form is None or encode(back.form) != encode(form):
        found = "; ".join(str(fault) for fault in back.faults[:3])
        raise CannotWrite(f"The form cannot be written as an XLSForm without loss. {found}".strip())


def _standard(row: Written) -> dict[str, str]:
    cells = {column: _visible(text) if column in _FOR_READERS else text for column, text in row.cells.items()}
    return {column: text for column, text in cells.items() if text}


def _visible(text: str) -> str:
    """A text as a cell may hold it: no control characters, and no ``${``, which other programs take for an answer."""
    kept = "".join(one if one.isprintable() or one == "\n" else " " for one in text)
    return own_columns.LOOKS_ESCAPED.sub(r"_ x\1_", kept.replace("${", "$ {"))


def _own(row: Written, ctx: Context, number: int) -> dict[str, str]:
    """What a row's own columns have to say beside its standard ones."""
    word = row.word
    if word is None:
        return {}
    if isinstance(word, GridRow):
        is_plain = _visible(word.label).strip() == word.label
        return {} if is_plain else {"label": own_columns.to_cell(word.label, str)}
    found = ctx.candidates.get((number, row.name))
    said = found.fields if found is not None else {}
    own = own_columns.differing(type(word), word, said, _LEFT_OUT)
    if not isinstance(word, (Page, Section)) and row.name != getattr(word, "key", row.name):
        own.setdefault("key", str(getattr(word, "key", "")))
    return _with_descriptors(word, said, own)


def _with_descriptors(word: Word, said: Mapping[str, object], own: dict[str, str]) -> dict[str, str]:
    """Where a list fits but for what each choice says, only that is written."""
    name = "points" if isinstance(word, Scale) else "options" if isinstance(word, (Choice, Choices)) else ""
    if name not in own:
        return own
    held: tuple[Option | Point, ...] = getattr(word, name)
    plain = tuple(
        replace(one, descriptor="") if isinstance(one, Point) else replace(one, hint="") for one in held
    )
    if encode(said.get(name, ())) == encode(plain):
        del own[name]
        says = tuple(one.descriptor if isinstance(one, Point) else one.hint for one in held)
        own[own_columns.DESCRIPTORS] = own_columns.descriptors_to_cell(says)
    return own


def _prefixed(own: Mapping[str, str]) -> dict[str, str]:
    return {f"{OWN}{name}": text for name, text in own.items()}


# ---- the file -------------------------------------------------------------------------------------------------------


def _packed(tables: _Tables) -> bytes:
    """The workbook. Every cell is a text: nothing is ever a formula, a number or an address."""
    out = io.BytesIO()
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
    }
    book = xlsxwriter.Workbook(out, options)
    heading = book.add_format({"bold": True, "bg_color": "#f3f2f1", "border": 1, "border_color": "#b1b4b6"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for sheet in tables.as_book().sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 2 if sheet.name == "survey" else 0)
        for at, row in enumerate(sheet.rows):
            for across, text in enumerate(row):
                if len(text) > LONGEST_CELL:
                    place = row[1] if sheet.name == "survey" else sheet.name
                    raise CannotWrite(
                        f"“{place}” holds a text longer than a cell can be ({LONGEST_CELL:,} characters)."
                    )
                if text:
                    page.write_string(at, across, text, cell if at else heading)
        for across, name in enumerate(sheet.rows[0]):
            page.set_column(across, across, 40 if name in ("label", "hint", "guidance_hint") else 18)
    book.close()
    return out.getvalue()
