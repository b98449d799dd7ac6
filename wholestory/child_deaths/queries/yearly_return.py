"""What the yearly return of older years is counted from: final reviews of one year, and which there are of each year.

A review counts in the year in which the panel first finished it, whenever it was saved as final, and by its newest
final version. Restricted cases are counted without a word about them. The number of queries is the same for any number
of reviews.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from wholestory.child_deaths.models import (
    Analysis,
    Case,
    CaseKind,
    CompositeChoice,
    DeathRow,
    Lead,
    RequestForm,
    Review,
)
from wholestory.child_deaths.rules.ages import AgeBand, BornAfterDeath, band_at
from wholestory.child_deaths.rules.code_lists import NHS_ETHNICITY, nhs_ethnicity
from wholestory.child_deaths.rules.factors import era
from wholestory.child_deaths.rules.figures import NOT_COUNTED, Group
from wholestory.child_deaths.rules.yearly_return import YEARS, Reviewed, YearlyReturn, totals
from wholestory.child_deaths.rules.years import Took, Year, took
from wholestory.paperwork.models import Answer, Status
from wholestory.partners.models import Board

_NHS_CODES = frozenset(each.key for each in NHS_ETHNICITY)
_EVENTS = "events"
_ANSWERED = ("identified", "none_identified")


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year in the list of years. ``none`` and ``identified`` together are the reviews with enough information."""

    year: Year
    question: str
    reviews: int
    enough: int
    not_final: int


def years(board: Board) -> list[YearLine]:
    """Every year the return was sent for, the latest first. Two queries."""
    final = Analysis.objects.filter(review=OuterRef("pk"), state="final").order_by("-version")
    found = _reviews(board, YEARS).annotate(
        final=Subquery(final.values("version")[:1]), answer=Subquery(final.values("modifiable")[:1])
    )
    counted, enough, unfinished = Counter[int](), Counter[int](), Counter[int]()
    for on, version, answer in found.values_list("first_reviewed_on", "final", "answer"):
        if on is None:
            continue
        starts_in = Year.of(on).starts_in
        if version is None:
            unfinished[starts_in] += 1
            continue
        counted[starts_in] += 1
        enough[starts_in] += answer in _ANSWERED
    for starts_in, final_ones, others in _withheld(board, YEARS):
        counted[starts_in] += final_ones
        unfinished[starts_in] += others
    return [
        YearLine(
            year, era(year.first).value, counted[year.starts_in], enough[year.starts_in], unfinished[year.starts_in]
        )
        for year in reversed(YEARS)
    ]  # fmt: skip


def of_year(board: Board, year: Year) -> YearlyReturn:
    """The totals of one year. Six queries."""
    reviews = list(_reviews(board, [year]).select_related("case__child"))
    finals = {
        each.review_id: each
        for each in Analysis.objects.filter(review__in=[one.pk for one in reviews], state="final").order_by(
            "version"
        )
    }
    counted = [one for one in reviews if one.pk in finals]
    events = _events([one.case_id for one in counted])
    withheld = _withheld(board, [year])
    return totals(
        year,
        [_said(one, finals[one.pk], events.get(one.case_id, frozenset())) for one in counted],
        withheld=sum(final for _, final, _ in withheld),
        not_final=len(reviews) - len(counted) + sum(others for _, _, others in withheld),
    )


def _reviews(board: Board, wanted: Sequence[Year]) -> QuerySet[Review]:
    """Reviews this panel finished in these years, of deaths that count and may be described."""
    return Review.objects.filter(
        case__panel__board=board, case__kind=CaseKind.DEATH, case__restricted=False,
        first_reviewed_on__gte=min(year.first for year in wanted),
        first_reviewed_on__lte=max(year.last for year in wanted),
    ).exclude(case__lead=Lead.THEIRS).exclude(
        case__record__standing__stage__in=[*NOT_COUNTED, "transferred"]
    ).order_by("first_reviewed_on")  # fmt: skip


def _withheld(board: Board, wanted: Sequence[Year]) -> list[tuple[int, int, int]]:
    """Of each year: reviews of restricted cases that are final, and that are not."""
    final = Q(group=Group.FINAL.value) | Q(final_in_time__isnull=False)
    rows = DeathRow.objects.filter(
        panel__board=board, withheld=True, year_reviewed__in=[year.starts_in for year in wanted]
    ).exclude(group=Group.ELSEWHERE.value)
    found = (
        rows.order_by().values("year_reviewed").annotate(final=Count("pk", filter=final), every=Count("pk"))
    )
    return [
        (year, each["final"], each["every"] - each["final"])
        for each in found
        if (year := each["year_reviewed"]) is not None
    ]


def _said(review: Review, analysis: Analysis, events: frozenset[str]) -> Reviewed:
    case: Case = review.case
    child = case.child
    try:
        age = band_at(child.born_on, case.died_on)
    except BornAfterDeath:
        age = AgeBand.NOT_KNOWN
    code = child.ethnicity if child.ethnicity in _NHS_CODES else nhs_ethnicity(child.ethnicity)
    on = review.first_reviewed_on
    said = Reviewed(
        modifiable=analysis.modifiable, category=analysis.primary, age=age.value, sex=child.sex,
        ethnicity=code if child.ethnicity else "", place=case.place_kind, events=events,
        case_review=analysis.case_review, protection_plan=analysis.protection_plan, social_care=analysis.social_care,
    )  # fmt: skip
    if case.died_on is None or on is None or on < case.died_on:
        return said
    return replace(said, took=Took(took(case.died_on, on)).value)


def _events(cases: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    """What events led to each death: as somebody chose; else everything that any agency ticked."""
    found: dict[UUID, frozenset[str]] = {}
    forms = RequestForm.objects.filter(
        request__case__in=cases, request__revoked_at=None, answers__status=Status.SUBMITTED
    )
    case_of = dict(forms.values_list("answers_id", "request__case_id"))
    for answer in Answer.objects.filter(answer_set__in=case_of, key=_EVENTS, item=0):
        case = case_of[answer.answer_set_id]
        found[case] = found.get(case, frozenset()) | _keys(answer.value)
    # “None of these” from one agency says nothing against what another knows.
    found = {case: each - {"none"} or each for case, each in found.items()}
    choices = CompositeChoice.objects.filter(case__in=cases, question=_EVENTS).order_by("at", "created_at")
    newest = {choice.case_id: choice for choice in choices}
    found.update({case: _keys(choice.value) for case, choice in newest.items() if not choice.undone})
    return found


def _keys(value: Any) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset({value}) if value else frozenset()
    return frozenset(map(str, value)) if isinstance(value, Iterable) else frozenset()
