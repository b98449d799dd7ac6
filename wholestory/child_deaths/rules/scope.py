"""Whose death is reviewed: every child born alive who dies before their eighteenth birthday, and nobody else.

It makes no difference where they lived or were: alone, in custody, in the armed forces, on an adult ward. It proposes;
a person decides and may decide otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wholestory.child_deaths.rules.ages import NEONATAL_DAYS, age_at, eighteenth_birthday
from wholestory.child_deaths.rules.grounds import Ground, known, ours, seen

STILLBIRTH_FROM_WEEKS = 24


class Verdict(StrEnum):
    """What is proposed."""

    IN_SCOPE = "in_scope"
    OUT_OF_SCOPE = "out_of_scope"
    RESPONSE_ONLY = "response_only"
    UNDECIDED = "undecided"

    @property
    def label(self) -> str:
        """In words."""
        return {
            "in_scope": "Reviewed",
            "out_of_scope": "Not reviewed",
            "response_only": "Not reviewed, but a joint agency response is needed",
            "undecided": "More has to be known first",
        }[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIsKnown:
    """What was said about a birth and a death. None means not known.

    ``signs_of_life`` is what was seen at birth; ``registered_live_birth`` answers for it where nobody says.
    ``attended`` is whether a health professional was there at the birth. ``dead_by`` is the latest day the death can
    have been (the body was found), where the day is not known. ``age_years`` is an age without dates.
    """

    born_on: date | None = None
    died_on: date | None = None
    dead_by: date | None = None
    age_years: int | None = None
    believed_under_18: bool | None = None
    signs_of_life: bool | None = None
    registered_live_birth: bool | None = None
    gestation_weeks: int | None = None
    legal_termination: bool = False
    attended: bool | None = None
    death_established: bool = True

    @property
    def born_alive(self) -> bool | None:
        """Whether there was a live birth: seen, registered, or plain from having lived on."""
        if self.signs_of_life is not None:
            return self.signs_of_life
        if self.registered_live_birth is not None:
            return self.registered_live_birth
        lived = self.age_years is not None and self.age_years > 0
        last = self.died_on
        if self.born_on is not None and last is not None:
            lived = lived or last > self.born_on
        if self.born_on is not None and self.died_on is None and self.dead_by is not None:
            lived = lived or (self.dead_by - self.born_on).days >= NEONATAL_DAYS
        return True if lived else None


@dataclass(frozen=True, slots=True)
class Scope:
    """A proposal: the verdict, the rule it rests on, what else to know, and what to do beside it."""

    verdict: Verdict
    ground: Ground
    needs: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """The rule's key, kept with the decision."""
        return self.ground.key

    @property
    def words(self) -> str:
        """One sentence for people."""
        return self.ground.words

    @property
    def opens_response(self) -> bool:
        """Whether a joint agency response belongs to it whatever becomes of the review."""
        return self.verdict is Verdict.RESPONSE_ONLY


TERMINATION = seen(
    "legal_termination",
    "A legal termination of pregnancy is not reviewed at any gestation, also when there was a live birth after it"
    " and a death certificate was issued.",
    "S2",
    "S17",
)
STILLBIRTH = seen(
    "stillbirth",
    "A baby born without signs of life after 24 weeks was stillborn. It is not a child death review.",
    "S2",
)
LATE_LOSS = seen(
    "late_fetal_loss", "A loss before 24 weeks without signs of life is not a child death review.", "S2"
)
NOT_BORN_ALIVE = seen(
    "not_born_alive",
    "A baby born without signs of life is not a child death review, before or after 24 weeks.",
    "S2",
)
UNATTENDED = seen(
    "unattended_stillbirth",
    "A stillbirth with no health professional there is not reviewed by the panel,"
    " and does need a joint agency response.",
    "S6",
    "S7",
    "S32",
)
ANY_GESTATION = seen(
    "live_birth_any_gestation",
    "A baby born alive is in scope at any gestation: signs of life or a registered live birth decide, not the weeks.",
    "S17",
    "S31",
)
UNDER_18 = seen(
    "under_18", "Born alive, and died before the eighteenth birthday. Where the child lived or was does not matter.",
    "S7",
)  # fmt: skip
ON_BIRTHDAY = ours(
    "on_18th_birthday",
    "Died on the eighteenth birthday: no longer a child on that day, so it is not reviewed.",
)
ADULT = seen("over_18", "Was 18 or older at death, so it is not a child death review.", "S7")
BELIEVED_CHILD = seen(
    "age_uncertain", "The age is not certain, and the person is believed likely to have been under 18.", "S18"
)
BELIEVED_ADULT = seen(
    "believed_adult",
    "The age is not certain, and the person is not believed likely to have been under 18.",
    "S18",
)
NO_SIGNS_SAID = seen(
    "signs_of_life_not_known", "Whether there were signs of life decides, and nobody has said.", "S2", "S17"
)
AGE_NOT_SAID = seen(
    "age_not_known", "Whether the child was under 18 decides, and it cannot be told yet.", "S7"
)
DATES_DISAGREE = ours(
    "dates_disagree", "The date of birth is after the date of death. One of the two is wrong."
)
NOT_ESTABLISHED = ours(
    "death_not_established",
    "The death is not established: nobody has been found, or it is not known whose remains they are. Keep it open and"
    " ask again.",
)
CQC = "Concerns about how a termination was carried out go to the Care Quality Commission."
ADULT_WAYS = known(
    "hurt_as_child",
    "If what led to the death happened before the eighteenth birthday, ask whether safeguarding partners should know.",
)


