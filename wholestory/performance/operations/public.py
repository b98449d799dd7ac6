"""The published version: prepared with small numbers hidden, approved by somebody who did not work on it, published."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.indicators.operations import circles
from wholestory.kernel.moments import Moment, london_day
from wholestory.partners.models import Board, Person, Role, Seat
from wholestory.performance.models import (
    EVER_PUBLISHED,
    PublicCells,
    PublicLog,
    PublicState,
    PublicVersion,
    QuarterlyReport,
    ReportState,
    ReportWords,
)
from wholestory.performance.operations.reports import ReportRefused, digest, words_of
from wholestory.performance.queries.given import figures_of
from wholestory.performance.rules import publishing, small
from wholestory.records import opening
from wholestory.records.models import Record

PUBLIC = opening.Opening("performance.public_report", "PP", "governance")
#: Who may be asked to approve; only somebody who did not work on the report.
MAY_APPROVE = (Role.INDEPENDENT_CHAIR, Role.BUSINESS_MANAGER)
_OPEN = (PublicState.PREPARED, PublicState.PROPOSED, PublicState.SENT_BACK)


@transaction.atomic
def prepare(*, actor: Person, report: QuarterlyReport, today: date, now: Moment) -> PublicVersion:
    """Make the published version of a report that was given, with what must not be told hidden, and its log; seal it.

    Raises ReportRefused for a draft, or where a small number could be told whatever is hidden; NotForYou.
    """
    circle, office = circles.of_team(report.board), report.office
    asking.require(actor, Verb.WRITE, Record(kind=PUBLIC.kind, circle=circle, office=office))
    of = figures_of(report)
    if report.state != ReportState.GIVEN or of is None:
        raise ReportRefused("Only a report that was given to the group can be published.")
    before = published_before(report.board)
    try:
        plan = small.plan(of.figures["measures"], [one.cells.cells for one in before])
    except small.CannotBePublished as refused:
        raise ReportRefused(str(refused)) from refused
    document = publishing.public_report(
        of.figures, plan, label=report.label, frozen_on=london_day(of.at).isoformat(),
        words=words_of(report).get("public", ""),
    ).as_data()  # fmt: skip
    record = opening.sheet(PUBLIC, report.board, circle, office, today, verb="performance.public_prepared")
    PublicVersion.objects.filter(report=report, state__in=_OPEN).update(state=PublicState.PUT_ASIDE)
    worked = {report.begun_by_id, report.given_by_id, of.by_id, actor.pk}
    worked |= set(ReportWords.objects.filter(report=report).values_list("by", flat=True))
    made = PublicVersion.objects.create(
        record=record, circle=circle, office=office, report=report, board=report.board, label=report.label,
        period_end=report.period_end, number=PublicVersion.objects.filter(report=report).count() + 1,
        document=document, sha256=digest(document), against=[one.record.reference for one in before],
        prepared_by=actor, prepared_at=now.at, worked_on=sorted(str(key) for key in worked if key),
    )  # fmt: skip
    PublicLog.objects.create(
        public=made, circle=circle, office=office, lines=publishing.log(of.figures, plan),
        thresholds=publishing.limits(plan), checked=plan.checked,
    )  # fmt: skip
    PublicCells.objects.create(
        public=made, board=report.board, circle=circle, office=office, cells=plan.printed()
    )
    return made


def published_before(board: Board) -> list[PublicVersion]:
    """Every version that was out in the open once, with the numbers it printed: what the next is checked against."""
    rows = PublicVersion.objects.filter(board=board, state__in=EVER_PUBLISHED)
    return list(rows.select_related("cells", "record").order_by("decided_at", "created_at"))


@transaction.atomic
def propose(*, actor: Person, public: PublicVersion, approver: Person, today: date, now: Moment) -> None:
    """Ask somebody who did not work on it to approve it. Raises ReportRefused for anybody else."""
    asking.require(actor, Verb.WRITE, public)
    if public.state not in _OPEN:
        raise ReportRefused("Only a prepared version can be sent for approval.")
    if approver not in approvers(public, today) or approver == actor:
        raise ReportRefused("Choose somebody of the list, who did not work on the report.")
    ledger.line("performance.public_proposed", public.record)
    public.state, public.approver, public.because = PublicState.PROPOSED, approver, ""
    public.proposed_by, public.proposed_at = actor, now.at
    public.save(update_fields=["state", "approver", "because", "proposed_by", "proposed_at"])


@transaction.atomic
def publish(*, actor: Person, public: PublicVersion, now: Moment) -> None:
    """Approve it: everybody may read it from now on, exactly as it was looked at. The version of the same quarter that
    was published before is replaced and kept."""
    _must_decide(actor, public)
    if sorted(one.record.reference for one in published_before(public.board)) != sorted(public.against):
        raise ReportRefused(
            "Another version was published since this one was checked. It has to be prepared again."
        )
    ledger.line("performance.public_published", public.record)
    for old in PublicVersion.objects.filter(
        board=public.board, period_end=public.period_end, state=PublicState.PUBLISHED
    ):
        _end(old, PublicState.REPLACED, actor, "A newer version was published.", now)
    released = opening.office(public.board, "released")
    public.state, public.decided_by, public.decided_at, public.office = (
        PublicState.PUBLISHED,
        actor,
        now.at,
        released,
    )
    public.save(update_fields=["state", "decided_by", "decided_at", "office"])
    Record.objects.filter(pk=public.record_id).update(office=released)


@transaction.atomic
def send_back(*, actor: Person, public: PublicVersion, because: str, now: Moment) -> None:
    """Not yet: back to those who prepare it, with the reason."""
    _must_decide(actor, public)
    if not because.strip():
        raise ReportRefused("Say what has to change.")
    ledger.line("performance.public_sent_back", public.record)
    public.state, public.because = PublicState.SENT_BACK, because.strip()
    public.save(update_fields=["state", "because"])


@transaction.atomic
def withdraw(*, actor: Person, public: PublicVersion, because: str, now: Moment) -> None:
    """Take it off the open page. It is kept, and later versions are still checked against it."""
    asking.require(actor, Verb.MANAGE, public)
    if public.state != PublicState.PUBLISHED:
        raise ReportRefused("Only a published version can be withdrawn.")
    if not because.strip():
        raise ReportRefused("Say why.")
    ledger.line("performance.public_withdrawn", public.record)
    _end(public, PublicState.WITHDRAWN, actor, because.strip(), now)


def approvers(public: PublicVersion, today: date) -> list[Person]:
    """Whom it can be sent to: the chair or the business manager, unless they worked on it."""
    seats = Seat.objects.filter(board=public.board, group=None, role__in=MAY_APPROVE).select_related("person")
    found = {seat.person.pk: seat.person for seat in seats if seat.holds_on(today)}
    kept = [one for one in found.values() if str(one.pk) not in public.worked_on]
    return sorted(kept, key=lambda one: one.full_name)


def _must_decide(actor: Person, public: PublicVersion) -> None:
    asking.require(actor, Verb.DECIDE, public)
    if public.state != PublicState.PROPOSED or public.approver_id != actor.pk:
        raise ReportRefused("It does not wait for you.")
    if str(actor.pk) in {*public.worked_on, str(public.proposed_by_id)}:
        raise ReportRefused("Somebody who did not work on it has to approve it.")


def _end(public: PublicVersion, state: PublicState, actor: Person, because: str, now: Moment) -> None:
    office = opening.office(public.board, "performance")
    public.state, public.because, public.office = state, because, office
    public.ended_by, public.ended_at = actor, now.at
    public.save(update_fields=["state", "because", "office", "ended_by", "ended_at"])
    Record.objects.filter(pk=public.record_id).update(office=office)
