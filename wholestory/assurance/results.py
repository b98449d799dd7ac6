"""What stands in each cell of the heat map, worked out once for page, PDF, Excel and the board's released rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, cast
from uuid import UUID

from wholestory.access import acting
from wholestory.assurance import sheets
from wholestory.assurance.answers import Scores, framework_of, how_made_of, position, test_of
from wholestory.assurance.definitions import framework_called
from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.models import Cycle, ResultRow, Return, Stage
from wholestory.assurance.queries.asked import Asked
from wholestory.assurance.rules.cells import Cell, CellState, cell
from wholestory.assurance.rules.chosen import CRITICAL, Made, rules_in
from wholestory.assurance.rules.rollup import ItemState, StandardScore
from wholestory.assurance.rules.scales import CompliantTest
from wholestory.assurance.sheets import Sheet
from wholestory.paperwork.given import Nothing
from wholestory.paperwork.models import Answer


@dataclass(frozen=True)
class Line:
    """One agency's line: a cell per standard, in the order of the framework."""

    agency_id: UUID
    agency: str
    reference: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Map:
    """A heat map with what must be said beside it."""

    framework: Framework
    standards: tuple[tuple[str, str, str], ...]
    lines: tuple[Line, ...]
    compliant_label: str
    cap_label: str
    how: tuple[Made, ...] = ()


def level_of(mean: Fraction, test: CompliantTest) -> str:
    """Which band a standard's mean falls in, for the pattern and colour of its cell: the scale point just reached."""
    reached = test.scale.points[0].value
    for point in test.scale.points:
        if mean >= point.normalised:
            reached = point.value
    return reached


def cells_of(ret: Return, scores: Scores | None, today: date) -> tuple[Cell, ...]:
    """A cell per standard of one return."""
    reasons: dict[str, list[str]] = {}
    for row in scores.items if scores else ():
        if row.state is ItemState.NOT_APPLICABLE:
            reasons.setdefault(row.standard, []).append(row.reason)
    return _cells(ret, scores.standards if scores else {}, reasons, today, {})


def _cells(
    row: Return | Asked,
    standards: Mapping[str, StandardScore],
    reasons: Mapping[str, Sequence[str]],
    today: date,
    known: dict[tuple[int, int], Cell],
) -> tuple[Cell, ...]:
    ret = cast(Any, row)  # either has the columns these rules read
    framework, test, stands = framework_of(ret), test_of(ret), position(ret)
    scored = standards if stands.standing.has_scores else {}
    if not scored and not reasons:
        return (cell(stands, None, test, today=today),) * len(framework.standards)
    cells = []
    for each in framework.standards:
        score, why = scored.get(each.key), " ".join(dict.fromkeys(reasons.get(each.key, ())))
        # Where there are scores a cell rests on nothing else, and of hundreds of returns many stand alike.
        found = None if why else known.get((id(score), id(test)))
        if found is None:
            found = cell(stands, score, test, today=today, reason=why)
            if scored and not why:
                known[id(score), id(test)] = found
        cells.append(found)
    return tuple(cells)


def heat_map(cycle: Cycle, returns: Sequence[Asked], today: date) -> Map:
    """The officers' heat map: every agency asked, moderated scores where there are any, else its own."""
    framework = framework_called(cycle.framework, cycle.framework_version)
    found = sheets.read(cycle, returns, items=False)
    reasons = _reasons(framework, returns, found)
    known: dict[tuple[int, int], Cell] = {}
    lines = tuple(
        Line(
            ret.agency_id, ret.agency, ret.reference,
            _cells(ret, found[ret.id].standards if ret.id in found else {}, reasons.get(ret.id, {}), today, known),
        )
        for ret in returns
    )  # fmt: skip
    return _map(cycle, framework, lines)


def _reasons(
    framework: Framework, returns: Sequence[Asked], found: Mapping[UUID, Sheet]
) -> dict[UUID, dict[str, list[str]]]:
    """Why a standard does not apply, in the agency's words: read only where it is all there is to show."""
    empty = {
        ret.answers_id: ret.id
        for ret in returns
        if ret.id in found and any(_all_out(one) for one in found[ret.id].standards.values())
    }
    reasons: dict[UUID, dict[str, list[str]]] = {}
    if empty:
        rows = Answer.objects.filter(
            answer_set__in=list(empty), key__in=list(framework.items), item=0, nothing=Nothing.NOT_APPLICABLE.value
        )  # fmt: skip
        for answers, key, reason in rows.order_by("key").values_list("answer_set_id", "key", "reason"):
            own = reasons.setdefault(empty[answers], {})
            own.setdefault(framework.standard_of[key].key, []).append(reason)
    return reasons


