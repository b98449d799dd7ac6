"""A school's self-audit to put files on, files of each kind, and a shelf and a scanner of the test's own."""

from __future__ import annotations

import dataclasses
import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from tests.personas import World
from wholestory.access import acting
from wholestory.documents import operations, shelf
from wholestory.documents.models import StoredFile
from wholestory.records.models import Record

NOW = datetime(2016, 3, 14, 10, 0, tzinfo=UTC)
TODAY = date(2016, 3, 14)
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 64
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
#: The harmless text every virus scanner calls a virus, in two halves so that none finds it here.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"


def packed(parts: dict[str, bytes], password: bool = False) -> bytes:
    """A zip file of the given parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    raw = bytearray(out.getvalue())
    if password:
        # The flag that says a part is encrypted, in both places a zip file keeps it.
        for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = raw.find(sign)
            while at >= 0:
                raw[at + offset] |= 1
                at = raw.find(sign, at + 4)
    return bytes(raw)


def word(more: dict[str, bytes] | None = None) -> bytes:
    """A small Word file."""
    listed = f'<Types><Override PartName="/word/document.xml" ContentType="{WORD_TYPE}"/></Types>'.encode()
    return packed({"[Content_Types].xml": listed, "word/document.xml": b"<w/>", **(more or {})})


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


@pytest.fixture(autouse=True)
def own_shelf(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Files go to a folder of this test; no scanner is set up."""
    settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, data_dir=tmp_path, scanner="")
    shelf.storage.cache_clear()
    yield tmp_path / "files"
    shelf.storage.cache_clear()


@pytest.fixture
def as_head(world: World) -> Iterator[Any]:
    """A transaction in which the headteacher acts."""
    with acting.acting_as(world.people["head"], world.seats["head"]):
        yield world.people["head"]


@pytest.fixture
def keep(world: World, school_return: Record) -> Callable[..., StoredFile]:
    """Keeps a file on the school's return, as its head."""

    def kept(
        content: bytes = b"We keep children safe.\n", name: str = "policy.txt", **more: Any
    ) -> StoredFile:
        with acting.acting_as(world.people["head"], world.seats["head"]):
            return operations.keep(
                actor=world.people["head"],
                about=school_return,
                upload=upload(name, content),
                today=TODAY,
                now=NOW,
                **more,
            )

    return kept


class FakeScanner:
    """A scanner that listens on a socket, speaks INSTREAM and knows one signature."""

    def __init__(self, path: Path, answer: bytes | None = None) -> None:
        self.received: list[bytes] = []
        self._answer = answer
        self._server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._server.bind(str(path))
        self._server.listen(5)
        self.address = f"unix:{path}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            with caller, caller.makefile("rb") as said:
                command = said.read(10)
                content = b""
                while size := int.from_bytes(said.read(4), "big"):
                    content += said.read(size)
                self.received.append(content)
                answer = b"stream: Eicar-Test FOUND\0" if EICAR in content else b"stream: OK\0"
                if command != b"zINSTREAM\0":
                    answer = b"UNKNOWN COMMAND\0"
                caller.sendall(answer if self._answer is None else self._answer)

    def close(self) -> None:
        """Stop listening."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(timeout=5)


@pytest.fixture
def scanner_at(settings: Settings, tmp_path: Path) -> Iterator[Callable[..., FakeScanner]]:
    """Starts a scanner and sets it up for this process."""
    running: list[FakeScanner] = []

    def start(answer: bytes | None = None) -> FakeScanner:
        fake = FakeScanner(tmp_path / f"clamd{len(running)}.sock", answer)
        running.append(fake)
        settings.ENVIRONMENT = dataclasses.replace(settings.ENVIRONMENT, scanner=fake.address)
        return fake

    yield start
    for fake in running:
        fake.close()
