"""Answering a request: opening it, saying that nothing is known, sending what was written."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from wholestory import ledger
from wholestory.access import acting, asking
from wholestory.access.verbs import Verb
from wholestory.child_deaths.models import Addressee, AgencyRequest, Asked, RequestForm, RequestStep
from wholestory.child_deaths.operations import requests
from wholestory.child_deaths.rules.requests import pages_of
from wholestory.correspondence.clock import moment_of
from wholestory.kernel.moments import Moment, at_instant
from wholestory.paperwork import operations as forms
from wholestory.paperwork.models import AnswerSet
from wholestory.paperwork.queries import said_in
from wholestory.partners.models import Person
from wholestory.pathways.models import Standing

What = RequestStep.What
_FINAL = frozenset({"finalised", "submitted", "closed"})


class CannotAnswer(ValueError):
    """Not as it stands; the sentence is for the person."""


def _held(actor: Person, request: AgencyRequest, *, whole: bool = False) -> AgencyRequest:
    found = (
        AgencyRequest.objects.select_for_update(of=("self",)).select_related("record__board").get(pk=request.pk)
    )  # fmt: skip
    asking.require(actor, Verb.WRITE, found.record)
    if whole and not answers_all(actor, found):
        raise CannotAnswer("You were asked for a part of it. Whoever was asked for all of it sends it.")
    return found


def answers_all(actor: Person, request: AgencyRequest) -> bool:
    """Whether this person was asked for all of it, not for a part."""
    return Addressee.objects.filter(request=request, person=actor, withdrawn_at=None, parts=[]).exists()


@transaction.atomic
def note_opened(*, actor: Person, request: AgencyRequest, now: Moment) -> None:
    """The first of those who were asked looks at it."""
    if request.state != Asked.ASKED:
        return
    request = _held(actor, request)
    if request.state == Asked.ASKED:
        ledger.line("child_deaths.request_opened", request.record)
        request.state, request.opened_at = Asked.OPENED, now.at
        request.save(update_fields=["state", "opened_at"])


def note_begun(form_set: AnswerSet, by: Person) -> None:
    """An answer was saved (registered with ``paperwork.watching``): the request is begun. One query, once it is."""
    now = moment_of(form_set.record.board, timezone.now())
    AgencyRequest.objects.filter(
        record=form_set.record_id, state__in=(Asked.ASKED, Asked.OPENED)
    ).update(state=Asked.STARTED, started_at=now)  # fmt: skip


@transaction.atomic
def nothing_known(
    *, actor: Person, request: AgencyRequest, looked_where: str, now: Moment, today: date
) -> None:
    """The agency looked and knows nothing of the child: an answer, and the end of the request.

    Raises CannotAnswer when answers were written, or when it is no longer awaited.
    """
    request = _held(actor, request, whole=True)
    _must_be_awaited(request)
    if not looked_where.strip():
        raise CannotAnswer("Say who looked, and where.")
    sets = list(RequestForm.objects.filter(request=request).values_list("answers_id", flat=True))
    if any(said.answered for said in said_in(sets).values()):
        raise CannotAnswer(
            "There are answers in the form, so something is known. Send the form, or empty it first."
        )
    ledger.line("child_deaths.nothing_known", request.record)
    request.looked_where = looked_where.strip()
    _answered(actor, request, Asked.NOTHING, now, today)
    requests.step(request, What.NOTHING, actor, now)


@transaction.atomic
def send(*, actor: Person, request: AgencyRequest, now: Moment, today: date) -> None:
    """Send every form of the request; nothing in them can be changed until the coordinator opens it again.

    Raises forms.NotReady with what is to be put right, CannotAnswer for somebody who was given a part.
    """
    request = _held(actor, request, whole=True)
    _must_be_awaited(request)
    ledger.line("child_deaths.returned", request.record)
    for each in RequestForm.objects.filter(request=request):
        forms.submit(actor=actor, set_id=each.answers_id, today=today, now=now.at)
    _answered(actor, request, Asked.RETURNED, now, today)
    requests.step(request, What.RETURNED, actor, now)


def _must_be_awaited(request: AgencyRequest) -> None:
    if request.state == Asked.REVOKED:
        raise CannotAnswer("This request was taken back.")
    if not request.awaited:
        raise CannotAnswer("This request has been answered. Ask the coordinator to open it again.")


def _answered(actor: Person, request: AgencyRequest, state: Asked, now: Moment, today: date) -> None:
    # Whoever answers may not see the case: whether it is final is looked up for them, and marked here.
    with acting.as_system(request.record.board_id, "tally"):
        case_record = AgencyRequest.objects.values_list("case__record", flat=True).get(pk=request.pk)
        final = Standing.objects.filter(record=case_record, stage__in=_FINAL).exists()
    request.state, request.after_final = state, final
    request.answered_at, request.answered_on, request.answered_by = now.at, today, actor
    request.save(
        update_fields=["state", "after_final", "answered_at", "answered_on", "answered_by", "looked_where"]
    )
    requests.meet(actor, request, at_instant(now.at))


def pages_to_write(actor: Person, form_set_id: UUID) -> frozenset[str] | None:
    """Which pages of a form this person writes now: none where it is no longer awaited, all for an addressee of the
    whole. One query."""
    found = (
        RequestForm.objects.filter(
            answers=form_set_id, request__addressees__person=actor, request__addressees__withdrawn_at=None
        )
        .values_list("key", "request__state", "request__addressees__parts")
        .first()
    )
    if found is None or found[1] not in (Asked.ASKED, Asked.OPENED, Asked.STARTED):
        return frozenset()
    return pages_of(found[2], found[0])
