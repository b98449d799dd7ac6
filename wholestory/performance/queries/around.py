"""What stands around the figures of a report: who is late, what was challenged and promised, what was decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from wholestory.actions import queries as action_queries
from wholestory.challenge.challenges import queries as challenges
from wholestory.challenge.models import OVER, Challenge
from wholestory.indicators.models import AgencyReturn, ReturnStage
from wholestory.indicators.queries.measures import catalogue_of
from wholestory.indicators.rules.lateness import Days
from wholestory.indicators.rules.periods import Period
from wholestory.meetings.queries.answers import decisions_about
from wholestory.partners.models import Board, Group
from wholestory.performance.models import QuarterlyReport, ReportState
from wholestory.performance.queries.moved import outcomes
from wholestory.performance.queries.promises import every as every_promise


def late(board: Board, period: Period, today: date) -> dict[str, Any]:
    """Who sent late or not at all for a period, and how many were asked: one query."""
    rows = (
        AgencyReturn.objects.filter(board=board, period_end=period.end)
        .exclude(stage=ReturnStage.WITHDRAWN)
        .select_related("agency", "record")
        .order_by("agency__name", "id")
    )
    found = []
    for one in rows:
        days = Days(one.due_on, one.extended_to, one.first_sent_on)
        if days.late(today):
            found.append(
                {
                    "agency": str(one.agency_id), "name": one.agency.name, "due": days.last.isoformat(),
                    "sent": one.first_sent_on.isoformat() if one.first_sent_on else "",
                    "reference": one.record.reference,
                }
            )  # fmt: skip
    return {"late": found, "asked": len(rows)}


def last_report(board: Board, group: Group, period: Period) -> QuarterlyReport | None:
    """The newest report the group was given of an earlier period."""
    rows = QuarterlyReport.objects.filter(
        board=board, group=group, state=ReportState.GIVEN, period_end__lt=period.start
    )
    return rows.defer("document").select_related("record").order_by("-period_end", "-number").first()


def story(board: Board, group: Group, period: Period, today: date) -> dict[str, Any]:
    """What was decided about the last report and what came of it: decisions, challenges and promises, each as it
    stands today."""
    last = last_report(board, group, period)
    since = last.given_at.date() if last is not None and last.given_at is not None else None
    rows = challenges.every(board).filter(group=group)
    known = [one for one in rows.order_by("raised_on", "created_at") if _counts(one, since)]
    promises: list[Any] = list(
        every_promise(board).filter(circle__kind="challenge", circle__group=group).order_by("due_on", "id")
    )
    came = outcomes(board, promises, catalogue_of(board))
    decided = decisions_about(last.record) if last is not None else []
    return {
        "last": None if last is None else {"reference": last.record.reference, "label": last.label},
        "decisions": [
            {"words": one.words, "on": one.decided_on.isoformat() if one.decided_on else ""} for one in decided
        ],
        "challenges": [_challenge(one, today) for one in known],
        "promises": [
            {
                "reference": one.record.reference, "title": one.title, "agency": one.agency.name,
                "agency_key": str(one.agency_id), "owner": one.owner.full_name if one.owner else one.owner_title,
                "due": one.due_on.isoformat(), "state": action_queries.status_of(one, today).label,
                "evidence": one.shown, "measure": one.measure_code, "moved": came[one.pk].words,
                "said": came[one.pk].sentence,
            }
            for one in promises
        ],
    }  # fmt: skip


def _counts(one: Challenge, since: date | None) -> bool:
    """Whether a challenge is still open, or ended since the last report."""
    ended = one.decided_on if one.stage == "settled" else None
    return one.stage not in OVER or (ended is not None and (since is None or ended >= since))


def _challenge(one: Challenge, today: date) -> dict[str, Any]:
    return {
        "reference": one.record.reference, "agency": one.agency.name, "agency_key": str(one.agency_id),
        "about": one.about_label, "measure": one.measure, "raised": one.raised_on.isoformat(),
        "due": one.due_on.isoformat(), "state": challenges.status_of(one, today).label,
        "late": challenges.is_late(one, today),
        "decision": str(one.get_decision_display()) if one.decision else "", "words": one.decision_words,
        "difference": one.difference,
    }  # fmt: skip
