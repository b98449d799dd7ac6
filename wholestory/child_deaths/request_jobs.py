"""What happens by itself about requests to agencies: links are sent, sent again when asked for, and reminded of."""

from __future__ import annotations

import json
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from wholestory import ledger
from wholestory.access import acting
from wholestory.access.signing_in import ports
from wholestory.access.signing_in.sealing import unseal
from wholestory.child_deaths import request_letters
from wholestory.child_deaths.models import AWAITED, Addressee, AgencyRequest, RequestLink, RequestStep
from wholestory.child_deaths.operations import request_links
from wholestory.child_deaths.rules.requests import reminder_due
from wholestory.correspondence import post
from wholestory.partners.models import LONDON, Board, Person


@app.task(
    name="child_deaths.send_request_link",
    queue="sign_in",
    retry=RetryStrategy(max_attempts=6, wait=10, linear_wait=60),
)
def send_request_link(sealed: str) -> bool:
    """Send one link. Run twice, the second finds that it was sent; a link withdrawn meanwhile never goes."""
    told = json.loads(unseal(sealed))
    link = RequestLink.objects.select_related("account", "board").get(pk=UUID(told["link"]))
    now = timezone.now()
    if link.sent_at is not None or link.revoked_at is not None or link.expires_at <= now:
        return False
    with acting.as_system(link.board, "postroom"):
        request = AgencyRequest.objects.select_related("record", "panel").get(record_id=link.request_record)
        subject, body = request_letters.words(
            request,
            link.board,
            why=link.why,
            token=told["token"],
            today=link.board.today(),
            panel=request.panel.name,
        )
    mail = ports.Mail(
        "request_link",
        link.account.email,
        subject,
        body,
        link.account.person_id,
        link.board_id,
        confidential=True,
    )
    try:
        ports.deliver(mail)
    except post.NotSent as trouble:
        if trouble.for_good:
            return False
        raise
    RequestLink.objects.filter(pk=link.pk).update(sent_at=now)
    return True


@app.task(name="child_deaths.renew_request_link", queue="sign_in")
def renew_request_link(sealed: str) -> bool:
    """Somebody asked for a new link by an old one: it goes to the address the old one was made for, if that person may
    still answer. A job, so that the page takes the same time and says the same whatever the old link was."""
    link = request_links.known(unseal(sealed))
    if link is None or link.revoked_at is not None:
        return False
    with acting.as_system(link.board, "postroom"):
        addressee = (
            Addressee.objects.select_related("request__record")
            .filter(pk=link.addressee, withdrawn_at=None, request__revoked_at=None)
            .first()
        )
        if addressee is None:
            return False
        return request_links.again(request=addressee.request, addressee=addressee)


def remind(board: Board) -> int:
    """Send the reminders that are due today on one board; how many. Run twice, the second run sends nothing."""
    today, now, sent = board.today(), timezone.now(), 0
    postroom = Person.objects.get(pk=acting.SYSTEM_ACTORS["postroom"][0])
    with acting.as_system(board, "postroom"):
        waiting = list(
            AgencyRequest.objects.filter(record__board=board, state__in=AWAITED).select_related("record")
        )
        addressees: dict[UUID, list[Addressee]] = {}
        for each in Addressee.objects.filter(request__in=waiting, withdrawn_at=None):
            addressees.setdefault(each.request_id, []).append(each)
        links = RequestLink.objects.filter(request_record__in=[one.record_id for one in waiting])
        gone: dict[UUID, set[str]] = {}
        for record, why in links.values_list("request_record", "why"):
            gone.setdefault(record, set()).add(why)
        for request in waiting:
            done = frozenset(gone.get(request.record_id, ()))
            step = reminder_due(request.asked_on, request.extended_to, today, done)
            if not step:
                continue
            ledger.line("child_deaths.reminded", request.record, reason=step)
            for addressee in addressees.get(request.id, []):
                if request_links.issue(request=request, addressee=addressee, why=step):
                    sent += 1
            RequestStep.objects.create(
                request=request, circle_id=request.circle_id, office_id=request.office_id,
                what=RequestStep.What.REMINDED, words=step, by=postroom, at=now,
            )  # fmt: skip
    return sent


@app.periodic(cron="10 7 * * *")
@app.task(
    name="child_deaths.remind_agencies",
    queueing_lock="child_deaths.remind_agencies",
    lock="child_deaths.remind_agencies",
)
def remind_agencies(timestamp: int) -> int:
    """Every morning, for every board that lives in the present."""
    day = timezone.now().astimezone(LONDON).date()
    boards = Board.objects.filter(example_today=None, panels__isnull=False).exclude(valid_to__lt=day)
    return sum(remind(board) for board in boards.distinct())
