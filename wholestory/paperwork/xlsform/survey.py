"""The survey sheet as a tree: groups and repeats with what stands in them, each row with its type and name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wholestory.paperwork.words import all_words
from wholestory.paperwork.xlsform.expressions import CannotRead, read, refs
from wholestory.paperwork.xlsform.findings import Finding, Spot
from wholestory.paperwork.xlsform.headers import OWN, Row, Table
from wholestory.paperwork.xlsform.naming import NAME
from wholestory.paperwork.xlsform.types import Type, nearest, read_type

_EXPRESSIONS = ("relevant", "constraint", "calculation", "repeat_count", "required")
_YES_NO = frozenset({"yes", "no", "true", "false", "true()", "false()", ""})
_NAMELESS = frozenset({"note", "not_ours", "set title", "set id"})
#: The kinds an own column may give a row, beside the names of our types of question.
BLOCKS = frozenset({"page", "section", "grid_row", "intro"})


@dataclass
class Line:
    """One row of the survey sheet; for a group, what stands in it."""

    row: Row
    type: Type
    name: str
    kind: str = ""
    key: str = ""
    children: list[Line] = field(default_factory=list)

    @property
    def is_block(self) -> bool:
        return self.type.kind == "begin"


@dataclass
class Survey:
    """The tree, what is wrong with it, and what the sheet says of the form itself in the manner of old."""

    lines: list[Line] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    title: str = ""
    form_id: str = ""
    faults: list[Finding] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)


def read_survey(table: Table) -> Survey:
    """The rows as a tree, every fault of type, name and nesting among them."""
    survey = Survey()
    for column in ("type", "name"):
        if column not in table.columns:
            survey.faults.append(Finding(Spot(table.name, 1), f"there is no column called {column}"))
    if survey.faults:
        return survey
    open_blocks: list[Line] = []
    for row in table.rows:
        if not row.cells or _is_passed_over(row, survey):
            continue
        found = read_type(row.text("type"))
        if found is None:
            survey.faults.append(Finding(row.spot("type"), _unknown(row.text("type"))))
            continue
        if found.kind == "end":
            _close(row, found, open_blocks, survey)
            continue
        name = row.text("name")
        if found.kind in ("set title", "set id"):
            survey.title, survey.form_id = (
                (name, survey.form_id) if found.kind == "set title" else (survey.title, name)
            )
            continue
        line = Line(row, found, name, _kind(row, survey))
        siblings = open_blocks[-1].children if open_blocks else survey.lines
        _check_name(line, siblings, survey)
        siblings.append(line)
        if found.kind == "begin":
            open_blocks.append(line)
    for line in open_blocks:
        what = f"this {line.type.block} is never ended: a row with end_{line.type.block} is missing"
        survey.faults.append(Finding(line.row.spot("type"), what))
    survey.names = [line.name for line in all_lines(survey.lines) if line.name]
    for line in all_lines(survey.lines):
        survey.faults += _expression_faults(line, survey.names)
    if not survey.lines and not survey.faults:
        survey.faults.append(Finding(Spot(table.name, 2), "there is no question"))
    return survey


def _is_passed_over(row: Row, survey: Survey) -> bool:
    if row.text("disabled").casefold() in ("yes", "true", "true()"):
        survey.told.append(Finding(row.spot("disabled"), "this row is switched off and was passed over"))
        return True
    if row.text("type"):
        return False
    if row.text("name") or row.text("label"):
        survey.faults.append(Finding(row.spot("type"), "there is no type"))
    else:
        survey.told.append(
            Finding(row.spot("type"), "this row has no type, name or label and was passed over")
        )
    return True


def _unknown(text: str) -> str:
    meant = nearest(text)
    return f"nobody knows the type “{text[:60]}”" + (f"; did you mean {meant}?" if meant else "")


def _close(row: Row, found: Type, open_blocks: list[Line], survey: Survey) -> None:
    if not open_blocks:
        what = f"this ends a {found.block} that was never begun"
        survey.faults.append(Finding(row.spot("type"), what))
        return
    begun = open_blocks.pop()
    if begun.type.block != found.block:
        what = (
            f"this ends a {found.block}, but the {begun.type.block} begun in row {begun.row.number} is open"
        )
        survey.faults.append(Finding(row.spot("type"), what))


def _kind(row: Row, survey: Survey) -> str:
    kind = row.text(f"{OWN}kind").casefold()
    if kind and kind not in BLOCKS and kind not in all_words():
        survey.faults.append(Finding(row.spot(f"{OWN}kind"), f"nobody knows the kind “{kind[:60]}”"))
        return ""
    return kind


def _check_name(line: Line, siblings: list[Line], survey: Survey) -> None:
    spot = line.row.spot("name")
    if not line.name:
        if line.type.kind not in _NAMELESS:
            what = f"a {line.type.block or line.row.text('type')} needs a name"
            survey.faults.append(Finding(spot, what))
    elif not NAME.fullmatch(line.name):
        what = (
            f"“{line.name[:60]}” cannot be a name: it begins with a letter or an underscore and holds letters,"
            " digits, underscores, hyphens and points, no spaces"
        )
        survey.faults.append(Finding(spot, what))
    else:
        twin = next((each for each in siblings if each.name == line.name), None)
        if twin is not None:
            survey.faults.append(Finding(spot, f"“{line.name}” is the name of row {twin.row.number} already"))


def _expression_faults(line: Line, names: list[str]) -> Iterator[Finding]:
    for column in _EXPRESSIONS:
        text = line.row.text(column)
        if not text or (column == "required" and text.casefold() in _YES_NO):
            continue
        spot = line.row.spot(column)
        try:
            spoken_of = refs(read(text))
        except CannotRead as reason:
            yield Finding(spot, f"“{text[:80]}” cannot be read: {reason}")
            continue
        for name in dict.fromkeys(spoken_of):
            if name not in names:
                yield Finding(spot, f"it speaks of ${{{name}}}, and no row is called so")
            elif names.count(name) > 1:
                yield Finding(spot, f"it speaks of ${{{name}}}, and {names.count(name)} rows are called so")


def all_lines(lines: list[Line]) -> Iterator[Line]:
    """Every row in order, those inside groups included."""
    for line in lines:
        yield line
        yield from all_lines(line.children)
