"""Search over what somebody may see. The database hides the rest, so a count or a hit tells nobody anything more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.http import urlencode

from wholestory.access import asking
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions.models import Action
from wholestory.assurance.models import Cycle, CycleState, ResultRow, Return
from wholestory.documents.models import StoredFile
from wholestory.kernel.moments import shown_day
from wholestory.paperwork.models import Answer, CopyLoad, LoadState
from wholestory.partners.models import AGENCY_ROLES
from wholestory.partners.queries import agencies, people
from wholestory.records.references import tidy

MOST = 20


@dataclass(frozen=True)
class Hit:
    """One find: what kind of thing, its name, a line about it."""

    kind: str
    title: str
    about: str
    url: str
    record_id: UUID | None = None


@dataclass(frozen=True)
class Found:
    """All finds; ``more`` says that some kinds had more than are shown."""

    hits: tuple[Hit, ...]
    more: bool


def search(request: Request, words: str) -> Found:
    """Look for ``words`` in references, returns, answers, results, actions, cycles and files, and in the directory.

    Every kind of thing is one query, whatever is found.
    """
    hits = _directory(request, words)
    same = Q(record__reference=tidy(words))
    named = Q(agency__name__icontains=words)
    returns = Return.objects.filter(named | Q(title__icontains=words) | same)
    for ret in returns.select_related("record", "agency").order_by("-issued_on", "id")[: MOST + 1]:
        url = reverse("assurance:return", args=[ret.record.reference])
        hits.append(Hit("Self-audit return", ret.agency.name, ret.title, url, ret.record_id))
    answered = Answer.objects.filter(value__icontains=words).values("answer_set_id").distinct()[:MOST]
    shown = {hit.record_id for hit in hits}
    for ret in (
        Return.objects.filter(answers__in=answered)
        .select_related("record", "agency")
        .order_by("-issued_on", "id")
    ):
        if ret.record_id not in shown:
            url = reverse("assurance:return", args=[ret.record.reference])
            hits.append(Hit("In the answers of", ret.agency.name, ret.title, url, ret.record_id))
    hits += _results(request, words)
    actions = Action.objects.filter(Q(title__icontains=words) | Q(detail__icontains=words) | named | same)
    for action in actions.select_related("record", "agency").order_by("due_on", "id")[: MOST + 1]:
        url = reverse("actions:action", args=[action.record.reference])
        hits.append(Hit("Action", action.title, action.agency.name, url, action.record_id))
    cycles = (
        Cycle.objects.filter(Q(title__icontains=words) | same).select_related("record").order_by("-opens_on")
    )
    if not asking.may(request.seats, Verb.MANAGE, "assurance.cycle", request.board):
        cycles = cycles.exclude(state=CycleState.DRAFT)
    hits += [
        Hit(
            "Cycle",
            c.title,
            c.get_state_display(),
            reverse("assurance:cycle", args=[c.record.reference]),
            c.record_id,
        )
        for c in cycles[: MOST + 1]
    ]
    files = StoredFile.objects.filter(
        Q(name__icontains=words) | same, removed_at=None, superseded_by=None
    ).select_related("record")
    files = files.exclude(record__reference__in=_taken_back(request))
    for file in files.order_by("-added_on", "id")[: MOST + 1]:
        url = reverse("documents:about", args=[file.record.reference])
        added = f"Added on {shown_day(file.added_on)}"
        hits.append(Hit("File", file.name, added, url, file.record_id))
    more = len(hits) > MOST * 3
    return Found(tuple(hits[: MOST * 3]), more)


def _taken_back(request: Request) -> QuerySet[CopyLoad, Any]:
    """The copies that were loaded and taken back again: found by who answers that form, and by who loaded one for
    them (see ``names_file`` of the copies)."""
    own = [seat.agency_id for seat in request.seats if seat.agency_id and seat.role in AGENCY_ROLES]
    undone = CopyLoad.objects.filter(state=LoadState.UNDONE).exclude(circle__agency__in=own)
    return undone.exclude(on_behalf=True, loaded_by=request.person).values("file_reference")


def _results(request: Request, words: str) -> list[Hit]:
    """Agencies on the results the board was shown, for those who read those and not the returns themselves."""
    reads = asking.may(request.seats, Verb.LIST, "assurance.results", request.board)
    if not reads or asking.may(request.seats, Verb.EXPORT, "assurance.cycle", request.board):
        return []
    rows = ResultRow.objects.filter(agency__name__icontains=words, cycle__released_on__isnull=False)
    return [
        Hit(
            "Released result",
            row.agency.name,
            row.cycle.title,
            reverse("assurance:results", args=[row.cycle.record.reference]),
            row.cycle.record_id,
        )
        for row in _once(rows.select_related("agency", "cycle__record"))[:MOST]
    ]


def _once(rows: QuerySet[ResultRow]) -> QuerySet[ResultRow]:
    """One row of each agency's in each cycle, where there is one for every standard; the newest cycle first."""
    each = ("cycle__opens_on", "cycle_id", "agency__name", "agency_id")
    return rows.order_by("-cycle__opens_on", *each[1:]).distinct(*each)


def _directory(request: Request, words: str) -> list[Hit]:
    """What the directory shows this person: its keepers everybody, others on the board its members and agencies."""
    if not asking.may(request.seats, Verb.LIST, "partners.directory", request.board):
        return []
    keeps = asking.may(request.seats, Verb.MANAGE, "partners.directory", request.board)
    listed = reverse("partners:people")
    known = people.of_board(request.board, request.today, members_only=not keeps)
    answering = agencies.of_board(request.board, request.today)
    of_words = answering.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    called = known.filter(full_name__icontains=words)
    return [
        *[
            Hit("Agency", one.name, one.get_sector_display(), reverse("partners:agency", args=[one.slug]))
            for one in of_words.order_by("name", "pk")[: MOST // 2]
        ],
        *[
            Hit(
                "Person",
                one.full_name,
                one.job_title,
                # Only keepers have a page for each person; for the others the list, with this one in it.
                reverse("partners:person", args=[one.pk])
                if keeps
                else f"{listed}?{urlencode({'words': one.full_name})}",
            )
            for one in called.order_by("full_name", "pk")[: MOST // 2]
        ],
    ]
