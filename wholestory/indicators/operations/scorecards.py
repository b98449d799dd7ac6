"""Bringing in the scorecard a board has: read, its layout settled, its rows named, looked through, and taken back.

Nothing comes in before somebody confirmed what they were shown. A figure that an agency's return gave already stays:
what is brought in never replaces it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.indicators import scorecard_file
from wholestory.indicators.models import Problem, Source, Submission, SubmissionState, Value
from wholestory.indicators.operations import circles
from wholestory.indicators.queries import scorecards as queries
from wholestory.indicators.rules.periods import Period, Year
from wholestory.indicators.rules.scorecard import Holds
from wholestory.partners.models import Board, Person
from wholestory.records import opening
from wholestory.records.models import Record

SUBMISSION = opening.Opening(Submission.record_kind, "FS", "governance")


class ScorecardRefused(ValueError):
    """It cannot be done like that; the sentence says what to do instead."""


@transaction.atomic
def start(
    *,
    actor: Person,
    board: Board,
    name: str,
    content: bytes,
    years: Year,
    whose: str,
    now: datetime,
    today: date,
) -> Submission:
    """Read a scorecard and keep its cells to be looked through. ``whose`` is ``board``, ``asked`` (whichever agency is
    asked for the measure) or the slug of one agency. Raises ScorecardRefused, and NotForYou."""
    circle, office = circles.of_team(board), circles.office(board)
    kind = Submission.record_kind
    asking.require(actor, Verb.MANAGE, Record(kind=kind, circle=circle, office=office), kind=kind)
    sha256 = hashlib.sha256(content).hexdigest()
    same = Submission.objects.filter(
        board=board, source=Source.SCORECARD, state=SubmissionState.IN_FORCE, sha256=sha256
    ).select_related("record").first()  # fmt: skip
    if same is not None:
        raise ScorecardRefused(f"This very file was brought in already, as {same.record.reference}.")
    try:
        sheets = scorecard_file.read(name, content)
    except scorecard_file.Unreadable as trouble:
        raise ScorecardRefused(str(trouble)) from trouble
    record = opening.sheet(SUBMISSION, board, circle, office, today, verb="indicators.scorecard_read")
    return Submission.objects.create(
        record=record, circle=circle, office=office, board=board, number=1, source=Source.SCORECARD,
        file_name=name[-200:], sha256=sha256, typed={"sheets": sheets},
        about={"years": years.value, "whose": whose, "sheet": None, "stated": {}, "rows": None}, by=actor, at=now,
    )  # fmt: skip


def _held(actor: Person, submission: Submission, state: SubmissionState) -> Submission:
    """The row, held until the transaction ends. Raises ScorecardRefused when it is elsewhere by now, and NotForYou."""
    asking.require(actor, Verb.MANAGE, submission.record)
    found = Submission.objects.select_for_update(of=("self",)).select_related("record", "board").get(
        pk=submission.pk, source=Source.SCORECARD
    )  # fmt: skip
    if found.state != state:
        raise ScorecardRefused(f"This scorecard is at “{found.get_state_display()}” by now.")
    return found


def _about(submission: Submission, **said: Any) -> None:
    ledger.line("indicators.scorecard_mapped", submission.record)
    submission.about = {**submission.about, **said}
    submission.save(update_fields=["about"])


@transaction.atomic
def choose_layout(
    *, actor: Person, submission: Submission, sheet: int, stated: Mapping[int, Period | None]
) -> None:
    """Keep which sheet is read and what was said of columns whose headings mean no period. Another sheet begins the
    rows anew. Raises ScorecardRefused."""
    fresh = _held(actor, submission, SubmissionState.DRAFT)
    kept = {str(n): [p.start.isoformat(), p.end.isoformat()] if p else None for n, p in stated.items()}
    rows = fresh.about["rows"] if fresh.about["sheet"] == sheet else None
    _about(fresh, sheet=sheet, stated=kept, rows=rows)


@transaction.atomic
def choose_rows(*, actor: Person, submission: Submission, said: Mapping[int, tuple[str, Holds]]) -> None:
    """Keep which measure each row is and what its cells hold. Raises ScorecardRefused."""
    fresh = _held(actor, submission, SubmissionState.DRAFT)
    _about(fresh, rows={str(row): [code, holds.value] for row, (code, holds) in said.items()})


@transaction.atomic
def bring_in(*, actor: Person, submission: Submission, seen: str, now: datetime) -> int:
    """Put what was looked through in force, and how many figures that are. ``seen`` is the mark of what was shown.
    Raises ScorecardRefused when something changed since, or nothing would come in."""
    fresh = _held(actor, submission, SubmissionState.DRAFT)
    plan = queries.plan_of(fresh)
    if plan.seen != seen:
        raise ScorecardRefused("Something changed since you looked. Look through it again, then bring it in.")
    if not plan.coming:
        raise ScorecardRefused("Nothing would come in.")
    office, team = circles.office(fresh.board), circles.of_team(fresh.board)
    ledger.line("indicators.scorecard_brought_in", fresh.record)
    try:
        with transaction.atomic():
            Value.objects.bulk_create(_values(fresh, plan), batch_size=1000)
    except IntegrityError as trouble:
        # Somebody put one of the same figures in force at this moment.
        raise ScorecardRefused(
            "Something changed since you looked. Look through it again, then bring it in."
        ) from trouble
    Problem.objects.bulk_create(
        Problem(
            circle=team, office=office, submission=fresh, rule="scorecard", severity=each.severity,
            sheet=plan.sheet[:60], column=each.place[:40], measure=each.measure, sent=each.sent,
            words=each.words[:400], what_to_do=each.what_to_do,
        )
        for each in plan.troubles
    )  # fmt: skip
    fresh.about = {
        **fresh.about,
        "came": len(plan.coming),
        "stayed_out": plan.errors,
        "there": len(plan.there),
    }
    fresh.state, fresh.typed, fresh.at = SubmissionState.IN_FORCE, {}, now
    fresh.save(update_fields=["about", "state", "typed", "at"])
    return len(plan.coming)


def _values(submission: Submission, plan: queries.Planned) -> list[Value]:
    """The figures, each in the circle of the agency it is of."""
    board = submission.board
    office, team = circles.office(board), circles.of_team(board)
    of = {each.agency.pk: circles.of_agency(board, each.agency) for each in plan.coming if each.agency}
    return [
        Value(
            circle=of[each.agency.pk] if each.agency else team, office=office, submission=submission, board=board,
            agency=each.agency, measure=each.one.measure, version=each.version, in_force=True,
            period_start=each.one.period.start, period_end=each.one.period.end, numerator=each.one.numerator,
            denominator=each.one.denominator, percentage=each.one.percentage, amount=each.one.amount,
            nothing=each.one.nothing, note=each.one.note, place=f"{plan.sheet}!{each.one.place}"[-60:],
            rule="as typed in the file",
        )
        for each in plan.coming
    ]  # fmt: skip


@transaction.atomic
def put_aside(*, actor: Person, submission: Submission) -> None:
    """Put a scorecard aside that was not brought in; its cells are erased."""
    fresh = _held(actor, submission, SubmissionState.DRAFT)
    ledger.line("indicators.scorecard_put_aside", fresh.record)
    fresh.state, fresh.typed = SubmissionState.UNDONE, {}
    fresh.save(update_fields=["state", "typed"])


@transaction.atomic
def take_back(*, actor: Person, submission: Submission, because: str) -> int:
    """Take back, as a whole, what a scorecard brought, and how many figures that were. They are kept and count no
    more; what has replaced them since stays in force."""
    fresh = _held(actor, submission, SubmissionState.IN_FORCE)
    ledger.line("indicators.scorecard_taken_back", fresh.record)
    ended = Value.objects.filter(submission=fresh, in_force=True).update(in_force=False)
    fresh.state, fresh.reason = SubmissionState.UNDONE, because
    fresh.save(update_fields=["state", "reason"])
    return ended
