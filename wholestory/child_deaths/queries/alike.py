"""Deaths of the last twelve months that have a place, a school, a product, a cause or a method in common.

Looked for among the cases the acting person sees, and only to ask: do these belong together? Nothing is linked by
itself; the coordinator is told that there is something, and not what. How words are compared is in ``rules.alike``;
answers chosen from a list are compared as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from django.db.models import QuerySet

from wholestory.child_deaths.models import Case, CaseKind, ChildrenTogether, RequestForm, Service
from wholestory.child_deaths.rules import alike as rules
from wholestory.child_deaths.rules.alike import CODED, IN_WORDS, SUBJECTS, is_school, telling
from wholestory.child_deaths.rules.code_lists import HOSPITAL_PLACES
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Area, Board

WITHIN = timedelta(days=365)
MOST = 12


@dataclass(frozen=True)
class Alike:
    """Deaths with one thing in common, the newest first. ``linked``: somebody has linked each to every other;
    ``opened_on``: the day the newest case was opened."""

    subject: str
    label: str
    words: str
    references: tuple[str, ...]
    linked: bool
    opened_on: date


def alike(board: Board, today: date, *, of_most: int | None = None) -> list[Alike]:
    """What two deaths or more of the last twelve months have in common, as far as a page shows it."""
    return every(board, today, of_most=of_most)[:MOST]


def to_look_at(board: Board, today: date, *, of_most: int | None = None) -> list[Alike]:
    """What the coordinator is told of: deaths nobody linked, with the same place, school, method, product or
    substance. Of deaths that share several things, and of some of more that share one, it is said once."""
    found = [
        one for one in every(board, today, of_most=of_most) if not one.linked and one.subject in rules.TOLD_OF
    ]
    kept: dict[frozenset[str], Alike] = {}
    for one in sorted(found, key=lambda one: -len(one.references)):
        deaths = frozenset(one.references)
        if not any(deaths <= more for more in kept):
            kept[deaths] = one
    return list(kept.values())


def every(board: Board, today: date, *, of_most: int | None = None) -> list[Alike]:
    """The same without an end: six questions, however many deaths. Nothing of more deaths than ``of_most``, for a page
    that has to be quick."""
    cases = (
        Case.objects.filter(
            panel__board=board, died_on__gt=today - WITHIN, died_on__lte=today, kind=CaseKind.DEATH,
            merged_into__isnull=True,
        )
        .exclude(record__standing__stage__in=("out_of_scope", "merged", "transferred", "taken_back"))
    )  # fmt: skip
    said: dict[str, dict[str, set[UUID]]] = defaultdict(lambda: defaultdict(set))
    coded: dict[tuple[str, str], dict[UUID, None]] = defaultdict(dict)
    reference: dict[UUID, str] = {}
    opened: dict[UUID, date] = {}
    child_of: dict[UUID, UUID] = {}

    def note(child: UUID, subject: str, words: str) -> None:
        if telling(subject, words):
            said[subject][words.strip()].add(child)

    in_order = cases.order_by("-died_on", "record__reference").values_list(
        "pk", "child", "record__reference", "place_kind", "place_name", "event_place", "suspected_cause",
        "record__opened_on",
    )  # fmt: skip
    rows = list(in_order if of_most is None else in_order[: of_most + 1])
    if of_most is not None and len(rows) > of_most:
        return []
    for case, child, named, place_kind, place, event, cause, opened_on in rows:
        reference[child], child_of[case], opened[child] = named, child, opened_on
        if place_kind not in HOSPITAL_PLACES:
            note(child, "place", place)
        note(child, "event", event)
        note(child, "cause", cause)
    for child, school in _schools(cases):
        if child not in reference:
            continue
        note(child, "school", school)
    for case, key, value in _answers(cases):
        if case not in child_of:
            continue
        if label := CODED.get(key, {}).get(value):
            coded[key, label].setdefault(child_of[case])
        elif key in IN_WORDS:
            note(child_of[case], IN_WORDS[key], value)
    areas = list(Area.objects.filter(panels__board=board).distinct().values_list("name", flat=True))
    groups = [(subject, label, list(members)) for (subject, label), members in coded.items()]
    groups += [
        (subject, words, members)
        for subject, written in said.items()
        for words, members in _together(subject, written, areas)
    ]
    linked = _linked(cases)
    order = {child: at for at, child in enumerate(reference)}
    found = []
    for subject, words, members in groups:
        if len(members) < 2:
            continue
        named_in_order = tuple(reference[child] for child in sorted(members, key=order.__getitem__))
        whole = all(frozenset(pair) in linked for pair in combinations(members, 2))
        newest = max(opened[child] for child in members)
        found.append(Alike(subject, SUBJECTS[subject], words, named_in_order, whole, newest))
    return sorted(found, key=lambda one: (one.linked, -len(one.references), one.label, one.words))


def _together(
    subject: str, written: dict[str, set[UUID]], areas: Iterable[str]
) -> Iterator[tuple[str, list[UUID]]]:
    """Texts that seem to speak of one thing, with their deaths. Each is compared with those alone that share the
    beginning of its rarest telling word, so that a year of a whole country takes no longer than it must."""
    names, texts = rules.area_words(areas), list(written)
    ready = [rules.read(subject, text, names) for text in texts]
    begins = [{word[:3] for word in one.mine} or {one.said} for one in ready]
    sharing: dict[str, list[int]] = defaultdict(list)
    for at, beginnings in enumerate(begins):
        for beginning in beginnings:
            sharing[beginning].append(at)
    leads = list(range(len(texts)))

    def lead(at: int) -> int:
        while leads[at] != at:
            leads[at] = at = leads[leads[at]]
        return at

    for one, beginnings in enumerate(begins):
        for other in min((sharing[each] for each in sorted(beginnings)), key=len):
            if lead(one) != lead(other) and rules.read_alike(subject, ready[one], ready[other]):
                leads[lead(other)] = lead(one)
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(texts)):
        groups[lead(at)].append(at)
    for some in groups.values():
        members = list(dict.fromkeys(child for at in some for child in written[texts[at]]))
        yield " / ".join(texts[at] for at in some[:3]), members


# The cases are asked for again inside each question: a country's would make a list of thousands to send.


def _schools(cases: QuerySet[Case]) -> Iterator[tuple[UUID, str]]:
    rows = Service.objects.filter(child__in=cases.values("child")).values_list(
        "child", "organisation", "agency__name"
    )
    for child, organisation, agency in rows:
        name = agency or organisation or ""
        if is_school(name):
            yield child, name


def _answers(cases: QuerySet[Case]) -> Iterator[tuple[UUID, str, str]]:
    """What agencies answered to the questions that are looked at, of the first lists of answers alone."""
    forms = RequestForm.objects.filter(request__case__in=cases.values("pk"))
    case_of = dict(forms.values_list("answers", "request__case"))
    rows = Answer.objects.filter(answer_set__in=forms.values("answers"), key__in=[*CODED, *IN_WORDS])
    for answers, key, value in rows.values_list("answer_set", "key", "value"):
        if isinstance(value, str) and answers in case_of:
            yield case_of[answers], key, value


def _linked(cases: QuerySet[Case]) -> set[frozenset[UUID]]:
    children = cases.values("child")
    pairs = ChildrenTogether.objects.filter(one__in=children, other__in=children)
    return {frozenset(pair) for pair in pairs.values_list("one", "other")}
