"""A form as it is read and printed: every question with its answer, or with room for one. Pure; drawn as HTML and PDF
alike, so that the two always say the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wholestory.paperwork.conditions import Condition, Scalar
from wholestory.paperwork.form import Form, Page, Section
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.questions.gridded import Grid
from wholestory.paperwork.questions.naming import File
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.when import Date
from wholestory.paperwork.questions.writing import LongText
from wholestory.paperwork.sheet import Sheet
from wholestory.paperwork.showing_tables import Table, blank_table, table_of
from wholestory.paperwork.since import NOTHING_CARRIED, Since, SinceLastTime

State = Literal["value", "nothing", "blank", "unread"]
Room = Literal["line", "lines", "boxes", "date", "files", "table", "none"]


@dataclass(frozen=True)
class ShownChoice:
    """A choice on a blank form: a box, its label, and what it means."""

    label: str
    hint: str = ""


@dataclass(frozen=True)
class ShownFile:
    """A file given as an answer. ``url`` and ``note`` are filled in by whoever can ask the room that keeps files."""

    ref: str
    name: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class ShownAnswer:
    """One question. On a filled form ``lines`` hold the answer's paragraphs; on a blank one ``room`` says how much
    space to leave, and ``choices`` what to tick. A grid has its ``table``; an answer that is worked out says how in
    ``working``. ``since`` is what became of last time's answer, ``earlier`` that answer where it changed."""

    place: Place
    label: str
    hint: str
    is_required: bool
    state: State = "blank"
    lines: tuple[str, ...] = ()
    to_confirm: bool = False
    only_if: str = ""
    room: Room = "line"
    choices: tuple[ShownChoice, ...] = ()
    group: str = ""
    files: tuple[ShownFile, ...] = ()
    table: Table | None = None
    working: str = ""
    since: Since = ""
    earlier: tuple[str, ...] = ()

    @property
    def none_words(self) -> str:
        """What stands where there is no answer."""
        if self.working:
            return "Not worked out yet"
        return "Not answered" if self.is_required else "Not answered (optional)"


@dataclass(frozen=True)
class ShownSection:
    """A section; without a title for questions that stand alone."""

    title: str
    intro: str
    answers: tuple[ShownAnswer, ...]
    only_if: str = ""


@dataclass(frozen=True)
class ShownPage:
    """A page with its sections."""

    key: str
    title: str
    intro: str
    sections: tuple[ShownSection, ...]
    only_if: str = ""


def filled_pages(sheet: Sheet, since: SinceLastTime = NOTHING_CARRIED) -> tuple[ShownPage, ...]:
    """What was asked, and what was answered; pages and sections with nothing to show are left out. ``since`` adds what
    changed since last time."""
    return tuple(shown for page in sheet.form.pages if (shown := filled_page(sheet, page, since)).sections)


def filled_page(sheet: Sheet, page: Page, since: SinceLastTime = NOTHING_CARRIED) -> ShownPage:
    """One page of a filled-in form."""
    asked = list(sheet.places_of(page))
    sections = []
    for section in page.sections():
        keys = {question.key for question in section.questions}
        keys |= {
            each.key
            for repeat in section.questions
            if isinstance(repeat, Repeat)
            for each in repeat.questions
        }
        answers = tuple(_answer(sheet, place, since) for place in asked if place.key in keys)
        if answers:
            sections.append(ShownSection(section.title, section.intro, answers))
    return ShownPage(page.key, page.title, page.intro, tuple(sections))


def blank_pages(form: Form) -> tuple[ShownPage, ...]:
    """The form with room for answers, for filling in by hand: everything it can ask, with its conditions in words."""
    return tuple(
        ShownPage(
            page.key,
            page.title,
            page.intro,
            tuple(_blank_section(form, section) for section in page.sections()),
            _in_words(form, page.show_when),
        )
        for page in form.pages
    )


def _answer(sheet: Sheet, place: Place, since: SinceLastTime) -> ShownAnswer:
    question, given = sheet.question(place), sheet.at(place)
    earlier = since.earlier(sheet, place)
    return ShownAnswer(
        place=place,
        label=question.label,
        hint=question.hint,
        is_required=question.required,
        state=_state(given),
        lines=_lines(question, given),
        to_confirm=given.to_confirm,
        group=_group(sheet, place),
        files=_files(question, given),
        table=None if given.is_blank and given.typed is None else table_of(question, given),
        working=working_words(sheet.form, question),
        since=since.at(sheet, place),
        earlier=tuple(line for line in earlier.split("\n") if line.strip()),
    )


