"""Groups of the survey sheet that are questions here: repeating groups and grids."""

from __future__ import annotations

from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.gridded import GridRow
from wholestory.paperwork.questions.repeating import MOST_ITEMS
from wholestory.paperwork.words import NotADefinition
from wholestory.paperwork.xlsform import own_columns
from wholestory.paperwork.xlsform.context import Candidate, Context
from wholestory.paperwork.xlsform.headers import OWN
from wholestory.paperwork.xlsform.questions import words
from wholestory.paperwork.xlsform.survey import Line


def repeat_candidate(ctx: Context, line: Line, cls: type[Question]) -> Candidate:
    """A repeating group, without its questions. XLSForm sets no least and no most; ours is the most there can be."""
    row = line.row
    found = Candidate(cls, {"at_most": MOST_ITEMS, "required": False}, line.name)
    words(ctx, line, found)
    count = row.text("repeat_count")
    if count.isdigit() and 0 < int(count) <= MOST_ITEMS:
        found.fields |= {"at_least": int(count), "at_most": int(count)}
    elif count:
        ctx.leave(row.spot("repeat_count"), f"how often it is asked is not held: “{count[:60]}”")
    return found


def grid_candidate(ctx: Context, line: Line, cls: type[Question]) -> Candidate:
    """A grid written by us: a group of rows, each a group of the same cells."""
    found = Candidate(cls, {"required": False}, line.name)
    words(ctx, line, found)
    rows = [each for each in line.children if each.kind == "grid_row"]
    found.fields["rows"] = tuple(GridRow(each.key, _row_label(each)) for each in rows)
    wanted = [each.key for each in rows[0].children] if rows else []
    for each in line.children:
        if each.kind != "grid_row" or [cell.key for cell in each.children] != wanted:
            ctx.leave(
                each.row.spot("type"), "a grid has the same cells in every row; this one is not as the first"
            )
    return found


def _row_label(line: Line) -> str:
    """What a row is called: our own column holds what no other program's label can."""
    label = line.row.text("label") or line.name
    own = line.row.text(f"{OWN}label")
    try:
        return str(own_columns.from_cell(own, str, "label")) if own else label
    except NotADefinition:
        return label
