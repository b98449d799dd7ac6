"""What stands in one cell of the heat map: a score, or one of the several kinds of nothing, never confused.

Source: domain notes on quality assurance, 1.4, 1.5, 1.7 and 1.8. Every cell has text, so that nothing
depends on colour.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from wholestory.assurance.rules.rollup import ScoredBy, StandardScore
from wholestory.assurance.rules.scales import CompliantTest


class CellState(StrEnum):
    """Why a cell looks as it does. Only SCORED is a score."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"
    AWAITED = "awaited"
    IN_PROGRESS = "in_progress"
    OPENED_AGAIN = "opened_again"
    EXTENSION = "extension"
    NOT_RETURNED = "not_returned"
    QUERY = "query"
    NIL = "nil"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_SCORED = "not_scored"
    NOT_READ = "not_read"

    @property
    def short(self) -> str:
        """What is printed in the cell itself (a score prints its number)."""
        return _WORDS[self][0]

    @property
    def label(self) -> str:
        """The line in the key under the table."""
        return _WORDS[self][1]


_WORDS: dict[CellState, tuple[str, str]] = {
    CellState.SCORED: ("", "Score"),
    CellState.NOT_APPLICABLE: ("N/A", "Not applicable, with the agency's reason"),
    CellState.UNANSWERED: ("Blank", "Signed off with this standard left unanswered"),
    CellState.AWAITED: ("Asked", "Asked, not started, not yet due"),
    CellState.IN_PROGRESS: ("Begun", "Being answered, not yet due"),
    CellState.OPENED_AGAIN: (
        "Again",
        "Signed, and opened again to be put right: no score until it is signed again",
    ),
    CellState.EXTENSION: ("Ext", "More time granted"),
    CellState.NOT_RETURNED: ("NR", "Not returned by the due date"),
    CellState.QUERY: ("Query", "Sent back to the agency with a query: no score until it is answered"),
    CellState.NIL: ("Nil", "Nil return signed: nothing here to assess, with the reason"),
    CellState.REFUSED: ("Ref", "Refused to answer, with the reason it gave"),
    CellState.NOT_ASKED: ("–", "Not asked this time"),
    CellState.NOT_SCORED: ("Ans", "Answered (not scored)"),
    CellState.NOT_READ: ("Unread", "Brought in from a file where something stood that is no score"),
}


class Standing(StrEnum):
    """How far a return has come."""

    NOT_ASKED = "not_asked"
    ISSUED = "issued"
    IN_PROGRESS = "in_progress"
    NIL = "nil"
    SIGNED_OFF = "signed_off"
    QUERY = "query"
    ANSWERED = "answered"
    MODERATED = "moderated"
    RELEASED = "released"
    REFUSED = "refused"
    BROUGHT_IN = "brought_in"

    @property
    def is_returned(self) -> bool:
        """Whether the agency has done what it was asked: signed, also when sent back with a query, also
        when nil."""
        return self in _RETURNED

    @property
    def has_scores(self) -> bool:
        """Whether the scores may be shown to the board's officers as this agency's answer."""
        return self in _SCORED


_SCORED = frozenset(
    {Standing.SIGNED_OFF, Standing.ANSWERED, Standing.MODERATED, Standing.RELEASED, Standing.BROUGHT_IN}
)
_RETURNED = _SCORED | {Standing.QUERY, Standing.NIL}


@dataclass(frozen=True)
class ReturnPosition:
    """Where one agency's return stands. ``due_on`` is the last day; ``extended_to`` the last day after
    an extension; ``came_once`` says that it was signed before, whatever happened to it since."""

    standing: Standing
    due_on: date | None = None
    extended_to: date | None = None
    reason: str = ""
    came_once: bool = False

    @property
    def is_opened_again(self) -> bool:
        """Whether it was signed and is being put right now, to be signed again."""
        return self.came_once and self.standing is Standing.IN_PROGRESS

    @property
    def has_come(self) -> bool:
        """Whether it counts as returned: what was signed and opened again came back all the same."""
        return self.standing.is_returned or self.is_opened_again

    def last_day(self) -> date | None:
        """The last day on which the return is in time."""
        return self.extended_to or self.due_on

    def is_late(self, today: date) -> bool:
        """Whether it should be here by now and is not."""
        last = self.last_day()
        asked = self.standing is not Standing.NOT_ASKED
        return asked and not self.standing.is_returned and last is not None and today > last


