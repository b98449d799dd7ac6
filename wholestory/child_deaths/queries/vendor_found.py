"""The cases here that the lines of an export may be of, with what is held of each: a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from wholestory.child_deaths.models import (
    Address,
    Analysis,
    Case,
    ChildName,
    Identifier,
    NationalEntry,
    Review,
)
from wholestory.child_deaths.queries.past import TAKEN_BACK, Double
from wholestory.child_deaths.rules import nhs_number
from wholestory.child_deaths.rules.matching.folding import folded
from wholestory.child_deaths.rules.vendor_differences import Ours
from wholestory.child_deaths.rules.vendor_export import Exported
from wholestory.kernel.moments import london_day

_FINISHED = ("finalised", "submitted", "closed")


@dataclass(frozen=True)
class Known:
    """A case that is here: whose rows it has, what is held, its final versions, and which of them were entered."""

    pk: UUID
    child: UUID
    record: UUID
    circle: int
    office: int
    reference: str
    stage: str
    ours: Ours
    finals: tuple[tuple[int, date], ...] = ()
    entered: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Found:
    """The cases by each thing a line may name them by."""

    by_reference: dict[str, Known] = field(default_factory=dict)
    national: dict[str, list[Known]] = field(default_factory=dict)
    local: dict[str, list[Known]] = field(default_factory=dict)
    nhs: dict[str, list[Known]] = field(default_factory=dict)


def _folded(reference: str) -> str:
    return "".join(reference.casefold().split())


def known_of(every: Sequence[Exported], references: Iterable[str]) -> Found:
    """Every case the acting person sees that shares a reference or an NHS number with a line, and those with
    ``references``: ten queries."""
    national = {one.national for one in every if one.national}
    local = {one.line.reference for one in every if one.line.reference}
    numbers = {one.line.nhs_number for one in every if one.line.nhs_number}
    named = Q(kind="national", value__in=national) | Q(kind="local", value__in=local)
    named |= Q(kind="nhs", value__in=numbers)
    children = set(
        Identifier.objects.filter(named, belongs_to="child").order_by().values_list("child", flat=True)
    )
    ours = {one.upper() for one in local} | set(references)
    cases = _cases(Q(child__in=children) | Q(record__reference__in=ours))
    found, of_child = Found(), {one.child: one for one in cases}
    for one in cases:
        found.by_reference[one.reference] = one
    into = {"national": found.national, "local": found.local, "nhs": found.nhs}
    for number in Identifier.objects.filter(child__in=of_child, kind__in=into, belongs_to="child"):
        held = into[number.kind].setdefault(_folded(number.value), [])
        if of_child[number.child_id] not in held:
            held.append(of_child[number.child_id])
    return found


def _cases(wanted: Q) -> list[Known]:
    # Withheld names and homes are compared with nothing: what differs is kept where more people read it.
    left = ("merged", TAKEN_BACK)
    cases = list(
        Case.objects.filter(wanted, merged_into__isnull=True)
        .exclude(record__standing__stage__in=left)
        .select_related("record__standing", "child")
    )
    children, ids = [case.child_id for case in cases], [case.pk for case in cases]
    names, numbers = defaultdict[UUID, list[Any]](list), defaultdict[UUID, list[Any]](list)
    codes = dict[UUID, list[str]]()
    for name in ChildName.objects.filter(child__in=children, withheld=False).order_by("created_at"):
        names[name.child_id].append((name.forenames, name.surname))
    for number in Identifier.objects.filter(child__in=children, kind__in=("nhs", "national")):
        if number.belongs_to == "child":
            numbers[number.child_id].append((number.kind, number.value))
    homes = Address.objects.filter(child__in=children, withheld=False)
    for child, code in homes.values_list("child", "postcode"):
        if code:
            codes.setdefault(child, []).append(code)
    reviews = dict(Review.objects.filter(case__in=ids).values_list("case", "first_reviewed_on"))
    analyses = defaultdict[UUID, list[Analysis]](list)
    for analysis in (
        Analysis.objects.filter(review__case__in=ids).select_related("review").order_by("version")
    ):
        analyses[analysis.review.case_id].append(analysis)
    entered = defaultdict[UUID, set[int]](set)
    for case, version in NationalEntry.objects.filter(case__in=ids, back_on=None).values_list(
        "case", "version"
    ):
        entered[case].add(version)
    return [
        _known(
            case, names[case.child_id], numbers[case.child_id], codes.get(case.child_id, []), reviews.get(case.pk),
            analyses[case.pk], entered[case.pk],
        )
        for case in cases
    ]  # fmt: skip


def _known(
    case: Case,
    names: list[tuple[str, str]],
    numbers: list[tuple[str, str]],
    codes: list[str],
    reviewed_on: date | None,
    analyses: list[Analysis],
    entered: set[int],
) -> Known:
    standing = getattr(case.record, "standing", None)
    stage = standing.stage if standing is not None else ""
    last = analyses[-1] if analyses else None
    ours = Ours(
        names=tuple(names), born_on=case.child.born_on, sex=case.child.sex, died_on=case.died_on,
        nhs_numbers=tuple(value for kind, value in numbers if kind == "nhs"),
        national=tuple(value for kind, value in numbers if kind == "national"), postcodes=tuple(codes),
        told_on=london_day(case.first_received_at), reviewed_on=reviewed_on, category=last.primary if last else None,
        modifiable=last.modifiable if last else "", expected=case.expected, final=stage in _FINISHED,
    )  # fmt: skip
    finals = tuple(
        (one.version, one.final_on) for one in analyses if one.state == Analysis.State.FINAL and one.final_on
    )
    return Known(
        case.pk, case.child_id, case.record_id, case.circle_id, case.office_id, case.record.reference, stage, ours,
        finals, frozenset(entered),
    )  # fmt: skip


def same_case(one: Exported, found: Found) -> tuple[Known | None, str, list[Double]]:
    """The case a line is certainly of and by what; else the cases it names and cannot be sure of, with why."""
    line = one.line
    own = found.by_reference.get(line.reference.upper())
    ways = (
        ("national", found.national.get(_folded(one.national), []), "The same national reference"),
        ("reference", [own] if own else [], "Our own reference"),
        ("number", _with_number(one, found), "The same NHS number"),
        ("reference", found.local.get(_folded(line.reference), []), "The same local reference"),
    )
    unsure: dict[str, Double] = {}
    for how, cases, words in ways:
        certain = [case for case in cases if _certain(one, case, how, is_own=case is own)]
        if len(cases) == 1 and certain and not unsure:
            return cases[0], how, []
        for case in cases:
            why = (
                "Several cases have it" if len(cases) > 1 else "What else the line says of the child differs"
            )
            unsure.setdefault(case.reference, Double(line.number, case.reference, words, why, False))
    return None, "", list(unsure.values())


def _with_number(one: Exported, found: Found) -> list[Known]:
    number = one.line.nhs_number
    return found.nhs.get(_folded(number), []) if nhs_number.is_valid(number) else []


def _certain(one: Exported, case: Known, how: str, *, is_own: bool) -> bool:
    """Whether nothing speaks against it. A local reference may be anybody's, so something has to speak for it."""
    line, ours = one.line, case.ours
    number = line.nhs_number if nhs_number.is_valid(line.nhs_number) else ""
    surnames = {folded(last) for _, last in ours.names if last}
    same = (
        None if not (number and ours.nhs_numbers) else number in ours.nhs_numbers,
        None if not (line.born_on and ours.born_on) else line.born_on == ours.born_on,
        None if not (line.surname and surnames) else folded(line.surname) in surnames,
    )
    if how == "number":
        return same[1] is True
    if how == "reference" and not is_own:
        return True in same and False not in same
    return True in same or False not in same
