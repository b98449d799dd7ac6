"""The quarterly report: begun from frozen figures in one step, written, and given to the group."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.verbs import Verb
from wholestory.correspondence import operations as correspondence
from wholestory.correspondence.operations.worded import absolute
from wholestory.indicators.operations import circles
from wholestory.indicators.rules.periods import Period
from wholestory.kernel.moments import Moment, london_day
from wholestory.partners.models import Agency, Board, Group, Person, Role, Seat
from wholestory.performance.models import (
    AgencyPage,
    QuarterlyReport,
    ReportFigures,
    ReportState,
    ReportWords,
)
from wholestory.performance.queries import around, freezing
from wholestory.performance.queries.given import figures_of
from wholestory.performance.rules import writing
from wholestory.performance.rules.shape import Report, from_data
from wholestory.records import opening
from wholestory.records.models import Circle, Record

REPORT = opening.Opening("performance.report", "PR", "governance")
PAGE = opening.Opening("performance.agency_page", "PA", "governance")
_SPEAK = (Role.AGENCY_LEAD, Role.SUBSTITUTE, Role.SIGNATORY)


class ReportRefused(ValueError):
    """It cannot be done with the report now; the sentence says why."""


@transaction.atomic
def begin(
    *, actor: Person, board: Board, group: Group, period: Period, label: str, today: date, now: Moment
) -> QuarterlyReport:
    """Begin the report of a quarter for a group and freeze its figures. A report that was given stays beside it.

    Raises ReportRefused when a draft of that quarter stands already, or the quarter is not over; NotForYou.
    """
    office = circles.office(board)
    asking.require(actor, Verb.WRITE, Record(kind=REPORT.kind, circle=circles.of_team(board), office=office))
    if period.end >= today:
        raise ReportRefused("The quarter is not over yet.")
    if not group.boards.filter(pk=board.pk).exists():
        raise ReportRefused("That group does not belong to this board.")
    before = QuarterlyReport.objects.filter(board=board, group=group, period_end=period.end)
    if before.filter(state=ReportState.DRAFT).exists():
        raise ReportRefused("A draft of that report has been begun already. Go on with it.")
    circle = circles.of_team(board)
    record = opening.sheet(REPORT, board, circle, office, today, verb="performance.report_begun")
    report = QuarterlyReport.objects.create(
        record=record, circle=circle, office=office, board=board, group=group, group_circle=group_circle(board, group),
        label=label, period_start=period.start, period_end=period.end, number=before.count() + 1, begun_by=actor,
        begun_on=today,
    )  # fmt: skip
    freeze(actor=actor, report=report, today=today, now=now)
    return report


def group_circle(board: Board, group: Group) -> Circle:
    """Where the group reads its reports, made and filled when missing."""
    standing = (
        Circle.objects.filter(board=board, kind="performance_report", group=group).order_by("id").first()
    )
    if standing is not None:
        return standing
    circle = Circle.objects.create(board=board, kind="performance_report", group=group)
    ledger.line("performance.circle_made", board_id=board.id, kind=REPORT.kind)
    derive.open_circle(circle)
    return circle


@transaction.atomic
def freeze(*, actor: Person, report: QuarterlyReport, today: date, now: Moment) -> ReportFigures:
    """Keep everything the report stands on as it is now. Freezing again makes another beside it."""
    asking.require(actor, Verb.WRITE, report)
    _draft(report)
    period = Period(report.period_start, report.period_end)
    found = freezing.frozen(report.board, period, today)
    found |= around.story(report.board, report.group, period, today)
    ledger.line("performance.figures_frozen", report.record)
    return ReportFigures.objects.create(
        circle=report.circle, office=report.office, report=report, figures=found, sha256=digest(found), by=actor,
        at=now.at, number=ReportFigures.objects.filter(report=report).count() + 1,
    )  # fmt: skip


@transaction.atomic
def write(*, actor: Person, report: QuarterlyReport, section: str, text: str, now: Moment) -> ReportWords:
    """Keep what somebody of the team wrote in a section."""
    asking.require(actor, Verb.WRITE, report)
    _draft(report)
    if section not in writing.SECTIONS:
        raise ReportRefused("There is no such section.")
    if len(text) > writing.LONGEST:
        raise ReportRefused(f"Write at most {writing.LONGEST:,} letters.")
    ledger.line("performance.report_written", report.record)
    return keep_words(
        actor=actor,
        report=report,
        section=section,
        text=text,
        now=now,
        circle=report.circle_id,
        office=report.office_id,
    )


def keep_words(
    *, actor: Person, report: QuarterlyReport, section: str, text: str, now: Moment, circle: int, office: int
) -> ReportWords:
    """Keep the words of a section, and everybody who ever wrote in it: none of them approves what is published. The
    caller has asked whether they may and written the line."""
    mine = (
        ReportWords.objects.select_for_update().filter(report=report, section=section, office=office).first()
    )
    writers = sorted({*(mine.writers if mine else ()), str(actor.pk)})
    made, _ = ReportWords.objects.update_or_create(
        report=report, section=section, circle_id=circle, office_id=office,
        defaults={"text": text.strip(), "by": actor, "at": now.at, "writers": writers},
    )  # fmt: skip
    return made


@transaction.atomic
def give(*, actor: Person, report: QuarterlyReport, today: date, now: Moment) -> list[AgencyPage]:
    """Give it to the group: sealed as it stands now, with a page for each agency in that agency's own circle. The
    edition the group had of the same quarter is superseded and stays. Members and agencies are told by e-mail.

    Raises ReportRefused for one that was given, or that has no words at all.
    """
    asking.require(actor, Verb.MANAGE, report)
    _draft(report)
    of = figures_of(report)
    if of is None:
        raise ReportRefused("Freeze the figures first.")
    written = words_of(report)
    if not written.get("summary"):
        raise ReportRefused("Write “In short” first: a report without a word says nothing.")
    ledger.line("performance.report_given", report.record)
    head = head_of(report, of)
    document = {
        "pack": writing.board_pack(of.figures, head, written).as_data(),
        "one_page": writing.one_page(of.figures, head, written).as_data(),
    }
    earlier = QuarterlyReport.objects.filter(
        board=report.board, group=report.group, period_end=report.period_end, state=ReportState.GIVEN
    )
    earlier.update(state=ReportState.SUPERSEDED)
    report.document, report.sha256, report.figures_number = document, digest(document), of.number
    report.state, report.given_by, report.given_at = ReportState.GIVEN, actor, now.at
    report.circle = report.group_circle
    report.save(
        update_fields=["document", "sha256", "figures_number", "state", "given_by", "given_at", "circle"]
    )
    Record.objects.filter(pk=report.record_id).update(circle=report.group_circle)
    # The group follows a number down and reads series in the figures it was given, and in no others.
    ReportFigures.objects.filter(pk=of.pk).update(circle=report.group_circle)
    pages = _agency_pages(report, of, today, now)
    _tell_group(report, now)
    return pages


def pack(report: QuarterlyReport) -> Report:
    """The report as it would be given now; for one that was given, exactly as it was."""
    if report.document is not None:
        return from_data(report.document["pack"])
    of = figures_of(report)
    if of is None:
        raise ReportRefused("Freeze the figures first.")
    return writing.board_pack(of.figures, head_of(report, of), words_of(report))


def summary(report: QuarterlyReport) -> Report:
    """The same on one page."""
    if report.document is not None:
        return from_data(report.document["one_page"])
    of = figures_of(report)
    if of is None:
        raise ReportRefused("Freeze the figures first.")
    return writing.one_page(of.figures, head_of(report, of), words_of(report))


def words_of(report: QuarterlyReport) -> dict[str, str]:
    """What was written, by section."""
    return {one.section: one.text for one in ReportWords.objects.filter(report=report)}


def head_of(report: QuarterlyReport, of: ReportFigures) -> writing.Head:
    """What a report says of itself."""
    frozen_on = london_day(of.at).isoformat()
    return writing.Head(report.group.name, report.label, report.number, frozen_on, report.record.reference)


def digest(document: Any) -> str:
    """The fingerprint of something that is kept as JSON."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _agency_pages(report: QuarterlyReport, of: ReportFigures, today: date, now: Moment) -> list[AgencyPage]:
    made = []
    head = head_of(report, of)
    named = writing.agencies_in(of.figures)
    for agency in Agency.objects.filter(pk__in=list(named)).order_by("name"):
        document = writing.agency_page(of.figures, head, str(agency.pk), agency.name).as_data()
        circle = circles.of_agency(report.board, agency)
        record = opening.sheet(PAGE, report.board, circle, report.office, today, verb="performance.page_made")
        page = AgencyPage.objects.create(
            record=record, circle=circle, office=report.office, board=report.board, agency=agency, document=document,
            report_reference=report.record.reference, label=report.label, period_end=report.period_end,
            number=report.number, sha256=digest(document), at=now.at,
        )  # fmt: skip
        made.append(page)
        seats = Seat.objects.filter(board=report.board, agency=agency, group=None, role__in=_SPEAK)
        people = {one.person for one in seats.select_related("person") if one.holds_on(today)}
        _tell(
            report.board,
            people,
            "Your page of the performance report is ready",
            page.record,
            "agency_page",
            now,
        )
    return made


def _tell_group(report: QuarterlyReport, now: Moment) -> None:
    seats = Seat.objects.filter(board=report.board, group=report.group).select_related("person")
    people = {one.person for one in seats if one.holds_on(report.board.today())}
    _tell(report.board, people, "The performance report is ready to read", report.record, "report", now)


def _tell(board: Board, people: set[Person], what: str, record: Record, page: str, now: Moment) -> None:
    link = absolute(reverse(f"performance:{page}", args=[record.reference]))
    for person in sorted(people, key=lambda one: one.full_name):
        correspondence.write_plain(
            board=board, to=person, subject=f"{what} ({record.reference})", about=record, now=now.at,
            body=f"{what}: {record.reference}.\n\nSign in to read it. No figure is in this e-mail.\n\n{link}",
        )  # fmt: skip


def _draft(report: QuarterlyReport) -> None:
    if report.state != ReportState.DRAFT:
        raise ReportRefused("This report was given to the group. Begin a new edition to change anything.")
