"""By GOV.UK Notify, with its official client.

The template in Notify has the subject ``((subject))`` and the body ``((body))``. Notify cannot carry a calendar
file, so the text gets a link to it. Our message's id goes along as the reference: after a try whose end nobody saw,
Notify is asked whether it got through before it is sent again.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from wholestory.correspondence.transports.kinds import NotNow, Outgoing, Receipt, Refused

_FATES = {
    "delivered": "delivered",
    "permanent-failure": "unknown_address",
    "temporary-failure": "mailbox_full",
    "technical-failure": "given_up",
}


class Notify:
    """One client for each process would keep a connection open for ever; one for each message is quick enough."""

    name = "notify"

    def __init__(self, client: Any = None) -> None:
        self._client = client or NotificationsAPIClient(settings.ENVIRONMENT.notify_key)

    def send(self, mail: Outgoing) -> Receipt:
        """Hand over subject and text. Raises NotNow or Refused."""
        body = mail.text
        if mail.calendar_link:
            body += f"\nPut the date into your calendar: {mail.calendar_link}\n"
        try:
            answer = self._client.send_email_notification(
                email_address=mail.to_address,
                template_id=settings.ENVIRONMENT.notify_template,
                personalisation={"subject": mail.subject, "body": body},
                reference=str(mail.id),
                email_reply_to_id=settings.ENVIRONMENT.notify_reply_to or None,
            )
        except APIError as trouble:
            raise _as_ours(trouble) from trouble
        return Receipt(str(answer.get("id", "")))

    def already_taken(self, mail_id: UUID) -> Receipt | None:
        """Whether Notify has a message with our reference."""
        try:
            found = self._client.get_all_notifications(reference=str(mail_id), template_type="email")
        except APIError as trouble:
            raise _as_ours(trouble) from trouble
        notifications = found.get("notifications") or []
        return Receipt(str(notifications[0].get("id", ""))) if notifications else None

    def fate(self, reference: str) -> str:
        """What Notify knows of a message it took."""
        try:
            found = self._client.get_notification_by_id(reference)
        except APIError as trouble:
            if getattr(trouble, "status_code", 0) == 404:
                # Notify forgets after seven days.
                return ""
            raise NotNow(f"notify_{getattr(trouble, 'status_code', 0)}") from trouble
        return _FATES.get(str(found.get("status", "")), "")


def _as_ours(trouble: APIError) -> Exception:
    """400 is about this message; everything else is about keys, limits or the network, and may pass."""
    code = int(getattr(trouble, "status_code", 0) or 0)
    if code == 400:
        text = str(getattr(trouble, "message", ""))
        return Refused("notify_400", "unknown_address" if "email_address" in text else "refused")
    return NotNow(f"notify_{code}")
