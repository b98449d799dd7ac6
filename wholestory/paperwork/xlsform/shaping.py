"""What XLSForm has and this form says in other words: loops written out, "or other" as a question of its own, moments
as a date and a time, groups within repeating groups taken apart. Done on the rows, before any is read as a question."""

from __future__ import annotations

from copy import copy
from dataclasses import replace

from wholestory.paperwork.xlsform.context import Context
from wholestory.paperwork.xlsform.headers import Cell, Row
from wholestory.paperwork.xlsform.survey import Line
from wholestory.paperwork.xlsform.types import Type


def shaped(ctx: Context, lines: list[Line]) -> list[Line]:
    """The rows as this form can hold them."""
    out: list[Line] = []
    for line in lines:
        if line.is_block and line.type.block == "loop":
            out += shaped(ctx, _unrolled(ctx, line))
        elif line.is_block:
            line.children = shaped(ctx, line.children)
            if line.type.block == "repeat":
                line.children = _flat(ctx, line.children, line)
            out.append(line)
        else:
            out += [line, *_beside(ctx, line)]
    return out


def _beside(ctx: Context, line: Line) -> list[Line]:
    if line.type.or_other and line.name:
        ctx.tell(
            line.row.spot("type"), f"“or other” is a choice, with a question of its own: {line.name}_other"
        )
        shown = f"selected(${{{line.name}}}, 'other')"
        return [_made(line, Type("text"), f"{line.name}_other", "Specify other", shown)]
    if line.type.kind == "datetime" and line.name:
        ctx.tell(
            line.row.spot("type"), f"it is a date, with a question of its own for the time: {line.name}_time"
        )
        label = f"{line.row.text('label') or line.name}: at what time?"
        return [_made(line, Type("time"), f"{line.name}_time", label, line.row.text("relevant"))]
    return []


def _made(line: Line, kind: Type, name: str, label: str, shown: str) -> Line:
    """A question beside one of the sheet's own."""
    texts = {"name": name, "label": label, "relevant": shown, "required": line.row.text("required")}
    cells = {column: Cell(text, line.row.spot(column)) for column, text in texts.items() if text}
    return Line(replace(line.row, cells=cells), kind, name)


# ---- groups within repeating groups ---------------------------------------------------------------------------------


def _flat(ctx: Context, lines: list[Line], repeat: Line) -> list[Line]:
    out: list[Line] = []
    for line in lines:
        if line.kind == "grid" or not line.is_block:
            out.append(line)
            continue
        if line.type.block == "repeat":
            what = f"a repeating group within the one begun in row {repeat.row.number} cannot be held: put it beside it"
            ctx.fault(line.row.spot("type"), what)
            continue
        what = "a group within a repeating group is taken apart; its questions stay in their order"
        ctx.tell(line.row.spot("type"), what)
        ctx.known.blocks.add(line.name)
        out += [_shown_with(inner, line.row) for inner in _flat(ctx, line.children, repeat)]
    return out


def _shown_with(line: Line, group: Row) -> Line:
    """The question, shown only when the group it stood in is."""
    outer, inner = group.text("relevant"), line.row.text("relevant")
    if not outer:
        return line
    both = f"({outer}) and ({inner})" if inner else outer
    cell = Cell(both, line.row.spot("relevant") if inner else group.spot("relevant"))
    line.row = replace(line.row, cells={**line.row.cells, "relevant": cell})
    return line


# ---- loops ----------------------------------------------------------------------------------------------------------


def _unrolled(ctx: Context, line: Line) -> list[Line]:
    """A loop over a list of choices: its questions once for each choice, as XLSForm means it."""
    name, spot = line.type.list_name, line.row.spot("type")
    choices = ctx.lists.by_name.get(name, [])
    if not choices:
        ctx.fault(spot, f"no list is called {name}; a loop goes over a list of the choices sheet")
    if any(each.is_block for each in line.children):
        ctx.fault(spot, "a loop cannot hold groups here: write its questions out")
        return []
    ctx.lists.used.add(name)
    ctx.tell(spot, f"the loop is written out, once for each of its {len(choices)} choices")
    out = []
    for choice in choices:
        group = copy(line)
        group.name, group.type = f"{line.name}_{choice.name}", Type("begin", block="group")
        label = Cell(choice.label, line.row.spot("label"))
        group.row = replace(line.row, cells={**line.row.cells, "label": label})
        group.children = [
            _for_choice(inner, group.name, choice.label, choice.name) for inner in line.children
        ]
        out.append(group)
    return out


def _for_choice(inner: Line, group: str, label: str, name: str) -> Line:
    """One question of a loop; ``%(label)s`` and ``%(name)s`` as the choice has them."""
    one = copy(inner)
    one.name = f"{group}_{inner.name}"
    cells = {
        column: replace(cell, text=cell.text.replace("%(label)s", label).replace("%(name)s", name))
        for column, cell in inner.row.cells.items()
    }
    one.row = replace(inner.row, cells=cells)
    return one
