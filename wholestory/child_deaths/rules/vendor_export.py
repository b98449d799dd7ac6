"""An export of another product: which of its columns hold what, what its lines say, and where they differ from ours.

No layout of such an export is published, so none is built in: columns are proposed by their headings and settled by a
person. What a case is made of is read as in any list of earlier cases (``brought_in``); four things are read besides.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules.brought_in import Holds, Layout, Stands, guessed, letter, plain
from wholestory.child_deaths.rules.brought_in_lines import Line, Problem, read_day
from wholestory.child_deaths.rules.brought_in_lines import read as read_lines
from wholestory.kernel.moments import NotAMoment


class Extra(StrEnum):
    """What only such an export holds."""

    NATIONAL = "national_reference"
    ENTERED = "entered_on"
    ENTERED_BY = "entered_by"
    FINALISED = "finalised_on"


_EXTRA_LABELS = {
    Extra.NATIONAL: "The national database’s reference",
    Extra.ENTERED: "Date it was entered in the national database",
    Extra.ENTERED_BY: "Who entered it there",
    Extra.FINALISED: "Date it was saved as final",
}
#: Everything a column may hold, in the order of the page.
FIELDS: dict[str, str] = {
    **{one.value: words for one, words in _EXTRA_LABELS.items()},
    **{one.value: one.label for one in Holds if one is not Holds.NOTHING},
}
_KNOWN_BY: tuple[tuple[Extra, tuple[str, ...]], ...] = (
    (Extra.ENTERED_BY, ("submitted by", "entered by", "sent by", "finalised by", "transferred by")),
    (Extra.FINALISED, ("finalised on", "date finalised", "finalised date", "finalised", "final saved on",
                       "date saved as final")),
    (Extra.ENTERED, ("ncmd submission date", "submission date", "date submitted", "submitted on",
                     "date submitted to ncmd", "submitted to ncmd", "sent to ncmd", "entered on", "date entered",
                     "date sent to ncmd", "ncmd date")),
    (Extra.NATIONAL, ("ncmd reference", "ncmd ref", "ncmd id", "ncmd number", "ncmd case id", "national reference",
                      "national id", "national database reference", "ncmd")),
)  # fmt: skip
#: What tells one case from another within the file.
_SAME_CHILD = (Holds.NHS, Holds.BORN, Holds.DIED, Holds.SURNAME, Holds.NAME)


def proposed(headings: Sequence[str]) -> dict[str, int]:
    """The column (from 0) proposed for each field, by its heading."""
    found: dict[str, int] = {}
    left = [plain(heading) for heading in headings]
    for whole in (True, False):
        for extra, ways in _KNOWN_BY:
            for at, said in enumerate(left):
                fits = said in ways if whole else any(f" {way} " in f" {said} " for way in ways)
                if said and fits and extra.value not in found:
                    found[extra.value], left[at] = at, ""
    for at, holds in enumerate(guessed(left)):
        if holds is not Holds.NOTHING:
            found[holds.value] = at
    return found


def kept(columns: Mapping[str, str], headings: Sequence[str]) -> dict[str, int] | None:
    """The columns as a kept mapping names them; None where the file lacks one of its headings."""
    at: dict[str, int] = {}
    for n, heading in enumerate(headings):
        at.setdefault(plain(heading), n)
    found = {key: at.get(plain(heading)) for key, heading in columns.items() if key in FIELDS}
    return None if None in found.values() or not found else {k: n for k, n in found.items() if n is not None}


def named(fields: Mapping[str, int], headings: Sequence[str]) -> dict[str, str]:
    """The headings of the chosen columns: what is kept of a mapping."""
    return {key: headings[at] for key, at in fields.items() if at < len(headings) and headings[at]}


def missing(fields: Iterable[str]) -> str:
    """What is said where the columns chosen can neither find nor make a case."""
    chosen = set(fields)
    if not chosen & {Extra.NATIONAL, Holds.REFERENCE, Holds.NAME, Holds.SURNAME, Holds.NHS}:
        return "Say which column holds a reference, an NHS number or the name"
    return ""


def layout(fields: Mapping[str, int], headings: Sequence[str], stages: Mapping[str, Stands]) -> Layout:
    """The columns as lists of earlier cases are read."""
    columns = [Holds.NOTHING] * len(headings)
    for key, at in fields.items():
        if key in Holds._value2member_map_ and at < len(columns):
            columns[at] = Holds(key)
    return Layout(tuple(columns), stages, tuple(headings))


@dataclass(slots=True)
class Exported:
    """One case of the export: the line it is read from, what only such exports hold, and further lines of the same
    case, which are kept and not read. ``faults`` stop it whether the case is here already or not."""

    line: Line
    national: str = ""
    entered_on: date | None = None
    entered_by: str = ""
    finalised_on: date | None = None
    final: bool = False
    more: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    faults: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    @property
    def marked_on(self) -> date | None:
        """The day it went into the national database: finalised cases alone. The day it was saved as final stands for
        it where no other is known, for there saving as final is what sends it."""
        return (self.entered_on or self.finalised_on) if self.final else None


def read(
    rows: Iterable[tuple[int, Sequence[str]]], fields: Mapping[str, int], of: Layout, today: date
) -> list[Exported]:
    """Every case of the file. Lines with the reference, and the child, of an earlier one are further lines of it."""
    first: dict[str, tuple[int, Sequence[str]]] = {}
    more: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
    alone: list[tuple[int, Sequence[str]]] = []
    for number, cells in rows:
        key = _key(cells, fields, of)
        begun = first.setdefault(key, (number, cells)) if key else None
        if begun is not None and begun[0] != number and _same_child(begun[1], cells, of):
            more.setdefault(begun[0], []).append((number, tuple(cells)))
        else:
            alone.append((number, cells))
    return [
        _exported(line, more.get(line.number, []), fields, of, today) for line in read_lines(alone, of, today)
    ]


def _cell(cells: Sequence[str], fields: Mapping[str, int], key: str) -> str:
    at = fields.get(key)
    return " ".join(cells[at].split()) if at is not None and at < len(cells) else ""


def _key(cells: Sequence[str], fields: Mapping[str, int], of: Layout) -> str:
    national = plain(_cell(cells, fields, Extra.NATIONAL))
    if national:
        return f"national {national}"
    reference = plain(of.cell(cells, Holds.REFERENCE))
    return f"own {reference}" if reference else ""


def _same_child(one: Sequence[str], other: Sequence[str], of: Layout) -> bool:
    """Whether nothing that both lines say of the child differs."""
    pairs = ((plain(of.cell(one, holds)), plain(of.cell(other, holds))) for holds in _SAME_CHILD)
    return all(a == b for a, b in pairs if a and b)


def _exported(
    line: Line,
    more: list[tuple[int, tuple[str, ...]]],
    fields: Mapping[str, int],
    of: Layout,
    today: date,
) -> Exported:
    found = Exported(line, _cell(line.cells, fields, Extra.NATIONAL)[:60], more=more)
    found.entered_by = _cell(line.cells, fields, Extra.ENTERED_BY)[:150]
    for name, extra in (("entered_on", Extra.ENTERED), ("finalised_on", Extra.FINALISED)):
        written = _cell(line.cells, fields, extra)
        column = letter(fields[extra]) if extra in fields else ""
        if plain(written) in ("", "no", "n a", "na", "nk", "not known", "none", "n"):
            continue
        try:
            day = read_day(written)
        except NotAMoment as trouble:
            found.faults.append(Problem(line.number, column, str(trouble), stops=True))
            continue
        if day > today:
            found.faults.append(Problem(line.number, column, "The day is in the future.", stops=True))
        setattr(found, name, day)
    said = of.cell(line.cells, Holds.STAGE)
    done = line.stage in ("finalised", "reviewed")
    found.final = done if said else done or found.entered_on is not None or found.finalised_on is not None
    if found.entered_on and not found.final:
        words = "It is still open there, so it is not marked as entered: only finalised cases are."
        found.remarks.append(Problem(line.number, letter(fields[Extra.ENTERED]), words))
    if found.final and found.marked_on is None and (Extra.ENTERED in fields or Extra.FINALISED in fields):
        words = "It is finished there and no day says when it went in, so it is not marked as entered."
        found.remarks.append(Problem(line.number, "", words))
    if more:
        lines = ", ".join(str(number) for number, _ in more[:5])
        words = (
            f"Further lines of the same case are kept with it: {lines}{' and more' if len(more) > 5 else ''}."
        )
        found.remarks.append(Problem(line.number, "", words))
    return found


def version_entered(day: date, finals: Sequence[tuple[int, date]]) -> int | None:
    """Of our final versions the one that can have been entered on ``day``: the newest that was final by then."""
    fit = [version for version, final_on in finals if final_on <= day]
    return max(fit) if fit else None
