"""How an answer is worked out from earlier ones: a small expression held as data, never a line of code.

A part is the key of an earlier question, or another expression. What is missing, or was answered with a kind of
nothing, is never taken for a number:

* while a part is blank there is no result yet;
* a kind of nothing goes through to the result, as what it is;
* dividing by nought gives "not applicable", with the reason;
* a question that does not apply takes no part in a sum, and makes anything else not applicable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import ClassVar, Literal, TypeAlias

from wholestory.paperwork.given import Given, Nothing
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.words import Word, plain_decimal

_EXACT = Context(prec=60)

Kind = Literal["number", "date", "column"]


@dataclass(frozen=True)
class Needs:
    """A question an expression reads, and what it must be."""

    key: str
    kind: Kind = "number"
    column: str = ""


@dataclass(frozen=True)
class Found:
    """What stands at a question: whether it applies, and what was given."""

    question: Question
    given: Given
    applies: bool


Look: TypeAlias = Callable[[str], Found]
Label: TypeAlias = Callable[[str, str], str]
"""Gives the words for a question (key, "") or for a column of a grid (key, column)."""


@dataclass(frozen=True)
class Outcome:
    """A result, a kind of nothing with its reason, or (both empty) not yet."""

    amount: Decimal | None = None
    nothing: Nothing | None = None
    reason: str = ""
    is_asked: bool = True

    @property
    def is_blank(self) -> bool:
        return self.amount is None and self.nothing is None


NOT_ASKED = Outcome(nothing=Nothing.NOT_APPLICABLE, is_asked=False)


@dataclass(frozen=True)
class Working(Word):
    """The parent of all expressions."""

    unit: ClassVar[tuple[str, str]] = ("", "")
    """What its result is counted in, for one and for many."""

    def needs(self) -> tuple[Needs, ...]:
        """Everything it reads."""
        raise NotImplementedError

    def work_out(self, look: Look) -> Outcome:
        """The result."""
        raise NotImplementedError

    def in_words(self, label: Label) -> str:
        """How it is worked out, for readers."""
        raise NotImplementedError

    def faults(self) -> tuple[str, ...]:
        """What makes it unable to work by itself."""
        return ()


Part: TypeAlias = Working | str


@dataclass(frozen=True)
class Fixed(Working, word="fixed"):
    """A number that is always the same."""

    amount: Decimal

    def needs(self) -> tuple[Needs, ...]:
        return ()

    def work_out(self, look: Look) -> Outcome:
        return Outcome(self.amount)

    def in_words(self, label: Label) -> str:
        return plain_decimal(self.amount)


@dataclass(frozen=True)
class TotalOf(Working, word="total_of"):
    """The sum of a column of numbers in a grid; not there until every cell is filled in that has to be."""

    grid: str
    column: str

    def needs(self) -> tuple[Needs, ...]:
        return (Needs(self.grid, "column", self.column),)

    def work_out(self, look: Look) -> Outcome:
        stop, given, question = opened(look(self.grid))
        if stop is not None or not isinstance(question, Grid):
            return stop or Outcome()
        amount, many = question.total(given.value, self.column)
        wanted = any(each.key == self.column and each.required for each in question.columns)
        return Outcome() if not many or (wanted and many < len(question.rows)) else Outcome(amount)

    def in_words(self, label: Label) -> str:
        return f"the total of {label(self.grid, self.column)}"


@dataclass(frozen=True)
class Add(Working, word="add"):
    """All parts together."""

    parts: tuple[Part, ...]

    def needs(self) -> tuple[Needs, ...]:
        return _needs(self.parts)

    def work_out(self, look: Look) -> Outcome:
        asked = [each for part in self.parts if (each := _work_out(part, look)).is_asked]
        return _together(asked, lambda amounts: Outcome(sum(amounts, Decimal()))) if asked else NOT_ASKED

    def in_words(self, label: Label) -> str:
        return " + ".join(_bracketed(part, label) for part in self.parts)

    def faults(self) -> tuple[str, ...]:
        return (() if self.parts else ("it adds up nothing",)) + _faults(self.parts)


@dataclass(frozen=True)
class _OfTwo(Working):
    """An expression of two parts."""

    first: Part
    second: Part

    def needs(self) -> tuple[Needs, ...]:
        return _needs((self.first, self.second))

    def work_out(self, look: Look) -> Outcome:
        both = [_work_out(part, look) for part in (self.first, self.second)]
        return _together(both, lambda amounts: self.of(amounts[0], amounts[1]))

    def of(self, first: Decimal, second: Decimal) -> Outcome:
        """The result from two numbers."""
        raise NotImplementedError

    def faults(self) -> tuple[str, ...]:
        return _faults((self.first, self.second))


@dataclass(frozen=True)
class Subtract(_OfTwo, word="subtract"):
    """The first less the second."""

    def of(self, first: Decimal, second: Decimal) -> Outcome:
        return Outcome(first - second)

    def in_words(self, label: Label) -> str:
        return f"{_bracketed(self.first, label)} − {_bracketed(self.second, label)}"


@dataclass(frozen=True)
class Ratio(_OfTwo, word="ratio"):
    """The first divided by the second."""

    def of(self, first: Decimal, second: Decimal) -> Outcome:
        return _divided(first, second)

    def in_words(self, label: Label) -> str:
        return f"{_bracketed(self.first, label)} ÷ {_bracketed(self.second, label)}"


@dataclass(frozen=True)
class Percentage(_OfTwo, word="percentage"):
    """The first as a percentage of the second."""

    unit = ("%", "%")

    def of(self, first: Decimal, second: Decimal) -> Outcome:
        return _divided(first * 100, second)

    def in_words(self, label: Label) -> str:
        return f"{_bracketed(self.first, label)} as a percentage of {_bracketed(self.second, label)}"


def exactly() -> AbstractContextManager[Context]:
    """Room for every digit that two answers and a division can need."""
    return localcontext(_EXACT)


def _divided(first: Decimal, second: Decimal) -> Outcome:
    if second == 0:
        return Outcome(nothing=Nothing.NOT_APPLICABLE, reason="the number to divide by is 0")
    return Outcome(first / second)


def _work_out(part: Part, look: Look) -> Outcome:
    if isinstance(part, Working):
        return part.work_out(look)
    stop, given, question = opened(look(part))
    if stop is not None:
        return stop
    held = question.comparable(given)
    return Outcome(Decimal(held)) if isinstance(held, int | Decimal) else Outcome()


def opened(found: Found) -> tuple[Outcome | None, Given, Question]:
    """What stops the working-out at a question, if anything, and what was given there."""
    given = found.given
    if not found.applies:
        return NOT_ASKED, given, found.question
    if given.nothing is not None:
        return Outcome(nothing=given.nothing), given, found.question
    return (Outcome() if given.value is None else None), given, found.question


def _together(outcomes: Sequence[Outcome], of: Callable[[list[Decimal]], Outcome]) -> Outcome:
    amounts = [each.amount for each in outcomes if each.amount is not None]
    if len(amounts) == len(outcomes):
        return of(amounts)
    return first_stop([each for each in outcomes if each.amount is None])


def first_stop(stops: Sequence[Outcome]) -> Outcome:
    """Not yet, as long as anything is blank; else the first kind of nothing."""
    stop = next((each for each in stops if each.is_blank), stops[0])
    return (
        stop if stop.is_asked else Outcome(nothing=stop.nothing, reason="one of its parts is not asked here")
    )


def _needs(parts: Sequence[Part]) -> tuple[Needs, ...]:
    return tuple(
        each for part in parts for each in (part.needs() if isinstance(part, Working) else (Needs(part),))
    )


def _faults(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(what for part in parts if isinstance(part, Working) for what in part.faults())


def _bracketed(part: Part, label: Label) -> str:
    if isinstance(part, str):
        return label(part, "")
    words = part.in_words(label)
    return words if isinstance(part, Fixed | TotalOf) else f"({words})"
