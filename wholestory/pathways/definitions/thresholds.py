"""Numbers that decide something and are not times. Held so that each can be checked like a clock."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    DEATHS_PARTNERS,
    EVERY,
    faint,
    known,
    ours,
    practice,
    recalled,
    seen,
)
from wholestory.pathways.rules.terms import Kind, Source, Threshold


def _threshold(
    key: str,
    title: str,
    duty: str,
    value: str,
    kind: Kind,
    source: Source,
    editions: tuple[str, ...] = EVERY,
    note: str = "",
) -> Threshold:
    return Threshold(
        key=key, title=title, duty=duty, editions=editions, value=value, kind=kind, source=source, note=note
    )


THRESHOLDS: tuple[Threshold, ...] = (
    _threshold(
        "deaths_reviewed_a_year",
        "Deaths an area should review each year",
        "Child deaths",
        "at least 60",
        Kind.DUTY,
        seen(
            "An area should have at least sixty deaths to review a year, and may join with others.",
            "Guidance 2018",
        ),
        DEATHS_PARTNERS,
    ),
    _threshold(
        "unexpected_death",
        "When a death is unexpected",
        "Child deaths",
        "not anticipated as a significant possibility 24 hours before",
        Kind.DUTY,
        seen(
            "Not anticipated twenty-four hours before, or after an unexpected collapse.", "Local procedures"
        ),
    ),
    _threshold(
        "death_panel_quorum",
        "Quorum of the child death overview panel",
        "Child deaths",
        "half of the members, with lead health and local authority professionals",
        Kind.LOCAL,
        faint("Normally half of the members, including lead professionals.", "Panel terms of reference"),
    ),
    _threshold(
        "care_leaver_age",
        "Care leavers whose death is notified",
        "Serious incidents",
        "up to and including 24",
        Kind.DUTY,
        seen("Deaths of care leavers up to and including twenty-four are notified.", "Working Together 2023"),
        ("WT2023",),
        "No rapid review follows from that alone.",
    ),
    _threshold(
        "compliant_score",
        "Score that counts as compliant on the 0 to 3 scale",
        "Assurance",
        "2 or 3",
        Kind.LOCAL,
        ours("Two or three counts as compliant; the screen says so."),
    ),
    _threshold(
        "sampling_reliability",
        "Audits graded twice, blind",
        "Assurance",
        "10 to 20 in 100",
        Kind.LOCAL,
        ours("A subsample of ten to twenty in a hundred is graded by two auditors who do not confer."),
    ),
    _threshold(
        "kappa_minimum",
        "Files below which agreement is not given as kappa",
        "Assurance",
        "about 15",
        Kind.LOCAL,
        practice(
            "Below about fifteen, or with one category only, kappa is not shown.", "Statistical practice"
        ),
    ),
    _threshold(
        "public_small_numbers",
        "Counts withheld in public",
        "Small numbers",
        "1 to 4 in the board's own tables; 1 to 5 where national rules apply",
        Kind.LOCAL,
        ours("One to four by default. The rule of the data's owner wins where it is stricter."),
    ),
    _threshold(
        "percentage_minimum",
        "Denominator below which no percentage is shown in public",
        "Small numbers",
        "10",
        Kind.LOCAL,
        ours("Percentages of fewer than ten are shown as numbers."),
    ),
    _threshold(
        "attendance_target",
        "Attendance at the Board",
        "Governance",
        "75 to 80 in 100",
        Kind.LOCAL,
        known("Seventy-five to eighty in a hundred is common.", "Local practice"),
    ),
    _threshold(
        "attendance_letter",
        "Meetings missed in a row before the chair writes",
        "Governance",
        "2",
        Kind.LOCAL,
        ours("After two meetings missed in a row the chair writes."),
    ),
    _threshold(
        "training_bands",
        "Training compliance bands",
        "Health",
        "green from 90, amber 80 to 89.9, red under 80 in 100",
        Kind.LOCAL,
        ours("Green from ninety, amber from eighty. Some contracts use 85 or 95: set it per contract."),
    ),
    _threshold(
        "level_3_hours",
        "Level 3 hours over three years",
        "Training",
        "12 hours after the first year (leads 16), half of it participatory",
        Kind.TARGET,
        seen(
            "Sixteen hours in the first year, then twelve over three years.", "Intercollegiate standards 2019"
        ),
    ),
    _threshold(
        "dash_ticks",
        "Ticks that usually bring a case to a domestic abuse conference",
        "Health",
        "14 or more",
        Kind.LOCAL,
        known("Fourteen or more ticks is usual.", "Practice"),
    ),
    _threshold(
        "transition_age",
        "Age by which an adult pathway is agreed",
        "Health",
        "17 years and 6 months",
        Kind.LOCAL,
        ours("Children known at seventeen and a half have an agreed pathway."),
    ),
    _threshold(
        "repeat_missing",
        "Episodes that make a child repeatedly missing",
        "Missing and exploitation",
        "3 or more in 90 days",
        Kind.LOCAL,
        known("Three or more in ninety days.", "Local measure"),
    ),
    _threshold(
        "exploitation_under_13",
        "Youngest age at which a low level of exploitation risk is possible",
        "Missing and exploitation",
        "13: a child under 13 can never be low",
        Kind.LOCAL,
        seen("Under thirteen can never be low.", "A local toolkit", "Croydon's toolkit"),
    ),
    _threshold(
        "marac_volume",
        "Domestic abuse conference cases to plan for",
        "Performance",
        "40 per 10,000 women aged 16 and over",
        Kind.TARGET,
        seen(
            "Forty cases per ten thousand women of sixteen and over.",
            "SafeLives' planning norm",
            "SafeLives' pages",
        ),
    ),
    _threshold(
        "process_chart_points",
        "Points before a process chart's limits are final",
        "Performance",
        "12",
        Kind.LOCAL,
        ours("Limits from fewer than twelve points are called trial limits."),
    ),
    _threshold(
        "neonatal_day",
        "Days that make a death neonatal",
        "Child deaths",
        "the first 28 days, the day of birth being day 0",
        Kind.DUTY,
        seen("The first twenty-eight days.", "Guidance 2018"),
    ),
    _threshold(
        "modifiable_grade",
        "Grade that marks a factor as contributing",
        "Child deaths",
        "2 (from 0 to 2)",
        Kind.DUTY,
        seen(
            "Each factor has its own line and a grade from nought to two.",
            "National Child Mortality Database",
        ),
        DEATHS_PARTNERS,
    ),
    _threshold(
        "modifiable_grade_older",
        "Grade that marks a factor as contributing, older forms",
        "Child deaths",
        "2 or 3 (from 0 to 3)",
        Kind.DUTY,
        recalled("Grades from nought to three, three meaning a complete explanation.", "Form C of 2015"),
        ("WT2015", "TRANS"),
    ),
)
