"""By a mail server. What it refuses for good is a bounce at once; what comes back later comes to the team's mailbox."""

from __future__ import annotations

import smtplib
from email.headerregistry import Address
from email.utils import formataddr
from typing import NoReturn
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from wholestory.correspondence.rules.calendar import MEDIA_TYPE
from wholestory.correspondence.transports.kinds import NotNow, Outgoing, Receipt, Refused

_NO_SUCH_MAILBOX = frozenset({550, 551, 553})
_MAILBOX_FULL = frozenset({552})


class Smtp:
    """Through Django's mail, so that its settings (and its test outbox) hold."""

    name = "smtp"

    def send(self, mail: Outgoing) -> Receipt:
        """Hand over text and HTML, with the calendar file where there is one."""
        message_id = f"<{mail.id}@{urlsplit(settings.SITE_ADDRESS).hostname or 'localhost'}>"
        message = EmailMultiAlternatives(
            subject=mail.subject,
            body=mail.text,
            from_email=_sender(mail.from_name),
            to=[formataddr((mail.to_name, mail.to_address))],
            reply_to=[mail.reply_to] if mail.reply_to else None,
            # The same on every try: a mail server, and a reader, can tell a repetition.
            headers={"Message-ID": message_id, "Auto-Submitted": "auto-generated"},
        )
        if mail.html:
            message.attach_alternative(mail.html, "text/html")
        if mail.calendar:
            message.attach("due-date.ics", mail.calendar, MEDIA_TYPE.partition(";")[0])
        try:
            message.send()
        except smtplib.SMTPRecipientsRefused as refused:
            _give_up_or_wait([code for code, _ in refused.recipients.values()], refused)
        except smtplib.SMTPResponseException as refused:
            if isinstance(
                refused, smtplib.SMTPAuthenticationError | smtplib.SMTPConnectError | smtplib.SMTPHeloError
            ):
                # Our own settings or the server's state: the reader's address is not to blame.
                raise NotNow(f"smtp_{refused.smtp_code}") from refused
            _give_up_or_wait([refused.smtp_code], refused)
        except (smtplib.SMTPException, OSError) as trouble:
            raise NotNow("smtp_unreachable") from trouble
        return Receipt(message_id)

    def already_taken(self, mail_id: UUID) -> Receipt | None:
        """A mail server cannot be asked."""
        return None

    def fate(self, reference: str) -> str:
        """A mail server cannot be asked; what comes back is recorded by the team."""
        return ""


def _sender(name: str) -> str:
    address = settings.DEFAULT_FROM_EMAIL
    return str(Address(name, addr_spec=address)) if name else address


def _give_up_or_wait(codes: list[int], refused: Exception) -> NoReturn:
    """5xx is for good, 4xx for now (RFC 5321, 4.2.1)."""
    code = max(codes, default=0)
    if code < 500:
        raise NotNow(f"smtp_{code}") from refused
    bounce = (
        "unknown_address"
        if code in _NO_SUCH_MAILBOX
        else "mailbox_full"
        if code in _MAILBOX_FULL
        else "refused"
    )
    raise Refused(f"smtp_{code}", bounce) from refused
