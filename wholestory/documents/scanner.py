"""Asks a ClamAV daemon whether a file is harmful (its INSTREAM command).

Whatever is not a plain "no" counts as not clean: no answer, half an answer, a file over the daemon's own limit
(it then just hangs up). Set AlertExceedsMax and AlertEncrypted in clamd.conf.
"""

from __future__ import annotations

import logging
import socket
from enum import StrEnum
from typing import Protocol

from django.conf import settings

TIMEOUT_SECONDS = 30
_PIECE = 64 * 1024
_LONGEST_ANSWER = 4096

log = logging.getLogger("wholestory.documents")


class Readable(Protocol):
    """Anything that can be read from its start to its end."""

    def read(self, size: int = ..., /) -> bytes:
        """At most ``size`` bytes; nothing at the end."""


class Verdict(StrEnum):
    """What is known about a file's harm."""

    UNSCANNED = "unscanned"
    CLEAN = "clean"
    INFECTED = "infected"
    FAILED = "failed"


def configured() -> bool:
    """Whether there is a daemon to ask."""
    return bool(settings.ENVIRONMENT.scanner)


def scan(content: Readable, address: str | None = None) -> Verdict:
    """What the daemon at ``address`` (the configured one when left out) says of all that ``content`` has left."""
    where = settings.ENVIRONMENT.scanner if address is None else address
    if not where:
        return Verdict.UNSCANNED
    try:
        with _connected(where) as daemon:
            return _understood(_asked(daemon, content))
    except OSError:
        log.warning("the scanner could not be asked", exc_info=True)
        return Verdict.FAILED


def _connected(address: str) -> socket.socket:
    kind, _, rest = address.partition(":")
    if kind == "unix":
        daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        daemon.settimeout(TIMEOUT_SECONDS)
        try:
            daemon.connect(rest)
        except OSError:
            daemon.close()
            raise
        return daemon
    host, _, port = rest.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)


def _asked(daemon: socket.socket, content: Readable) -> bytes:
    daemon.sendall(b"zINSTREAM\0")
    while piece := content.read(_PIECE):
        daemon.sendall(len(piece).to_bytes(4, "big") + piece)
    daemon.sendall((0).to_bytes(4, "big"))
    answer = b""
    while len(answer) < _LONGEST_ANSWER and not answer.endswith(b"\0"):
        part = daemon.recv(_LONGEST_ANSWER)
        if not part:
            break
        answer += part
    return answer


def _understood(answer: bytes) -> Verdict:
    text = answer.rstrip(b"\0").strip()
    if text == b"stream: OK" and answer.endswith(b"\0"):
        return Verdict.CLEAN
    if text.startswith(b"stream:") and text.endswith(b"FOUND"):
        return Verdict.INFECTED
    log.warning("the scanner gave no clear answer")
    return Verdict.FAILED
