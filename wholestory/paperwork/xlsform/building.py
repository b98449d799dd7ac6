"""The rows of a survey sheet as questions: keys given, each read in order, then judged together, then made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from wholestory.paperwork.given import Allow, Nothing
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.choosing import Option, Point
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.words import NotADefinition, Word
from wholestory.paperwork.xlsform import own_columns
from wholestory.paperwork.xlsform.blocks import grid_candidate, repeat_candidate
from wholestory.paperwork.xlsform.context import Candidate, Context
from wholestory.paperwork.xlsform.headers import OWN
from wholestory.paperwork.xlsform.known import About
from wholestory.paperwork.xlsform.naming import key_for
from wholestory.paperwork.xlsform.questions import candidate, judged
from wholestory.paperwork.xlsform.survey import Line, all_lines

_OURS = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
_STRUCTURE = frozenset({"questions", "rows", "columns"})


def is_question(line: Line) -> bool:
    """Whether a row becomes a question: not a note, and of the groups only those that repeat and grids."""
    return line.kind == "grid" or (line.type.block == "repeat" if line.is_block else line.type.kind != "note")


def give_keys(ctx: Context, lines: list[Line]) -> None:
    """Every question its key: the name itself wherever that can be one, and then it goes before all others."""
    questions = [line for line in _with_keys(lines) if line.name]
    for line in questions:
        wanted = line.row.text(f"{OWN}key") or line.name
        if _OURS.fullmatch(wanted) and wanted not in ctx.keys:
            line.key = wanted
            ctx.keys.add(wanted)
    for line in questions:
        if not line.key:
            line.key = key_for(line.name, ctx.keys)
            if line.type.kind != "not_ours":
                ctx.tell(line.row.spot("name"), f"“{line.name}” is kept as {line.key}")
        if line.key != line.name:
            ctx.names[line.key] = line.name


def _with_keys(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        if is_question(line):
            yield line
        if line.is_block and line.kind != "grid":
            yield from _with_keys(line.children)
        elif line.kind == "grid":
            # The rows and cells of a grid have names of their own, which are keys only within it.
            for each in all_lines(line.children):
                each.key = each.row.text(f"{OWN}key") or each.name


# ---- in order -------------------------------------------------------------------------------------------------------


def read_question(ctx: Context, line: Line, inside: str = "") -> None:
    """What the standard columns of a row (and of what stands in it) say; kept in ``ctx.candidates``."""
    own = own_columns.given(line.row)
    ctx.silent, ctx.known.inside = frozenset(own), inside
    found: Candidate | None
    if line.kind == "grid":
        found = grid_candidate(ctx, line, Grid)
        for cell in _cells(line):
            ctx.silent = frozenset(own_columns.given(cell.row))
            cell_found = candidate(ctx, cell)
            if cell_found is not None:
                ctx.candidates[cell.row.number, cell.name] = cell_found
    elif line.is_block:
        found = repeat_candidate(ctx, line, Repeat)
    else:
        found = candidate(ctx, line)
    if found is None:
        ctx.known.dropped.add(line.name)
        return
    ctx.candidates[line.row.number, line.name] = found
    ctx.rows[line.key] = line.row.spot("name")
    _make_known(ctx, line, found, own, inside)
    if isinstance(found.cls, type) and issubclass(found.cls, Repeat):
        for inner in line.children:
            if is_question(inner):
                read_question(ctx, inner, line.key)


def _make_known(ctx: Context, line: Line, found: Candidate, own: dict[str, str], inside: str) -> None:
    nothing: Any = found.fields.get("nothing", ())
    if "nothing" in own:
        try:
            nothing = own_columns.from_cell(own["nothing"], tuple[Allow, ...], "nothing")
        except NotADefinition:
            nothing = ()
    cls: Any = found.cls
    offers = frozenset(str(Nothing(allow.kind).value) for allow in nothing)
    whole = bool(found.fields.get("whole")) or found.fields.get("decimals") == 0
    for value, spelled in found.values.items():
        if value != spelled:
            ctx.names[f"{line.key}:{value}"] = spelled
    ctx.known.add(About(line.name, line.key, cls, ctx.position, inside, whole, dict(found.values), offers))
    ctx.position += 1


def judge(ctx: Context, line: Line, inside: str = "") -> None:
    """What must be answered, and what may be: may speak of questions that come later."""
    found = ctx.candidates.get((line.row.number, line.name))
    if found is None:
        return
    ctx.silent, ctx.known.inside = frozenset(own_columns.given(line.row)), inside
    if line.kind == "grid":
        for cell in _cells(line):
            made = ctx.candidates.get((cell.row.number, cell.name))
            if made is not None:
                judged(ctx, cell, made)
    elif line.is_block:
        for inner in line.children:
            judge(ctx, inner, line.key)
        checks = [
            check
            for inner in line.children
            if (one := ctx.candidates.get((inner.row.number, inner.name)))
            for check in one.checks
        ]
        found.fields["checks"] = tuple(checks)
        return
    else:
        judged(ctx, line, found)
    if not inside:
        ctx.checks += found.checks


def _cells(line: Line) -> list[Line]:
    """The cells of a grid's first row, which stand for its columns."""
    rows = [each for each in line.children if each.kind == "grid_row"]
    return [each for each in rows[0].children if not each.is_block] if rows else []


