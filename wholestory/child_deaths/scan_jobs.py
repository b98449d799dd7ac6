"""Scans for clusters in place and time, which take minutes."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from wholestory.child_deaths.operations import scanning
from wholestory.partners.models import Board


@app.task(name=scanning.TASK, lock=scanning.TASK)
def scan_place_and_time(board: str, scan: str) -> bool:
    """Run one scan. Run twice, the second finds it done; begun again after a stop, it starts from the beginning and
    finds the same."""
    return scanning.run(Board.objects.get(pk=UUID(board)), UUID(scan))
