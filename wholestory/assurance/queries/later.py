"""Whether a cycle that something new is built on is still the last word."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from wholestory.assurance.models import Cycle, CycleKind, Return
from wholestory.kernel.moments import shown_day


def later_signed(cycle: Cycle) -> list[str]:
    """The titles of the board's later cycles in which agencies of this one have signed since: one query."""
    here = Return.objects.filter(cycle=cycle)
    signed = Return.objects.filter(
        cycle=OuterRef("pk"), signed_off_on__isnull=False, agency__in=here.values("agency")
    )
    rows = Cycle.objects.filter(board=cycle.board_id, opens_on__gt=cycle.opens_on).exclude(
        kind=CycleKind.PAST
    )
    return list(rows.filter(Exists(signed)).order_by("opens_on", "title").values_list("title", flat=True))


def warnings_before_interim(cycle: Cycle) -> list[str]:
    """What to know before an interim year is put on this cycle."""
    return [
        f"Agencies have signed “{title}” since. An interim year on “{cycle.title}” starts from what they said before"
        " that. You may want to put it on the later cycle instead."
        for title in later_signed(cycle)
    ]


def warnings_before_joint(cycle: Cycle, today: date) -> list[str]:
    """What to know before other boards are asked into this cycle."""
    told = [
        f"Agencies have signed “{title}” since. A round on “{cycle.title}” asks them for an earlier time."
        for title in later_signed(cycle)
    ]
    if cycle.due_on < today:
        told.append(
            f"Returns of this cycle were due by {shown_day(cycle.due_on)}. The shared questions are due on the earliest"
            " date of all boards, so those who join would ask after it."
        )
    return told
