"""What a death is counted under while its review goes on: where it stands, what it waits for, and whom."""

from __future__ import annotations

from enum import StrEnum

from wholestory.child_deaths.rules.grounds import ours

FINAL_WITHIN_DAYS = 14
FINAL_WITHIN = ours(
    "final_within_14_days", "A review is saved as final within 14 days of the panel that decided it."
)


class Group(StrEnum):
    """Where a death stands, coarsely."""

    SORTING = "sorting"
    OPEN = "open"
    REVIEWED = "reviewed"
    FINAL = "final"
    ELSEWHERE = "elsewhere"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "sorting": "Being sorted", "open": "Under review", "reviewed": "Reviewed, not yet final",
            "final": "Final", "elsewhere": "Reviewed by another panel",
        }[self.value]  # fmt: skip


class Waits(StrEnum):
    """What a death that is not yet final waits for."""

    SORTING = "sorting"
    OTHER_PANEL = "other_panel"
    DISPUTE = "dispute"
    FIRST_RESPONSE = "first_response"
    AGENCIES = "agencies"
    ANALYSIS = "analysis"
    OUTCOME = "outcome"
    LISTING = "listing"
    PANEL = "panel"
    FINAL = "final"
    CRIMINAL = "criminal"
    INQUEST = "inquest"
    POST_MORTEM = "post_mortem"
    THEMED = "themed"
    OTHER_REVIEW = "other_review"
    FAMILY = "family"
    OTHER = "other"

    @property
    def label(self) -> str:
        """What, in words."""
        return _WAITS[self][0]

    @property
    def whom(self) -> str:
        """Whose move it is, in words."""
        return _WAITS[self][1]


_COORDINATOR, _CORONER = "The coordinator", "The coroner"
_WAITS = {
    Waits.SORTING: ("To be sorted", _COORDINATOR),
    Waits.OTHER_PANEL: ("Another panel’s answer", "The other panel"),
    Waits.DISPUTE: ("Who leads is disputed", "Both panels"),
    Waits.FIRST_RESPONSE: ("The first response", "The designated doctor and the coordinator"),
    Waits.AGENCIES: ("What agencies know", "The agencies that were asked"),
    Waits.ANALYSIS: ("The draft of the analysis", _COORDINATOR),
    Waits.OUTCOME: ("An outcome elsewhere", "Whoever runs the other process"),
    Waits.LISTING: ("A place on an agenda", _COORDINATOR),
    Waits.PANEL: ("A meeting of the panel", "The panel"),
    Waits.FINAL: ("Saving as final", _COORDINATOR),
    Waits.CRIMINAL: ("A criminal investigation or trial", "Police or the court"),
    Waits.INQUEST: ("An inquest", _CORONER),
    Waits.POST_MORTEM: ("A post-mortem result", _CORONER),
    Waits.THEMED: ("A themed panel", "The panel"),
    Waits.OTHER_REVIEW: ("Another review", "Whoever runs that review"),
    Waits.FAMILY: ("The family’s wish", "The family"),
    Waits.OTHER: ("Something else", "As the hold says"),
}

_GROUPS = {
    "triage": Group.SORTING, "reviewed": Group.REVIEWED, "finalised": Group.FINAL, "submitted": Group.FINAL,
    "closed": Group.FINAL, "transferred": Group.ELSEWHERE,
}  # fmt: skip
_BY_STAGE = {
    "triage": Waits.SORTING, "immediate": Waits.FIRST_RESPONSE, "gathering": Waits.AGENCIES,
    "meeting_held": Waits.ANALYSIS, "awaiting_outcome": Waits.OUTCOME, "ready": Waits.LISTING,
    "listed": Waits.PANEL, "reviewed": Waits.FINAL,
}  # fmt: skip
#: Stages that are no death of this panel: not for review, or the same death as another.
NOT_COUNTED = frozenset({"out_of_scope", "merged", "taken_back"})


def group_of(stage: str) -> Group:
    """Where a stage of the pathway belongs."""
    return _GROUPS.get(stage, Group.OPEN)


def waits_for(stage: str, lead: str, hold: str) -> Waits | None:
    """What a case waits for: a hold before anything else, then whose case it is, then its stage. None when final."""
    if group_of(stage) in (Group.FINAL, Group.ELSEWHERE):
        return None
    if hold:
        return Waits(hold) if hold in Waits._value2member_map_ else Waits.OTHER
    if lead == "sent":
        return Waits.OTHER_PANEL
    if lead == "disputed":
        return Waits.DISPUTE
    return _BY_STAGE.get(stage)
