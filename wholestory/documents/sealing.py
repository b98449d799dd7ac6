"""Encryption of stored files: a key of its own for each file, wrapped by a key the database never holds.

A sealed file is ``WSF1``, seven random bytes, then pieces of 64 KiB each sealed with AES-256-GCM. The nonce of a
piece is the seven bytes, its number (four bytes) and whether it is the last (one byte), so that pieces cannot be
put in another order, left out or cut off; the file's id is bound to each, so that one file cannot stand in for
another. This is the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015).
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PIECE = 64 * 1024
_MAGIC = b"WSF1"
_PREFIX = 7
_TAG = 16
_KEY = 32
_NAME = 8
_NONCE = 12
_WRAPPED = 1 + _NAME + _NONCE + _KEY + _TAG
_FORM = b"\x01"


class Readable(Protocol):
    """Anything bytes can be read from, piece by piece."""

    def read(self, size: int = ..., /) -> bytes:
        """At most ``size`` bytes; nothing at the end."""


class Tampered(Exception):
    """A sealed file, or the key wrapped for it, is not what was stored."""


class KeyMissing(Exception):
    """None of the keys this process was given wrapped this file's key."""


@dataclass(frozen=True)
class Keys:
    """The keys that wrap file keys: the first wraps, all unwrap. Given as URL-safe base64 of 32 bytes."""

    given: Sequence[str]

    def wrap(self, file_key: bytes, file_id: UUID) -> bytes:
        """The file's key under the first of ours, bound to the file's id."""
        first, nonce = self._keys[0], os.urandom(_NONCE)
        return _FORM + name_of(first) + nonce + AESGCM(first).encrypt(nonce, file_key, file_id.bytes)

    def unwrap(self, wrapped: bytes, file_id: UUID) -> bytes:
        """The file's key. Raises KeyMissing, or Tampered when it was changed or belongs to another file."""
        if len(wrapped) != _WRAPPED or wrapped[:1] != _FORM:
            raise Tampered("the wrapped key is malformed")
        name, nonce, rest = (
            wrapped[1 : 1 + _NAME],
            wrapped[1 + _NAME : 1 + _NAME + _NONCE],
            wrapped[1 + _NAME + _NONCE :],
        )
        for key in self._keys:
            if name_of(key) == name:
                try:
                    return AESGCM(key).decrypt(nonce, rest, file_id.bytes)
                except InvalidTag as reason:
                    raise Tampered("the wrapped key was changed") from reason
        raise KeyMissing(f"the key {name.hex()} is not among those given")

    def wrapped_by_first(self, wrapped: bytes) -> bool:
        """Whether the first key wrapped it, so that nothing needs doing when keys change."""
        return wrapped[1 : 1 + _NAME] == name_of(self._keys[0])

    @property
    def names(self) -> tuple[str, ...]:
        """Each key's name, for messages: sixteen letters that tell nothing about the key."""
        return tuple(name_of(key).hex() for key in self._keys)

    @property
    def _keys(self) -> tuple[bytes, ...]:
        return tuple(base64.urlsafe_b64decode(key) for key in self.given)


def name_of(key: bytes) -> bytes:
    """A short name for a key, from which the key cannot be found."""
    return hashlib.sha256(b"wholestory files key" + key).digest()[:_NAME]


def new_key() -> bytes:
    """A fresh key for one file."""
    return AESGCM.generate_key(bit_length=_KEY * 8)


def sealed(content: Readable, key: bytes, file_id: UUID) -> Iterator[bytes]:
    """The content sealed, piece by piece; never more than two pieces are in memory."""
    cipher, prefix = AESGCM(key), os.urandom(_PREFIX)
    yield _MAGIC + prefix
    number, piece = 0, content.read(PIECE)
    while True:
        following = content.read(PIECE) if piece else b""
        yield cipher.encrypt(_nonce(prefix, number, last=not following), piece, file_id.bytes)
        if not following:
            return
        number, piece = number + 1, following


def opened(stored: Readable, key: bytes, file_id: UUID) -> Iterator[bytes]:
    """The content in clear, piece by piece. Raises Tampered at the first piece that was changed, moved or cut off."""
    cipher = AESGCM(key)
    head = stored.read(len(_MAGIC) + _PREFIX)
    if len(head) != len(_MAGIC) + _PREFIX or not head.startswith(_MAGIC):
        raise Tampered("not a sealed file")
    prefix, number = head[len(_MAGIC) :], 0
    piece = stored.read(PIECE + _TAG)
    while True:
        following = stored.read(PIECE + _TAG) if piece else b""
        try:
            yield cipher.decrypt(_nonce(prefix, number, last=not following), piece, file_id.bytes)
        except InvalidTag as reason:
            raise Tampered(f"piece {number} was changed") from reason
        if not following:
            return
        number, piece = number + 1, following


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")
