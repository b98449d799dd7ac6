"""A form with the answers given to it: what applies, what is missing, what is wrong, how far along it is.

Pure: no database, no clock. Everything that shows or judges a filled-in form asks a sheet, so that the page, the
print-out, the progress and the check before sending cannot disagree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from wholestory.paperwork.conditions import Condition, Held
from wholestory.paperwork.form import Form, Page, Section
from wholestory.paperwork.given import BLANK, Given, Nothing, Place
from wholestory.paperwork.questions.base import Question
from wholestory.paperwork.questions.calculated import Calculated
from wholestory.paperwork.questions.repeating import Repeat
from wholestory.paperwork.questions.working import Found


@dataclass(frozen=True)
class Problem:
    """Something to put right before the form can be sent, and the page it is on."""

    place: Place
    page: Page
    message: str
    is_blank: bool = False


@dataclass(frozen=True)
class Progress:
    """How far along a page (or a form) is. ``applicable`` is the sum of answered, the blank and those to confirm.

    ``answered`` counts values only; ``nothing`` counts each kind of nothing by itself. ``unfinished`` counts answers
    that are there and still lack something. What is worked out is nobody's answer, and is not counted at all.
    """

    applicable: int
    answered: int
    nothing: Mapping[Nothing, int]
    to_confirm: int
    blank: int
    blank_required: int
    problems: int
    unfinished: int = 0

    @property
    def said(self) -> int:
        """Everything that has been said: values and kinds of nothing, without what waits to be confirmed."""
        return self.answered + sum(self.nothing.values())

    @property
    def state(self) -> str:
        """``not_started``, ``in_progress`` or ``complete``; a page where nothing applies is complete."""
        if not (self.blank_required or self.problems or self.to_confirm or self.unfinished):
            return "complete" if self.said or not self.blank else "not_started"
        return "in_progress" if self.said or self.to_confirm else "not_started"


class Sheet:
    """A form and its answers. Answers to questions that do not apply are kept, and take no part."""

    def __init__(self, form: Form, given: Mapping[Place, Given]) -> None:
        self.form = form
        self.given = given
        self._shown: dict[tuple[str, int], bool] = {}
        self._worked_out: dict[Place, Given] = {}

    def at(self, place: Place) -> Given:
        """What was given there, or is worked out there, whether or not it applies."""
        asked = self.form.asked.get(place.key)
        if asked is None or not isinstance(asked.question, Calculated):
            return self.given.get(place, BLANK)
        found = self._worked_out.get(place)
        if found is None:
            found = asked.question.worked_out(lambda key: self._found(key, place.item))
            self._worked_out[place] = found
        return found

    def standing(self, place: Place) -> Given:
        """What was given there if it applies; BLANK if it does not."""
        return self.at(place) if self.applies(place) else BLANK

    def question(self, place: Place) -> Question:
        """The question asked there. Raises KeyError."""
        return self.form.question(place.key)

    # ---- what applies -----------------------------------------------------------------------------------------------

    def items(self, repeat: Repeat) -> tuple[int, ...]:
        """The numbers of the items a repeating group has at present."""
        return repeat.items(self.at(Place(repeat.key)).value)

    def applies(self, place: Place) -> bool:
        """Whether the question is asked there, given the answers so far. Raises KeyError for no such question."""
        found = self._shown.get((place.key, place.item))
        if found is None:
            found = self._shown[(place.key, place.item)] = self._applies(place)
        return found

    def _applies(self, place: Place) -> bool:
        asked = self.form.asked[place.key]
        if asked.inside is None:
            if place.item:
                return False
            around: tuple[Condition | None, ...] = (asked.page.show_when, asked.section.show_when)
            return all(self._holds(each, 0) for each in (*around, asked.question.show_when))
        inside = asked.inside
        return (
            place.item in self.items(inside)
            and self.applies(Place(inside.key))
            and self._holds(asked.question.show_when, place.item)
        )

    def page_applies(self, page: Page) -> bool:
        """Whether the page has a part in this form at all."""
        return self._holds(page.show_when, 0)

    def section_applies(self, section: Section) -> bool:
        """Whether the section has a part in this form at all."""
        return self._holds(section.show_when, 0)

    def _holds(self, condition: Condition | None, item: int) -> bool:
        return condition is None or condition.holds(lambda key: self._look(key, item))

    def _look(self, key: str, item: int) -> Held:
        place = self._beside(key, item)
        return self.question(place).comparable(self.standing(place))

    def _found(self, key: str, item: int) -> Found:
        place = self._beside(key, item)
        return Found(self.question(place), self.at(place), self.applies(place))

    def _beside(self, key: str, item: int) -> Place:
        """Where a question stands for another one: in the same item, or outside the group."""
        return Place(key, item if self.form.asked[key].inside is not None else 0)

    def places_of(self, page: Page) -> Iterator[Place]:
        """The places on a page that apply, in order, repeating groups unfolded."""
        for question in page.questions():
            here = Place(question.key)
            if not self.applies(here):
                continue
            yield here
            if isinstance(question, Repeat):
                for item in self.items(question):
                    for inner in question.questions:
                        if self.applies(Place(inner.key, item)):
                            yield Place(inner.key, item)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """All places that apply, in the order of the form."""
        return tuple(place for page in self.form.pages for place in self.places_of(page))

    # ---- what is missing or wrong -----------------------------------------------------------------------------------

    def problems(self, today: date) -> tuple[Problem, ...]:
        """Everything to put right before the form can be sent, in the order of the form."""
        found: dict[Place, list[Problem]] = {}
        for place in self.places:
            for problem in self._own_problems(place, today):
                found.setdefault(place, []).append(problem)
        for place, message in self._check_problems():
            blank = self.at(place).is_blank
            if not (blank and place in found):
                page = self.form.asked[place.key].page
                found.setdefault(place, []).append(Problem(place, page, message, blank))
        return tuple(problem for place in self.places for problem in found.get(place, ()))

    def _own_problems(self, place: Place, today: date) -> Iterator[Problem]:
        asked, given = self.form.asked[place.key], self.at(place)
        for message in asked.question.faults(given, today):
            yield Problem(place, asked.page, message)
        if given.to_confirm and not given.is_blank:
            yield Problem(place, asked.page, "Say whether this is still true")
        if self._is_missing(place):
            yield Problem(place, asked.page, "Answer this question", is_blank=True)
        for message in self._lacking(place):
            yield Problem(place, asked.page, message, is_blank=True)

    def _lacking(self, place: Place) -> tuple[str, ...]:
        given = self.at(place)
        whole = given.value is None or given.nothing is not None or given.typed is not None
        return () if whole else self.question(place).missing_in(given.value)

    def _is_missing(self, place: Place) -> bool:
        question, given = self.question(place), self.at(place)
        if not given.is_blank or given.typed is not None:
            return False
        if isinstance(question, Repeat):
            return question.required and question.at_least > 0
        return question.required

    def _check_problems(self) -> Iterator[tuple[Place, str]]:
        for check in self.form.checks:
            for key in check.offends(lambda key: self.standing(Place(key)), lambda key: self._look(key, 0)):
                if self.applies(Place(key)):
                    yield Place(key), check.message
        for place in self.places:
            repeat = self.question(place)
            if isinstance(repeat, Repeat) and repeat.checks:
                for item in self.items(repeat):
                    yield from self._item_problems(repeat, item)

    def _item_problems(self, repeat: Repeat, item: int) -> Iterator[tuple[Place, str]]:
        for check in repeat.checks:
            for key in check.offends(
                lambda key: self.standing(Place(key, item)), lambda key: self._look(key, item)
            ):
                if self.applies(Place(key, item)):
                    yield Place(key, item), check.message

    # ---- how far along ----------------------------------------------------------------------------------------------

    def progress(self, page: Page | None = None, *, today: date) -> Progress:
        """How far a page is, or the whole form. A repeating group counts by what is asked inside it; it counts itself
        only when it has no items."""
        places = self.places if page is None else tuple(self.places_of(page))
        counted = [place for place in places if self._counts(place)]
        problems = [each for each in self.problems(today) if page is None or each.page is page]
        return self._counted(counted, problems)

    def progress_by_page(self, today: date) -> dict[str, Progress]:
        """Progress of every page that applies, by its key; problems are worked out once."""
        problems = self.problems(today)
        out = {}
        for page in self.form.pages:
            if self.page_applies(page):
                counted = [place for place in self.places_of(page) if self._counts(place)]
                out[page.key] = self._counted(counted, [each for each in problems if each.page is page])
        return out

    def _counts(self, place: Place) -> bool:
        question = self.question(place)
        if isinstance(question, Repeat):
            return not self.items(question)
        return not isinstance(question, Calculated)

    def _counted(self, places: list[Place], problems: list[Problem]) -> Progress:
        nothing: dict[Nothing, int] = {}
        answered = to_confirm = blank = missing = unfinished = 0
        for place in places:
            given = self.at(place)
            unfinished += bool(self._lacking(place))
            if given.is_blank:
                blank += 1
                missing += self._is_missing(place)
            elif given.to_confirm:
                to_confirm += 1
            elif given.nothing is not None:
                nothing[given.nothing] = nothing.get(given.nothing, 0) + 1
            else:
                answered += 1
        real = sum(1 for each in problems if not each.is_blank and not self.at(each.place).to_confirm)
        return Progress(len(places), answered, nothing, to_confirm, blank, missing, real, unfinished)