# ---- making ---------------------------------------------------------------------------------------------------------


def make_question(ctx: Context, line: Line) -> Question | None:
    """The question of a row; None when it is not held, or has a fault, which was said."""
    found = ctx.candidates.get((line.row.number, line.name))
    if found is None or not line.key:
        return None
    fields = {**found.fields, "key": line.key}
    if line.kind == "grid":
        cells = [made for cell in _cells(line) if (made := make_question(ctx, cell)) is not None]
        fields["columns"] = tuple(cells)
    elif line.is_block:
        inner = [made for each in line.children if is_question(each) and (made := make_question(ctx, each))]
        fields["questions"] = tuple(inner)
        if not inner:
            ctx.leave(line.row.spot("type"), f"“{line.name}” is not held: nothing in it is")
            return None
    word = make_word(ctx, line, found.cls, fields)
    return word if isinstance(word, Question) else None


def make_word(ctx: Context, line: Line, cls: type[Word], fields: dict[str, Any]) -> Word | None:
    """A word from what the standard columns say and, over that, what our own do."""
    known = own_columns.hints(cls)
    for name, text in own_columns.given(line.row).items():
        spot = line.row.spot(f"{OWN}{name}")
        if name == own_columns.DESCRIPTORS:
            _describe(ctx, line, fields, text)
        elif name in known and name not in _STRUCTURE:
            try:
                fields[name] = own_columns.from_cell(text, known[name], name)
            except NotADefinition as reason:
                ctx.fault(spot, str(reason))
        elif name not in (own_columns.KIND, "key"):
            ctx.leave(spot, f"a {cls.word} has no {name}")
    try:
        return cls(**{name: value for name, value in fields.items() if name in known})
    except TypeError:
        ctx.fault(line.row.spot("type"), f"this is not enough to make a {cls.word.replace('_', ' ')}")
        return None


def _describe(ctx: Context, line: Line, fields: dict[str, Any], text: str) -> None:
    spot = line.row.spot(f"{OWN}{own_columns.DESCRIPTORS}")
    name = "points" if "points" in fields else "options"
    offered: tuple[Option | Point, ...] = fields.get(name, ())
    try:
        says = own_columns.descriptors_from_cell(text)
    except NotADefinition as reason:
        ctx.fault(spot, str(reason))
        return
    if len(says) != len(offered):
        ctx.fault(
            spot, f"there are {len(says)} lines for {len(offered)} choices: one line for each is needed"
        )
        return
    fields[name] = tuple(
        replace(one, descriptor=words) if isinstance(one, Point) else replace(one, hint=words)
        for one, words in zip(offered, says, strict=True)
    )
