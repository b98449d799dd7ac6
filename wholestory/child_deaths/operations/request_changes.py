"""Changing what an agency was asked: more time, taking back, opening again, a new link, the child's particulars."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from wholestory import ledger
from wholestory.access import asking, derive
from wholestory.access.models import Grant
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Addressee, AgencyRequest, Asked, RequestForm, RequestStep
from wholestory.child_deaths.operations import addressees, request_links
from wholestory.child_deaths.operations.requests import CLOCK, CannotAsk, step
from wholestory.child_deaths.queries.told_of_child import about
from wholestory.child_deaths.rules import requests as rules
from wholestory.kernel.moments import Moment
from wholestory.paperwork import operations as forms
from wholestory.paperwork.models import Status
from wholestory.partners.models import LONDON, Person
from wholestory.pathways.models import RunningClock
from wholestory.pathways.operations.clocks import cancel_clock, reopen_clock

What = RequestStep.What


def _held(actor: Person, request: AgencyRequest) -> AgencyRequest:
    found = (
        AgencyRequest.objects.select_for_update(of=("self",))
        .select_related("record__board", "case__child", "case__record")
        .get(pk=request.pk)
    )
    asking.require(actor, Verb.MANAGE, found.record)
    return found


@transaction.atomic
def give_more_time(
    *, actor: Person, request: AgencyRequest, until: date, reason: str, now: Moment, today: date
) -> None:
    """Let an agency have longer. Its clock stays where it is: the day was moved by us, and that is shown."""
    request = _held(actor, request)
    if not request.awaited:
        raise CannotAsk("An answer is no longer awaited.")
    if until <= max(request.last_on, today):
        raise CannotAsk("The new day must be later than the one it is due on, and later than today.", "until")
    ledger.line("child_deaths.more_time", request.record)
    request.extended_to = until
    request.save(update_fields=["extended_to"])
    step(request, What.MORE_TIME, actor, now, reason)


@transaction.atomic
def revoke(*, actor: Person, request: AgencyRequest, reason: str, now: Moment) -> None:
    """Take the request back: every link and everybody's way in end at once. What was answered is kept."""
    request = _held(actor, request)
    if request.state == Asked.REVOKED:
        return
    ledger.line("child_deaths.request_revoked", request.record)
    _end_grants(request, now)
    request_links.revoke(record_id=request.record_id)
    Addressee.objects.filter(request=request, withdrawn_at=None).update(
        withdrawn_at=now.at, withdrawn_by=actor
    )
    clock = RunningClock.objects.filter(record=request.record, key=CLOCK, closed_at=None).first()
    if clock is not None:
        cancel_clock(actor=actor, clock=clock, reason="request_revoked", now=now)
    request.state, request.revoked_at = Asked.REVOKED, now.at
    request.save(update_fields=["state", "revoked_at"])
    step(request, What.REVOKED, actor, now, reason)


def _end_grants(request: AgencyRequest, now: Moment) -> None:
    grants = list(
        Grant.objects.filter(circle=request.circle_id, role=addressees.ROLE, withdrawn_at=None)
        .select_related("person")
    )  # fmt: skip
    for grant in grants:
        grant.withdrawn_at = now.at
    Grant.objects.bulk_update(grants, ["withdrawn_at"])
    derive.rewrite(*[grant.person for grant in grants])


@transaction.atomic
def reopen(*, actor: Person, request: AgencyRequest, reason: str, now: Moment, today: date) -> None:
    """Let the agency change or add to what it sent. Its answers stay; its clock runs on as it was."""
    request = _held(actor, request)
    if request.state not in (Asked.RETURNED, Asked.NOTHING):
        raise CannotAsk("There is nothing to open again: it has not been answered.")
    ledger.line("child_deaths.request_reopened", request.record)
    for each in RequestForm.objects.filter(request=request).select_related("answers"):
        if each.answers.status == Status.SUBMITTED:
            forms.reopen(actor=actor, set_id=each.answers_id, verb=Verb.MANAGE, reason="request_reopened")
    clock = RunningClock.objects.filter(record=request.record, key=CLOCK).order_by("-created_at").first()
    if clock is not None and clock.closed_at is not None:
        reopen_clock(actor=actor, clock=clock, reason="request_reopened", now=now)
    request.state, request.reopened = Asked.STARTED, request.reopened + 1
    request.looked_where, request.answered_at, request.answered_on, request.answered_by = "", None, None, None
    request.extended_to = max(request.last_on, rules.due(today))
    request.save(
        update_fields=[
            "state", "reopened", "looked_where", "answered_at", "answered_on", "answered_by", "extended_to"
        ]
    )  # fmt: skip
    step(request, What.REOPENED, actor, now, reason)
    for addressee in Addressee.objects.filter(request=request, withdrawn_at=None):
        request_links.issue(request=request, addressee=addressee, why="again")


@transaction.atomic
def bring_up_to_date(*, actor: Person, request: AgencyRequest, now: Moment) -> bool:
    """Tell the agency what is known of the child now (a name given since, a number put right). False when the same."""
    request = _held(actor, request)
    told = about(request.case.child)
    if told == request.about:
        return False
    ledger.line("child_deaths.request_corrected", request.record)
    request.about = told
    request.save(update_fields=["about"])
    step(request, What.CORRECTED, actor, now)
    return True


def reminded_on(request: AgencyRequest, day: date) -> bool:
    """Whether a reminder went that day, by hand or by itself."""
    went = RequestStep.objects.filter(request=request, what=What.REMINDED).values_list("at", flat=True)
    return any(at.astimezone(LONDON).date() == day for at in went)


@transaction.atomic
def remind(*, actor: Person, request: AgencyRequest, now: Moment, today: date) -> int:
    """Remind everybody who answers it, by one message each with the reference and a link, and say how many.

    Once a day, also where one went by itself. Raises CannotAsk.
    """
    request = _held(actor, request)
    if not request.awaited:
        raise CannotAsk("An answer is no longer awaited, so nobody needs to be reminded.")
    if reminded_on(request, today):
        raise CannotAsk("They were reminded today. Another reminder can go tomorrow.")
    ledger.line("child_deaths.reminded", request.record, reason="by_hand")
    sent = sum(
        request_links.issue(request=request, addressee=each, why=f"reminder_{today:%Y%m%d}") is not None
        for each in Addressee.objects.filter(request=request, withdrawn_at=None)
    )
    step(request, What.REMINDED, actor, now)
    return sent


@transaction.atomic
def send_again(*, actor: Person, addressee: Addressee, now: Moment) -> None:
    """Send an addressee a new link. Earlier ones go on working until they run out, or are withdrawn with the person."""
    request = _held(actor, addressee.request)
    if addressee.withdrawn_at is not None or request.state == Asked.REVOKED:
        raise CannotAsk("This person no longer answers it.")
    ledger.line("child_deaths.link_sent_again", request.record, ids=[addressee.person_id])
    request_links.issue(request=request, addressee=addressee, why="again")
    step(request, What.SENT_AGAIN, actor, now, person=addressee.person)
