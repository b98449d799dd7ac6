"""Holding a review up: begun with a day to look again, kept or ended on that day. Some limits stand still meanwhile."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from wholestory import ledger
from wholestory.access import asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Case, Hold, HoldStep
from wholestory.child_deaths.operations.response import NotRecorded
from wholestory.child_deaths.rules import holds as rules
from wholestory.kernel.moments import Moment, on_day
from wholestory.partners.models import Person
from wholestory.pathways.models import RunningClock
from wholestory.pathways.operations.clocks import pause_clock, resume_clock
from wholestory.pathways.operations.results import pauses


@transaction.atomic
def begin(
    *,
    actor: Person,
    case: Case,
    why: str,
    since_on: date,
    review_on: date,
    now: Moment,
    contact: str = "",
    words: str = "",
) -> Hold:
    """The review waits. Limits that may be paused stand still; everything else goes on.

    Raises NotRecorded without a later day to look again, without a contact for a criminal case, or where the review
    waits for the same thing already.
    """
    asking.require(actor, Verb.DECIDE, case.record)
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    for field, sentence in rules.wrong(
        since_on, review_on, now.on, why=why, contact=contact, words=words
    ).items():
        raise NotRecorded(sentence, field)
    if why not in ("other", "other_review") and _open(case).filter(why=why).exists():
        raise NotRecorded("The review waits for this already. Look at that hold again instead.", "why")
    ledger.line("child_deaths.hold_begun", case.record, reason=why)
    hold = Hold.objects.create(
        circle_id=case.circle_id, office_id=case.office_id, case=case, why=why, words=words.strip(),
        contact=contact.strip(), since_on=since_on, review_on=review_on, by=actor,
    )  # fmt: skip
    _step(hold, HoldStep.Did.BEGUN, actor, now.on, words, review_on=review_on)
    keep_paused(actor=actor, case=case, now=now)
    return hold


@transaction.atomic
def extend(*, actor: Person, hold: Hold, review_on: date, words: str, now: Moment) -> None:
    """Somebody looked, and the review still waits. Raises NotRecorded without a reason or a later day."""
    hold = _locked(actor, hold)
    if review_on <= now.on:
        raise NotRecorded("The day to look again must be after today", "review_on")
    if not words.strip():
        raise NotRecorded("Say why the review still waits", "words")
    ledger.line("child_deaths.hold_extended", hold.case.record)
    _step(
        hold, HoldStep.Did.EXTENDED, actor, now.on, words, review_was_on=hold.review_on, review_on=review_on
    )
    hold.review_on = review_on
    hold.save(update_fields=["review_on"])


@transaction.atomic
def end(*, actor: Person, hold: Hold, ended_on: date, words: str, now: Moment) -> None:
    """The review goes on. A limit runs again once nothing holds it any more. Raises NotRecorded for a wrong day."""
    hold = _locked(actor, hold)
    if ended_on > now.on:
        raise NotRecorded("It cannot have ended later than today", "ended_on")
    if ended_on < hold.since_on:
        raise NotRecorded("It cannot have ended before it began", "ended_on")
    ledger.line("child_deaths.hold_ended", hold.case.record)
    _step(hold, HoldStep.Did.ENDED, actor, now.on, words, review_was_on=hold.review_on)
    hold.ended_on, hold.ended_by = ended_on, actor
    hold.save(update_fields=["ended_on", "ended_by"])
    case = hold.case
    still = rules.paused_by(_open(case).values_list("why", flat=True))
    ended = [
        (each.why, each.ended_on)
        for each in Hold.objects.filter(case=case, ended_on__isnull=False)
        if each.ended_on is not None
    ]
    for clock in _running(case):
        if not clock.paused or clock.key in still or clock.key not in rules.PAUSES[hold.why]:
            continue
        last = max(on for why, on in ended if clock.key in rules.PAUSES[why])
        began = pauses(clock)[-1].begins.on
        resume_clock(actor=actor, clock=clock, ends=on_day(max(last, began)), now=now)


@transaction.atomic
def keep_paused(*, actor: Person, case: Case, now: Moment) -> None:
    """Pause every limit that runs and that an open hold stops. Called when a hold begins, and by whoever starts a limit
    of a review that may be on hold."""
    found = list(_open(case).order_by("since_on"))
    for clock in _running(case):
        since = [each for each in found if clock.key in rules.PAUSES[each.why]]
        if not since or clock.paused:
            continue
        before = pauses(clock)
        earliest = before[-1].ends if before else None
        begins = on_day(since[0].since_on)
        if earliest is not None and begins.at < earliest.at:
            begins = earliest
        pause_clock(actor=actor, clock=clock, begins=begins, reason=f"hold_{since[0].why}", now=now)


def _running(case: Case) -> list[RunningClock]:
    return list(
        RunningClock.objects.filter(record=case.record, closed_at__isnull=True, key__in=rules.PAUSABLE)
    )


def _open(case: Case) -> QuerySet[Hold]:
    return Hold.objects.filter(case=case, ended_on__isnull=True)


def _locked(actor: Person, hold: Hold) -> Hold:
    asking.require(actor, Verb.DECIDE, hold.case.record)
    found = Hold.objects.select_for_update(of=("self",)).select_related("case__record").get(pk=hold.pk)
    if found.ended_on:
        raise NotRecorded("This hold has ended already.")
    return found


def _step(
    hold: Hold,
    did: HoldStep.Did,
    actor: Person,
    on: date,
    words: str,
    *,
    review_was_on: date | None = None,
    review_on: date | None = None,
) -> None:
    HoldStep.objects.create(
        circle_id=hold.circle_id, office_id=hold.office_id, hold=hold, did=did, on=on, review_was_on=review_was_on,
        review_on=review_on, words=words.strip(), by=actor,
    )  # fmt: skip
