"""What an export of another product would do here: which case each line is of, what differs, and what would be made.

A line is taken for a case that is here by the national reference, by a reference of ours, or by NHS number together
with the day of birth, and by nothing less: anything else that looks alike is for a person to say.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from wholestory.access import acting
from wholestory.child_deaths.models import Case, PastFile, VendorLine, VendorMapping
from wholestory.child_deaths.queries import past
from wholestory.child_deaths.queries.vendor_found import Known, known_of, same_case
from wholestory.child_deaths.rules import brought_in
from wholestory.child_deaths.rules import vendor_export as rules
from wholestory.child_deaths.rules.brought_in import Layout, Stands
from wholestory.child_deaths.rules.brought_in_lines import Problem
from wholestory.child_deaths.rules.regimes import goes_to_the_national_database
from wholestory.child_deaths.rules.vendor_differences import Difference, differences
from wholestory.child_deaths.rules.vendor_export import Exported
from wholestory.partners.models import Area, Board

NEW, LEAVE = "new", "leave"
#: Words for how a line was found to be of a case.
JOINED = {
    "national": "the national reference", "reference": "the reference", "number": "NHS number and date of birth",
    "person": "a person’s word",
}  # fmt: skip


@dataclass(frozen=True)
class Joined:
    """A line that is of a case here: by what, what differs, and the version it marks as entered."""

    one: Exported
    known: Known
    how: str
    differences: tuple[Difference, ...]
    version: int | None = None


@dataclass(frozen=True)
class Undecided:
    """A line that looks like a case here, or says two things: a person says which case it is, if any."""

    one: Exported
    candidates: tuple[past.Double, ...]


@dataclass(frozen=True)
class Plan:
    """What would come of an export. ``seen`` changes when any of it does."""

    every: tuple[Exported, ...]
    joined: tuple[Joined, ...]
    new: tuple[Exported, ...]
    undecided: tuple[Undecided, ...]
    left: tuple[Exported, ...]
    stopped: tuple[Exported, ...]
    problems: tuple[Problem, ...]
    areas: Mapping[str, Area]
    seen: str

    @property
    def marked(self) -> int:
        """How many cases are marked as entered nationally."""
        return sum(one.version is not None for one in self.joined) + sum(marks(one) for one in self.new)

    @property
    def differing(self) -> list[Joined]:
        """The cases of which something differs."""
        return [one for one in self.joined if one.differences]


def marks(one: Exported) -> bool:
    """Whether a case made from this line is marked as entered: final, with a day, and reviewed since April 2019."""
    line = one.line
    return (
        line.stage in ("finalised", "submitted")
        and one.marked_on is not None
        and line.reviewed_on is not None
        and line.reviewed_on <= one.marked_on
        and goes_to_the_national_database(line.reviewed_on)
    )


def mappings(board: Board) -> list[VendorMapping]:
    """The mappings a board has kept, the newest first."""
    return list(VendorMapping.objects.filter(board=board))


def fields_of(file: PastFile) -> dict[str, int]:
    """The column of each field as it was chosen; as proposed where nothing was yet."""
    chosen = file.choices.get("fields")
    return dict(chosen) if chosen is not None else rules.proposed(file.headings)


def layout_of(file: PastFile) -> Layout:
    """The same as lists of earlier cases are read, with what was said of each word about a stage."""
    stages = {word: Stands(one) for word, one in file.choices.get("stages", {}).items()}
    return rules.layout(fields_of(file), file.headings, stages)


def stage_words(file: PastFile) -> dict[str, int]:
    """The words about stages, with how often each stands there."""
    return brought_in.stage_words((cells for _, cells in file.rows), layout_of(file))


def plan_of(file: PastFile, today: date) -> Plan:
    """Read the file as it was settled. The number of queries does not grow with each line."""
    fields, of = fields_of(file), layout_of(file)
    every = rules.read(((number, cells) for number, cells in file.rows), fields, of, today)
    chosen: dict[str, str] = file.choices.get("lines", {})
    doubles: dict[int, list[past.Double]] = {}
    for double in past.doubles_of([one.line for one in every if not one.line.left_out]):
        if double.is_case:
            doubles.setdefault(double.line, []).append(double)
    known = known_of(every, {each.reference for some in doubles.values() for each in some})
    joined: list[Joined] = []
    sorts: dict[str, list[Exported]] = {"new": [], "left": [], "stopped": []}
    undecided: list[Undecided] = []
    problems: list[Problem] = []
    taken: dict[UUID, int] = {}
    shut = frozenset(acting.only_for_reading())
    for one in every:
        if one.line.left_out:
            sorts["left"].append(one)
            continue
        problems += [*one.faults, *one.remarks]
        case, how, unsure = same_case(one, known)
        near = list({each.reference: each for each in [*doubles.get(one.line.number, []), *unsure]}.values())
        said = chosen.get(str(one.line.number), "")
        if case is None and said and said not in (NEW, LEAVE):
            case, how = known.by_reference.get(said), "person"
        if said == LEAVE:
            sorts["left"].append(one)
        elif case is None and near and said != NEW:
            undecided.append(Undecided(one, tuple(near)))
        elif one.faults:
            problems += one.line.problems if case is None else []
            sorts["stopped"].append(one)
        elif case is None:
            problems += one.line.problems
            sorts["stopped" if one.line.stopped else "new"].append(one)
        elif why := _shut(case, taken, shut):
            problems.append(Problem(one.line.number, "", why, stops=True))
            sorts["stopped"].append(one)
        else:
            taken[case.pk] = one.line.number
            version, remark = _version(one, case)
            problems += [remark] if remark else []
            differ = differences(one, case.ours, fields)
            joined.append(Joined(one, case, how, tuple(differ), version))
    told = json.dumps(
        [file.sha256, file.choices, [(one.one.line.number, one.known.reference, one.version) for one in joined],
         [one.line.number for one in sorts["new"]], [one.one.line.number for one in undecided]],
        sort_keys=True,
    )  # fmt: skip
    areas = {brought_in.plain(area.name): area for area in Area.objects.all()}
    return Plan(
        tuple(every), tuple(joined), tuple(sorts["new"]), tuple(undecided), tuple(sorts["left"]),
        tuple(sorts["stopped"]), tuple(sorted(problems, key=lambda each: (not each.stops, each.line, each.column))),
        areas, hashlib.sha256(told.encode()).hexdigest()[:16],
    )  # fmt: skip


def _shut(case: Known, taken: Mapping[UUID, int], shut: frozenset[int]) -> str:
    if case.pk in taken:
        return f"Line {taken[case.pk]} is of the same case, {case.reference}."
    if case.circle in shut:
        return f"You may read {case.reference} and not change it."
    return ""


def _version(one: Exported, case: Known) -> tuple[int | None, Problem | None]:
    """The version this line marks as entered, or why it marks none."""
    day = one.marked_on
    if day is None:
        return None, None
    if not case.finals:
        words = f"It is finished there and {case.reference} is not saved as final here, so it is not marked as entered."
    elif not goes_to_the_national_database(case.ours.reviewed_on):
        words = f"{case.reference} was reviewed before April 2019: such cases are not taken nationally, so no mark."
    elif (version := rules.version_entered(day, case.finals)) is None:
        words = f"It went in before {case.reference} was saved as final here, so this version is still to be entered."
    elif version in case.entered:
        return None, None
    else:
        return version, None
    return None, Problem(one.line.number, "", words)


def of_case(case: Case) -> list[VendorLine]:
    """The lines of exports that were joined to a case: one query."""
    lines = VendorLine.objects.filter(case=case).select_related("file").defer("file__rows")
    return list(lines.order_by("-file__on", "line"))


def lines_of(file: PastFile) -> list[VendorLine]:
    """What was joined from a file, of the cases the acting person sees."""
    return list(VendorLine.objects.filter(file=file).select_related("case__record").order_by("line"))


def as_submitted(one: Exported) -> Exported:
    """A case to be made that is marked as entered stands at “entered nationally”."""
    return replace(one, line=replace(one.line, stage="submitted")) if marks(one) else one
