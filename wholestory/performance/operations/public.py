"""The published version of a report: prepared from given figures, approved by somebody else, published, taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.correspondence import operations as correspondence
from wholestory.correspondence.operations.worded import absolute
from wholestory.indicators.operations import circles
from wholestory.kernel.moments import Moment, london_day
from wholestory.partners.models import Board, Person
from wholestory.performance.models import (
    PublicCells,
    PublicLog,
    PublicState,
    PublicVersion,
    QuarterlyReport,
    ReportFigures,
    ReportState,
    ReportWords,
)
from wholestory.performance.operations.reports import ReportRefused, digest, keep_words
from wholestory.performance.queries import public as reads
from wholestory.performance.queries.given import figures_of
from wholestory.performance.rules import public_hiding, public_log, public_sums, public_writing
from wholestory.performance.rules.writing import LONGEST
from wholestory.records import opening
from wholestory.records.models import Record

PUBLIC = opening.Opening("performance.public_report", "PP", "governance")
_STILL_OPEN = (PublicState.PREPARED, PublicState.PROPOSED, PublicState.SENT_BACK)


@transaction.atomic
def write_words(*, actor: Person, report: QuarterlyReport, text: str, now: Moment) -> ReportWords:
    """Keep the words for everybody. They stand in the version that is prepared next."""
    _must_be_given(actor, report)
    if len(text) > LONGEST:
        raise ReportRefused(f"Write at most {LONGEST:,} letters.")
    ledger.line("performance.public_written", report.record)
    return keep_words(
        actor=actor, report=report, section=reads.SECTION, text=text, now=now,
        circle=circles.of_team(report.board).pk, office=circles.office(report.board).pk,
    )  # fmt: skip


@transaction.atomic
def prepare(*, actor: Person, report: QuarterlyReport, today: date, now: Moment) -> PublicVersion:
    """Make the version for everybody from the figures the report was given with, with what must not be told withheld
    and its log; seal it. One that was not published yet is put aside.

    Raises ReportRefused for a report that was not given, or where a small number could be told whatever is withheld.
    """
    _must_be_given(actor, report)
    of = figures_of(report)
    if of is None:
        raise ReportRefused("The figures of this report are not there.")
    before = reads.published_before(report.board)
    made = public_sums.everything(of.figures, reads.ways(report.board))
    try:
        plan = public_hiding.plan(made, [one for _, one in before])
    except public_hiding.CannotBePublished as refused:
        raise ReportRefused(f"It cannot be published. {refused}") from refused
    head = public_writing.Head(
        of.figures["board"], report.label, report.group.name, london_day(of.at).isoformat(),
        bool(of.figures["invented"]),
    )  # fmt: skip
    document = public_writing.document(made, plan, head, reads.words_of(report))
    circle, office = circles.of_team(report.board), circles.office(report.board)
    record = opening.sheet(PUBLIC, report.board, circle, office, today, verb="performance.public_prepared")
    earlier = PublicVersion.objects.filter(report=report)
    earlier.filter(state__in=_STILL_OPEN).update(state=PublicState.PUT_ASIDE, because="")
    version = PublicVersion.objects.create(
        record=record, circle=circle, office=office, report=report, board=report.board, label=report.label,
        period_end=report.period_end, number=earlier.count() + 1, document=document, sha256=digest(document),
        against=[reference for reference, _ in before], prepared_by=actor, prepared_at=now.at,
        worked_on=sorted({str(key) for key in _worked_on(report, of, actor)}),
    )  # fmt: skip
    PublicLog.objects.create(
        public=version, circle=circle, office=office, lines=public_log.lines(made, plan),
        thresholds=public_log.thresholds(made), checked=plan.checked,
    )  # fmt: skip
    PublicCells.objects.create(
        public=version, board=report.board, circle=circle, office=office,
        cells=reads.as_kept(public_hiding.released(made, plan)),
    )  # fmt: skip
    return version


@transaction.atomic
def propose(*, actor: Person, public: PublicVersion, approver: Person, today: date, now: Moment) -> None:
    """Ask somebody who did not work on it to approve it. They are told by e-mail.

    Raises ReportRefused for a version that is not waiting, or for somebody who worked on it or holds no such seat.
    """
    asking.require(actor, Verb.WRITE, public)
    if public.state not in _STILL_OPEN:
        raise ReportRefused("Only the version that was prepared last can be sent for approval.")
    if approver == actor or str(approver.pk) in public.worked_on:
        raise ReportRefused("Choose somebody who did not work on the report.")
    if approver not in reads.approvers(public, today):
        raise ReportRefused("Choose somebody of the list.")
    ledger.line("performance.public_proposed", public.record)
    public.state, public.approver, public.because = PublicState.PROPOSED, approver, ""
    public.proposed_by, public.proposed_at = actor, now.at
    public.save(update_fields=["state", "approver", "because", "proposed_by", "proposed_at"])
    reference = public.record.reference
    link = absolute(reverse("performance:public", args=[reference]))
    correspondence.write_plain(
        board=public.board, to=approver, subject=f"A report waits for your approval ({reference})", now=now.at,
        about=public.record,
        body=f"The published version of a performance report waits for your approval: {reference}.\n\n{link}",
    )  # fmt: skip


@transaction.atomic
def publish(*, actor: Person, public: PublicVersion, now: Moment) -> None:
    """Approve it: everybody may read it from now on, exactly as it was looked at. The board's version of the same
    quarter that was published before is replaced and kept.

    Raises ReportRefused where another was published since this one was checked.
    """
    _must_decide(actor, public)
    # Two that are approved at the same moment are looked at one after the other.
    waiting = PublicVersion.objects.filter(board=public.board, state=PublicState.PROPOSED).order_by("pk")
    list(waiting.select_for_update().values_list("pk"))
    with acting.as_system(public.board, "keeper"):
        since = [reference for reference, _ in reads.published_before(public.board)]
    if sorted(since) != sorted(public.against):
        raise ReportRefused(
            "Another version was published since this one was checked. It has to be prepared again."
        )
    ledger.line("performance.public_published", public.record)
    for old in PublicVersion.objects.filter(
        board=public.board, period_end=public.period_end, state=PublicState.PUBLISHED
    ).select_related("record"):
        _end(old, PublicState.REPLACED, actor, "A newer version was published.", now)
    public.state, public.decided_by, public.decided_at = PublicState.PUBLISHED, actor, now.at
    public.office = opening.office(public.board, "released")
    public.save(update_fields=["state", "decided_by", "decided_at", "office"])
    Record.objects.filter(pk=public.record_id).update(office=public.office)


@transaction.atomic
def send_back(*, actor: Person, public: PublicVersion, because: str) -> None:
    """Not yet: back to those who prepared it, with the reason."""
    _must_decide(actor, public)
    if not because.strip():
        raise ReportRefused("Say what has to change.")
    ledger.line("performance.public_sent_back", public.record)
    public.state, public.because = PublicState.SENT_BACK, because.strip()
    public.save(update_fields=["state", "because"])


@transaction.atomic
def withdraw(*, actor: Person, public: PublicVersion, because: str, now: Moment) -> None:
    """Take a published version off the open page. It is kept, and later ones are still checked against it."""
    asking.require(actor, Verb.MANAGE, public)
    if public.state != PublicState.PUBLISHED:
        raise ReportRefused("Only a published version can be withdrawn.")
    if not because.strip():
        raise ReportRefused("Say why.")
    ledger.line("performance.public_withdrawn", public.record)
    _end(public, PublicState.WITHDRAWN, actor, because.strip(), now)


def door(board: Board) -> Record:
    """Where versions are prepared: with the team alone."""
    return Record(kind=PUBLIC.kind, circle=circles.of_team(board), office=circles.office(board))


def _must_be_given(actor: Person, report: QuarterlyReport) -> None:
    asking.require(actor, Verb.WRITE, door(report.board), kind=PUBLIC.kind)
    if report.state != ReportState.GIVEN:
        raise ReportRefused("Only the newest edition that was given to the group is published.")


def _must_decide(actor: Person, public: PublicVersion) -> None:
    asking.require(actor, Verb.DECIDE, public)
    if public.state != PublicState.PROPOSED or public.approver_id != actor.pk:
        raise ReportRefused("It does not wait for you.")
    if str(actor.pk) in {*public.worked_on, str(public.proposed_by_id)}:
        raise ReportRefused("Somebody who did not work on it has to approve it.")


def _end(public: PublicVersion, state: PublicState, actor: Person, because: str, now: Moment) -> None:
    public.state, public.because, public.office = state, because, circles.office(public.board)
    public.ended_by, public.ended_at = actor, now.at
    public.save(update_fields=["state", "because", "office", "ended_by", "ended_at"])
    Record.objects.filter(pk=public.record_id).update(office=public.office)


def _worked_on(report: QuarterlyReport, of: ReportFigures, actor: Person) -> set[object]:
    wrote = ReportWords.objects.filter(report=report).values_list("by", "writers")
    froze = ReportFigures.objects.filter(report=report).values_list("by", flat=True)
    found: set[object] = {report.begun_by_id, report.given_by_id, of.by_id, actor.pk, *froze}
    for by, writers in wrote:
        found |= {by, *writers}
    return found - {None}
