"""What a case says for the figures: the same facts for one case or for a thousand, in a constant number of queries.

Everything is read defensively: a case in its first hour has no address, no response decision and no analysis.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from wholestory.child_deaths.models import (
    Address,
    Analysis,
    Case,
    CaseKind,
    DeathRow,
    Factor,
    Hold,
    Identifier,
    Lead,
    ResponseDecision,
    Review,
)
from wholestory.child_deaths.rules import nhs_number
from wholestory.child_deaths.rules.ages import AgeBand, BornAfterDeath, band_at
from wholestory.child_deaths.rules.code_lists import (
    NHS_ETHNICITY,
    EthnicGroup,
    ethnic_group,
    nhs_ethnicity,
)
from wholestory.child_deaths.rules.factor_codes import Domain, as_current
from wholestory.child_deaths.rules.factors import Compared, Grade, compared
from wholestory.child_deaths.rules.figures import FINAL_WITHIN_DAYS, NOT_COUNTED, Group, group_of, waits_for
from wholestory.child_deaths.rules.years import Took, Year, took
from wholestory.kernel.moments import london_day
from wholestory.pathways.models import RunningClock

_NHS_CODES = frozenset(each.key for each in NHS_ETHNICITY)
_INFANTS = (AgeBand.NEONATAL, AgeBand.INFANT)


@dataclass
class _Facts:
    """What stands beside a case, by the case's or the child's key."""

    numbers: dict[UUID, list[str]] = field(default_factory=dict)
    homes: dict[UUID, list[Address]] = field(default_factory=dict)
    opened: dict[UUID, bool] = field(default_factory=dict)
    holds: dict[UUID, Hold] = field(default_factory=dict)
    clocks: dict[UUID, RunningClock] = field(default_factory=dict)
    reviews: dict[UUID, Review] = field(default_factory=dict)
    analyses: dict[UUID, Analysis] = field(default_factory=dict)
    finals: dict[UUID, date] = field(default_factory=dict)
    factors: dict[UUID, list[str]] = field(default_factory=dict)


def counted(case: Case) -> bool:
    """Whether a case is a death that is counted: not a stillbirth, not left out, not the same as another."""
    standing = getattr(case.record, "standing", None)
    return case.kind == CaseKind.DEATH and (standing is None or standing.stage not in NOT_COUNTED)


def facts(cases: Sequence[Case]) -> Iterable[tuple[Case, dict[str, Any]]]:
    """Each counted case with the values of its row. Nine queries, however many cases."""
    kept = [case for case in cases if counted(case)]
    beside = _beside(kept)
    for case in kept:
        yield case, _values(case, beside)


def _beside(cases: Sequence[Case]) -> _Facts:
    found = _Facts()
    children, ids = [case.child_id for case in cases], [case.pk for case in cases]
    for number in Identifier.objects.filter(child__in=children, kind="nhs", belongs_to="child"):
        found.numbers.setdefault(number.child_id, []).append(number.value)
    for home in Address.objects.filter(child__in=children, kind="normal", withheld=False).order_by(
        "created_at"
    ):
        found.homes.setdefault(home.child_id, []).append(home)
    for decision in ResponseDecision.objects.filter(case__in=ids).order_by("decided_at", "created_at"):
        found.opened[decision.case_id] = decision.opens
    for hold in Hold.objects.filter(case__in=ids, ended_on__isnull=True).order_by("-since_on"):
        found.holds[hold.case_id] = hold
    records = [case.record_id for case in cases]
    for clock in RunningClock.objects.filter(
        record__in=records, key="death_notified", cancelled=False
    ).order_by("created_at"):
        found.clocks[clock.record_id] = clock
    _reviewed(ids, found)
    return found


def _reviewed(ids: Sequence[UUID], found: _Facts) -> None:
    """The reviews, and of each the analysis that counts: the last final one, else the draft the panel saw."""
    case_of: dict[UUID, UUID] = {}
    for review in Review.objects.filter(case__in=ids):
        found.reviews[review.case_id] = review
        case_of[review.pk] = review.case_id
    by_key = {}
    for analysis in Analysis.objects.filter(review__in=case_of).order_by("version"):
        case = case_of[analysis.review_id]
        final = analysis.state == Analysis.State.FINAL
        if final and analysis.final_on is not None:
            found.finals.setdefault(case, analysis.final_on)
        before = found.analyses.get(case)
        if final or before is None or before.state != Analysis.State.FINAL:
            found.analyses[case] = analysis
    by_key = {analysis.pk: case for case, analysis in found.analyses.items()}
    for factor in Factor.objects.filter(analysis__in=by_key).order_by("place"):
        if compared(Grade(factor.grade)) is Compared.CONTRIBUTED:
            domain = as_current(Domain(factor.domain), factor.code)
            found.factors.setdefault(by_key[factor.analysis_id], []).append(
                f"{domain.value}:{factor.code or 'other'}"
            )


def _values(case: Case, beside: _Facts) -> dict[str, Any]:
    standing = getattr(case.record, "standing", None)
    stage = standing.stage if standing is not None else "triage"
    group = Group.ELSEWHERE if case.lead == Lead.THEIRS else group_of(stage)
    hold = beside.holds.get(case.pk)
    waits = waits_for(stage, case.lead, hold.why if hold else "") if group is not Group.ELSEWHERE else None
    since = (hold.since_on if hold else standing.since_on if standing else None) if waits else None
    review = beside.reviews.get(case.pk)
    reviewed_on = review.first_reviewed_on if review else None
    notified_on = london_day(case.first_received_at)
    analysis = beside.analyses.get(case.pk) if reviewed_on else None
    final_on = beside.finals.get(case.pk)
    clock = beside.clocks.get(case.record_id)
    days = (reviewed_on - case.died_on).days if reviewed_on and case.died_on else None
    meeting = analysis.meeting_on if analysis else None
    to_meeting = (meeting - case.died_on).days if meeting and case.died_on else None
    values: dict[str, Any] = {
        "withheld": case.restricted,
        "year_of_death": _year(case.died_on),
        "year_notified": _year(notified_on),
        "year_reviewed": _year(reviewed_on),
        "days_to_review": days if days is not None and days >= 0 else None,
        "took": took(case.died_on, reviewed_on).value
        if case.died_on and (days is None or days >= 0)
        else Took.NOT_REVIEWED.value,
        "days_to_meeting": to_meeting if to_meeting is not None and to_meeting >= 0 else None,
        "group": group.value,
        "waits_for": waits.value if waits else "",
        "waits_since_on": since,
        "regime": case.regime,
        "form_set": case.form_set,
        "brought_in": case.brought_in,
        "notified_in_time": _in_time(case, clock),
        "hours_to_notified": _hours(case),
        "final_in_time": None
        if case.brought_in or not (final_on and reviewed_on)
        else (final_on - reviewed_on).days <= FINAL_WITHIN_DAYS,
    }
    return {**values, **(_NOTHING if case.restricted else _described(case, beside, analysis))}


#: What a row says of a restricted case besides its years and lengths of time.
_NOTHING: dict[str, Any] = {
    "month": None, "age_band": AgeBand.NOT_KNOWN.value, "sex": "", "ethnic_group": "", "area_id": None,
    "deprivation": None, "place_kind": "", "expected": "not_known", "response": "not_known", "category": None,
    "modifiable": "", "factors": [], "has_nhs_number": None, "has_ethnicity": None, "has_postcode": None,
    "has_sex": None, "has_gestation": None, "has_birthweight": None,
}  # fmt: skip


def _described(case: Case, beside: _Facts, analysis: Analysis | None) -> dict[str, Any]:
    child = case.child
    try:
        band = band_at(child.born_on, case.died_on)
    except BornAfterDeath:
        band = AgeBand.NOT_KNOWN
    code = child.ethnicity if child.ethnicity in _NHS_CODES else nhs_ethnicity(child.ethnicity)
    group = ethnic_group(code)
    homes = beside.homes.get(child.pk, [])
    opened = beside.opened.get(case.pk)
    infant = band in _INFANTS
    return {
        "month": case.died_on.month if case.died_on else None,
        "age_band": band.value,
        "sex": child.sex,
        "ethnic_group": group.value,
        "area_id": case.home_area_id,
        "deprivation": next((home.deprivation for home in reversed(homes) if home.deprivation), None),
        "place_kind": case.place_kind,
        "expected": case.expected,
        "response": "not_known" if opened is None else "yes" if opened else "no",
        "category": analysis.primary if analysis else None,
        "modifiable": analysis.modifiable if analysis else "",
        "factors": sorted(set(beside.factors.get(case.pk, []))) if analysis else [],
        "has_nhs_number": any(nhs_number.is_valid(each) for each in beside.numbers.get(child.pk, [])),
        "has_ethnicity": group is not EthnicGroup.NOT_KNOWN,
        "has_postcode": any(home.postcode for home in homes),
        "has_sex": child.sex != "not_known",
        "has_gestation": child.gestation_weeks is not None if infant else None,
        "has_birthweight": child.birthweight_grams is not None if infant else None,
    }


def _year(day: date | None) -> int | None:
    return Year.of(day).starts_in if day else None


def _in_time(case: Case, clock: RunningClock | None) -> bool | None:
    """Whether the panel was told within the limit. Clocks from before this system are never counted as breaches."""
    if case.brought_in or clock is None or clock.met_at is None:
        return None
    return {"met_in_time": True, "met_late": False}.get(clock.outcome)


def _hours(case: Case) -> int | None:
    if case.confirmed_at is None:
        return None
    return max(0, int((case.first_received_at - case.confirmed_at).total_seconds() // 3600))


def differs(row: DeathRow, values: dict[str, Any]) -> bool:
    """Whether a row says something else than these values."""
    return any(getattr(row, name) != value for name, value in values.items())
