"""The example's letters: written when they were, delivered at once, and some of them came back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from wholestory import ledger
from wholestory.access import acting
from wholestory.assurance import letters
from wholestory.assurance.operations import chasing
from wholestory.assurance.rules.reminders import USUAL_LADDER
from wholestory.correspondence import operations as post
from wholestory.correspondence.models import Bounce, Message, Status
from wholestory.correspondence.operations.outcomes import attempt, came_back
from wholestory.partners.models import Board

if TYPE_CHECKING:
    from wholestory.config.example.story import Story

RUNGS = {rung.key: rung for rung in USUAL_LADDER}


def deliver(board: Board, at: datetime) -> None:
    """Everything that waits leaves now, as the demo's worker would send it into the outbox."""
    with acting.as_system(board, "postroom"):
        waiting = list(Message.objects.filter(board=board, status=Status.QUEUED).select_related("record"))
        if not waiting:
            return
        ledger.line(
            "correspondence.sent",
            kind=Message.record_kind,
            ids=[m.record_id for m in waiting],
            board_id=board.id,
        )
        for message in waiting:
            message.status, message.sent_at, message.handed_on_at, message.tries = Status.SENT, at, at, 1
            message.save(update_fields=["status", "sent_at", "handed_on_at", "tries"])
            attempt(message, at, "outbox", "accepted")


def chase_events(story: Story, key: str, entry: dict[str, Any]) -> Iterator[tuple[date, Callable[[], None]]]:
    """Reminders and chasers that went out, calls that were made, and what bounced."""
    for chased in entry.get("chase", []):
        yield chased["on"], partial(_chase, story, key, entry, chased)
    for back in entry.get("bounce", []):
        yield back["on"], partial(_bounce, story, key, entry, back)


def _chase(story: Story, key: str, entry: dict[str, Any], chased: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person, morning

    who = story.person(chased["by"]) if "by" in chased else story.manager()
    board = story.cycles[key].board
    with as_person(who, board.id) as actor:
        ret = story.fresh(key, entry["agency"])
        if chased["how"] != "email":
            chasing.note(
                actor=actor,
                ret=ret,
                how=chased["how"],
                words=chased["words"],
                rung=chased.get("rung", ""),
                today=chased["on"],
            )
            return
        for message in letters.draft_step(
            actor=actor, ret=ret, rung=RUNGS[chased["rung"]], today=chased["on"]
        ):
            if message.to_address and message.status == Status.DRAFT:
                post.send(actor=actor, message=message, now=morning(chased["on"]))
    deliver(board, morning(chased["on"]))


def _bounce(story: Story, key: str, entry: dict[str, Any], back: dict[str, Any]) -> None:
    from wholestory.config.example.story import as_person, morning

    board, at = story.cycles[key].board, morning(back["on"])
    if back["message"] in RUNGS:
        _chase(story, key, entry, {"rung": back["message"], "on": back["on"], "how": "email"})
    with as_person(story.manager(), board.id):
        ret = story.fresh(key, entry["agency"])
    with acting.as_system(board, "postroom"):
        sent = Message.objects.filter(
            about=ret.record_id,
            step=back["message"],
            to_person=story.person(back["person"]),
            status=Status.SENT,
        ).select_related("record")
        for message in sent:
            ledger.line("correspondence.bounced", message.record, reason=Bounce.UNKNOWN_ADDRESS.value)
            came_back(message, Bounce.UNKNOWN_ADDRESS, at)
            attempt(message, at, "outbox", "refused", detail=Bounce.UNKNOWN_ADDRESS.value)
