"""Which published figures a board compares with: those that came with Wholestory, and those it loaded itself.

What another board loads or takes back changes nothing here.
"""

from __future__ import annotations

from django.db.models import Q

from wholestory.partners.models import Board


def own_or_shipped(board: Board) -> Q:
    """Releases that a board can see."""
    return Q(board=None) | Q(board=board)


def in_use(board: Board) -> Q:
    """Rows of releases that a board compares with, none that was taken back."""
    return Q(release__withdrawn_on=None) & (Q(release__board=None) | Q(release__board=board))
