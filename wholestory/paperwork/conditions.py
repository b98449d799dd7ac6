"""When a question is shown. Conditions are named, typed and data: never a line of code, never about what comes later.

A condition about a question that is blank, or is itself not shown, does not hold, whichever way round it asks; only
``Not`` turns that over. A kind of nothing can be asked for by its slug: ``Is("dbs", "not_known")``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from wholestory.paperwork.words import Word

Scalar: TypeAlias = str | int
Held: TypeAlias = "str | int | Decimal | frozenset[str] | None"
Look: TypeAlias = Callable[[str], Held]
"""Gives what a question holds for comparing, by its key; None when it is blank or not shown."""


@dataclass(frozen=True)
class Condition(Word):
    """The parent of all conditions."""

    def holds(self, look: Look) -> bool:
        """Whether it is met, given a way to look at earlier answers."""
        raise NotImplementedError

    def about(self) -> tuple[Condition, ...]:
        """The simple conditions inside it (itself, when it is simple)."""
        return (self,)

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        """For a printed form: "if ... is ...". ``label`` turns (key, value) into words."""
        raise NotImplementedError


@dataclass(frozen=True)
class Is(Condition, word="is"):
    """The answer is this; for several choices, this is among them."""

    key: str
    value: Scalar

    def holds(self, look: Look) -> bool:
        return _same(look(self.key), self.value)

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return f"{label(self.key, None)} is {label(self.key, self.value)}"


@dataclass(frozen=True)
class IsNot(Condition, word="is_not"):
    """There is an answer, and it is not this; for several choices, this is not among them."""

    key: str
    value: Scalar

    def holds(self, look: Look) -> bool:
        held = look(self.key)
        return held is not None and not _same(held, self.value)

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return f"{label(self.key, None)} is not {label(self.key, self.value)}"


@dataclass(frozen=True)
class AnyOf(Condition, word="any_of"):
    """The answer is one of these; for several choices, at least one of these is among them."""

    key: str
    values: tuple[Scalar, ...]

    def holds(self, look: Look) -> bool:
        held = look(self.key)
        return any(_same(held, value) for value in self.values)

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return f"{label(self.key, None)} is {' or '.join(label(self.key, value) for value in self.values)}"


@dataclass(frozen=True)
class AtLeast(Condition, word="at_least"):
    """A number, a point on a scale, or how many items a repeating group has, is this or more."""

    key: str
    value: int

    def holds(self, look: Look) -> bool:
        held = look(self.key)
        return isinstance(held, (int, Decimal)) and held >= self.value

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return f"{label(self.key, None)} is {label(self.key, self.value)} or more"


@dataclass(frozen=True)
class Answered(Condition, word="answered"):
    """The question has any answer, a kind of nothing included."""

    key: str

    def holds(self, look: Look) -> bool:
        return look(self.key) is not None

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return f"{label(self.key, None)} is answered"


@dataclass(frozen=True)
class All(Condition, word="all"):
    """Every one of these holds."""

    conditions: tuple[Condition, ...]

    def holds(self, look: Look) -> bool:
        return all(each.holds(look) for each in self.conditions)

    def about(self) -> tuple[Condition, ...]:
        return tuple(simple for each in self.conditions for simple in each.about())

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return " and ".join(_bracketed(each, label) for each in self.conditions)


@dataclass(frozen=True)
class Any(Condition, word="any"):
    """At least one of these holds."""

    conditions: tuple[Condition, ...]

    def holds(self, look: Look) -> bool:
        return any(each.holds(look) for each in self.conditions)

    def about(self) -> tuple[Condition, ...]:
        return tuple(simple for each in self.conditions for simple in each.about())

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return " or ".join(_bracketed(each, label) for each in self.conditions)


@dataclass(frozen=True)
class Not(Condition, word="not"):
    """This does not hold."""

    condition: Condition

    def holds(self, look: Look) -> bool:
        return not self.condition.holds(look)

    def about(self) -> tuple[Condition, ...]:
        return self.condition.about()

    def in_words(self, label: Callable[[str, Scalar | None], str]) -> str:
        return f"not ({self.condition.in_words(label)})"


def _same(held: Held, value: Scalar) -> bool:
    if held is None:
        return False
    if isinstance(held, frozenset):
        return str(value) in held
    if isinstance(held, (int, Decimal)):
        return not isinstance(value, str) and held == value
    return held == str(value)


def _bracketed(each: Condition, label: Callable[[str, Scalar | None], str]) -> str:
    text = each.in_words(label)
    return f"({text})" if isinstance(each, (All, Any)) else text
