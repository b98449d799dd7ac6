"""Whether the measures that promises were meant to move did move: one question for the figures of any number of them.

Who may see an agency's figures reads them as they stand now. Members of the group that scrutinises them read the
series of the newest report they were given, and nobody else is shown any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wholestory.actions.models import Action, ActionState
from wholestory.indicators.catalogue import Definition
from wholestory.indicators.queries import comparing, series
from wholestory.indicators.queries.charted import Charted, charted
from wholestory.indicators.queries.decided import Decided, decided
from wholestory.indicators.queries.pooled import Known
from wholestory.indicators.queries.scorecard import agencies_of
from wholestory.indicators.queries.series import Line
from wholestory.indicators.rules import spans
from wholestory.indicators.rules.before_and_after import Reading, did_it_move
from wholestory.indicators.rules.charts import Period, Series
from wholestory.partners.models import Board
from wholestory.performance.queries.given import series_given
from wholestory.performance.rules.frozen_series import from_kept

#: How many periods are read, before and after together.
BACK = 40
NOT_SHOWN = "The figures of this measure are not shown to you."


@dataclass(frozen=True)
class Outcome:
    """What came of one promise, as far as its measure shows. ``words`` is short; ``whose`` says whose figures they are,
    and as of when."""

    words: str
    sentence: str
    tone: str = "not_needed"
    measure: Definition | None = None
    reading: Reading | None = None
    series: Series | None = None
    whose: str = ""


_TONES = {
    "right_way": "done", "wrong_way": "overdue", "no_sign": "waiting", "too_early": "not_started",
    "cannot_tell": "not_needed",
}  # fmt: skip


def outcomes(
    board: Board, actions: Sequence[Action], measures: Mapping[str, Definition]
) -> dict[object, Outcome]:
    """What came of each promise, by the key of its action: seven questions for any number of promises."""
    codes = {one.measure_code for one in actions if one.measure_code in measures}
    found = series.by_measure(series.lines(series.in_force(board), measures=codes)) if codes else {}
    known = Known(agencies_of(board), comparing.populations(board)) if codes else Known({})
    made = decided(board, sorted(codes)) if codes else Decided()
    given = series_given(board) if codes - found.keys() else {}
    return {
        one.pk: _outcome(board, one, measures.get(one.measure_code), found, known, made, given)
        for one in actions
    }


def _outcome(
    board: Board, action: Action, measure: Definition | None, lines: Mapping[str, Sequence[Line]], known: Known,
    made: Decided, given: Mapping[str, tuple[str, Mapping[str, object]]],
) -> Outcome:  # fmt: skip
    if not action.measure_code:
        return Outcome("No measure named", "Nobody has said which measure it is meant to move.")
    if measure is None:
        said = f"{action.measure_code} is not in the catalogue of this board."
        return Outcome("No such measure", said)
    every = lines.get(measure.code, ())
    own = [line for line in every if line.agency == action.agency_id]
    chosen, whose = (own, action.agency.name) if own else (every, "The whole area")
    made_of = _live(chosen, measure, known, made)
    if made_of is None and measure.code in given:
        label, kept = given[measure.code]
        made_of, whose = from_kept(kept, measure), f"The whole area, as in the report of {label}"
    if made_of is None:
        return Outcome(
            "No figures", NOT_SHOWN if not every else "There are no figures of it.", measure=measure
        )
    if not begun_and_done(action):
        said = "It is not done yet, so its figures are from before."
        return Outcome("Too early to say", said, "not_started", measure, None, made_of, whose)
    reading = did_it_move(made_of, action.opened_on, done_on=done_on(action), picked_because_off_target=True)
    return Outcome(
        reading.words, reading.sentence, _TONES[reading.moved.value], measure, reading, made_of, whose
    )


def begun_and_done(action: Action) -> bool:
    """Whether there is an “after” to look at: it is working, said to be done, or closed."""
    return action.working_from is not None or action.state in (ActionState.SAID_DONE, ActionState.CLOSED)


def done_on(action: Action) -> date | None:
    """From when a change could be seen: the day somebody named, or the day it was said to be done, or closed."""
    return action.working_from or action.said_done_on or action.closed_on


def _live(lines: Sequence[Line], measure: Definition, known: Known, made: Decided) -> Series | None:
    last = max((end for line in lines for _, end in line.cells), default=None)
    if last is None:
        return None
    basis = spans.basis_of(measure)
    found = charted(lines, measure, basis.holding(last), basis, known, made, back=BACK)
    return None if found is None else as_series(found, measure)


def as_series(found: Charted, measure: Definition) -> Series:
    """The series a chart was drawn from."""
    basis = spans.basis_of(measure)
    periods = tuple(
        Period(spans.short(period, basis.year), period.end, one.figure)
        for period, one in zip(found.periods, found.wholes, strict=True)
    )
    target = None if found.chart.target is None else Fraction(str(found.chart.target))
    return Series(measure, periods, found.chart.breaks, None, target, every=basis.every)
