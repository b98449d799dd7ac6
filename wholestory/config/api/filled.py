"""A filled-in form as the API tells it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from wholestory.config.api import shapes
from wholestory.paperwork.given import Given, Nothing, Place
from wholestory.paperwork.models import FormVersion
from wholestory.paperwork.page_form import every_place
from wholestory.paperwork.queries import Filled, typed_in_words


def facts_of(version: FormVersion) -> shapes.FormFacts:
    """Which form it is."""
    return shapes.FormFacts(key=version.key, version=version.version, title=version.title, seal=version.seal)


def nothing_of(given: Given) -> shapes.NothingWord | None:
    """The kind of nothing at a place; None where there is a value. A blank is the absence of both."""
    if given.nothing is not None:
        return _WORDS[given.nothing]
    return "blank" if given.value is None else None


_WORDS: dict[Nothing, shapes.NothingWord] = {
    Nothing.NOT_KNOWN: "not_known",
    Nothing.NOT_APPLICABLE: "not_applicable",
    Nothing.NOT_ASKED: "not_asked",
    Nothing.DECLINED: "declined",
}


def places_of(filled: Filled) -> list[shapes.Answer]:
    """Every place of the form in its order, those included that do not apply just now."""
    return [_answer(filled, place) for page in filled.form.pages for place in every_place(filled, page)]


def _answer(filled: Filled, place: Place) -> shapes.Answer:
    asked, given = filled.form.asked[place.key], filled.sheet.at(place)
    return shapes.Answer(
        key=place.key,
        item=place.item,
        page=asked.page.key,
        section=asked.section.title,
        label=asked.question.label,
        kind=asked.question.word,
        applies=filled.sheet.applies(place),
        value=given.value,
        nothing=nothing_of(given),
        reason=given.reason,
        in_words=asked.question.in_words(given),
        typed=typed_in_words(given),
        to_confirm=given.to_confirm,
        revision=filled.revision(place),
    )


def progress_of(filled: Filled, today: date) -> shapes.Progress:
    """How far it is."""
    found = filled.sheet.progress(today=today)
    kinds = {_WORDS[kind]: found.nothing.get(kind, 0) for kind in Nothing}
    return shapes.Progress(
        applicable=found.applicable,
        answered=found.answered,
        blank=found.blank,
        to_confirm=found.to_confirm,
        **kinds,
    )


def problems_of(filled: Filled, today: date) -> list[shapes.Problem]:
    """What has to be put right before it can be signed off."""
    return list(_problems(filled, today))


def _problems(filled: Filled, today: date) -> Iterator[shapes.Problem]:
    for one in filled.sheet.problems(today):
        yield shapes.Problem(key=one.place.key, item=one.place.item, message=one.message)
