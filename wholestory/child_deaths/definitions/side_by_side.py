"""Many filled-in forms laid side by side by question: what the composite page shows, and what feeds the analysis.

Questions are matched by key over all forms and versions. The order is that of the newest form; what only an older form
asked stands where it stood there and is marked, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wholestory.child_deaths.definitions.about_harm import RESTRICTED
from wholestory.child_deaths.rules.composite import Answer, Composite, Said, Shape, compose
from wholestory.child_deaths.rules.factor_codes import Domain
from wholestory.paperwork.definitions import (
    Choices,
    Date,
    Form,
    Given,
    LongText,
    Nothing,
    Number,
    Place,
    Question,
    Repeat,
    Sheet,
    Text,
)
from wholestory.paperwork.form import walk


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: What an agency says of itself: shown as the head of its column, and compared with nobody's.
OF_THE_WRITER = frozenset(
    {
        "reporter_agency", "reporter_name", "reporter_role", "reporter_address", "reporter_telephone", "reporter_email",
        "notifier_name", "notifier_role", "notifier_organisation", "notifier_telephone", "notifier_email",
        "holds_child", "holds_family", "holds_home", "holds_services", "own_review", "last_seen_on", "stages",
    }
)  # fmt: skip
#: What tells who the child is, or who anybody else is, or exactly where and when: left out of anonymised papers
#: whatever page it was asked on. What is written in free text is for the look through the papers (``rules.anonymity``).
IDENTIFYING = _keys(
    """
    forenames surname other_names born_on born_time nhs_number nhs_number_absent nhs_number_absent_words address
    postcode other_postcode mother_name mother_born_on confirmed_on confirmed_time died_on place_of_death place_of_event
    place_other education carer_at_death significant_others parent_name parent_born_on parent_address sibling_name
    sibling_born_on sibling_school contact_agency contact_name contact_reach professionals told_words
    children_at_risk_words consultant senior_doctor follow_up_with key_worker medical_lead found_by last_seen_alive_by
    safer_sleep_by visited_by visited_on birth_place police_contact police_reference fire_service_reference
    pmrt_reference looked_after_by support_network service_name resuscitation_by
    """
)
#: Under which heading of the analysis form a page of the report is looked at, in either edition.
LOOKED_AT_UNDER: Mapping[str, tuple[Domain, ...]] = {
    "child": (Domain.NEEDS_2015, Domain.A),
    "parents": (Domain.PARENTING_2015, Domain.B),
    "social": (Domain.PARENTING_2015, Domain.FAMILY_2015, Domain.B),
    "environment": (Domain.FAMILY_2015, Domain.B, Domain.C),
    "physical": (Domain.FAMILY_2015, Domain.C),
    "services": (Domain.SERVICE_2015, Domain.D),
}
_SAID = {
    Nothing.NOT_KNOWN: Said.NOT_KNOWN,
    Nothing.NOT_APPLICABLE: Said.NOT_APPLICABLE,
    Nothing.DECLINED: Said.DECLINED,
    Nothing.NOT_ASKED: Said.NOT_ASKED,
}


@dataclass(frozen=True)
class Filled:
    """One source's answers to one form. ``source`` is who is shown as having said it."""

    source: str
    form: Form
    given: Mapping[Place, Given]


@dataclass(frozen=True)
class Row:
    """One question with everybody's answers. ``withdrawn`` marks a question the newest form of its kind no longer asks;
    ``restricted`` one that only those who need it are shown."""

    key: str
    label: str
    composite: Composite
    withdrawn: bool
    restricted: bool


@dataclass(frozen=True)
class Part:
    """One page of a form with its rows, under the page's title."""

    form_key: str
    page_key: str
    title: str
    rows: tuple[Row, ...]

    @property
    def domains(self) -> tuple[Domain, ...]:
        """The headings of the analysis form it is looked at under; none for most supplementary forms."""
        return LOOKED_AT_UNDER.get(self.page_key, ())


