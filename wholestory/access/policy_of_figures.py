"""Who may do what with agencies' figures, challenges and the performance report: a part of ``access.policy``, as data.

An agency's figures stand in a circle of that agency; those who run the duty come in by their office. The group that
scrutinises them reads the report, and the challenges it made.
"""

from __future__ import annotations

from wholestory.access.verbs import Verb
from wholestory.partners.models import AGENCY_ROLES, BOARD_ROLES, GROUP_ROLES, TEAM_ROLES, Role

_TEAM = frozenset(
    f"seat.{role}" for role in (Role.BUSINESS_MANAGER, Role.QUALITY_OFFICER, Role.PERFORMANCE_ANALYST)
)
_CHAIR = frozenset({f"seat.{Role.INDEPENDENT_CHAIR}"})
_AGENCY = frozenset(f"seat.{role}" for role in AGENCY_ROLES)
#: Who speaks for an agency; a contributor only fills in.
_SPEAKS = frozenset(f"seat.{role}" for role in (Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY))
_GROUP = frozenset(f"seat.{role}" for role in GROUP_ROLES)
_BOARD = frozenset(f"seat.{role}" for role in BOARD_ROLES | TEAM_ROLES)
_CHILD_LEVEL = frozenset({f"seat.{Role.PERFORMANCE_ANALYST}"})

FIGURES: dict[str, dict[Verb, frozenset[str]]] = {
    # What an agency is asked for and sends. A second person of the agency approves before it goes.
    "indicators.return": {
        Verb.LIST: _TEAM | _CHAIR | _AGENCY,
        Verb.WRITE: _AGENCY,
        Verb.DECIDE: _SPEAKS,
        Verb.MANAGE: _TEAM,
        Verb.EXPORT: _TEAM | _CHAIR | _AGENCY,
    },
    "indicators.collection": {
        Verb.LIST: _TEAM | _CHAIR,
        Verb.MANAGE: _TEAM,
        Verb.EXPORT: _TEAM | _CHAIR,
    },
    # One supply of figures, with its file.
    "indicators.submission": {
        Verb.LIST: _TEAM | _CHAIR | _AGENCY,
        Verb.WRITE: _AGENCY | _TEAM,
        Verb.MANAGE: _TEAM,
        Verb.EXPORT: _TEAM | _CHAIR | _AGENCY,
    },
    # Figures of every agency side by side, and one agency's own.
    "indicators.figures": {
        Verb.LIST: _TEAM | _CHAIR,
        Verb.MANAGE: _TEAM,
        Verb.EXPORT: _TEAM | _CHAIR,
    },
    "indicators.own_figures": {
        Verb.LIST: _AGENCY,
        Verb.EXPORT: _AGENCY,
    },
    # What is measured, its targets, and published figures to compare with: they say nothing of anybody.
    "indicators.measures": {
        Verb.LIST: _BOARD | _AGENCY,
        Verb.MANAGE: _TEAM,
        Verb.EXPORT: _BOARD | _AGENCY,
    },
    # Rows about children, where a board has recorded that it may hold them at all.
    "indicators.child_level": {
        Verb.LIST: _CHILD_LEVEL,
        Verb.WRITE: _CHILD_LEVEL,
        Verb.MANAGE: _CHILD_LEVEL,
    },
    "indicators.lawful_basis": {
        Verb.LIST: _TEAM | _CHAIR | frozenset({f"seat.{Role.INFORMATION_GOVERNANCE_LEAD}"}),
        Verb.DECIDE: frozenset({f"seat.{Role.BUSINESS_MANAGER}"}),
    },
    "performance.report": {
        Verb.LIST: _TEAM | _CHAIR | _GROUP,
        Verb.WRITE: _TEAM,
        Verb.MANAGE: _TEAM,
        Verb.EXPORT: _TEAM | _CHAIR | _GROUP,
    },
    # One agency's own part of it, in that agency's own circle.
    "performance.agency_page": {
        Verb.LIST: _TEAM | _CHAIR | _AGENCY,
        Verb.WRITE: _TEAM,
        Verb.EXPORT: _TEAM | _CHAIR | _AGENCY,
    },
    # Its public version: approved by somebody who did not work on it, then read by everybody.
    "performance.public_report": {
        Verb.LIST: _BOARD,
        Verb.WRITE: _TEAM,
        Verb.DECIDE: _CHAIR | frozenset({f"seat.{Role.BUSINESS_MANAGER}"}),
        Verb.MANAGE: _TEAM,
        Verb.EXPORT: _BOARD,
    },
    # A challenge stands between the group that made it and the agency it is put to.
    "challenge.challenge": {
        Verb.LIST: _TEAM | _CHAIR | _GROUP | _AGENCY,
        Verb.WRITE: _SPEAKS,
        Verb.DECIDE: _TEAM | _CHAIR | frozenset({f"seat.{Role.PANEL_CHAIR}"}),
        Verb.MANAGE: _TEAM | _GROUP,
        Verb.EXPORT: _TEAM | _CHAIR | _GROUP | _AGENCY,
    },
}
