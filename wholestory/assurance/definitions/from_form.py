"""A form turned back into a framework: one that ``as_form`` made, or a plain one that has a framework's shape.

A form holds less than a framework: which items are critical, what they replace and who else asks are not in it.
``like`` hands in the framework a form was once made from, and what the form cannot say is taken from there, item by
item. Nothing is guessed in silence: ``Made`` says what was not carried and what was filled in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wholestory.assurance.definitions.as_form import as_form, files_key, item_keys
from wholestory.assurance.definitions.framework import (
    UNCHECKED,
    Framework,
    FrameworkCannotWork,
    Item,
    Standard,
)
from wholestory.assurance.definitions.from_plain_form import Shape, Told, plain_shape
from wholestory.assurance.rules.own_tools_scales import USUAL_GUIDANCE, sentences_for
from wholestory.assurance.rules.scales import PLAIN, SCALES, Scale
from wholestory.paperwork.definitions import AnyOf, CannotWork, Choice, Form, Page, Question, Section
from wholestory.paperwork.definitions import Scale as ScaleQuestion

_NUMBER = re.compile(r"\d+(\.\d+)*\s+")
_SHOW = re.compile(r"For example: (.*)\. Documents with their dates, or links\.", re.DOTALL)
_WEIGHT = re.compile(r"Carries (\d+) points of its part\.")
_ALSO = re.compile(r"Also asked in: (.*)\.\Z", re.DOTALL)


@dataclass(frozen=True)
class Made:
    """What a form came to. ``framework`` is None when ``why_not`` holds anything; ``not_carried`` lists what the form
    has and a framework cannot hold, ``filled_in`` what a framework needs and the form did not say. ``is_plain``: it was
    never one of ours, only a list of questions."""

    framework: Framework | None
    why_not: tuple[str, ...] = ()
    not_carried: tuple[str, ...] = ()
    filled_in: tuple[str, ...] = ()
    is_plain: bool = False


def framework_from(
    form: Form, *, source: str, edition: str = "", like: Framework | None = None, told: Told | None = None
) -> Made:
    """The framework in a form. ``source`` says where its wording comes from; ``edition`` is used where the form names
    none; ``told`` is what somebody said of its scale. A framework made here is never marked as checked against the
    guidance, unless ``like`` was and the form is still the very form of it."""
    if like is not None and as_form(like) == form:
        return Made(like)
    own = _own_shape(form)
    shape = own if isinstance(own, Shape) else plain_shape(form, told)
    if shape.why_not:
        return Made(None, shape.why_not, shape.not_carried)
    if not isinstance(own, Shape):
        shape = replace(
            shape, filled_in=(*shape.filled_in, f"This is read as a plain list of questions: {own}.")
        )
    return _made(form, shape, source, form.edition or edition, like, not isinstance(own, Shape))


def _made(
    form: Form, shape: Shape, source: str, edition: str, like: Framework | None, is_plain: bool
) -> Made:
    standards = tuple(_with(like, standard) for standard in shape.standards) if like else shape.standards
    try:
        framework = Framework(
            key=form.key[:40],
            version=form.version,
            edition=edition,
            title=form.title,
            scale=shape.scale,
            compliant_from=shape.compliant_from,
            standards=standards,
            source=source,
            checked=False,
            commentary_required=shape.commentary_required,
            titles=like.titles if like else {},
            signatures=like.signatures if like else (),
            scored=shape.scale.code != PLAIN.code,
            references_on_form=shape.references_on_form,
        )
        as_form(framework)
    except (FrameworkCannotWork, CannotWork) as reason:
        return Made(None, tuple(str(reason).splitlines()[1:]) or (str(reason),), shape.not_carried)
    return Made(framework, (), shape.not_carried, shape.filled_in, is_plain)


def _with(like: Framework, standard: Standard) -> Standard:
    """What no form holds, from the framework it was made from."""
    items = []
    for item in standard.items:
        before = like.items.get(item.key)
        if before is not None:
            item = replace(
                item,
                critical=before.critical,
                replaces=before.replaces,
                show=item.show or before.show,
                external_refs=item.external_refs or before.external_refs,
            )
        items.append(item)
    return replace(standard, items=tuple(items))


# ---- a form that as_form made ---------------------------------------------------------------------------------------


def _own_shape(form: Form) -> Shape | str:
    """The standards and items of a form with our own structure; else what it is that it lacks."""
    standards, scores, filled = [], list[Question](), list[str]()
    extra: list[str] = []
    for page in form.pages:
        found = [item for item in page.items if isinstance(item, Section)]
        loose = [item for item in page.items if isinstance(item, Question)]
        extra += [f"“{each.label}”" for each in loose if each.key != files_key(page.key)]
        items = []
        for section in found:
            score = section.questions[0]
            if not isinstance(score, (ScaleQuestion, Choice)) or not _is_item(section, score.key):
                return f"“{section.title}” does not begin with a score and the words it rests on"
            scores.append(score)
            items.append((section, score))
        if not items:
            return f"the page “{page.title}” has no lines to score"
        standards.append((page, items))
    scale = _scale_of(scores)
    if scale is None:
        return "its lines are not all scored on one scale that is known here"
    said = [form.asked.get(item_keys(score.key).said) for score in scores]
    out = tuple(
        Standard(page.key, page.title, page.intro, tuple(_items(page, items, scale, filled)))
        for page, items in standards
    )
    level = _level(form, scores, scale)
    if not level and scale.compliant_from:
        level = scale.compliant_from
        filled.append(f"From which point an answer counts as compliant was not said: {level} is usual")
    return Shape(
        scale=scale,
        standards=out,
        compliant_from=level,
        commentary_required=any(each is not None and each.question.required for each in said),
        references_on_form=any(item.external_refs for std in out for item in std.items),
        not_carried=tuple(f"{each} is no part of a line and was left out" for each in extra),
        filled_in=(
            *dict.fromkeys(filled),
            *(
                (f"It says that {UNCHECKED[:1].lower()}{UNCHECKED[1:]}",)
                if UNCHECKED not in form.intro
                else ()
            ),
        ),
    )


def _is_item(section: Section, key: str) -> bool:
    keys = [question.key for question in section.questions]
    return item_keys(key).said in keys and all(each == key or each.startswith(f"{key}_") for each in keys)


def _items(
    page: Page, found: list[tuple[Section, ScaleQuestion | Choice]], scale: Scale, filled: list[str]
) -> Iterator[Item]:
    for section, score in found:
        by_key = {question.key: question for question in section.questions}
        keys = item_keys(score.key)
        shown = _SHOW.fullmatch(by_key[keys.shown].hint) if keys.shown in by_key else None
        weight, also = _WEIGHT.search(section.intro), _ALSO.search(section.intro)
        says = descriptors(score)
        if not all(says):
            filled.append(
                "Some lines did not say what each point stands for: the usual sentences were put in"
            )
            says = tuple(own or usual for own, usual in zip(says, sentences_for(scale.code), strict=True))
        if not score.guidance:
            filled.append("Some lines had no guidance: the usual sentence was put in")
        yield Item(
            key=score.key,
            text=_NUMBER.sub("", section.title, count=1) if _NUMBER.match(section.title) else section.title,
            guidance=score.guidance or USUAL_GUIDANCE,
            descriptors=says,
            show=tuple(shown[1].split("; ")) if shown else (),
            external_refs=tuple(also[1].split("; ")) if also else (),
            weight=int(weight[1]) if weight else 1,
            figures=tuple(
                each.label for key, each in by_key.items() if key.startswith(f"{score.key}_figure_")
            ),
        )


def descriptors(score: ScaleQuestion | Choice) -> tuple[str, ...]:
    """What each point stands for, worst first; empty texts where nothing says it."""
    if isinstance(score, ScaleQuestion):
        return tuple(point.descriptor for point in score.points)
    return tuple(option.hint for option in score.options)


def _scale_of(scores: list[Question]) -> Scale | None:
    """The one scale of all scores, recognised by its code or its stored points."""
    found = {_one_scale(score) for score in scores}
    code = found.pop() if len(found) == 1 else ""
    return {**SCALES, PLAIN.code: PLAIN}.get(code)


def _one_scale(score: Question) -> str:
    if isinstance(score, ScaleQuestion):
        values = tuple(str(point.value) for point in score.points)
        labels = tuple(point.label for point in score.points)
    elif isinstance(score, Choice):
        values = tuple(option.value for option in score.options)
        labels = tuple(option.label for option in score.options)
    else:
        return ""
    fitting = [
        scale.code
        for scale in (*SCALES.values(), PLAIN)
        if tuple(point.value for point in scale.points) == values
        and tuple(point.label for point in scale.points) == labels
    ]
    coded = score.code.upper() if isinstance(score, ScaleQuestion) else ""
    return coded if coded in fitting else fitting[0] if fitting else ""


def _level(form: Form, scores: list[Question], scale: Scale) -> str:
    """From which point an answer is compliant: as the scale says, or the first point that asks for no plan."""
    first = scores[0]
    if isinstance(first, ScaleQuestion):
        return "" if first.compliant_from is None else str(first.compliant_from)
    plan: Mapping[str, object] = {}
    asked = form.asked.get(item_keys(first.key).plan)
    shown = asked.question.show_when if asked is not None else plan
    if not isinstance(shown, AnyOf):
        return ""
    below = {str(value) for value in shown.values}
    return next((point.value for point in scale.points if point.value not in below), "")
