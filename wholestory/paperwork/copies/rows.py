"""What stands in a copy: every question the form can ask, with its answer or with room for one. Pure.

Nothing is left out because of an answer: somebody who fills in a copy on a train may change the answer that decides.
What a question depends on is said beside it instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from wholestory.paperwork import showing
from wholestory.paperwork.aside import Aside
from wholestory.paperwork.copies import cells, grids
from wholestory.paperwork.copies.numbers import numbers_of
from wholestory.paperwork.form import Form, Page
from wholestory.paperwork.given import BLANK, Given, Place
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.sheet import Sheet

SPARE_ITEMS = 3
"""How many empty items of a repeating group a copy leaves room for."""
LONGEST_CELL = 32_000
"""Characters. Excel holds 32,767 in a cell; what is longer is shown in part and changed on screen only."""
OPTIONAL = " (optional)"
NO_LONGER_ASKED = "Answered under an earlier version, no longer asked"
TO_READ = "To read only: it is changed on the form’s own page, and nothing written here is loaded."
NOT_JUST_NOW = "Not asked as the answers stand now."
STILL = "~still_true"
"""Where the line stands that says whether the answers from last time are still true. No question can be called so."""
STILL_NUMBER = "0"
MayWrite = Callable[[Page], bool]


@dataclass(frozen=True)
class Row:
    """One line of a copy. ``place`` names where its answer goes (``visit_from.2``; ``visit_from.+1`` in an item that
    is not there yet) and is empty for what cannot be loaded back. ``revision`` is how often the answer had been saved
    when the copy was made. ``is_open`` is whether it can be filled in here."""

    number: str
    label: str
    about: str = ""
    may_answer: str = ""
    pick: tuple[str, ...] = ()
    answer: str = ""
    reason: str = ""
    place: str = ""
    revision: int = 0
    is_open: bool = False
    takes_reason: bool = False


@dataclass(frozen=True)
class Block:
    """Lines under one heading; without a title for questions that stand alone."""

    title: str
    about: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Part:
    """A page of the form."""

    title: str
    about: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Earlier:
    """An answer that no question of this form asks any more, and the version that asked it."""

    version: int
    line: str
    label: str
    answer: str


@dataclass(frozen=True)
class Copy:
    """A form as it is taken away. ``reference`` is the record's; ``seal`` stands for the form's exact words."""

    form: Form
    seal: str
    reference: str
    is_blank: bool
    parts: tuple[Part, ...]
    earlier: tuple[Earlier, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every line, in order."""
        for part in self.parts:
            for block in part.blocks:
                yield from block.rows


def copy_of(
    sheet: Sheet,
    revisions: Mapping[Place, int],
    *,
    seal: str,
    reference: str,
    is_blank: bool,
    may_write: MayWrite,
    earlier: tuple[Earlier, ...] = (),
    aside: Aside | None = None,
) -> Copy:
    """The copy of a filled-in form, or of its blank. A blank one knows no answers, so it carries no revisions. What is
    kept beside a line stands under it, to read (``aside``)."""
    shown = Sheet(sheet.form, {}) if is_blank else sheet
    words = {page.key: page for page in showing.blank_pages(sheet.form)}
    making = _Making(
        shown, {} if is_blank else revisions, may_write, words, numbers_of(sheet.form), _beside(aside)
    )
    parts = tuple(making.part(page) for page in sheet.form.pages)
    if waiting := making.waiting():
        parts = (replace(parts[0], blocks=(_still(waiting), *parts[0].blocks)), *parts[1:])
    return Copy(sheet.form, seal, reference, is_blank, parts, () if is_blank else earlier)


def _still(waiting: int) -> Block:
    """The line that confirms what came from last time, above all others."""
    came = "1 answer in this copy came" if waiting == 1 else f"{waiting} answers in this copy came"
    about = (
        f"{came} from last time and must be confirmed. Read each and change what is no longer true. Then choose"
        " Yes here. Leave this empty if you have not read them all: each can be confirmed on the form’s own page."
    )
    row = Row(
        STILL_NUMBER, "Is everything from last time that you left as it is still true?", about,
        "Yes, or leave it empty", ("Yes",), place=STILL, is_open=True,
    )  # fmt: skip
    return Block("Answers from last time", "", (row,))


def _beside(aside: Aside | None) -> dict[str, Row]:
    """A line to read, by the key of a question of the line it stands under."""
    if aside is None:
        return {}
    return {
        key: Row("", aside.heading, TO_READ, answer="\n".join(f"• {each}" for each in said))
        for key, said in aside.in_copies().items()
    }


def no_longer_asked(form: Form, older: Sheet) -> Iterator[Earlier]:
    """The answers of an earlier version to questions that ``form`` does not ask."""
    for place in older.places:
        given = older.at(place)
        if place.key in form.asked or given.is_blank or isinstance(older.question(place), Repeat):
            continue
        question = older.question(place)
        yield Earlier(
            older.form.version, showing.line_of(older, place), question.label, question.in_words(given)
        )


