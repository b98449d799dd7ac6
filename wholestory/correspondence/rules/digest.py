"""Which waiting messages travel together: one e-mail a person reads, not ten."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

MOST_IN_ONE = 40
"""Messages in one digest; more make a second one."""


@dataclass(frozen=True)
class Waiting:
    """A queued message: ``send_after`` is the earliest moment it may go, ``post_by`` the latest it waits for others."""

    id: UUID
    address: str
    joins: bool
    send_after: datetime
    post_by: datetime


def together(waiting: Iterable[Waiting], now: datetime) -> tuple[tuple[Waiting, ...], ...]:
    """The messages to send now, those to one address that may join in one group, in the order they were due.

    An address is served as soon as one of its messages has waited long enough; the others that may go then go with
    it. A message that never joins goes alone, when it is due itself.
    """
    to: dict[str, list[Waiting]] = defaultdict(list)
    groups: list[tuple[Waiting, ...]] = []
    for one in sorted(waiting, key=lambda w: (w.post_by, w.send_after, str(w.id))):
        if one.send_after > now:
            continue
        if one.joins:
            to[one.address.casefold()].append(one)
        elif one.post_by <= now:
            groups.append((one,))
    for those in to.values():
        if those[0].post_by <= now:
            groups += [tuple(those[at : at + MOST_IN_ONE]) for at in range(0, len(those), MOST_IN_ONE)]
    return tuple(groups)


def body(board: str, lines: Sequence[str], hows: Sequence[str]) -> str:
    """The text of a digest: one point for each message, then what all of one kind need said once."""
    points = "\n".join(f"- {line}" for line in lines)
    said_once = "\n\n".join(dict.fromkeys(how for how in hows if how))
    return "\n\n".join(
        part for part in (f"{board} has {len(lines)} things for you:", points, said_once) if part
    )
