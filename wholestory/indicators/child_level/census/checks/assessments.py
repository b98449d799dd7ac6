"""Rules about one assessment."""

from __future__ import annotations

from collections.abc import Iterable

from wholestory.indicators.child_level.census.checks.registry import ASSESSMENTS, BETWEEN, Period, over
from wholestory.indicators.child_level.census.records import Assessment, Child, Episode, Record
from wholestory.indicators.child_level.census.versions import codes

FACTORS = frozenset(codes()["AssessmentFactors"])
NO_FACTOR = "21"


def unfinished(one: Assessment) -> bool:
    """Whether it is sent as not finished."""
    return "AssessmentAuthorisationDate" not in one.sent


@over(ASSESSMENTS, "1103")
def _before_referral(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return one.started is not None and episode.referred is not None and one.started < episode.referred


@over(ASSESSMENTS, "8608")
def _ends_first(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return one.started is not None and one.authorised is not None and one.authorised < one.started


@over(ASSESSMENTS, "8696")
def _ends_in_period(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return one.authorised is not None and not period.first <= one.authorised <= period.last


@over(ASSESSMENTS, "8736")
def _open_starts_in_period(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return unfinished(one) and (one.started is None or not period.first <= one.started <= period.last)


@over(ASSESSMENTS, "8867")
def _open_in_closed(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return episode.closed is not None and unfinished(one)


@over(ASSESSMENTS, "8614")
def _factors_too_early(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return one.factors and unfinished(one)


@over(ASSESSMENTS, "8897Q")
def _no_factors(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return one.authorised is not None and one.authorised >= period.first and FACTORS.isdisjoint(one.factors)


@over(ASSESSMENTS, "8869")
def _none_and_some(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return len(one.factors) > 1 and NO_FACTOR in one.factors and len(set(one.factors)) > 1


@over(ASSESSMENTS, "8898")
def _factor_twice(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return len(one.factors) != len(set(one.factors))


@over(ASSESSMENTS, "8945Q")
def _old_18a(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return "18A" in period.divided and "18A" in one.factors


@over(ASSESSMENTS, "8950Q")
def _old_19a(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return "19A" in period.divided and "19A" in one.factors


@over(ASSESSMENTS, "8670Q")
def _long_open(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return one.started is not None and one.started < period.open_assessment and unfinished(one)


@over(ASSESSMENTS, "PB-12")
def _unknown_factor(one: Assessment, episode: Episode, child: Child, period: Period) -> object:
    return not FACTORS.issuperset(one.factors)


@over(BETWEEN, "PB-11")
def _same_start(child: Child, period: Period) -> Iterable[Record]:
    """Records of one kind that begin on one day and differ."""
    kinds: tuple[list[Record], ...] = (
        [one for episode in child.episodes for one in episode.assessments],
        [one for episode in child.episodes for one in episode.enquiries],
        [one for episode in child.episodes for one in episode.protection],
    )
    found: list[Record] = []
    for records in kinds:
        if len(records) < 2:
            continue
        first: dict[object, Record] = {}
        for record in records:
            start = getattr(record, "started", None)
            if start is None:
                continue
            other = first.setdefault(start, record)
            if other is not record and other.sent != record.sent:
                found.append(record)
    return found
