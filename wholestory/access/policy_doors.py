"""Which kinds of circle let which seats in, as data: a part of ``access.policy``."""

from __future__ import annotations

from dataclasses import dataclass

from wholestory.partners.models import AGENCY_ROLES, BOARD_ROLES, GROUP_ROLES, TEAM_ROLES, Role

R = Role


@dataclass(frozen=True)
class Door:
    """A kind of circle that lets seat holders in by rule; others come in by a grant."""

    kind: str
    roles: frozenset[Role]
    own_agency: bool = False
    own_group: bool = False
    meaning: str = ""


DOORS: tuple[Door, ...] = (
    Door("board", BOARD_ROLES | TEAM_ROLES, meaning="What the whole board is shown"),
    Door("group", GROUP_ROLES, own_group=True, meaning="What a sub-group works on"),
    Door("agency", AGENCY_ROLES, own_agency=True, meaning="What one agency does for the board"),
    Door(
        "return",
        AGENCY_ROLES,
        own_agency=True,
        meaning="One agency's self-audit; moderators and those on a peer challenge panel come in by grant",
    ),
    Door(
        "moderation",
        frozenset(),
        meaning="Notes on one return before release; moderators and those on a peer challenge panel come in by grant",
    ),
    Door(
        "death_team",
        frozenset({R.CHILD_DEATH_COORDINATOR, R.DESIGNATED_DOCTOR}),
        meaning="What those who run child death reviews share with another panel",
    ),
    Door(
        "learning_team",
        frozenset({R.BUSINESS_MANAGER, R.QUALITY_OFFICER, R.CHILD_DEATH_COORDINATOR}),
        meaning="Lessons, drafts among them, and campaign material",
    ),
    Door("death_intake", frozenset(), meaning="A message about a death, before it belongs to a case"),
    Door("death_case", frozenset(), meaning="One death; on a restricted case people come in by grant"),
    Door(
        "death_request",
        frozenset(),
        meaning="What one agency is asked about a death; whoever was asked comes in by grant",
    ),
    Door(
        "death_family",
        frozenset(),
        meaning="What is said and written to one family; the key worker comes in by grant",
    ),
    Door(
        "death_review",
        frozenset(),
        meaning="The anonymised papers of one death and what the panel says of it; its members come in by grant",
    ),
    Door(
        "death_figures",
        # The rows alone: the office for figures also has the yearly reports as they are drafted.
        frozenset({R.DESIGNATED_DOCTOR}),
        meaning="Rows about deaths with nothing that names a child",
    ),
    Door(
        "death_report",
        frozenset({R.CHILD_DEATH_COORDINATOR, R.PERFORMANCE_ANALYST}),
        meaning="The panel’s yearly report as it is drafted; whoever is asked to approve it comes in by grant",
    ),
    Door(
        "death_report_panel",
        GROUP_ROLES,
        own_group=True,
        meaning="The confidential yearly report, for the members of the overview panel",
    ),
    Door("figures", AGENCY_ROLES, own_agency=True, meaning="One agency’s figures and what it says of them"),
    Door(
        "figures_team",
        frozenset(),
        meaning="Figures of many agencies, and the rounds in which they are asked for",
    ),
    Door("child_level", frozenset(), meaning="Rows about children, for those alone who count them"),
    Door(
        "lawful_basis",
        frozenset({R.INFORMATION_GOVERNANCE_LEAD}),
        meaning="Why the board may hold files about children, for whoever answers for information",
    ),
    Door(
        "performance_report",
        GROUP_ROLES,
        own_group=True,
        meaning="The performance report, for the members of the group that scrutinises it",
    ),
    # Two doors to one kind: a challenge stands between the group that made it and the agency it is put to.
    Door("challenge", AGENCY_ROLES, own_agency=True, meaning="What one agency is challenged about"),
    Door("challenge", GROUP_ROLES, own_group=True, meaning="What the group asked an agency, and its answer"),
    Door("personal", frozenset(), meaning="One person's own work"),
    Door("closed", frozenset(), meaning="Nobody but the office"),
    Door(
        "survey",
        frozenset(),
        meaning="One survey of staff and what they answered; nobody but the office, and answers only once it is closed",
    ),
)
