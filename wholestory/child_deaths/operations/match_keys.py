"""Writes the index that finds who may be the same child, whenever a message or a child changes."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from wholestory import ledger
from wholestory.access import acting
from wholestory.child_deaths.models import Child, Notification
from wholestory.child_deaths.models.matching import MatchKey
from wholestory.child_deaths.queries import identities
from wholestory.child_deaths.queries.keyed import hashed, mark
from wholestory.child_deaths.rules import matching
from wholestory.partners.models import Board
from wholestory.records.models import Protected


def keep_notification(notification: Notification) -> None:
    """Write the keys of a message. Its answers never change, so one writing is enough; a second changes nothing."""
    wanted = dict.fromkeys(hashed(matching.keys(identities.of_notification(notification))), notification)
    _keep(MatchKey.objects.filter(notification=notification), wanted, notification=notification)


def keep_child(child: Child) -> None:
    """Write the keys of a child again, after a name, number, home, parent or date changed.

    What comes only from a withheld name or home is kept under that row's own circle: whoever may not see the name
    does not find the child by it either.
    """
    account = identities.of_children([child.pk]).get(child.pk)
    if account is None:
        return
    wanted: dict[str, Protected] = dict.fromkeys(hashed(matching.keys(account.identity)), child)
    for identity, row in account.withheld:
        for key in hashed(matching.keys(identity)):
            wanted.setdefault(key, row)
    _keep(MatchKey.objects.filter(child=child), wanted, child=child)


def keep_missing(board: Board, at_most: int = 200) -> int:
    """Write the keys of messages and children that have none, or have them under a former secret: how many were done.

    It acts as the system, for one board. Messages of the open page are made by the database itself, which knows no
    keys. Run twice, the second finds less.
    """
    with acting.as_system(board, "keeper"):
        again = _under_former_secrets(at_most)
        messages = Notification.objects.filter(match_keys__isnull=True, panel__board=board)
        waiting = list(messages.order_by("received_at")[:at_most])
        children = Child.objects.filter(match_keys__isnull=True, case__panel__board=board)
        # What came from a list that was taken back is not offered to anybody again.
        children = children.exclude(case__record__standing__stage="taken_back")
        unnamed = list(children.order_by("created_at")[:at_most])
        said = [one for one in waiting if matching.keys(identities.of_notification(one))]
        found = [*said, *unnamed, *again]
        if not found:
            return 0
        ledger.line("child_deaths.keys_kept", board_id=board.id)
        for one in found:
            if isinstance(one, Notification):
                keep_notification(one)
            else:
                keep_child(one)
        return len(found)


def _under_former_secrets(at_most: int) -> list[Notification | Child]:
    now = mark()
    # Two comparisons and not a "not equal", so that the index answers at once when there is nothing to do.
    former = MatchKey.objects.filter(Q(secret__lt=now) | Q(secret__gt=now)).order_by()
    some = list(former.values_list("child", "notification").distinct()[:at_most])
    children = Child.objects.filter(pk__in=[child for child, _ in some if child])
    messages = Notification.objects.filter(pk__in=[message for _, message in some if message])
    return [*children, *messages]


def _keep(kept: QuerySet[MatchKey], wanted: dict[str, Any], **of: Any) -> None:
    """Make the rows what they should be; unchanged ones stay as they are. Called in a transaction with its line."""
    doors = {key: (row.circle_id, row.office_id) for key, row in wanted.items()}
    there: set[str] = set()
    now = mark()
    stale = []
    for row in kept:
        if (
            doors.get(row.key) == (row.circle_id, row.office_id)
            and row.key not in there
            and row.secret == now
        ):
            there.add(row.key)
        else:
            stale.append(row.pk)
    if stale:
        kept.filter(pk__in=stale).delete()
    MatchKey.objects.bulk_create(
        [
            MatchKey(key=key, secret=now, circle_id=circle, office_id=office, **of)
            for key, (circle, office) in sorted(doors.items())
            if key not in there
        ]
    )
