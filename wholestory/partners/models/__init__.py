"""Boards, areas, agencies, people, groups and the seats they hold.

This is the directory: names of bodies and of professionals in their work. It holds nothing about a child or a
case, so it is not row-protected; which pages show it, and to whom, is decided by ``access``.
"""

from __future__ import annotations

from wholestory.partners.models.bodies import (
    Agency,
    AgencyBoard,
    Area,
    Board,
    BoardKind,
    DutyBasis,
    Sector,
    Succession,
)
from wholestory.partners.models.dated import LONDON, Dated
from wholestory.partners.models.people import (
    AGENCY_ROLES,
    BOARD_ROLES,
    GROUP_ROLES,
    TEAM_ROLES,
    Counterpart,
    Group,
    LeaveCover,
    Person,
    Role,
    Seat,
    SetUpStep,
)

__all__ = [
    "AGENCY_ROLES",
    "BOARD_ROLES",
    "GROUP_ROLES",
    "LONDON",
    "TEAM_ROLES",
    "Agency",
    "AgencyBoard",
    "Area",
    "Board",
    "BoardKind",
    "Counterpart",
    "Dated",
    "DutyBasis",
    "Group",
    "LeaveCover",
    "Person",
    "Role",
    "Seat",
    "Sector",
    "SetUpStep",
    "Succession",
]
