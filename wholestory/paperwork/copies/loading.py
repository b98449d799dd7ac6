"""What a loaded copy would change: each cell of it against what stood when it was made and what stands now. Pure.

Three texts meet at each place: the file's, the one the copy was made with, and the one that stands. What the person
did not touch changes nothing, however much has happened since; what only they changed is taken; where both changed,
somebody chooses. An empty cell never empties an answer by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from wholestory.paperwork import showing
from wholestory.paperwork.copies import cells, still_true
from wholestory.paperwork.copies.found import Compared, Found, Stands, What, words_of
from wholestory.paperwork.copies.grid_loading import whole
from wholestory.paperwork.copies.grids import grid_of
from wholestory.paperwork.copies.marks import Marks
from wholestory.paperwork.copies.reading import Cell, NotACopy
from wholestory.paperwork.copies.rows import on_its_page_only
from wholestory.paperwork.form import Asked, Form
from wholestory.paperwork.given import BLANK, Given, Place
from wholestory.paperwork.questions.base import NotThat
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.writing import LongText, Text
from wholestory.paperwork.sheet import Sheet

_TARGET = re.compile(r"([a-z0-9_]{1,60})(?:\.(\+?)(\d{1,6}))?", re.ASCII)
#: A line whose question this version of the form does not ask.
NOT_ASKED_HERE = "This form does not ask this question, so there is nowhere to put the answer"
GONE = "This item was taken out of the form after the copy was made"


def is_ours(marks: Marks, form: Form) -> None:
    """Raise NotACopy unless the copy is of this form, in any version."""
    if marks.key != form.key:
        raise NotACopy(
            "This is a copy of another form. Check that you chose the right file, or download a copy from this form"
        )


def carries_revisions(marks: Marks, seal: str, reference: str) -> bool:
    """Whether the revisions in the copy are of these very answers."""
    return marks.seal == seal and marks.reference == reference


def wanted(marks: Marks, found: Iterable[Cell], stands: Stands) -> list[tuple[Place, int]]:
    """The places and revisions whose earlier text is needed to compare."""
    if not carries_revisions(marks, stands.seal, stands.reference):
        return []
    pairs = ((_target(cell.place), cell.revision) for cell in found)
    needed = (
        (Place(at[0], at[2]), revision)
        for at, revision in pairs
        if at is not None
        and not at[1]
        and revision
        and revision != stands.revisions.get(Place(at[0], at[2]), 0)
    )
    return list(dict.fromkeys(needed))


def compare(marks: Marks, found: Sequence[Cell], stands: Stands) -> Compared:
    """What would happen at each cell. Raises NotACopy for another form."""
    is_ours(marks, stands.sheet.form)
    found, still = still_true.apart(found)
    comparing = _Comparing(marks, stands, carries_revisions(marks, stands.seal, stands.reference))
    each = list(comparing.all(found))
    if still is not None and comparing.same_answers:
        each += still_true.without_a_line(stands, {one.place for one in each})
    return Compared(
        tuple(each),
        tuple(comparing.told()),
        marks.reference if marks.reference != stands.reference else "",
        still.answer.strip() if still is not None else "",
    )


def _target(text: str) -> tuple[str, bool, int] | None:
    """(key, whether the item is a new one, item) of a place as a copy writes it; that of its grid for a cell of one."""
    read = _TARGET.fullmatch(grid_of(text))
    return (read[1], bool(read[2]), int(read[3] or 0)) if read else None


@dataclass
class _Comparing:
    marks: Marks
    stands: Stands
    same_answers: bool
    new_items: dict[tuple[str, int], int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def told(self) -> Iterator[str]:
        form = self.stands.sheet.form
        if self.marks.version != form.version or self.marks.seal != self.stands.seal:
            yield (
                f"This copy is of version {self.marks.version} of the form, and you answer version {form.version}."
                " Answers were matched by their questions only: read each of them before you take it."
            )
        if self.marks.reference != self.stands.reference:
            yield (
                f"This copy was downloaded from {self.marks.reference or 'another record'}, not from"
                f" {self.stands.reference}. Check that it belongs here."
            )

    def all(self, found: Sequence[Cell]) -> Iterator[Found]:
        self._number_new_items(found)
        of_grids: dict[str, list[Cell]] = {}
        for cell in found:
            if self._is_of_grid(cell):
                of_grids.setdefault(grid_of(cell.place), []).append(cell)
        for cell in found:
            if not self._is_of_grid(cell):
                yield self._one(cell)
            elif its := of_grids.pop(grid_of(cell.place), None):
                yield from self._whole(its)

    def _number_new_items(self, found: Sequence[Cell]) -> None:
        """Give each spare item somebody wrote in a number of its own, in order."""
        asked = self.stands.sheet.form.asked
        for cell in found:
            at = _target(cell.place)
            if at is None or at[0] not in asked or not (cell.answer.strip() or cell.reason.strip()):
                continue
            inside = asked[at[0]].inside
            if inside is None or (not at[1] and (self.same_answers or at[2] in self._items(inside))):
                continue
            which = (inside.key, at[2] if at[1] else at[2] + 1_000_000)
            if which not in self.new_items:
                self.new_items[which] = self._next(inside)

    def _next(self, inside: Repeat) -> int:
        keys = {each.key for each in inside.questions}
        used = [place.item for place in self.stands.revisions if place.key in keys]
        taken = [number for (key, _n), number in self.new_items.items() if key == inside.key]
        return max([0, *used, *taken, *self._items(inside)]) + 1

    def _items(self, inside: Repeat) -> tuple[int, ...]:
        return self.stands.sheet.items(inside)

    def _one(self, cell: Cell) -> Found:
        at = _target(cell.place)
        asked = self.stands.sheet.form.asked.get(at[0]) if at else None
        if at is None or asked is None or bool(at[2]) != (asked.inside is not None):
            return self._nowhere(cell)
        if cell.place in self.seen:
            said = cell.answer
            return Found(cell, What.REFUSED, said_words=said, label=asked.question.label,
                         fault="This line stands in the file twice; the first of the two is read")  # fmt: skip
        self.seen.add(cell.place)
        place, new = self._place(asked, at)
        return self._judged(cell, asked, place, new=new)

    def _is_of_grid(self, cell: Cell) -> bool:
        at = _target(cell.place)
        asked = self.stands.sheet.form.asked.get(at[0]) if at else None
        return asked is not None and isinstance(asked.question, Grid)

    def _whole(self, its: Sequence[Cell]) -> Iterator[Found]:
        """One grid: what its cells come to, and each that cannot be taken on a line of its own."""
        at = _target(its[0].place)
        asked = self.stands.sheet.form.asked[at[0]] if at else None
        if at is None or asked is None or not isinstance(asked.question, Grid):
            return
        if bool(at[2]) != (asked.inside is not None):
            yield from map(self._nowhere, its)
            return
        place, new = self._place(asked, at)
        standing, base, knows = self._standing(its[0], asked, place, new=new)
        seen = knows and its[0].revision == standing.live_revision
        standing = replace(standing, waits=seen and still_true.waits(self.stands, place))
        refusal = self._refusal(replace(its[0], fault=""), asked, place, new=new)
        yield from whole(
            its, standing, asked.question, base, refusal, lambda found: self._what(found, base, knows=knows)
        )

    def _nowhere(self, cell: Cell) -> Found:
        empty = not (cell.answer.strip() or cell.reason.strip())
        fault = "" if empty else NOT_ASKED_HERE
        return Found(cell, What.SAME if empty else What.REFUSED, said_words=cell.answer, fault=fault)

    def _place(self, asked: Asked, at: tuple[str, bool, int]) -> tuple[Place, bool]:
        key, is_spare, item = at
        if asked.inside is None or (not is_spare and item in self._items(asked.inside)):
            return Place(key, item), False
        number = self.new_items.get((asked.inside.key, item if is_spare else item + 1_000_000))
        return (Place(key, number), True) if number else (Place(key, item), False)

    def _standing(self, cell: Cell, asked: Asked, place: Place, *, new: bool) -> tuple[Found, Given, bool]:
        """A cell beside what stands, what stood when the copy was made, and whether that is known."""
        stands, question = self.stands, asked.question
        live = BLANK if new else stands.sheet.at(place)
        revision = 0 if new else stands.revisions.get(place, 0)
        found = Found(
            cell, What.SAME, place, _line(stands.sheet, asked, place, new=new), question.label,
            said_words=words_of(cell.answer, cell.reason), live=live,
            live_words=words_of(*cells.written(question, live)), live_revision=revision,
            new_item=Place(asked.inside.key, place.item) if new and asked.inside else None,
            can_join=isinstance(question, (Text, LongText)),
        )  # fmt: skip
        knows = self.same_answers and not new
        if not knows:
            return found, BLANK, knows
        base = stands.began.get((place, cell.revision), BLANK) if cell.revision != revision else live
        return found, base, knows

    def _judged(self, cell: Cell, asked: Asked, place: Place, *, new: bool) -> Found:
        stands, question = self.stands, asked.question
        found, base, knows = self._standing(cell, asked, place, new=new)
        live, now = found.live, cells.written(question, found.live)
        file_says = (cell.answer, cell.reason)
        if _same(file_says, now):
            return replace(found, waits=knows and still_true.waits(stands, place))
        if _same(file_says, cells.written(question, base)):
            return found
        if fault := self._refusal(cell, asked, place, new=new):
            return replace(found, what=What.REFUSED, fault=fault)
        if not any(text.strip() for text in file_says):
            emptied = Given(live.value) if isinstance(question, Repeat) else BLANK
            return replace(found, what=What.EMPTIED if knows else What.SAME, said=emptied)
        try:
            said = cells.read(question, cell.answer, cell.reason, stands.names, live)
        except NotThat as reason:
            return replace(found, what=What.REFUSED, fault=str(reason))
        note = (
            ""
            if said.reason or not cell.reason.strip()
            else "The reason is left out: this answer takes none."
        )
        found = replace(found, said=said, said_words=words_of(*cells.written(question, said)), note=note)
        if said == replace(live, to_confirm=False) or (knows and said == replace(base, to_confirm=False)):
            return found
        return replace(found, what=self._what(found, base, knows=knows))

    def _what(self, found: Found, base: Given, *, knows: bool) -> What:
        untouched = found.live.is_untouched
        if knows and found.cell.revision == found.live_revision:
            return What.NEW if untouched else What.CHANGED
        return What.NEW if untouched and base.is_untouched else What.CLASH

    def _refusal(self, cell: Cell, asked: Asked, place: Place, *, new: bool) -> str:
        """Why this cell cannot be taken whatever it says; empty when it can."""
        if cell.fault:
            return cell.fault
        if isinstance(asked.question, File) or on_its_page_only(asked.question):
            return "This is answered on the form’s own page, not in a copy"
        if not self.stands.may_write(asked.page):
            return f"Somebody else answers “{asked.page.title}”"
        inside = asked.inside
        if inside is not None and not new and place.item not in self._items(inside):
            return GONE
        if inside is not None and new:
            numbers = sorted(number for (key, _n), number in self.new_items.items() if key == inside.key)
            if len(self._items(inside)) + numbers.index(place.item) >= inside.at_most:
                return f"There can be no more than {inside.counted(inside.at_most)}"
        return ""


def _same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return all(cells.same_text(a, b) for a, b in zip(one, other, strict=True))


def _line(sheet: Sheet, asked: Asked, place: Place, *, new: bool) -> str:
    where = showing.line_of(sheet, Place(place.key, 0) if new else place)
    return f"{where}: a new {asked.inside.noun}" if new and asked.inside else where
