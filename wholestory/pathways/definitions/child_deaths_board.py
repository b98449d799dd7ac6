"""Child deaths while the Board runs the overview panel (Working Together 2015 and the transition)."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    AT_ONCE,
    DEATHS_BOARD,
    days,
    faint,
    hours,
    months,
    ours,
    recalled,
    seen,
    start,
    weeks,
    working_days,
)
from wholestory.pathways.rules.terms import Clock, Kind, Length, Source

DUTY = "Child deaths"
_DEATH = start("death", "the death")
_BUCKS = "Buckinghamshire rapid response procedure"
_CHAPTER = "Working Together 2015, chapter 5"


def _local_phase(key: str, title: str, opens: Length | None, limit: Length) -> Clock:
    """One of the three case management discussions: local names, another area's days."""
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=_DEATH,
        opens=opens,
        limit=limit,
        kind=Kind.LOCAL,
        stops="the discussion is held",
        source=seen(
            "The local protocol names three discussions; another area's procedure gives them these days.",
            "Local protocol for unexpected child deaths",
            f"the Cambridgeshire and Peterborough protocol (names) and {_BUCKS} (days)",
        ),
    )


def _reminder(number: int, after: int) -> Clock:
    """A reminder to an agency that has not returned its report form."""
    return Clock(
        key=f"agency_report_reminder_{number}",
        title=f"Agency report form: reminder {number}",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=start("asked", "the agency was asked for its report form"),
        limit=days(after),
        kind=Kind.LOCAL,
        stops="the reminder is sent, or the form is back",
        source=ours(f"A reminder goes out {after} days after the form was asked for."),
    )


_NOTIFY: Source = seen(
    "The Board is told of a death within twenty-four hours.",
    "Local child death procedures",
    "the North Yorkshire and York procedure, and a local notification dataset",
)

CLOCKS: tuple[Clock, ...] = (
    Clock(
        key="death_notified",
        title="Child death: telling the Board (Form A)",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=_DEATH,
        limit=hours(24),
        kind=Kind.LOCAL,
        stops="the notification has arrived",
        source=_NOTIFY,
    ),
    Clock(
        key="death_notified_next_working_day",
        title="Child death: telling the Board, areas that allow the next working day",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=_DEATH,
        limit=working_days(1),
        kind=Kind.LOCAL,
        stops="the notification has arrived",
        source=faint("Some areas ask for the notification on the next working day.", "Local procedures"),
    ),
    Clock(
        key="death_told_together",
        title="Unexpected death: designated paediatrician, coroner and police told together",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=_DEATH,
        limit=AT_ONCE,
        kind=Kind.DUTY,
        stops="all three have been told",
        source=recalled(
            "The consultant tells the designated paediatrician, the coroner and the police immediately.",
            _CHAPTER,
        ),
    ),
    Clock(
        key="place_of_death_visit",
        title="Unexpected death: visit to the place of death",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=_DEATH,
        limit=hours(24),
        kind=Kind.TARGET,
        stops="the visit is made, or it is decided that none is needed",
        source=recalled(
            "Whether to visit is decided, and the visit made if needed, normally within twenty-four hours.",
            _CHAPTER,
        ),
    ),
    _local_phase("initial_case_discussion", "Initial case management discussion", None, days(5)),
    _local_phase("second_case_discussion", "Second case management discussion", days(5), days(7)),
    _local_phase("third_case_discussion", "Third case management discussion", weeks(8), weeks(12)),
    Clock(
        key="coroner_tells_board",
        title="The coroner tells the Board of the area where the child died or was found",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=start("coroner_decided", "the coroner decided on a post-mortem or an inquest"),
        limit=working_days(3),
        kind=Kind.DUTY,
        stops="the Board has been told",
        source=recalled("The coroner tells the Board within three working days of the decision.", _CHAPTER),
    ),
    Clock(
        key="registrar_tells_board",
        title="The registrar sends the details of a registered death",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=start("registered", "the death was registered or its entry corrected"),
        limit=days(7),
        kind=Kind.DUTY,
        stops="the details have arrived",
        source=recalled(
            "The registrar sends details of deaths under eighteen within seven days of registration, correction "
            "or a certificate of no liability.",
            "The duty of registrars of deaths",
        ),
    ),
    Clock(
        key="agency_report_returned",
        title="Agency report form (Form B) returned",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=start("asked", "the agency was asked for its report form"),
        limit=days(14),
        kind=Kind.LOCAL,
        stops="the form is back",
        source=ours("There is no national limit, which panels complain about. Fourteen days is our default."),
    ),
    _reminder(1, 7),
    _reminder(2, 14),
    _reminder(3, 21),
    Clock(
        key="death_reviewed",
        title="Review by the child death overview panel",
        duty=DUTY,
        editions=DEATHS_BOARD,
        starts=_DEATH,
        limit=months(6),
        kind=Kind.TARGET,
        stops="the panel has reviewed the death",
        source=faint(
            "Reviews are reported in bands from the death: under 6, 6 to 7, 8 to 9, 10 to 11, 12 months or more.",
            "The annual return of the Board",
        ),
    ),
)
