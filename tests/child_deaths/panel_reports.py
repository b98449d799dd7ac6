"""Yearly reports as their own operations leave them, for tests. Everything in them is invented."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.child_deaths.counted import REVIEWED, rows
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import (
    ConfidentialReport,
    FrozenFigures,
    Panel,
    PanelReport,
    PublicReport,
)
from wholestory.child_deaths.operations import panel_report, panel_report_versions
from wholestory.kernel.moments import LONDON, Moment, at_instant
from wholestory.partners.models import Person

#: When figures are frozen and versions made: the year from April 2015 has ended.
AFTER = at_instant(datetime(2016, 4, 20, 11, 0, tzinfo=LONDON))
#: Sixty deaths notified in 2015 of which forty were reviewed: enough that most numbers can be shown.
GIRL: dict[str, Any] = {}
BOY: dict[str, Any] = {"sex": "male", "age_band": "0_27_days", "month": 11, "deprivation": 4}


def of_2015(deaths: Deaths) -> None:
    """The rows of an ordinary year, two of them of a rare category."""
    rows(deaths, GIRL, number=20)
    rows(deaths, {**BOY, **REVIEWED}, number=30)
    rows(deaths, {**BOY, **REVIEWED, "modifiable": "identified", "factors": ["B:co_sleeping"]}, number=8)
    rows(deaths, {**GIRL, **REVIEWED, "category": 2, "age_band": "15_17_years"}, number=2)


class Reports:
    """Takes a report through its steps."""

    def __init__(self, deaths: Deaths) -> None:
        self.deaths = deaths

    def begun(self, year: int = 2015, *, by: str = "coordinator", panel: Panel | None = None) -> PanelReport:
        with self.deaths.acting(by) as actor:
            return panel_report.begin(actor=actor, panel=panel or self.deaths.panel, year=year, today=TODAY)

    def frozen(self, report: PanelReport, *, by: str = "coordinator", now: Moment = AFTER) -> FrozenFigures:
        with self.deaths.acting(by) as actor:
            return panel_report.freeze(actor=actor, report=report, now=now)

    def wrote(
        self,
        report: PanelReport,
        section: str,
        text: str,
        *,
        stands_in: str = "both",
        by: str = "coordinator",
    ) -> None:
        with self.deaths.acting(by) as actor:
            panel_report.write(
                actor=actor, report=report, section=section, text=text, stands_in=stands_in, now=AFTER
            )  # fmt: skip

    def given(self, report: PanelReport, *, by: str = "coordinator") -> ConfidentialReport:
        with self.deaths.acting(by) as actor:
            return panel_report_versions.give(actor=actor, report=report, today=TODAY, now=AFTER)

    def prepared(self, report: PanelReport, *, by: str = "coordinator") -> PublicReport:
        with self.deaths.acting(by) as actor:
            return panel_report_versions.prepare(actor=actor, report=report, today=TODAY, now=AFTER)

    def proposed(
        self, public: PublicReport, approver: str = "health_member", *, by: str = "coordinator"
    ) -> Person:
        to = self.deaths.world.people[approver]
        with self.deaths.acting(by) as actor:
            panel_report_versions.propose(actor=actor, public=public, approver=to, today=TODAY, now=AFTER)
        return to

    def published(self, public: PublicReport, approver: str = "health_member") -> PublicReport:
        self.proposed(public, approver)
        with self.deaths.acting(approver) as actor:
            fresh = PublicReport.objects.select_related("record__board", "panel__board").get(pk=public.pk)
            panel_report_versions.publish(actor=actor, public=fresh, now=AFTER)
        return fresh
