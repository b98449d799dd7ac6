"""Handing work to the queue from inside the transaction it belongs to: it begins when that commits, or never."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.db import transaction
from procrastinate import App
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued

from wholestory.correspondence.models import Message
from wholestory.partners.models import Board

SORT, SEND = "correspondence.sort_post", "correspondence.send_message"


@lru_cache(maxsize=1)
def _in_this_transaction() -> App:
    """The queue on Django's own connection. Inside a worker the plain queue has a connection of its own, on which a
    job could begin before the message it is for is committed."""
    return App(connector=DjangoConnector())


def look_at_the_post(board: Board) -> None:
    """Have the board's post sorted once this commits; nothing happens when that is planned already."""
    name = f"{SORT}:{board.id}"
    deferrer = _in_this_transaction().configure_task(SORT, lock=name, queueing_lock=name)
    try:
        with transaction.atomic():
            deferrer.defer(board=str(board.id))
    except AlreadyEnqueued:
        return


def send_each(board: Board, messages: Sequence[Message]) -> None:
    """One job for each message, in one query. A message's jobs never run side by side."""
    app = _in_this_transaction()
    jobs = [
        app.configure_task(SEND, lock=f"{SEND}:{one.id}").make_new_job(
            board=str(board.id), message=str(one.id)
        )
        for one in messages
    ]
    if jobs:
        app.job_manager.batch_defer_jobs(jobs=jobs)
