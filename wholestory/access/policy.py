"""Who may see and do what: the rules, as data. A change here is a change of access.

Three tables. Which offices a seat opens; which circles let which seats in (``policy_doors``); and, for those who are
in, what they may do. The database's row filter and ``access.ask`` are both made from these, so a list and an answer
cannot drift apart. ``docs/reference/who-can-see-what.md`` is generated from them.

Rules speak of kinds of record, seats and reasons; never of a room's tables.
"""

from __future__ import annotations

from wholestory.access.policy_of_deaths import DEATHS, SIGN_TO_FAMILIES, WRITE_TO_FAMILIES
from wholestory.access.policy_of_figures import FIGURES
from wholestory.access.policy_of_learning import LEARNING
from wholestory.access.policy_of_meetings import MEETINGS
from wholestory.access.verbs import Verb
from wholestory.partners.models import AGENCY_ROLES, BOARD_ROLES, TEAM_ROLES, Role

R = Role

#: The offices of a board and what each runs.
OFFICES: dict[str, str] = {
    "assurance": "Self-audits and their moderation, for every agency",
    "actions": "What was promised, for every agency",
    "correspondence": "Letters and e-mails of the board",
    "directory": "The list of people, seats, agencies and groups",
    "guidance": "The rule register and working days",
    "information_governance": "Who saw what, without the records themselves",
    "administration": "Running the system; no cases",
    "released": "What the board has been shown: released results and promises",
    "meetings": "Meetings of the board and its groups, except those another office keeps",
    "child_deaths": "Every death under review, except restricted cases",
    "death_figures": "Figures of deaths, with nothing that names a child",
    "performance": "Figures of every agency, challenges and the performance report",
    "child_level": "Rows about children that agencies' figures are counted from",
    "nobody": "Nobody: what only the people of a circle see, such as colleagues’ comments beside a question",
    "own_work": "What one person asked for and nobody else is shown, such as a file made for them",
}

#: Which offices each seat opens. A seat not named here opens none.
OFFICES_BY_ROLE: dict[Role, frozenset[str]] = {
    R.BUSINESS_MANAGER: frozenset(
        {
            "assurance",
            "actions",
            "correspondence",
            "directory",
            "guidance",
            "released",
            "meetings",
            "performance",
        }
    ),
    R.QUALITY_OFFICER: frozenset({"assurance", "actions", "correspondence", "released", "performance"}),
    R.PERFORMANCE_ANALYST: frozenset({"released", "death_figures", "performance", "child_level"}),
    # What the coordinator writes to families and agencies is seen by them alone, so not the board's own post.
    R.CHILD_DEATH_COORDINATOR: frozenset({"child_deaths", "death_figures"}),
    R.DESIGNATED_DOCTOR: frozenset({"child_deaths"}),
    R.INDEPENDENT_CHAIR: frozenset({"assurance", "actions", "released", "performance"}),
    R.MEMBER: frozenset({"released"}),
    R.DEPUTY: frozenset({"released"}),
    R.ADVISER: frozenset({"released"}),
    R.LAY_MEMBER: frozenset({"released"}),
    R.ADMINISTRATOR: frozenset({"directory", "administration"}),
    R.INFORMATION_GOVERNANCE_LEAD: frozenset({"information_governance"}),
}


_TEAM_ASSURANCE = frozenset({"seat.business_manager", "seat.quality_officer"})
_AGENCY = frozenset(f"seat.{role}" for role in AGENCY_ROLES)
#: Who speaks for an agency; a contributor only answers the parts they were given.
_SPEAKS = frozenset({"seat.agency_lead", "seat.substitute", "seat.signatory"})
_BOARD = frozenset(f"seat.{role}" for role in BOARD_ROLES | TEAM_ROLES)
_CHAIR = frozenset({"seat.independent_chair"})
_MODERATOR = frozenset({"grant.moderator"})
#: Those who may have to act for a child at night. Not those who run the system or keep the access record.
_MAY_NEED_IT_NOW = frozenset(
    f"seat.{role}"
    for role in (
        R.INDEPENDENT_CHAIR, R.MEMBER, R.DEPUTY, R.BUSINESS_MANAGER, R.QUALITY_OFFICER, R.CHILD_DEATH_COORDINATOR
    )
)  # fmt: skip
_EMERGENCY = frozenset({"grant.emergency"})


