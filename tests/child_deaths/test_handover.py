"""A panel without this system: its link, its one answer, and the locked file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.child_deaths.people import Deaths
from tests.personas import TODAY
from wholestory.child_deaths.models import Case, Lead, Transfer, TransferReply
from wholestory.child_deaths.operations import transfers, triage
from wholestory.child_deaths.rules import handover
from wholestory.pathways.models import Standing

Browse = Callable[[str], Client]


@pytest.fixture
def sent(deaths: Deaths) -> Transfer:
    """A case on its way to the panel that does not use this system."""
    case = deaths.case()
    with deaths.acting() as actor:
        triage.decide_lead(
            actor=actor, case=case, coordinates="us", leads=deaths.away,
            home_area=deaths.away.areas.get(), rule="lived_here",
            evidence="The GP's register.", today=TODAY,
        )  # fmt: skip
        return transfers.send(actor=actor, case=case, words="", now=deaths.now, today=TODAY)


def link_of(browse: Browse, sent: Transfer) -> str:
    page = browse("coordinator").post(reverse("child_deaths:transfer_link", args=[sent.record.reference]))
    found = re.search(r"/handover/([0-9a-f]{40})/", page.content.decode())
    assert found
    return reverse("handover:page", args=[found[1]])


def test_the_link_shows_nothing_of_the_child_and_takes_one_answer(
    deaths: Deaths, browse: Browse, sent: Transfer
) -> None:
    link, nobody = link_of(browse, sent), Client()
    shown = nobody.get(link)
    page = shown.content.decode()
    assert sent.record.reference in page
    assert "Ashby" not in page
    assert "Rowan" not in page
    assert not shown.cookies
    assert "Enter your name and post" in nobody.post(link, {"accepted": "yes"}).content.decode()
    assert "Say why" in nobody.post(link, {"accepted": "no", "answered_by": "F. Lorne"}).content.decode()
    answer = {"accepted": "yes", "answered_by": "F. Lorne, Farhaven", "their_reference": "F-17"}
    assert nobody.post(link, answer).status_code == 302
    assert nobody.get(link).status_code == 404
    assert nobody.post(link, answer).status_code == 404
    with deaths.acting():
        assert TransferReply.objects.get().their_reference == "F-17"
        # The answer moves nothing by itself: a person here settles it.
        assert Case.objects.get(pk=sent.case_id).lead == Lead.SENT
    client = browse("coordinator")
    assert (
        "F. Lorne"
        in client.get(reverse("child_deaths:transfer", args=[sent.record.reference])).content.decode()
    )
    client.post(reverse("child_deaths:transfer_settle", args=[sent.record.reference]))
    with deaths.acting():
        case = Case.objects.get(pk=sent.case_id)
        assert case.lead == Lead.THEIRS
        assert Standing.objects.get(record=case.record_id).stage == "transferred"


def test_a_new_link_ends_the_one_before_and_taking_back_ends_it_too(
    deaths: Deaths, browse: Browse, sent: Transfer
) -> None:
    first, second = link_of(browse, sent), link_of(browse, sent)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    browse("coordinator").post(reverse("child_deaths:transfer_withdraw", args=[sent.record.reference]))
    assert Client().get(second).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 40, "nonsense"])
def test_a_link_nobody_made_opens_nothing(deaths: Deaths, token: str) -> None:
    assert Client().get(reverse("handover:page", args=[token])).status_code == 404


def test_the_functions_leave_nothing_open_behind_them(deaths: Deaths, browse: Browse, sent: Transfer) -> None:
    link = link_of(browse, sent)
    token = link.rstrip("/").rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("select child_deaths_transfer_shown(%s)", [handover.digest(token)])
        assert json.loads(cursor.fetchone()[0])["reference"] == sent.record.reference
        cursor.execute("select count(*) from child_deaths_transfer")
        assert cursor.fetchone()[0] == 0


def test_the_file_opens_with_its_password_alone(browse: Browse, sent: Transfer) -> None:
    client, url = browse("coordinator"), reverse("child_deaths:transfer_papers", args=[sent.record.reference])
    page = client.get(url).content.decode()
    found = re.search(r'name="password" value="([^"]+)"', page)
    assert found
    file = client.post(url, {"password": found[1]})
    assert file["Content-Type"] == "application/pdf"
    locked = PdfReader(BytesIO(file.content))
    assert locked.is_encrypted
    assert not locked.decrypt("wrong")
    assert locked.decrypt(found[1])
    text = "".join(page.extract_text() for page in locked.pages)
    assert "Ashby" in text
    assert "OFFICIAL-SENSITIVE" in text
    assert client.post(url, {"password": "1234"}).headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "persona", ["designated_doctor", "business_manager", "panel_police", "sister_coordinator", "stranger"]
)
def test_nobody_else_makes_links_or_takes_papers(browse: Browse, sent: Transfer, persona: str) -> None:
    for name in (
        "transfer_link",
        "transfer_papers",
        "transfer_settle",
        "transfer_reply",
        "transfer_withdraw",
    ):
        url = reverse(f"child_deaths:{name}", args=[sent.record.reference])
        assert browse(persona).post(url, {}).status_code == 404, name
