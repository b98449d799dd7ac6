"""Moving a return from stage to stage: the only writer of ``stage``, with its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from wholestory import ledger
from wholestory.indicators.models import AgencyReturn, ReturnStage, ReturnStep
from wholestory.partners.models import Person
from wholestory.records.models import Record

S = ReturnStage


class Move(NamedTuple):
    """Where a move may begin, where it ends, and what the access record calls it."""

    begins: frozenset[ReturnStage]
    ends: ReturnStage
    verb: str


_UNSENT = frozenset({S.ASKED, S.STARTED, S.WAITING})
MOVES: Mapping[str, Move] = {
    "started": Move(frozenset({S.ASKED}), S.STARTED, "indicators.started"),
    "passed_on": Move(frozenset({S.STARTED}), S.WAITING, "indicators.passed_on"),
    "sent_back": Move(frozenset({S.WAITING}), S.STARTED, "indicators.sent_back"),
    "sent": Move(frozenset({S.WAITING}), S.SENT, "indicators.sent"),
    "revised": Move(frozenset({S.WAITING}), S.SENT, "indicators.revised"),
    "queried": Move(frozenset({S.SENT, S.ACCEPTED}), S.QUERIED, "indicators.queried"),
    "answered": Move(frozenset({S.QUERIED}), S.SENT, "indicators.answered"),
    "accepted": Move(frozenset({S.SENT}), S.ACCEPTED, "indicators.accepted"),
    "withdrawn": Move(_UNSENT, S.WITHDRAWN, "indicators.withdrawn"),
}


class ReturnRefused(ValueError):
    """The return cannot be changed like that now; the message says what to do."""


CLOSED = (
    "This round was closed before anything was sent. Ask the board’s team if the figures are still wanted."
)


def held(ret: AgencyReturn) -> str:
    """Hold the return until the transaction ends, and say its stage: of two people who act at once the second is told.
    Raises ReturnRefused when its round is closed."""
    standing = AgencyReturn.objects.select_for_update().only("stage").get(pk=ret.pk).stage
    if Record.objects.only("closed_on").get(pk=ret.record_id).closed_on is not None:
        raise ReturnRefused(CLOSED)
    return standing


def move(ret: AgencyReturn, kind: str, *, actor: Person, today: date, now: datetime, words: str = "") -> None:
    """Make a move, with the access record's line and the history. Raises ReturnRefused when it stands elsewhere."""
    move_to = MOVES[kind]
    standing = held(ret)
    if standing not in move_to.begins:
        raise ReturnRefused(
            f"This is not possible while the return is at “{ReturnStage(standing).label}”. Somebody may have acted"
            " before you: look at its page."
        )
    ledger.line(move_to.verb, ret.record)
    step(ret, kind, actor=actor, today=today, now=now, words=words).save(force_insert=True)
    ret.stage = move_to.ends
    ret.save(update_fields=["stage"])


def step(
    ret: AgencyReturn, kind: str, *, actor: Person | None, today: date, now: datetime, words: str = ""
) -> ReturnStep:
    """One line of the history, not yet saved."""
    return ReturnStep(
        of_return=ret, circle_id=ret.circle_id, office_id=ret.office_id, kind=kind, words=words.strip()[:2000],
        by=actor, at=now, on=today,
    )  # fmt: skip
