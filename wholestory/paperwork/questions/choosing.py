"""Questions answered by choosing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from wholestory.paperwork.given import Json, Nothing
from wholestory.paperwork.questions.base import Comparable, NotThat, Question
from wholestory.paperwork.words import Word

SLUG = re.compile(r"[a-z0-9][a-z0-9_]{0,59}", re.ASCII)
Tone = Literal["neutral", "bad", "poor", "fair", "good"]


@dataclass(frozen=True)
class Option(Word, word="option"):
    """One choice: ``value`` is stored and never changes, ``label`` is for readers."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Point(Word, word="point"):
    """One point of a scale. The number is what is stored; a colour is only ever drawn from ``tone``.

    ``descriptor`` says what has to be true for this point, for this very question.
    """

    value: int
    label: str
    descriptor: str = ""
    tone: Tone = "neutral"


class _OneOf(Question):
    """Exactly one of a fixed list."""

    compares_to: ClassVar[str] = "options"

    def choices(self) -> tuple[Option, ...]:
        """The list, in its order."""
        raise NotImplementedError

    def understand(self, typed: Json) -> Json:
        """One of the values on offer."""
        if typed is None or typed == "":
            return None
        if not any(option.value == typed for option in self.choices()):
            raise NotThat("Choose one of the answers on offer")
        return typed

    def value_in_words(self, value: Json) -> str:
        """Its label; a value no longer on offer shows as it was stored."""
        return next((option.label for option in self.choices() if option.value == value), str(value))


@dataclass(frozen=True)
class YesNo(_OneOf, word="yes_no"):
    """Yes or no, stored as ``yes`` and ``no``."""

    yes: str = field(default="Yes", kw_only=True)
    no: str = field(default="No", kw_only=True)

    def choices(self) -> tuple[Option, ...]:
        return (Option("yes", self.yes), Option("no", self.no))


@dataclass(frozen=True)
class Choice(_OneOf, word="choice"):
    """One of several."""

    options: tuple[Option, ...] = ()

    def choices(self) -> tuple[Option, ...]:
        return self.options

    def definition_faults(self) -> tuple[str, ...]:
        return _option_faults(self.options)


@dataclass(frozen=True)
class Choices(Question, word="choices"):
    """Any number of several, stored as a list in the order of the options. Conditions ask whether one is among them."""

    options: tuple[Option, ...] = ()
    at_most: int | None = field(default=None, kw_only=True)

    compares_to: ClassVar[str] = "options"

    def choices(self) -> tuple[Option, ...]:
        """The list, in its order."""
        return self.options

    def understand(self, typed: Json) -> Json:
        """The ticked values, in the options' own order, each once."""
        if typed is None or typed == "" or typed == []:
            return None
        ticked = typed if isinstance(typed, list) else [typed]
        known = [option.value for option in self.options]
        if any(each not in known for each in ticked):
            raise NotThat("Choose from the answers on offer")
        return [value for value in known if value in ticked]

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        if self.at_most is not None and isinstance(value, list) and len(value) > self.at_most:
            return (f"Choose no more than {self.at_most}",)
        return ()

    def comparable_value(self, value: Json) -> Comparable:
        return frozenset(str(each) for each in value) if isinstance(value, list) else frozenset()

    def value_in_words(self, value: Json) -> str:
        labels = {option.value: option.label for option in self.options}
        return (
            "\n".join(labels.get(str(each), str(each)) for each in value)
            if isinstance(value, list)
            else str(value)
        )

    def value_for_export(self, value: Json) -> str:
        return self.value_in_words(value).replace("\n", "; ")

    def definition_faults(self) -> tuple[str, ...]:
        wrong = () if self.at_most is None or self.at_most > 0 else ("at most must be 1 or more",)
        return _option_faults(self.options) + wrong


@dataclass(frozen=True)
class Scale(Question, word="scale"):
    """A point on a scale, worst first. ``code`` names the scale (``int0_3``) so that the same scale can be recognised
    across questions; ``compliant_from`` is the lowest point that counts as compliant, where the scale has one."""

    points: tuple[Point, ...] = ()
    code: str = field(default="", kw_only=True)
    compliant_from: int | None = field(default=None, kw_only=True)

    compares_to: ClassVar[str] = "numbers"

    def understand(self, typed: Json) -> Json:
        """The number of one of the points."""
        if typed is None or typed == "":
            return None
        found = next((point.value for point in self.points if str(point.value) == str(typed)), None)
        if found is None:
            raise NotThat("Choose one of the points on the scale")
        return found

    def typed_from(self, value: Json) -> Json:
        return None if value is None else str(value)

    def point(self, value: Json) -> Point | None:
        """The point with this value, if the scale has it."""
        return next((point for point in self.points if point.value == value), None)

    def normalised(self, value: int) -> float:
        """Where a value stands between the worst point (0.0) and the best (1.0)."""
        worst, best = self.points[0].value, self.points[-1].value
        return (value - worst) / (best - worst)

    def is_compliant(self, value: int) -> bool | None:
        """Whether a value counts as compliant; None when the scale does not say."""
        return None if self.compliant_from is None else value >= self.compliant_from

    def comparable_value(self, value: Json) -> Comparable:
        return value if isinstance(value, int) else None

    def value_in_words(self, value: Json) -> str:
        point = self.point(value)
        if point is None:
            return str(value)
        return point.label if str(point.value) == point.label else f"{point.value}: {point.label}"

    def value_for_export(self, value: Json) -> str:
        return str(value)

    def definition_faults(self) -> tuple[str, ...]:
        found = []
        if len(self.points) < 2:
            found.append("a scale needs at least two points")
        values = [point.value for point in self.points]
        if values != sorted(set(values)):
            found.append("its points must rise, worst first, each value once")
        labels = [point.label.strip() for point in self.points]
        if len(set(labels)) != len(labels) or "" in labels:
            found.append("each point needs a label of its own")
        if self.compliant_from is not None and self.compliant_from not in values:
            found.append(f"it is compliant from {self.compliant_from}, which is not one of its points")
        return tuple(found)


def _option_faults(options: tuple[Option, ...]) -> tuple[str, ...]:
    found = []
    if not options:
        found.append("it offers no choices")
    values = [option.value for option in options]
    found += [
        f"two choices are stored as '{value}'" for value in sorted({v for v in values if values.count(v) > 1})
    ]
    for option in options:
        if not SLUG.fullmatch(option.value):
            found.append(f"the choice '{option.value}' must be lower-case letters, digits and underscores")
        if option.value in set(Nothing):
            found.append(f"the choice '{option.value}' is a kind of nothing: list it under `nothing`")
        if not option.label.strip():
            found.append(f"the choice '{option.value}' has no label")
    return tuple(found)
