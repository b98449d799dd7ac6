"""Who may do what with lessons: a part of ``access.policy``, as data."""

from __future__ import annotations

from wholestory.access.verbs import Verb
from wholestory.partners.models import BOARD_ROLES, TEAM_ROLES

_BOARD = frozenset(f"seat.{role}" for role in BOARD_ROLES | TEAM_ROLES)
_TEAM = frozenset({"seat.business_manager", "seat.quality_officer", "seat.child_death_coordinator"})

LEARNING: dict[str, dict[Verb, frozenset[str]]] = {
    "learning.lesson": {
        Verb.LIST: _BOARD,
        Verb.WRITE: _TEAM,
        Verb.DECIDE: frozenset({"seat.business_manager", "seat.child_death_coordinator"}),
        Verb.EXPORT: _BOARD,
    },
}
