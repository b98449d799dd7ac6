"""Moving a return from stage to stage: the only writer of ``stage``, with its history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from wholestory import ledger
from wholestory.indicators.models import AgencyReturn, ReturnStage, ReturnStep
from wholestory.partners.models import Person
from wholestory.records.models import Record

S = ReturnStage
#: Each move: where it may begin, where it ends.
MOVES: Mapping[str, tuple[frozenset[ReturnStage], ReturnStage]] = {
    "started": (frozenset({S.ASKED}), S.STARTED),
    "passed_on": (frozenset({S.STARTED}), S.WAITING),
    "sent_back": (frozenset({S.WAITING}), S.STARTED),
    "sent": (frozenset({S.WAITING}), S.SENT),
    "revised": (frozenset({S.WAITING}), S.SENT),
    "queried": (frozenset({S.SENT, S.ACCEPTED}), S.QUERIED),
    "answered": (frozenset({S.QUERIED}), S.SENT),
    "accepted": (frozenset({S.SENT}), S.ACCEPTED),
    "withdrawn": (frozenset({S.ASKED, S.STARTED, S.WAITING}), S.WITHDRAWN),
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
    begins, ends = MOVES[kind]
    standing = held(ret)
    if standing not in begins:
        raise ReturnRefused(
            f"This is not possible while the return is at “{ReturnStage(standing).label}”. Somebody may have acted"
            " before you: look at its page."
        )
    ledger.line(f"indicators.{kind}", ret.record)
    step(ret, kind, actor=actor, today=today, now=now, words=words).save(force_insert=True)
    ret.stage = ends
    ret.save(update_fields=["stage"])


def step(
    ret: AgencyReturn, kind: str, *, actor: Person | None, today: date, now: datetime, words: str = ""
) -> ReturnStep:
    """One line of the history, not yet saved."""
    return ReturnStep(
        of_return=ret, circle_id=ret.circle_id, office_id=ret.office_id, kind=kind, words=words.strip()[:2000],
        by=actor, at=now, on=today,
    )  # fmt: skip
