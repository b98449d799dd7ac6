"""What every question has, and the faces every question type must own.

A question type owns all its faces: reading what was typed, storing it, saying what is wrong with it, what conditions
compare, what people read, what leaves in an export and what is carried forward. Its face as a field on a page is in
``wholestory.paperwork.fields`` because it needs Django; a test checks that no type lacks one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, TypeAlias

from wholestory.paperwork.conditions import Condition
from wholestory.paperwork.given import BLANK, Allow, Given, Json, Nothing
from wholestory.paperwork.words import Word

Comparable: TypeAlias = "str | int | Decimal | frozenset[str] | None"


class NotThat(ValueError):
    """What was typed cannot be read as this kind of answer. The message is fit for the person who typed it."""


@dataclass(frozen=True)
class Question(Word):
    """One question.

    ``hint`` is one line under the label; ``guidance`` is Markdown behind "Help with this question". ``required`` means
    the form cannot be sent without an answer (a draft can always be saved). ``nothing`` lists the kinds of nothing
    that count as an answer here. ``carries`` is off for what must be said afresh each time, such as a declaration.
    """

    key: str
    label: str
    hint: str = field(default="", kw_only=True)
    guidance: str = field(default="", kw_only=True)
    required: bool = field(default=True, kw_only=True)
    nothing: tuple[Allow, ...] = field(default=(), kw_only=True)
    show_when: Condition | None = field(default=None, kw_only=True)
    carries: bool = field(default=True, kw_only=True)

    compares_to: ClassVar[str] = "nothing"
    """What ``Is`` may compare with: ``options``, ``numbers``, or ``nothing`` (only a kind of nothing)."""

    # ---- the faces of an answer -------------------------------------------------------------------------------------

    def understand(self, typed: Json) -> Json:
        """The value to store for what was typed; None for a blank. Raises NotThat when it cannot be read."""
        raise NotImplementedError

    def typed_from(self, value: Json) -> Json:
        """What to show in the field for a stored value: the opposite of ``understand``."""
        return value

    def faults_in(self, value: Json, today: date) -> tuple[str, ...]:
        """What is wrong with a value that could be read, each as a sentence for the person answering."""
        return ()

    def comparable(self, given: Given) -> Comparable:
        """What conditions look at: a kind of nothing by its slug, None for a blank, else the type's own value."""
        if given.nothing is not None:
            return given.nothing.value
        return None if given.value is None else self.comparable_value(given.value)

    def comparable_value(self, value: Json) -> Comparable:
        """The part of ``comparable`` that differs by type."""
        return str(value)

    def value_in_words(self, value: Json) -> str:
        """A stored value as people read it; may hold several lines."""
        return str(value)

    def value_for_export(self, value: Json) -> str:
        """A stored value in one spreadsheet cell; the same words as on screen unless the type says otherwise."""
        return self.value_in_words(value)

    # ---- the same for every type ------------------------------------------------------------------------------------

    def in_words(self, given: Given) -> str:
        """An answer as people read it: the value, or the kind of nothing with its reason, or nothing at all."""
        parts = []
        if given.value is not None:
            parts.append(self.value_in_words(given.value))
        if given.nothing is not None:
            words = self.allowed(given.nothing).words
            parts.append(f"{words}: {given.reason}" if given.reason else words)
        return "\n".join(parts)

    def for_export(self, given: Given) -> str:
        """An answer in one cell. Kinds of nothing leave as their slug in square brackets, a blank as an empty cell."""
        if given.nothing is not None:
            return f"[{given.nothing.value}]"
        return "" if given.value is None else self.value_for_export(given.value)

    def allowed(self, kind: Nothing) -> Allow:
        """How this question words a kind of nothing (also one it no longer offers: old answers stay readable)."""
        return next((each for each in self.nothing if each.kind is kind), Allow(kind))

    def offers(self, kind: Nothing) -> bool:
        """Whether this kind of nothing is an answer here."""
        return any(each.kind is kind for each in self.nothing)

    def faults(self, given: Given, today: date) -> tuple[str, ...]:
        """All that is wrong with one answer, blanks excepted: whether a blank matters, the sheet decides."""
        found: list[str] = []
        if given.typed is not None:
            found.extend(self.unreadable(given.typed))
        if given.value is not None and given.nothing is not None:
            found.append(f"Give an answer or choose “{self.allowed(given.nothing).words}”, not both")
        if given.nothing is not None:
            if not self.offers(given.nothing):
                found.append(f"“{self.allowed(given.nothing).words}” is not an answer to this question")
            elif self.allowed(given.nothing).reason == "required" and not given.reason.strip():
                found.append(f"Say why you chose “{self.allowed(given.nothing).words}”")
        if given.value is not None:
            found.extend(self.faults_in(given.value, today))
        return tuple(found)

    def unreadable(self, typed: Json) -> tuple[str, ...]:
        """Why ``typed`` could not be read."""
        try:
            self.understand(typed)
        except NotThat as reason:
            return (str(reason),)
        return ("Check this answer",)

    def missing_in(self, value: Json) -> tuple[str, ...]:
        """What a value that is there still lacks before it can be sent; a draft may lack it."""
        return ()

    def typed_in_words(self, typed: Json) -> str:
        """What was typed and could not be read, for showing it back."""
        return all_of(typed)

    def carry(self, given: Given) -> Given:
        """What goes into the next form as a draft to confirm; BLANK when nothing may."""
        if not self.carries or given.is_blank:
            return BLANK
        return Given(value=given.value, nothing=given.nothing, reason=given.reason, to_confirm=True)

    def definition_faults(self) -> tuple[str, ...]:
        """What makes this question unable to work, by itself; the form adds its place."""
        return ()


def all_of(typed: Json) -> str:
    """Everything in what was typed, as one line."""
    if isinstance(typed, dict):
        return " ".join(filter(None, map(all_of, typed.values())))
    if isinstance(typed, list):
        return ", ".join(filter(None, map(all_of, typed)))
    return "" if typed is None else str(typed)
