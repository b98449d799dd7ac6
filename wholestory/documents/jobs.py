"""Scanning what could not be scanned when it came in."""

from __future__ import annotations

from contextlib import closing

from django.utils import timezone
from procrastinate.contrib.django import app

from wholestory.access import acting
from wholestory.documents import operations, scanner, sealing, shelf
from wholestory.documents.models import ScanState, StoredFile
from wholestory.partners.models import Board

#: A run stays short: what is left over is the next run's.
AT_ONCE = 50


@app.periodic(cron="*/10 * * * *")
@app.task(
    name="documents.scan_waiting", queueing_lock="documents.scan_waiting", lock="documents.scan_waiting"
)
def scan_waiting(timestamp: int) -> int:
    """Scan files that wait for it; how many got a verdict. Run twice, the second finds less to do."""
    return sum(_scan_for(board) for board in Board.objects.all()) if scanner.configured() else 0


def _scan_for(board: Board) -> int:
    done = 0
    with acting.as_system(board, "keeper"):
        waiting = list(
            StoredFile.objects.filter(
                scan_state__in=[ScanState.UNSCANNED, ScanState.FAILED], removed_at=None, record__board=board
            )
            .select_related("record")
            .order_by("created_at")[:AT_ONCE]
        )
    for file in waiting:
        verdict = _verdict(file)
        if verdict in {scanner.Verdict.CLEAN, scanner.Verdict.INFECTED}:
            with acting.as_system(board, "keeper"):
                operations.note_scan(file=file, found=verdict, now=timezone.now())
            done += 1
    return done


def _verdict(file: StoredFile) -> scanner.Verdict:
    try:
        with closing(shelf.handed_out(file.place, bytes(file.wrapped_key), file.seal_id)) as content:
            return scanner.scan(content)
    except (shelf.Unreachable, sealing.Tampered, sealing.KeyMissing):
        return scanner.Verdict.FAILED