@dataclass(frozen=True)
class Cell:
    """One cell: its state, the short text printed in it, and a whole sentence for whoever hears it read
    out."""

    state: CellState
    shown: str
    words: str
    mean: Fraction | None = None
    compliant: bool | None = None
    scored_by: ScoredBy = ScoredBy.NOBODY


def cell(
    position: ReturnPosition,
    score: StandardScore | None,
    test: CompliantTest,
    *,
    today: date,
    asked: bool = True,
    reason: str = "",
) -> Cell:
    """The cell for one agency and one standard; ``asked`` is False where this agency was not asked this
    standard. ``score`` may be None while nothing is signed.

    ``reason`` is the agency's own for "not applicable". Where several things are true the first of these is
    shown: not asked, nil, refused, query, the answers, extension, late, begun, asked.
    """
    if position.standing is Standing.NOT_ASKED or not asked:
        return _nothing(CellState.NOT_ASKED, position.reason)
    if position.standing is Standing.NIL:
        return _nothing(CellState.NIL, position.reason)
    if position.standing is Standing.REFUSED:
        return _nothing(CellState.REFUSED, position.reason)
    if position.standing is Standing.QUERY:
        return _nothing(CellState.QUERY)
    if position.standing.has_scores:
        return _answered(score, test, reason)
    last = position.last_day()
    if position.is_opened_again:
        return _opened_again(last, late=position.is_late(today))
    if position.is_late(today):
        begun = " It has been started." if position.standing is Standing.IN_PROGRESS else ""
        return Cell(
            CellState.NOT_RETURNED,
            CellState.NOT_RETURNED.short,
            f"Not returned; it was due by {_day(last)}.{begun}",
        )
    if position.extended_to is not None:
        return Cell(
            CellState.EXTENSION,
            CellState.EXTENSION.short,
            f"More time granted, to {_day(position.extended_to)}.",
        )
    if position.standing is Standing.IN_PROGRESS:
        return Cell(
            CellState.IN_PROGRESS, CellState.IN_PROGRESS.short, f"Being answered; due by {_day(last)}."
        )
    return Cell(CellState.AWAITED, CellState.AWAITED.short, f"Asked, not started; due by {_day(last)}.")


def _opened_again(last: date | None, *, late: bool) -> Cell:
    """No score until it is signed again; whoever returned it once is not told of as one who did not."""
    verb = "was" if late else "is"
    return Cell(
        CellState.OPENED_AGAIN,
        CellState.OPENED_AGAIN.short,
        f"Signed, and opened again to be put right; it {verb} to be signed again by {_day(last)}.",
    )


def _answered(score: StandardScore | None, test: CompliantTest, reason: str) -> Cell:
    if score is None:
        return _nothing(CellState.UNANSWERED)
    if score.mean is None:
        if score.plain:
            return Cell(
                CellState.NOT_SCORED,
                CellState.NOT_SCORED.short,
                f"{CellState.NOT_SCORED.label}. {score.counts}",
            )
        if score.applicable:
            return _nothing(CellState.UNANSWERED)
        if score.not_read:
            return _nothing(CellState.NOT_READ)
        if score.not_applicable:
            return _nothing(CellState.NOT_APPLICABLE, reason)
        return _nothing(CellState.NOT_ASKED)
    below = score.is_below(test)
    scale = test.scale
    shown = test.show_mean(score.mean)
    out_of = f" out of {scale.points[-1].value}" if scale.numeric else ""
    verdict = "Below compliant" if below else "Compliant"
    held = f" Held down by {', '.join(score.capped_by)}." if score.capped_by else ""
    words = f"{shown}{out_of}. {verdict}. {score.counts} {score.scored_by.label}.{held}"
    return Cell(CellState.SCORED, shown, words, score.mean, not below, score.scored_by)


def _nothing(state: CellState, reason: str = "") -> Cell:
    return Cell(state, state.short, f"{state.label}: {reason}" if reason else f"{state.label}.")


def _day(day: date | None) -> str:
    return "a date not yet set" if day is None else f"{day.day} {day:%B %Y}"
