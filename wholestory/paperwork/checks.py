"""What must be true between answers. Checks are named, typed and data; each carries the message a person reads.

A check looks only at answers that apply, and stays silent until all it compares has been given: that an answer is
missing is said once, at the question itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from wholestory.paperwork.conditions import Condition, Look
from wholestory.paperwork.given import Given
from wholestory.paperwork.partial_date import PartialDate
from wholestory.paperwork.questions.amounts import Number
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.words import Word

Read = Callable[[str], Given]
"""Gives the answer to a question by its key; BLANK when it is blank or does not apply."""
Find = Callable[[str], Question | None]


@dataclass(frozen=True)
class Check(Word):
    """The parent of all checks. ``message`` is a sentence for the person who fills in the form."""

    message: str = field(kw_only=True)

    def speaks_of(self) -> tuple[str, ...]:
        """The questions it speaks of."""
        raise NotImplementedError

    def conditions(self) -> tuple[Condition, ...]:
        """The conditions it asks, if any."""
        return ()

    def needs(self) -> tuple[type[Question], str] | None:
        """The one type its questions must have, with its name in words; None when any will do."""
        return None

    def offends(self, read: Read, look: Look) -> tuple[str, ...]:
        """The keys to show the message at; empty when all is well."""
        raise NotImplementedError


@dataclass(frozen=True)
class DateOrder(Check, word="date_order"):
    """The first date is not after the second. Coarse dates offend only when no reading of them fits."""

    first: str
    then: str

    def speaks_of(self) -> tuple[str, ...]:
        return (self.first, self.then)

    def needs(self) -> tuple[type[Question], str] | None:
        return (Date, "a date")

    def offends(self, read: Read, look: Look) -> tuple[str, ...]:
        first, then = read(self.first).value, read(self.then).value
        if first is None or then is None:
            return ()
        return (self.then,) if PartialDate.of(str(first)).earliest > PartialDate.of(str(then)).latest else ()


@dataclass(frozen=True)
class RequiredWhen(Check, word="required_when"):
    """A question that may otherwise be left out must be answered when the condition holds."""

    key: str
    when: Condition

    def speaks_of(self) -> tuple[str, ...]:
        return (self.key,)

    def conditions(self) -> tuple[Condition, ...]:
        return (self.when,)

    def offends(self, read: Read, look: Look) -> tuple[str, ...]:
        return (self.key,) if self.when.holds(look) and read(self.key).is_blank else ()


@dataclass(frozen=True)
class SumIs(Check, word="sum_is"):
    """The numbers add up to another number of the form (``total`` is its key), or to a fixed ``amount``."""

    parts: tuple[str, ...]
    total: str = ""
    amount: Decimal | None = None

    def speaks_of(self) -> tuple[str, ...]:
        return (*self.parts, self.total) if self.total else self.parts

    def needs(self) -> tuple[type[Question], str] | None:
        return (Number, "a number")

    def offends(self, read: Read, look: Look) -> tuple[str, ...]:
        held = [read(part).value for part in self.parts]
        wanted = read(self.total).value if self.total else self.amount
        if wanted is None or any(value is None for value in held):
            return ()
        wrong = sum((Decimal(str(value)) for value in held), Decimal()) != Decimal(str(wanted))
        return (self.total or self.parts[-1],) if wrong else ()


@dataclass(frozen=True)
class NotMoreThan(Check, word="not_more_than"):
    """The first number is not more than the second (those trained, of those employed)."""

    part: str
    whole: str

    def speaks_of(self) -> tuple[str, ...]:
        return (self.part, self.whole)

    def needs(self) -> tuple[type[Question], str] | None:
        return (Number, "a number")

    def offends(self, read: Read, look: Look) -> tuple[str, ...]:
        part, whole = read(self.part).value, read(self.whole).value
        if part is None or whole is None:
            return ()
        return (self.part,) if Decimal(str(part)) > Decimal(str(whole)) else ()


@dataclass(frozen=True)
class OneAnswered(Check, word="one_answered"):
    """At least one of these questions is answered."""

    of: tuple[str, ...]

    def speaks_of(self) -> tuple[str, ...]:
        return self.of

    def offends(self, read: Read, look: Look) -> tuple[str, ...]:
        return () if any(not read(key).is_blank for key in self.of) else (self.of[0],)
