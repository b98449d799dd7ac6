"""Figures put together: shorter periods into the one asked for, areas and agencies into a whole, always from counts.

The rules are ``rules.pooling``; where every piece is a plain pair of counts, which is nearly always, the same sum is
made here without them, so that a page of many hundreds of series is quick. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from wholestory.indicators.models import Mark
from wholestory.indicators.queries.series import Cell, Line, exact
from wholestory.indicators.rules import pooling
from wholestory.indicators.rules.figures import NOT_SUPPLIED, Figure, Kind, Measure, shares, worth
from wholestory.indicators.rules.periods import Period, months_from
from wholestory.indicators.rules.pooling import Lacking, Piece

BOARD = "The whole area"


@dataclass(frozen=True, slots=True)
class Known:
    """What stands beside the figures: agencies by key, and how many people there were (key of the population, then day
    and number, the earliest first)."""

    names: Mapping[UUID, str]
    populations: Mapping[str, Sequence[tuple[date, int]]] = field(default_factory=dict)

    def name(self, agency: UUID | None) -> str:
        """An agency’s name; figures of no agency are of the whole area."""
        return BOARD if agency is None else self.names.get(agency, "An agency of earlier days")

    def population(self, key: str, on: date) -> int | None:
        """The newest estimate of or before a day."""
        found = [number for day, number in self.populations.get(key, ()) if day <= on]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class _AsNumber:
    """A measure whose number is sent alone, as what is sent: its rate is worked out on the published population."""

    aggregation: str
    polarity: str
    unit: str = "count"
    multiplier: int = 1
    denominator: str = ""
    population: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """The figure of one period, from everybody who sent one. ``given`` says how many agencies have a number in it,
    ``lacking`` whose is not in it and why; ``sentence`` says how it was made."""

    figure: Figure
    given: int = 0
    lacking: tuple[Lacking, ...] = ()
    marks: frozenset[Mark] = frozenset()
    versions: frozenset[int] = frozenset()
    sentence: str = ""

    @property
    def version(self) -> int | None:
        """The version of the definition it was counted by, the newest where there are several."""
        return max(self.versions, default=None)

    @property
    def mark_words(self) -> str:
        """Provisional, estimated, not reliable: what a reader must know of the number; empty for a final one."""
        return ", ".join(mark.label for mark in Mark if mark in self.marks and mark is not Mark.FINAL)


NOTHING = Whole(NOT_SUPPLIED)


def whole(lines: Sequence[Line], measure: Measure, window: Period, known: Known) -> Whole:
    """What all these series come to over ``window``: one figure for each agency, and those together.

    A figure of no agency is of everybody (an earlier scorecard has such): it stands in where no agency sent its own,
    and is never added to theirs.
    """
    key = getattr(measure, "population", "")
    if key and measure.unit == "rate" and not any(c.n is not None for e in lines for c in e.cells.values()):
        number = whole(lines, _AsNumber(measure.aggregation, measure.polarity), window, known)
        return _among(number, known.population(key, window.end))
    everybody = [line for line in lines if line.agency is None]
    if everybody and len(everybody) < len(lines):
        theirs = [line for line in lines if line.agency is not None]
        return _filled(theirs, everybody, measure, window, known)
    quick = _quick(lines, measure, window)
    if quick is not None:
        return quick
    cells: list[Cell] = []
    pieces, lacking = [], []
    for agency, own in _by_agency(lines).items():
        pooled, used = _of_agency(own, measure, window)
        name = known.name(agency)
        cells += used
        if pooled.partial:
            # A period with a hole in it is not this agency's figure of the whole period.
            lacking.append(Lacking(f"{name}: {_when(pooled)}", Kind.NOT_SUPPLIED))
            continue
        pieces.append(Piece(name, pooled.figure))
    if not pieces:
        return Whole(NOT_SUPPLIED, 0, tuple(lacking), sentence=_left_out(lacking))
    found = pooling.across(pieces, measure)
    given = sum(1 for piece in pieces if worth(piece.figure, measure).value is not None)
    gone = (*found.lacking, *lacking)
    said = found.sentence if not lacking else f"{found.sentence} {_left_out(lacking)}".strip()
    return Whole(
        found.figure, given, gone, frozenset(cell.marked for cell in cells),
        frozenset(cell.version for cell in cells), said,
    )  # fmt: skip


def _among(number: Whole, people: int | None) -> Whole:
    """The same among so many people: a year’s number is of the people of that year, never of four times them."""
    if number.figure.numerator is None:
        return number
    if people is None:
        said = f"{number.sentence} There is no published population to work the rate out on."
        return replace(number, sentence=said.strip(), figure=replace(number.figure, denominator=None))
    said = f"{number.sentence} Worked out on {people:,} people, the newest published estimate by then."
    return replace(number, sentence=said.strip(), figure=replace(number.figure, denominator=people))


def _filled(
    theirs: Sequence[Line], everybody: Sequence[Line], measure: Measure, window: Period, known: Known
) -> Whole:
    """The agencies' own figures, and everybody's where there is none: period by period."""
    own = whole(theirs, measure, window, known)
    if own.given and not own.lacking:
        return own
    shorter = _shorter(window) if measure.aggregation in ("sum", "mean_of_months") else []
    if len(shorter) < 2:
        return own if own.given else whole(everybody, measure, window, known)
    each = [_filled(theirs, everybody, measure, period, known) for period in shorter]
    if not any(one.given for one in each):
        return whole(everybody, measure, window, known)
    pieces = [Piece(p.label, one.figure) for p, one in zip(shorter, each, strict=True)]
    found = pooling.over_time(pieces, measure)
    if found.partial:
        lacking = tuple(one for one in found.lacking)
        return Whole(NOT_SUPPLIED, 0, lacking, sentence=found.sentence)
    return Whole(
        found.figure, max(one.given for one in each), tuple(gone for one in each for gone in one.lacking),
        frozenset().union(*(one.marks for one in each)), frozenset().union(*(one.versions for one in each)),
        found.sentence,
    )  # fmt: skip


def _shorter(window: Period) -> list[Period]:
    """The quarters of a longer period, or the months of a quarter."""
    step = 3 if window.months > 3 and window.months % 3 == 0 else 1
    if window.months <= 1:
        return []
    first = window.start.year * 12 + window.start.month - 1
    return [
        months_from((first + at) // 12, (first + at) % 12 + 1, step) for at in range(0, window.months, step)
    ]


def history(lines: Sequence[Line], measure: Measure, periods: Iterable[Period], known: Known) -> list[Whole]:
    """The same for each of many periods."""
    return [whole(lines, measure, period, known) for period in periods]


def by_agency(
    lines: Sequence[Line], measure: Measure, window: Period, known: Known
) -> dict[UUID | None, Whole]:
    """What each agency's own series come to."""
    return {agency: whole(own, measure, window, known) for agency, own in _by_agency(lines).items()}


