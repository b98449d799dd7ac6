"""Work that signing in leaves to the queue."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from wholestory.access import acting
from wholestory.access.signing_in import accounts, codes, kept
from wholestory.access.signing_in.sealing import unseal
from wholestory.partners.models import Board

#: Before everything else that waits: somebody sits in front of the page.
URGENT = 100


@app.task(
    name="access.send_sign_in_code",
    queue="sign_in",
    priority=URGENT,
    retry=RetryStrategy(max_attempts=4, wait=3, linear_wait=5),
)
def send_sign_in_code(sealed_email: str, signed_in: bool = False) -> None:
    """Send a code when the address is known. A job, so that the page takes the same time either way.

    Run twice, the second finds that a code was sent just now.
    """
    codes.send(unseal(sealed_email), timezone.now(), signed_in=signed_in)


@app.periodic(cron="17 * * * *")
@app.task(name="access.tidy", queueing_lock="access.tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Remove sessions, codes and kept text that have run out."""
    now = timezone.now()
    codes.forget_old(now)
    kept.forget_old(now)
    call_command("clearsessions")


@app.periodic(cron="41 2 * * *")
@app.task(name="access.close_accounts", queueing_lock="access.close_accounts", pass_context=False)
def close_accounts(timestamp: int) -> None:
    """Close the accounts of those whose last seat has ended. Run twice, the second finds nobody."""
    boards = list(Board.objects.all())
    today_of = {board.id: board.today() for board in boards}
    if boards:
        with acting.as_system(boards[0], "keeper"):
            accounts.close_those_who_hold_nothing(today_of=today_of, now=timezone.now())