def scope_of(said: WhatIsKnown) -> Scope:
    """What is proposed for a notified death."""
    if not said.death_established:
        return Scope(Verdict.UNDECIDED, NOT_ESTABLISHED, ("Whether there has been a death, and whose",))
    if said.legal_termination:
        return Scope(Verdict.OUT_OF_SCOPE, TERMINATION, also=(CQC,))
    alive = said.born_alive
    if alive is False:
        return _born_without_life(said)
    if alive is None and _at_birth(said):
        return Scope(Verdict.UNDECIDED, NO_SIGNS_SAID, ("Were there signs of life at birth?",))
    return _by_age(said)


def _born_without_life(said: WhatIsKnown) -> Scope:
    weeks = said.gestation_weeks
    if weeks is not None and weeks < STILLBIRTH_FROM_WEEKS:
        return Scope(Verdict.OUT_OF_SCOPE, LATE_LOSS)
    if said.attended is False:
        needs = ("How many weeks was the pregnancy?",) if weeks is None else ()
        return Scope(Verdict.RESPONSE_ONLY, UNATTENDED, needs)
    if said.attended is None:
        return Scope(
            Verdict.UNDECIDED,
            UNATTENDED,
            ("Was a health professional there at the birth? If not, a joint agency response is needed.",),
        )
    return Scope(Verdict.OUT_OF_SCOPE, STILLBIRTH if weeks is not None else NOT_BORN_ALIVE)


def _at_birth(said: WhatIsKnown) -> bool:
    """Whether the question of signs of life arises at all: a death on the day of birth, or nothing but a pregnancy."""
    if said.born_on is not None and said.died_on is not None:
        return said.died_on == said.born_on
    return said.gestation_weeks is not None or said.attended is not None


def _by_age(said: WhatIsKnown) -> Scope:
    last = said.died_on or said.dead_by
    if said.born_on is not None and last is not None:
        if last < said.born_on:
            return Scope(Verdict.UNDECIDED, DATES_DISAGREE, ("Which of the two dates is right?",))
        birthday = eighteenth_birthday(said.born_on)
        if last < birthday:
            return Scope(Verdict.IN_SCOPE, _why_in(said, last))
        if said.died_on is not None:
            out = ON_BIRTHDAY if last == birthday else ADULT
            return Scope(Verdict.OUT_OF_SCOPE, out, also=(ADULT_WAYS.words,))
    elif said.age_years is not None and said.believed_under_18 is None:
        if said.age_years < 18:
            return Scope(Verdict.IN_SCOPE, UNDER_18, ("The date of birth",))
        return Scope(Verdict.OUT_OF_SCOPE, ADULT, ("The date of birth",), (ADULT_WAYS.words,))
    if said.believed_under_18 is not None:
        believed = said.believed_under_18
        return Scope(
            Verdict.IN_SCOPE if believed else Verdict.OUT_OF_SCOPE,
            BELIEVED_CHILD if believed else BELIEVED_ADULT,
            ("What the estimate of the age rests on",),
        )
    return Scope(Verdict.UNDECIDED, AGE_NOT_SAID, ("The date of birth, or a considered estimate of the age",))


def _why_in(said: WhatIsKnown, last: date) -> Ground:
    if said.born_on is None or said.gestation_weeks is None:
        return UNDER_18
    early = said.gestation_weeks < STILLBIRTH_FROM_WEEKS and age_at(said.born_on, last).is_infant
    return ANY_GESTATION if early else UNDER_18