def _quick(lines: Sequence[Line], measure: Measure, window: Period) -> Whole | None:
    """The sum where every series has just this period, counted, of no area apart; else None."""
    if not lines or (measure.aggregation == "median" and len(lines) > 1):
        return None
    shared, span = shares(measure), (window.start, window.end)
    x = n = 0
    with_n = True
    marks, versions = set(), set()
    given = 0
    for line in lines:
        cell = line.cells.get(span)
        if cell is None or cell.what or cell.x is None or line.area is not None:
            return None
        if cell.n is None:
            if shared:
                return None
            with_n = False
        elif shared and cell.n == 0:
            return None
        else:
            n += cell.n
        x += cell.x
        given += 1 if line.senders is None else line.senders.get(span, 1)
        marks.add(cell.mark)
        versions.add(cell.version)
    return Whole(
        Figure(exact(x), exact(n) if with_n else None), given, (), _marks(marks), frozenset(versions),
        "Added up from the counts." if given > 1 else "As supplied.",
    )  # fmt: skip


_NUMBERED = {number: frozenset([mark]) for number, mark in enumerate(
    (Mark.FINAL, Mark.PROVISIONAL, Mark.ESTIMATED, Mark.LOW_RELIABILITY)
)}  # fmt: skip


def _marks(numbers: set[int]) -> frozenset[Mark]:
    return frozenset[Mark]().union(*(_NUMBERED[each] for each in numbers))


def _by_agency(lines: Sequence[Line]) -> dict[UUID | None, list[Line]]:
    found: dict[UUID | None, list[Line]] = {}
    for line in lines:
        found.setdefault(line.agency, []).append(line)
    return found


def _of_agency(lines: Sequence[Line], measure: Measure, window: Period) -> tuple[pooling.Pooled, list[Cell]]:
    """One agency's figure: as it sent it for everywhere, or put together from its areas where it sent only those."""
    everywhere = [line for line in lines if line.area is None]
    for line in everywhere:
        pooled, used = _over(line, measure, window)
        if used:
            return pooled, used
    of_areas = [_over(line, measure, window) for line in lines if line.area is not None]
    used = [cell for _, some in of_areas for cell in some]
    if not used:
        return pooling.over_time([], measure), []
    pieces = [Piece(f"area {number}", pooled.figure) for number, (pooled, _) in enumerate(of_areas, 1)]
    return pooling.across(pieces, measure), used


def _over(line: Line, measure: Measure, window: Period) -> tuple[pooling.Pooled, list[Cell]]:
    pieces, used = [], []
    for period, cell in pieces_of(line, measure, window):
        pieces.append(Piece(period.label, NOT_SUPPLIED if cell is None else cell.figure))
        if cell is not None:
            used.append(cell)
    return pooling.over_time(pieces, measure), used


def pieces_of(line: Line, measure: Measure, window: Period) -> list[tuple[Period, Cell | None]]:
    """The figures that a longer period is put together from: what was sent for just these days, or for its quarters,
    or for its months; None where a piece is lacking."""
    exactly = line.cells.get((window.start, window.end))
    if exactly is not None:
        return [(window, exactly)]
    if measure.aggregation in ("snapshot", "rolling"):
        ending = [(start, cell) for (start, end), cell in line.cells.items() if end == window.end]
        if not ending:
            return [(window, None)]
        start, cell = max(ending) if measure.aggregation == "snapshot" else min(ending)
        return [(Period(start, window.end), cell)]
    found = [piece for period in _shorter(window) for piece in pieces_of(line, measure, period)]
    return found if any(cell is not None for _, cell in found) else [(window, None)]


def _when(pooled: pooling.Pooled) -> str:
    return ", ".join(each.label for each in pooled.lacking)


def _left_out(lacking: Sequence[Lacking]) -> str:
    if not lacking:
        return ""
    return "Left out, because a part of the period is lacking: " + "; ".join(e.label for e in lacking) + "."
