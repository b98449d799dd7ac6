"""Erasing files about children and what names them: when their time is over, at once when there is no reason left.

First the key of each file, in the same transaction as the findings: from then on nobody can read what is sealed. Then
what is sealed is taken off the shelf; where the shelf cannot be reached, the next night tries again.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from wholestory import ledger
from wholestory.access import acting
from wholestory.documents import shelf
from wholestory.indicators.models import ChildFiles, ErasedBecause, LawfulBasis, LoadState, SealedFile
from wholestory.partners.models import Board


def erase(load: ChildFiles, because: ErasedBecause, on: date, *, refused: str = "") -> None:
    """Erase one load, which the caller holds and may change. The row stays, and says when and why. ``refused`` is why
    a load was refused, which stays too."""
    ledger.line("indicators.children_erased", load.record, reason=because.value)
    SealedFile.objects.filter(of=load).update(wrapped_key=b"")
    load.findings, load.counted = [], {}
    load.state = LoadState.REFUSED if because is ErasedBecause.REFUSED else LoadState.PURGED
    load.purged_on, load.purged_because, load.refused_because = on, because.value, refused
    load.save(
        update_fields=["findings", "counted", "state", "purged_on", "purged_because", "refused_because"]
    )
    board, key = load.board_id, load.pk
    # A shelf that is away must not stop anything else: the night job finds what is left.
    transaction.on_commit(lambda: clear_shelf(board, Q(of=key)), robust=True)


def of_basis(basis: LawfulBasis, because: ErasedBecause, on: date) -> int:
    """Erase everything loaded under a basis; how many loads."""
    rows = ChildFiles.objects.select_for_update(of=("self",)).select_related("record")
    loads = list(rows.filter(basis=basis, purged_on=None))
    for load in loads:
        erase(load, because, on)
    return len(loads)


def clear_shelf(board: UUID, which: Q | None = None) -> int:
    """Take off the shelf what has no key any more; how many files. Raises what the shelf raises when it is away."""
    with acting.as_system(board, "keeper"):
        rows = SealedFile.objects.filter(of__board=board, wrapped_key=b"").exclude(place="")
        left = [
            (row.pk, row.place, row.of.record)
            for row in rows.filter(which or Q()).select_related("of__record")
        ]
    for key, place, record in left:
        shelf.remove(place)
        with acting.as_system(board, "keeper"):
            ledger.line("indicators.children_file_removed", record)
            SealedFile.objects.filter(pk=key).update(place="")
    return len(left)


def erase_due(board: Board, today: date) -> int:
    """Erase every load whose time is over; how many. Run twice, the second finds nothing to do."""
    with acting.as_system(board, "keeper"):
        rows = ChildFiles.objects.select_for_update(of=("self",)).select_related("record", "basis")
        due = list(
            rows.filter(
                Q(purge_on__lte=today) | Q(basis__ended_on__isnull=False), board=board, purged_on=None
            )
        )
        for load in due:
            ended = load.basis.ended_on is not None
            erase(load, ErasedBecause.BASIS if ended else ErasedBecause.TIME, today)
    return len(due)
