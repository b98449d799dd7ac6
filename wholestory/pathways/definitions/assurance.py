"""Self-assessment returns, the ladder for late ones, and joint audits of case files."""

from __future__ import annotations

from wholestory.pathways.rules.building import (
    EVERY,
    SAME_DAY,
    days,
    months,
    ours,
    practice,
    seen,
    start,
    working_days,
)
from wholestory.pathways.rules.terms import Clock, Kind, Sense, Source

DUTY = "Assurance"
_DUE = start("return_due", "the return is due")
_WAS_DUE = start("return_due", "the return was due")
_LADDER = "Common ladder for late returns"
_CPB = "Cambridgeshire and Peterborough findings of 2020"


def _reminder(before: int) -> Clock:
    return Clock(
        key=f"return_reminder_{before}",
        title=f"Self-assessment: reminder {before} day{'' if before == 1 else 's'} before it is due",
        duty=DUTY,
        editions=EVERY,
        starts=_DUE,
        limit=days(before),
        sense=Sense.BEFORE,
        kind=Kind.LOCAL,
        stops="the reminder is sent, or the return is in",
        source=practice("Reminders go out 28, 14, 7 and 1 days before a return is due.", _LADDER),
    )


def _rung(key: str, title: str, after: int, stops: str, sentence: str, note: str = "") -> Clock:
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=EVERY,
        starts=_WAS_DUE,
        limit=working_days(after),
        kind=Kind.LOCAL,
        stops=stops,
        source=practice(sentence, _LADDER),
        note=note,
    )


def _cycle(key: str, title: str, number: int, source: Source) -> Clock:
    return Clock(
        key=key,
        title=title,
        duty=DUTY,
        editions=EVERY,
        starts=start("last_cycle", "the last cycle was issued"),
        limit=months(number),
        kind=Kind.LOCAL,
        repeats=True,
        stops="the next cycle is issued",
        source=source,
    )


CLOCKS: tuple[Clock, ...] = (
    _cycle(
        "section_11_cycle",
        "Section 11 self-audit: next cycle",
        24,
        seen("The local section 11 self-audit runs every two years.", "Local framework", _CPB),
    ),
    _cycle(
        "schools_cycle",
        "Schools' self-assessment: next cycle",
        12,
        seen(
            "Six areas in ten ask schools every year.", "Local frameworks", "a national survey of late 2023"
        ),
    ),
    *(_reminder(number) for number in (28, 14, 7, 1)),
    _rung(
        "return_chaser",
        "Late return: chaser to the coordinator and the substitute",
        1,
        "the chaser is sent, or the return is in",
        "One working day after the due day the coordinator and the substitute contact are chased.",
    ),
    _rung(
        "return_manager_letter",
        "Late return: business manager to the signatory",
        10,
        "the business manager has written, or the return is in",
        "Ten working days after the due day the business manager writes to the signatory.",
    ),
    _rung(
        "return_chair_letter",
        "Late return: letter from the chair or scrutineer to the chief executive",
        20,
        "the letter is signed and sent, or the return is in",
        "Twenty working days after the due day the independent chair or scrutineer writes to the chief executive.",
        "After this come a formal request for information, the Board's agenda, the inspectorate or regulator, and "
        "the annual report; these have no number of days.",
    ),
    Clock(
        key="return_action_plan_window",
        title="Self-assessment: action plan stays open",
        duty=DUTY,
        editions=EVERY,
        starts=start("released", "the result was released"),
        limit=months(12),
        kind=Kind.LOCAL,
        stops="the action plan is closed and looked at again",
        source=seen(
            "The action plan stays open for about a year, then it is closed.", "Local framework", "Essex"
        ),
    ),
    Clock(
        key="audit_urgent_concern",
        title="Case audit: an immediate concern about a child",
        duty=DUTY,
        editions=EVERY,
        starts=start("concern_found", "the auditor found the concern"),
        limit=SAME_DAY,
        kind=Kind.LOCAL,
        stops="the agency's lead and the local authority have been told",
        source=ours("A concern found in an audit is passed on the same day, outside the audit's timetable."),
    ),
    Clock(
        key="survey_disclosure",
        title="Survey answer that may be a disclosure",
        duty=DUTY,
        editions=EVERY,
        starts=start("answer_read", "the answer arrived"),
        limit=SAME_DAY,
        kind=Kind.LOCAL,
        stops="somebody owns it",
        source=ours(
            "Free text in a survey that may be a disclosure has an owner the same day, before any analysis."
        ),
    ),
    Clock(
        key="re_audit",
        title="Looking again at a weakness found by an audit",
        duty=DUTY,
        editions=EVERY,
        starts=start("finding_agreed", "the finding was agreed"),
        opens=months(6),
        limit=months(12),
        kind=Kind.LOCAL,
        stops="the repeat audit is done",
        source=ours("A finding is audited again six to twelve months later."),
    ),
    Clock(
        key="joint_inspection_pack",
        title="Joint targeted inspection: files ready for fieldwork",
        duty=DUTY,
        editions=EVERY,
        starts=start("inspection_notice", "the inspectors gave notice"),
        limit=working_days(10),
        kind=Kind.TARGET,
        stops="the joint evaluation of the chosen children is ready",
        source=seen(
            "Inspectors give notice ten working days before fieldwork; agencies evaluate the chosen children "
            "together in the second week.",
            "Joint targeted area inspections",
            "a local authority's page about joint inspections",
        ),
    ),
)
