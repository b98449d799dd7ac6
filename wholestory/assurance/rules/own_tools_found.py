"""What was read out of an officer's list or table: standards with their questions, and every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

#: Characters of a question: it stands on actions and in letters too.
LONGEST_QUESTION = 280
LONGEST_TITLE = 160
#: Questions of one tool. The largest in use has a third of it.
MOST_ITEMS = 300
#: The heading where the list or table has none.
NO_HEADING = "Questions"


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


class Taken(StrEnum):
    """What a line of a list is taken as."""

    HEADING = "heading"
    QUESTION = "question"
    GUIDANCE = "guidance"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Line:
    """A line of a list as it was read. ``key`` finds it again in the list when that was changed; ``why`` says what the
    reader went by; ``chosen``: the officer said so."""

    number: int
    key: str
    written: str
    taken: Taken
    why: str
    chosen: bool = False

    @property
    def place(self) -> str:
        """Where it stands, as faults name it."""
        return place_of(self.number)


def place_of(line: int) -> str:
    """A line of a list, in words."""
    return f"Line {line}"


@dataclass
class Found:
    """All of it, in order. ``lines`` are those of a list, every one of them; a table has none."""

    standards: list[FoundStandard] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many questions were found."""
        return sum(len(each.items) for each in self.standards)

    @property
    def left_out(self) -> int:
        """How many rows or lines were not taken."""
        put_aside = sum(each.taken is Taken.NOTHING for each in self.lines)
        return put_aside + sum(each.leaves_out for each in self.faults)

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


def places_in_words(places: Iterable[str]) -> str:
    """Several places as a list in a sentence."""
    every = list(places)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)
