"""Who may do what with meetings of groups: a part of ``access.policy``, as data.

The seats of a group open its meetings; its chair decides; whoever keeps its meetings or takes its minutes plans them.
An item about a record of some duty is in that record's circle, and these rules say nothing of who is in it.
"""

from __future__ import annotations

from wholestory.access.verbs import Verb
from wholestory.partners.models import BOARD_ROLES, GROUP_ROLES, TEAM_ROLES

_IN_GROUPS = frozenset(f"seat.{role}" for role in GROUP_ROLES)
_KEEPS = frozenset({"seat.business_manager", "seat.child_death_coordinator", "grant.secretary"})
_CHAIR = frozenset({"seat.panel_chair", "seat.independent_chair"})

MEETINGS: dict[str, dict[Verb, frozenset[str]]] = {
    "meetings.meeting": {
        Verb.LIST: frozenset(f"seat.{role}" for role in BOARD_ROLES | TEAM_ROLES),
        Verb.WRITE: _IN_GROUPS,
        Verb.DECIDE: _CHAIR,
        Verb.MANAGE: _KEEPS,
        Verb.EXPORT: _KEEPS | _CHAIR,
    },
    # Papers of an item that is about nothing but itself.
    "meetings.item": {
        Verb.WRITE: _KEEPS,
        Verb.EXPORT: _KEEPS | _CHAIR,
    },
    "meetings.decision": {
        Verb.LIST: _IN_GROUPS | _KEEPS,
        Verb.WRITE: _IN_GROUPS,
        Verb.DECIDE: _CHAIR,
        Verb.MANAGE: _KEEPS,
        Verb.EXPORT: _KEEPS | _CHAIR,
    },
    "meetings.arrangement": {
        Verb.DECIDE: _CHAIR,
        Verb.MANAGE: _KEEPS,
    },
}
