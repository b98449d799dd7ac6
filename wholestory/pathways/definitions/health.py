"""Health of looked-after children, and reports of female genital mutilation."""

from __future__ import annotations

from datetime import date

from wholestory.pathways.rules.building import EVERY, days, known, months, seen, start, working_days
from wholestory.pathways.rules.terms import Clock, Kind

DUTY = "Health"
_CARE = start("looked_after", "the child became looked after")
_LAST = start("last_assessment", "the last health assessment")
_FGM = start("fgm_found", "it was disclosed by the girl or seen")
_FGM_FROM = date(2015, 10, 31)

CLOCKS: tuple[Clock, ...] = (
    Clock(
        key="initial_health_assessment",
        title="Initial health assessment of a looked-after child",
        duty=DUTY,
        editions=EVERY,
        starts=_CARE,
        limit=working_days(20),
        kind=Kind.DUTY,
        stops="a medical practitioner has made the assessment",
        source=seen(
            "The first assessment is made by a medical practitioner within twenty working days of coming into care.",
            "Guidance on the health of looked-after children",
            "a Healthwatch report of 2020",
        ),
        note="One council counts 28 calendar days instead: see initial_health_assessment_28_days. State the rule for "
        "children who left care earlier.",
    ),
    Clock(
        key="initial_health_assessment_28_days",
        title="Initial health assessment, as one council counts it",
        duty=DUTY,
        editions=EVERY,
        starts=_CARE,
        limit=days(28),
        kind=Kind.LOCAL,
        stops="the assessment is made",
        source=seen("One council describes the limit as 28 calendar days.", "A council's report", "Thurrock"),
    ),
    Clock(
        key="initial_health_assessment_request",
        title="Initial health assessment: the council's request",
        duty=DUTY,
        editions=EVERY,
        starts=_CARE,
        limit=working_days(5),
        kind=Kind.LOCAL,
        stops="the provider has the request and consent",
        source=seen("Councils track a request within five working days.", "Councils' measures", "Thurrock"),
    ),
    Clock(
        key="review_health_assessment_under_5",
        title="Review health assessment, child under 5",
        duty=DUTY,
        editions=EVERY,
        starts=_LAST,
        limit=months(6),
        kind=Kind.DUTY,
        repeats=True,
        stops="the assessment is made",
        source=seen("Every six months under the age of five.", "Local procedures", "Coventry's procedures"),
    ),
    Clock(
        key="review_health_assessment_5_and_over",
        title="Review health assessment, child of 5 or over",
        duty=DUTY,
        editions=EVERY,
        starts=_LAST,
        limit=months(12),
        kind=Kind.DUTY,
        repeats=True,
        stops="the assessment is made",
        source=seen("Every year from the age of five.", "Local procedures", "Coventry's procedures"),
    ),
    Clock(
        key="fgm_reported",
        title="Known female genital mutilation of a girl under 18: report to the police",
        duty=DUTY,
        editions=EVERY,
        starts=_FGM,
        limit=working_days(1),
        kind=Kind.TARGET,
        from_on=_FGM_FROM,
        stops="the professional has reported it to the police",
        source=known(
            "Usual practice is by the close of the next working day.", "Guidance on mandatory reporting"
        ),
        note="A personal duty of regulated professionals and teachers since 31 October 2015.",
    ),
    Clock(
        key="fgm_reported_latest",
        title="Known female genital mutilation: outside limit in exceptional cases",
        duty=DUTY,
        editions=EVERY,
        starts=_FGM,
        limit=months(1),
        kind=Kind.DUTY,
        from_on=_FGM_FROM,
        stops="the professional has reported it to the police",
        source=known(
            "In exceptional cases one month is the outside limit.", "Guidance on mandatory reporting"
        ),
    ),
)
