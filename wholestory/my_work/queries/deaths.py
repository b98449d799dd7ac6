"""What waits for those who work on the deaths of children: the coordinator, members of the panel, whoever was asked.

Lines name nobody: numbers and references alone. The number of queries is the same for three cases and for thirty.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from wholestory.child_deaths.models import (
    AWAITED,
    AgencyRequest,
    Case,
    FamilyQuestion,
    FamilyRecord,
    Hold,
    PublicReport,
    PublicState,
    Transfer,
    TransferState,
)
from wholestory.child_deaths.queries import caseload
from wholestory.child_deaths.queries.alike import to_look_at
from wholestory.child_deaths.queries.panel_report_listed import given_since
from wholestory.meetings.models import Item
from wholestory.my_work.queries.waiting import Waiting
from wholestory.partners.models import Board, Seat

#: Why somebody was let in to a part of a death, by the grants of that room.
LET_IN = ("overview_panel", "overview_chair", "reporter", "key_worker", "report_approver")

#: For so long a report that the panel was given stands here; after that it is among its papers.
NEW_FOR = timedelta(days=60)
#: For so long after the newest case was opened, what recent deaths have in common stands here; after that on its page.
LOOK_WITHIN = timedelta(days=60)
#: Looked for among no more deaths of a year than this, for the page has to be quick; e-mails look among all.
MOST_LOOKED_AT = 600


def for_coordinator(board: Board, today: date) -> list[Waiting]:
    """A line for each kind of thing that waits, with how many. One query, and six for what deaths have in common."""
    # Carries the next limit, which the model itself does not have.
    cases: Any = caseload.every()
    open_cases = Q(record__standing__stage__in=caseload.OPEN)
    home = reverse("child_deaths:home")
    late = Q(extended_to__isnull=True, due_on__lt=today) | Q(extended_to__lt=today)
    kinds: tuple[tuple[QuerySet[Any], str, str, str, str, bool], ...] = (
        (
            caseload.unsorted_messages(), "message to sort", "messages to sort",
            "Is it known already, is it reviewed, and who leads?",
            reverse("child_deaths:notifications") + "?settled=none", False,
        ),
        (
            cases.filter(open_cases, caseload.overdue(today)), "case with a limit that has passed",
            "cases with a limit that has passed", "Look at what is missing", f"{home}?standing=overdue", True,
        ),
        (
            Hold.objects.filter(ended_on__isnull=True, review_on__lte=today), "hold to look at again",
            "holds to look at again", "Does the reason still stand?", reverse("child_deaths:open_holds"), True,
        ),
        (
            AgencyRequest.objects.filter(late, state__in=AWAITED), "agency that is late with its answers",
            "agencies that are late with their answers", "Remind them, or give more time",
            reverse("child_deaths:chase"), True,
        ),
        (
            Transfer.objects.filter(state=TransferState.SENT, to_panel__board=board), "case another panel sent to you",
            "cases other panels sent to you", "Take it or refuse it", reverse("child_deaths:transfers"), False,
        ),
        (
            Transfer.objects.filter(state=TransferState.SENT, from_panel__board=board, chase_on__lte=today),
            "case sent on that nobody has answered", "cases sent on that nobody has answered",
            "They are yours until the other panel accepts: ring them", reverse("child_deaths:transfers"), True,
        ),
        (
            cases.filter(record__standing__stage="triage"), "case being sorted", "cases being sorted",
            "Decide who leads, then take it on", f"{home}?standing=at-triage", False,
        ),
        (
            Case.objects.filter(record__standing__stage="ready"), "case ready for the panel",
            "cases ready for the panel", "Put it on an agenda", f"{home}?standing=at-ready", False,
        ),
        (
            Case.objects.filter(record__standing__stage="reviewed"), "case reviewed and not yet final",
            "cases reviewed and not yet final", "Save the analysis as final", f"{home}?standing=at-reviewed", False,
        ),
    )  # fmt: skip
    counts = _counts(board, [rows for rows, *_ in kinds])
    return [
        Waiting(f"{many} {one if many == 1 else several}", detail, url, late=is_late)
        for many, (_, one, several, detail, url, is_late) in zip(counts, kinds, strict=True)
        if many
    ] + _in_common(board, today)


def _in_common(board: Board, today: date) -> list[Waiting]:
    found = to_look_at(board, today, of_most=MOST_LOOKED_AT)
    many = sum(one.opened_on > today - LOOK_WITHIN for one in found)
    if not many:
        return []
    title = (
        "thing in common with another recent death" if many == 1 else "things recent deaths have in common"
    )
    return [Waiting(f"{many} {title}", "Look whether they belong together", reverse("child_deaths:alike"))]


def _counts(board: Board, every: Sequence[QuerySet[Any]]) -> tuple[int, ...]:
    counted = [
        Subquery(rows.order_by().values(one=Value(1)).annotate(number=Count("pk")).values("number"))
        for rows in every
    ]
    found = Board.objects.filter(pk=board.pk).values_list(*(Coalesce(one, 0) for one in counted))
    return tuple(int(each) for each in found.get())


def for_panel_member(circles: Sequence[int], today: date) -> list[Waiting]:
    """Papers to read before the next meetings, a line for each meeting; ``circles`` are those of ``let_in``."""
    if not circles:
        return []
    items = Item.objects.filter(about__circle__in=circles, withdrawn_on=None, meeting__meets_on__gte=today)
    found: dict[Any, list[Any]] = {}
    rows = items.values_list("meeting__title", "meeting__meets_on", "about")
    for title, meets_on, about in rows.order_by("meeting__meets_on", "meeting__title"):
        found.setdefault((title, meets_on), []).append(about)
    return [
        Waiting(
            f"Read the papers of {len(about)} death{'' if len(about) == 1 else 's'}",
            f"{title}. Say first whether you have an interest",
            reverse("child_deaths:panel"), meets_on, records=tuple(about),
        )
        for (title, meets_on), about in found.items()
    ]  # fmt: skip


def given_to_panel(groups: Sequence[Seat], today: date) -> list[Waiting]:
    """Yearly reports that a panel one sits on was given lately; ``groups`` are seats in groups. One query at most."""
    if not groups:
        return []
    return [
        Waiting(
            f"Read the panel’s report {one.years}", "Given to the panel in confidence: exact numbers",
            reverse("child_deaths:exact_report", args=[one.record.reference]), records=(one.record_id,),
        )
        for one in given_since([seat.group_id for seat in groups], today - NEW_FOR)
    ]  # fmt: skip


def for_report_approver(circles: Sequence[int]) -> list[Waiting]:
    """Public reports of the panel that wait for somebody's approval."""
    if not circles:
        return []
    rows = PublicReport.objects.filter(circle__in=circles, state=PublicState.PROPOSED).select_related(
        "record"
    )
    return [
        Waiting(
            f"Approve the public report {one.years}", "Read it, and what is hidden in it, and decide",
            reverse("child_deaths:public_report", args=[one.record.reference]), records=(one.record_id,),
        )
        for one in rows.order_by("proposed_at", "id")
    ]  # fmt: skip


