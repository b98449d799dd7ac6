"""The immediate response: whether a death needs a joint agency response, and what its record has to hold.

A joint agency response is not the same as "unexpected". A death in custody needs one even when it was foreseen; a death
that nobody foresaw may have a plain natural cause. Both questions are asked, and both answers are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from wholestory.child_deaths.rules.grounds import Ground, faint, ours, recalled, seen


class Criterion(StrEnum):
    """What calls for a joint agency response. Any one is enough."""

    EXTERNAL_CAUSES = "external_causes"
    SUDDEN_NO_CAUSE = "sudden_no_cause"
    CUSTODY_OR_DETAINED = "custody_or_detained"
    MAY_NOT_BE_NATURAL = "may_not_be_natural"
    UNATTENDED_STILLBIRTH = "unattended_stillbirth"

    @property
    def label(self) -> str:
        """In words that follow "The death"."""
        return _CRITERIA[self]

    @property
    def ground(self) -> Ground:
        """Where it comes from."""
        return seen(self.value, f"The death {_CRITERIA[self]}.", "S6", "S7")


_CRITERIA = {
    Criterion.EXTERNAL_CAUSES: "is or could be due to external causes",
    Criterion.SUDDEN_NO_CAUSE: "was sudden with no cause that is plain at once (sudden death in infancy or childhood"
    " included)",
    Criterion.CUSTODY_OR_DETAINED: "was in custody, or while detained under the Mental Health Act",
    Criterion.MAY_NOT_BE_NATURAL: "began in circumstances that raise a suspicion it may not be natural",
    Criterion.UNATTENDED_STILLBIRTH: "was a stillbirth with no health professional there",
}

RESUSCITATED = faint(
    "resuscitated", "The child was resuscitated and is expected to die: consider a joint agency response now."
)


class Proposed(StrEnum):
    """What is proposed about a response."""

    YES = "yes"
    NO = "no"
    ASK = "ask"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "yes": "A joint agency response is called for",
            "no": "Nothing said so far calls for a joint agency response",
            "ask": "It cannot be told yet: some questions are open",
        }[self.value]


class Foreseen(StrEnum):
    """Whether the death was expected."""

    EXPECTED = "expected"
    UNEXPECTED = "unexpected"
    TREAT_AS_UNEXPECTED = "treat_as_unexpected"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "expected": "Expected",
            "unexpected": "Unexpected",
            "treat_as_unexpected": "Treated as unexpected until the designated doctor says otherwise",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed, which criteria are met and which nobody has answered, and remarks for whoever decides."""

    proposed: Proposed
    met: tuple[Criterion, ...]
    open: tuple[Criterion, ...]
    remarks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """One sentence or two."""
        said = [self.proposed.label + "."]
        said += [each.ground.words for each in self.met]
        return " ".join(said)


def proposal(
    answers: dict[Criterion, bool | None],
    *,
    foreseen: Foreseen | None = None,
    resuscitated_expected_to_die: bool = False,
) -> Proposal:
    """What follows from the answers. A criterion without an answer is open: no is only proposed when all are no."""
    met = tuple(each for each in Criterion if answers.get(each) is True)
    unanswered = tuple(each for each in Criterion if answers.get(each) is None)
    proposed = Proposed.YES if met else Proposed.ASK if unanswered else Proposed.NO
    remarks = []
    if met and foreseen is Foreseen.EXPECTED:
        remarks.append(
            "The death was expected, and a response is called for all the same: the two are not one question."
        )
    if proposed is Proposed.NO and foreseen in (Foreseen.UNEXPECTED, Foreseen.TREAT_AS_UNEXPECTED):
        remarks.append(
            "The death was not expected, but none of the criteria is met. Say why no response is needed."
        )
    if resuscitated_expected_to_die:
        remarks.append(RESUSCITATED.words)
    return Proposal(proposed, met, unanswered, tuple(remarks))


NOT_FORESEEN = seen(
    "not_foreseen",
    "The death was not foreseen as a real possibility, for example 24 hours before, or an unexpected collapse or"
    " incident led to it.",
    "S8",
    "S12",
)
FORESEEN = seen("foreseen", "The death was foreseen as a real possibility 24 hours before.", "S8", "S12")
END_OF_LIFE = seen(
    "end_of_life", "End-of-life care at home or in a hospice is not normally an unexpected death.", "S12"
)
LIFE_LIMITING = seen(
    "life_limiting", "A life-limiting condition does not by itself make a death expected.", "S12"
)
UNSURE = recalled(
    "unsure", "Nobody is sure: treat it as unexpected until the designated doctor says otherwise."
)
DOCTOR_SAID = recalled("doctor_said", "The designated doctor has decided.")


