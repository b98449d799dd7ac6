"""Requests for information, and how long records are kept."""

from __future__ import annotations

from wholestory.kernel.working_days import CalendarName
from wholestory.pathways.rules.building import EVERY, known, months, ours, seen, start, working_days, years
from wholestory.pathways.rules.terms import Clock, Kind, Length, Sense, Source

DUTY = "Information and records"
_RECEIVED = start("received", "the request was received")
_LADO_POLICY = "a regional retention policy for allegations"


def _kept(
    key: str,
    title: str,
    starts: tuple[str, str],
    limit: Length,
    source: Source,
    note: str = "",
) -> Clock:
    """A record that is kept at least so long, then looked at; nothing is destroyed by a clock."""
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=EVERY,
        starts=start(*starts),
        limit=limit,
        sense=Sense.NOT_BEFORE,
        kind=Kind.LOCAL,
        stops="the record has been looked at and a decision recorded",
        source=source,
        note=note
        or "A legal hold beats every period. Reaching the day asks for a decision; it destroys nothing.",
    )


CLOCKS: tuple[Clock, ...] = (
    Clock(
        key="freedom_of_information",
        title="Freedom of information request answered",
        duty=DUTY,
        editions=("WT2013", *EVERY),
        starts=_RECEIVED,
        limit=working_days(20),
        calendar=CalendarName.ANY_PART_OF_UK,
        kind=Kind.DUTY,
        stops="the request has been answered",
        source=known(
            "Twenty working days after receipt; a bank holiday in any part of the United Kingdom is not counted.",
            "Freedom of Information Act 2000, section 10",
        ),
        note="The way of counting was seen confirmed in a published case. A board is not itself listed as a public "
        "authority: log the request and pass it to the host's team.",
    ),
    Clock(
        key="subject_access",
        title="Subject access request answered",
        duty=DUTY,
        editions=("WT2013", *EVERY),
        starts=_RECEIVED,
        limit=months(1),
        rolls_to_working_day=True,
        kind=Kind.DUTY,
        stops="the request has been answered, or the person told of an extension",
        source=known(
            "One calendar month from receipt; a limit that ends on a weekend or holiday runs to the next working day.",
            "Data protection law",
        ),
    ),
    Clock(
        key="subject_access_extended",
        title="Subject access request answered, extended because complex",
        duty=DUTY,
        editions=("WT2013", *EVERY),
        starts=_RECEIVED,
        limit=months(3),
        rolls_to_working_day=True,
        kind=Kind.DUTY,
        stops="the request has been answered",
        source=known(
            "A complex request may be extended by up to two further months.",
            "Data protection law",
        ),
    ),
    _kept(
        "keep_allegation_upheld",
        "Keep: allegation record, substantiated or unsubstantiated",
        ("born", "the day the subject was born"),
        years(100),
        seen("Looked at when the subject would be one hundred.", "Retention schedule", _LADO_POLICY),
    ),
    _kept(
        "keep_allegation_not_upheld",
        "Keep: allegation record, unfounded, false or malicious",
        ("closed", "the case was closed"),
        years(10),
        seen("Looked at ten years after closing.", "Retention schedule", _LADO_POLICY),
    ),
    _kept(
        "keep_allegation_contact",
        "Keep: contact about an allegation that went no further",
        ("closed", "the contact was closed"),
        years(10),
        seen("Looked at ten years after closing.", "Retention schedule", _LADO_POLICY),
    ),
    _kept(
        "keep_allegation_advice",
        "Keep: advice about an allegation, as another area has it",
        ("last_contact", "the last contact"),
        years(6),
        seen("Another area keeps advice for six years from the last contact.", "Retention schedule"),
    ),
    _kept(
        "keep_allegation_employer",
        "Keep: the employer's record of an allegation",
        ("concluded", "the allegation was concluded"),
        years(10),
        seen("To normal retirement age or ten years, whichever is longer.", "Retention schedule"),
        "Malicious allegations are taken off the personnel file. Retirement age may give a later day.",
    ),
    _kept(
        "keep_conference_file",
        "Keep: child protection conference file, as one council has it",
        ("last_contact", "the last contact"),
        years(35),
        seen(
            "One council keeps it thirty-five years; others until the child would be 25 to 75.",
            "Retention schedules",
        ),
    ),
    _kept(
        "keep_looked_after_file",
        "Keep: looked-after child's file",
        ("born", "the day the child was born"),
        years(75),
        seen("Seventy-five years from birth.", "Retention schedules"),
    ),
    _kept(
        "keep_looked_after_file_died",
        "Keep: looked-after child's file, where the child died under 18",
        ("died", "the child's death"),
        years(15),
        seen("Fifteen years after the death of a child under eighteen.", "Retention schedules"),
    ),
    _kept(
        "keep_requests",
        "Keep: training records and requests for information",
        ("closed", "the record was closed"),
        years(6),
        ours("Three, six or seven years are used; six is our default."),
    ),
)
