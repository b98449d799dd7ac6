"""What makes a definition unable to work. Every fault names its place, so that its author can go straight there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wholestory.paperwork.checks import Check
from wholestory.paperwork.conditions import (
    All,
    Answered,
    Any,
    AnyOf,
    AtLeast,
    Condition,
    Is,
    IsNot,
    Not,
    Scalar,
)
from wholestory.paperwork.form import Asked, Form, Page, Section, walk
from wholestory.paperwork.given import Nothing
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.choosing import Choice, Choices, Scale, YesNo
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.working_faults import working_faults

KEY = re.compile(r"[a-z][a-z0-9_]{0,59}", re.ASCII)
MOST_QUESTIONS = 2000


@dataclass(frozen=True)
class Fault:
    """One thing that cannot work, and where."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


class CannotWork(ValueError):
    """A definition that cannot work. ``faults`` holds all that was found; the message lists them, one to a line."""

    def __init__(self, form: Form, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__(
            f"The form '{form.key}' version {form.version} cannot work:\n" + "\n".join(map(str, faults))
        )


def faults_of(form: Form) -> tuple[Fault, ...]:
    """Everything that makes this form unable to work; empty when it can."""
    return tuple(_all_faults(form))


def _all_faults(form: Form) -> Iterator[Fault]:
    yield from _form_faults(form)
    asked = list(walk(form))
    first: dict[str, Asked] = {}
    for each in asked:
        place, key = _place(form, each), each.question.key
        if key in first:
            yield Fault(place, f"the key '{key}' is already used at {_place(form, first[key])}")
        else:
            first[key] = each
        yield from _question_faults(place, each.question)
    if len(asked) > MOST_QUESTIONS:
        yield Fault("form", f"it asks {len(asked)} questions; the most is {MOST_QUESTIONS}")
    yield from _condition_faults(form, first)
    for key, what in working_faults(first):
        yield Fault(_place(form, first[key]), what)
    yield from _check_faults(form, first)


def _form_faults(form: Form) -> Iterator[Fault]:
    if not KEY.fullmatch(form.key):
        yield Fault("form", f"the key '{form.key}' must be lower-case letters, digits and underscores")
    if form.version < 1:
        yield Fault("form", "versions count from 1")
    if not form.title.strip():
        yield Fault("form", "it has no title")
    if not form.pages:
        yield Fault("form", "it has no pages")
    seen: set[str] = set()
    for page in form.pages:
        place = _page_place(form, page)
        if not KEY.fullmatch(page.key):
            yield Fault(place, f"the key '{page.key}' must be lower-case letters, digits and underscores")
        if page.key in seen:
            yield Fault(place, f"two pages have the key '{page.key}'")
        seen.add(page.key)
        if not page.title.strip():
            yield Fault(place, "it has no title")
        if not any(page.questions()):
            yield Fault(place, "it asks nothing")
        for section in page.sections():
            if not section.questions:
                yield Fault(place, f"the section '{section.title}' asks nothing")


def _question_faults(place: str, question: Question) -> Iterator[Fault]:
    if not KEY.fullmatch(question.key):
        yield Fault(place, f"the key '{question.key}' must be lower-case letters, digits and underscores")
    if not question.label.strip():
        yield Fault(place, "it has no label")
    kinds = [allow.kind for allow in question.nothing]
    for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1}):
        yield Fault(place, f"the kind of nothing '{kind}' is listed twice")
    for what in question.definition_faults():
        yield Fault(place, what)


def _condition_faults(form: Form, first: dict[str, Asked]) -> Iterator[Fault]:
    position = 0
    for page in form.pages:
        yield from _shows_when(page.show_when, _page_place(form, page), position, None, first)
        for section in page.sections():
            place = f"{_page_place(form, page)}, section '{section.title}'"
            yield from _shows_when(section.show_when, place, position, None, first)
            for question in section.questions:
                inner = question.questions if isinstance(question, Repeat) else ()
                place = _place(form, Asked(question, page, section, None, position))
                yield from _shows_when(question.show_when, place, position, None, first)
                position += 1
                for each in inner:
                    inside = question if isinstance(question, Repeat) else None
                    place = _place(form, Asked(each, page, section, inside, position))
                    yield from _shows_when(each.show_when, place, position, inside, first)
                    position += 1