def foreseen(
    *,
    anticipated: bool | None = None,
    sudden_collapse: bool | None = None,
    end_of_life_care: bool = False,
    life_limiting: bool = False,
    doctor_says_unexpected: bool | None = None,
) -> tuple[Foreseen, Ground]:
    """Whether a death counts as expected, with the reason. The designated doctor's word goes before everything."""
    if doctor_says_unexpected is not None:
        return (Foreseen.UNEXPECTED if doctor_says_unexpected else Foreseen.EXPECTED), DOCTOR_SAID
    if sudden_collapse or anticipated is False:
        return Foreseen.UNEXPECTED, NOT_FORESEEN
    if anticipated:
        return Foreseen.EXPECTED, FORESEEN
    if end_of_life_care:
        return Foreseen.EXPECTED, END_OF_LIFE
    return Foreseen.TREAT_AS_UNEXPECTED, LIFE_LIMITING if life_limiting else UNSURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about a response. Decisions are never changed: a later one stands beside the earlier."""

    opens: bool
    decided_by: str
    decided_at: datetime | None
    criteria: tuple[Criterion, ...] = ()
    reason: str = ""
    replaces_earlier: bool = False

    def missing(self) -> tuple[str, ...]:
        """What this decision still has to say before it can be recorded. "No" has to give its reason."""
        found = []
        if not self.decided_by.strip():
            found.append("Say who decided")
        if self.decided_at is None:
            found.append("Say when it was decided")
        if self.opens and not self.criteria and not self.reason.strip():
            found.append("Say which criterion is met, or why a response is opened without one")
        if not self.opens and not self.reason.strip():
            found.append("Say why no response is needed")
        if self.replaces_earlier and not self.reason.strip() and self.opens:
            found.append("Say what has changed since the earlier decision")
        return tuple(found)


NEEDED = recalled(
    "decision_recorded", "Yes or no is recorded with its reason, who decided and when, and can be revised."
)


def standing(decisions: Sequence[Decision]) -> Decision | None:
    """The decision that holds now: the latest taken. Earlier ones stay on the record."""
    taken = [(each.decided_at, place) for place, each in enumerate(decisions) if each.decided_at is not None]
    return decisions[max(taken)[1]] if taken else None


def opened_after(decisions: Sequence[Decision], trigger_at: datetime) -> timedelta | None:
    """How long after the death (or what triggered it) the response was first opened; None while it is not."""
    opened = [each.decided_at for each in decisions if each.opens and each.decided_at is not None]
    return min(opened) - trigger_at if opened else None


@dataclass(frozen=True, slots=True)
class OutOfHoursRule:
    """What one area asks for outside office hours. It belongs to that area; another area has its own or none."""

    area: str
    paediatrician_under: int
    ground: Ground

    def examined_by(self, age_years: int) -> str:
        """Which doctor examines and attends."""
        if age_years < self.paediatrician_under:
            return "The paediatrician who examined the child"
        return "The emergency department consultant"


NORTH_OF_TYNE = OutOfHoursRule(
    "North of Tyne",
    16,
    seen(
        "out_of_hours_meeting",
        "Out of hours a meeting is held when other children are at home, and a child of the family is on a child"
        " protection plan or the presentation suggests abuse or neglect.",
        "S63",
    ),
)
NO_LOCAL_RULE = ours("no_local_rule", "This area has recorded no rule of its own for meetings out of hours.")


def out_of_hours_meeting(
    rule: OutOfHoursRule | None,
    *,
    other_children_at_home: bool | None,
    protection_plan_in_family: bool | None,
    suggests_abuse: bool | None,
) -> tuple[bool | None, Ground]:
    """Whether this area's rule makes a meeting compulsory tonight; None when it cannot be told, or there is no rule."""
    if rule is None:
        return None, NO_LOCAL_RULE
    if other_children_at_home is False:
        return False, rule.ground
    either = (protection_plan_in_family, suggests_abuse)
    if all(each is False for each in either):
        return False, rule.ground
    if other_children_at_home and any(either):
        return True, rule.ground
    return None, rule.ground


PROTECTION_FIRST = seen(
    "protection_first",
    "If other children may be at risk, the strategy meeting goes before health-led steps.",
    "S13",
)
EXAMINATION_SUGGESTS_ABUSE = recalled(
    "examination_suggests_abuse",
    "If the post-mortem suggests abuse or neglect, police and children’s social care are told at once and a case review"
    " is considered.",
)
