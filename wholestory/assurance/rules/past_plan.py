"""What would come in: each agency's answers, every fault with its place, and what is left out and why. Pure.

Nothing is written here. Two rows that say different things of one agency and question are a fault; neither comes in
unless somebody said which one does.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from wholestory.assurance.definitions.framework import Framework
from wholestory.assurance.rules import past_words as words
from wholestory.assurance.rules.past_tables import Cell, Fault, Read, Spot

SCORED = "scored"
#: Which of two different rows comes in.
NEITHER, FIRST, LAST = "neither", "first", "last"
#: Characters of the words beside a score, as the form takes them.
LONGEST_SAID = 4_000
LONGEST_REASON = 1_000


@dataclass(frozen=True)
class Chosen:
    """What somebody decided. ``agencies`` by their keys: an agency's id, or ``("", reason)`` to leave it out; an agency
    that is not in it is undecided. ``alone`` is the agency of a file that is one agency's copy."""

    agencies: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    questions: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    twice: str = NEITHER
    alone: str = ""


@dataclass(frozen=True)
class Taken:
    """One answer that would come in. ``reason`` is why it does not apply or, of one that is not read, what stands in
    its cell."""

    state: str
    score: str = ""
    said: str = ""
    reason: str = ""
    moderated: str = ""
    place: str = ""


@dataclass
class Coming:
    """One agency's answers, by item. Items that are not here were not asked in that round."""

    items: dict[str, Taken] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def count(self, state: str) -> int:
        """How many answers are of this state."""
        return sum(one.state == state for one in self.items.values())

    @property
    def comments(self) -> int:
        """How many come with words."""
        return sum(bool(one.said) for one in self.items.values())

    @property
    def moderated(self) -> int:
        """How many come with a moderated score."""
        return sum(bool(one.moderated) for one in self.items.values())


@dataclass
class Plan:
    """The whole of it. ``coming`` is by agency."""

    coming: dict[str, Coming] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    not_mapped: list[str] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether something has to be settled first."""
        return not self.coming or any(fault.stops for fault in self.faults)

    @property
    def seen(self) -> str:
        """What somebody looked at, in 32 signs: what is applied must be the same."""
        coming = {
            agency: {item: list(vars(one).values()) for item, one in every.items.items()}
            for agency, every in self.coming.items()
        }
        whole = json.dumps([coming, self.left_out], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


def score_texts(read: Read, questions: Mapping[str, str]) -> Counter[str]:
    """Every different text in the score cells of the questions that come in, and how often it stands there."""
    wanted = {key for key, item in questions.items() if item}
    found: Counter[str] = Counter()
    for cell in read.cells:
        if cell.question in wanted:
            found.update(words.fold(spot.text) for spot in (cell.score, cell.moderated) if spot.text)
    return found


def plan(read: Read, chosen: Chosen, framework: Framework, file: str) -> Plan:
    """The dry run. ``file`` is the file's name: what it says in its own words is kept beside the score."""
    found = Plan(faults=list(read.faults))
    _check(read, chosen, framework, found)
    maker = _Maker(chosen, framework, file, found.faults)
    first: dict[tuple[str, str], Cell] = {}
    struck: set[tuple[str, str]] = set()
    for cell in read.cells:
        item = chosen.questions.get(cell.question, "")
        agency = chosen.alone or chosen.agencies.get(cell.agency, ("", ""))[0]
        if not item or item not in framework.items or not agency:
            continue
        coming = found.coming.setdefault(agency, Coming())
        name = read.agencies.get(cell.agency, "")
        if name and name not in coming.written:
            coming.written.append(name)
        at = (agency, item)
        if at in struck:
            continue
        if at in first and not _alike(first[at], cell):
            found.faults.append(_twice(first[at], cell, chosen.twice))
            if chosen.twice == NEITHER:
                struck.add(at)
                coming.items[item] = Taken(
                    words.NOT_READ,
                    said=maker.both(first[at], cell),
                    reason=f"{first[at].score.text} | {cell.score.text}",
                    place=cell.score.place,
                )
                continue
        if at in first and chosen.twice != LAST:
            continue
        first[at] = cell
        coming.items[item] = maker.taken(cell)
    for agency, coming in list(found.coming.items()):
        if not any(one.state in (SCORED, words.NOT_APPLICABLE) or one.said for one in coming.items.values()):
            del found.coming[agency]
            found.left_out.append(
                ("; ".join(coming.written) or "This agency", "Nothing was answered in the file")
            )
    return found


