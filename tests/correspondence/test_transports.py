"""The ways of sending speak as their other side wants it, and tell "not now" from "never"."""

from __future__ import annotations

import dataclasses
import smtplib
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as django_mail
from django.core.mail import EmailMultiAlternatives
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient
from pytest_django import Settings

from wholestory.correspondence import post, transports
from wholestory.correspondence.models import DemoMail
from wholestory.correspondence.transports import NotNow, Outgoing, Receipt, Refused
from wholestory.correspondence.transports.notify import Notify
from wholestory.correspondence.transports.outbox import Outbox
from wholestory.correspondence.transports.smtp import Smtp

MAIL = Outgoing(
    uuid4(), "head@people.example", "Jo Ashdown, Head", "Due on 15 April", "Dear Jo\n", "<p>Dear Jo</p>",
    "Northmarsh Board", "team@north.example", b"BEGIN:VCALENDAR", "https://board.example/letters/MS-1/due-date.ics",
)  # fmt: skip


def test_smtp_sends_text_html_and_calendar_under_one_id(mailoutbox: list[EmailMultiAlternatives]) -> None:
    first, second = Smtp().send(MAIL), Smtp().send(MAIL)
    assert first == second == Receipt(f"<{MAIL.id}@board.example>")
    sent = mailoutbox[0].message()
    assert sent["Message-ID"] == first.reference
    assert sent["Reply-To"] == "team@north.example"
    assert sent["To"] == '"Jo Ashdown, Head" <head@people.example>'
    assert sent["From"].startswith("Northmarsh Board <")
    assert sent["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in sent.walk() if not part.is_multipart()] == [
        "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (
            smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}),
            Refused("smtp_550", "unknown_address"),
        ),
        (smtplib.SMTPRecipientsRefused({"x": (552, b"full")}), Refused("smtp_552", "mailbox_full")),
        (smtplib.SMTPRecipientsRefused({"x": (451, b"greylisted")}), NotNow("smtp_451")),
        (smtplib.SMTPDataError(554, b"spam"), Refused("smtp_554", "refused")),
        (smtplib.SMTPDataError(421, b"busy"), NotNow("smtp_421")),
        (smtplib.SMTPAuthenticationError(535, b"password"), NotNow("smtp_535")),
        (smtplib.SMTPServerDisconnected("gone"), NotNow("smtp_unreachable")),
        (TimeoutError(), NotNow("smtp_unreachable")),
    ],
)
def test_smtp_tells_not_now_from_never(
    trouble: Exception, expected: NotNow | Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise trouble

    monkeypatch.setattr(EmailMultiAlternatives, "send", fails)
    with pytest.raises(type(expected)) as raised:
        Smtp().send(MAIL)
    assert raised.value.code == expected.code
    assert getattr(raised.value, "bounce", "") == getattr(expected, "bounce", "")


class FakeNotify:
    """Notify's client, without Notify."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: dict[str, Any] = {}

    def _answer(self, name: str, **asked: Any) -> Any:
        self.asked = asked
        answer = self.answers[name]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def send_email_notification(self, **asked: Any) -> Any:
        return self._answer("send", **asked)

    def get_all_notifications(self, **asked: Any) -> Any:
        return self._answer("all", **asked)

    def get_notification_by_id(self, key: str) -> Any:
        return self._answer("one", key=key)


def error(status: int, message: str = "") -> HTTPError:
    response: Any = type(
        "Response", (), {"status_code": status, "json": lambda self: {"errors": [{"message": message}]}}
    )()
    return HTTPError(response)


def test_the_official_client_has_what_we_call() -> None:
    for name in ("send_email_notification", "get_all_notifications", "get_notification_by_id"):
        assert callable(getattr(NotificationsAPIClient, name))


def test_notify_gets_subject_and_body_our_reference_and_a_link_to_the_date() -> None:
    client = FakeNotify(send={"id": "abc-123"})
    assert Notify(client).send(MAIL) == Receipt("abc-123")
    assert client.asked["reference"] == str(MAIL.id)
    assert client.asked["email_address"] == "head@people.example"
    assert client.asked["personalisation"]["subject"] == "Due on 15 April"
    assert client.asked["personalisation"]["body"].endswith("/letters/MS-1/due-date.ics\n")


@pytest.mark.parametrize(
    ("trouble", "expected"),
    [
        (error(400, "email_address Not a valid email address"), Refused("notify_400", "unknown_address")),
        (error(400, "Template not found"), Refused("notify_400", "refused")),
        (error(403, "Invalid token"), NotNow("notify_403")),
        (error(429, "Exceeded send limits"), NotNow("notify_429")),
        (error(503), NotNow("notify_503")),
    ],
)
def test_notify_tells_not_now_from_never(trouble: HTTPError, expected: NotNow | Refused) -> None:
    with pytest.raises(type(expected)) as raised:
        Notify(FakeNotify(send=trouble)).send(MAIL)
    assert (raised.value.code, getattr(raised.value, "bounce", "")) == (
        expected.code,
        getattr(expected, "bounce", ""),
    )


def test_notify_is_asked_by_our_reference_whether_it_has_a_message() -> None:
    client = FakeNotify(all={"notifications": [{"id": "abc"}]})
    assert Notify(client).already_taken(MAIL.id) == Receipt("abc")
    assert client.asked["reference"] == str(MAIL.id)
    assert Notify(FakeNotify(all={"notifications": []})).already_taken(MAIL.id) is None


@pytest.mark.parametrize(
    ("status", "fate"),
    [
        ("delivered", "delivered"), ("permanent-failure", "unknown_address"), ("temporary-failure", "mailbox_full"),
        ("technical-failure", "given_up"), ("sending", ""), ("created", ""),
    ],
)  # fmt: skip
def test_notify_says_what_became_of_a_message(status: str, fate: str) -> None:
    assert Notify(FakeNotify(one={"status": status})).fate("abc") == fate


def test_notify_forgets_after_a_week() -> None:
    assert Notify(FakeNotify(one=error(404))).fate("abc") == ""
    with pytest.raises(NotNow):
        Notify(FakeNotify(one=error(500))).fate("abc")


@pytest.mark.parametrize(("by", "kind"), [("outbox", Outbox), ("smtp", Smtp), ("notify", Notify)])
def test_the_settings_choose(by: str, kind: type, settings: Settings) -> None:
    key = f"key-{uuid4()}-{uuid4()}"
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, mail_by=by, notify_key=key)
    chosen = transports.chosen()
    assert isinstance(chosen, kind)
    assert chosen.name == by


def test_the_outbox_lets_nothing_out() -> None:
    assert Outbox().send(MAIL).reference
    assert Outbox().already_taken(MAIL.id) is None
    assert Outbox().fate("x") == ""
    assert django_mail.outbox == []


def test_in_the_demo_codes_are_kept_to_be_seen_and_not_for_ever(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, mail_by="outbox")
    monkeypatch.setattr(post, "DEMO_KEEPS", 3)
    for number in range(5):
        post.send_now("head@people.example", "Your code", f"code {number}")
    assert [mail.text for mail in DemoMail.objects.order_by("created_at")] == ["code 2", "code 3", "code 4"]


def test_outside_the_demo_an_outbox_keeps_no_code_and_says_so(db: None, settings: Settings) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, mail_by="outbox")
    settings.DEMO = False
    with pytest.raises(post.NotSent) as refused:
        post.send_now("head@people.example", "Your code", "482913")
    assert refused.value.for_good
    assert not DemoMail.objects.exists()


@pytest.mark.parametrize(("answer", "for_good"), [(NotNow("busy"), False), (Refused("no", "refused"), True)])
def test_whoever_sends_a_code_hears_whether_to_try_again(
    answer: Exception, for_good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Smtp, mail: Outgoing) -> Receipt:
        raise answer

    monkeypatch.setattr(Smtp, "send", fails)
    with pytest.raises(post.NotSent) as refused:
        post.send_now("head@people.example", "Your code", "482913")
    assert refused.value.for_good is for_good
