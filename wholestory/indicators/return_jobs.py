"""Reminders of figures that go out by themselves, once each on their day."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from wholestory import ledger
from wholestory.access import acting
from wholestory.correspondence import queries as sent
from wholestory.correspondence.clock import moment_of
from wholestory.indicators import letters
from wholestory.indicators.models import AgencyReturn, ReturnStep
from wholestory.indicators.operations.moving import step
from wholestory.indicators.queries.returns_listed import OPEN, days_of
from wholestory.indicators.rules.reminding import due_now
from wholestory.kernel.working_days import ENGLAND_AND_WALES
from wholestory.partners.models import LONDON, Board


def remind(board: Board) -> int:
    """Send what is due today on one board; how many messages. Run twice, the second run sends nothing."""
    today = board.today()
    with acting.as_system(board, "postroom"):
        rows = AgencyReturn.objects.filter(
            board=board, stage__in=OPEN, first_sent_on=None, record__closed_on=None
        ).select_related("agency", "record", "board")  # fmt: skip
        owed = list(rows)
        taken = sent.steps_taken([ret.record_id for ret in owed])
        due = []
        for ret in owed:
            last = days_of(ret).last
            reminder = due_now(
                last, today, ret.record.opened_on, after=ENGLAND_AND_WALES.after,
                before=ENGLAND_AND_WALES.before,
            )  # fmt: skip
            if reminder is not None and reminder.step(last) not in taken.get(ret.record_id, frozenset()):
                due.append((ret, reminder))
        if not due:
            return 0
        written = letters.remind(board=board, due=due, today=today)
        ledger.line(
            "indicators.reminded", kind=AgencyReturn.record_kind, ids=[ret.record_id for ret, _ in due],
            board_id=board.id,
        )  # fmt: skip
        now = moment_of(board, timezone.now())
        ReturnStep.objects.bulk_create(
            step(ret, "reminded", actor=None, today=today, now=now) for ret, _ in due
        )
    return written


@app.periodic(cron="10 7 * * *")
@app.task(name="indicators.remind_all", queueing_lock="indicators.remind_all", lock="indicators.remind_all")
def remind_all(timestamp: int) -> int:
    """Every morning, for every board that lives in the present."""
    day = timezone.now().astimezone(LONDON).date()
    boards = Board.objects.filter(example_today=None).exclude(valid_to__lt=day)
    return sum(remind(board) for board in boards)
