"""`wholestory worker`: works through the queue of jobs until it is asked to stop.

Run as many as the work needs, on any machine that reaches the database. A worker that loses the database ends,
and whoever keeps it running starts another.
"""

import argparse
import logging
import sys
from types import TracebackType
from typing import cast

from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector

GRACE_SECONDS = 8
"""How long running jobs may go on after a stop was asked; then they are given up and tried again later."""

STALLED_SECONDS = 30
"""A job whose worker gave no sign of life for this long is taken from it. Workers give one every ten seconds."""

log = logging.getLogger("wholestory.worker")


def main(argv: list[str]) -> int:
    """Run the worker. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="wholestory worker", description="Works through the queue of jobs.")
    parser.add_argument("--at-once", type=int, default=2, help="jobs at the same time (2)")
    parser.add_argument("--until-empty", action="store_true", help="stop when no job is left")
    chosen = parser.parse_args(argv)
    sys.excepthook = _log_the_end
    with_worker(chosen.at_once, until_empty=chosen.until_empty)
    return 0


def with_worker(at_once: int, *, until_empty: bool) -> None:
    """Work with a connection that can listen for new jobs; Django's own cannot."""
    connector = cast(DjangoConnector, queue.connector)
    with queue.replace_connector(connector.get_worker_connector()) as app:
        app.run_worker(
            concurrency=at_once,
            wait=not until_empty,
            shutdown_graceful_timeout=GRACE_SECONDS,
            stalled_worker_timeout=STALLED_SECONDS,
            delete_jobs="successful",
        )


def _log_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log.critical("the worker ended", exc_info=(kind, error, trace))
