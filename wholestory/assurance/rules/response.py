"""How many came back, of those who were asked and were in scope: an honest denominator.

Source: domain notes on quality assurance, 1.8 and 6.2 item 24. Norfolk: 290 returned, 85 were asked and did
not return, 48 were never asked. That is 290 of 375, 77.3 %; not 290 of 423.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from wholestory.assurance.rules.cells import ReturnPosition, Standing
from wholestory.assurance.rules.scales import percent

#: Why there is more time, where the board opened a signed return again. Time that was added after a return had come
#: does not make one that came late one that came in time.
CAME_IN_TIME = "Opened again by the board’s team, to be put right."
CAME_LATE = "Opened again by the board’s team, to be put right. It had come late."


class CountsDisagree(ValueError):
    """More were counted as returned, nil or in time than could be."""


@dataclass(frozen=True)
class ResponseRate:
    """Returned out of asked and in scope. ``nil`` are signed nil returns, and count as returned; so do those that
    were signed and ``opened_again``.

    ``left_scope`` were asked and then ended or merged before the due date: they are in neither number.
    """

    returned: int
    asked_in_scope: int
    nil: int = 0
    never_asked: int = 0
    left_scope: int = 0
    opened_again: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.nil + self.opened_again <= self.returned <= self.asked_in_scope:
            raise CountsDisagree("Nil returns, returns and agencies asked do not add up.")

    @property
    def share(self) -> Fraction | None:
        """Returned out of asked and in scope; None when nobody was asked."""
        return Fraction(self.returned, self.asked_in_scope) if self.asked_in_scope else None

    @property
    def outstanding(self) -> int:
        """Asked, in scope, and not here."""
        return self.asked_in_scope - self.returned

    @property
    def words(self) -> str:
        """``77.3 % (290 of the 375 asked); 48 were not asked.``"""
        if self.share is None:
            return "Nobody has been asked."
        said = f"{percent(self.share)} ({self.returned} of the {self.asked_in_scope} asked)"
        if self.nil:
            said += f", {self.nil} of them nil"
        if self.opened_again:
            said += f", {self.opened_again} of them opened again"
        if self.left_scope:
            said += f"; {self.left_scope} left while it ran"
        if self.never_asked:
            said += f"; {self.never_asked} {'was' if self.never_asked == 1 else 'were'} not asked"
        return said + "."


def response_rate(positions: Iterable[ReturnPosition], *, left_scope: int = 0) -> ResponseRate:
    """The rate over all agencies of a cycle, those never asked included (they are counted, and kept out
    of the rate)."""
    rows = list(positions)
    asked = [row for row in rows if row.standing is not Standing.NOT_ASKED]
    return ResponseRate(
        returned=sum(row.has_come for row in asked),
        asked_in_scope=len(asked),
        nil=sum(row.standing is Standing.NIL for row in asked),
        never_asked=len(rows) - len(asked),
        left_scope=left_scope,
        opened_again=sum(row.is_opened_again for row in asked),
    )


@dataclass(frozen=True)
class Timeliness:
    """Of those that came back: in time, in time only because more time was granted, late."""

    in_time: int
    in_extended_time: int
    late: int

    @property
    def share_in_time(self) -> Fraction | None:
        """In the original time, of all that came back; None when none did ("0 of 0 late" is not 100 %)."""
        total = self.in_time + self.in_extended_time + self.late
        return Fraction(self.in_time, total) if total else None


def timeliness(signed: Iterable[tuple[ReturnPosition, date]]) -> Timeliness:
    """From positions with the day each was first signed. The due day itself is in time."""
    in_time = extended = late = 0
    for position, signed_on in signed:
        if position.due_on is None or signed_on <= position.due_on:
            in_time += 1
        elif position.extended_to is not None and signed_on <= position.extended_to:
            extended += 1
        else:
            late += 1
    return Timeliness(in_time, extended, late)
