"""Pages: who gets which, what they show and do, and that a list costs the same for thirty as for three."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable
from typing import Any

import openpyxl
import pypdf
import pytest
from django.test import Client
from pytest_django import Settings

from tests.correspondence.conftest import ABOUT, Postman, fresh
from tests.personas import PEOPLE, STRANGER, World
from wholestory.correspondence import operations, post
from wholestory.correspondence.models import Letter, Message
from wholestory.partners.models import Person
from wholestory.records.models import Record

Browse = Callable[[str], Client]
Write = Callable[..., Message]
TEAM = {"business_manager", "quality_officer"}
SCHOOL = {"head", "head_contributor", "head_signatory"}
EVERYBODY = [*PEOPLE, STRANGER]


def without_chance(page: bytes, reference: str) -> str:
    """A page without what differs each time it is made: tokens, nonces and the reference asked for."""
    text = page.decode().replace(reference, "")
    return re.sub(r'(csrf[^>]*|nonce="[^"]*|X-CSRFToken[^}]*)', "", text, flags=re.IGNORECASE)


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_gets_the_lists(name: str, browse: Browse, write: Write) -> None:
    reference = write().record.reference.encode()
    client = browse(name)
    team = 200 if name in TEAM | {"sister_manager"} else 404
    page = client.get("/letters/")
    assert page.status_code == team
    # The sister board's manager has a list of her own: nothing of this board's is on it.
    assert (reference in page.content) == (name in TEAM)
    assert client.get("/letters/not-delivered/").status_code == team
    assert client.get("/letters/to-sign/").status_code == (
        200 if name in TEAM | {"chair", "sister_manager"} else 404
    )
    assert client.get("/letters/to-sign/prepare/").status_code == team
    assert client.get("/letters/?download=csv").status_code == team


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_gets_a_message_and_what_can_be_done_with_it(
    name: str, browse: Browse, write: Write, school_return: Record
) -> None:
    own, shared = write(step="own"), write(step="shared", circle=school_return.circle)
    client = browse(name)
    for message, readers in ((own, TEAM), (shared, TEAM | SCHOOL)):
        there = 200 if name in readers else 404
        base = f"/letters/{message.record.reference}/"
        assert client.get(base).status_code == there
        assert client.get(f"{base}due-date.ics").status_code == there
        for page in ("change", "send", "sent-by-hand", "cancel", "came-back", "send-again", "dealt-with"):
            assert client.get(f"{base}{page}/").status_code == (200 if name in TEAM else 404), page


def test_signed_out_people_are_sent_to_sign_in(client: Client, write: Write) -> None:
    reference = write().record.reference
    for url in ("/letters/", f"/letters/{reference}/", "/letters/to-sign/"):
        assert client.get(url).status_code == 302


def test_what_does_not_exist_looks_like_what_is_closed(browse: Browse, write: Write) -> None:
    client, reference = browse("police_lead"), write().record.reference
    closed, missing = client.get(f"/letters/{reference}/"), client.get("/letters/MS-00000000/")
    assert closed.status_code == missing.status_code == 404
    assert without_chance(closed.content, reference) == without_chance(missing.content, "MS-00000000")


def test_the_list_is_searched_and_narrowed(browse: Browse, write: Write, world: World) -> None:
    write(step="a")
    write(step="b", to="office@police.example", agency=world.agencies["police"], kind="chaser")
    client = browse("quality_officer")
    for query, there, gone in (
        ("q=ashdown", b"Jo Ashdown", b"office@police.example"),
        ("kind=chaser", b"office@police.example", b"Jo Ashdown"),
        (f"agency={world.agencies['police'].id}", b"office@police.example", b"Jo Ashdown"),
        ("status=sent", b"Nothing matches", b"Jo Ashdown"),
    ):
        page = client.get(f"/letters/?{query}").content
        assert there in page
        assert gone not in page.split(b"<tbody")[-1]


@pytest.mark.parametrize(
    "asked", ["page=x", "sort=nonsense", "agency=nobody", "kind='; drop", "status=&page=99999999"]
)
def test_an_address_that_makes_no_sense_shows_the_list(asked: str, browse: Browse, write: Write) -> None:
    write()
    assert browse("quality_officer").get("/letters/", query_string=asked).status_code == 200


def test_the_download_is_marked_and_noted(browse: Browse, write: Write) -> None:
    write()
    answer = browse("quality_officer").get("/letters/?download=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert "Example: invented" in cells
    assert any(cell.startswith("OFFICIAL-SENSITIVE") for cell in cells)
    assert {"Jo Ashdown", "head@people.example", "Invitation", "Willow Lane Academy"} <= set(cells)


def test_the_list_costs_the_same_for_thirty_as_for_three(
    browse: Browse, write: Write, cost_of: Callable[[Client, str], int]
) -> None:
    client = browse("quality_officer")
    for number in range(3):
        write(step=f"s{number}")
    few = cost_of(client, "/letters/")
    for number in range(3, 24):
        write(step=f"s{number}")
    assert (
        cost_of(client, "/letters/") == few <= 14
    )  # three of them only because a test holds a transaction open around it


def test_a_message_shows_its_text_to_copy_and_its_proof(
    browse: Browse, write: Write, post: Callable[..., int], postman: Postman
) -> None:
    message = write()
    post()
    page = browse("quality_officer").get(f"/letters/{message.record.reference}/").content.decode()
    assert "Example: invented" in page
    assert "readonly" in page
    assert "head@people.example\n" in page
    assert "Accepted for delivery" in page
    assert "Say that it came back" in page
    assert "<script>" not in page.split("</main>")[0].split("<main")[1]


def test_sent_by_hand_without_javascript(browse: Browse, write: Write, world: World) -> None:
    message = write()
    client, base = browse("quality_officer"), f"/letters/{message.record.reference}/"
    nothing = client.post(f"{base}sent-by-hand/", {})
    assert "Select how it was sent" in nothing.content.decode()
    assert client.post(f"{base}sent-by-hand/", {"how": "telephone"}).status_code == 302
    assert fresh(message, world).status == "by_hand"
    again = client.post(f"{base}cancel/", {})
    assert again.status_code == 200
    assert "too late" in again.content.decode()


def test_a_draft_is_read_changed_and_sent_and_nothing_typed_is_lost(
    browse: Browse, world: World, as_officer: Person
) -> None:
    (message,) = operations.draft(
        actor=as_officer, board=world.board, kind="chaser", to=world.people["head"], agency=world.agencies["school"],
        context={**ABOUT, "reference": "SA-1"}, link="/x/",
    )  # fmt: skip
    client, url = browse("quality_officer"), f"/letters/{message.record.reference}/change/"
    typed = {
        "to_address": "head@people.example",
        "subject": "About it",
        "body": "Born on 3 April; please answer.",
    }
    refused = client.post(url, {**typed, "send": "yes"}).content.decode()
    assert "Take out “Born on 3 April" in refused
    assert "please answer." in refused
    wrong = client.post(url, {**typed, "to_address": "nowhere", "body": "Please answer."}).content.decode()
    assert "nowhere" in wrong
    assert "Please answer." in wrong
    assert client.post(url, {**typed, "body": "Please answer.", "send": "yes"}).status_code == 302
    message.refresh_from_db()
    assert (message.status, message.subject) == ("queued", "About it")


def test_the_calendar_file_is_for_readers_of_the_message(
    browse: Browse, write: Write, school_return: Record
) -> None:
    message = write(circle=school_return.circle)
    answer = browse("head").get(f"/letters/{message.record.reference}/due-date.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"20160415" in answer.content
    thanks = write(kind="thanks", step="t")
    assert (
        browse("quality_officer").get(f"/letters/{thanks.record.reference}/due-date.ics").status_code == 404
    )


def test_the_chair_reads_and_signs(browse: Browse, letter: Letter, world: World) -> None:
    client, url = browse("chair"), f"/letters/to-sign/{letter.record.reference}/"
    page = client.get(url)
    assert "I have read this letter" in page.content.decode()
    read = page.context["form"].initial["read"]
    missing = client.post(url, {"read": read}).content.decode()
    assert "Tick the box to confirm" in missing
    assert client.post(url, {"read": "0" * 64, "confirm": "on"}).status_code == 200
    assert client.post(url, {"read": read, "confirm": "on"}).status_code == 302
    assert "Signed on 14 March 2016" in client.get(url).content.decode()
    team = browse("business_manager")
    assert "I have read this letter" not in team.get(url).content.decode()
    assert team.post(f"{url}send/", {"by": "post"}).status_code == 302
    assert team.get("/letters/to-sign/").status_code == 200


def test_a_letter_as_pdf_is_tagged_and_marked(browse: Browse, letter: Letter) -> None:
    answer = browse("chair").get(f"/letters/to-sign/{letter.record.reference}/pdf/")
    read = pypdf.PdfReader(io.BytesIO(answer.content))
    text = read.pages[0].extract_text()
    for words in (
        "Example: invented",
        "OFFICIAL-SENSITIVE",
        "Dr Ola Marsh",
        "NM1 1AA",
        "It was due on 29 February.",
    ):
        assert words in text
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert browse("head").get(f"/letters/to-sign/{letter.record.reference}/pdf/").status_code == 404


def test_preparing_a_letter_keeps_what_was_typed(browse: Browse) -> None:
    client = browse("quality_officer")
    typed = {"to_name": "Dr Marsh", "subject": "About Child B", "body": "Dear Dr Marsh, a long text"}
    refused = client.post("/letters/to-sign/prepare/", typed).content.decode()
    assert "Take out “Child B”" in refused
    assert "Dear Dr Marsh, a long text" in refused
    assert client.post("/letters/to-sign/prepare/", {**typed, "subject": "Overdue"}).status_code == 302


def test_the_demos_outbox_is_there_in_the_demo_only(client: Client, db: None, settings: Settings) -> None:
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, mail_by="outbox")
    post.send_now("head@people.example", "Your code", "482913")
    page = client.get("/letters/outbox/")
    assert "482913" in page.content.decode()
    settings.DEMO = False
    assert client.get("/letters/outbox/").status_code == 404


def test_no_page_of_messages_is_kept_by_the_browser(browse: Browse, write: Write) -> None:
    answer: Any = browse("quality_officer").get(f"/letters/{write().record.reference}/")
    assert answer["Cache-Control"] == "no-store"
