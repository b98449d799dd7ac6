"""Where sealed files stand: a folder outside the web root, or an S3-compatible store. Only sealed bytes get here."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage

from wholestory.documents import sealing

#: Sealed bytes up to this size stay in memory while they are handed out; larger ones go to a temporary file.
_IN_MEMORY = 1024 * 1024

TRY_LATER = (
    "Files cannot be stored just now. Nothing you typed was lost: choose the file again in a few minutes"
)
NOT_NOW = "This file cannot be fetched just now. Try again in a few minutes."


class Unreachable(Exception):
    """The shelf does not have the file, or cannot be reached at all. The text is a sentence for the person."""


@dataclass(frozen=True)
class Kept:
    """Where a file stands now, how long it is, its hash in clear, and its wrapped key."""

    place: str
    size: int
    sha256: str
    wrapped_key: bytes


def keys() -> sealing.Keys:
    """The keys this process was given."""
    return sealing.Keys(settings.ENVIRONMENT.files_keys)


@lru_cache(maxsize=1)
def storage() -> Storage:
    """The shelf this process was told to use."""
    environment = settings.ENVIRONMENT
    if environment.files_in == "s3":
        from storages.backends.s3 import S3Storage

        store: Storage = S3Storage(
            bucket_name=environment.s3_bucket,
            region_name=environment.s3_region,
            endpoint_url=environment.s3_endpoint or None,
            access_key=environment.s3_access_key or None,
            secret_key=environment.s3_secret_key or None,
            default_acl=None,
            file_overwrite=False,
            querystring_auth=True,
        )
        return store
    return FileSystemStorage(
        location=environment.files_dir, file_permissions_mode=0o600, directory_permissions_mode=0o700
    )


def put(file_id: UUID, content: IO[bytes]) -> Kept:
    """Seal ``content`` under a fresh key and put it on the shelf. The clear text never touches the disk here."""
    content.seek(0)
    file_key, counted = sealing.new_key(), _Counted(content)
    with tempfile.TemporaryFile() as sealed:
        for piece in sealing.sealed(counted, file_key, file_id):
            sealed.write(piece)
        sealed.seek(0)
        try:
            place = storage().save(f"{file_id.hex[:2]}/{file_id.hex}", File(sealed, name=file_id.hex))
        except _faults() as reason:
            raise Unreachable(TRY_LATER) from reason
    return Kept(place, counted.size, counted.digest.hexdigest(), keys().wrap(file_key, file_id))


class HandedOut:
    """The content in clear, to be read once from its start to its end, by iterating or with ``read``.

    All of it was verified before this was made, so that a changed file is refused whole and never sent in part.
    Closed by itself at the end; whoever stops earlier calls ``close``.
    """

    def __init__(self, place: str, wrapped_key: bytes, file_id: UUID) -> None:
        """Raises Unreachable, ``sealing.Tampered`` or ``sealing.KeyMissing``."""
        file_key = keys().unwrap(wrapped_key, file_id)
        self._sealed = _verified(place, file_key, file_id)
        self._pieces = sealing.opened(self._sealed, file_key, file_id)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._pieces)
        except StopIteration:
            self.close()
            raise

    def read(self, size: int = sealing.PIECE) -> bytes:
        """The next piece, at most 64 KiB whatever ``size`` says; nothing at the end."""
        return next(self, b"")

    def close(self) -> None:
        """Let go of the temporary copy."""
        self._sealed.close()


def handed_out(place: str, wrapped_key: bytes, file_id: UUID) -> HandedOut:
    """The content of a stored file. Raises what ``HandedOut`` raises."""
    return HandedOut(place, wrapped_key, file_id)


def _verified(place: str, file_key: bytes, file_id: UUID) -> IO[bytes]:
    with ExitStack() as undo:
        copy: IO[bytes] = undo.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        try:
            with storage().open(place) as stored:
                for piece in stored.chunks(sealing.PIECE):
                    copy.write(piece)
        except _faults() as reason:
            raise Unreachable(NOT_NOW) from reason
        copy.seek(0)
        for _ in sealing.opened(copy, file_key, file_id):
            pass
        copy.seek(0)
        undo.pop_all()
    return copy


def remove(place: str) -> None:
    """Take a file off the shelf; nothing happens when it is not there."""
    storage().delete(place)


def _faults() -> tuple[type[Exception], ...]:
    """The errors of this kind of shelf; to the reader they are one: it is not to be had now."""
    if settings.ENVIRONMENT.files_in != "s3":
        return (OSError,)
    from botocore.exceptions import BotoCoreError, ClientError

    return (OSError, BotoCoreError, ClientError)


class _Counted:
    """Reads on, and keeps the length and hash of what went by."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self.size = 0
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._content.read(size)
        self.size += len(piece)
        self.digest.update(piece)
        return piece
