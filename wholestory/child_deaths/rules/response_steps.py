"""What can happen in a response: what is asked about each step, what of the record it fills, which limit it meets.

Words differ: under the process of 2015 the local protocol speaks of three case management discussions, under that of
2018 of a joint agency response. The steps are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wholestory.child_deaths.rules.process_fields import Field

BOARD, PARTNERS = "WT2015", "CDR2018"


@dataclass(frozen=True, slots=True)
class Step:
    """One kind of step. ``key`` never changes. ``covers`` are items of the record that having the step fills in;
    fields whose key is an item fill theirs. ``meets`` maps a process to the clocks that end with it."""

    key: str
    label: str
    fields: tuple[Field, ...] = ()
    board_label: str = ""
    hint: str = ""
    covers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    people: bool = False
    regimes: tuple[str, ...] = (BOARD, PARTNERS)
    meets: Mapping[str, tuple[str, ...]] | None = None

    def title(self, regime: str) -> str:
        """Its name under a process."""
        return self.board_label if regime == BOARD and self.board_label else self.label

    def limits(self, regime: str) -> tuple[str, ...]:
        """The clocks it meets under a process."""
        return (self.meets or {}).get(regime, ())


def response_name(regime: str) -> str:
    """What the whole of it is called."""
    return "Rapid response" if regime == BOARD else "Joint agency response"


WHOM = (
    ("health", "On-call health professional"),
    ("paediatrician", "Designated doctor or paediatrician"),
    ("police", "Police"),
    ("social_care", "Children’s social care"),
    ("gp", "General practice"),
    ("child_health", "Child health records"),
    ("school", "School, nursery or college"),
    ("other", "Somebody else"),
)

STEPS: tuple[Step, ...] = (
    Step(
        "arrived", "Child arrived at hospital", (Field("hospital", "Which hospital"),),
        hint="The time from which the first talk of doctor and police counts.",
    ),
    Step(
        "called", "Professional called", (
            Field("whom", "Who was called", "choice", WHOM), Field("name", "Name and role"),
            Field("answer", "What was said or agreed", "long_text"),
        ), needs=("whom",),
    ),
    Step(
        "coroner_told", "Coroner told", (
            Field("officer", "Coroner’s officer"), Field("area", "Coroner’s area"),
            Field("said", "What the coroner said", "long_text"),
        ), covers=("coroner_told_at",),
        hint="The coroner of the place of death, wherever the child lived.",
    ),
    Step(
        "immediate", "Immediate decisions taken", (
            Field("certificate", "Certificate or coroner", "choice", (
                ("certificate", "A doctor certifies"), ("coroner", "The coroner is told"), ("open", "Not yet decided"),
            )),
            Field("safeguarding", "Safeguarding of other children", "long_text"),
            Field("support", "Support for the family", "long_text"),
        ), needs=("certificate",), regimes=(PARTNERS,), meets={PARTNERS: ("death_immediate_decisions",)},
    ),
    Step("out_of_hours", "Arranged out of hours", (Field("out_of_hours", "What was arranged", "long_text"),),
         needs=("out_of_hours",)),
    Step(
        "first_discussion", "Doctor and police spoke", (Field("agreed", "What was agreed", "long_text"),),
        people=True, regimes=(PARTNERS,), meets={PARTNERS: ("jar_first_discussion",)},
    ),
    Step(
        "planning", "First sharing of information and planning", (
            Field("planning_chair", "Who led it"),
            Field("health_history", "Health history", "long_text"),
            Field("police_account", "What police heard from the family and saw", "long_text"),
            Field("ambulance_account", "What the ambulance crew saw", "long_text"),
            Field("household_checks", "Checks on every child and adult of the household", "long_text"),
            Field("strategy_meeting", "Whether a strategy meeting was needed, and what it decided", "long_text"),
            Field("family_support", "Who supports the family"),
        ), board_label="Initial Case Management Discussion", covers=("planning_at",), people=True,
        meets={BOARD: ("initial_case_discussion",), PARTNERS: ("jar_initial_planning",)},
        hint="If other children may be at risk, the strategy meeting goes before health-led steps.",
    ),
    Step(
        "samples", "Samples and pictures authorised", (
            Field("coroner_authorised", "Samples, skeletal survey and photographs the coroner agreed to", "long_text"),
        ), needs=("coroner_authorised",),
    ),
    Step(
        "visit", "Visit to the home or the scene", (
            Field("visit_decided", "What was decided", "choice", (
                ("made", "Visited"), ("planned", "Offered, and planned"),
                ("declined", "Offered, and the family declined"),
                ("not_needed", "Not needed"),
            )),
            Field("visit_reason", "Why it was declined or not needed", "long_text"),
            Field("visit_health", "Health professional there"), Field("visit_police", "Police officer there"),
            Field("visit_place", "Where", "choice", (
                ("home", "Home"), ("found", "Where the child was found"), ("both", "Both"), ("other", "Somewhere else"),
            )),
            Field("visit_re_enactment", "Was the sleeping place shown with a doll?", "yes_no"),
            Field("visit_temperature", "Temperature of the room"),
            Field("visit_findings", "What was found", "long_text"),
        ), covers=("visited_at",), needs=("visit_decided",), meets={BOARD: ("place_of_death_visit",)},
    ),
    Step("visit_report", "Report of the visit sent to the pathologist", (Field("sent_to", "Sent to"),),
         covers=("visit_report_sent_at",)),
    Step(
        "meeting", "Joint response meeting", (
            Field("meeting_chair", "Who led it"), Field("agreed", "What was agreed", "long_text"),
        ), people=True, regimes=(PARTNERS,), meets={PARTNERS: ("jar_meeting",)},
    ),
    Step(
        "interim", "Discussion after the first post-mortem result", (
            Field("interim_chair", "Who led it"), Field("interim_discussions", "What was said and agreed", "long_text"),
        ), board_label="Second Case Management Discussion", people=True,
        meets={BOARD: ("second_case_discussion",), PARTNERS: ("jar_interim_discussion",)},
    ),
    Step(
        "final", "Final case discussion", (
            Field("final_chair", "Who led it"),
            Field("classification", "Classification agreed"),
            Field("cause_agreed", "Cause agreed", "long_text"),
            Field("parents_told_by", "Who meets or writes to the parents"),
            Field("draft_analysis", "Is there a draft of the analysis form?", "yes_no"),
            Field("is_review_meeting", "Was this also the child death review meeting?", "yes_no"),
            Field("agreed", "What was agreed", "long_text"),
        ), board_label="Third Case Management Discussion", covers=("final_discussion_on",), people=True,
        meets={BOARD: ("third_case_discussion",), PARTNERS: ("jar_final_discussion",)},
    ),
    Step(
        "stood_down", "Response stood down", (
            Field("stood_down_by", "Who decided"),
            Field("stood_down_reason", "Why, such as a clear natural cause", "long_text"),
        ), covers=("stood_down_at",), needs=("stood_down_by", "stood_down_reason"),
    ),
)  # fmt: skip

BY_KEY = {step.key: step for step in STEPS}


def steps_for(regime: str) -> tuple[Step, ...]:
    """The steps of a process, in the order in which they usually come."""
    return tuple(step for step in STEPS if regime in step.regimes)


#: Clocks that begin with a response, from the death. Which of the limits for the visit counts is each panel's own.
BEGIN: Mapping[str, tuple[str, ...]] = {
    BOARD: (
        "death_told_together", "place_of_death_visit", "initial_case_discussion", "second_case_discussion",
        "third_case_discussion",
    ),
    PARTNERS: (
        "jar_initial_planning", "jar_visit", "jar_meeting", "jar_interim_discussion", "jar_final_discussion",
    ),
}  # fmt: skip
VISITS = ("place_of_death_visit", "jar_visit", "jar_visit_next_working_day", "jar_visit_72_hours")
OF_RESPONSE = frozenset({*BEGIN[BOARD], *BEGIN[PARTNERS], *VISITS, "jar_first_discussion"})
#: Why those end that were never recorded as met when the panel has reviewed the death.
NOT_RECORDED = "not_recorded"
#: Every limit the page of the response shows.
LIMITS = OF_RESPONSE | {"death_immediate_decisions", "death_professionals_told"}
#: Who has to be told before a limit is met, each as the step and whom.
TOLD: Mapping[str, tuple[str, ...]] = {
    "death_told_together": ("paediatrician", "police", "coroner"),
    "death_professionals_told": ("gp", "child_health"),
}


def items(step: str, facts: Mapping[str, object]) -> frozenset[str]:
    """Which items of the record a recorded step fills in."""
    kind = BY_KEY[step]
    found = {*kind.covers, *facts}
    if step == "called" and facts.get("whom") in ("health", "police", "social_care"):
        found.add(f"{facts['whom']}_called_at")
    if step == "planning":
        found.add("planning_attended")
    if step == "visit" and facts.get("visit_decided") in ("declined", "not_needed"):
        # Where there is no visit, nothing of it is missing.
        found |= {"visit_health", "visit_police", "visit_place", "visit_findings", "visit_report_sent_at"}
    elif step == "visit" and facts.get("visit_decided") == "planned":
        found.discard("visited_at")
    if step == "final" and facts.get("draft_analysis") is False:
        found.discard("draft_analysis")
    return frozenset(found)


def people(text: str) -> tuple[tuple[str, str, str], ...]:
    """Who came, from one line each: name, role, organisation. Only the name has to be there."""
    found = []
    for line in text.splitlines():
        parts = [part.strip() for part in line.split(",", 2)]
        if parts[0]:
            name, role, organisation = (*parts, "", "")[:3]
            found.append((name[:160], role[:120], organisation[:160]))
    return tuple(found)
