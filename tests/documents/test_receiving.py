"""Large uploads: never readable on a disk, never beyond the limit."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client, RequestFactory
from pytest_django import Settings

from tests.documents.conftest import PNG
from tests.personas import World
from wholestory.access import acting
from wholestory.documents import receiving, shelf
from wholestory.documents.models import StoredFile
from wholestory.documents.receiving import ReceivedFile, Scrambled, SealedUploadHandler

HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "wholestory.documents.receiving.SealedUploadHandler",
]


def on_disk(scrambled: Scrambled) -> bytes:
    return os.pread(scrambled._file.fileno(), 10_000_000, 0)


def test_what_is_written_comes_back_from_anywhere_and_is_not_on_the_disk() -> None:
    content = os.urandom(10) + b"Willow Lane Academy " * 9000
    kept = Scrambled()
    with io.BufferedRandom(kept, 4096) as file:
        for at in range(0, len(content), 7777):
            file.write(content[at : at + 7777])
        file.flush()
        assert len(on_disk(kept)) == len(content)
        assert b"Willow" not in on_disk(kept)
        chance = random.Random(7)
        for _ in range(50):
            at, size = chance.randrange(len(content)), chance.randrange(1, 5000)
            file.seek(at)
            assert file.read(size) == content[at : at + size]
        assert file.seek(-5, io.SEEK_END) == len(content) - 5
        assert file.read() == content[-5:]
    assert kept.closed


def sent(content: bytes, name: str = "a.png") -> Any:
    """A request with one upload, as Django reads it."""
    request = RequestFactory().post("/", {"uploads": io.BytesIO(content)})
    request.upload_handlers = [SealedUploadHandler(request)]
    return request.FILES["uploads"]


def test_an_upload_is_a_file_like_any_other() -> None:
    content = os.urandom(300_000)
    upload = sent(content)
    assert isinstance(upload, ReceivedFile)
    assert upload.size == len(content)
    assert b"".join(upload.chunks()) == content
    upload.seek(0)
    assert upload.read(10) == content[:10]
    upload.close()


def test_what_is_too_much_is_counted_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 100_000)
    upload = sent(os.urandom(500_000))
    assert upload.size == 500_000
    assert len(upload.read()) <= 100_000
    upload.close()


def test_a_large_file_is_sent_kept_and_the_same(
    browse: Callable[[str], Client], settings: Settings, world: World, school_return: Any
) -> None:
    settings.FILE_UPLOAD_HANDLERS = HANDLERS
    content = PNG + os.urandom(5 * 1024 * 1024)
    upload = io.BytesIO(content)
    upload.name = "large.png"
    answer = browse("head").post("/files/add/SA-TESTSCH1/", {"uploads": upload, "marking": "OFFICIAL"})
    assert answer.status_code == 302
    with acting.acting_as(world.people["head"], world.seats["head"]):
        file = StoredFile.objects.get()
    assert file.size == len(content)
    assert b"".join(shelf.handed_out(file.place, bytes(file.wrapped_key), file.id)) == content


def test_the_site_receives_large_files_that_way(settings: Settings) -> None:
    assert settings.FILE_UPLOAD_HANDLERS == HANDLERS
