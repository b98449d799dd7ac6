"""Where figures stand: one standing circle for each agency of a board, and one for the board's team."""

from __future__ import annotations

from wholestory import ledger
from wholestory.access import derive
from wholestory.partners.models import Agency, Board
from wholestory.records import opening
from wholestory.records.models import Circle, Office


def office(board: Board) -> Office:
    """The office of those who run the performance report."""
    return opening.office(board, "performance")


def of_agency(board: Board, agency: Agency) -> Circle:
    """The circle of one agency's figures with a board, made and filled when missing."""
    return _standing(board, "figures", agency)


def of_team(board: Board) -> Circle:
    """The circle of what concerns many agencies: nobody but the office."""
    return _standing(board, "figures_team", None)


def of_children(board: Board) -> tuple[Circle, Office]:
    """Where files about children stand: with those alone who count them."""
    return _standing(board, "child_level", None), opening.office(board, "child_level")


def of_basis(board: Board) -> tuple[Circle, Office]:
    """Where it stands why a board may hold such files: with the team, the chair and whoever answers for information."""
    return _standing(board, "lawful_basis", None), office(board)


def _standing(board: Board, kind: str, agency: Agency | None) -> Circle:
    circle, made = opening.the_circle(board, kind, agency)
    if made:
        ledger.line("indicators.circle_made", board_id=board.id, kind="indicators.return")
        derive.open_circle(circle)
    return circle