@dataclass(frozen=True)
class _Making:
    sheet: Sheet
    revisions: Mapping[Place, int]
    may_write: MayWrite
    in_words: Mapping[str, showing.ShownPage]
    numbers: Mapping[str, str]
    beside: Mapping[str, Row]

    def waiting(self) -> int:
        """How many answers came from last time and wait for whoever takes this copy."""
        waits = [at for at in self.sheet.places if self.sheet.at(at).to_confirm]
        return sum(self.may_write(self.sheet.form.asked[at.key].page) for at in waits)

    def part(self, page: Page) -> Part:
        blank = self.in_words[page.key]
        only_if = {answer.place.key: answer.only_if for one in blank.sections for answer in one.answers}
        blocks = []
        for section, drawn in zip(page.sections(), blank.sections, strict=True):
            rows: list[Row] = []
            for question in section.questions:
                rows += self._rows(question, self.numbers[question.key], only_if, self.may_write(page))
            rows += (self.beside[each.key] for each in section.questions if each.key in self.beside)
            blocks.append(Block(section.title, _joined(drawn.only_if, section.intro), tuple(rows)))
        return Part(page.title, _joined(blank.only_if, page.intro), tuple(blocks))

    def _rows(
        self, question: Question, number: str, only_if: Mapping[str, str], is_open: bool
    ) -> Iterator[Row]:
        place = Place(question.key)
        yield self._row(question, str(place), place, number, only_if, is_open=is_open)
        yield from self._cells(question, str(place), place, number, is_open=is_open)
        if not isinstance(question, Repeat):
            return
        items = self.sheet.items(question)
        spare = min(SPARE_ITEMS, question.at_most - len(items)) if is_open else 0
        targets = [f".{item}" for item in items] + [f".+{n}" for n in range(1, spare + 1)]
        for count, target in enumerate(targets, 1):
            name = f"{question.noun[:1].upper()}{question.noun[1:]} {count}"
            for nth, inner in enumerate(question.questions, 1):
                at = Place(inner.key, items[count - 1] if count <= len(items) else 0)
                to, its = f"{inner.key}{target}", f"{number}.{count}.{nth}"
                yield self._row(inner, to, at, its, only_if, is_open=is_open, before=f"{name}: ")
                yield from self._cells(inner, to, at, its, is_open=is_open, before=f"{name}: ")

    def _cells(
        self, question: Question, target: str, place: Place, number: str, *, is_open: bool, before: str = ""
    ) -> Iterator[Row]:
        """A line for each cell of a grid."""
        if not isinstance(question, Grid):
            return
        held = grids.written(question, BLANK if "+" in target else self.sheet.at(place))
        for its, row, column in grids.every_cell(question):
            yield Row(
                number=f"{number}.{its}",
                label=f"{before}{row.label}: {column.label}{'' if column.required else OPTIONAL}",
                may_answer=cells.may_answer(column),
                pick=cells.pick_list(column),
                answer=held.get((row.key, column.key), ""),
                place=grids.cell_place(target, (row.key, column.key)),
                revision=0 if "+" in target else self.revisions.get(place, 0),
                is_open=is_open,
            )

    def _row(
        self,
        question: Question,
        target: str,
        place: Place,
        number: str,
        only_if: Mapping[str, str],
        *,
        is_open: bool,
        before: str = "",
    ) -> Row:
        given: Given = self.sheet.at(place) if "+" not in target else BLANK
        answer, reason = cells.written(question, given)
        too_long = len(answer) > LONGEST_CELL
        no_cell = isinstance(question, File) or (
            isinstance(question, (Repeat, Grid)) and not question.nothing
        )
        loads = not (too_long or no_cell or on_its_page_only(question))
        optional = "" if question.required else OPTIONAL
        now = not given.is_untouched and not self.sheet.applies(place)
        return Row(
            number=number,
            label=f"{before}{question.label}{optional}",
            about=_joined(
                only_if.get(question.key, ""),
                NOT_JUST_NOW if now else "",
                _from_last_time(is_open=is_open) if given.to_confirm else "",
                _cannot_read(question, given),
                question.hint,
                question.guidance,
            ),
            may_answer="This is too long for a copy: change it on the form’s own page."
            if too_long
            else cells.may_answer(question),
            pick=cells.pick_list(question),
            answer=f"{answer[:LONGEST_CELL]} […]" if too_long else answer,
            reason=reason[:LONGEST_CELL],
            place=target if loads else "",
            revision=self.revisions.get(place, 0) if "+" not in target else 0,
            is_open=is_open and loads,
            takes_reason=cells.takes_reason(question),
        )


def _from_last_time(*, is_open: bool) -> str:
    if is_open:
        return f"This came from last time: change it, or say in line {STILL_NUMBER} that it is still true."
    return "This came from last time, and somebody else says whether it is still true."


def on_its_page_only(question: Question) -> bool:
    """Whether a copy cannot hold an answer to it: it is worked out."""
    return question.word == "calculated"


def _cannot_read(question: Question, given: Given) -> str:
    """What is wrong with an answer that stands as it was typed on the form's page."""
    if given.typed is None:
        return ""
    return f"What stands here was typed like that and cannot be read. {question.unreadable(given.typed)[0]}."


def _joined(*parts: str) -> str:
    return "\n".join(_unmarked(part) for part in parts if part.strip())


def _unmarked(text: str) -> str:
    """Markdown as plain text: guidance is written with a few stars and lists, and a cell draws neither."""
    text = re.sub(r"\*\*(.+?)\*\*|__(.+?)__", lambda found: found.group(1) or found.group(2), text)
    text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1 (\2)", text)
    text = re.sub(r"(?m)^\s*[*-]\s+", "• ", text)
    return re.sub(r"\n{2,}", "\n", text).strip()
