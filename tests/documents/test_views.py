"""Pages about files: who gets which, what is handed out and how, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.documents.conftest import EICAR, PNG, FakeScanner, upload, word
from tests.personas import PEOPLE, STRANGER, World
from wholestory import ledger
from wholestory.access import acting, derive
from wholestory.access.models import Grant
from wholestory.documents import shelf
from wholestory.documents.models import StoredFile
from wholestory.ledger import reading as access_record
from wholestory.records.models import Record

Browse = Callable[[str], Client]
Keep = Callable[..., StoredFile]
READERS = {"business_manager", "quality_officer", "chair", "head", "head_contributor", "head_signatory"}
WRITERS = {"head", "head_contributor", "head_signatory"}
EVERYBODY = [*PEOPLE, STRANGER]


pytestmark = pytest.mark.usefixtures("school_return")


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def send(client: Client, *files: SimpleUploadedFile, **more: str) -> Any:
    return client.post("/files/add/SA-TESTSCH1/", {"uploads": list(files), "marking": "OFFICIAL", **more})


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_gets_a_file_and_its_pages(name: str, browse: Browse, keep: Keep) -> None:
    reference, client = keep().record.reference, browse(name)
    reads, writes = (200 if name in READERS else 404), (200 if name in WRITERS else 404)
    answer = client.get(f"/files/{reference}/")
    assert answer.status_code == reads
    if reads == 200:
        assert content(answer) == b"We keep children safe.\n"
    assert client.get(f"/files/{reference}/about/").status_code == reads
    for page in ("change", "new-version", "remove"):
        assert client.get(f"/files/{reference}/{page}/").status_code == writes, page
    for page in ("add", "link"):
        assert client.get(f"/files/{page}/SA-TESTSCH1/").status_code == writes, page


@pytest.mark.parametrize("name", [name for name in EVERYBODY if name not in WRITERS])
def test_nobody_else_can_send_or_remove(name: str, browse: Browse, keep: Keep, world: World) -> None:
    file, client = keep(), browse(name)
    reference = file.record.reference
    assert send(client, upload("a.txt", b"x")).status_code == 404
    assert client.post(f"/files/{reference}/remove/", {"because": "mistake"}).status_code == 404
    assert (
        client.post("/files/link/SA-TESTSCH1/", {"url": "https://e.example", "label": "x"}).status_code == 404
    )
    with acting.acting_as(world.people["head"], world.seats["head"]):
        assert StoredFile.objects.filter(removed_at=None).count() == 1


def test_signed_out_people_are_sent_to_sign_in(client: Client, keep: Keep) -> None:
    assert client.get(f"/files/{keep().record.reference}/").status_code == 302


def test_a_file_is_handed_out_to_be_saved_and_nothing_else(browse: Browse, keep: Keep) -> None:
    file = keep(PNG, "Ünser photo.png")
    answer = browse("head").get(f"/files/{file.record.reference}/")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%9Cnser%20photo.png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert int(answer["Content-Length"]) == len(content(answer)) == len(PNG)


def test_who_took_a_file_is_on_record_and_so_is_who_tried(browse: Browse, keep: Keep, world: World) -> None:
    file = keep()
    assert content(browse("chair").get(f"/files/{file.record.reference}/"))
    browse("police_lead").get(f"/files/{file.record.reference}/")
    with acting.acting_as(world.people["ig_lead"], world.seats["ig_lead"]):
        seen = {(line.person, line.verb) for line in access_record.seen(file.record_id)}
    assert (world.people["chair"].id, "documents.handed_out") in seen
    assert (world.people["police_lead"].id, "access.not_found") in seen


def test_a_file_that_was_tampered_with_is_not_handed_out(browse: Browse, keep: Keep, own_shelf: Any) -> None:
    file = keep(PNG * 5000, "a.png")
    stored = own_shelf / file.place
    stored.write_bytes(stored.read_bytes()[:-1] + b"\x00")
    answer = browse("head").get(f"/files/{file.record.reference}/")
    assert answer.status_code == 409
    assert "not as it was stored" in answer.content.decode()
    stored.unlink()
    assert browse("head").get(f"/files/{file.record.reference}/").status_code == 503


def test_with_a_scanner_only_clean_files_leave(
    browse: Browse, keep: Keep, scanner_at: Callable[..., FakeScanner]
) -> None:
    unscanned = keep()
    scanner_at()
    clean = keep()
    scanner_at(b"")
    failed = keep()
    client = browse("head")
    assert content(client.get(f"/files/{clean.record.reference}/")) == b"We keep children safe.\n"
    for file in (unscanned, failed):
        answer = client.get(f"/files/{file.record.reference}/")
        assert answer.status_code == 409
        assert "scanned for viruses" in answer.content.decode()


def test_emergency_access_shows_that_a_file_is_there_and_does_not_hand_it_out(
    browse: Browse, keep: Keep, world: World, school_return: Record
) -> None:
    file = keep()
    with acting.acting_as(world.people["business_manager"], world.seats["business_manager"]):
        ledger.line("access.emergency_taken", school_return)
        grant = Grant.objects.create(
            circle=school_return.circle, office=school_return.office, person=world.people["police_member"],
            role="emergency", purpose="emergency", given_by=world.people["business_manager"],
            starts_on=date(2016, 3, 14), expires_at=timezone.now() + timedelta(hours=1),
        )  # fmt: skip
        derive.add_grants([grant])
    client = browse("police_member")
    assert client.get(f"/files/{file.record.reference}/about/").status_code == 200
    answer = client.get(f"/files/{file.record.reference}/")
    assert answer.status_code == 409
    assert "cannot be taken away" in answer.content.decode()


def test_files_are_added_with_what_is_said_about_them(browse: Browse, world: World) -> None:
    answer = send(
        browse("head"), upload("one.docx", word()), upload("two.png", PNG), back="/my/page/",
        **{"document_on-day": "1", "document_on-month": "2", "document_on-year": "2016"},
    )  # fmt: skip
    assert answer.status_code == 302
    assert answer["Location"] == "/my/page/"
    with acting.acting_as(world.people["head"], world.seats["head"]):
        found = list(StoredFile.objects.order_by("name"))
    assert [(one.name, one.marking, one.document_on) for one in found] == [
        ("one.docx", "OFFICIAL", date(2016, 2, 1)), ("two.png", "OFFICIAL", date(2016, 2, 1)),
    ]  # fmt: skip


def test_one_bad_file_does_not_lose_the_good_ones(browse: Browse, world: World) -> None:
    answer = send(browse("head"), upload("good.png", PNG), upload("bad.docm", word()))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "“bad.docm” holds macros" in page
    assert "“good.png” was added" in page
    with acting.acting_as(world.people["head"], world.seats["head"]):
        assert [one.name for one in StoredFile.objects.all()] == ["good.png"]


@pytest.mark.parametrize(
    ("files", "said", "sentence"),
    [
        ([], {}, "Choose at least one file"),
        ([upload("a.txt", b"")], {}, "The file you chose is empty"),
        ([upload(f"{n}.png", PNG) for n in range(11)], {}, "Choose 10 files or fewer at a time"),
        ([upload("a.png", PNG)], {"marking": ""}, "Select how sensitive it is"),
        ([upload("a.png", PNG)], {"marking": "SECRET"}, "Select one of the answers listed"),
        ([upload("a.png", PNG)], {"document_on-day": "1"}, "must include a month and year"),
        (
            [upload("a.png", PNG)],
            {"document_on-day": "1", "document_on-month": "1", "document_on-year": "2017"},
            "must be the same as or before 14 March 2016",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    files: list[SimpleUploadedFile], said: dict[str, str], sentence: str, browse: Browse, world: World
) -> None:
    for one in files:
        one.seek(0)
    answer = send(browse("head"), *files, **said)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "Error: " in answer.content.decode()
    with acting.acting_as(world.people["head"], world.seats["head"]):
        assert not StoredFile.objects.exists()


def test_a_harmful_file_is_refused_beside_its_field(
    browse: Browse, scanner_at: Callable[..., FakeScanner], own_shelf: Any
) -> None:
    scanner_at()
    answer = send(browse("head"), upload("bill.txt", EICAR))
    assert "virus scanner found something harmful" in answer.content.decode()


def test_a_shelf_that_is_away_loses_nothing_typed(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise shelf.Unreachable(shelf.TRY_LATER)

    monkeypatch.setattr(shelf, "put", away)
    answer = send(browse("head"), upload("a.png", PNG), **{"document_on-day": "7", "document_on-month": "x"})
    assert 'value="7"' in answer.content.decode()
    answer = send(browse("head"), upload("a.png", PNG))
    assert "Files cannot be stored just now" in answer.content.decode()


def test_versions_on_the_page(browse: Browse, keep: Keep) -> None:
    first = keep(b"first", "policy.txt")
    client = browse("head")
    url = f"/files/{first.record.reference}/"
    answer = client.post(
        f"{url}new-version/", {"file": upload("policy.txt", b"second"), "marking": "OFFICIAL"}
    )
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Versions" in page
    assert "This one" in page
    assert content(client.get(url)) == b"first"
    late = client.post(f"{url}new-version/", {"file": upload("policy.txt", b"third"), "marking": "OFFICIAL"})
    assert "Somebody added a newer version" in late.content.decode()
    wrong = client.post(f"{url}new-version/", {"file": upload("policy.pdf", b"no"), "marking": "OFFICIAL"})
    assert "not what its name says" in wrong.content.decode()


def test_describing_and_removing_on_the_page(browse: Browse, keep: Keep) -> None:
    reference, client = keep().record.reference, browse("head")
    assert client.post(f"/files/{reference}/change/", {"marking": "OFFICIAL"}).status_code == 302
    assert "Select why you remove it" in client.post(f"/files/{reference}/remove/", {}).content.decode()
    assert client.post(f"/files/{reference}/remove/", {"because": "too_much"}).status_code == 302
    page = client.get(f"/files/{reference}/about/").content.decode()
    assert "Removed by Jo Ashdown: it says more about somebody than it should" in page
    assert client.get(f"/files/{reference}/").status_code == 409
    again = client.post(f"/files/{reference}/remove/", {"because": "mistake"})
    assert "removed already" in again.content.decode()


def test_links_on_the_page(browse: Browse) -> None:
    client = browse("head")
    for url, sentence in (
        ("not an address", "Enter a web address"),
        ("javascript:alert(1)", "Enter a web address"),
        ("https://user:secret@www.example.org/", "Take the user name and password out"),
        ("", "Enter web address"),
    ):
        refused = client.post(
            "/files/link/SA-TESTSCH1/", {"url": url, "label": "Our policy"}
        ).content.decode()
        assert sentence in refused, url
        assert "Our policy" in refused
    assert (
        client.post(
            "/files/link/SA-TESTSCH1/", {"url": "www.example.org/policy", "label": "Our policy"}
        ).status_code
        == 302
    )
    page = client.get("/files/link/SA-TESTSCH1/").content.decode()
    assert 'href="https://www.example.org/policy"' in page
    remove = page.split("/remove/")[1].split("/")[0]
    assert client.get(f"/files/link/SA-TESTSCH1/remove/{remove}/").status_code == 200
    assert browse("police_lead").post(f"/files/link/SA-TESTSCH1/remove/{remove}/").status_code == 404
    assert client.post(f"/files/link/SA-TESTSCH1/remove/{remove}/").status_code == 302
    assert client.post(f"/files/link/SA-TESTSCH1/remove/{remove}/").status_code == 404


def test_the_way_back_leads_nowhere_else(browse: Browse) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = send(browse("head"), upload("a.png", PNG), back=elsewhere)
        assert answer["Location"].startswith("/files/FI-")


def test_the_page_of_a_file_costs_the_same_for_ten_versions_as_for_two(
    browse: Browse, keep: Keep, cost_of: Callable[[Client, str], int]
) -> None:
    file = keep()
    file = keep(instead_of=file)
    client = browse("head")
    few = cost_of(client, f"/files/{file.record.reference}/about/")
    for _ in range(8):
        file = keep(instead_of=file)
    assert cost_of(client, f"/files/{file.record.reference}/about/") == few <= 16
