"""An XLSForm workbook as a form of ours: every fault with its place, and what could not be held."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wholestory.paperwork.faults import CannotWork
from wholestory.paperwork.form import Form
from wholestory.paperwork.words import NotADefinition
from wholestory.paperwork.xlsform import headers, own_columns
from wholestory.paperwork.xlsform.building import give_keys, is_question, judge
from wholestory.paperwork.xlsform.choices import Lists, read_lists
from wholestory.paperwork.xlsform.context import Context
from wholestory.paperwork.xlsform.findings import Finding, Spot, in_order
from wholestory.paperwork.xlsform.headers import OWN, ExtraColumn, Row, Table, read_table
from wholestory.paperwork.xlsform.layout import Layout, where
from wholestory.paperwork.xlsform.naming import key_for
from wholestory.paperwork.xlsform.shaping import shaped
from wholestory.paperwork.xlsform.survey import Line, Survey, read_survey
from wholestory.paperwork.xlsform.workbook import Book, NotAWorkbook, Sheet, read_book

_SHEETS = ("survey", "choices", "settings")
_AT_QUESTION = re.compile("question '([a-z0-9_]+)': (.*)", re.DOTALL)
_AT_PAGE = re.compile(r"page (\d+) '[^']*'.*?: (.*)", re.DOTALL)


@dataclass(frozen=True)
class Reading:
    """What a workbook came to. ``form`` is None as long as there are ``faults``. ``not_held`` is what this form cannot
    carry, ``told`` what it carries otherwise than it was written; ``not_understood`` keeps columns nobody knows.
    ``names`` gives, for keys that had to be changed, what they were called, and for choices (``sector:cross_cutting``)
    too: write the form with them to get them back.
    """

    form: Form | None
    faults: tuple[Finding, ...]
    not_held: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()
    not_understood: tuple[ExtraColumn, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def read_workbook(content: bytes, name: str = "") -> Reading:
    """The form in a workbook (.xlsx or .xls). Never raises for what is in it: that is told as faults. ``name`` is the
    file's, the form's title where the workbook gives none."""
    try:
        book = read_book(content)
    except NotAWorkbook as reason:
        return Reading(None, (Finding(Spot(name or "the file"), str(reason)),))
    return read_sheets(book, name)[0]


def read_sheets(book: Book, name: str = "") -> tuple[Reading, Context]:
    """The form in the sheets of a workbook, with what was learnt on the way."""
    sheets = {sheet.name.strip().lower(): sheet for sheet in book.sheets}
    ctx = Context(Lists())
    ctx.faults += book.faults
    if "survey" not in sheets:
        ctx.faults.append(_no_survey(book))
        return _reading(ctx, None, []), ctx
    tables = _tables(ctx, sheets)
    for other in book.sheets:
        if other.name.strip().lower() not in _SHEETS and not other.name.startswith("_") and other.rows:
            ctx.leave(Spot(other.name), "this sheet means nothing to us and was passed over")
    settings = next((row for row in tables["settings"].rows if row.cells), None)
    allow_twice = settings is not None and settings.text("allow_choice_duplicates").lower() in ("yes", "true")
    ctx.lists = read_lists(tables["choices"], allow_twice=allow_twice)
    survey = read_survey(tables["survey"])
    _other_settings(ctx, tables["settings"])
    form = _form(ctx, survey, settings, tables["survey"].name, name)
    for found in (ctx.lists, survey):
        ctx.faults += found.faults
        ctx.told += found.told
    ctx.not_held += ctx.lists.not_held
    for unused in ctx.lists.by_name.keys() - ctx.lists.used:
        ctx.leave(ctx.lists.first[unused], f"no question takes its choices from the list {unused}")
    extras = [extra for table in tables.values() for extra in table.extras]
    return _reading(ctx, None if ctx.faults else form, extras), ctx


def _tables(ctx: Context, sheets: dict[str, Sheet]) -> dict[str, Table]:
    empty = Sheet("", ())
    settings = read_table(sheets.get("settings", empty), headers.SETTINGS, "")
    row = next((row for row in settings.rows if row.cells), None)
    known = [(sheets[each], columns) for each, columns in (("survey", headers.SURVEY), ("choices", headers.CHOICES))
             if each in sheets]  # fmt: skip
    language = headers.chosen_language(known, row.text("default_language") if row else "")
    tables = {
        "survey": read_table(sheets["survey"], headers.SURVEY, language),
        "choices": read_table(sheets.get("choices", empty), headers.CHOICES, language),
        "settings": settings,
    }
    for table in tables.values():
        ctx.faults += table.faults
        ctx.not_held += table.not_held
    return tables


def _no_survey(book: Book) -> Finding:
    """A sheet that looks like a survey sheet is pointed at by its first heading."""
    for sheet in book.sheets:
        for column, heading in enumerate(sheet.rows[0] if sheet.rows else (), 1):
            if heading.strip().lower() in ("type", "command"):
                what = f"the questions stand on a sheet called “{sheet.name}”: rename it to survey"
                return Finding(Spot(sheet.name, 1, column, heading.strip()), what)
    names = ", ".join(sheet.name for sheet in book.sheets) or "none"
    return Finding(Spot("survey"), f"there is no sheet called survey; the sheets are: {names}")


def _other_settings(ctx: Context, settings: Table) -> None:
    for row in settings.rows[1:]:
        if row.cells:
            ctx.leave(Spot(settings.name, row.number), "settings are one row; this one was passed over")


# ---- the form -------------------------------------------------------------------------------------------------------


def _form(ctx: Context, survey: Survey, settings: Row | None, sheet: str, name: str) -> Form | None:
    own = own_columns.given(settings) if settings else {}
    text = settings.text if settings else (lambda column: "")
    form_id = text("form_id") or survey.form_id
    title = (
        text("form_title") or survey.title or form_id or name.rpartition(".")[0] or "A form without a title"
    )
    lines = shaped(ctx, survey.lines)
    give_keys(ctx, lines)
    layout = Layout(ctx, title)
    layout.gather(lines)
    for line in _questions(lines):
        judge(ctx, line)
    pages = layout.pages()
    version = text("version")
    fields: dict[str, Any] = {
        "key": key_for(form_id or name.rpartition(".")[0] or "form", set()), "title": title,
        "version": int(version) if version.isascii() and version.isdigit() and 0 < int(version) < 10**9 else 1,
        "intro": layout.intro, "checks": tuple(ctx.checks),
    }  # fmt: skip
    ctx.form_fields = dict(fields)
    if settings is not None:
        if form_id and fields["key"] != form_id and "key" not in own:
            ctx.tell(settings.spot("form_id"), f"“{form_id}” is kept as {fields['key']}")
        if version and str(fields["version"]) != version:
            ctx.tell(settings.spot("version"), f"versions are counted here; “{version}” is version 1")
        _own_settings(ctx, settings, own, fields)
    if ctx.faults or survey.faults or ctx.lists.faults:
        return None
    if not pages:
        ctx.fault(Spot(sheet, 2), "no question of this workbook can be held")
        return None
    try:
        return Form(pages=pages, **fields)
    except CannotWork as reason:
        _place_faults(ctx, reason, layout, sheet)
        return None


def _questions(lines: list[Line]) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        if is_question(line):
            found.append(line)
        elif line.is_block:
            found += _questions(line.children)
    return found


def _own_settings(ctx: Context, settings: Row, own: dict[str, str], fields: dict[str, Any]) -> None:
    known = own_columns.hints(Form)
    for name, text in own.items():
        spot = settings.spot(f"{OWN}{name}")
        if name in known and name != "pages":
            try:
                fields[name] = own_columns.from_cell(text, known[name], name)
            except NotADefinition as reason:
                ctx.fault(spot, str(reason))
        elif name != "format":
            ctx.leave(spot, f"a form has no {name}")


def _place_faults(ctx: Context, reason: CannotWork, layout: Layout, sheet: str) -> None:
    """What makes the form unable to work, at the row it comes from."""
    lines = [each.line for each in layout.sheets]
    for fault in reason.faults:
        at_question = _AT_QUESTION.search(str(fault))
        at_page = _AT_PAGE.fullmatch(str(fault))
        if at_question is not None:
            ctx.fault(where(ctx, at_question[1], sheet), at_question[2])
        elif at_page is not None and int(at_page[1]) <= len(lines) and (line := lines[int(at_page[1]) - 1]):
            ctx.fault(line.row.spot("name"), at_page[2])
        else:
            ctx.fault(Spot(sheet), str(fault))


def _reading(ctx: Context, form: Form | None, extras: list[ExtraColumn]) -> Reading:
    names = {key: name for key, name in ctx.names.items() if key.partition(":")[0] in ctx.rows}
    return Reading(
        form, in_order(ctx.faults), in_order(ctx.not_held), in_order(ctx.told), tuple(extras), names
    )
