"""Rules about one episode, and between the episodes of a child."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wholestory.indicators.child_level.census.checks.overlaps import begins_inside
from wholestory.indicators.child_level.census.checks.registry import BETWEEN, EPISODES, Period, over
from wholestory.indicators.child_level.census.records import Child, Episode, Record
from wholestory.indicators.child_level.census.versions import codes

_SOURCES = frozenset(codes()["ReferralSource"])
_NEEDS = frozenset(codes()["PrimaryNeedCode"])
_REASONS = frozenset(codes()["ReasonForClosure"])
DAYS_BEFORE_BIRTH = 280


@over(EPISODES, "8600")
def _referral_date(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.referred is None or one.referred > period.last


@over(EPISODES, "8606")
def _long_before_birth(one: Episode, _: Any, child: Child, period: Period) -> object:
    if one.referred is None:
        return False
    return (child.born is not None and one.referred < child.born - DAYS_BEFORE_BIRTH) or (
        child.expected is not None and one.referred < child.expected - DAYS_BEFORE_BIRTH
    )


@over(EPISODES, "8866")
def _source(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.source not in _SOURCES


@over(EPISODES, "8568")
def _further_action(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.nfa is None


@over(EPISODES, "8610")
def _no_need(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.need is None and one.nfa is False


@over(EPISODES, "8650")
def _need(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.need is not None and one.need not in _NEEDS


@over(EPISODES, "8569Q")
def _old_and_no_action(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.nfa is True and one.referred is not None and one.referred < period.first


@over(EPISODES, "8831")
def _no_action_but_work(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.nfa is True and (one.assessments or one.enquiries or one.conference is not None)


@over(EPISODES, "8832")
def _no_action_but_protection(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.nfa is True and one.protection


@over(EPISODES, "4000")
def _no_action_but_plan(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.nfa is True and one.plans


@over(EPISODES, "8620")
def _closed_in_period(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.closed is not None and not period.first <= one.closed <= period.last


@over(EPISODES, "8630")
def _closed_before_referral(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.closed is not None and one.referred is not None and one.closed < one.referred


@over(EPISODES, "8805")
def _no_reason(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.reason is None and "CINclosureDate" in one.sent


@over(EPISODES, "8810")
def _no_closure(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.reason is not None and "CINclosureDate" not in one.sent


@over(EPISODES, "8640")
def _reason(one: Episode, _: Any, child: Child, period: Period) -> object:
    return one.reason is not None and one.reason not in _REASONS


@over(EPISODES, "8565")
def _after_closing(one: Episode, _: Any, child: Child, period: Period) -> object:
    closed = one.closed
    if closed is None:
        return False
    return any(day is not None and day > closed for day in _happened(one))


def _happened(one: Episode) -> Iterable[int | None]:
    yield one.conference
    for assessment in one.assessments:
        yield assessment.started
        yield assessment.authorised
    for enquiry in one.enquiries:
        yield enquiry.started
        yield enquiry.conference
    for plan in one.protection:
        yield plan.started
        yield plan.ended
    for in_need in one.plans:
        yield in_need.started
        yield in_need.ended


@over(BETWEEN, "2884")
def _conference_twice(child: Child, period: Period) -> Iterable[Record]:
    placed = [one for one in child.episodes if one.conference is not None]
    if not placed:
        return ()
    with_enquiries = {enquiry.conference for other in child.episodes for enquiry in other.enquiries}
    return [one for one in placed if one.conference in with_enquiries]


def is_open(one: Episode) -> bool:
    """Whether an episode is sent as open: it went further and has no closing date."""
    return one.nfa is False and "CINclosureDate" not in one.sent


@over(BETWEEN, "8815")
def _two_open(child: Child, period: Period) -> Iterable[Record]:
    if len(child.episodes) < 2:
        return ()
    still = [one for one in child.episodes if is_open(one)]
    return still if len(still) > 1 else ()


@over(BETWEEN, "8816")
def _open_and_not_last(child: Child, period: Period) -> Iterable[Record]:
    if len(child.episodes) < 2:
        return ()
    latest = max((one.referred for one in child.episodes if one.referred is not None), default=0)
    return [
        one for one in child.episodes if one.referred is not None and one.referred < latest and is_open(one)
    ]


@over(BETWEEN, "8820")
def _overlap(child: Child, period: Period) -> Iterable[Record]:
    if len(child.episodes) < 2:
        return ()
    spans = [
        (one.referred, one.closed if one.closed is not None else period.last if is_open(one) else None, one)
        for one in child.episodes
        if one.referred is not None
    ]
    return begins_inside(spans)
