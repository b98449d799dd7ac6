"""A scan in place and time: asked for by a person, run in the background, telling how far it is."""

from __future__ import annotations

import time
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector

from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import ClusterScan, DeathRow, ScanState
from wholestory.child_deaths.operations import figures
from wholestory.child_deaths.queries import place_and_time
from wholestory.child_deaths.queries.clusters import Refused
from wholestory.partners.models import Board, Person
from wholestory.statistics.clusters.found import REPLICATES, Progress, Scan
from wholestory.statistics.clusters.spacetime import poisson_scan

TASK = "child_deaths.scan_place_and_time"
#: How often a scan says how far it is: each time is a line in the access record.
_SECONDS = 10.0


class CannotScan(ValueError):
    """There is nothing to scan; the sentence says why."""


@transaction.atomic
def ask(*, actor: Person, board: Board, years: range, category: int | None) -> ClusterScan:
    """Have a scan run; it takes the place of the last. One that is still running is handed back instead of a second.

    Whoever calls has made sure that the person may see the figures. Raises CannotScan with the reason.
    """
    running = place_and_time.newest(board)
    if running is not None and running.state in (ScanState.WAITING, ScanState.RUNNING):
        return running
    with acting.as_system(board, "tally"):
        found = place_and_time.ground(_rows(category), place_and_time.areas_of(board.pk), years)
        if isinstance(found, Refused):
            raise CannotScan(found.words)
        circle, office = figures.doors(board)
    ledger.line("child_deaths.scan_asked", board_id=board.pk)
    with acting.as_system(board, "tally"):
        ledger.line("child_deaths.scan_asked", board_id=board.pk)
        ClusterScan.objects.filter(board=board).delete()
        scan = ClusterScan.objects.create(
            board=board, asked_by=actor, first_year=years.start, last_year=years.stop - 1, category=category,
            of=REPLICATES, cases=int(found.deaths.sum()), circle=circle, office=office,
        )  # fmt: skip
    # On this connection, so that the job begins when this commits, or never.
    App(connector=DjangoConnector()).configure_task(TASK, lock=TASK).defer(
        board=str(board.pk), scan=str(scan.pk)
    )
    return scan


def run(board: Board, scan_id: UUID) -> bool:
    """Run it; whether it was run. A second run of one that is done, or was replaced, does nothing.

    The counting is outside any transaction: nothing waits for it.
    """
    with acting.as_system(board, "tally"):
        scan = ClusterScan.objects.filter(pk=scan_id).first()
        if scan is None or scan.state in (ScanState.READY, ScanState.FAILED):
            return False
        years = range(scan.first_year, scan.last_year + 1)
        found = place_and_time.ground(_rows(scan.category), place_and_time.areas_of(board.pk), years)
    if isinstance(found, Refused):
        _note(board, scan_id, state=ScanState.FAILED)
        return False
    _note(board, scan_id, state=ScanState.RUNNING)
    try:
        result = poisson_scan(
            found.names,
            found.east,
            found.north,
            found.deaths,
            found.children,
            progress=_telling(board, scan_id),
        )
    except Exception:  # whatever broke: the page that waits says so, and the job fails as loudly as before
        _note(board, scan_id, state=ScanState.FAILED)
        raise
    _note(
        board,
        scan_id,
        state=ScanState.READY,
        done=result.replicates,
        found=_as_kept(result),
        cases=result.cases,
    )
    return True


def _rows(category: int | None) -> QuerySet[DeathRow]:
    rows = DeathRow.objects.order_by()
    return rows if category is None else rows.filter(category=category)


def _telling(board: Board, scan_id: UUID) -> Progress:
    last = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _SECONDS and done < of:
            last = time.monotonic()
            _note(board, scan_id, done=done)

    return tell


def _note(board: Board, scan_id: UUID, **said: object) -> None:
    """Write down how far it is, in a transaction of its own, so that a page can show it."""
    with acting.as_system(board, "tally"):
        ledger.line("child_deaths.scan_run", board_id=board.pk)
        ClusterScan.objects.filter(pk=scan_id).update(**said)


def _as_kept(result: Scan) -> list[dict[str, object]]:
    return [
        {"areas": list(one.members), "first": one.first_period, "last": one.last_period,
         "observed": one.observed, "expected": one.expected, "p": one.p_value}
        for one in result.clusters
    ]  # fmt: skip
