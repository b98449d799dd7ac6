"""The scanner is asked as clamd wants it, and anything but a plain no is not clean."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.documents.conftest import EICAR, FakeScanner
from wholestory.documents.scanner import Verdict, configured, scan


def test_a_harmless_file_is_clean_and_was_sent_whole(scanner_at: Callable[..., FakeScanner]) -> None:
    fake, content = scanner_at(), b"harmless " * 30_000
    assert configured()
    assert scan(io.BytesIO(content)) is Verdict.CLEAN
    assert fake.received == [content]


def test_the_test_signature_is_found(scanner_at: Callable[..., FakeScanner]) -> None:
    scanner_at()
    assert scan(io.BytesIO(b"x" * 100_000 + EICAR)) is Verdict.INFECTED


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"INSTREAM size limit exceeded. ERROR\0",
        b"stream: OK",
        b"stream: maybe\0",
        b"OK\0",
        b"stream: Can't allocate ERROR\0",
    ],
)
def test_any_other_answer_is_not_clean(scanner_at: Callable[..., FakeScanner], answer: bytes) -> None:
    scanner_at(answer)
    assert scan(io.BytesIO(b"x")) is Verdict.FAILED


def test_no_daemon_where_one_should_be_is_not_clean(tmp_path: Path) -> None:
    assert scan(io.BytesIO(b"x"), f"unix:{tmp_path}/nobody.sock") is Verdict.FAILED


def test_a_daemon_on_a_port_that_hangs_up_is_not_clean() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        server.close()
        assert scan(io.BytesIO(b"x"), f"tcp:127.0.0.1:{port}") is Verdict.FAILED


def test_without_a_daemon_the_file_is_unscanned() -> None:
    assert not configured()
    assert scan(io.BytesIO(b"x")) is Verdict.UNSCANNED
