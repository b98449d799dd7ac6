"""The answers of many made-up returns as rows, with the history that saving them would have left."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from wholestory import ledger
from wholestory.config.example.scale_answers import Filled
from wholestory.config.example.scale_fates import moment
from wholestory.config.example.scale_pouring import pour
from wholestory.paperwork.models import Answer, AnswerHistory, How

if TYPE_CHECKING:
    from wholestory.config.example.scale_cycles import Told

STANDS = (
    "id", "created_at", "circle_id", "office_id", "answer_set_id", "key", "item", "value", "nothing", "reason",
    "typed", "revision", "window", "saved_by_id", "saved_at", "from_previous", "to_confirm",
)  # fmt: skip
WAS = (
    "id", "created_at", "circle_id", "office_id", "answer_set_id", "key", "item", "value", "nothing", "reason",
    "typed", "revision", "how", "saved_by_id", "saved_at",
)  # fmt: skip


class Said(NamedTuple):
    """What came to stand at one key: carried and left to confirm, carried and confirmed, or written."""

    key: str
    carried: bool
    written: bool
    confirmed: bool


def pour_answers(told: Iterable[Told], board_id: UUID, chosen: random.Random) -> None:
    """The answers that stand, and everything that was ever saved."""
    begun = [one for one in told if one.filled is not None]
    ledger.line("example.made_up", kind="paperwork.answer", board_id=board_id)
    keys = random.Random(chosen.getrandbits(64))
    pour(Answer, STANDS, (row for one in begun for row in _standing(one, keys)))
    pour(AnswerHistory, WAS, (row for one in begun for row in _history(one, keys)))


def _said(one: Told) -> Iterator[Said]:
    """Last year's answers come forward, without the plans; each is then confirmed, written over, or still waits."""
    now, before = one.answers, one.before
    for item in now.scores:
        done = item in one.answered
        forward = _carried(before, item)
        for key in now.keys_of(item) if done else ():
            same = key in forward and item in now.same
            yield Said(key, key in forward, not same, same)
        if not done:
            for key in forward:
                yield Said(key, True, False, False)


def _carried(before: Filled | None, item: str) -> tuple[str, ...]:
    """The keys of last year's answers to an item that come forward: not its plan and date."""
    if before is None:
        return ()
    return tuple(key for key in before.keys_of(item) if not key.endswith(("_plan", "_plan_due")))


def _doors(one: Told, at: datetime, keys: random.Random) -> tuple[Any, ...]:
    ret = one.ret
    return (
        UUID(int=keys.getrandbits(128), version=4), at, ret.circle_id, ret.office_id, ret.answers_id,
    )  # fmt: skip


def _standing(one: Told, keys: random.Random) -> Iterator[tuple[Any, ...]]:
    at, writer = moment(one.fate.begun_on), one.writer.id
    for said in _said(one):
        waits = not (said.written or said.confirmed)
        source = one.before if waits and one.before else one.answers
        revision = 1 if waits or not said.carried else 2
        yield (
            *_doors(one, at, keys), said.key, 0, *source.stored[said.key], None, revision, "",
            writer, at, waits or said.confirmed, waits,
        )  # fmt: skip


def _history(one: Told, keys: random.Random) -> Iterator[tuple[Any, ...]]:
    at, writer = moment(one.fate.begun_on), one.writer.id
    for said in _said(one):
        if said.carried and one.before is not None:
            was = one.before.stored[said.key]
            yield (*_doors(one, at, keys), said.key, 0, *was, None, 1, How.CARRIED.value, writer, at)
        if said.written or said.confirmed:
            how = How.CONFIRMED if said.confirmed else How.SAVED
            now = one.answers.stored[said.key]
            revision = 2 if said.carried else 1
            yield (*_doors(one, at, keys), said.key, 0, *now, None, revision, how.value, writer, at)
