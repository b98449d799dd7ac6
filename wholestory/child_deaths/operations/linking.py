"""Linking deaths that somebody has looked at and found to belong together. Each keeps a review of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, ChildrenTogether
from wholestory.partners.models import Person


@transaction.atomic
def link(*, actor: Person, cases: Sequence[Case], how: str = ChildrenTogether.How.CLUSTER) -> int:
    """Link every one of these deaths with every other; how many links are new. Raises ValueError for fewer than two.

    A link with a restricted case is seen by those alone who are let in to that case.
    """
    if len({case.child_id for case in cases}) < 2:
        raise ValueError("Two deaths or more can be linked.")
    for case in cases:
        asking.require(actor, Verb.WRITE, case.record)
    children = [case.child_id for case in cases]
    there = {
        frozenset(pair)
        for pair in ChildrenTogether.objects.filter(
            one__in=children, other__in=children, how=how
        ).values_list("one", "other")
    }
    fresh = []
    for one, other in combinations(cases, 2):
        if one.child_id == other.child_id or frozenset((one.child_id, other.child_id)) in there:
            continue
        behind = other if other.restricted else one
        fresh.append(
            ChildrenTogether(
                one_id=one.child_id, other_id=other.child_id, how=how, circle_id=behind.circle_id,
                office_id=behind.office_id,
            )
        )  # fmt: skip
    if fresh:
        for case in cases:
            ledger.line("child_deaths.linked", case.record)
        ChildrenTogether.objects.bulk_create(fresh)
    return len(fresh)
