"""Rules about enquiries, conferences and plans."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from wholestory.indicators.child_level.census.checks.overlaps import Covered, begins_inside
from wholestory.indicators.child_level.census.checks.registry import (
    BETWEEN,
    ENQUIRIES,
    PLANS,
    PROTECTION,
    Period,
    over,
)
from wholestory.indicators.child_level.census.records import (
    Child,
    Enquiry,
    Episode,
    InNeedPlan,
    ProtectionPlan,
    Record,
)
from wholestory.indicators.child_level.census.versions import codes
from wholestory.indicators.child_level.window import months_after

_CATEGORIES = frozenset(codes()["CategoryOfAbuse"])


def weekend(day: int | None) -> bool:
    """Whether the ordinal is a Saturday or Sunday; ordinal 1 was a Monday."""
    return day is not None and (day - 1) % 7 >= 5


def undecided(one: Enquiry) -> bool:
    """Whether an enquiry has no outcome: no conference, and none said not to be needed."""
    return "DateOfInitialCPC" not in one.sent and one.no_conference is not True


@over(ENQUIRIES, "2889")
def _before_referral(one: Enquiry, episode: Episode, child: Child, period: Period) -> object:
    return one.started is not None and episode.referred is not None and one.started < episode.referred


@over(ENQUIRIES, "8615")
def _conference_first(one: Enquiry, episode: Episode, child: Child, period: Period) -> object:
    return one.conference is not None and (one.started is None or one.started > one.conference)


@over(ENQUIRIES, "8868")
def _no_outcome(one: Enquiry, episode: Episode, child: Child, period: Period) -> object:
    if episode.closed is None:
        return False
    return undecided(one) or (one.conference is not None and one.no_conference is True)


@over(ENQUIRIES, "8675Q")
def _conference_late(one: Enquiry, episode: Episode, child: Child, period: Period) -> object:
    return (
        one.started is not None
        and one.started < period.open_enquiry
        and one.no_conference is False
        and "DateOfInitialCPC" not in one.sent
    )


@over(ENQUIRIES, "8875")
def _conference_on_weekend(one: Enquiry, episode: Episode, child: Child, period: Period) -> object:
    return weekend(one.conference)


@over(ENQUIRIES, "8870Q")
def _target_on_weekend(one: Enquiry, episode: Episode, child: Child, period: Period) -> object:
    return weekend(one.target)


@over(BETWEEN, "8890")
def _enquiries_overlap(child: Child, period: Period) -> Iterable[Record]:
    found: list[Record] = []
    for episode in child.episodes:
        if len(episode.enquiries) < 2:
            continue
        # Two that are the same in both dates are one enquiry sent twice, not two that overlap.
        distinct = {
            (one.started, one.conference): one
            for one in reversed(episode.enquiries)
            if one.started is not None
        }
        spans = [
            (start, conference if conference is not None else period.last if undecided(one) else None, one)
            for (start, conference), one in distinct.items()
            if start is not None
        ]
        found += begins_inside(spans, last_day_counts=True)
    return found


@over(BETWEEN, "8839")
def _two_undecided(child: Child, period: Period) -> Iterable[Record]:
    found: list[Record] = []
    for episode in child.episodes:
        if len(episode.enquiries) > 1:
            still = [one for one in episode.enquiries if undecided(one)]
            found += still if len(still) > 1 else []
    return found


@over(PROTECTION, "8720")
def _plan_start(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.started is None or one.started > period.last


@over(PROTECTION, "8925")
def _plan_ends_first(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.started is not None and one.ended is not None and one.ended < one.started


@over(PROTECTION, "8930")
def _plan_ends_in_period(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.ended is not None and not period.first <= one.ended <= period.last


@over(PROTECTION, "8840")
def _plan_of_a_day(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.started is not None and one.started == one.ended


@over(PROTECTION, "8905")
def _first_category(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.first_category not in _CATEGORIES


@over(PROTECTION, "8910")
def _latest_category(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.latest_category not in _CATEGORIES


@over(PROTECTION, "8730")
def _earlier_plans(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.previous is None


@over(PROTECTION, "2885")
def _without_conference(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    if one.started is None or not period.first <= one.started <= period.last:
        return False
    return one.started != episode.conference and all(
        one.started != enquiry.conference for enquiry in episode.enquiries
    )


@over(PROTECTION, "PB-09")
def _past_18(one: ProtectionPlan, episode: Episode, child: Child, period: Period) -> object:
    if child.born is None or child.born > period.last or one.started is None:
        return False
    birthday = months_after(date.fromordinal(child.born), 12 * 18).toordinal()
    return (one.ended if one.ended is not None else period.last) > birthday


def _in_need(child: Child, period: Period) -> Covered:
    return Covered(
        (plan.started, plan.ended if plan.ended is not None else period.last + 1)
        for episode in child.episodes
        for plan in episode.plans
        if plan.started is not None
    )


def _protected(child: Child, period: Period) -> Covered:
    return Covered(
        (plan.started, plan.ended if plan.ended is not None else period.last + 1)
        for episode in child.episodes
        for plan in episode.protection
        if plan.started is not None
    )


@over(BETWEEN, "8935")
def _two_open_plans(child: Child, period: Period) -> Iterable[Record]:
    still = [
        plan for episode in child.episodes for plan in episode.protection if "CPPendDate" not in plan.sent
    ]
    return still if len(still) > 1 else ()


@over(BETWEEN, "8940")
def _plans_overlap(child: Child, period: Period) -> Iterable[Record]:
    spans = [
        (plan.started, plan.ended if plan.ended is not None else period.last, plan)
        for episode in child.episodes
        for plan in episode.protection
        if plan.started is not None
    ]
    return begins_inside(spans, last_day_counts=True)


@over(PLANS, "4011")
def _in_need_ends_first(one: InNeedPlan, episode: Episode, child: Child, period: Period) -> object:
    return one.started is not None and one.ended is not None and one.ended < one.started


@over(BETWEEN, "4001")
def _both_open(child: Child, period: Period) -> Iterable[Record]:
    if not any("CPPendDate" not in plan.sent for one in child.episodes for plan in one.protection):
        return ()
    return [
        plan
        for episode in child.episodes
        for plan in episode.plans
        if plan.started is not None and "CINPlanEndDate" not in plan.sent
    ]


@over(BETWEEN, "4004")
def _two_open_in_need(child: Child, period: Period) -> Iterable[Record]:
    found: list[Record] = []
    for episode in child.episodes:
        if len(episode.plans) > 1:
            still = [one for one in episode.plans if "CINPlanEndDate" not in one.sent]
            found += still if len(still) > 1 else []
    return found


@over(BETWEEN, "4014")
def _in_need_overlap(child: Child, period: Period) -> Iterable[Record]:
    spans = [
        (plan.started, plan.ended if plan.ended is not None else period.last, plan)
        for episode in child.episodes
        for plan in episode.plans
        if plan.started is not None
    ]
    return begins_inside(spans, last_day_counts=True)


@over(BETWEEN, "4016")
def _during_protection(child: Child, period: Period) -> Iterable[Record]:
    plans = [plan for episode in child.episodes for plan in episode.plans if plan.started is not None]
    if not plans or not any(episode.protection for episode in child.episodes):
        return ()
    covered = _protected(child, period)
    return [plan for plan in plans if plan.started in covered]


@over(BETWEEN, "4017")
def _during_in_need_plan(child: Child, period: Period) -> Iterable[Record]:
    plans = [plan for episode in child.episodes for plan in episode.protection if plan.started is not None]
    if not plans or not any(episode.plans for episode in child.episodes):
        return ()
    covered = _in_need(child, period)
    return [plan for plan in plans if plan.started in covered]
