"""Many agencies' answers to the same question, side by side: agreed, in conflict, from one alone, or not known.

Each agency's answer stays its own. What is proposed for the composite is a value with its sources; a person chooses
where there is a conflict. "Not known" is an answer and never a conflict; a blank is nothing said at all. Questions are
matched by key, never by letter or place, so an answer to a question that was withdrawn since is shown like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from wholestory.paperwork.partial_date import PartialDate


class Said(StrEnum):
    """What kind of answer it was."""

    VALUE = "value"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    DECLINED = "declined"
    NOT_ASKED = "not_asked"
    BLANK = "blank"


class Shape(StrEnum):
    """How two values are compared."""

    EXACT = "exact"
    NUMBER = "number"
    DATE = "date"
    WORDS = "words"
    NARRATIVE = "narrative"
    """Accounts are never in conflict: each is kept whole."""
    LIST = "list"
    """Each agency ticks what it knows of; all that was ticked counts, each with who ticked it."""


class Standing(StrEnum):
    """How all the answers to one question stand."""

    AGREED = "agreed"
    CONFLICT = "conflict"
    ONLY_ONE = "only_one"
    SIDE_BY_SIDE = "side_by_side"
    NOT_KNOWN = "not_known"
    DECLINED = "declined"
    NOT_APPLICABLE = "not_applicable"
    BLANK = "blank"
    NOT_ASKED = "not_asked"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "agreed": "Agreed",
            "conflict": "Answers differ",
            "only_one": "From one source",
            "side_by_side": "Side by side",
            "not_known": "Not known to anybody asked",
            "declined": "Declined to say",
            "not_applicable": "Not applicable",
            "blank": "Nobody has answered",
            "not_asked": "Not asked",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Answer:
    """One agency's answer to one question. ``value`` is as stored, ``words`` as people read it."""

    question: str
    source: str
    said: Said
    value: str = ""
    words: str = ""
    item: int = 0
    form: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """One value with everybody who gave it."""

    value: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composite:
    """One question over all sources. ``versions`` holds each different value; ``proposed`` is empty in a conflict."""

    question: str
    standing: Standing
    versions: tuple[Version, ...] = ()
    not_known_by: tuple[str, ...] = ()
    declined_by: tuple[str, ...] = ()
    not_applicable_by: tuple[str, ...] = ()
    blank_from: tuple[str, ...] = ()

    @property
    def proposed(self) -> Version | None:
        """The value that may stand in the composite without anybody choosing."""
        if self.standing in (Standing.AGREED, Standing.ONLY_ONE):
            return self.versions[0]
        return None

    @property
    def sources(self) -> tuple[str, ...]:
        """Everybody who gave a value."""
        return tuple(dict.fromkeys(source for each in self.versions for source in each.sources))


def compose(answers: Iterable[Answer], shapes: Mapping[str, Shape]) -> dict[str, Composite]:
    """One composite for each question anybody was asked, in the order in which the questions come. A question whose
    shape is not given is compared exactly."""
    by_question: dict[str, list[Answer]] = {}
    for each in answers:
        by_question.setdefault(each.question, []).append(each)
    return {key: _compose(key, held, shapes.get(key, Shape.EXACT)) for key, held in by_question.items()}


def count(composites: Iterable[Composite]) -> dict[Standing, int]:
    """How many questions stand how."""
    found = dict.fromkeys(Standing, 0)
    for each in composites:
        found[each.standing] += 1
    return found


def _compose(key: str, answers: list[Answer], shape: Shape) -> Composite:
    values = [each for each in answers if each.said is Said.VALUE]
    versions = _versions(values, shape)
    by = {said: tuple(dict.fromkeys(each.source for each in answers if each.said is said)) for said in Said}
    return Composite(
        key, _standing(answers, versions, shape), versions, by[Said.NOT_KNOWN], by[Said.DECLINED],
        by[Said.NOT_APPLICABLE], by[Said.BLANK],
    )  # fmt: skip


def _standing(answers: list[Answer], versions: tuple[Version, ...], shape: Shape) -> Standing:
    if versions:
        givers = {source for each in versions for source in each.sources}
        if len(givers) == 1 and len(versions) == 1:
            return Standing.ONLY_ONE
        if len(versions) == 1 and shape is not Shape.NARRATIVE:
            return Standing.AGREED
        if shape in (Shape.NARRATIVE, Shape.LIST) or any(each.item for each in answers):
            return Standing.SIDE_BY_SIDE
        return Standing.CONFLICT
    said = {each.said for each in answers}
    order = (
        (Said.NOT_KNOWN, Standing.NOT_KNOWN),
        (Said.DECLINED, Standing.DECLINED),
        (Said.NOT_APPLICABLE, Standing.NOT_APPLICABLE),
        (Said.BLANK, Standing.BLANK),
    )
    return next((standing for kind, standing in order if kind in said), Standing.NOT_ASKED)


def _versions(values: list[Answer], shape: Shape) -> tuple[Version, ...]:
    if shape is Shape.DATE:
        return _dates(values)
    found: dict[tuple[int, str], list[Answer]] = {}
    for place, each in enumerate(values):
        compared = f"{place}" if shape is Shape.NARRATIVE else _compared(each.value, shape)
        found.setdefault((each.item, compared), []).append(each)
    return tuple(_version(held) for held in found.values())


def _version(held: list[Answer]) -> Version:
    return Version(
        held[0].value, held[0].words or held[0].value, tuple(dict.fromkeys(each.source for each in held))
    )


def _compared(value: str, shape: Shape) -> str:
    if shape is Shape.WORDS:
        return " ".join(value.casefold().replace("’", "'").strip(" .").split())
    if shape is Shape.NUMBER:
        try:
            return str(Decimal(value).normalize())
        except InvalidOperation:
            return value
    return value


def _dates(values: list[Answer]) -> tuple[Version, ...]:
    """Dates agree where one is only coarser than the other; the finer stands for both."""
    groups: list[list[Answer]] = []
    finest_first = sorted(values, key=lambda each: (each.item, _width(each.value)))
    for each in finest_first:
        for group in groups:
            if group[0].item == each.item and _may_be_the_same(group[0].value, each.value):
                group.append(each)
                break
        else:
            groups.append([each])
    return tuple(_version(group) for group in groups)


def _days(value: str) -> tuple[date, date] | None:
    try:
        held = PartialDate.of(value)
    except ValueError:
        return None
    return held.earliest, held.latest


def _width(value: str) -> int:
    days = _days(value)
    return 10**6 if days is None else (days[1] - days[0]).days


def _may_be_the_same(finer: str, coarser: str) -> bool:
    one, other = _days(finer), _days(coarser)
    if one is None or other is None:
        return finer == coarser
    return other[0] <= one[0] and one[1] <= other[1]
