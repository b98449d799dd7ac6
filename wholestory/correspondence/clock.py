"""The moment it is for a board: the example board lives on a day of its own, and its letters with it."""

from __future__ import annotations

from datetime import datetime

from wholestory.partners.models import LONDON, Board


def moment_of(board: Board, now: datetime) -> datetime:
    """``now`` for this board: the same time of day, on the board's own day."""
    if board.example_today is None:
        return now
    return datetime.combine(board.example_today, now.astimezone(LONDON).time(), LONDON)
