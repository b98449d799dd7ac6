"""The circles of a case beside its own, and who is kept out of all of them."""

from __future__ import annotations

from typing import Literal

from wholestory.access import derive
from wholestory.access.models import Grant, Refusal
from wholestory.child_deaths.models import Case
from wholestory.records.models import Circle

Kind = Literal["death_family", "death_request", "death_review"]


def circle_for(case: Case, kind: Kind) -> Circle:
    """A new circle for one part of a case. Whoever is kept out of the case (a bereaved relative, somebody with a
    conflict) is kept out of it from the first moment, and whoever was let in to a restricted case by name is let in;
    the caller has written its line in the access record."""
    circle = Circle.objects.create(board_id=case.record.board_id, kind=kind)
    derive.open_circle(circle)
    named = [
        Grant(
            circle=circle, office_id=case.office_id, person_id=each.person_id, role=each.role, purpose=each.purpose,
            starts_on=each.starts_on, ends_on=each.ends_on, given_by_id=each.given_by_id,
        )
        for each in Grant.objects.filter(circle=case.circle_id, role="restricted_case", withdrawn_at=None)
    ]  # fmt: skip
    if named:
        derive.add_grants(named)
        Grant.objects.bulk_create(named)
    refusals = Refusal.objects.filter(circle=case.circle_id, lifted_at=None).select_related("person")
    kept_out = {each.person: each for each in refusals}
    Refusal.objects.bulk_create(
        [
            Refusal(
                circle=circle, office_id=case.office_id, person_id=each.person_id, reason=each.reason,
                starts_on=each.starts_on, ends_on=each.ends_on, given_by_id=each.given_by_id,
            )
            for each in kept_out.values()
        ]
    )  # fmt: skip
    if kept_out:
        derive.rewrite(*kept_out)
    return circle
