"""A coordinator reminds an agency by hand: one message, once a day."""

from __future__ import annotations

from tests.access.conftest import mail
from tests.child_deaths.gathering import GP, Mails, ask, newest, run_waiting
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_requests import Browse, url
from wholestory.child_deaths.models import RequestStep

__all__ = ["mail"]


def test_a_reminder_is_sent_by_hand_once_a_day_and_names_no_child(
    deaths: Deaths, browse: Browse, mail: Mails
) -> None:
    case = deaths.case()
    asked = ask(deaths, case).new[0]
    client, here = browse("coordinator"), url(case, f"{asked.record.reference}/")
    assert f"{here}remind/" in client.get("/child-deaths/requests/").content.decode()
    # What can be done is no part of the file.
    assert b"emind" not in client.get("/child-deaths/requests/?download=csv").content
    page = client.get(here).content.decode()
    assert "Send a reminder" in page
    # The link is shown on the board's own day, which in an example stands still.
    assert "Link of 14 March 2016" in page
    before = len(mail)
    assert client.post(f"{here}remind/", {"remind": "yes"})["Location"] == here
    run_waiting()
    assert len(mail) == before + 1
    sent = newest(mail, GP.email)
    assert sent.subject == f"{asked.record.reference}: is due on 28 March 2016"
    assert "Rowan" not in sent.body
    again = client.post(f"{here}remind/", {"remind": "yes"})
    assert "They were reminded today" in again.content.decode()
    with deaths.acting():
        assert RequestStep.objects.filter(request=asked, what=RequestStep.What.REMINDED).count() == 1
    # A sister board's coordinator finds nothing there, and nobody is reminded of what was taken back.
    assert browse("sister_coordinator").post(f"{here}remind/", {"remind": "yes"}).status_code == 404
    client.post(f"{here}take-back/", {"reason": "Wrong surgery"})
    assert "no longer awaited" in client.post(f"{here}remind/", {"remind": "yes"}).content.decode()
