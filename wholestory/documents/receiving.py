"""Receiving uploads: what does not fit into memory goes to the disk scrambled, and never beyond the limit.

Django keeps small uploads in memory and writes larger ones to a temporary file in clear. For as long as a request
takes, that would be the one place where a file stands readable on a disk. Here the temporary file is encrypted
under a key that exists only in this process's memory, and it has no name.
"""

from __future__ import annotations

import io
import os
import tempfile
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from wholestory.documents.rules.content import MOST_BYTES

_BLOCK = 16


def _nameless() -> IO[bytes]:
    """A temporary file that is gone when it is closed, whatever happens to the process."""
    return tempfile.TemporaryFile()


class Scrambled(io.RawIOBase):
    """A temporary file of bytes that only this object can read: AES-256 in counter mode, key and nonce in memory.

    Counter mode, so that it can be read from anywhere; nobody else ever writes to it, so it needs no seal.
    """

    def __init__(self) -> None:
        self._file = _nameless()
        self._key, self._nonce = os.urandom(32), int.from_bytes(os.urandom(8), "big") << 64
        self._at = 0

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place, from the start, from here or from the end."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.seek(0, io.SEEK_END)}[whence]
        self._at = max(0, start + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Read what stands here, in clear."""
        self._file.seek(self._at)
        found = self._turned(self._file.read(len(buffer)))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def write(self, data: Any, /) -> int:
        """Write here; on the disk it is unreadable."""
        given = bytes(data)
        self._file.seek(self._at)
        self._file.write(self._turned(given))
        self._at += len(given)
        return len(given)

    def close(self) -> None:
        """The file has no name: closing it is the end of it."""
        if not self.closed:
            self._file.close()
        super().close()

    def _turned(self, data: bytes) -> bytes:
        """The same operation scrambles and unscrambles; the counter says where in the file these bytes stand."""
        block, inside = divmod(self._at, _BLOCK)
        counter = (self._nonce + block).to_bytes(_BLOCK, "big")
        turning = Cipher(algorithms.AES(self._key), modes.CTR(counter)).encryptor()
        turning.update(bytes(inside))
        return turning.update(data)


class ReceivedFile(UploadedFile):
    """An upload whose temporary copy is scrambled. ``size`` is what was sent, even where it was too much to keep."""

    def close(self) -> None:
        """Let go of the temporary copy."""
        if self.file is not None:
            self.file.close()


class SealedUploadHandler(FileUploadHandler):
    """Stands after Django's handler for small files, and takes the larger ones.

    What is sent beyond the limit is counted and not kept: the check of the file then says that it is too large,
    beside its field, and no disk fills up.
    """

    def new_file(self, *args: Any, **wanted: Any) -> None:
        super().new_file(*args, **wanted)
        self._kept: IO[bytes] = io.BufferedRandom(Scrambled(), 64 * 1024)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received <= MOST_BYTES:
            self._kept.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self._kept.seek(0)
        return ReceivedFile(
            file=self._kept,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "_kept"):
            self._kept.close()
