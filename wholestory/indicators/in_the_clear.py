"""Sealed files, readable for as long as they are worked on: in the memory of this process, never on a disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from wholestory.documents import scanner, shelf
from wholestory.indicators.models import SealedFile


class Harmful(Exception):
    """The scanner found something, or could not look. The text is a sentence for the person who sent it."""


class Desk:
    """A folder of files that exist in memory: what stands on the disk is a name that leads to no content."""

    def __init__(self, folder: Path, undo: ExitStack) -> None:
        self._folder, self._undo = folder, undo

    def blank(self, name: str, inside: str = "") -> Path:
        """An empty file. It is gone when the desk is cleared, or when the process ends."""
        number = os.memfd_create("child-level", os.MFD_CLOEXEC)
        self._undo.callback(os.close, number)
        folder = self._folder / inside
        folder.mkdir(exist_ok=True)
        path = folder / name
        path.symlink_to(f"/proc/self/fd/{number}")
        return path

    def open(self, file: SealedFile, inside: str) -> Path:
        """A sealed file in clear. Raises what ``shelf.handed_out`` raises, and Harmful."""
        path = self.blank(file.name, inside)
        with (
            closing(shelf.handed_out(file.place, bytes(file.wrapped_key), file.seal_id)) as pieces,
            path.open("wb") as out,
        ):
            for piece in pieces:
                out.write(piece)
        if scanner.configured():
            with path.open("rb") as content:
                _clean(scanner.scan(content))
        return path


def _clean(verdict: scanner.Verdict) -> None:
    if verdict is scanner.Verdict.INFECTED:
        raise Harmful("The virus scanner found something harmful in the file.")
    if verdict is not scanner.Verdict.CLEAN:
        raise Harmful("The virus scanner could not look through the file. Send it again later.")


@contextmanager
def desk() -> Iterator[Desk]:
    """A place to read files that are about children."""
    with ExitStack() as undo, tempfile.TemporaryDirectory(prefix="ws-") as folder:
        yield Desk(Path(folder), undo)
