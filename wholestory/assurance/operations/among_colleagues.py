"""What an agency's people keep among themselves: their comments beside a form's questions, and their evidence list."""

from __future__ import annotations

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


def comments_on(ret: Return) -> Talk:
    """Comments beside the questions of a return. The board's team neither reads nor writes them."""
    return Talk(lambda: own_circle(ret.board, ret.agency), f"people of {ret.agency.name}")
