"""What an agency's people have among themselves: comments beside a form's questions, their evidence list, and what
their own staff said in a survey."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from wholestory.access import derive
from wholestory.assurance.models import Return
from wholestory.paperwork.talk import Talk
from wholestory.partners.models import Agency, Board
from wholestory.records import opening
from wholestory.records.models import Circle, Office


def own_circle(board: Board, agency: Agency) -> tuple[Circle, Office]:
    """Where it is kept: with the agency's own people. No office reads it."""
    office, _made = Office.objects.get_or_create(board=board, key="nobody")
    circle, new = opening.the_circle(board, "agency", agency)
    if new:
        derive.open_circle(circle)
    return circle, office


def standing_circles(board: Board, agencies: Collection[UUID]) -> dict[UUID, int]:
    """The circle of each of these agencies' own people with a board, made where it is missing."""
    rows = Circle.objects.filter(board=board, kind="agency", agency__in=agencies, group=None)
    # The first made is the standing one: it is read last.
    found: dict[UUID, int] = dict(rows.order_by("-id").values_list("agency_id", "id"))
    for agency in Agency.objects.filter(id__in=set(agencies) - found.keys()):
        circle, _made = opening.the_circle(board, "agency", agency)
        derive.open_circle(circle)
        found[agency.id] = circle.id
    return found


def comments_on(ret: Return) -> Talk:
    """Comments beside the questions of a return. The board's team neither reads nor writes them."""
    return Talk(lambda: own_circle(ret.board, ret.agency), f"people of {ret.agency.name}")
