"""The two versions: giving the confidential one to the panel; preparing, approving and withdrawing the public one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from wholestory import ledger
from wholestory.access import acting, asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import (
    ConfidentialReport,
    FrozenFigures,
    PanelReport,
    PublicReport,
    PublicState,
    ReleasedCells,
    ReportWords,
    SuppressionLog,
)
from wholestory.child_deaths.operations.figures import doors as figure_doors
from wholestory.child_deaths.operations.panel_report import CONFIDENTIAL, ReportRefused, digest
from wholestory.child_deaths.queries import panel_report as reads
from wholestory.child_deaths.rules.panel_report import not_shown, protecting, sections
from wholestory.child_deaths.rules.panel_report.layout import completed
from wholestory.child_deaths.rules.panel_report.shape import Report
from wholestory.child_deaths.rules.panel_report.showing import Shown
from wholestory.child_deaths.rules.panel_report.writing import Frozen, write
from wholestory.child_deaths.rules.years import Year
from wholestory.govuk.forms.dates import in_words
from wholestory.kernel.moments import Moment, london_day
from wholestory.partners.models import Person, Role, Seat
from wholestory.records import opening
from wholestory.records.models import Office, Record

EXACT = opening.Opening(CONFIDENTIAL, "YC", "governance")
PUBLIC = opening.Opening("child_deaths.public_report", "YP", "governance")
APPROVER = "report_approver"
#: Seats whose holders may be asked to approve. It is a person who is asked, and only for this report.
MAY_APPROVE = frozenset(
    {Role.INDEPENDENT_CHAIR, Role.PANEL_CHAIR, Role.DESIGNATED_DOCTOR, Role.BUSINESS_MANAGER, Role.MEMBER}
)
_STILL_OPEN = (PublicState.PREPARED, PublicState.PROPOSED, PublicState.SENT_BACK)


def confidential(report: PanelReport, of: FrozenFigures) -> Report:
    """The exact version as it would be given now. Whoever asks sees the words of both kinds and the frozen figures."""
    found, laid = reads.exact(of)
    front = [sections.WHO_MAY, _frozen_words(of)]
    if not reads.has_ended(report.year, of.at):
        front.insert(1, sections.PART.format(day=in_words(london_day(of.at))))
    return write(
        found, laid, Shown(found.cells), panel=report.panel.name, front=front, words=reads.words(report, public=False),
        invented=report.record.board.is_example,
    )  # fmt: skip


@transaction.atomic
def give(*, actor: Person, report: PanelReport, today: date, now: Moment) -> ConfidentialReport:
    """Give the exact version to the panel: sealed as it stands now. Raises ReportRefused without frozen figures."""
    office = opening.office(report.record.board, "child_deaths")
    door = Record(kind=EXACT.kind, circle_id=report.panel_circle_id, office=office)
    asking.require(actor, Verb.WRITE, door, kind=EXACT.kind)
    of = _figures(report)
    document = confidential(report, of).as_data()
    circle = report.panel_circle
    record = opening.sheet(
        EXACT, report.record.board, circle, office, today, verb="child_deaths.report_given"
    )
    number = ConfidentialReport.objects.filter(panel=report.panel, year=report.year).count() + 1
    return ConfidentialReport.objects.create(
        record=record, circle=circle, office=office, panel=report.panel, year=report.year, number=number,
        report_reference=report.record.reference, document=document, sha256=digest(document), given_by=actor,
        given_at=now.at,
    )  # fmt: skip


@transaction.atomic
def take_back(*, actor: Person, exact: ConfidentialReport, because: str, now: Moment) -> None:
    """Take the exact version back from the panel. It is kept, and read only by those who run the duty."""
    asking.require(actor, Verb.MANAGE, exact)
    if exact.back_at is not None:
        raise ReportRefused("It has been taken back already.")
    if not because.strip():
        raise ReportRefused("Say why.")
    ledger.line("child_deaths.report_taken_back", exact.record)
    exact.back_by, exact.back_at, exact.back_because = actor, now.at, because.strip()
    exact.circle = figure_doors(exact.record.board)[0]
    exact.save(update_fields=["back_by", "back_at", "back_because", "circle"])
    Record.objects.filter(pk=exact.record_id).update(circle=exact.circle)


@transaction.atomic
def prepare(*, actor: Person, report: PanelReport, today: date, now: Moment) -> PublicReport:
    """Make the public version from the newest frozen figures, with what must not be told hidden and its log; seal it.

    Raises ReportRefused without frozen figures, or with some from before the year ended, or where a small number could
    be told whatever is hidden; NotForYou.
    """
    asking.require(actor, Verb.WRITE, report)
    of = _figures(report)
    _must_have_ended(report.year, of.at)
    before = reads.published_before(report.panel)
    found = reads.figures(of, reads.first_published(before, report.year))
    laid = reads.laid_of(found, public=True)
    cells, sums = completed(found.cells, laid, found.year)
    usual, below = reads.small_below(report.panel, laid)
    earlier = [one for _, one in before]
    try:
        plan = protecting.plan(laid, cells, sums, below, usual, earlier)
    except protecting.CannotBePublished as refused:
        raise ReportRefused(f"It cannot be published. {refused}") from refused
    shown = Shown(cells, plan, report.rounded)
    public = Frozen(**{**vars(found), "cells": cells})
    document = write(
        public, laid, shown, panel=report.panel.name, front=[_frozen_words(of)],
        words=reads.words(report, public=True), invented=report.record.board.is_example,
    ).as_data()  # fmt: skip
    record = opening.sheet(
        PUBLIC, report.record.board, report.circle, report.office, today, verb="child_deaths.report_prepared"
    )
    _put_aside(report)
    made = PublicReport.objects.create(
        record=record, circle=report.circle, office=report.office, report=report, panel=report.panel, year=report.year,
        number=PublicReport.objects.filter(report=report).count() + 1, document=document, sha256=digest(document),
        frozen_number=of.number, against=[one.record.reference for one, _ in before], prepared_by=actor,
        prepared_at=now.at, worked_on=sorted({str(key) for key in _worked_on(report, of, actor)}),
    )  # fmt: skip
    SuppressionLog.objects.create(
        public=made, circle=made.circle, office=made.office, checked=plan.checked,
        lines=[[one.table, one.line, one.column, one.why.label] for one in not_shown.log(laid, plan)],
        thresholds=_thresholds(report, usual),
    )  # fmt: skip
    circle, office = figure_doors(report.record.board)
    kept = protecting.released(laid, cells, sums, below, usual, plan)
    ReleasedCells.objects.create(
        public=made, panel=report.panel, circle=circle, office=office, cells=reads.as_kept(kept)
    )
    return made


@transaction.atomic
def propose(*, actor: Person, public: PublicReport, approver: Person, today: date, now: Moment) -> None:
    """Ask somebody who did not work on it to approve it: they are let in to this draft and its log, and no further.

    Raises ReportRefused for a version that is not waiting, or an approver who worked on it or holds no such seat.
    """
    asking.require(actor, Verb.WRITE, public)
    if public.state not in (PublicState.PREPARED, PublicState.SENT_BACK, PublicState.PROPOSED):
        raise ReportRefused("Only a prepared version can be sent for approval.")
    _must_have_ended(public.year, public.prepared_at)
    if approver == actor or str(approver.pk) in public.worked_on:
        raise ReportRefused("Choose somebody who did not work on the report.")
    if approver not in approvers(public.report, today):
        raise ReportRefused("Choose somebody of the list.")
    ledger.line("child_deaths.report_proposed", public.record)
    standing = Grant.objects.filter(circle=public.circle, role=APPROVER, withdrawn_at=None)
    former = [one.person for one in standing.select_related("person") if one.person_id != approver.pk]
    standing.exclude(person=approver).update(withdrawn_at=now.at)
    if not standing.filter(person=approver).exists():
        fresh = Grant(
            circle=public.circle, office=public.office, person=approver, role=APPROVER, purpose="report_approval",
            starts_on=today, given_by=actor,
        )  # fmt: skip
        Grant.objects.bulk_create([fresh])
        derive.add_grants([fresh])
    if former:
        derive.rewrite(*former)
    public.state, public.approver, public.because = PublicState.PROPOSED, approver, ""
    public.proposed_by, public.proposed_at = actor, now.at
    public.save(update_fields=["state", "approver", "because", "proposed_by", "proposed_at"])


@transaction.atomic
def publish(*, actor: Person, public: PublicReport, now: Moment) -> None:
    """Approve it: everybody may read it from now on, exactly as it was looked at. The one of the same year that was
    published before is replaced and kept."""
    _must_decide(actor, public)
    _must_have_ended(public.year, public.prepared_at)
    with acting.as_system(public.record.board, "keeper"):
        since = [one.record.reference for one, _ in reads.published_before(public.panel)]
    if sorted(since) != sorted(public.against):
        raise ReportRefused(
            "Another report was published since this one was checked. It has to be prepared again."
        )
    ledger.line("child_deaths.report_published", public.record)
    for old in PublicReport.objects.filter(report=public.report_id, state=PublicState.PUBLISHED):
        _end(old, PublicState.REPLACED, actor, "A newer version was published.", now)
    released = opening.office(public.record.board, "released")
    public.state, public.decided_by, public.decided_at = PublicState.PUBLISHED, actor, now.at
    public.office = released
    public.save(update_fields=["state", "decided_by", "decided_at", "office"])
    Record.objects.filter(pk=public.record_id).update(office=released)


@transaction.atomic
def send_back(*, actor: Person, public: PublicReport, because: str, now: Moment) -> None:
    """Not yet: back to those who draft, with the reason."""
    _must_decide(actor, public)
    if not because.strip():
        raise ReportRefused("Say what has to change.")
    ledger.line("child_deaths.report_sent_back", public.record)
    public.state, public.because = PublicState.SENT_BACK, because.strip()
    public.save(update_fields=["state", "because"])


@transaction.atomic
def withdraw(*, actor: Person, public: PublicReport, because: str, now: Moment) -> None:
    """Take a published version off the open page. It is kept, and later reports are still checked against it."""
    asking.require(actor, Verb.MANAGE, public)
    if public.state != PublicState.PUBLISHED:
        raise ReportRefused("Only a published report can be withdrawn.")
    if not because.strip():
        raise ReportRefused("Say why.")
    ledger.line("child_deaths.report_withdrawn", public.record)
    _end(public, PublicState.WITHDRAWN, actor, because.strip(), now)


def approvers(report: PanelReport, today: date) -> list[Person]:
    """Whom the report can be sent to: holders of a seat that may approve, on its board or in its panel."""
    seats = Seat.objects.filter(board=report.record.board, role__in=MAY_APPROVE).select_related("person")
    found = {
        seat.person.pk: seat.person
        for seat in seats
        if seat.holds_on(today) and (seat.group_id is None or seat.group_id == report.panel.group_id)
    }
    return sorted(found.values(), key=lambda one: one.full_name)


def _must_decide(actor: Person, public: PublicReport) -> None:
    asking.require(actor, Verb.DECIDE, public)
    if public.state != PublicState.PROPOSED or public.approver_id != actor.pk:
        raise ReportRefused("It does not wait for you.")
    if str(actor.pk) in {*public.worked_on, str(public.proposed_by_id)}:
        raise ReportRefused("Somebody who did not work on it has to approve it.")


def _end(public: PublicReport, state: PublicState, actor: Person, because: str, now: Moment) -> None:
    nobody: Office = opening.office(public.record.board, "nobody")
    public.state, public.because, public.office = state, because, nobody
    public.ended_by, public.ended_at = actor, now.at
    public.save(update_fields=["state", "because", "office", "ended_by", "ended_at"])
    Record.objects.filter(pk=public.record_id).update(office=nobody)


def _put_aside(report: PanelReport) -> None:
    PublicReport.objects.filter(report=report, state__in=_STILL_OPEN).update(
        state=PublicState.PUT_ASIDE, because=""
    )


def _must_have_ended(year: int, at: datetime) -> None:
    if not reads.has_ended(year, at):
        last = in_words(Year(year).last)
        raise ReportRefused(
            f"The year ends on {last}. Part of a year is never published: freeze the figures again after that day."
        )


def _figures(report: PanelReport) -> FrozenFigures:
    of = reads.newest_frozen(report)
    if of is None:
        raise ReportRefused("Freeze the figures first.")
    return of


def _worked_on(report: PanelReport, of: FrozenFigures, actor: Person) -> set[object]:
    wrote: Sequence[object] = list(ReportWords.objects.filter(report=report).values_list("by", flat=True))
    return {report.begun_by_id, of.by_id, actor.pk, *wrote}


def _thresholds(report: PanelReport, usual: int) -> list[list[str]]:
    said = [
        [one.owner or "The board", sections.BY_KEY[one.section].title if one.section else "All of it",
         f"1 to {one.hides_to}", f"{one.by.full_name}, {in_words(london_day(one.at))}"]
        for one in reads.thresholds(report.panel)
    ]  # fmt: skip
    return said or [["The system’s own", "All of it", f"1 to {usual - 1}", ""]]


def _frozen_words(of: FrozenFigures) -> str:
    return f"The figures were frozen on {in_words(london_day(of.at))}. Later changes of cases change nothing here."
