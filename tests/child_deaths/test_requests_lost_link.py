"""Whoever was asked and lost their link finds the request on their front page, and has the link sent again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.access.conftest import mail
from tests.child_deaths.gathering import (
    GP,
    SCHOOL,
    Mails,
    ask,
    come_in,
    link_in,
    newest,
    page_of,
    run_waiting,
)
from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.access.models import Account
from wholestory.child_deaths.models import AgencyRequest, RequestLink
from wholestory.child_deaths.operations import request_changes, request_files

__all__ = ["mail"]
Browse = Callable[[str], Client]


@pytest.fixture
def asked(deaths: Deaths, mail: Mails) -> AgencyRequest:
    """A request to a practice, whose doctor is the persona ``doctor`` from here on."""
    found = ask(deaths, deaths.case()).new[0]
    deaths.world.people["doctor"] = Account.objects.get(email=GP.email).person
    return found


def some_time_ago() -> None:
    """The links went out longer ago than the pause between two of them."""
    for link in RequestLink.objects.all():
        RequestLink.objects.filter(pk=link.pk).update(issued_at=link.issued_at.replace(year=2016))


def test_the_front_page_leads_to_the_link(asked: AgencyRequest, browse: Browse, mail: Mails) -> None:
    client, way_in = browse("doctor"), page_of(asked, "way-in/")
    front = client.get("/").content.decode()
    assert way_in in front
    assert "nothing for you to see" not in front
    assert client.get(page_of(asked)).status_code == 403
    page = client.get(way_in).content.decode()
    assert "Send me the link" in page
    for secret in ("Rowan", "Ashby", GP.email, "999 000"):
        assert secret not in page
    before = link_in(newest(mail, GP.email))
    some_time_ago()
    client.post(way_in)
    run_waiting()
    again = link_in(newest(mail, GP.email))
    assert again != before
    # Whoever signed in by a code to the same mailbox has shown already that it is theirs.
    assert client.get(again)["Location"] == page_of(asked)
    assert client.get(page_of(asked)).status_code == 200
    assert client.get(way_in)["Location"] == page_of(asked)


def test_twice_within_ten_minutes_sends_one(asked: AgencyRequest, browse: Browse, mail: Mails) -> None:
    said = browse("doctor").post(page_of(asked, "way-in/"), follow=True).content.decode()
    run_waiting()
    assert "a few minutes ago" in said
    assert len([one for one in mail if one.kind == "request_link"]) == 1


def test_nobody_else_has_it_sent(deaths: Deaths, asked: AgencyRequest, browse: Browse, mail: Mails) -> None:
    ask(deaths, deaths.case(surname="Tarn", nhs_number="9990000026"), SCHOOL)
    deaths.world.people["nursery"] = Account.objects.get(email=SCHOOL.email).person
    some_time_ago()
    sent = len(mail)
    for persona in (
        "nursery",
        "head",
        "panel_police",
        "analyst",
        "sister_coordinator",
        "coordinator",
        "stranger",
    ):
        for way in ("get", "post"):
            answer = getattr(browse(persona), way)(page_of(asked, "way-in/"))
            assert answer.status_code == 404, persona
    run_waiting()
    assert len(mail) == sent


def test_a_request_taken_back_sends_no_link(deaths: Deaths, asked: AgencyRequest, browse: Browse) -> None:
    with deaths.acting() as actor:
        held = AgencyRequest.objects.select_related("record__board").get(pk=asked.pk)
        request_changes.revoke(actor=actor, request=held, reason="Asked twice", now=deaths.now)
    assert browse("doctor").post(page_of(asked, "way-in/")).status_code == 404


def test_the_agencys_own_files_open_by_the_link_and_not_without(
    deaths: Deaths, asked: AgencyRequest, browse: Browse, mail: Mails
) -> None:
    upload: Any = SimpleUploadedFile("growth-chart.txt", b"Nothing of note.")
    with deaths.acting("doctor") as actor:
        held = AgencyRequest.objects.select_related("record__board").get(pk=asked.pk)
        file = request_files.attach(actor=actor, request=held, upload=upload, today=TODAY)
        reference = file.record.reference
    about = ("", "about/", "change/", "new-version/", "remove/")
    signed_in = browse("doctor")
    for rest in about:
        answer = signed_in.get(f"/files/{reference}/{rest}")
        assert answer.status_code == 403, rest
        assert "growth-chart" not in answer.content.decode()
    for rest in ("add", "link"):
        assert signed_in.get(f"/files/{rest}/{asked.record.reference}/").status_code == 403
    by_link = come_in(mail, GP.email)
    assert by_link.get(f"/files/{reference}/about/").status_code == 200
    # Those who run the review need no link: the second factor is theirs.
    assert browse("coordinator").get(f"/files/{reference}/about/").status_code == 200
    assert browse("panel_police").get(f"/files/{reference}/about/").status_code == 404
