"""Who sees what agencies were asked: who runs the review; of a restricted case only those let in by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.access.conftest import mail
from tests.child_deaths.gathering import GP, SCHOOL, Mails, ask
from tests.child_deaths.people import Deaths
from tests.child_deaths.test_requests import url
from tests.personas import TODAY
from wholestory.access import acting, asking
from wholestory.access.models import Account
from wholestory.child_deaths.models import AgencyRequest, Case
from wholestory.child_deaths.operations import request_changes, restricting

__all__ = ["mail"]
Browse = Callable[[str], Client]

CLOSED_TO = [
    "business_manager", "quality_officer", "administrator", "chair", "lay_member", "panel_chair", "panel_police",
    "panel_health", "panel_lay", "analyst", "sister_coordinator", "police_lead", "head", "stranger",
]  # fmt: skip


def test_the_pages_open_to_nobody_else(deaths: Deaths, browse: Browse, mail: Mails) -> None:
    case = deaths.case()
    asked = ask(deaths, case).new[0]
    here = url(case, f"{asked.record.reference}/")
    for persona in CLOSED_TO:
        client = browse(persona)
        for path in (url(case), url(case, "ask/"), here, f"{here}more-time/"):
            assert client.get(path).status_code == 404, (persona, path)
        if persona != "sister_coordinator":
            assert client.get("/child-deaths/requests/").status_code == 404, persona
    sister = browse("sister_coordinator").get("/child-deaths/requests/").content.decode()
    assert asked.record.reference not in sister


def test_the_designated_doctor_reads_and_does_not_ask(deaths: Deaths, browse: Browse, mail: Mails) -> None:
    case = deaths.case()
    asked = ask(deaths, case).new[0]
    client = browse("designated_doctor")
    assert client.get(url(case)).status_code == 200
    assert client.get(url(case, f"{asked.record.reference}/")).status_code == 200
    assert client.get(url(case, "ask/")).status_code == 404
    with deaths.acting("designated_doctor") as actor, pytest.raises(asking.NotForYou):
        request_changes.revoke(actor=actor, request=asked, reason="x", now=deaths.now)


def test_on_a_restricted_case_only_those_let_in_by_name_see_what_is_asked(
    deaths: Deaths, mail: Mails
) -> None:
    case = deaths.case()
    first = ask(deaths, case).new[0]
    with deaths.acting() as actor:
        restricting.restrict(
            actor=actor, case=Case.objects.select_related("record__board").get(pk=case.pk), people=[],
            reason="A colleague's child", today=TODAY,
        )  # fmt: skip
    second = ask(deaths, case, SCHOOL).new[0]
    with deaths.acting("designated_doctor"):
        assert not AgencyRequest.objects.exists()
    with deaths.acting():
        assert set(AgencyRequest.objects.values_list("pk", flat=True)) == {first.pk, second.pk}
    # Whoever was asked still answers.
    with acting.acting_as(Account.objects.get(email=GP.email).person):
        assert AgencyRequest.objects.get() == first
