"""Search over what somebody may see. The database hides the rest, so a count or a hit tells nobody anything more."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from wholestory.access import asking
from wholestory.access.requests import Request
from wholestory.access.verbs import Verb
from wholestory.actions.models import Action
from wholestory.assurance.models import Cycle, Return
from wholestory.documents.models import StoredFile
from wholestory.kernel.moments import shown_day
from wholestory.paperwork.models import Answer
from wholestory.partners.models import Agency, Person
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
    """Look for ``words`` in references, returns, answers, actions, cycles, files and, for its keepers, people."""
    hits: list[Hit] = []
    same = Q(record__reference=tidy(words))
    returns = Return.objects.filter(Q(agency__name__icontains=words) | Q(title__icontains=words) | same)
    for ret in returns.select_related("record", "agency").order_by("-issued_on", "id")[: MOST + 1]:
        url = reverse("assurance:return", args=[ret.record.reference])
        hits.append(Hit("Self-audit return", ret.agency.name, ret.title, url, ret.record_id))
    answered = (
        Answer.objects.filter(value__icontains=words)
        .values_list("answer_set_id", flat=True)
        .distinct()[:MOST]
    )
    shown = {hit.record_id for hit in hits}
    for ret in (
        Return.objects.filter(answers__in=answered)
        .select_related("record", "agency")
        .order_by("-issued_on", "id")
    ):
        if ret.record_id not in shown:
            url = reverse("assurance:return", args=[ret.record.reference])
            hits.append(Hit("In the answers of", ret.agency.name, ret.title, url, ret.record_id))
    actions = Action.objects.filter(Q(title__icontains=words) | Q(detail__icontains=words) | same)
    for action in actions.select_related("record", "agency").order_by("due_on", "id")[: MOST + 1]:
        url = reverse("actions:action", args=[action.record.reference])
        hits.append(Hit("Action", action.title, action.agency.name, url, action.record_id))
    cycles = (
        Cycle.objects.filter(Q(title__icontains=words) | same)
        .select_related("record")
        .order_by("-opens_on")[: MOST + 1]
    )
    hits += [
        Hit(
            "Cycle",
            c.title,
            c.get_state_display(),
            reverse("assurance:cycle", args=[c.record.reference]),
            c.record_id,
        )
        for c in cycles
    ]
    files = StoredFile.objects.filter(
        Q(name__icontains=words) | same, removed_at=None, superseded_by=None
    ).select_related("record")
    for file in files.order_by("-added_on", "id")[: MOST + 1]:
        url = reverse("documents:about", args=[file.record.reference])
        added = f"Added on {shown_day(file.added_on)}"
        hits.append(Hit("File", file.name, added, url, file.record_id))
    if asking.may(request.seats, Verb.MANAGE, "partners.directory", request.board):
        hits += _directory(request, words)
    more = len(hits) > MOST * 3
    return Found(tuple(hits[: MOST * 3]), more)


def _directory(request: Request, words: str) -> list[Hit]:
    people = (
        Person.objects.filter(seats__board=request.board, full_name__icontains=words)
        .distinct()
        .order_by("full_name")[:MOST]
    )
    agencies = (
        Agency.objects.filter(boards=request.board, name__icontains=words).distinct().order_by("name")[:MOST]
    )
    return [
        *[Hit("Person", p.full_name, p.job_title, f"/board/people/{p.id}/") for p in people],
        *[Hit("Agency", a.name, a.get_sector_display(), f"/board/agencies/{a.slug}/") for a in agencies],
    ]
