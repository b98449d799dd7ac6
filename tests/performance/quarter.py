"""A quarter with its figures for tests about the report: October to December 2015."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from tests.indicators.people import NOW, Figures
from wholestory import ledger
from wholestory.indicators.models import AgencyReturn, Collection, Commentary, Target
from wholestory.indicators.operations import circles
from wholestory.indicators.rules.periods import Period
from wholestory.kernel.moments import at_instant
from wholestory.partners.models import Group
from wholestory.performance.models import QuarterlyReport
from wholestory.performance.operations import reports
from wholestory.records import opening

TODAY = date(2016, 3, 14)
PERIOD = Period(date(2015, 10, 1), date(2015, 12, 31))
MOMENT = at_instant(NOW)
WHEN = {"today": TODAY, "now": MOMENT}

#: Twelve quarters each. The newest: health 30 of 60 is 50%, the police 57 of 60 is 95%; together 87 of 120, 72.5%.
HEALTH = [(48, 60)] * 11 + [(30, 60)]
POLICE = [(54, 60)] * 11 + [(57, 60)]


def figures_of_quarter(figures: Figures) -> None:
    """Conferences within 15 working days of two agencies, with a target of at least 80%."""
    figures.series("health", "D05", HEALTH)
    figures.series("police", "D05", POLICE)
    set_target(figures, "80")


def set_target(figures: Figures, target: str, *, from_on: date = date(2014, 4, 1)) -> None:
    with figures.acting() as actor:
        Target.objects.create(
            board=figures.world.board, measure="D05", from_on=from_on, thresholds={"target": target},
            because="Agreed by the group", by=actor, on=TODAY,
        )  # fmt: skip


def said(figures: Figures, agency: str, words: str) -> None:
    """What an agency said of its figure, in a return that was late and never sent."""
    board, of = figures.world.board, figures.world.agencies[agency]
    with figures.acting() as actor, transaction.atomic():
        office, team = circles.office(board), circles.of_team(board)
        kind = opening.Opening("indicators.collection", "FC", "governance")
        record = opening.sheet(kind, board, team, office, TODAY, verb="indicators.brought_in")
        collection = Collection.objects.create(
            record=record, circle=team, office=office, board=board, label="2015-16 quarter 3", due_on=date(2016, 1, 29),
            period_start=PERIOD.start, period_end=PERIOD.end, opened_by=actor, opened_on=TODAY,
        )  # fmt: skip
        circle = circles.of_agency(board, of)
        kind = opening.Opening("indicators.return", "FR", "governance")
        record = opening.sheet(kind, board, circle, office, TODAY, verb="indicators.brought_in")
        ret = AgencyReturn.objects.create(
            record=record, circle=circle, office=office, collection=collection, board=board, agency=of, asks=[],
            label=collection.label, period_start=PERIOD.start, period_end=PERIOD.end, due_on=collection.due_on,
        )  # fmt: skip
        ledger.line("indicators.brought_in", record)
        Commentary.objects.create(
            circle=circle, office=office, of_return=ret, agency=of, measure="D05", period_end=PERIOD.end,
            what_changed=words, by=figures.world.people["health_lead"], at=NOW,
        )  # fmt: skip


def begun(figures: Figures, by: str = "analyst") -> QuarterlyReport:
    with figures.acting(by) as actor:
        return reports.begin(
            actor=actor, board=figures.world.board, group=Group.objects.get(slug="qeg"), period=PERIOD,
            label="2015-16 quarter 3", **WHEN,
        )  # fmt: skip


def given(figures: Figures, summary: str = "Conferences are late.") -> QuarterlyReport:
    report = begun(figures)
    with figures.acting() as actor:
        reports.write(actor=actor, report=report, section="summary", text=summary, now=MOMENT)
        reports.give(actor=actor, report=report, **WHEN)
    return report


__all__ = ["MOMENT", "PERIOD", "TODAY", "WHEN", "begun", "figures_of_quarter", "given", "said", "set_target"]
