"""The panel's yearly reports in the example: last year's, published; this year's, begun. The words are invented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial

from wholestory.access import acting
from wholestory.child_deaths.models import PanelReport, PublicReport
from wholestory.child_deaths.operations import panel_report, panel_report_versions
from wholestory.config.example.deaths_steps import Deaths
from wholestory.kernel.moments import LONDON, Moment, at_instant

APPROVER = "marian_thistlewood"
DRAFTED_ON, APPROVED_ON, BEGUN_ON = date(2015, 10, 5), date(2015, 10, 19), date(2016, 3, 9)
_WORDS = {
    "foreword": "This is the panel's report of its seventh year. Behind every number in it stands a child, and a family"
    " whose life was changed.\n\nWe publish it so that fewer children die.",
    "themes": "The panel looked at where babies sleep. Most of what it learned is known, and not yet heard by everybody"
    " who cares for a small child.",
    "priorities": "Safer sleep in every contact of the first year. Answers from agencies within the month.",
}  # fmt: skip


def report_events(deaths: Deaths) -> Iterator[tuple[date, Callable[[], None]]]:
    """Drafted and given to the panel; published by the chair a fortnight later; the next one begun."""
    yield DRAFTED_ON, partial(_draft, deaths)
    yield APPROVED_ON, partial(_publish, deaths)
    yield BEGUN_ON, partial(_begin, deaths)


def _at(day: date) -> Moment:
    return at_instant(datetime(day.year, day.month, day.day, 11, 0, tzinfo=LONDON))


def _draft(deaths: Deaths) -> None:
    now = _at(DRAFTED_ON)
    with deaths.coordinator() as actor:
        made = panel_report.begin(actor=actor, panel=deaths.panel(), year=2014, today=DRAFTED_ON)
        panel_report.freeze(actor=actor, report=made, now=now)
        for section, text in _WORDS.items():
            panel_report.write(
                actor=actor, report=made, section=section, text=text, stands_in="both", now=now
            )
        panel_report_versions.give(actor=actor, report=made, today=DRAFTED_ON, now=now)
        public = panel_report_versions.prepare(actor=actor, report=made, today=DRAFTED_ON, now=now)
        panel_report_versions.propose(
            actor=actor, public=public, approver=deaths.directory.people[APPROVER], today=DRAFTED_ON, now=now
        )


def _publish(deaths: Deaths) -> None:
    with acting.acting_as(deaths.directory.people[APPROVER]):
        public = PublicReport.objects.select_related("record__board", "panel__board").get(year=2014)
        panel_report_versions.publish(
            actor=deaths.directory.people[APPROVER], public=public, now=_at(APPROVED_ON)
        )


def _begin(deaths: Deaths) -> None:
    with deaths.coordinator() as actor:
        made: PanelReport = panel_report.begin(actor=actor, panel=deaths.panel(), year=2015, today=BEGUN_ON)
        panel_report.freeze(actor=actor, report=made, now=_at(BEGUN_ON))
