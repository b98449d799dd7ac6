"""Which way of sending this process was told to use."""

from __future__ import annotations

from django.conf import settings

from wholestory.correspondence.transports.kinds import Transport


def chosen() -> Transport:
    """The way the settings name."""
    by = settings.ENVIRONMENT.mail_by
    if by == "notify":
        from wholestory.correspondence.transports.notify import Notify

        return Notify()
    if by == "smtp":
        from wholestory.correspondence.transports.smtp import Smtp

        return Smtp()
    from wholestory.correspondence.transports.outbox import Outbox

    return Outbox()
