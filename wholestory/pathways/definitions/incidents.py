"""Serious incidents: telling the national bodies, and the rapid review that follows from 2018."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    EVERY,
    PARTNERS,
    SAME_DAY,
    carried,
    days,
    known,
    ours,
    seen,
    start,
    working_days,
)
from wholestory.pathways.rules.terms import Clock, Kind, Length

DUTY = "Serious incidents"
_AWARE = start("aware", "the local authority became aware of the incident")
_SENT = start("notification_sent", "the notification was sent to the national Panel")
_PANEL_FAQ = "frequently asked questions of the Child Safeguarding Practice Review Panel"


def _beat(key: str, title: str, limit: Length, done: str, opens: Length | None = None) -> Clock:
    """One step of the suggested beat inside the rapid review's 15 working days."""
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=PARTNERS,
        starts=_SENT,
        limit=limit,
        opens=opens,
        kind=Kind.LOCAL,
        stops=done,
        source=ours(f"Suggested beat of a rapid review: {done} on working day {limit.amount}."),
    )


CLOCKS: tuple[Clock, ...] = (
    Clock(
        key="incident_notification",
        title="Serious incident: telling the national bodies",
        duty=DUTY,
        editions=("WT2015",),
        starts=_AWARE,
        limit=working_days(5),
        kind=Kind.DUTY,
        stops="Ofsted and the Board have been told",
        source=seen(
            "The local authority tells Ofsted and the Board concerned promptly, and within five working days "
            "of becoming aware of a notifiable incident.",
            "Working Together 2015, chapter 4",
        ),
    ),
    Clock(
        key="incident_notification",
        title="Serious incident: telling the national bodies",
        duty=DUTY,
        editions=("TRANS",),
        starts=_AWARE,
        limit=working_days(5),
        kind=Kind.DUTY,
        stops="the national Panel has been told",
        source=carried(
            "The local authority tells the national Panel within five working days of becoming aware.",
            "WT2018",
        ),
    ),
    Clock(
        key="incident_notification",
        title="Serious incident: telling the national bodies",
        duty=DUTY,
        editions=PARTNERS,
        starts=_AWARE,
        limit=working_days(5),
        kind=Kind.DUTY,
        stops="the national Panel has been told through the national form",
        source=seen(
            "The local authority notifies the national Panel within five working days of becoming aware that "
            "the incident meets the criteria.",
            "Working Together 2018 and 2023; section 16C(1) of the Children Act 2004",
            _PANEL_FAQ,
        ),
        note="Sibling and group rules decide how many forms are sent: the number of notifications is not the "
        "number of children.",
    ),
    Clock(
        key="incident_partners_told",
        title="Serious incident: telling the safeguarding partners",
        duty=DUTY,
        editions=PARTNERS,
        starts=_AWARE,
        limit=working_days(5),
        kind=Kind.DUTY,
        stops="the safeguarding partners have been told",
        source=seen(
            "The safeguarding partners are told within the same five working days.",
            "Working Together 2018 and 2023",
            _PANEL_FAQ,
        ),
    ),
    Clock(
        key="rapid_review",
        title="Rapid review reaches the national Panel",
        duty=DUTY,
        editions=PARTNERS,
        starts=_SENT,
        limit=working_days(15),
        kind=Kind.DUTY,
        stops="the rapid review has been sent to the national Panel",
        source=seen(
            "The safeguarding partners send the rapid review to the national Panel within fifteen working days "
            "of the notification.",
            "Working Together 2018 and 2023",
            _PANEL_FAQ,
        ),
        note="Withdrawing the notification ends this clock. Older local procedures counted from awareness: "
        "see rapid_review_from_awareness.",
    ),
    Clock(
        key="rapid_review_from_awareness",
        title="Rapid review reaches the national Panel, counted from awareness",
        duty=DUTY,
        editions=("WT2018",),
        starts=_AWARE,
        limit=working_days(15),
        kind=Kind.LOCAL,
        stops="the rapid review has been sent to the national Panel",
        source=known(
            "Earlier local procedures counted the fifteen working days from awareness instead of notification.",
            "Earlier local procedures",
        ),
    ),
    Clock(
        key="records_secured",
        title="Request to secure records",
        duty=DUTY,
        editions=EVERY,
        starts=start("referred", "the case was referred for consideration"),
        limit=SAME_DAY,
        kind=Kind.LOCAL,
        stops="every listed agency has been asked to secure its records",
        source=ours("Every agency listed in a referral is asked the same day to freeze and log its records."),
    ),
    _beat(
        "rapid_review_request", "Rapid review: information asked for", working_days(1), "agencies are asked"
    ),
    _beat("rapid_review_returns", "Rapid review: returns in", working_days(5), "agencies have answered"),
    _beat("rapid_review_pack", "Rapid review: draft pack", working_days(7), "the draft pack is ready"),
    _beat(
        "rapid_review_meeting",
        "Rapid review: meeting",
        working_days(10),
        "the meeting is held",
        opens=working_days(9),
    ),
    _beat(
        "rapid_review_to_partners",
        "Rapid review: report to partners",
        working_days(12),
        "the report is with partners",
    ),
    _beat(
        "rapid_review_sign_off", "Rapid review: sign-off", working_days(14), "all three partners have signed"
    ),
    _beat("rapid_review_sent", "Rapid review: sending", working_days(15), "the review is sent"),
    Clock(
        key="panel_reply",
        title="The national Panel's reply to a rapid review",
        duty=DUTY,
        editions=PARTNERS,
        starts=start("rapid_review_sent", "the rapid review was sent to the national Panel"),
        limit=days(10),
        kind=Kind.LOCAL,
        stops="the Panel's letter has arrived",
        source=seen("One area says to expect the Panel's letter after about ten days.", "A local procedure"),
        note="An expectation only. Nothing times out when it passes.",
    ),
)
