"""Returns of figures that wait: for an agency's people, and for the board's team. One query for each kind of person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from wholestory.indicators.models import AgencyReturn, ReturnStage, Submission, SubmissionState
from wholestory.my_work.queries.waiting import Waiting
from wholestory.partners.models import AGENCY_ROLES, Board, Person, Role, Seat

_SPEAKS = frozenset({Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY})
_RUNS = frozenset({Role.BUSINESS_MANAGER, Role.QUALITY_OFFICER, Role.PERFORMANCE_ANALYST})
_UNSENT = (ReturnStage.ASKED, ReturnStage.STARTED, ReturnStage.WAITING)
_TITLES = {
    ReturnStage.ASKED: "Fill in your figures",
    ReturnStage.STARTED: "Go on with your figures",
    ReturnStage.QUERIED: "Answer the board’s question about your figures",
}


def for_agency(person: Person, seats: Sequence[Seat], today: date) -> list[Waiting]:
    """What somebody's agency owes: to fill in, to look at as the second person, to answer."""
    agencies = {seat.agency_id for seat in seats if seat.role in AGENCY_ROLES and seat.agency_id}
    if not agencies:
        return []
    speaks = {seat.agency_id for seat in seats if seat.role in _SPEAKS}
    waiting = Submission.objects.filter(of_return=OuterRef("pk"), state=SubmissionState.WAITING)
    rows = AgencyReturn.objects.filter(
        agency__in=agencies, stage__in=(*_UNSENT, ReturnStage.QUERIED), record__closed_on=None
    ).annotate(passed_on_by=Subquery(waiting.order_by("-number").values("by")[:1]))  # fmt: skip
    found = []
    for ret in rows.select_related("record", "agency").order_by("due_on", "id")[:50]:
        stage = ReturnStage(ret.stage)
        title = _TITLES.get(stage, "")
        if stage == ReturnStage.WAITING:
            if ret.agency_id not in speaks or ret.passed_on_by == person.id:
                continue
            title = "Look at figures and send them"
        last = ret.extended_to or ret.due_on
        owed = stage in _UNSENT and ret.first_sent_on is None
        url = reverse("indicators:return", args=[ret.record.reference])
        found.append(
            Waiting(
                title, f"{ret.agency.name}: {ret.label}", url, last if owed else None, owed and today > last,
                (ret.record_id,),
            )
        )  # fmt: skip
    return found


def for_team(seats: Sequence[Seat], board: Board | None, today: date) -> list[Waiting]:
    """How many have come in and wait to be looked at, and how many are late."""
    if board is None or not any(seat.role in _RUNS for seat in seats):
        return []
    counted = (
        AgencyReturn.objects.filter(board=board, record__closed_on=None)
        .annotate(last=Coalesce(F("extended_to"), F("due_on")))
        .aggregate(
            here=Count("id", filter=Q(stage=ReturnStage.SENT)),
            late=Count("id", filter=Q(stage__in=_UNSENT, first_sent_on=None, last__lt=today)),
        )
    )
    url = reverse("indicators:returns")
    every = (
        (counted["late"], "of figures late", "See who owes what, or give more time", True),
        (counted["here"], "of figures to look at", "Accept them, or ask a question", False),
    )
    return [
        Waiting(f"{many} return{'' if many == 1 else 's'} {words}", what, url, late=late)
        for many, words, what, late in every
        if many
    ]
