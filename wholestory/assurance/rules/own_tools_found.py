"""What was read out of an officer's list or table: standards with their questions, and every fault with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

#: Characters of a question: it stands on actions and in letters too.
LONGEST_QUESTION = 280
LONGEST_TITLE = 160
#: Questions of one tool. The largest in use has a third of it.
MOST_ITEMS = 300
#: The heading where the list or table has none.
NO_HEADING = "Questions"

_NUMBER = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,3}){0,3})(\)|\.\)|[.):])?(\s+|$)(.*)$", re.DOTALL)
_LETTER = re.compile(r"^\(?([A-Za-z]|[ivx]{2,4})[.)]\s+(.+)$", re.DOTALL)
_NAMED = re.compile(
    r"^(?:key\s+)?(?:standard|section|part|area|theme|domain)\s+([A-Za-z]|\d{1,3})\s*(?:[:.)–—-]\s*(.*))?$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True)
class Fault:
    """Something that does not fit, and where it stands. ``leaves_out``: what stands there was not taken."""

    place: str
    says: str
    leaves_out: bool = False


@dataclass(frozen=True)
class FoundItem:
    """One question. ``descriptors`` may be empty: then they are made from the scale."""

    text: str
    place: str
    guidance: str = ""
    descriptors: tuple[str, ...] = ()
    critical: bool = False
    show: tuple[str, ...] = ()


@dataclass
class FoundStandard:
    """Questions under one heading."""

    title: str
    place: str
    items: list[FoundItem] = field(default_factory=list)


@dataclass
class Found:
    """All of it, in order."""

    standards: list[FoundStandard] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions were found."""
        return sum(len(each.items) for each in self.standards)

    @property
    def left_out(self) -> int:
        """How many rows or lines were not taken."""
        return sum(each.leaves_out for each in self.faults)

    def under(self, title: str, place: str) -> None:
        """Go on under this heading; the same heading further down goes on with the first."""
        wanted = plain(title)
        again = next((each for each in self.standards if plain(each.title) == wanted), None)
        if again is not None:
            self.standards.remove(again)
        self.standards.append(again or FoundStandard(title, place))

    def add(self, item: FoundItem) -> None:
        """Take a question, with what is wrong about it."""
        if self.count >= MOST_ITEMS:
            self.faults.append(
                Fault(item.place, f"A tool has at most {MOST_ITEMS} questions. This one is left out.", True)
            )
            return
        if not self.standards:
            self.standards.append(FoundStandard(NO_HEADING, item.place))
        if len(item.text) > LONGEST_QUESTION:
            self.faults.append(Fault(item.place, too_long(item.text)))
        said = {plain(each.text): each.place for std in self.standards for each in std.items}
        if plain(item.text) in said:
            self.faults.append(Fault(item.place, f"This says the same as {said[plain(item.text)]}."))
        self.standards[-1].items.append(item)

    def finished(self) -> Found:
        """Without headings that nothing stands under, each with a fault."""
        empty = [each for each in self.standards if not each.items]
        self.faults += [
            Fault(each.place, f"Nothing stands under the heading “{each.title}”, so it is left out.", True)
            for each in empty
        ]
        self.standards = [each for each in self.standards if each.items]
        return self


def too_long(text: str) -> str:
    """What is said of a question that is too long."""
    return (
        f"The question has {len(text)} characters; {LONGEST_QUESTION} are the most."
        " Shorten it, and put the rest into the guidance."
    )


def plain(text: str) -> str:
    """A text as a reader would tell it from another."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


@dataclass(frozen=True)
class Numbered:
    """A text without the number before it. ``depth`` is 0 without a number, 1 for ``3``, 2 for ``3.1`` or ``a)``;
    ``sure`` is off for a bare ``24`` that may be a part of the sentence; ``is_heading`` is on for ``Standard 3:``."""

    number: str
    depth: int
    text: str
    sure: bool = True
    is_heading: bool = False

    @property
    def top(self) -> int:
        """The number before the first dot; 0 where there is none."""
        first = self.number.partition(".")[0]
        return int(first) if first.isdigit() else 0


def numbered(text: str) -> Numbered:
    """A text and the number it begins with."""
    text = text.strip()
    if named := _NAMED.match(text):
        return Numbered(named[1], 1, (named[2] or "").strip() or text, is_heading=True)
    if (found := _NUMBER.match(text)) and (found[4] or not found[2]):
        depth = found[1].count(".") + 1
        return Numbered(found[1], depth, found[4].strip(), sure=depth > 1 or bool(found[2]) or not found[4])
    if lettered := _LETTER.match(text):
        return Numbered(lettered[1], 2, lettered[2].strip())
    return Numbered("", 0, text)


def without_number(text: str) -> str:
    """The text without a number that surely is one; a bare number stays."""
    found = numbered(text)
    return found.text if found.sure and found.text else text.strip()


def places_in_words(places: Iterable[str]) -> str:
    """Several places as a list in a sentence."""
    every = list(places)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)
