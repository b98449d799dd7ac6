"""A group of questions asked as often as there are things to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from wholestory.paperwork.checks import Check
from wholestory.paperwork.given import Json
from wholestory.paperwork.questions.base import Comparable, NotThat, Question

MOST_ITEMS = 200


@dataclass(frozen=True)
class Repeat(Question, word="repeat"):
    """A repeating group. Its own answer is the list of its items' numbers, in order; a number is never used twice, so
    taking an item away leaves every other answer where it was. ``noun`` names one item ("child", "named lead"),
    ``nouns`` several where an "s" will not do ("children").

    Questions inside may depend on earlier questions of the same item and on earlier questions outside the group.
    Conditions elsewhere may ask how many items there are: ``AtLeast("children", 1)``.
    """

    questions: tuple[Question, ...] = ()
    noun: str = field(default="item", kw_only=True)
    nouns: str = field(default="", kw_only=True)
    at_least: int = field(default=0, kw_only=True)
    at_most: int = field(default=20, kw_only=True)
    checks: tuple[Check, ...] = field(default=(), kw_only=True)

    compares_to: ClassVar[str] = "numbers"

    def understand(self, typed: Json) -> Json:
        """The items' numbers."""
        if not typed:
            return None
        if not isinstance(typed, list) or not all(type(each) is int and each > 0 for each in typed):
            raise NotThat("This list cannot be read")
        return list(dict.fromkeys(typed))

    def items(self, value: Json) -> tuple[int, ...]:
        """The numbers of the items that are there."""
        return tuple(each for each in value if isinstance(each, int)) if isinstance(value, list) else ()

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        many = len(self.items(value))
        if many < self.at_least:
            return (f"Add at least {self.counted(self.at_least)}",)
        if many > self.at_most:
            return (f"Keep no more than {self.counted(self.at_most)}",)
        return ()

    def comparable_value(self, value: Json) -> Comparable:
        return len(self.items(value))

    def value_in_words(self, value: Json) -> str:
        return self.counted(len(self.items(value)))

    def counted(self, many: int) -> str:
        """``1 visit``, ``2 visits``."""
        return f"{many} {self.noun if many == 1 else self.nouns or self.noun + 's'}"

    def value_for_export(self, value: Json) -> str:
        return str(len(self.items(value)))

    def definition_faults(self) -> tuple[str, ...]:
        found = [] if self.questions else ["it repeats no questions"]
        if not 0 <= self.at_least <= self.at_most <= MOST_ITEMS or self.at_most == 0:
            found.append(f"it must allow between 1 and {MOST_ITEMS} items, the least not above the most")
        found += [
            "a repeating group cannot hold another" for each in self.questions if isinstance(each, Repeat)
        ]
        if not self.noun.strip():
            found.append("it needs a noun for one item")
        return tuple(found)
