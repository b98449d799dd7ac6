"""Mail that is not kept: sign-in codes. And what signing in sends otherwise, which is kept like any message."""

from __future__ import annotations

from contextlib import nullcontext
from uuid import uuid4

from django.conf import settings

from wholestory.access import acting
from wholestory.access.signing_in.ports import Mail
from wholestory.correspondence import operations, transports
from wholestory.correspondence.models import DemoMail
from wholestory.correspondence.transports import NotNow, Outgoing, Refused
from wholestory.partners.models import Board, Person

#: In the demo: how many are kept to be looked at.
DEMO_KEEPS = 100


class NotSent(Exception):
    """The mail could not be handed over. ``for_good`` when trying again is of no use."""

    def __init__(self, code: str, *, for_good: bool) -> None:
        super().__init__(code)
        self.for_good = for_good


def send_now(to: str, subject: str, text: str, *, from_name: str = "", reply_to: str = "") -> None:
    """Send at once and keep nothing, neither text nor address. The caller tries again. Raises NotSent.

    In the demo it is kept in the outbox, where anybody can read it: nothing there is real.
    """
    if settings.ENVIRONMENT.mail_by == "outbox":
        if not settings.DEMO:
            # Nothing leaves by the outbox, and a code may not be kept: somebody has to know that it went nowhere.
            raise NotSent("outbox_keeps_no_codes", for_good=True)
        _keep_in_the_demo(to, subject, text)
        return
    mail = Outgoing(uuid4(), to, "", subject, text, from_name=from_name, reply_to=reply_to)
    try:
        transports.chosen().send(mail)
    except NotNow as trouble:
        raise NotSent(trouble.code, for_good=False) from trouble
    except Refused as trouble:
        raise NotSent(trouble.code, for_good=True) from trouble


def deliver(mail: Mail) -> None:
    """How signing in sends its mail (registered with its port). Codes are sent and forgotten; the rest is kept."""
    board = Board.objects.filter(pk=mail.board).first() if mail.board else None
    if mail.confidential or board is None:
        name, reply_to = (board.name, board.mailbox) if board else ("", "")
        send_now(mail.to, mail.subject, mail.body, from_name=name, reply_to=reply_to)
        return
    reader = Person.objects.get(pk=mail.person)
    # Within a request it is the acting person's doing; a job has nobody acting and no transaction yet.
    hand = nullcontext() if acting.current() else acting.as_system(board, "postroom")
    with hand:
        operations.write_plain(board=board, to=reader, subject=mail.subject, body=mail.body)


def _keep_in_the_demo(to: str, subject: str, text: str) -> None:
    DemoMail.objects.create(to_address=to, subject=subject[:250], text=text)
    old = DemoMail.objects.order_by("-created_at").values_list("pk", flat=True)[DEMO_KEEPS:]
    DemoMail.objects.filter(pk__in=list(old)).delete()
