"""A new last day for one return, and what it overtakes: a request that waits, and messages that name the old day."""

from __future__ import annotations

from datetime import date

from wholestory.assurance.models import MoreTimeAsked, Return
from wholestory.assurance.rules.response import CAME_IN_TIME, CAME_LATE
from wholestory.correspondence import operations as post
from wholestory.kernel.working_days import ENGLAND_AND_WALES
from wholestory.partners.models import Person

#: How long an agency has, when the board's team opens its signed return again and names no other day.
WORKING_DAYS_TO_PUT_RIGHT = 10
#: Messages about a return that name its last day.
NAME_THE_DAY = ("reminder", "chaser", "chaser_to_signatory", "extension_given", "more_time_declined")


def day_to_put_right(ret: Return, today: date) -> date:
    """The day that is proposed for signing again: ten working days on, and never before the day there is."""
    return max(ret.extended_to or ret.due_on, ENGLAND_AND_WALES.after(today, WORKING_DAYS_TO_PUT_RIGHT))


def give(*, actor: Person, ret: Return, to: date, reason: str, today: date) -> None:
    """Keep the new last day. The caller has asked whether it may be, and has written the line of the access record.

    A request for more time that waits is answered by it: the agency is told of one day, once. Drafts and waiting
    messages that name the old day never go.
    """
    ret.extended_to, ret.extension_reason = to, reason.strip()[:300]
    ret.save(update_fields=["extended_to", "extension_reason"])
    waiting = MoreTimeAsked.objects.filter(return_of=ret, decided_on=None)
    waiting.update(decided_by=actor, decided_on=today, granted_to=to, answer=reason.strip()[:300])
    post.stop_about(board=ret.board, about=ret.record, kinds=NAME_THE_DAY)


def put_right(*, actor: Person, ret: Return, to: date, today: date) -> None:
    """The day by which a return that was opened again is signed once more.

    Its reason goes into reports; why it was opened again is in the return's history. What first came late stays late.
    """
    last, first = ret.extended_to or ret.due_on, ret.first_signed_on
    reason = (
        CAME_LATE
        if (first is not None and first > last) or ret.extension_reason == CAME_LATE
        else CAME_IN_TIME
    )
    give(actor=actor, ret=ret, to=to, reason=reason, today=today)
