"""Files about children when the key of stored files is changed: their own keys are wrapped anew with the others."""

from __future__ import annotations

from wholestory import ledger
from wholestory.access import acting
from wholestory.documents import shelf
from wholestory.documents.sealing import KeyMissing, Tampered
from wholestory.indicators.models import SealedFile
from wholestory.partners.models import Board


def rewrap(board: Board) -> tuple[int, list[str]]:
    """Wrap anew what the first key did not wrap: how many, and the loads of those that none of our keys opens. Safe to
    run again. Erased files have no key, and are passed over."""
    keys, done = shelf.keys(), 0
    trouble: list[str] = []
    with acting.as_system(board, "keeper"):
        rows = SealedFile.objects.select_for_update(of=("self",)).select_related("of__record")
        for file in rows.filter(of__board=board).exclude(wrapped_key=b""):
            wrapped = bytes(file.wrapped_key)
            if keys.wrapped_by_first(wrapped):
                continue
            try:
                file.wrapped_key = keys.wrap(keys.unwrap(wrapped, file.seal_id), file.seal_id)
            except (KeyMissing, Tampered):
                trouble.append(file.of.record.reference)
                continue
            ledger.line("documents.keys_rewrapped", file.of.record)
            file.save(update_fields=["wrapped_key"])
            done += 1
    return done, trouble
