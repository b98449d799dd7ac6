"""Child deaths under child death review partners (statutory and operational guidance, October 2018)."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    DEATHS_PARTNERS,
    day_of_year,
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
from wholestory.pathways.rules.terms import Clock, Kind, Length, Source, StartFact

DUTY = "Child deaths"
_DEATH = start("death", "the death was confirmed")
_GUIDANCE = "Child death review guidance 2018"
_BRACKNELL = "the Bracknell Forest process"
_BUCKS = "the Buckinghamshire procedure"
_EAST_BERKSHIRE = "an audit of East Berkshire"


def _clock(
    key: str,
    title: str,
    limit: Length,
    kind: Kind,
    stops: str,
    source: Source,
    *,
    opens: Length | None = None,
    starts: tuple[StartFact, ...] = _DEATH,
    note: str = "",
) -> Clock:
    """A clock of this process; most run from the death."""
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=DEATHS_PARTNERS,
        starts=starts,
        limit=limit,
        opens=opens,
        kind=kind,
        stops=stops,
        source=source,
        note=note,
    )


CLOCKS: tuple[Clock, ...] = (
    _clock(
        "death_immediate_decisions",
        "Immediate decisions by senior clinicians",
        hours(2),
        Kind.TARGET,
        "joint response, certificate or coroner, safeguarding and support are decided",
        recalled("Senior clinicians take the immediate decisions within one to two hours.", _GUIDANCE),
        opens=hours(1),
    ),
    _clock(
        "death_notified",
        "Child death: telling the panel and the national database",
        hours(48),
        Kind.DUTY,
        "the notification has arrived",
        seen(
            "A death is notified within forty-eight hours.",
            _GUIDANCE,
            "publications of the National Child Mortality Database",
        ),
        note="Elapsed hours, weekends and holidays included, from the time at which death was confirmed.",
    ),
    _clock(
        "death_professionals_told",
        "General practice, child health records and other professionals told",
        hours(24),
        Kind.TARGET,
        "all have been told",
        faint("General practice, child health records and others are told within a day.", _GUIDANCE),
    ),
    _clock(
        "jar_initial_planning",
        "Joint response: first sharing and planning",
        hours(48),
        Kind.TARGET,
        "the first sharing and planning discussion is held",
        seen(
            "Before the family leaves the emergency department; locally twenty-four to forty-eight hours.",
            "Local joint response procedures",
            _BRACKNELL,
        ),
        opens=hours(24),
    ),
    _clock(
        "jar_first_discussion",
        "Joint response: responsible clinician and police speak",
        hours(4),
        Kind.LOCAL,
        "they have spoken",
        seen(
            "The first joint discussion is held two to four hours after arrival.",
            "Local procedure",
            _BRACKNELL,
        ),
        opens=hours(2),
        starts=start("arrival", "the child arrived at hospital"),
    ),
    _clock(
        "jar_visit",
        "Joint response: visit to the home or scene",
        hours(24),
        Kind.TARGET,
        "the visit is made",
        seen(
            "The joint visit is made within twenty-four hours.",
            "Local joint response procedures",
            f"{_BRACKNELL}, and Leeds' arrangements",
        ),
    ),
    _clock(
        "jar_visit_next_working_day",
        "Joint response: visit, areas that allow the next working day out of hours",
        working_days(1),
        Kind.LOCAL,
        "the visit is made",
        seen("Out of hours the visit may wait for the next working day.", "Local procedure", _BRACKNELL),
    ),
    _clock(
        "jar_visit_72_hours",
        "Joint response: visit, areas that allow 72 hours",
        hours(72),
        Kind.LOCAL,
        "the visit is made",
        seen("Leeds allows seventy-two hours.", "Local procedure", "Leeds' arrangements"),
    ),
    _clock(
        "jar_meeting",
        "Joint response meeting",
        days(5),
        Kind.LOCAL,
        "the meeting is held",
        seen("Held forty-eight hours to five days after the death.", "Local practice", _EAST_BERKSHIRE),
        opens=hours(48),
    ),
    _clock(
        "jar_interim_discussion",
        "Joint response: discussion after the preliminary post-mortem",
        days(7),
        Kind.LOCAL,
        "the discussion is held",
        seen("Held on day five to seven.", "Local procedure", _BUCKS),
        opens=days(5),
    ),
    _clock(
        "jar_final_discussion",
        "Joint response: final case discussion",
        weeks(12),
        Kind.LOCAL,
        "the discussion is held",
        seen("Held eight to twelve weeks after the death.", "Local procedure", _BUCKS),
        opens=weeks(8),
        note="For deaths with a joint response this is the child death review meeting.",
    ),
    _clock(
        "death_review_meeting",
        "Child death review meeting",
        months(3),
        Kind.TARGET,
        "the meeting is held",
        seen("Ideally within three months of the death.", _GUIDANCE, _EAST_BERKSHIRE),
        note="Post-mortem results or investigations may delay it.",
    ),
    Clock(
        key="death_panel",
        title="Review by the child death overview panel",
        duty=DUTY,
        editions=DEATHS_PARTNERS,
        starts=(
            StartFact("review_meeting_output", "the panel received the output of the review meeting"),
            StartFact("inquest_result", "the inquest's result was known"),
        ),
        limit=weeks(6),
        kind=Kind.TARGET,
        stops="the panel has reviewed the death",
        pause_moves_due=True,
        source=recalled(
            "Within six weeks of the later of the review meeting's output and the inquest's result, unless the "
            "case is held for a themed panel.",
            _GUIDANCE,
        ),
        note="Record a hold for a themed panel as a pause, with its reason.",
    ),
    _clock(
        "death_whole_review",
        "The whole review of a death",
        months(6),
        Kind.TARGET,
        "the panel has finished its review",
        seen("Six months is the benchmark; one local audit says three to six.", _GUIDANCE, _EAST_BERKSHIRE),
    ),
    _clock(
        "registrar_tells_partners",
        "The registrar sends the details of a registered death",
        days(7),
        Kind.DUTY,
        "the details have arrived",
        recalled(
            "The registrar sends details of deaths under eighteen within seven days of registration, correction "
            "or a certificate of no liability.",
            "The duty of registrars of deaths",
        ),
        starts=start("registered", "the death was registered or its entry corrected"),
    ),
    _clock(
        "agency_report_returned",
        "Reporting form returned",
        days(14),
        Kind.LOCAL,
        "the form is back",
        ours("There is no national limit, which panels complain about. Fourteen days is our default."),
        starts=start("asked", "the agency was asked for its reporting form"),
    ),
    _clock(
        "death_analysis_finalised",
        "Analysis form finalised after the panel",
        days(14),
        Kind.LOCAL,
        "the form is saved as final",
        ours(
            "Finalising within fourteen days of the panel is our measure; unfinished reviews do not count nationally."
        ),
        starts=start("panel", "the panel met"),
    ),
    _clock(
        "ncmd_year_end",
        "Year-end of the national database",
        day_of_year(3, 31),
        Kind.DUTY,
        "every finished review has been submitted",
        seen(
            "Reviews of the year are to be in the national database by 31 March.",
            "National Child Mortality Database return 2020/21",
            "news of the National Child Mortality Database",
        ),
        starts=start("review_finished", "the review was finished"),
        note="Set for each year; this is the 2020/21 day.",
    ),
    _clock(
        "ncmd_late_data",
        "Late data to the national database",
        day_of_year(4, 23),
        Kind.DUTY,
        "late data have been submitted",
        seen(
            "Late data for the year were accepted until 23 April.",
            "National Child Mortality Database return 2020/21",
            "news of the National Child Mortality Database",
        ),
        starts=start("year_end", "the year ended (31 March)"),
        note="Set for each year; this is the 2020/21 day.",
    ),
)