def _check(read: Read, chosen: Chosen, framework: Framework, found: Plan) -> None:
    for key, written in read.agencies.items():
        if chosen.alone:
            continue
        if key not in chosen.agencies:
            found.faults.append(
                Fault("", f"“{written}”: say which agency this is, or leave it out.", stops=True)
            )
        elif not chosen.agencies[key][0]:
            found.left_out.append((written, chosen.agencies[key][1]))
    used = Counter(item for key, item in chosen.questions.items() if item and key in read.questions)
    for item, number in used.items():
        if number > 1:
            text = framework.items[item].text if item in framework.items else item
            found.faults.append(
                Fault("", f"{number} questions of the file are matched to “{text}”.", stops=True)
            )
    found.not_mapped = [one.words for key, one in read.questions.items() if not chosen.questions.get(key)]


def _alike(one: Cell, other: Cell) -> bool:
    """Whether two rows say the same."""
    return all(
        words.fold(a.text) == words.fold(b.text)
        for a, b in ((one.score, other.score), (one.comment, other.comment), (one.moderated, other.moderated))
    )


def _twice(first: Cell, again: Cell, how: str) -> Fault:
    what = {
        NEITHER: "Neither score comes in; the words of both are kept.",
        FIRST: "The first comes in.",
        LAST: "The later one comes in.",
    }[how]
    return Fault(
        again.score.place,
        f"This says “{again.score.text}”, and {first.score.place} says “{first.score.text}” of the same agency and"
        f" question. {what}",
    )  # fmt: skip


@dataclass
class _Maker:
    """Makes an answer of a cell, and notes what it could not read."""

    chosen: Chosen
    framework: Framework
    file: str
    faults: list[Fault]

    def taken(self, cell: Cell) -> Taken:
        code, value = self._meant(cell.score)
        said, kept = cell.comment.text, self._own_words(cell.score, code, value)
        if len(said) > LONGEST_SAID:
            self.faults.append(
                Fault(cell.comment.place, f"Longer than {LONGEST_SAID:,} characters: the end is left out.")
            )
        moderated = self._meant(cell.moderated)[1] if cell.moderated.text else ""
        if cell.moderated.text and not moderated:
            kept = " ".join(filter(None, (kept, f"Moderated, in the file: “{cell.moderated.text}”.")))
        place = cell.score.place
        if code == words.NOT_APPLICABLE:
            reason = said or f"In the file: “{cell.score.text}”."
            return Taken(code, reason=reason[:LONGEST_REASON], place=place)
        if code == words.NOT_ASKED:
            return Taken(code, place=place)
        said = "\n".join(part for part in (said, kept) if part)[:LONGEST_SAID]
        if code == words.NOT_READ:
            return Taken(code, said=said, reason=cell.score.text, place=place)
        if not value:
            return Taken(words.BLANK, said=said, place=place)
        return Taken(SCORED, value, said, moderated=moderated, place=place)

    def both(self, first: Cell, again: Cell) -> str:
        """What two rows say that differ, so that nothing is lost."""
        parts = [
            f"{spot.place}: “{spot.text}”."
            for cell in (first, again)
            for spot in (cell.score, cell.comment)
            if spot.text
        ]
        return " ".join(parts)[:LONGEST_SAID]

    def _meant(self, spot: Spot) -> tuple[str, str]:
        """The meaning of a cell and, where it is a score, the point."""
        if not spot.text:
            return words.BLANK, ""
        code = self.chosen.words.get(words.fold(spot.text), words.NOT_READ)
        if code.startswith(words.POINT):
            return SCORED, code.removeprefix(words.POINT)
        if code == words.NOT_READ:
            self.faults.append(
                Fault(spot.place, f"“{spot.text}” is not read as a score. The words are kept.")
            )
        return code, ""

    def _own_words(self, spot: Spot, code: str, value: str) -> str:
        """The file's own words, where the point alone would not say as much."""
        if not spot.text or code in (words.NOT_APPLICABLE, words.NOT_ASKED) or words.says_nothing(spot.text):
            return ""
        if value and words.is_name_of(spot.text, self.framework.scale.point(value)):
            return ""
        return f"In the file: “{spot.text}”."