def _shows_when(
    condition: Condition | None, place: str, position: int, inside: Repeat | None, first: dict[str, Asked]
) -> Iterator[Fault]:
    if condition is None:
        return
    for simple in _simple(condition):
        if isinstance(simple, (All, Any)):
            yield Fault(place, f"shows when {simple.word} of nothing")
            continue
        key = str(getattr(simple, "key", ""))
        about = first.get(key)
        if about is None:
            yield Fault(place, f"shows when '{key}', which this form does not ask")
        elif about.position == position and place.endswith(f"question '{key}'"):
            yield Fault(place, f"shows when '{key}', which is itself")
        elif about.position >= position:
            yield Fault(place, f"shows when '{key}', which comes later")
        elif about.inside is not None and about.inside is not inside:
            yield Fault(place, f"shows when '{key}', which is asked many times, in '{about.inside.key}'")
        elif inside is not None and about.question is inside:
            yield Fault(place, f"shows when '{key}', the group it is in")
        else:
            for what in _comparison_faults(simple, about.question):
                yield Fault(place, what)


def _simple(condition: Condition) -> Iterator[Condition]:
    """The simple conditions, and any empty All or Any (which `about` would pass over in silence)."""
    if isinstance(condition, (All, Any)):
        if not condition.conditions:
            yield condition
        for each in condition.conditions:
            yield from _simple(each)
    elif isinstance(condition, Not):
        yield from _simple(condition.condition)
    else:
        yield condition


def _comparison_faults(simple: Condition, question: Question) -> Iterator[str]:
    if isinstance(simple, Answered):
        return
    if isinstance(simple, AtLeast):
        if question.compares_to != "numbers":
            yield f"shows when '{question.key}' is at least {simple.value}, but its answers are not numbers"
        return
    values: tuple[Scalar, ...] = ()
    if isinstance(simple, AnyOf):
        values = simple.values
        if not values:
            yield f"shows when '{question.key}' is any of nothing"
    elif isinstance(simple, (Is, IsNot)):
        values = (simple.value,)
    for value in values:
        if not _can_be(question, value):
            yield f"shows when '{question.key}' is {value!r}, which it can never be"


def _can_be(question: Question, value: Scalar) -> bool:
    if isinstance(value, str) and value in set(Nothing):
        return question.offers(Nothing(value))
    if isinstance(question, (YesNo, Choice, Choices)):
        return any(option.value == value for option in question.choices())
    if isinstance(question, Scale):
        return any(point.value == value for point in question.points)
    return question.compares_to == "numbers" and isinstance(value, int)


def _check_faults(form: Form, first: dict[str, Asked]) -> Iterator[Fault]:
    for number, check in enumerate(form.checks, 1):
        yield from _one_check(check, f"check {number}", None, first)
    for each in list(first.values()):
        if isinstance(each.question, Repeat):
            for number, check in enumerate(each.question.checks, 1):
                place = f"{_place(form, each)}, check {number}"
                yield from _one_check(check, place, each.question, first)


def _one_check(check: Check, place: str, inside: Repeat | None, first: dict[str, Asked]) -> Iterator[Fault]:
    if not check.message.strip():
        yield Fault(place, "it has no message")
    if not check.speaks_of():
        yield Fault(place, "it speaks of no question")
    if len(set(check.speaks_of())) != len(check.speaks_of()):
        yield Fault(place, "it names the same question twice")
    needs = check.needs()
    for key in check.speaks_of():
        about = first.get(key)
        if about is None:
            yield Fault(place, f"it speaks of '{key}', which this form does not ask")
        elif about.inside is not inside:
            where = f"in '{about.inside.key}'" if about.inside else "outside the group"
            yield Fault(place, f"it speaks of '{key}', which is asked {where}")
        elif isinstance(about.question, Calculated):
            yield Fault(place, f"it speaks of '{key}', which is worked out, so nobody can put it right there")
        elif needs is not None and not isinstance(about.question, needs[0]):
            yield Fault(place, f"'{key}' is not {needs[1]}")
    for condition in check.conditions():
        yield from _shows_when(condition, place, _after_all(first), inside, first)


def _after_all(first: dict[str, Asked]) -> int:
    return max((each.position for each in first.values()), default=0) + 1


def _page_place(form: Form, page: Page) -> str:
    return f"page {form.pages.index(page) + 1} '{page.title}'"


def _place(form: Form, each: Asked) -> str:
    group = f", group '{each.inside.key}'" if each.inside else ""
    section: Section = each.section
    heading = f", section '{section.title}'" if section.title else ""
    return f"{_page_place(form, each.page)}{heading}{group}, question '{each.question.key}'"
