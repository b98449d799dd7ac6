"""What came in after the figures of a report were frozen, and is not in them."""

from __future__ import annotations

from wholestory.indicators.models import ReturnStep, Submission, SubmissionState
from wholestory.kernel.moments import london_day
from wholestory.performance.models import QuarterlyReport, ReportFigures

_WORDS = {"sent": "came in", "revised": "was corrected", "accepted": "was accepted"}


def since_frozen(report: QuarterlyReport, of: ReportFigures) -> list[str]:
    """Each agency's return that came in, was corrected or accepted since, and other figures brought in: two queries."""
    steps = ReturnStep.objects.filter(
        of_return__board=report.board, of_return__period_end__lte=report.period_end, kind__in=list(_WORDS),
        at__gt=of.at,
    )  # fmt: skip
    steps = steps.select_related("of_return__agency", "of_return__record")
    found = [
        f"{one.of_return.agency.name}: the return {one.of_return.record.reference} ({one.of_return.label})"
        f" {_WORDS[one.kind]} on {_day(one.on)}."
        for one in steps.order_by("of_return__agency__name", "at", "created_at")
    ]
    brought = Submission.objects.filter(
        board=report.board, of_return=None, state=SubmissionState.IN_FORCE, at__gt=of.at,
        values__in_force=True, values__period_end__lte=report.period_end,
    ).select_related("agency", "record").order_by("at").distinct()  # fmt: skip
    return [
        *found,
        *(
            f"{one.agency.name if one.agency else 'Many agencies'}: {one.record.reference}"
            f" ({str(one.get_source_display()).lower()}) on {_day(london_day(one.at))}."
            for one in brought
        ),
    ]


def _day(on: object) -> str:
    return f"{on:%-d %B %Y}"
