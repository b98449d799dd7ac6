"""Limits inside the performance report: child protection, and the report's own round."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    EVERY,
    day_of_year,
    days,
    hours,
    known,
    months,
    ours,
    practice,
    seen,
    start,
    weeks,
    working_days,
)
from wholestory.pathways.rules.terms import Clock, Kind, Length, Sense, Source, StartFact

DUTY = "Performance"
_REFERRAL = start("referral", "the referral was received")
_CONFERENCE = start("conference", "the initial child protection conference")
_PLAN = start("plan_start", "the child protection plan started")
_QUARTER = start("quarter_end", "the quarter ended")
_WT = "Working Together"
_DFE = "Department for Education statistics on children in need"


def _limit(
    key: str,
    title: str,
    starts: tuple[StartFact, ...],
    limit: Length,
    kind: Kind,
    stops: str,
    source: Source,
    *,
    opens: Length | None = None,
    sense: Sense = Sense.BY,
    repeats: bool = False,
    note: str = "",
) -> Clock:
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=EVERY,
        starts=starts,
        limit=limit,
        opens=opens,
        kind=kind,
        stops=stops,
        source=source,
        sense=sense,
        repeats=repeats,
        note=note,
    )


CHILD_PROTECTION: tuple[Clock, ...] = (
    _limit(
        "referral_decision",
        "Decision on a referral",
        _REFERRAL,
        working_days(1),
        Kind.DUTY,
        "a social worker has decided what happens next",
        practice("A decision within one working day.", _WT),
    ),
    _limit(
        "assessment",
        "Assessment, as the guidance counts it",
        _REFERRAL,
        working_days(45),
        Kind.DUTY,
        "the assessment is complete",
        practice("Forty-five working days from the referral.", _WT),
        note="The national statistics count from the assessment's own start: see assessment_statistics. Two measures, "
        "two names.",
    ),
    _limit(
        "assessment_statistics",
        "Assessment, as the national statistics count it",
        start("assessment_start", "the assessment started"),
        working_days(45),
        Kind.TARGET,
        "the assessment is authorised",
        practice("From the assessment's start to its authorisation.", _DFE),
    ),
    _limit(
        "initial_conference",
        "Initial child protection conference",
        start("enquiry_start", "the strategy discussion that started the enquiry"),
        working_days(15),
        Kind.DUTY,
        "the conference is held",
        seen(
            "Held within fifteen working days of the start of the enquiry; published in bands of 0-10, 11-15, 16-20 "
            "and 21 or more working days.",
            _DFE,
            "a published definition of the measure",
        ),
        note="A conference held before the enquiry started leaves the timeliness measure and stays in the count.",
    ),
    _limit(
        "transfer_conference",
        "Transfer-in conference",
        start("told_of_move", "the authority was told of the move"),
        working_days(15),
        Kind.DUTY,
        "the conference is held",
        seen("Within fifteen working days.", _DFE, "the list of census reports"),
        note="The source gives the limit, not the fact it runs from; being told of the move is assumed.",
    ),
    _limit(
        "core_group",
        "First core group",
        _CONFERENCE,
        working_days(10),
        Kind.DUTY,
        "the core group has met",
        practice("Within ten working days of the conference.", _WT),
    ),
    _limit(
        "first_review_conference",
        "First review conference",
        _CONFERENCE,
        months(3),
        Kind.DUTY,
        "the review conference is held",
        practice("Within three calendar months of the initial conference.", _WT),
    ),
    _limit(
        "next_review_conference",
        "Further review conferences",
        start("last_review", "the last review conference"),
        months(6),
        Kind.DUTY,
        "the review conference is held",
        practice("At most six calendar months apart.", _WT),
        repeats=True,
    ),
    _limit(
        "first_review_statistics",
        "First review conference, as the national statistics count it",
        _PLAN,
        days(91),
        Kind.TARGET,
        "the first review is held",
        known("Plans open more than 91 days: first review by day 91.", _DFE),
    ),
    _limit(
        "next_review_statistics",
        "Further review conferences, as the national statistics count them",
        start("last_review", "the last review conference"),
        days(183),
        Kind.TARGET,
        "the review is held",
        known("Each next review within 183 days of the one before.", _DFE),
        repeats=True,
    ),
    _limit(
        "plan_visit",
        "Visit to a child on a plan",
        start("last_visit", "the last visit"),
        working_days(10),
        Kind.LOCAL,
        "the child has been seen",
        ours("Ten working days is a setting of the measure, not a national limit."),
        repeats=True,
    ),
    _limit(
        "police_protection",
        "Police protection ends",
        start("protection_began", "police protection began"),
        hours(72),
        Kind.DUTY,
        "protection has ended or an order is in place",
        practice("Lasts up to seventy-two hours.", "Children Act 1989, section 46"),
    ),
    _limit(
        "concern_notice",
        "Police child concern notice sent",
        start("incident", "the incident"),
        hours(24),
        Kind.LOCAL,
        "the notice is sent",
        practice("Within twenty-four hours.", "Local measure"),
    ),
)

CLOCKS: tuple[Clock, ...] = (
    *CHILD_PROTECTION,
    _limit(
        "data_due",
        "Performance report: agencies' data due",
        _QUARTER,
        working_days(20),
        Kind.LOCAL,
        "the agency's data have arrived",
        practice("Fifteen to twenty working days after the quarter.", "Common timetable"),
        opens=working_days(15),
    ),
    _limit(
        "data_validated",
        "Performance report: data validated",
        start("data_in", "the data were due"),
        working_days(5),
        Kind.LOCAL,
        "the data have been checked",
        practice("Five working days after the data are due.", "Common timetable"),
    ),
    _limit(
        "data_commentary",
        "Performance report: agencies' commentary",
        start("data_validated", "the data were validated"),
        working_days(5),
        Kind.LOCAL,
        "the commentary has arrived",
        practice("Five working days after validation.", "Common timetable"),
    ),
    _limit(
        "report_to_group",
        "Performance report: to the quality and effectiveness group",
        _QUARTER,
        weeks(7),
        Kind.LOCAL,
        "the group has it",
        practice("Six to seven weeks after the quarter.", "Common timetable"),
        opens=weeks(6),
    ),
    _limit(
        "report_to_board",
        "Performance report: to the Board",
        _QUARTER,
        weeks(10),
        Kind.LOCAL,
        "the Board has it",
        practice("Eight to ten weeks after the quarter.", "Common timetable"),
        opens=weeks(8),
    ),
    _limit(
        "cin_census",
        "Children in need census sent",
        start("year_end", "the census year ended (31 March)"),
        day_of_year(7, 31),
        Kind.DUTY,
        "the census is sent",
        known("Sent by 31 July.", "Children in need census guide"),
    ),
)
