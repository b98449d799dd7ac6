"""Which agencies still answer to a board, which have ended, and which carry on from which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from wholestory.access import acting
from wholestory.assurance.models import Return
from wholestory.assurance.rules.lineage import went_to
from wholestory.partners.models import Agency, AgencyBoard, Board, Succession


def pairs() -> list[tuple[UUID, UUID]]:
    """Every recorded succession, entries that were found to be the same left out: those were joined."""
    return list(Succession.objects.exclude(how="duplicate").values_list("before_id", "after_id"))


def answering(board: Board | UUID, today: date) -> QuerySet[AgencyBoard, UUID]:
    """The keys of the agencies that answer to a board on a day, for a sub-query."""
    links = AgencyBoard.objects.filter(board=board, starts_on__lte=today).exclude(ends_on__lt=today)
    return links.values_list("agency_id", flat=True)


def ended(board: Board | UUID, agencies: Iterable[UUID], today: date) -> set[UUID]:
    """Those of the agencies that no longer answer to this board: ended, or ended with it."""
    asked = list(agencies)
    going_on = Agency.objects.filter(pk__in=asked).filter(pk__in=answering(board, today))
    return set(asked) - set(going_on.exclude(ends_on__lt=today).values_list("id", flat=True))


def successors_of(agency: Agency, board: Board, today: date) -> list[Agency]:
    """The bodies that carry on from an agency and answer to this board today, nearest first."""
    after = went_to(agency.id, pairs())
    found = {each.id: each for each in Agency.objects.filter(pk__in=after)}
    gone = ended(board, after, today)
    return [found[key] for key in after if key not in gone]


def taken_over_by(ret: Return) -> str:
    """The name of the body that answers for this agency now; nothing while it answers for itself."""
    if ret.succeeded_by_id is None:
        return ""
    with acting.as_system(ret.board_id, "tally"):
        return Return.objects.values_list("agency__name", flat=True).get(pk=ret.succeeded_by_id)
