"""Whoever ever wrote in a report approves no published version of it, also where somebody wrote over their words."""

from __future__ import annotations

import pytest

from tests.indicators.people import Figures
from tests.performance.quarter import MOMENT, TODAY, begun
from wholestory.performance.models import QuarterlyReport, ReportWords
from wholestory.performance.operations import public, reports
from wholestory.performance.operations.reports import ReportRefused

pytestmark = pytest.mark.django_db


def test_words_that_were_written_over_are_remembered(figures: Figures) -> None:
    report: QuarterlyReport = begun(figures)
    with figures.acting("analyst") as actor:
        reports.write(actor=actor, report=report, section="summary", text="In short.", now=MOMENT)
        reports.give(actor=actor, report=report, today=TODAY, now=MOMENT)
    with figures.acting("business_manager") as actor:
        public.write_words(actor=actor, report=_fresh(report), text="For everybody.", now=MOMENT)
    with figures.acting("analyst") as actor:
        public.write_words(actor=actor, report=_fresh(report), text="For everybody!", now=MOMENT)
        assert len(ReportWords.objects.get(section="public").writers) == 2
        made = public.prepare(actor=actor, report=_fresh(report), today=TODAY, now=MOMENT)
        with pytest.raises(ReportRefused):
            public.propose(
                actor=actor, public=made, approver=figures.world.people["business_manager"], today=TODAY, now=MOMENT
            )  # fmt: skip
        public.propose(
            actor=actor, public=made, approver=figures.world.people["chair"], today=TODAY, now=MOMENT
        )


def _fresh(report: QuarterlyReport) -> QuarterlyReport:
    return QuarterlyReport.objects.select_related("record", "board", "group").get(pk=report.pk)
