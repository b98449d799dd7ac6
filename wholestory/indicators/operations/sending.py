"""From a filled-in return to figures in force: passed on, approved by a second person, questioned, corrected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.indicators.models import (
    AgencyReturn,
    Asked,
    Mark,
    Problem,
    ReturnStage,
    Source,
    Submission,
    SubmissionState,
    Value,
)
from wholestory.indicators.operations import drafts, in_force, meaning
from wholestory.indicators.operations.moving import ReturnRefused, held, move, step
from wholestory.indicators.queries import came
from wholestory.indicators.queries.return_form import Form, draft_of, form_of, in_force_of
from wholestory.indicators.rules.entries import Entry
from wholestory.indicators.rules.figures import Given
from wholestory.indicators.rules.return_checks import Checked, Finding
from wholestory.partners.models import Person

TYPED_THEM = (
    "You filled some of these figures in, so somebody else sends them, whoever passed them on. Ask a colleague who"
    " speaks for your organisation."
)
SECOND_PERSON = (
    "You passed these figures on, so somebody else sends them: a second person looks at them first. Ask a colleague"
    " who speaks for your organisation."
)


class NotReady(ReturnRefused):
    """Something has to be put right first; ``findings`` say what and where."""

    def __init__(self, findings: Sequence[Finding], unsaid: Sequence[str] = ()) -> None:
        super().__init__("There is something to put right before these figures can be passed on.")
        self.findings, self.unsaid = tuple(findings), tuple(unsaid)


@transaction.atomic
def pass_on(*, actor: Person, ret: AgencyReturn, today: date, now: datetime) -> Submission:
    """Ask a second person to look. Raises NotReady with everything that stands in the way."""
    asking.require(actor, Verb.WRITE, ret.record)
    held(ret)
    submission = draft_of(ret)
    if submission is None:
        raise ReturnRefused("Nothing is filled in yet.")
    form = _ready(ret, submission)
    move(ret, "passed_on", actor=actor, today=today, now=now)
    submission.state, submission.by, submission.at = SubmissionState.WAITING, actor, now
    submission.save(update_fields=["state", "by", "at"])
    _keep_problems(submission, form.checked, actor, now)
    return submission


def _ready(ret: AgencyReturn, submission: Submission) -> Form:
    form = form_of(ret, complete=True, submission=submission)
    unsaid = meaning.unsaid(form)
    if form.checked.standing_in_the_way or unsaid:
        raise NotReady(form.checked.standing_in_the_way, unsaid)
    return form


def _keep_problems(submission: Submission, checked: Checked, actor: Person, now: datetime) -> None:
    """What was odd, with the reasons it was accepted for, as the second person and the board read it."""
    Problem.objects.filter(submission=submission).delete()
    Problem.objects.bulk_create(
        Problem(
            circle_id=submission.circle_id, office_id=submission.office_id, submission=submission,
            rule=one.fault.rule, severity=one.fault.severity, column=one.fault.field, measure=one.key[:40],
            sent=one.sent, words=one.fault.words[:400], what_to_do=one.fault.what_to_do[:400],
            row_key=one.row_key, accepted_because=one.because[:400],
            accepted_by=actor if one.because else None, accepted_at=now if one.because else None,
        )
        for one in checked.findings
    )  # fmt: skip


@transaction.atomic
def send_back(*, actor: Person, ret: AgencyReturn, words: str, today: date, now: datetime) -> Submission:
    """The second person gives the figures back, with what is not right."""
    asking.require(actor, Verb.WRITE, ret.record)
    if not words.strip():
        raise ReturnRefused("Say what is not right.")
    held(ret)
    submission = _waiting(ret)
    move(ret, "sent_back", actor=actor, today=today, now=now, words=words)
    submission.state = SubmissionState.DRAFT
    submission.save(update_fields=["state"])
    return submission


def _waiting(ret: AgencyReturn) -> Submission:
    submission = draft_of(ret)
    if submission is None or submission.state != SubmissionState.WAITING:
        raise ReturnRefused("Nothing waits for a second person here.")
    return submission


@transaction.atomic
def approve(*, actor: Person, ret: AgencyReturn, today: date, now: datetime) -> list[Value]:
    """A second person sends the figures: they are put in force, and replace what was sent before.

    Raises ReturnRefused for whoever passed them on, and NotReady when something has come to stand in the way.
    """
    asking.require(actor, Verb.DECIDE, ret.record)
    held(ret)
    submission = _waiting(ret)
    if submission.by_id == actor.id:
        raise ReturnRefused(SECOND_PERSON)
    if str(actor.pk) in submission.typed.get(drafts.TYPED_BY, {}).values():
        raise ReturnRefused(TYPED_THEM)
    form = _ready(ret, submission)
    before = in_force_of(ret)
    move(ret, "revised" if before else "sent", actor=actor, today=today, now=now, words=submission.reason)
    values = in_force.put(
        submission=submission,
        values=[value for entry in form.checked.entries if (value := _value(submission, entry)) is not None],
    )
    submission.approved_by, submission.approved_at = actor, now
    submission.save(update_fields=["approved_by", "approved_at"])
    meaning.keep(actor=submission.by, form=form, now=now)
    ret.first_sent_on, ret.sent_on, ret.accepted_on = ret.first_sent_on or today, today, None
    ret.save(update_fields=["first_sent_on", "sent_on", "accepted_on"])
    _not_held(ret, form.checked.entries)
    return values


def _value(submission: Submission, entry: Entry) -> Value | None:
    """A line as a value; None for a part that was left out."""
    figure, line = entry.figure, entry.line
    if figure.empty and not figure.nothing:
        return None
    place = submission.about.get("places", {}).get(line.key, "")
    return Value(
        circle_id=submission.circle_id, office_id=submission.office_id, submission=submission,
        board_id=submission.board_id, agency_id=submission.agency_id, measure=line.measure,
        version=line.definition.version, period_start=line.period_start, period_end=line.period_end,
        breakdown=line.breakdown, label=line.label, numerator=_kept(figure.numerator),
        denominator=_kept(figure.denominator), percentage=_kept(figure.percentage), amount=_kept(figure.amount),
        nothing=figure.nothing, mark=_mark(submission, entry), note=entry.typed.note,
        place=place[:60], rule=came.of_line(submission, line.key)[:60],
    )  # fmt: skip


def _mark(submission: Submission, entry: Entry) -> Mark:
    if entry.unreliable:
        return Mark.LOW_RELIABILITY
    return Mark.PROVISIONAL if entry.line.key in submission.about.get("provisional", []) else Mark.FINAL


def _kept(number: Given | None) -> Decimal | None:
    """What was typed is read as decimals, so nothing is lost."""
    return number if isinstance(number, Decimal) else None


def _not_held(ret: AgencyReturn, entries: Sequence[Entry]) -> None:
    """What the agency says it does not hold is not asked again until the board says so."""
    codes = [
        one.line.measure for one in entries if not one.line.breakdown and one.figure.nothing == "not_held"
    ]
    rows = Asked.objects.filter(board=ret.board_id, agency=ret.agency_id, measure__in=codes, to_on=None)
    rows.filter(not_held=False).update(not_held=True)


@transaction.atomic
def revise(*, actor: Person, ret: AgencyReturn, reason: str, today: date, now: datetime) -> Submission:
    """Correct figures that were sent, with the reason. What was sent stays in force until that is approved."""
    asking.require(actor, Verb.WRITE, ret.record)
    if not reason.strip():
        raise ReturnRefused("Say why the figures are corrected.")
    if held(ret) not in (ReturnStage.SENT, ReturnStage.QUERIED, ReturnStage.ACCEPTED):
        raise ReturnRefused("Only figures that were sent can be corrected.")
    sent = in_force_of(ret)
    if sent is None:
        raise ReturnRefused("Nothing of this return is in force.")
    ledger.line("indicators.correction_begun", ret.record)
    ways, places = came.carried(sent, sent.typed.get("rows", {}))
    # Who typed what was approved then does not matter now; who types from here on does.
    typed = {name: held for name, held in sent.typed.items() if name != drafts.TYPED_BY}
    submission = drafts.new(
        about={came.CAME: ways, "places": places}, actor=actor, ret=ret, source=Source.WEB, typed=typed, today=today,
        now=now, reason=reason.strip()[:500],
    )  # fmt: skip
    step(ret, "started", actor=actor, today=today, now=now, words=reason).save(force_insert=True)
    ret.stage = ReturnStage.STARTED
    ret.save(update_fields=["stage"])
    return submission


@transaction.atomic
def keep_as_sent(*, actor: Person, ret: AgencyReturn, today: date, now: datetime) -> None:
    """Give a correction up: what was sent stands, and goes back to where it was."""
    asking.require(actor, Verb.WRITE, ret.record)
    if held(ret) != ReturnStage.STARTED or in_force_of(ret) is None:
        raise ReturnRefused("There is no correction to give up.")
    ledger.line("indicators.correction_given_up", ret.record)
    submission = draft_of(ret)
    if submission is not None:
        submission.state = SubmissionState.UNDONE
        submission.save(update_fields=["state"])
    ret.stage = ReturnStage.ACCEPTED if ret.accepted_on else ReturnStage.SENT
    ret.save(update_fields=["stage"])


@transaction.atomic
def ask(*, actor: Person, ret: AgencyReturn, words: str, today: date, now: datetime) -> None:
    """The board's question about figures that were sent."""
    asking.require(actor, Verb.MANAGE, ret.record)
    if not words.strip():
        raise ReturnRefused("Write your question.")
    move(ret, "queried", actor=actor, today=today, now=now, words=words)


@transaction.atomic
def answer(*, actor: Person, ret: AgencyReturn, words: str, today: date, now: datetime) -> None:
    """The agency's answer. Where the figures are wrong, they are corrected instead."""
    asking.require(actor, Verb.WRITE, ret.record)
    if not words.strip():
        raise ReturnRefused("Write your answer.")
    move(ret, "answered", actor=actor, today=today, now=now, words=words)


@transaction.atomic
def accept(*, actor: Person, ret: AgencyReturn, today: date, now: datetime) -> None:
    """The board's team has looked at the figures and takes them."""
    asking.require(actor, Verb.MANAGE, ret.record)
    move(ret, "accepted", actor=actor, today=today, now=now)
    ret.accepted_on = today
    ret.save(update_fields=["accepted_on"])
