"""Sorting the post: what waits for one address becomes one e-mail, and each e-mail gets a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q

from wholestory import ledger
from wholestory.access import acting
from wholestory.correspondence import definitions, queueing
from wholestory.correspondence.models import Message, Status
from wholestory.correspondence.operations.writing import EXAMPLE, team_doors
from wholestory.correspondence.overtaken import overtaken
from wholestory.correspondence.rules import digest
from wholestory.partners.models import Board
from wholestory.records import references
from wholestory.records.models import Circle, Office, Record

AT_ONCE = 2000
"""Messages looked at in one run; what is left over is the next run's."""

LOST_AFTER = timedelta(hours=24)
"""A message whose job should have ended long ago gets another one: longer than all tries together."""


def sort_post(board: Board, at: datetime) -> int:
    """Hand on everything that is due. How many e-mails that makes. The caller acts as the system for ``board``.

    Run twice, the second finds nothing left; run side by side, each takes what the other has not.
    """
    _find_the_lost(board, at)
    waiting = _still_so(board, _waiting(board, at), at)
    by_id = {one.id: one for one in waiting}
    groups = digest.together(
        (
            digest.Waiting(one.id, one.to_address, bool(one.line), one.send_after, one.post_by)
            for one in waiting
        ),
        at,
    )
    if not groups:
        return 0
    ledger.line(
        "correspondence.sorted", kind=Message.record_kind, board_id=board.id,
        ids=[by_id[one.id].record_id for group in groups for one in group],
    )  # fmt: skip
    alone = [by_id[group[0].id] for group in groups if len(group) == 1]
    joined = [[by_id[one.id] for one in group] for group in groups if len(group) > 1]
    digests = _digests(board, joined, at)
    Message.objects.filter(pk__in=[one.pk for one in alone]).update(handed_on_at=at)
    queueing.send_each(board, [*alone, *digests])
    return len(groups)


def _waiting(board: Board, at: datetime) -> list[Message]:
    queued = Message.objects.filter(board=board, status=Status.QUEUED, handed_on_at=None)
    due = queued.filter(post_by__lte=at).values_list("to_address", flat=True).distinct()
    return list(
        queued.filter(to_address__in=list(due[:AT_ONCE]), send_after__lte=at)
        .select_related("about")
        .select_for_update(skip_locked=True, of=("self",))
        .order_by("post_by", "id")[:AT_ONCE]
    )


def _still_so(board: Board, waiting: list[Message], at: datetime) -> list[Message]:
    """Those whose matter nobody dealt with while they waited; the others are stopped, and never go."""
    over = overtaken(waiting)
    if not over:
        return waiting
    those = [one for one in waiting if one.id in over]
    ledger.line(
        "correspondence.overtaken",
        kind=Message.record_kind,
        board_id=board.id,
        ids=[one.record_id for one in those],
    )
    Message.objects.filter(pk__in=over).update(
        status=Status.CANCELLED, cancelled_at=at, cancelled_by=acting.SYSTEM_ACTORS["postroom"][0]
    )
    return [one for one in waiting if one.id not in over]


def _digests(board: Board, groups: Sequence[Sequence[Message]], at: datetime) -> list[Message]:
    """One message for each group, in the closed circle: it may hold what none of its members' circles may see alone."""
    if not groups:
        return []
    circle, office = team_doors(board)
    made = [_digest(board, group, circle, office, at) for group in groups]
    Record.objects.bulk_create([one.record for one in made])
    Message.objects.bulk_create(made)
    members = []
    for one, group in zip(made, groups, strict=True):
        for member in group:
            member.status, member.digest, member.handed_on_at = Status.JOINED, one, at
            members.append(member)
    Message.objects.bulk_update(members, ["status", "digest", "handed_on_at"], batch_size=500)
    return made


def _digest(board: Board, group: Sequence[Message], circle: Circle, office: Office, at: datetime) -> Message:
    first = group[0]
    text = digest.body(board.name, [one.line for one in group], [_how(one, board) for one in group])
    body = f"Dear {first.to_name},\n\n{text}\n\n{board.name}"
    sheet = Record(
        kind=Message.record_kind, reference=references.new("MS"), board=board, circle=circle, office=office,
        edition=board.edition, opened_on=board.today(), retention="correspondence",
    )  # fmt: skip
    return Message(
        record=sheet, board=board, circle=circle, office=office, kind=definitions.DIGEST,
        to_person_id=first.to_person_id,
        agency_id=first.agency_id if len({one.agency_id for one in group}) == 1 else None, to_name=first.to_name,
        to_address=first.to_address, subject=f"{board.name}: {len(group)} messages for you",
        body=f"{EXAMPLE}\n\n{body}" if board.is_example else body, status=Status.QUEUED, send_after=at, post_by=at,
        handed_on_at=at, written_by_id=acting.SYSTEM_ACTORS["postroom"][0], written_on=board.today(),
    )  # fmt: skip


def _how(one: Message, board: Board) -> str:
    try:
        return (
            definitions.wording(one.kind)
            .how.replace("{board}", board.name)
            .replace("{mailbox}", board.mailbox)
        )
    except KeyError:
        return ""


def _find_the_lost(board: Board, at: datetime) -> None:
    lost = Message.objects.filter(
        Q(digest=None), board=board, status=Status.QUEUED, handed_on_at__lt=at - LOST_AFTER
    ).select_related("record")
    found = list(lost.select_for_update(skip_locked=True, of=("self",))[:AT_ONCE])
    if found:
        ledger.line(
            "correspondence.found_again",
            kind=Message.record_kind,
            ids=[one.record_id for one in found],
            board_id=board.id,
        )
        Message.objects.filter(pk__in=[one.pk for one in found]).update(handed_on_at=at)
        queueing.send_each(board, found)
