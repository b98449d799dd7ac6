"""Writes the index that finds who may be the same child, whenever a message or a child changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal
from uuid import UUID

from django.db.models import Q

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
    _keep({notification.pk: wanted}, "notification")


def keep_child(child: Child) -> None:
    """Write the keys of a child again, after a name, number, home, parent or date changed."""
    keep_children([child])


def keep_children(children: Sequence[Child]) -> int:
    """Write the keys of many children again, in a constant number of queries: of how many there are any.

    What comes only from a withheld name or home is kept under that row's own circle: whoever may not see the name
    does not find the child by it either.
    """
    of = {child.pk: child for child in children}
    every: dict[UUID, dict[str, Protected]] = {}
    for pk, account in identities.of_children(of).items():
        wanted: dict[str, Protected] = dict.fromkeys(hashed(matching.keys(account.identity)), of[pk])
        for identity, row in account.withheld:
            for key in hashed(matching.keys(identity)):
                wanted.setdefault(key, row)
        every[pk] = wanted
    _keep(every, "child")
    return sum(bool(wanted) for wanted in every.values())


def keep_missing(board: Board, at_most: int = 500) -> int:
    """Write the keys of messages and children that have none, or have them under a former secret: how many were done.

    It acts as the system, for one board. Messages of the open page are made by the database itself, which knows no
    keys. Run twice, the second finds less. Those of whom nothing is known have no keys; the newest come first, so that
    they keep nobody waiting.
    """
    with acting.as_system(board, "keeper"):
        former_children, former_messages = _under_former_secrets(at_most)
        messages = Notification.objects.filter(match_keys__isnull=True, panel__board=board)
        waiting = list(messages.order_by("-received_at")[:at_most])
        children = Child.objects.filter(match_keys__isnull=True, case__panel__board=board)
        # What came from a list that was taken back is not offered to anybody again.
        children = children.exclude(case__record__standing__stage="taken_back")
        unkeyed = list(children.order_by("-created_at")[:at_most])
        told = [one for one in waiting if matching.keys(identities.of_notification(one))]
        known = {
            pk for pk, one in identities.of_children([child.pk for child in unkeyed]).items() if has_keys(one)
        }
        named = [child for child in unkeyed if child.pk in known]
        if not (told or named or former_children or former_messages):
            return 0
        ledger.line("child_deaths.keys_kept", board_id=board.id)
        for message in (*told, *former_messages):
            keep_notification(message)
        keep_children([*named, *former_children])
        return len(told) + len(named) + len(former_children) + len(former_messages)


def has_keys(account: identities.Account) -> bool:
    """Whether enough is known of a child to be found by."""
    return any(matching.keys(one) for one in (account.identity, *(fuller for fuller, _ in account.withheld)))


def _under_former_secrets(at_most: int) -> tuple[list[Child], list[Notification]]:
    now = mark()
    # Two comparisons and not a "not equal", so that the index answers at once when there is nothing to do.
    former = MatchKey.objects.filter(Q(secret__lt=now) | Q(secret__gt=now)).order_by()
    some = list(former.values_list("child", "notification").distinct()[:at_most])
    children = Child.objects.filter(pk__in=[child for child, _ in some if child])
    messages = Notification.objects.filter(pk__in=[message for _, message in some if message])
    return list(children), list(messages)


def _keep(every: Mapping[UUID, Mapping[str, Protected]], of: Literal["child", "notification"]) -> None:
    """Make the rows what they should be; unchanged ones stay as they are. Called in a transaction with its line."""
    now, there, stale = mark(), set(), []
    for row in MatchKey.objects.filter(**{f"{of}__in": list(every)}):
        pk = getattr(row, f"{of}_id")
        door = every[pk].get(row.key)
        fits = door is not None and (door.circle_id, door.office_id) == (row.circle_id, row.office_id)
        if fits and row.secret == now and (pk, row.key) not in there:
            there.add((pk, row.key))
        else:
            stale.append(row.pk)
    if stale:
        MatchKey.objects.filter(pk__in=stale).delete()
    MatchKey.objects.bulk_create(
        [
            MatchKey(
                key=key, secret=now, circle_id=door.circle_id, office_id=door.office_id, **{f"{of}_id": pk}
            )
            for pk, wanted in every.items()
            for key, door in sorted(wanted.items(), key=lambda one: one[0])
            if (pk, key) not in there
        ],
        batch_size=5_000,
    )