def working_words(form: Form, question: Question) -> str:
    """How an answer is worked out: ``“Trained” as a percentage of “Employed”``; nothing for one that is given."""
    if not isinstance(question, Calculated):
        return ""

    def label(key: str, column: str) -> str:
        about = form.question(key)
        if column and isinstance(about, Grid):
            column = next((each.label for each in about.columns if each.key == column), column)
            return f"“{column}” in “{about.label}”"
        return f"“{about.label}”"

    return question.working.in_words(label)


def _files(question: Question, given: Given) -> tuple[ShownFile, ...]:
    if not isinstance(question, File) or not isinstance(given.value, list):
        return ()
    return tuple(
        ShownFile(str(card["ref"]), str(card["name"])) for card in given.value if isinstance(card, dict)
    )


def _state(given: Given) -> State:
    if given.typed is not None:
        return "unread"
    if given.value is not None:
        return "value"
    return "nothing" if given.nothing is not None else "blank"


def _lines(question: Question, given: Given) -> tuple[str, ...]:
    if given.typed is not None:
        return tuple(f"{question.typed_in_words(given.typed)} (could not be read)".split("\n"))
    return tuple(line for line in question.in_words(given).split("\n") if line.strip())


def line_of(sheet: Sheet, place: Place) -> str:
    """Where a question stands: the line (or, without one, the page) it belongs to, and which item of a group."""
    asked = sheet.form.asked[place.key]
    where = asked.section.title or asked.page.title
    inside = asked.inside
    if inside is None or place.item not in sheet.items(inside):
        return where
    return f"{where}: {_group(sheet, place)}"


def _group(sheet: Sheet, place: Place) -> str:
    inside = sheet.form.asked[place.key].inside
    if inside is None:
        return ""
    return f"{inside.noun[:1].upper()}{inside.noun[1:]} {sheet.items(inside).index(place.item) + 1}"


def _blank_section(form: Form, section: Section) -> ShownSection:
    answers = tuple(answer for question in section.questions for answer in _blank_answers(form, question))
    return ShownSection(section.title, section.intro, answers, _in_words(form, section.show_when))


def _blank_answers(form: Form, question: Question, group: str = "") -> Iterator[ShownAnswer]:
    choices = [
        ShownChoice(allow.words, "Say why" * (allow.reason == "required")) for allow in question.nothing
    ]
    yield ShownAnswer(
        place=Place(question.key),
        label=question.label,
        hint=question.hint,
        is_required=question.required,
        only_if=_in_words(form, question.show_when),
        room=_room(question),
        choices=(*_choices(question), *choices),
        group=group,
        table=blank_table(question),
        working=working_words(form, question),
    )
    if isinstance(question, Repeat):
        for inner in question.questions:
            yield from _blank_answers(form, inner, f"For each {question.noun}")


def _choices(question: Question) -> tuple[ShownChoice, ...]:
    if isinstance(question, (YesNo, Choice, Choices)):
        return tuple(ShownChoice(option.label, option.hint) for option in question.choices())
    if isinstance(question, Scale):
        return tuple(
            ShownChoice(question.value_in_words(each.value), each.descriptor) for each in question.points
        )
    return ()


def _room(question: Question) -> Room:
    if isinstance(question, (YesNo, Choice, Choices, Scale, Repeat)):
        return "boxes"
    if isinstance(question, LongText):
        return "lines"
    if isinstance(question, File):
        return "files"
    if isinstance(question, Grid):
        return "table"
    if isinstance(question, Calculated):
        return "none"
    return "date" if isinstance(question, Date) else "line"


def _in_words(form: Form, condition: Condition | None) -> str:
    if condition is None:
        return ""

    def label(key: str, value: Scalar | None) -> str:
        question = form.question(key)
        if value is None:
            return f"“{question.label}”"
        if isinstance(value, str) and value in set(Nothing):
            return f"“{question.allowed(Nothing(value)).words}”"
        if isinstance(question, Choices):
            return f"“{question.value_in_words([value])}”"
        if isinstance(question, (YesNo, Choice, Scale)):
            return f"“{question.value_in_words(value)}”"
        return str(value)

    return f"Only if {condition.in_words(label)}"
