"""Wrapping every file's key under the first key of the settings, so that an older key can be put away.

Only the wrapped keys change: the sealed files stay as they are, however large they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from wholestory import ledger
from wholestory.access import acting
from wholestory.documents import shelf
from wholestory.documents.models import StoredFile
from wholestory.documents.sealing import KeyMissing, Tampered
from wholestory.partners.models import Board

AT_ONCE = 500

#: ``source(board)`` wraps anew what another room keeps sealed: how many, and the references of those in trouble.
Source = Callable[[Board], tuple[int, list[str]]]
_ELSEWHERE: list[Source] = []


def register(source: Source) -> None:
    """Rotate, with the files of records, what another room keeps sealed."""
    if source not in _ELSEWHERE:
        _ELSEWHERE.append(source)


@dataclass(frozen=True)
class Rotated:
    """What was done for one board: how many keys were wrapped anew, and the references of files that have none of
    our keys or whose wrapped key was changed."""

    board: str
    rewrapped: int
    trouble: tuple[str, ...]


def rotate(board: Board) -> Rotated:
    """Wrap anew what the first key did not wrap. Safe to stop and to run again: it goes on where it stopped."""
    rewrapped = 0
    trouble: list[str] = []
    for batch in _batches(board):
        with acting.as_system(board, "keeper"):
            done = []
            for file in (
                StoredFile.objects.filter(pk__in=batch)
                .select_for_update(of=("self",))
                .select_related("record")
            ):
                try:
                    changed = _rewrap(file)
                except (KeyMissing, Tampered):
                    trouble.append(file.record.reference)
                    continue
                if changed:
                    done.append(file)
            if done:
                ledger.line("documents.keys_rewrapped", kind=StoredFile.record_kind, board_id=board.id,
                            ids=[file.record_id for file in done])  # fmt: skip
                StoredFile.objects.bulk_update(done, ["wrapped_key"])
            rewrapped += len(done)
    for source in _ELSEWHERE:
        more, in_trouble = source(board)
        rewrapped += more
        trouble += in_trouble
    return Rotated(board.name, rewrapped, tuple(trouble))


def _rewrap(file: StoredFile) -> bool:
    keys, wrapped = shelf.keys(), bytes(file.wrapped_key)
    if not wrapped or keys.wrapped_by_first(wrapped):
        return False
    file.wrapped_key = keys.wrap(keys.unwrap(wrapped, file.seal_id), file.seal_id)
    return True


def _batches(board: Board) -> Iterator[list[UUID]]:
    with acting.as_system(board, "keeper"):
        every = list(
            StoredFile.objects.filter(record__board=board, removed_at=None)
            .order_by("id")
            .values_list("id", flat=True)
        )
    for at in range(0, len(every), AT_ONCE):
        yield list(every[at : at + AT_ONCE])
