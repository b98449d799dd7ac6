"""One row of the survey sheet as a question: what its standard columns say."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from wholestory.paperwork.checks import RequiredWhen
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Option, Scale, YesNo
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.shaped import Time
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.questions.writing import LongText, Text
from wholestory.paperwork.words import all_words
from wholestory.paperwork.xlsform.calculations import as_working
from wholestory.paperwork.xlsform.choices import fields_of, offered, usual_class
from wholestory.paperwork.xlsform.constraints import as_bounds
from wholestory.paperwork.xlsform.context import Candidate, Context
from wholestory.paperwork.xlsform.known import CannotHold
from wholestory.paperwork.xlsform.relevance import as_condition
from wholestory.paperwork.xlsform.survey import Line

#: A text that XLSForm gives no length may be this long here; the usual 200 characters would cut answers short.
LONGEST_LINE = 2_000
PICTURES = ("png", "jpg", "jpeg")
_TRUE = frozenset({"yes", "true", "true()"})
_FALSE = frozenset({"", "no", "false", "false()"})
_PAIR = re.compile(r"([A-Za-z_\-]+)\s*=\s*([^\s;,]+)")
_DAYS = {"percentage": 100, "days 31": 31, "days 183": 183, "days 365": 365}
_DRAWN_ONLY = "how it is drawn there is not held"


def candidate(ctx: Context, line: Line) -> Candidate | None:
    """The question of a row; None for what this form does not hold, which is then said."""
    makers: dict[str, Callable[[Context, Line], Candidate]] = {
        "text": _text, "phone": _text, "barcode": _text, "integer": _number, "decimal": _number, "range": _range,
        "date": _date, "datetime": _date, "time": _time, "select_one": _select, "select_multiple": _select,
        "acknowledge": _acknowledge, "file": _file, "image": _file, "calculate": _calculate,
    }  # fmt: skip
    kind, row = line.type.kind, line.row
    if kind == "not_ours":
        ctx.leave(row.spot("type"), f"“{line.name or row.text('type')}” is not held: {line.type.about}")
        return None
    if kind != "calculate" and row.text("calculation"):
        ctx.leave(row.spot("calculation"), "an answer that is filled in beforehand is not held; it is asked")
    found = (_usual_number if kind in _DAYS else makers[kind])(ctx, line)
    if found.cls is Calculated and "working" not in found.fields and line.kind != Calculated.word:
        return None
    found.name = line.name
    words(ctx, line, found)
    _shown_only(ctx, line, found)
    return found


def _own_kind(line: Line, usual: type[Question], *fitting: type[Question]) -> type[Question]:
    """The type an own column gives the row, where it fits what the standard columns are."""
    cls = all_words(Question).get(line.kind)
    if cls is None or not issubclass(cls, Question) or issubclass(cls, (Repeat, Grid, Calculated)):
        return usual
    return cls if not fitting or issubclass(cls, fitting) else usual


# ---- the same for every type ----------------------------------------------------------------------------------------


def words(ctx: Context, line: Line, found: Candidate) -> None:
    """Its label, hint and guidance, and when it is shown."""
    row = line.row
    label = row.text("label")
    if not label:
        ctx.tell(row.spot("label"), f"there is no label; its name is shown: “{line.name}”")
    if "${" in label + row.text("hint"):
        ctx.leave(row.spot("label"), "an earlier answer is not put into the words of a question", "label")
    found.fields |= {
        "label": label or line.name,
        "hint": row.text("hint"),
        "guidance": row.text("guidance_hint"),
    }
    found.fields["show_when"] = relevant(ctx, line)


def _shown_only(ctx: Context, line: Line, found: Candidate) -> None:
    """Columns that say how another program fills in or draws the question."""
    row = line.row
    for column, what in (
        ("default", "an answer that is there beforehand is not held"),
        ("choice_filter", "which choices are offered does not depend on answers here: all of them are"),
        ("trigger", "what makes it work itself out again is not held"),
        ("save_to", "where else it would be kept is not held"),
    ):
        if row.text(column):
            ctx.leave(row.spot(column), what)
    if row.text("read_only").casefold() not in _FALSE and found.cls is not Calculated:
        ctx.leave(row.spot("read_only"), "here it can be answered")
    drawn = _appearances(line) - {"multiline", "month-year", "year", "textarea"}
    if drawn:
        ctx.leave(row.spot("appearance"), f"{_DRAWN_ONLY} (“{' '.join(sorted(drawn))}”)")


def judged(ctx: Context, line: Line, found: Candidate) -> None:
    """Whether it must be answered and what may be, once every question of the form is known."""
    _required(ctx, line, found)
    _bounds(ctx, line, found)


def relevant(ctx: Context, line: Line, about: str = "show_when") -> Any:
    """The condition a row is shown under; None when there is none, or (which is then said) it cannot be held."""
    node = ctx.expression(line.row, "relevant")
    try:
        return as_condition(node, ctx.known) if node is not None else None
    except CannotHold as reason:
        spot = line.row.spot("relevant")
        ctx.leave(spot, f"when it is shown is not held, so it always is: {reason}", about)
        return None


def _required(ctx: Context, line: Line, found: Candidate) -> None:
    row = line.row
    text = row.text("required").casefold()
    message = row.text("required_message")
    if found.cls is Calculated:
        return
    found.fields["required"] = text in _TRUE
    if text in _TRUE or text in _FALSE:
        if message:
            ctx.leave(row.spot("required_message"), f"our own words are used instead of “{message}”")
        return
    node = ctx.expression(row, "required")
    try:
        condition = as_condition(node, ctx.known) if node is not None else None
    except CannotHold as reason:
        ctx.leave(
            row.spot("required"), f"when it has to be answered is not held, so it need not be: {reason}"
        )
        return
    if condition is None:
        found.fields["required"] = node is not None
    else:
        said = message or f"Answer this too: {found.fields['label']}"
        found.checks.append(RequiredWhen(line.key, condition, message=said))


def _bounds(ctx: Context, line: Line, found: Candidate) -> None:
    row = line.row
    text, message = row.text("constraint"), row.text("constraint_message")
    if ctx.expression(row, "constraint") is None:
        return
    cls: Any = found.cls
    bounds = as_bounds(text, cls, line.key, bool(found.fields.get("whole")), ctx.known)
    found.fields |= bounds.fields
    spot = row.spot("constraint")
    for what in bounds.left:
        ctx.leave(spot, f"“{text[:80]}” is not all held: {what}", "constraint")
    for what in bounds.loosened:
        ctx.leave(spot, f"“{text[:80]}” is held less strictly: {what}", "constraint")
    for make in bounds.checks:
        found.checks.append(make(message or "These two answers do not fit together"))
    if message and bounds.fields and not bounds.checks:
        ctx.leave(row.spot("constraint_message"), f"our own words are used instead of “{message}”")


def _appearances(line: Line) -> set[str]:
    return set(line.row.text("appearance").split())


def _parameters(line: Line) -> dict[str, str]:
    return {name.lower(): value for name, value in _PAIR.findall(line.row.text("parameters"))}


# ---- by type --------------------------------------------------------------------------------------------------------


def _text(ctx: Context, line: Line) -> Candidate:
    rows = _parameters(line).get("rows") or line.row.text("rows")
    usual: type[Question] = LongText if rows or {"multiline", "textarea"} & _appearances(line) else Text
    cls = _own_kind(line, usual)
    fields: dict[str, Any] = {}
    if issubclass(cls, Text):
        fields["max_length"] = LONGEST_LINE
    if issubclass(cls, LongText) and rows.isdigit() and 0 < int(rows) < 100:
        fields["rows"] = int(rows)
    if line.type.kind == "phone":
        ctx.leave(line.row.spot("type"), "that only digits may be typed is not held")
    if line.type.kind == "barcode":
        ctx.tell(line.row.spot("type"), "it is typed here, not scanned")
    return Candidate(cls, fields)


def _number(ctx: Context, line: Line) -> Candidate:
    cls = _own_kind(line, Number, Number)
    return Candidate(cls, {"whole": line.type.kind == "integer"})


def _usual_number(ctx: Context, line: Line) -> Candidate:
    """``percentage`` and its kind: whole numbers within bounds of their own."""
    most = _DAYS[line.type.kind]
    unit = "%" if line.type.kind == "percentage" else "days"
    return Candidate(Number, {"whole": True, "minimum": Decimal(0), "maximum": Decimal(most), "unit": unit})


def _range(ctx: Context, line: Line) -> Candidate:
    said = {"start": "1", "end": "10", "step": "1", **_parameters(line)}
    try:
        start, end, step = (Decimal(said[each]) for each in ("start", "end", "step"))
    except InvalidOperation:
        ctx.fault(
            line.row.spot("parameters"), "start, end and step must be numbers, such as start=0 end=10 step=1"
        )
        return Candidate(Number, {})
    whole = all(each == each.to_integral_value() for each in (start, end, step))
    if step != 1:
        ctx.leave(line.row.spot("parameters"), f"that it goes in steps of {step} is not held")
    return Candidate(Number, {"whole": whole, "minimum": min(start, end), "maximum": max(start, end)})


def _date(ctx: Context, line: Line) -> Candidate:
    drawn = _appearances(line)
    coarsest = "year" if "year" in drawn else "month" if "month-year" in drawn else "day"
    return Candidate(_own_kind(line, Date, Date), {"coarsest": coarsest})


def _time(ctx: Context, line: Line) -> Candidate:
    return Candidate(_own_kind(line, Time, Time), {})


def _file(ctx: Context, line: Line) -> Candidate:
    if line.row.text("parameters"):
        ctx.leave(line.row.spot("parameters"), "the size a picture is made smaller to is not held")
    return Candidate(File, {"accepts": PICTURES} if line.type.kind == "image" else {})


def _acknowledge(ctx: Context, line: Line) -> Candidate:
    ctx.tell(line.row.spot("type"), "it is a single box to tick here")
    return Candidate(Choices, {"options": (Option("ok", "Yes, I have read this"),)}, values={"ok": "OK"})


def _select(ctx: Context, line: Line) -> Candidate:
    name, spot = line.type.list_name, line.row.spot("type")
    if name not in ctx.lists.by_name:
        said = "it takes its choices from earlier answers" if "$" in name else f"no list is called {name}"
        ctx.fault(spot, f"{said}; the lists are on the choices sheet")
    found = offered(ctx.lists, name)
    if line.type.kind == "select_multiple":
        cls: type[Question] = _own_kind(line, Choices, Choices)
    else:
        usual = Choice if line.type.or_other else usual_class(found)
        cls = _own_kind(line, usual, Choice, YesNo, Scale)
    try:
        fields = fields_of(cls, found)
    except ValueError:
        ctx.fault(spot, f"the choices of {name} do not make a {line.kind}")
        return Candidate(Choice, {})
    values = dict(found.values)
    if line.type.or_other and "other" not in values:
        fields["options"] = (*fields["options"], Option("other", "Other"))
        values["other"] = "other"
    return Candidate(cls, fields, values=values)


def _calculate(ctx: Context, line: Line) -> Candidate:
    row = line.row
    node = ctx.expression(row, "calculation")
    if node is None:
        if not row.text("calculation"):
            ctx.fault(row.spot("calculation"), "there is nothing to work out")
        return Candidate(Calculated, {})
    try:
        working, decimals = as_working(node, ctx.known)
    except CannotHold as reason:
        ctx.leave(row.spot("calculation"), f"“{line.name}” is not held: {reason}", "working")
        return Candidate(Calculated, {})
    return Candidate(Calculated, {"working": working, "decimals": decimals})
