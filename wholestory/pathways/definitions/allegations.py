"""Allegations against people who work or volunteer with children."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    BOARD,
    EVERY,
    SAME_WORKING_DAY,
    known,
    months,
    seen,
    start,
    weeks,
    working_days,
)
from wholestory.pathways.rules.terms import Clock, Kind, Source

DUTY = "Allegations"
_AWARE = start("employer_aware", "the employer became aware of the allegation")
_REFERRED = start("referred", "the allegation was referred to the designated officer")
_CONCLUDED = start("concluded", "the case was concluded")
_OLDER = "Older guidance on allegations"
_NO_LONGER = "From older guidance; the targets may no longer be in force."
_PROFILE: Source = known(
    "Once used as a target: four in five concluded within one month, nine in ten within three, all but the "
    "exceptional within twelve.",
    _OLDER,
)


def _concluded(number: int, share: str) -> Clock:
    return Clock(
        key=f"allegation_concluded_{number}",
        title=f"Allegation concluded within {number} month{'' if number == 1 else 's'} ({share})",
        duty=DUTY,
        editions=EVERY,
        starts=_REFERRED,
        limit=months(number),
        kind=Kind.TARGET,
        stops="the allegation is concluded",
        source=_PROFILE,
        note=_NO_LONGER,
    )


CLOCKS: tuple[Clock, ...] = (
    Clock(
        key="allegation_reported",
        title="Allegation: the employer tells the designated officer",
        duty=DUTY,
        editions=EVERY,
        starts=_AWARE,
        limit=working_days(1),
        kind=Kind.DUTY,
        stops="the designated officer has been told",
        source=known("Employers report allegations within one working day.", "Working Together"),
    ),
    Clock(
        key="allegation_reported_local",
        title="Allegation: the employer tells the designated officer (Peterborough's own limit)",
        duty=DUTY,
        editions=BOARD,
        starts=_AWARE,
        limit=SAME_WORKING_DAY,
        kind=Kind.LOCAL,
        stops="the designated officer has been told",
        source=seen(
            "The local pages ask for the report within the same working day.",
            "Local procedure",
            "the Peterborough Board's page on allegations",
        ),
        note="A national and a local breach are told apart. Out of hours it runs to the end of the next working day; "
        "that reading is ours.",
    ),
    Clock(
        key="allegation_initial_evaluation",
        title="Allegation: initial evaluation",
        duty=DUTY,
        editions=EVERY,
        starts=_REFERRED,
        opens=working_days(1),
        limit=working_days(2),
        kind=Kind.LOCAL,
        stops="it is decided whether the threshold is met and what is done at once",
        source=known("Promptly; locally one to two working days.", "Local procedures"),
    ),
    Clock(
        key="allegation_police_review",
        title="Allegation: first review of the police investigation",
        duty=DUTY,
        editions=EVERY,
        starts=start("strategy_meeting", "the strategy meeting was held"),
        limit=weeks(4),
        kind=Kind.TARGET,
        stops="progress is reviewed",
        source=known("Police progress is reviewed after about four weeks.", _OLDER),
        note=_NO_LONGER,
    ),
    Clock(
        key="allegation_police_review_next",
        title="Allegation: further reviews of the police investigation",
        duty=DUTY,
        editions=EVERY,
        starts=start("last_review", "the last review"),
        opens=weeks(2),
        limit=months(1),
        kind=Kind.TARGET,
        repeats=True,
        stops="progress is reviewed",
        source=known("Afterwards monthly or fortnightly.", _OLDER),
        note=_NO_LONGER,
    ),
    _concluded(1, "target 80%"),
    _concluded(3, "target 90%"),
    _concluded(12, "all but the exceptional"),
    Clock(
        key="allegation_employer_action",
        title="Allegation: the employer decides, where no formal discipline is needed",
        duty=DUTY,
        editions=EVERY,
        starts=_CONCLUDED,
        limit=working_days(3),
        kind=Kind.TARGET,
        stops="the employer has decided",
        source=known("Three working days where no formal disciplinary action is needed.", _OLDER),
        note=_NO_LONGER,
    ),
    Clock(
        key="allegation_hearing",
        title="Allegation: disciplinary hearing, where no further investigation is needed",
        duty=DUTY,
        editions=EVERY,
        starts=_CONCLUDED,
        limit=working_days(15),
        kind=Kind.TARGET,
        stops="the hearing is held",
        source=known("Fifteen working days where no further investigation is needed.", _OLDER),
        note=_NO_LONGER,
    ),
    Clock(
        key="allegation_barring_referral",
        title="Allegation: referral to the barring service or the regulator",
        duty=DUTY,
        editions=EVERY,
        starts=_CONCLUDED,
        limit=months(1),
        kind=Kind.TARGET,
        stops="the referral is made",
        source=known("Made within one month of the conclusion, as a matter of practice.", "Practice"),
    ),
)
