"""The work on the report of a year: beginning it, freezing its figures, writing its words, saying what is small."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import FrozenFigures, Panel, PanelReport, ReportThreshold, ReportWords
from wholestory.child_deaths.operations.figures import doors as figure_doors
from wholestory.child_deaths.queries import panel_report_counts as counts
from wholestory.child_deaths.rules.panel_report import sections
from wholestory.child_deaths.rules.years import Year
from wholestory.kernel.moments import Moment
from wholestory.partners.models import Board, Person, Seat
from wholestory.records import opening
from wholestory.records.models import Circle, Record

REPORT = opening.Opening("child_deaths.report", "YR", "governance")
CONFIDENTIAL = "child_deaths.panel_report"


class ReportRefused(ValueError):
    """It cannot be done with the report now; the sentence says why."""


@transaction.atomic
def begin(*, actor: Person, panel: Panel, year: int, today: date) -> PanelReport:
    """Begin the report of the year from 1 April of ``year``. Raises ReportRefused when the year is not over yet, or the
    report has been begun; NotForYou."""
    board = panel.board
    if board is None:
        raise ReportRefused(f"{panel.name} does not use this system.")
    office = opening.office(board, "death_figures")
    door = Record(kind=REPORT.kind, circle=figure_doors(board)[0], office=office)
    asking.require(actor, Verb.WRITE, door, kind=REPORT.kind)
    if Year.of(today).starts_in < year or year < 1990:
        raise ReportRefused("Choose this year, or one before it.")
    if PanelReport.objects.filter(panel=panel, year=year).exists():
        raise ReportRefused("The report of this year has been begun already.")
    circle = Circle.objects.create(board=board, kind="death_report")
    derive.open_circle(circle)
    record = opening.sheet(REPORT, board, circle, office, today, verb="child_deaths.report_begun")
    return PanelReport.objects.create(
        record=record, circle=circle, office=office, panel=panel, year=year, begun_by=actor, begun_on=today,
        panel_circle=_panel_circle(panel, board),
    )  # fmt: skip


def _panel_circle(panel: Panel, board: Board) -> Circle:
    """Where the panel reads its confidential reports: one circle of its group, opened by the seats of the group."""
    standing = Circle.objects.filter(board=board, kind="death_report_panel", group=panel.group).first()
    if standing is not None:
        return standing
    circle = Circle.objects.create(board=board, kind="death_report_panel", group=panel.group)
    if panel.group is not None:
        seats = Seat.objects.filter(group=panel.group).select_related("person")
        if people := {seat.person for seat in seats}:
            derive.rewrite(*people)
    return circle


@transaction.atomic
def freeze(*, actor: Person, report: PanelReport, now: Moment) -> FrozenFigures:
    """Count everything now and keep it. What happens to cases later changes nothing of it; freezing again makes
    another beside it."""
    asking.require(actor, Verb.WRITE, report)
    board = report.panel.board
    if board is None:
        raise ReportRefused(f"{report.panel.name} does not use this system.")
    found = counts.frozen(report.panel, board, report.year)
    circle, office = figure_doors(board)
    ledger.line("child_deaths.figures_frozen", report.record)
    return FrozenFigures.objects.create(
        circle=circle, office=office, report=report, number=FrozenFigures.objects.filter(report=report).count() + 1,
        figures=found, sha256=digest(found), by=actor, at=now.at,
    )  # fmt: skip


def digest(document: Any) -> str:
    """The fingerprint of something that is kept as JSON."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def write(
    *, actor: Person, report: PanelReport, section: str, text: str, stands_in: str, now: Moment
) -> ReportWords:
    """Keep what somebody wrote in a section. Words of the confidential version alone are kept where the panel reads."""
    if section not in sections.BY_KEY:
        raise ReportRefused("There is no such section.")
    if len(text) > sections.LONGEST:
        raise ReportRefused(f"Write at most {sections.LONGEST:,} letters.")
    asking.require(actor, Verb.WRITE, report)
    circle_id, office = report.circle_id, report.office
    if stands_in == ReportWords.In.CONFIDENTIAL:
        circle_id, office = report.panel_circle_id, opening.office(report.record.board, "child_deaths")
        door = Record(kind=CONFIDENTIAL, circle_id=circle_id, office=office)
        asking.require(actor, Verb.WRITE, door, kind=CONFIDENTIAL)
    ledger.line("child_deaths.report_written", report.record)
    made, _ = ReportWords.objects.update_or_create(
        report=report, section=section, stands_in=stands_in, circle_id=circle_id, office=office,
        defaults={"text": text.strip(), "by": actor, "at": now.at},
    )  # fmt: skip
    return made


@transaction.atomic
def choose_rounding(*, actor: Person, report: PanelReport, rounded: bool) -> None:
    """Say whether the public numbers are rounded to 5 after hiding."""
    asking.require(actor, Verb.WRITE, report)
    ledger.line("child_deaths.report_rounding", report.record)
    report.rounded = rounded
    report.save(update_fields=["rounded"])


@transaction.atomic
def say_small(
    *, actor: Person, report: PanelReport, hides_to: int, owner: str, section: str, because: str, now: Moment
) -> ReportThreshold:
    """Say which numbers are small from now on: the board's own, or what the owner of some data asks."""
    asking.require(actor, Verb.MANAGE, report)
    if report.panel.board is None:
        raise ReportRefused(f"{report.panel.name} does not use this system.")
    circle, office = figure_doors(report.panel.board)
    ledger.line("child_deaths.report_threshold", report.record)
    return ReportThreshold.objects.create(
        circle=circle, office=office, panel=report.panel, hides_to=hides_to, owner=owner.strip(), section=section,
        because=because.strip(), by=actor, at=now.at,
    )  # fmt: skip
