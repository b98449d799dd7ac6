"""Office files are packed folders of XML: unpacked here only as far as is safe, and read without Word or Excel."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from wholestory.assurance.tables.shape import NotReadable

_MOST_PARTS = 2_000
_MOST_UNPACKED = 200 * 1024 * 1024
#: A part of XML that is read whole or walked through.
MOST_XML = 60 * 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@contextmanager
def unpacked(content: bytes, name: str) -> Iterator[zipfile.ZipFile]:
    """The parts of an office file. Raises NotReadable for one that is damaged, locked or unpacks to too much."""
    if content.startswith(OLD_OFFICE):
        raise NotReadable(
            f"“{name}” has a password or is in an older format. Save it again without a password"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
                raise NotReadable(f"“{name}” unpacks to more than can be read")
            if any(part.flag_bits & 1 for part in parts):
                raise NotReadable(f"“{name}” has a password. Save it without one and choose it again")
            yield packed
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError) as reason:
        raise NotReadable(f"“{name}” is damaged or not what its name says. Save it again") from reason


@contextmanager
def part_of(packed: zipfile.ZipFile, part: str, name: str) -> Iterator[IO[bytes]]:
    """One part of XML. Raises NotReadable when it is larger than is read; KeyError never: see ``namelist``."""
    if packed.getinfo(part).file_size > MOST_XML:
        raise NotReadable(f"“{name}” unpacks to more than can be read")
    with packed.open(part) as opened:
        yield opened
