"""Who may do what with records about the death of a child: a part of ``access.policy``, as data.

On a restricted case nobody is in by a seat: a grant lets each person in.
"""

from __future__ import annotations

from wholestory.access.verbs import Verb
from wholestory.partners.models import BOARD_ROLES, GROUP_ROLES, Role

_COORDINATOR = frozenset({"seat.child_death_coordinator"})
_RUNS_DEATHS = _COORDINATOR | {"seat.designated_doctor", "grant.restricted_case"}
#: Letters to a bereaved family stand in that family's own circle: nobody else's letters are opened by these.
SIGN_TO_FAMILIES = _RUNS_DEATHS
WRITE_TO_FAMILIES = _RUNS_DEATHS | {"grant.key_worker"}
_PANEL = frozenset({"grant.overview_panel", "grant.overview_chair"})

#: Grants that stand in for a seat of the board, and the office that seat would have opened: each counts only in a seat
#: its person holds on the record's own board, and goes with it.
IN_A_SEAT_OF_THE_BOARD: dict[str, frozenset[str]] = {"grant.restricted_case": frozenset({"child_deaths"})}
#: Seats that are shown what the board is shown, and the coordinator.
_SHOWN_TO_THE_BOARD = _COORDINATOR | {
    f"seat.{role}"
    for role in BOARD_ROLES | {Role.BUSINESS_MANAGER, Role.QUALITY_OFFICER, Role.PERFORMANCE_ANALYST}
}

DEATHS: dict[str, dict[Verb, frozenset[str]]] = {
    "child_deaths.notification": {
        Verb.LIST: _RUNS_DEATHS,
        Verb.WRITE: _RUNS_DEATHS,
        Verb.EXPORT: _COORDINATOR,
    },
    "child_deaths.case": {
        Verb.LIST: _RUNS_DEATHS,
        Verb.WRITE: _RUNS_DEATHS,
        Verb.DECIDE: _RUNS_DEATHS,
        Verb.MANAGE: _COORDINATOR | {"grant.restricted_case"},
        Verb.EXPORT: _COORDINATOR | {"grant.restricted_case"},
    },
    "child_deaths.transfer": {
        Verb.LIST: _RUNS_DEATHS,
        Verb.WRITE: _COORDINATOR,
        Verb.DECIDE: _COORDINATOR,
    },
    "child_deaths.request": {
        Verb.LIST: _RUNS_DEATHS,
        Verb.WRITE: frozenset({"grant.reporter"}),
        Verb.MANAGE: _COORDINATOR | {"grant.restricted_case"},
        Verb.EXPORT: frozenset({"grant.reporter"}) | _COORDINATOR,
    },
    "child_deaths.family": {
        Verb.LIST: _RUNS_DEATHS | {"grant.key_worker"},
        Verb.WRITE: _RUNS_DEATHS | {"grant.key_worker"},
        Verb.MANAGE: _RUNS_DEATHS,
    },
    "child_deaths.review": {
        Verb.LIST: _RUNS_DEATHS | _PANEL,
        Verb.WRITE: _RUNS_DEATHS | _PANEL,
        Verb.DECIDE: _COORDINATOR | {"grant.overview_chair"},
        Verb.MANAGE: _COORDINATOR | {"grant.restricted_case"},
        Verb.EXPORT: _COORDINATOR | _PANEL,
    },
    # The analysis of a review: written by those who run the duty and by the chair of the meeting it is listed for.
    "child_deaths.analysis": {
        Verb.WRITE: _RUNS_DEATHS | {"grant.overview_chair"},
        Verb.MANAGE: _COORDINATOR | {"grant.restricted_case"},
    },
    "child_deaths.figures": {
        Verb.LIST: _COORDINATOR | {"seat.designated_doctor", "seat.performance_analyst"},
        Verb.EXPORT: _COORDINATOR | {"seat.designated_doctor", "seat.performance_analyst"},
        Verb.MANAGE: _COORDINATOR,
    },
    # How good the data are. Whoever sees no case sees rounded numbers.
    "child_deaths.quality": {
        Verb.LIST: _COORDINATOR | {"seat.designated_doctor", "seat.performance_analyst"},
        Verb.EXPORT: _COORDINATOR | {"seat.performance_analyst"},
    },
    # The yearly report as it is drafted, with what is hidden and why.
    "child_deaths.report": {
        Verb.LIST: _COORDINATOR | {"seat.performance_analyst", "grant.report_approver"},
        Verb.WRITE: _COORDINATOR | {"seat.performance_analyst"},
        Verb.MANAGE: _COORDINATOR,
        Verb.EXPORT: _COORDINATOR | {"seat.performance_analyst", "grant.report_approver"},
    },
    # Its exact version, for the panel alone.
    "child_deaths.panel_report": {
        Verb.WRITE: _COORDINATOR,
        Verb.MANAGE: _COORDINATOR,
        Verb.EXPORT: _COORDINATOR | {"seat.designated_doctor"} | {f"seat.{role}" for role in GROUP_ROLES},
    },
    # Its public version: approved by somebody who did not work on it, then read by everybody.
    "child_deaths.public_report": {
        Verb.WRITE: _COORDINATOR | {"seat.performance_analyst"},
        Verb.DECIDE: frozenset({"grant.report_approver"}),
        Verb.MANAGE: _COORDINATOR,
        Verb.EXPORT: _SHOWN_TO_THE_BOARD | {"grant.report_approver"},
    },
    # Lists of cases kept elsewhere before: each names many children.
    "child_deaths.past": {
        Verb.LIST: _COORDINATOR,
        Verb.MANAGE: _COORDINATOR,
    },
    # Published figures and populations to compare with: they say nothing of any child.
    "child_deaths.reference": {
        Verb.LIST: _COORDINATOR
        | {"seat.designated_doctor", "seat.performance_analyst", "seat.administrator"},
        Verb.MANAGE: _COORDINATOR | {"seat.administrator"},
    },
    "child_deaths.panel": {
        Verb.LIST: _RUNS_DEATHS,
        Verb.MANAGE: _COORDINATOR,
    },
}

#: Reasons in words, for the people who may already see the record.
BECAUSE_OF_DEATHS: dict[str, str] = {
    "grant.reporter": "They were asked what their organisation knows.",
    "grant.key_worker": "They are the family's key worker.",
    "grant.overview_panel": "They sit on the panel that reviews it.",
    "grant.overview_chair": "They chair the panel that reviews it.",
    "grant.restricted_case": "They were let in to this restricted case.",
    "grant.report_approver": "They were asked to approve this report.",
}
