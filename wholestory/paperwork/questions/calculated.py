"""An answer that nobody types: worked out from earlier answers each time the form is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from wholestory.paperwork.given import BLANK, Given, Json
from wholestory.paperwork.questions.amounts import amount_in_words
from wholestory.paperwork.questions.base import Comparable, NotThat, Question
from wholestory.paperwork.questions.working import Look, Working, exactly
from wholestory.paperwork.words import plain_decimal

MOST_DECIMALS = 6
MOST_PARTS = 100


@dataclass(frozen=True)
class Calculated(Question, word="calculated"):
    """A value worked out by ``working`` from earlier answers of the form (or of the same item of a repeating group).

    Nothing is stored and nobody is asked: it is never missing, never carried forward, and counts in no progress.
    ``decimals`` is how many places it is rounded to (0 to 6), halves away from nought; what another question works out
    from it uses the rounded value, so that what is read on the page adds up. ``unit`` is as for a number; without one
    the working's own is used (%, days, years).
    """

    working: Working
    unit: str = field(default="", kw_only=True)
    decimals: int = field(default=2, kw_only=True)
    required: bool = field(default=False, kw_only=True)
    carries: bool = field(default=False, kw_only=True)

    compares_to: ClassVar[str] = "numbers"

    def worked_out(self, look: Look) -> Given:
        """The answer, from what stands at the questions it reads."""
        with exactly():
            found = self.working.work_out(look)
            if found.amount is None:
                return Given(nothing=found.nothing, reason=found.reason)
            places = Decimal(1).scaleb(-self.decimals)
            return Given(plain_decimal(found.amount.quantize(places, ROUND_HALF_UP)))

    def understand(self, typed: Json) -> Json:
        """Nothing can be typed. Raises NotThat."""
        if typed is None or typed == "":
            return None
        raise NotThat("This is worked out from other answers and cannot be typed")

    def typed_from(self, value: Json) -> Json:
        return None

    def faults(self, given: Given, today: object) -> tuple[str, ...]:
        """What is wrong is wrong at the answers it comes from."""
        return ()

    def comparable_value(self, value: Json) -> Comparable:
        return Decimal(str(value))

    def value_in_words(self, value: Json) -> str:
        """With thousands commas and its unit."""
        one, many = (self.unit, self.unit) if self.unit else self.working.unit
        return amount_in_words(str(value), one if str(value) == "1" else many)

    def value_for_export(self, value: Json) -> str:
        """Digits only."""
        return str(value)

    def carry(self, given: Given) -> Given:
        return BLANK

    def definition_faults(self) -> tuple[str, ...]:
        found = []
        if self.required or self.carries or self.nothing:
            found.append(
                "nobody answers it, so it cannot be required, carry forward or take a kind of nothing"
            )
        if not 0 <= self.decimals <= MOST_DECIMALS:
            found.append(f"it can be rounded to 0 to {MOST_DECIMALS} decimals")
        needs = self.working.needs()
        if not needs:
            found.append("it is worked out from no answer")
        if len(needs) > MOST_PARTS:
            found.append(f"it is worked out from more than {MOST_PARTS} answers")
        return (*found, *self.working.faults())
