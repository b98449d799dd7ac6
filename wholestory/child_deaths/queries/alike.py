"""Deaths of the last twelve months that have a place, a school, a product, a cause or a method in common.

Looked for among the cases the acting person sees, and only to ask: do these belong together? Nothing is linked by
itself, and nobody is told. Words are compared without case, accents and marks; other words for the same thing are not
found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from wholestory.child_deaths.models import Case, CaseKind, ChildrenTogether, RequestForm, Service
from wholestory.child_deaths.rules.alike import SUBJECTS, is_school, same, telling
from wholestory.child_deaths.rules.code_lists import HOSPITAL_PLACES
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Board

WITHIN = timedelta(days=365)
MOST = 12
_QUESTIONS = ("method", "product", "agent")


@dataclass(frozen=True)
class Alike:
    """Deaths with one thing in common. ``linked``: somebody has linked each to every other."""

    label: str
    words: str
    references: tuple[str, ...]
    linked: bool


def alike(board: Board, today: date) -> list[Alike]:
    """What two deaths or more of the last twelve months have in common: four questions, however many deaths."""
    cases = (
        Case.objects.filter(
            panel__board=board, died_on__gt=today - WITHIN, died_on__lte=today, kind=CaseKind.DEATH,
            merged_into__isnull=True,
        )
        .exclude(record__standing__stage__in=("out_of_scope", "merged", "transferred"))
        .values_list(
            "pk", "child", "record__reference", "place_kind", "place_name", "event_place", "suspected_cause"
        )
        .order_by("-died_on", "record__reference")
    )  # fmt: skip
    groups: dict[tuple[str, str], dict[UUID, str]] = defaultdict(dict)
    reference: dict[UUID, str] = {}
    child_of: dict[UUID, UUID] = {}

    def note(child: UUID, subject: str, words: str) -> None:
        if telling(subject, words):
            groups[subject, same(words)].setdefault(child, words.strip())

    for case, child, named, place_kind, place, event, cause in cases:
        reference[child], child_of[case] = named, child
        if place_kind not in HOSPITAL_PLACES:
            note(child, "place", place)
        note(child, "event", event)
        note(child, "cause", cause)
    for child, school in _schools(reference):
        note(child, "school", school)
    for case, subject, words in _answers(child_of):
        note(child_of[case], subject, words)
    linked = _linked(reference)
    found = [
        Alike(
            SUBJECTS[subject], next(iter(members.values())), tuple(reference[child] for child in members),
            all(frozenset(pair) in linked for pair in combinations(members, 2)),
        )
        for (subject, _), members in groups.items()
        if len(members) > 1
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.linked, -len(one.references), one.label, one.words))[:MOST]


def _schools(children: dict[UUID, str]) -> Iterator[tuple[UUID, str]]:
    rows = Service.objects.filter(child__in=list(children)).values_list(
        "child", "organisation", "agency__name"
    )
    for child, organisation, agency in rows:
        name = agency or organisation or ""
        if is_school(name):
            yield child, name


def _answers(cases: dict[UUID, UUID]) -> Iterator[tuple[UUID, str, str]]:
    """What agencies answered about method, product and substance, of the first lists of answers alone."""
    forms = dict(
        RequestForm.objects.filter(request__case__in=list(cases)).values_list("answers", "request__case")
    )
    rows = Answer.objects.filter(answer_set__in=list(forms), key__in=_QUESTIONS).values_list(
        "answer_set", "key", "value"
    )
    for answers, key, value in rows:
        if isinstance(value, str):
            yield forms[answers], key, value


def _linked(children: dict[UUID, str]) -> set[frozenset[UUID]]:
    pairs = ChildrenTogether.objects.filter(one__in=list(children), other__in=list(children))
    return {frozenset(pair) for pair in pairs.values_list("one", "other")}
