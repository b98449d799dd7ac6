"""The shape of a framework in a plain form: groups of questions that all take their answer from one list of choices.

A page is a standard, each question with that list an item, and the list one of the scales known here, found by its
points: by their words or their numbers, best or worst first. Everything else is said and left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from wholestory.assurance.definitions.framework import Item, Standard
from wholestory.assurance.rules.own_tools_scales import USUAL_GUIDANCE, offered, sentences_for, usual_level
from wholestory.assurance.rules.scales import PLAIN, NotOnScale, Point, Scale, scale_called
from wholestory.paperwork.definitions import Choice, Form, LongText, Question, Text, YesNo
from wholestory.paperwork.definitions import Scale as ScaleQuestion

_KEY_LENGTH = 40
_NOT_KEY = re.compile("[^a-z0-9_]")


@dataclass(frozen=True)
class Shape:
    """What was found of a framework, or why there is none."""

    scale: Scale = PLAIN
    standards: tuple[Standard, ...] = ()
    compliant_from: str = ""
    commentary_required: bool = True
    references_on_form: bool = False
    why_not: tuple[str, ...] = ()
    not_carried: tuple[str, ...] = ()
    filled_in: tuple[str, ...] = ()


Offer = tuple[tuple[str, str], ...]
"""What a question offers: value and label of each choice."""


@dataclass(frozen=True)
class Told:
    """What somebody said of a form whose scale cannot be told: the code of the scale to score on, and the choices
    (``in_words``) of the questions that are scored; empty where every question that asks for words or a choice is."""

    scale: str
    choices: str = ""


def plain_shape(form: Form, told: Told | None = None) -> Shape:
    """The standards and items of a plain form."""
    if told is not None:
        return _as_told(form, told)
    offers = {
        key: offer
        for key, asked in form.asked.items()
        if asked.inside is None and (offer := _offer(asked.question))
    }
    if not offers:
        return Shape(why_not=("No question of this form is answered by choosing one from a list.",))
    scales = {offer: found for offer in set(offers.values()) if (found := scale_with(offer)) is not None}
    if not scales:
        lists = dict.fromkeys(in_words(offer) for offer in offers.values())
        known = "; ".join(scale.title for scale in offered())
        why = f"No list of choices has the points of a scale that is known here. The lists: {' | '.join(lists)}."
        return Shape(why_not=(why, f"The scales: {known}."))
    many = Counter(scales[offer].code for offer in offers.values() if offer in scales)
    wanted = many.most_common(1)[0][0]
    scale = next(found for found in scales.values() if found.code == wanted)
    return _shaped(form, scale, {key for key, offer in offers.items() if scales.get(offer) is scale})


def in_words(offer: Offer) -> str:
    """The choices of a list as one line."""
    return ", ".join(label for _value, label in offer)


def lists_of(form: Form) -> tuple[tuple[str, int], ...]:
    """Every list of choices in words, with how many questions offer it, the most frequent first."""
    offers = [_offer(asked.question) for asked in form.asked.values() if asked.inside is None]
    return tuple(Counter(in_words(offer) for offer in offers if offer).most_common())


def _as_told(form: Form, told: Told) -> Shape:
    """Every question that is to be scored is; the scale's own points take the place of its choices."""
    loose = {key: asked.question for key, asked in form.asked.items() if asked.inside is None}
    chosen = {key for key, question in loose.items() if _offer(question)}
    if told.choices:
        scored = {key for key in chosen if in_words(_offer(loose[key])) == told.choices}
    else:
        written = {key for key, question in loose.items() if isinstance(question, (Text, LongText))}
        scored = chosen | {key for key in written if not _is_comment(loose[key], chosen)}
    if not scored:
        return Shape(why_not=("No question of this form can be scored.",))
    scale = scale_called(told.scale)
    shape = _shaped(form, scale, scored)
    replaced = dict.fromkeys(in_words(_offer(loose[key])) for key in loose if key in scored and key in chosen)
    return replace(
        shape,
        not_carried=(
            *shape.not_carried,
            *(f"The choices “{each}” give way to the points of the scale" for each in replaced),
        ),
        filled_in=(f"It is scored on “{scale.title}”, as you chose", *shape.filled_in[1:]),
    )


def _shaped(form: Form, scale: Scale, scored: set[str]) -> Shape:
    taken = {_short(page.key) for page in form.pages}
    says = sentences_for(scale.code)
    standards, left, dropped_when = [], list[str](), list[str]()
    for page in form.pages:
        items = []
        for question in page.questions():
            if question.key not in scored:
                if not _is_comment(question, scored):
                    left.append(f"“{question.label}” is not answered on the scale and was left out")
                continue
            if question.show_when is not None:
                dropped_when.append(question.label)
            guidance = "\n\n".join(part for part in (question.hint, question.guidance) if part)
            items.append(Item(_unused(question.key, taken), question.label, guidance or USUAL_GUIDANCE, says))
        if items:
            standards.append(Standard(_short(page.key), page.title, page.intro, tuple(items)))
    asked_when = f"When they are asked is not carried: {', '.join(f'“{each}”' for each in dropped_when)}"
    return Shape(
        scale=scale,
        standards=tuple(standards),
        compliant_from=usual_level(scale.code),
        commentary_required=scale is not PLAIN,
        not_carried=(*left, *((asked_when,) if dropped_when else ())),
        filled_in=(
            f"The list of choices is read as the scale “{scale.title}”",
            "What each point stands for was not said line by line: the usual sentences were put in",
            "Each line also asks what the answer rests on, and what will be done: that is part of every framework",
        ),
    )


def scale_with(offer: Offer) -> Scale | None:
    """The scale whose points are what is offered, each once and none missing; the one whose words fit best."""
    fitting: list[tuple[int, Scale]] = []
    for scale in offered():
        points = [_point(scale, value, label) for value, label in offer]
        if None not in points and len(set(points)) == len(points) == len(scale.points):
            exact = sum(
                label.casefold() == point.label.casefold()
                for point, (_value, label) in zip(points, offer, strict=True)
                if point is not None
            )
            fitting.append((exact, scale))
    return max(fitting, key=lambda found: found[0])[1] if fitting else None


def _point(scale: Scale, value: str, label: str) -> Point | None:
    for words in (label, value.replace("_", " "), value):
        try:
            return scale.read(words)
        except NotOnScale:
            continue
    return None


def _offer(question: Question) -> Offer:
    if isinstance(question, (Choice, YesNo)):
        return tuple((option.value, option.label) for option in question.choices())
    if isinstance(question, ScaleQuestion):
        return tuple((str(point.value), point.label) for point in question.points)
    return ()


def _is_comment(question: Question, scored: set[str]) -> bool:
    """A text beside a scored question, named after it: every framework asks for such words itself."""
    ours = isinstance(question, (Text, LongText))
    return ours and any(question.key.startswith(f"{key}_") for key in scored)


def _short(key: str) -> str:
    return _NOT_KEY.sub("_", key)[:_KEY_LENGTH]


def _unused(key: str, taken: set[str]) -> str:
    """A key no standard and no other item has, nor one of the questions ``as_form`` makes of an item."""
    endings: Sequence[str] = ("", "_said", "_shown", "_plan", "_plan_due", "_files")
    found, number = _short(key), 2
    while any(f"{found}{ending}" in taken for ending in endings) or any(
        found == f"{each}{ending}" for each in taken for ending in endings
    ):
        tail = f"_{number}"
        found, number = _short(key)[: _KEY_LENGTH - len(tail)] + tail, number + 1
    taken.add(found)
    return found
