"""What became of last time's answers: changed, or said to be the same. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from wholestory.paperwork.given import Given, Place
from wholestory.paperwork.sheet import Sheet

Since = Literal["", "same", "changed"]


@dataclass(frozen=True)
class Counted:
    """How many of the answers that came from last time, and still apply, are what by now."""

    changed: int
    same: int
    waiting: int

    @property
    def carried(self) -> int:
        """All of them."""
        return self.changed + self.same + self.waiting

    def in_words(self) -> str:
        """``3 of 40 answers changed since last time, 35 the same, 2 still to be confirmed``; empty when none came."""
        if not self.carried:
            return ""
        answers = "answer" if self.carried == 1 else "answers"
        parts = [f"{self.changed} of {self.carried} {answers} changed since last time"]
        parts += [f"{self.same} the same"] * bool(self.same)
        parts += [f"{self.waiting} still to be confirmed"] * bool(self.waiting)
        return ", ".join(parts)


@dataclass(frozen=True)
class SinceLastTime:
    """The answers of a form as they were carried forward into it. ``may_read`` is whether the reader may open the
    form they came from: whoever may not is told that an answer changed, and not from what."""

    carried: Mapping[Place, Given] = field(default_factory=dict)
    may_read: bool = False

    def at(self, sheet: Sheet, place: Place) -> Since:
        """What became of the answer there; nothing for one that is new or waits to be confirmed."""
        earlier, now = self.carried.get(place), sheet.at(place)
        if earlier is None or now.to_confirm:
            return ""
        return "same" if now == earlier else "changed"

    def earlier(self, sheet: Sheet, place: Place) -> str:
        """The answer it was, in words, where it changed and may be read."""
        if not self.may_read or self.at(sheet, place) != "changed":
            return ""
        return sheet.question(place).in_words(self.carried[place])

    def counted(self, sheet: Sheet) -> Counted:
        """The whole form in three numbers; what no longer applies is left out."""
        found = [(place, self.at(sheet, place)) for place in sheet.places if place in self.carried]
        return Counted(
            changed=sum(1 for _place, what in found if what == "changed"),
            same=sum(1 for _place, what in found if what == "same"),
            waiting=sum(1 for _place, what in found if not what),
        )


NOTHING_CARRIED = SinceLastTime()
