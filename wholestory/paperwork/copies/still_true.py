"""Answers that came from last time and wait to be confirmed: the line of a copy that says of all of them, left as they
are, that they are still true; and which ones a copy that comes back speaks of. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from wholestory.paperwork import showing
from wholestory.paperwork.copies import cells
from wholestory.paperwork.copies.found import Found, Stands, What, words_of
from wholestory.paperwork.copies.reading import Cell
from wholestory.paperwork.copies.rows import LONGEST_CELL, STILL
from wholestory.paperwork.given import Place
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.questions.repeating import Repeat


def apart(found: Sequence[Cell]) -> tuple[list[Cell], Cell | None]:
    """The lines that hold answers, and the one that says whether the others are still true."""
    said = [cell for cell in found if cell.place == STILL]
    return [cell for cell in found if cell.place != STILL], said[0] if said else None


def without_a_line(stands: Stands, there: Collection[Place | None]) -> Iterator[Found]:
    """The answers a copy showed and had no line of its own for that can be filled in (a file, a list of items)."""
    for place in stands.sheet.places:
        if place in there or not waits(stands, place):
            continue
        revision, given = stands.revisions.get(place, 0), stands.sheet.at(place)
        question = stands.sheet.question(place)
        answer, reason = cells.written(question, given)
        only_items = isinstance(question, Repeat) and not question.nothing
        if not (isinstance(question, File) or only_items or len(answer) > LONGEST_CELL):
            # Its line was taken out of the file, so the file says nothing of it.
            continue
        words = words_of(answer, reason)
        yield Found(
            Cell(str(place), revision, "", "", "", "To read only in the copy"), What.SAME, place,
            showing.line_of(stands.sheet, place), question.label, said_words=words, live=given, live_words=words,
            live_revision=revision, waits=True,
        )  # fmt: skip


def waits(stands: Stands, place: Place) -> bool:
    """Whether an answer came from last time, waits to be confirmed, and is this person's to confirm."""
    form = stands.sheet.form
    return (
        stands.sheet.at(place).to_confirm
        and stands.sheet.applies(place)
        and stands.may_write(form.asked[place.key].page)
    )
