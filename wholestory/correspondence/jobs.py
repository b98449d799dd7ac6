"""Work for the queue: sorting each board's post, sending each message, asking Notify what arrived.

Every one is safe to run twice.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate import RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy

from wholestory.access import acting
from wholestory.correspondence import queueing, transports
from wholestory.correspondence.clock import moment_of
from wholestory.correspondence.models import Message, MessageAttempt, Status
from wholestory.correspondence.operations import sending, sorting
from wholestory.correspondence.transports import NotNow
from wholestory.partners.models import Board

#: How long Notify is asked about a message; it forgets after seven days.
ASK_FOR = timedelta(days=3)
ASK_AT_ONCE = 250


class AsTheMessageSays(BaseRetryStrategy):
    """Tries again when the message said; after an error nobody foresaw, as often and with the same waits."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """How long to wait."""
        if isinstance(exception, sending.TryLater):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        if job.attempts < len(sending.WAITS):
            return RetryDecision(retry_in={"seconds": sending.WAITS[job.attempts]})
        return None


@app.task(name=queueing.SORT)
def sort_post(board: str) -> int:
    """Make e-mails of what waits for one board."""
    found = Board.objects.get(pk=board)
    with acting.as_system(found, "postroom"):
        return sorting.sort_post(found, moment_of(found, timezone.now()))


@app.periodic(cron="* * * * *")
@app.task(
    name="correspondence.sort_all", queueing_lock="correspondence.sort_all", lock="correspondence.sort_all"
)
def sort_all(timestamp: int) -> int:
    """The same for every board, each minute: what waited for others has waited long enough."""
    return sum(sort_post(board=str(key)) for key in Board.objects.values_list("pk", flat=True))


@app.task(name=queueing.SEND, retry=AsTheMessageSays())
def send_message(board: str, message: str) -> None:
    """Send one message."""
    sending.send_message(Board.objects.get(pk=board), message, transports.chosen(), timezone.now)


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="correspondence.ask_what_arrived",
    queueing_lock="correspondence.ask_what_arrived",
    lock="correspondence.ask_what_arrived",
)
def ask_what_arrived(timestamp: int) -> int:
    """Ask Notify what became of what it took lately. How many answers there were."""
    transport = transports.chosen()
    if transport.name != "notify":
        return 0
    answered = 0
    for board in Board.objects.all():
        now = moment_of(board, timezone.now())
        with acting.as_system(board, "postroom"):
            taken = list(
                MessageAttempt.objects.filter(
                    message__board=board, message__status=Status.SENT, message__sent_at__gte=now - ASK_FOR,
                    message__digest=None, transport="notify", result="accepted",
                )
                .select_related("message__record")
                .order_by("at")[:ASK_AT_ONCE]
            )  # fmt: skip
        for one in taken:
            try:
                fate = transport.fate(one.provider_reference)
            except NotNow:
                return answered
            if fate:
                with acting.as_system(board, "postroom"):
                    message = Message.objects.select_related(
                        "record", "board", "written_by", "circle", "office"
                    ).get(pk=one.message_id)
                    sending.note_fate(message, fate, now)
                answered += 1
    return answered
