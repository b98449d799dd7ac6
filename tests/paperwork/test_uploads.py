"""File questions hand their files to whichever room keeps files, and show them as links."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.paperwork.conftest import Desk
from tests.paperwork.test_filling import Browser
from wholestory.paperwork import uploads

pytestmark = pytest.mark.urls("tests.paperwork.site")


class Drawer:
    """A room that keeps files, for tests."""

    def __init__(self) -> None:
        self.kept: list[Any] = []

    def keep(self, **given: Any) -> uploads.Card:
        if b"virus" in given["sent"].read():
            raise uploads.FileRefused("The scanner found something harmful in this file")
        self.kept.append(given)
        return uploads.Card(f"ref{len(self.kept)}", given["sent"].name)

    def cards(self, refs: Iterable[str]) -> Mapping[str, uploads.Card]:
        return {
            ref: uploads.Card(ref, "policy.pdf", f"/files/{ref}/", "12 kB", "not scanned") for ref in refs
        }


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    room = Drawer()
    monkeypatch.setattr(uploads, "_uploader", [])
    uploads.register(room)
    return room


@pytest.fixture
def head(desk: Desk, browse: Callable[[str], Client]) -> Browser:
    return Browser(browse("head"))


def sent(name: str, content: bytes = b"%PDF-1.7") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_kept_linked_and_taken_away(head: Browser, desk: Desk, drawer: Drawer):
    head.sends("page/staff/", policy=sent("policy.pdf"))
    assert desk.value("policy") == [{"ref": "ref1", "name": "policy.pdf"}]
    assert drawer.kept[0]["form_set"].id == desk.form_set.id
    text = head.opens("page/staff/")
    assert '<a class="govuk-link" href="/files/ref1/">policy.pdf</a>, 12 kB (not scanned)' in text
    assert "/files/ref1/" in head.opens("check/")
    head.sends("page/staff/", policy=sent("second.docx"))
    assert len(desk.value("policy")) == 2
    head.sends("page/staff/", policy__away="ref1")
    assert desk.value("policy") == [{"ref": "ref2", "name": "second.docx"}]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (sent("picture.gif"), "it must be one of PDF, DOCX"),
        (sent("policy.pdf", b"virus"), "something harmful"),
    ],
)
def test_a_file_that_is_not_kept_is_told_and_the_rest_is_saved(
    head: Browser, desk: Desk, drawer: Drawer, file: SimpleUploadedFile, message: str
):
    text = head.sends("page/staff/", policy=file, employed="7").content.decode()
    assert message in text
    assert desk.value("employed") == "7"
    assert desk.value("policy") is None


def test_more_files_than_asked_for_are_not_kept(head: Browser, desk: Desk, drawer: Drawer):
    text = head.sends("page/staff/", policy=[sent("a.pdf"), sent("b.pdf"), sent("c.pdf")]).content.decode()
    assert "no more than 2" in text
    assert len(desk.value("policy")) == 2


def test_without_a_room_for_files_the_answer_is_clear(
    head: Browser, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(uploads, "_uploader", [])
    text = head.sends("page/staff/", policy=sent("a.pdf"), employed="7").content.decode()
    assert "files cannot be added here yet" in text
    assert desk.value("employed") == "7"
    with pytest.raises(uploads.NoUploader):
        uploads.uploader()