def _all_out(score: StandardScore) -> bool:
    return score.applicable == 0 and score.not_applicable > 0


def released_map(cycle: Cycle) -> Map:
    """The board's heat map, from the rows written at release: nothing else of the returns is read. One query."""
    framework = framework_called(cycle.framework, cycle.framework_version)
    by_agency: dict[UUID, dict[str, Cell]] = {}
    names: dict[UUID, str] = {}
    known: dict[tuple[Any, ...], Cell] = {}
    rows = ResultRow.objects.filter(cycle=cycle).order_by()
    for agency, name, standard, state, shown, words, level, compliant in rows.values_list(
        "agency_id", "agency__name", "standard", "state", "shown", "words", "level", "compliant"
    ):
        face = (state, shown, words, level, compliant)
        if face not in known:
            known[face] = _from_row(*face)
        by_agency.setdefault(agency, {})[standard] = known[face]
        names[agency] = name
    lines = tuple(
        Line(agency, names[agency], "", tuple(found[s.key] for s in framework.standards))
        for agency, found in sorted(by_agency.items(), key=lambda pair: names[pair[0]].casefold())
    )
    return _map(cycle, framework, lines)


def _map(cycle: Cycle, framework: Framework, lines: tuple[Line, ...]) -> Map:
    standards = tuple((s.key, str(n), s.title) for n, s in enumerate(framework.standards, 1))
    test = CompliantTest(framework.scale, cycle.compliant_from)
    how = how_made_of(framework, test, rules_in(cycle))
    if not framework.scored:
        return Map(framework, standards, lines, "", how[0].says, how)
    cap = next(one.says for one in how if one.about == CRITICAL)
    return Map(framework, standards, lines, test.label, cap, how)


def _from_row(state: str, shown: str, words: str, level: str, compliant: bool | None) -> Cell:
    return Cell(CellState(state), shown, words, mean=Fraction(level) if level else None, compliant=compliant)


#: What stands at a standard once the board is shown the agency's own result.
_RESULT = (CellState.SCORED, CellState.NOT_APPLICABLE, CellState.UNANSWERED)


def is_shown_to_board(ret: Return) -> bool:
    """Whether the board was shown this return's result: what is promised after that is shown with the rest. The
    system looks, because the agency's own people do not see what the board is shown."""
    if ret.stage != Stage.RELEASED:
        return False
    with acting.as_system(ret.board_id):
        rows = ResultRow.objects.filter(cycle=ret.cycle_id, agency=ret.agency_id)
        return rows.filter(state__in=[state.value for state in _RESULT]).exists()


def rows_for_board(cycle: Cycle, returns: Sequence[Return], today: date) -> list[ResultRow]:
    """One row per agency and standard, without narrative. A score appears only once the agency has its result;
    reasons for "not applicable" are the agency's own words, so they stay out."""
    scores = sheets.scores_under(cycle, [r for r in returns if r.stage == "released"])
    rows = []
    for ret in returns:
        framework = framework_of(ret)
        for standard, one in zip(framework.standards, cells_of(ret, scores.get(ret.id), today), strict=True):
            shown_state, shown, words = one.state, one.shown, one.words
            if ret.stage in ("signed_off", "answered", "moderated", "returned_with_query"):
                shown_state, shown, words = (
                    CellState.IN_PROGRESS,
                    "Here",
                    "Returned; the result is not yet released.",
                )
            elif one.state in (CellState.NOT_APPLICABLE, CellState.NIL, CellState.REFUSED):
                words = f"{one.state.label}."
            rows.append(
                ResultRow(
                    cycle=cycle,
                    circle_id=cycle.circle_id,
                    office_id=cycle.office_id,
                    agency_id=ret.agency_id,
                    standard=standard.key,
                    state=shown_state.value,
                    shown=shown,
                    words=words,
                    compliant=one.compliant,
                    level=str(one.mean) if one.mean is not None else "",
                    scored_by=one.scored_by.value,
                )
            )
    return rows
