"""Proves that the access record is whole: every lane's chain, and every anchor kept outside the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from wholestory.ledger.anchors import AnchorsBroken, Heads, read


class Cursor(Protocol):
    """A database cursor: Django's or psycopg's own."""

    def execute(self, query: Any, params: Any = None, /) -> Any: ...

    def fetchall(self) -> Sequence[Any]: ...


@dataclass(frozen=True)
class Broken:
    """The first line of a lane that does not hold, and why."""

    lane: int
    number: int
    why: str


@dataclass
class Proof:
    """What was looked at and what did not hold."""

    lines: int = 0
    lanes: int = 0
    anchors: int = 0
    last_anchor_at: datetime | None = None
    broken: list[Broken] = field(default_factory=list)
    anchors_broken: str = ""

    @property
    def whole(self) -> bool:
        """Whether everything holds."""
        return not self.broken and not self.anchors_broken


def heads(cursor: Cursor) -> Heads:
    """The head of each lane now."""
    cursor.execute("select lane, number, encode(head, 'hex') from ledger.heads()")
    return {lane: (number, head) for lane, number, head in cursor.fetchall()}


def prove(cursor: Cursor, folder: Path, key: bytes) -> Proof:
    """Prove the lanes, then the anchors in ``folder`` against them.

    Needs a role that may execute ``ledger.heads``, ``ledger.broken`` and ``ledger.hash_at``.
    """
    now = heads(cursor)
    proof = Proof(lines=sum(number for number, _ in now.values()), lanes=len(now))
    cursor.execute("select lane, number, why from ledger.broken()")
    proof.broken = [Broken(*row) for row in cursor.fetchall()]
    anchored: dict[int, list[tuple[int, str, datetime]]] = {}
    try:
        for anchor in read(folder, key):
            proof.anchors += 1
            proof.last_anchor_at = anchor.at
            for lane, (number, head) in anchor.heads.items():
                anchored.setdefault(lane, []).append((number, head, anchor.at))
    except AnchorsBroken as broken:
        proof.anchors_broken = str(broken)
    known = {one.lane for one in proof.broken}
    for lane, told in sorted(anchored.items()):
        found = None if lane in known else _unlike(cursor, lane, told, now.get(lane, (0, ""))[0])
        if found is not None:
            proof.broken.append(found)
    return proof


def _unlike(
    cursor: Cursor, lane: int, told: list[tuple[int, str, datetime]], there_are: int
) -> Broken | None:
    """The first line of ``lane`` that is not what an anchor says; the last anchor vouches for all before it."""
    last = told[-1]
    if _hash_at(cursor, lane, last[0]) == last[1] and all(a[0] <= b[0] for a, b in pairwise(told)):
        return None
    before = 0
    for number, head, at in told:
        there = _hash_at(cursor, lane, number)
        if there is None:
            return Broken(
                lane, there_are + 1, f"it is gone, and was there when anchored at {at:%Y-%m-%d %H:%M} UTC"
            )
        if there != head:
            return Broken(
                lane,
                before + 1,
                f"this line or one up to {number} is not what was anchored at {at:%Y-%m-%d %H:%M} UTC",
            )
        before = number
    return None


def _hash_at(cursor: Cursor, lane: int, number: int) -> str | None:
    cursor.execute("select encode(ledger.hash_at(%s::smallint, %s::bigint), 'hex')", [lane, number])
    found: str | None = cursor.fetchall()[0][0]
    return found
