"""What agencies returned and what they still owe: known, not known and blank, by question and by agency."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from wholestory.child_deaths.definitions.side_by_side import Filled, answers_of
from wholestory.child_deaths.models import AWAITED, AgencyRequest, Asked, Case, RequestForm
from wholestory.child_deaths.rules.composite import Said
from wholestory.child_deaths.rules.data_quality import WAITED
from wholestory.paperwork.models import Answer, Status
from wholestory.paperwork.queries import form_of


@dataclass(frozen=True)
class Owed:
    """What one agency has not returned: how many requests in each band of days since it was asked, and how many of
    them are past their day."""

    organisation: str
    bands: tuple[int, ...]
    late: int

    @property
    def number(self) -> int:
        """All of them."""
        return sum(self.bands)


@dataclass(frozen=True)
class Answered:
    """How one question, or everything one agency was asked, was answered. Of what applied: what did not is in none."""

    label: str
    known: int = 0
    not_known: int = 0
    not_applicable: int = 0
    declined: int = 0
    blank: int = 0
    forms: int = 0

    @property
    def asked(self) -> int:
        """How often it was asked and applied."""
        return self.known + self.not_known + self.not_applicable + self.declined + self.blank


def owed(cases: QuerySet[Case], today: date) -> list[Owed]:
    """What each agency owes, the most first: one query."""
    due = Coalesce(F("extended_to"), F("due_on"))
    rows = AgencyRequest.objects.filter(
        case__in=cases.order_by().values("pk"), state__in=AWAITED, revoked_at=None
    )
    measured: dict[str, Any] = {}
    since = today
    for at, (days, _) in enumerate(WAITED):
        until = None if days is None else today - timedelta(days=days)
        which = Q(asked_on__lte=since)
        if until is not None:
            which &= Q(asked_on__gt=until)
            since = until
        measured[f"band_{at}"] = Count("pk", filter=which)
    found = (
        rows.order_by()
        .annotate(due=due)
        .values("organisation")
        .annotate(late=Count("pk", filter=Q(due__lt=today)), **measured)
        .values_list("organisation", "late", *measured)
    )
    lines = [Owed(name, tuple(bands), late) for name, late, *bands in found]
    return sorted(lines, key=lambda one: (-one.number, one.organisation))


def owing(cases: QuerySet[Case]) -> tuple[UUID, ...]:
    """The cases for which something is owed."""
    rows = AgencyRequest.objects.filter(
        case__in=cases.order_by().values("pk"), state__in=AWAITED, revoked_at=None
    )
    return tuple(rows.order_by("case").values_list("case", flat=True).distinct())


def answered(cases: QuerySet[Case]) -> tuple[list[Answered], list[Answered]]:
    """How returned forms were filled in, by question and by agency; the least known first. Two queries."""
    forms = list(
        RequestForm.objects.filter(
            request__case__in=cases.order_by().values("pk"), request__state=Asked.RETURNED,
            request__revoked_at=None, answers__status=Status.SUBMITTED,
        ).select_related("answers__form_version", "request")
    )  # fmt: skip
    given: dict[UUID, dict[Any, Any]] = defaultdict(dict)
    for each in Answer.objects.filter(answer_set__in=[form.answers_id for form in forms]):
        given[each.answer_set_id][each.place] = each.given
    questions, agencies = defaultdict[str, Counter[Said]](Counter), defaultdict[str, Counter[Said]](Counter)
    labels: dict[str, str] = {}
    many = Counter(form.request.organisation for form in forms)
    for form in forms:
        asked = form_of(form.answers.form_version)
        labels |= {key: one.question.label for key, one in asked.asked.items()}
        filled = Filled(form.request.organisation, asked, given[form.answers_id])
        for one in answers_of(filled):
            if one.said is not Said.NOT_ASKED:
                questions[one.question][one.said] += 1
                agencies[form.request.organisation][one.said] += 1
    by_question = [_line(labels.get(key, key), said) for key, said in questions.items()]
    by_agency = [_line(name, said, many[name]) for name, said in agencies.items()]
    return sorted(by_question, key=_unknown), sorted(by_agency, key=_unknown)


def _line(label: str, said: Counter[Said], forms: int = 0) -> Answered:
    return Answered(
        label, said[Said.VALUE], said[Said.NOT_KNOWN], said[Said.NOT_APPLICABLE], said[Said.DECLINED],
        said[Said.BLANK], forms,
    )  # fmt: skip


def _unknown(one: Answered) -> tuple[float, float, str]:
    asked = one.asked or 1
    return (-(one.not_known + one.blank) / asked, -one.asked, one.label)
