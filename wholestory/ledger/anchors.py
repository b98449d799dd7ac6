"""Anchors: the heads of all lanes, written outside the database every minute under a key it does not hold.

Somebody who may change everything in the database could rewrite a lane and its head together, or cut both back.
They cannot make the anchor that was written before they did. An anchor is one line of JSON in a file for its day;
the first of a day holds every lane, the others only the lanes that grew. Each carries the seal of the one before.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

Heads = dict[int, tuple[int, str]]
"""Lane: (number of its last line, hexadecimal hash of that line)."""

#: A day in which nothing happens is still anchored this often, so that a stopped job shows.
STILL_SECONDS = 60 * 60
_NONE = "0" * 64


@dataclass(frozen=True)
class Anchor:
    """What the heads were at a moment."""

    at: datetime
    heads: Heads
    previous: str
    seal: str
    where: str


class AnchorsBroken(Exception):
    """An anchor was changed, or one before it is missing. The message names the file and the line."""


def _sealed(key: bytes, at: str, heads: Heads, previous: str) -> str:
    said = json.dumps(
        [at, sorted((lane, *head) for lane, head in heads.items()), previous], separators=(",", ":")
    )
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()


class Kept(Protocol):
    """The settings that say where anchors go."""

    @property
    def anchor_dir(self) -> Path | None: ...

    @property
    def data_dir(self) -> Path: ...


def folder_of(settings: Kept) -> Path:
    """The folder the anchors of this installation are in."""
    return settings.anchor_dir or settings.data_dir / "anchors"


def key_of(text: str) -> bytes:
    """The bytes of a key as settings give it."""
    return base64.urlsafe_b64decode(text)


def write(folder: Path, key: bytes, heads: Heads, now: datetime) -> bool:
    """Append an anchor of ``heads`` to the file of the day; False when nothing had changed and none was due.

    Raises AnchorsBroken when the day's file does not hold, rather than burying that under a new seal.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{now.astimezone(UTC):%Y-%m-%d}.jsonl"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        known: Heads = {}
        last: Anchor | None = None
        for last in _read_one(path, key, None):
            known |= last.heads
        grown = {lane: head for lane, head in heads.items() if known.get(lane) != head}
        if last is not None and not grown and (now - last.at).total_seconds() < STILL_SECONDS:
            return False
        previous = last.seal if last else _last_before(folder, path, key)
        at = now.astimezone(UTC).isoformat(timespec="microseconds")
        line = {
            "at": at,
            "heads": [[lane, *head] for lane, head in sorted(grown.items())],
            "previous": previous,
            "seal": _sealed(key, at, grown, previous),
        }
        file.write(json.dumps(line, separators=(",", ":")) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def _days(folder: Path) -> list[Path]:
    return sorted(folder.glob("????-??-??.jsonl")) if folder.is_dir() else []


def _last_before(folder: Path, path: Path, key: bytes) -> str:
    earlier = [day for day in _days(folder) if day.name < path.name]
    seals = [anchor.seal for anchor in _read_one(earlier[-1], key, None)] if earlier else []
    return seals[-1] if seals else _NONE


def _read_one(path: Path, key: bytes, previous: str | None) -> Iterator[Anchor]:
    """The anchors of one day. ``previous`` is the seal that must come before, when it is known."""
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        where = f"{path.name} line {number}"
        anchor = _parsed(text, key, where)
        if previous is not None and anchor.previous != previous:
            raise AnchorsBroken(
                f"{where} does not follow the anchor before it: one is missing or was changed"
            )
        previous = anchor.seal
        yield anchor


def _parsed(text: str, key: bytes, where: str) -> Anchor:
    try:
        told: dict[str, Any] = json.loads(text)
        heads: Heads = {int(lane): (int(number), str(head)) for lane, number, head in told["heads"]}
        at, previous, seal = str(told["at"]), str(told["previous"]), str(told["seal"])
        moment = datetime.fromisoformat(at)
    except (ValueError, KeyError, TypeError):
        raise AnchorsBroken(f"{where} is not an anchor") from None
    if not hmac.compare_digest(seal, _sealed(key, at, heads, previous)):
        raise AnchorsBroken(f"{where} was changed, or sealed with another key")
    return Anchor(moment, heads, previous, seal, where)


def read(folder: Path, key: bytes) -> Iterator[Anchor]:
    """Every anchor, oldest first. Raises AnchorsBroken at the first that does not hold."""
    previous: str | None = None
    for path in _days(folder):
        for anchor in _read_one(path, key, previous):
            previous = anchor.seal
            yield anchor
