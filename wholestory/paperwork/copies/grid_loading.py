"""The cells of a grid as a file has them, put together to one answer again: cell by cell, so that two people who filled
in different cells do not overwrite each other. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wholestory.paperwork.copies import cells
from wholestory.paperwork.copies.found import Found, What, words_of
from wholestory.paperwork.copies.grids import At, every_cell, written
from wholestory.paperwork.copies.reading import Cell
from wholestory.paperwork.given import Given, Json
from wholestory.paperwork.questions.base import NotThat
from wholestory.paperwork.questions.gridded import Grid

NOT_BOTH = "Fill in the lines of this table, or say here that there is nothing to fill in, but not both"
EMPTIED = "Cells that are empty in the file stay as they are: empty them on the form’s own page."


@dataclass
class Put:
    """What the cells of a file come to. ``said`` is the whole answer with what was changed in it; ``changed`` and
    ``both`` are labels of cells, of those changed in the file and of those changed here too; ``faults`` say what
    cannot be read, by row and column."""

    said: Given
    changed: list[str] = field(default_factory=list)
    both: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    faults: dict[At, str] = field(default_factory=dict)


def put_together(grid: Grid, found: Mapping[At, Cell], base: Given, live: Given) -> Put:
    """The answer that stands (``live``) with every cell the file changed against what the copy was made with
    (``base``). What the file did not touch stays, and so does what is empty in it."""
    now, then = written(grid, live), written(grid, base)
    put = Put(live)
    wanted: dict[str, dict[str, Json]] = _as_typed(grid, live)
    for _number, row, column in every_cell(grid):
        at, label = (row.key, column.key), f"{row.label}, {column.label}"
        if at not in found:
            continue
        said = found[at].answer
        if any(cells.same_text(said, other.get(at, "")) for other in (now, then)):
            continue
        if found[at].fault:
            put.faults[at] = found[at].fault
            continue
        if not said.strip():
            put.emptied.append(label)
            continue
        try:
            value = cells.read(column, said, "", cells.nobody).value
        except NotThat as reason:
            put.faults[at] = str(reason)
            continue
        wanted.setdefault(row.key, {})[column.key] = column.typed_from(value)
        put.changed.append(label)
        if not cells.same_text(now.get(at, ""), then.get(at, "")):
            put.both.append(label)
    if put.changed:
        put.said = _understood(grid, wanted)
    return put


def _as_typed(grid: Grid, live: Given) -> dict[str, dict[str, Json]]:
    return grid.cells(live.typed if live.typed is not None else grid.typed_from(live.value))


def _understood(grid: Grid, wanted: Mapping[str, Mapping[str, Json]]) -> Given:
    typed: Json = {row: dict(held) for row, held in wanted.items()}
    try:
        return Given(grid.understand(typed))
    except NotThat:
        # Another cell was typed on the form's page so that it cannot be read: it stays as it was typed.
        return Given(typed=typed)


def whole(
    its: Sequence[Cell], standing: Found, grid: Grid, base: Given, refusal: str, what: Callable[[Found], What]
) -> Iterator[Found]:
    """What becomes of one grid of a file, with every cell that cannot be taken on a line of its own.

    ``standing`` is the grid beside what stands now; ``refusal`` says why nothing of it can be taken, if so; ``what``
    judges an answer that says there is nothing to fill in.
    """
    live, waits = standing.live, standing.waits
    standing = replace(standing, waits=False, live_words=_words(grid, live), said_words="")
    found = {_at(cell.place): cell for cell in reversed(its) if "/" in cell.place}
    head = next((cell for cell in its if "/" not in cell.place), None)
    if head is not None and (judged := _head(grid, head, standing, base, refusal, what, found)) is not None:
        yield judged
        return
    put = put_together(grid, found, base, live)
    if refusal and (put.changed or put.faults):
        said = listed("Changed in the file", put.changed or [grid.label])
        yield replace(standing, what=What.REFUSED, said_words=said, fault=refusal)
        return
    now = written(grid, live)
    for _number, row, column in every_cell(grid):
        at = (row.key, column.key)
        if fault := put.faults.get(at):
            label = f"{grid.label}: {row.label}, {column.label}"
            said = found[at].answer.strip()
            yield Found(found[at], What.REFUSED, None, standing.line, label, said_words=said,
                        live_words=now.get(at, ""), fault=fault)  # fmt: skip
    if not put.changed:
        note, waits = EMPTIED if put.emptied else "", waits and not (put.emptied or put.faults)
        yield replace(standing, note=note, said_words=standing.live_words, waits=waits)
        return
    notes = (listed("Changed in the file", put.changed), listed("Changed here too", put.both))
    note = " ".join(filter(None, (*notes, EMPTIED if put.emptied else "")))
    clash = bool(put.both) or (live.nothing is not None and live.nothing is not base.nothing)
    outcome = What.CLASH if clash else What.NEW if live.is_untouched else What.CHANGED
    yield replace(standing, what=outcome, said=put.said, said_words=_words(grid, put.said), note=note)


def _head(
    grid: Grid,
    head: Cell,
    standing: Found,
    base: Given,
    refusal: str,
    what: Callable[[Found], What],
    found: Mapping[At, Cell],
) -> Found | None:
    """What becomes of a grid whose own line says that there is nothing to fill in; None where that line was not
    touched."""
    says = (head.answer, head.reason)
    untouched = any(
        all(cells.same_text(*pair) for pair in zip(says, cells.written(grid, given), strict=True))
        for given in (standing.live, base)
    )
    if untouched or not head.answer.strip():
        return None
    standing = replace(standing, cell=head, said_words=words_of(*says))
    try:
        said = cells.read(grid, *says, cells.nobody)
    except NotThat as reason:
        return replace(standing, what=What.REFUSED, fault=str(reason))
    fault = head.fault or refusal or (NOT_BOTH if any(cell.answer.strip() for cell in found.values()) else "")
    if fault:
        return replace(standing, what=What.REFUSED, fault=fault)
    standing = replace(standing, said=said)
    return replace(standing, what=what(standing))


def _words(grid: Grid, given: Given) -> str:
    return grid.typed_in_words(given.typed) if given.typed is not None else grid.in_words(given)


def _at(place: str) -> At:
    _grid, row, column = [*place.split("/"), "", ""][:3]
    return row, column


def listed(words: str, labels: Sequence[str], most: int = 6) -> str:
    """A sentence that names cells, the first few of them; nothing where there are none."""
    if not labels:
        return ""
    more = f" and {len(labels) - most} more" if len(labels) > most else ""
    return f"{words}: {'; '.join(labels[:most])}{more}."
