"""How far the cells of an old Excel workbook (.xls, BIFF in an OLE container) reach, looked up before a library that
makes room for all of them is asked to open it. Source: the published notes [MS-CFB] and [MS-XLS].
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""From here on a sector number is a mark, not a number."""
_SMALLEST_STREAM = 4096
_PIECE = 64
_CELLS = frozenset({0x0203, 0x00FD, 0x027E, 0x00BD, 0x0204, 0x0006, 0x0205, 0x0201, 0x00BE, 0x00D6})
_PROTECTED = 0x002F


class NotOldFormat(ValueError):
    """The container cannot be read. The message is a sentence for the person who sent it."""


@dataclass(frozen=True)
class Extent:
    """The last row with a cell in any sheet, counted from 1."""

    row: int


def extent(content: bytes) -> Extent:
    """How far the sheets reach. Raises NotOldFormat."""
    try:
        last = 0
        for kind, data in _records(_book_stream(content)):
            if kind == _PROTECTED:
                raise NotOldFormat("The workbook has a password. Save it without one.")
            if kind in _CELLS and len(data) >= 4:
                last = max(last, struct.unpack_from("<H", data)[0] + 1)
        return Extent(last)
    except (struct.error, IndexError) as reason:
        raise NotOldFormat("The workbook is damaged. Save it again, as .xlsx.") from reason


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _book_stream(content: bytes) -> bytes:
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise NotOldFormat("The workbook is damaged. Save it again, as .xlsx.")
    tables = [one for one in struct.unpack_from("<109I", content, 76) if one < _END]
    extra, beyond = struct.unpack_from("<I", content, 68)[0], struct.unpack_from("<I", content, 72)[0]
    while extra < _END and beyond > 0:
        listed = struct.unpack(f"<{size // 4}I", _sector(content, extra, size))
        tables += [one for one in listed[:-1] if one < _END]
        extra, beyond = listed[-1], beyond - 1
    following: list[int] = []
    for table in tables:
        following += struct.unpack(f"<{size // 4}I", _sector(content, table, size))
    folder = _chain(content, struct.unpack_from("<I", content, 48)[0], following, size)
    for at in range(0, len(folder), 128):
        entry = folder[at : at + 128]
        name = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            first, length = struct.unpack_from("<II", entry, 116)
            if length < _SMALLEST_STREAM:
                return _small_stream(content, folder, following, size, first)[:length]
            return _chain(content, first, following, size)[:length]
        if name == "EncryptedPackage":
            raise NotOldFormat("The workbook has a password. Save it without one.")
    raise NotOldFormat("This is not an Excel workbook that can be read. Save it as .xlsx.")


def _small_stream(content: bytes, folder: bytes, following: list[int], size: int, first: int) -> bytes:
    """A stream too small for sectors of its own: pieces of 64 bytes within the stream of the container's root."""
    root = _chain(content, struct.unpack_from("<I", folder, 116)[0], following, size)
    listed = _chain(content, struct.unpack_from("<I", content, 60)[0], following, size)
    pieces = list(struct.unpack(f"<{len(listed) // 4}I", listed))
    parts: list[bytes] = []
    at = first
    while at < _END and len(parts) <= len(pieces):
        parts.append(root[at * _PIECE : (at + 1) * _PIECE])
        at = pieces[at]
    return b"".join(parts)


def _sector(content: bytes, number: int, size: int) -> bytes:
    found = content[(number + 1) * size : (number + 2) * size]
    return found + b"\xff" * (size - len(found))


def _chain(content: bytes, first: int, following: list[int], size: int) -> bytes:
    """The sectors of one stream, in order. A chain that runs in a ring is damaged."""
    parts: list[bytes] = []
    at = first
    while at < _END:
        if len(parts) > len(following):
            raise NotOldFormat("The workbook is damaged. Save it again, as .xlsx.")
        parts.append(_sector(content, at, size))
        at = following[at]
    return b"".join(parts)
