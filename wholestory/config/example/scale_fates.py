"""What becomes of a made-up return: how far it comes, and on which days."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wholestory.assurance.models import Stage
from wholestory.partners.models import LONDON

#: How many of a hundred returns stand where, in the cycle that is under way and in one that is closed.
UNDER_WAY = {
    Stage.ISSUED: 12, Stage.IN_PROGRESS: 24, Stage.SIGNED_OFF: 20, Stage.RETURNED_WITH_QUERY: 4, Stage.ANSWERED: 4,
    Stage.MODERATED: 10, Stage.RELEASED: 22, Stage.NIL: 3, Stage.WITHDRAWN: 1,
}  # fmt: skip
CLOSED = {Stage.RELEASED: 93, Stage.NIL: 3, Stage.ISSUED: 2, Stage.WITHDRAWN: 2}

_SIGNED = (
    Stage.SIGNED_OFF, Stage.RETURNED_WITH_QUERY, Stage.ANSWERED, Stage.MODERATED, Stage.RELEASED
)  # fmt: skip


@dataclass(frozen=True)
class Fate:
    """A return's life: where it ends, and the day of each step it came to."""

    stage: Stage
    issued_on: date
    begun_on: date
    signed_on: date
    queried_on: date
    answered_on: date
    moderated_on: date
    released_on: date
    was_queried: bool

    @property
    def signed(self) -> bool:
        """Whether its answers were signed."""
        return self.stage in _SIGNED

    @property
    def begun(self) -> bool:
        """Whether it was begun."""
        return self.signed or self.stage == Stage.IN_PROGRESS

    @property
    def moderated(self) -> bool:
        """Whether it was moderated."""
        return self.stage in (Stage.MODERATED, Stage.RELEASED)

    @property
    def moves(self) -> Iterator[tuple[str, str, str, date]]:
        """Each move: its name, from which stage, to which, on which day."""
        yield "issued", "", Stage.ISSUED, self.issued_on
        if self.stage == Stage.NIL:
            yield "nil_returned", Stage.ISSUED, Stage.NIL, self.signed_on
        if self.stage == Stage.WITHDRAWN:
            yield "withdrawn", Stage.ISSUED, Stage.WITHDRAWN, self.begun_on
        if not self.begun:
            return
        yield "begun", Stage.ISSUED, Stage.IN_PROGRESS, self.begun_on
        if not self.signed:
            return
        yield "signed_off", Stage.IN_PROGRESS, Stage.SIGNED_OFF, self.signed_on
        before = Stage.SIGNED_OFF
        if self.was_queried:
            yield "queried", before, Stage.RETURNED_WITH_QUERY, self.queried_on
            if self.stage == Stage.RETURNED_WITH_QUERY:
                return
            yield "query_answered", Stage.RETURNED_WITH_QUERY, Stage.ANSWERED, self.answered_on
            before = Stage.ANSWERED
        if self.moderated:
            yield "moderated", before, Stage.MODERATED, self.moderated_on
        if self.stage == Stage.RELEASED:
            yield "result_released", Stage.MODERATED, Stage.RELEASED, self.released_on


def fate(chosen: random.Random, opens_on: date, weights: dict[Stage, int]) -> Fate:
    """One return's fate; every day of it lies within nine weeks of the opening."""
    stage = chosen.choices(list(weights), weights=list(weights.values()))[0]
    begun = opens_on + timedelta(days=chosen.randrange(4, 18))
    signed = begun + timedelta(days=chosen.randrange(4, 20))
    queried = signed + timedelta(days=chosen.randrange(2, 5))
    answered = queried + timedelta(days=chosen.randrange(2, 6))
    moderated = answered + timedelta(days=chosen.randrange(2, 8))
    released = moderated + timedelta(days=chosen.randrange(1, 5))
    asked = stage in (Stage.RETURNED_WITH_QUERY, Stage.ANSWERED) or (
        stage in (Stage.MODERATED, Stage.RELEASED) and chosen.random() < 0.15
    )
    return Fate(stage, opens_on, begun, signed, queried, answered, moderated, released, asked)


def moment(day: date, chosen: random.Random | None = None) -> datetime:
    """Some time in the working hours of that day, in London."""
    minutes = chosen.randrange(480) if chosen else 60
    return datetime.combine(day, time(9), LONDON) + timedelta(minutes=minutes)