def for_reporter(circles: Sequence[int], today: date) -> list[Waiting]:
    """What somebody was asked for about a death, for their agency, by its reference."""
    if not circles:
        return []
    found = AgencyRequest.objects.filter(circle__in=circles, state__in=AWAITED).select_related("record")
    return [
        Waiting(
            f"Say what {one.organisation} knows about a child who died",
            f"Request {one.record.reference}. Open it by the link in your e-mail, or have the link sent again",
            reverse("child_deaths:answering_way_in", args=[one.record.reference]),
            one.last_on, one.last_on < today, (one.record_id,),
        )
        for one in found.order_by("due_on", "id")
    ]  # fmt: skip


def for_key_worker(circles: Sequence[int]) -> list[Waiting]:
    """The families somebody is the key worker of, with the questions that still have no answer."""
    if not circles:
        return []
    unanswered = FamilyQuestion.objects.filter(family__circle__in=circles, closed_on=None, answers=None)
    waiting = dict(unanswered.values_list("family").annotate(many=Count("pk")).order_by())
    rows = FamilyRecord.objects.filter(circle__in=circles).annotate(reference=F("record__reference"))
    return [
        Waiting(
            "Stand by a family",
            _questions(waiting.get(one.pk, 0), one.reference),
            reverse("child_deaths:family", args=[one.reference]), records=(one.record_id,),
        )
        for one in rows.order_by("created_at")
    ]  # fmt: skip


def _questions(many: int, reference: str) -> str:
    if not many:
        return f"{reference}. No question of theirs is open"
    return f"{reference}. {many} question{'' if many == 1 else 's'} of theirs still without an answer"
