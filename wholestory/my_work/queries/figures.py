"""Returns of figures that wait: for an agency's people, and for the board's team. One query for each kind of person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from wholestory.indicators.models import AgencyReturn, ReturnStage, Submission, SubmissionState
from wholestory.my_work.queries.waiting import Waiting
from wholestory.partners.models import AGENCY_ROLES, Board, Person, Role, Seat

_SPEAKS = frozenset({Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY})
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


def late(board: Board, today: date) -> QuerySet[AgencyReturn]:
    """Returns that are owed and over their last day."""
    over = Q(extended_to__lt=today) | Q(extended_to=None, due_on__lt=today)
    return AgencyReturn.objects.filter(
        over, board=board, stage__in=_UNSENT, first_sent_on=None, record__closed_on=None
    )


def here(board: Board) -> QuerySet[AgencyReturn]:
    """Returns that have come in and that nobody of the team has looked at."""
    return AgencyReturn.objects.filter(board=board, stage=ReturnStage.SENT)


def lines(number_late: int, number_here: int) -> list[Waiting]:
    """How many are late, and how many wait to be looked at."""
    url = reverse("indicators:returns")
    every = (
        (number_late, "of figures late", "See who owes what, or give more time", True),
        (number_here, "of figures to look at", "Accept them, or ask a question", False),
    )
    return [
        Waiting(f"{many} return{'' if many == 1 else 's'} {words}", what, url, late=is_late)
        for many, words, what, is_late in every
        if many
    ]


def for_analyst(seats: Sequence[Seat], board: Board | None, today: date) -> list[Waiting]:
    """The same for an analyst; what the board's officers read is counted with the rest of theirs in ``team``."""
    if board is None or not any(seat.role == Role.PERFORMANCE_ANALYST for seat in seats):
        return []
    counted = AgencyReturn.objects.aggregate(
        late=Count("id", filter=Q(pk__in=late(board, today).values("pk"))),
        here=Count("id", filter=Q(pk__in=here(board).values("pk"))),
    )
    return lines(counted["late"], counted["here"])