#: What those who are in may do, by kind of record. Whoever is in a record's circle or office may READ it; every
#: other verb needs one of these reasons. A (kind, verb) not named here is refused to everybody.
MAY: dict[str, dict[Verb, frozenset[str]]] = {
    "assurance.cycle": {
        Verb.LIST: _BOARD | _AGENCY,
        Verb.MANAGE: _TEAM_ASSURANCE,
        Verb.EXPORT: _TEAM_ASSURANCE | _CHAIR,
    },
    "assurance.return": {
        Verb.LIST: _TEAM_ASSURANCE | _CHAIR | _AGENCY | _MODERATOR,
        Verb.WRITE: _AGENCY,
        Verb.DECIDE: frozenset({"seat.signatory"}),
        Verb.MODERATE: _MODERATOR | frozenset({"seat.quality_officer", "seat.business_manager"}),
        Verb.MANAGE: _TEAM_ASSURANCE,
        Verb.EXPORT: _TEAM_ASSURANCE | _CHAIR | _AGENCY,
    },
    "assurance.agency_speaks": {
        Verb.WRITE: _SPEAKS,
    },
    # An agency's own list of evidence; the board's team sees what a return uses, with the return.
    "assurance.evidence": {
        Verb.LIST: _AGENCY,
        Verb.WRITE: _AGENCY,
        Verb.EXPORT: _AGENCY,
    },
    "assurance.survey": {
        Verb.LIST: _TEAM_ASSURANCE | _CHAIR,
        Verb.MANAGE: _TEAM_ASSURANCE,
        Verb.EXPORT: _TEAM_ASSURANCE | _CHAIR,
    },
    "assurance.results": {
        Verb.LIST: _BOARD,
        Verb.EXPORT: _BOARD,
    },
    # A file of an earlier time: it holds many agencies, so the team alone has it.
    "assurance.brought_in": {
        Verb.LIST: _TEAM_ASSURANCE,
        Verb.MANAGE: _TEAM_ASSURANCE,
        Verb.EXPORT: _TEAM_ASSURANCE,
    },
    # Made for whoever asked, who is alone in its circle.
    "assurance.export": {
        Verb.WRITE: frozenset({"grant.maker"}),
        Verb.EXPORT: frozenset({"grant.maker"}),
    },
    "actions.action": {
        Verb.LIST: _BOARD | _AGENCY,
        Verb.WRITE: _AGENCY | _TEAM_ASSURANCE,
        Verb.DECIDE: _TEAM_ASSURANCE,
        Verb.EXPORT: _BOARD | _AGENCY,
    },
    "correspondence.message": {
        Verb.LIST: _TEAM_ASSURANCE,
        Verb.WRITE: _TEAM_ASSURANCE,
        Verb.MANAGE: _TEAM_ASSURANCE,
        Verb.DECIDE: _CHAIR | _TEAM_ASSURANCE,
        Verb.EXPORT: _TEAM_ASSURANCE,
    },
    "correspondence.letter": {
        Verb.LIST: _CHAIR | _TEAM_ASSURANCE,
        Verb.WRITE: _TEAM_ASSURANCE | WRITE_TO_FAMILIES,
        Verb.DECIDE: _CHAIR | SIGN_TO_FAMILIES,
        Verb.EXPORT: _CHAIR | _TEAM_ASSURANCE | SIGN_TO_FAMILIES,
    },
    "partners.directory": {
        Verb.LIST: _BOARD,
        Verb.MANAGE: frozenset({"seat.business_manager", "seat.administrator"}),
        Verb.EXPORT: frozenset({"seat.business_manager", "seat.administrator"}),
    },
    "pathways.rules": {
        Verb.LIST: _BOARD,
        Verb.MANAGE: frozenset({"seat.business_manager"}),
        Verb.EXPORT: _BOARD,
    },
    "access.record": {
        Verb.LIST: frozenset({"seat.information_governance_lead"}),
        Verb.EXPORT: frozenset({"seat.information_governance_lead"}),
    },
    "access.team": {
        Verb.LIST: _CHAIR,
    },
    "access.refusal": {
        Verb.LIST: frozenset({"seat.business_manager"}) | _CHAIR,
        Verb.MANAGE: frozenset({"seat.business_manager"}) | _CHAIR,
    },
    "access.emergency": {
        Verb.LIST: frozenset({"seat.business_manager"}) | _CHAIR,
        Verb.WRITE: _MAY_NEED_IT_NOW,
        Verb.DECIDE: frozenset({"seat.business_manager", "seat.independent_chair"}),
    },
    "access.account": {
        Verb.LIST: frozenset({"seat.business_manager", "seat.administrator"}),
        Verb.MANAGE: frozenset({"seat.business_manager", "seat.administrator"}),
    },
    # A token reads what an agency's contributors read: who makes one could read returns, and administrators may not.
    "access.token": {
        Verb.LIST: frozenset({"seat.business_manager", "seat.administrator"}),
        Verb.MANAGE: frozenset({"seat.business_manager"}),
    },
    "access.people_check": {
        Verb.WRITE: _AGENCY,
    },
    "access.explain": {
        Verb.LIST: frozenset({"seat.business_manager"}),
    },
    "my_work.chair": {
        Verb.LIST: _CHAIR,
    },
    "my_work.lay": {
        Verb.LIST: _BOARD,
    },
    **DEATHS,
    **FIGURES,
    **LEARNING,
    **MEETINGS,
    "challenge.question": {
        Verb.LIST: frozenset({"seat.lay_member", "seat.business_manager"}),
        Verb.WRITE: frozenset({"seat.lay_member"}),
        Verb.DECIDE: frozenset({"seat.business_manager"}),
    },
}

#: Seats somebody acts in only after showing a second factor: the board's own team, always.
SECOND_FACTOR_SEATS: frozenset[Role] = TEAM_ROLES | {Role.DESIGNATED_DOCTOR}
#: The same seats are acted in one at a time: what one opens is not seen from another, of this board or of any other.
ONE_AT_A_TIME = SECOND_FACTOR_SEATS

#: Kinds of record that name children: a second factor whatever the seat. What one agency is asked about one child is
#: opened by a link bound to the person and a code sent to their address: that is its second step.
SECOND_FACTOR_KINDS: frozenset[str] = frozenset(
    {
        "child_deaths.notification", "child_deaths.case", "child_deaths.transfer", "child_deaths.family",
        "child_deaths.review", "child_deaths.past", "child_deaths.panel_report", "indicators.child_level",
    }
)  # fmt: skip


def needs_second_factor(role: str | None, kind: str) -> bool:
    """Whether a page about ``kind`` asks somebody acting in a seat with this role for a second factor."""
    return role in SECOND_FACTOR_SEATS or kind in SECOND_FACTOR_KINDS