def shape_of(question: Question) -> Shape:
    """How answers to a question are compared."""
    for kind, shape in (
        (Date, Shape.DATE),
        (Number, Shape.NUMBER),
        (LongText, Shape.NARRATIVE),
        (Choices, Shape.LIST),
        (Text, Shape.WORDS),
    ):
        if isinstance(question, kind):
            return shape
    return Shape.EXACT


def shapes(forms: Iterable[Form]) -> dict[str, Shape]:
    """How each question of these forms is compared."""
    return {each.question.key: shape_of(each.question) for form in forms for each in walk(form)}


def answers_of(filled: Filled) -> Iterator[Answer]:
    """One source's answers as the composite takes them. What does not apply to this source was not asked of it; answers
    under a key the form does not know (it was withdrawn since) come as they were stored."""
    sheet = Sheet(filled.form, filled.given)
    applying = set(sheet.places)
    known = {each.question.key for each in walk(filled.form)}
    for asked in walk(filled.form):
        key = asked.question.key
        if isinstance(asked.question, Repeat) or key in OF_THE_WRITER:
            continue
        if asked.inside is not None:
            for item in sheet.items(asked.inside):
                if Place(key, item) in applying:
                    yield _answer(filled, key, asked.question, sheet.at(Place(key, item)), item)
        elif Place(key) in applying:
            yield _answer(filled, key, asked.question, sheet.at(Place(key)), 0)
        else:
            yield Answer(
                key, filled.source, Said.NOT_ASKED, form=filled.form.key, version=filled.form.version
            )
    for place, given in filled.given.items():
        if place.key not in known and not given.is_blank:
            yield _answer(filled, place.key, None, given, place.item)


def _answer(filled: Filled, key: str, question: Question | None, given: Given, item: int) -> Answer:
    said, value, words = Said.BLANK, "", ""
    if given.nothing is not None:
        said = _SAID[given.nothing]
    elif given.value is not None:
        said, value = Said.VALUE, _stored(given)
        words = question.value_in_words(given.value) if question is not None else value
    return Answer(key, filled.source, said, value, words, item, filled.form.key, filled.form.version)


def _stored(given: Given) -> str:
    return ", ".join(map(str, given.value)) if isinstance(given.value, list) else str(given.value)


def lay(filled: Iterable[Filled], *, with_identity: bool = True) -> tuple[Part, ...]:
    """Everything side by side: parts in the order of the newest version of each form, each question once, at the first
    place it is asked. ``with_identity=False`` leaves out what is ``IDENTIFYING``, for anonymised papers."""
    held = list(filled)
    forms = _newest_first({(each.form.key, each.form.version): each.form for each in held}.values())
    composed = compose((answer for each in held for answer in answers_of(each)), shapes(forms))
    if not with_identity:
        composed = {key: each for key, each in composed.items() if key not in IDENTIFYING}
    newest = {form.key: max(each.version for each in forms if each.key == form.key) for form in forms}
    still = {
        key: {
            each.question.key
            for form in forms
            if form.key == key and form.version == version
            for each in walk(form)
        }
        for key, version in newest.items()
    }
    parts: dict[tuple[str, str], tuple[str, list[Row]]] = {}
    seen: set[str] = set()
    for form in forms:
        for asked in walk(form):
            key = asked.question.key
            at = (form.key, asked.page.key)
            if key in seen or key not in composed:
                continue
            seen.add(key)
            row = Row(key, asked.question.label, composed[key], key not in still[form.key], key in RESTRICTED)
            parts.setdefault(at, (asked.page.title, []))[1].append(row)
    loose = [
        Row(key, key, each, True, key in RESTRICTED) for key, each in composed.items() if key not in seen
    ]
    found = [
        Part(form_key, page_key, title, tuple(rows)) for (form_key, page_key), (title, rows) in parts.items()
    ]
    if loose:
        found.append(Part("", "withdrawn", "Asked on earlier forms", tuple(loose)))
    return tuple(found)


def _newest_first(forms: Iterable[Form]) -> list[Form]:
    """By form in the order they came, each with its newest version first."""
    held = list(forms)
    order = list(dict.fromkeys(form.key for form in held))
    return sorted(held, key=lambda form: (order.index(form.key), -form.version))
