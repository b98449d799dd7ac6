"""Keeping out whoever may be a bereaved relative of the child: by default, until somebody has made sure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wholestory import ledger
from wholestory.access import derive
from wholestory.access.models import Refusal, RefusalReason
from wholestory.child_deaths.models import Case
from wholestory.child_deaths.queries.listed import relatives_among
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Person, Role, Seat
from wholestory.records.models import Circle, Record

#: Seats whose holders see every case of their board.
RUNS = (Role.CHILD_DEATH_COORDINATOR, Role.DESIGNATED_DOCTOR)


def keep_out(
    *, actor: Person, case: Case, circle: Circle, people: Iterable[Person], about: Record, today: date
) -> list[Person]:
    """Refuse ``circle`` to those of ``people`` who bear the name of a relative, unless somebody made sure before.

    Nobody shuts themselves out by it: whoever acts is named in the answer and has to step back.
    """
    known = Refusal.objects.filter(circle=circle, reason=RefusalReason.SUBJECT)
    seen = set(known.values_list("person_id", flat=True))
    fresh = [one for one in relatives_among(case, people) if one.id not in seen and one != actor]
    if fresh:
        ledger.line("child_deaths.relative_kept_out", about, reason="refusal.subject")
        Refusal.objects.bulk_create(
            [
                Refusal(
                    circle=circle, office_id=case.office_id, person=one, reason=RefusalReason.SUBJECT,
                    starts_on=today, given_by=actor,
                )
                for one in fresh
            ]
        )  # fmt: skip
        derive.rewrite(*fresh)
    return fresh


def colleagues(case: Case, today: date) -> list[Person]:
    """Who runs child death reviews for the case's board."""
    seats = Seat.objects.filter(board=case.record.board_id, role__in=RUNS, group=None).select_related(
        "person"
    )
    return list({seat.person_id: seat.person for seat in seats if seat.holds_on(today)}.values())


def let_back_in(*, circles: Iterable[int], person: Person, about: Record, now: Moment) -> None:
    """Somebody made sure that ``person`` is not related."""
    standing = Refusal.objects.filter(
        circle__in=list(circles), person=person, reason=RefusalReason.SUBJECT, lifted_at=None
    )
    ledger.line("child_deaths.not_a_relative", about, reason="refusal.subject")
    if standing.update(lifted_at=now.at):
        derive.rewrite(person)
