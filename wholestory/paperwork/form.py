"""A form, its pages and its sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from wholestory.paperwork.checks import Check
from wholestory.paperwork.conditions import Condition
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.words import Word


@dataclass(frozen=True)
class Section(Word, word="section"):
    """Questions under one heading within a page. ``intro`` is Markdown."""

    title: str
    questions: tuple[Question, ...]
    intro: str = field(default="", kw_only=True)
    show_when: Condition | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Page(Word, word="page"):
    """One screen: questions, in sections where that helps. ``key`` is its address and never changes."""

    key: str
    title: str
    items: tuple[Section | Question, ...]
    intro: str = field(default="", kw_only=True)
    show_when: Condition | None = field(default=None, kw_only=True)

    def sections(self) -> Iterator[Section]:
        """The page as sections; questions standing alone come in one without a title."""
        loose: list[Question] = []
        for item in self.items:
            if isinstance(item, Question):
                loose.append(item)
                continue
            if loose:
                yield Section("", tuple(loose))
                loose = []
            yield item
        if loose:
            yield Section("", tuple(loose))

    def questions(self) -> Iterator[Question]:
        """Its questions in order; those inside repeating groups are not unfolded."""
        for section in self.sections():
            yield from section.questions


@dataclass(frozen=True)
class Asked:
    """Where a question stands in its form: what a reader of the form needs to find its way."""

    question: Question
    page: Page
    section: Section
    inside: Repeat | None
    position: int


@dataclass(frozen=True)
class Form(Word, word="form"):
    """A form: a key for ever, a version, pages. ``edition`` names the guidance it belongs to, when to only one.

    Building a form that cannot work raises ``CannotWork`` with every fault and its place.
    """

    key: str
    version: int
    title: str
    pages: tuple[Page, ...]
    edition: str = field(default="", kw_only=True)
    intro: str = field(default="", kw_only=True)
    checks: tuple[Check, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        # `faults` reads forms, so one of the two has to wait for the other.
        from wholestory.paperwork.faults import CannotWork, faults_of

        found = faults_of(self)
        if found:
            raise CannotWork(self, found)

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Every question by its key, in the order of the form, those inside repeating groups included."""
        return {each.question.key: each for each in walk(self)}

    @cached_property
    def page_by_key(self) -> dict[str, Page]:
        """The pages by their addresses."""
        return {page.key: page for page in self.pages}

    @cached_property
    def controlling(self) -> frozenset[str]:
        """The keys of questions whose answers decide whether something else is asked, through what is worked out from
        them too."""
        asks = [page.show_when for page in self.pages]
        asks += [section.show_when for page in self.pages for section in page.sections()]
        asks += [each.question.show_when for each in self.asked.values()]
        simple = [one for condition in asks if condition is not None for one in condition.about()]
        found = {str(getattr(one, "key", "")) for one in simple}
        return frozenset(found.union(*(read for key, read in self.worked_out.items() if key in found)))

    @cached_property
    def worked_out(self) -> dict[str, frozenset[str]]:
        """The keys of questions whose answers are worked out, each with every key it rests on, through others too."""
        found: dict[str, frozenset[str]] = {}
        for key, asked in self.asked.items():
            if isinstance(asked.question, Calculated):
                read = frozenset(each.key for each in asked.question.working.needs())
                found[key] = read.union(*(found[each] for each in read if each in found))
        return found

    def question(self, key: str) -> Question:
        """The question with this key. Raises KeyError."""
        return self.asked[key].question

    def __str__(self) -> str:
        return f"{self.title} (version {self.version})"


def walk(form: Form) -> Iterator[Asked]:
    """Every question with its place, in order."""
    position = 0
    for page in form.pages:
        for section in page.sections():
            for question in section.questions:
                yield Asked(question, page, section, None, position)
                position += 1
                if isinstance(question, Repeat):
                    for inner in question.questions:
                        yield Asked(inner, page, section, question, position)
                        position += 1
